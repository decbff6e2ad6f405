//! Checks that the formats of a document have the same words.
//!
//! The text and the PDF are compared with the HTML, whose blocks and cells are known. They must
//! have its words in its order, except that
//!
//! - two successive blocks, such as a caption and its value, may change places if one of them is
//!   short and neither is in a table; and so may a check box and its label;
//! - the lines at the top of a document may be before or after its title;
//! - a table may be read by rows, by columns, by columns with the first one repeated, as in panels, or
//!   row by row with the column's header before each cell. In the last case empty cells may be absent,
//!   and so may the header of the first column;
//! - there may be a space between the sign of a currency and its amount.
//!
//! So every word counts, every box at its label, and every amount in its column.

mod difference;
mod document_text;
mod text_words;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use ecow::EcoString;

use crate::edgar::words::{Pages, Word, is_box, plain};

pub(super) use difference::Difference;
pub use document_text::{DocumentText, Item};
pub use text_words::text_words;

/// The most words of the shorter of two blocks that change places. No caption has more.
const CAPTION: usize = 12;

/// The most blocks at the top of a document, before its title and after it.
const TOP: usize = 16;

/// Compares the words of a text document with the HTML. Returns `None` if they are the same.
pub(super) fn text(document: &DocumentText, words: &[Word]) -> Option<Difference> {
    Comparison::new(document, words).difference()
}

/// Compares the words of a PDF with the HTML. Returns `None` if they are the same.
pub(super) fn pdf(document: &DocumentText, pages: &Pages) -> Option<Difference> {
    // Headers and footers may have `Page 2 of 3`, and words of the document or its title.
    let own = Comparison::new(document, &pages.words).difference();
    own.or_else(|| {
        let known: HashSet<&str> = document
            .items
            .iter()
            .flat_map(flat)
            .chain(document.title.iter().map(EcoString::as_str))
            .chain(["Page", "of"])
            .collect();
        let is_known =
            |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || known.contains(word);
        let unmatched = unmatched_words(&pages.artifacts, is_known);
        (!unmatched.is_empty()).then(|| Difference::between(&[], &[], &unmatched))
    })
}

/// Returns the words that are not known, of words that may be in pieces. The longest match wins.
fn unmatched_words(words: &[Word], is_known: impl Fn(&str) -> bool) -> Vec<&str> {
    /// The most pieces of a word after its first.
    const PIECES: usize = 40;
    let (mut unmatched, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        let pieces = 1 + words[at + 1..].iter().take(PIECES).take_while(|next| next.joins).count();
        let whole = |count: &usize| words[at..at + count].iter().map(Word::raw).collect::<String>();
        let longest = (1..=pieces).rev().find(|count| is_known(plain(&whole(count))));
        if longest.is_none() {
            unmatched.push(word.word());
        }
        at += longest.unwrap_or(1);
    }
    unmatched
}

/// Returns the words of an item; those of a table by rows.
fn flat(item: &Item) -> Box<dyn Iterator<Item = &str> + '_> {
    match item {
        Item::Words(words) => Box::new(words.iter().map(EcoString::as_str)),
        Item::Table(rows) => Box::new(rows.iter().flatten().flatten().map(EcoString::as_str)),
    }
}

/// The places in the other format's words up to which it may have been read.
// Several, because a place can often be reached in two ways, as with a repeated word.
type Places = BTreeSet<usize>;

/// The place where no further word matches.
#[derive(Debug, Clone, Default)]
struct Failure {
    at: usize,
    /// The item expected there, and the number of its words that were found.
    item: usize,
    found: usize,
    /// The items that were read out of order.
    read: Range<usize>,
}

/// A comparison of the HTML with the words of another format.
struct Comparison<'a> {
    items: &'a [Item],
    words: &'a [Word],
    /// The items that were read out of order; `None` during speculative matching.
    before: Option<Range<usize>>,
    /// The furthest failures: with all items in order, and with some of them out of order.
    failures: [Failure; 2],
}

impl<'a> Comparison<'a> {
    fn new(document: &'a DocumentText, words: &'a [Word]) -> Comparison<'a> {
        Comparison { items: &document.items, words, before: None, failures: Default::default() }
    }

    /// Reads the other format as the items of the HTML. Returns the difference, or `None`.
    fn difference(mut self) -> Option<Difference> {
        // For each number of items, the places that can be reached with them.
        let mut reached: Vec<Places> = vec![Places::new(); self.items.len() + 1];
        reached[0].insert(0);
        self.top(&mut reached);
        self.before = Some(0..0);
        for n in 0..self.items.len() {
            let (now, later) = reached.split_at_mut(n + 1);
            for &at in &now[n] {
                later[0].extend(self.item(n, at));
                if self.may_swap(n) {
                    later[1].extend(self.swapped(n, at));
                }
            }
        }
        let last = reached.last().is_some_and(|places| places.contains(&self.words.len()));
        if last { None } else { Some(self.report(&reached)) }
    }

    /// Reads the top of the document with its title first.
    fn top(&mut self, reached: &mut [Places]) {
        let most = TOP.min(self.items.len());
        for title in 1..most {
            let mut places = Places::from([0]);
            for end in title..self.items.len().min(title + TOP) {
                places = places.iter().flat_map(|at| self.item(end, *at)).collect();
                if places.is_empty() {
                    break;
                }
                let mut after = places.clone();
                self.before = Some(title..end + 1);
                for n in 0..title {
                    after = after.iter().flat_map(|at| self.item(n, *at)).collect();
                }
                self.before = None;
                reached[end + 1].extend(after);
            }
        }
    }

    /// Returns the places where an item can end that begins at a place.
    fn item(&mut self, n: usize, at: usize) -> Places {
        let items = self.items;
        match &items[n] {
            Item::Words(words) => {
                let swapped =
                    boxes_swapped(words).and_then(|words| self.follow(words.into_iter(), at).ok());
                self.read(n, words.iter(), at).into_iter().chain(swapped).collect()
            }
            Item::Table(rows) => self.table(n, rows, at),
        }
    }

    /// Returns the places where a table can end that begins at a place.
    fn table(&mut self, n: usize, rows: &[Vec<Vec<EcoString>>], at: usize) -> Places {
        let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
        let by_columns = (0..widest)
            .flat_map(|column| rows.iter().filter_map(move |row| row.get(column)))
            .flatten();
        let mut ends: Places =
            self.read(n, rows.iter().flatten().flatten(), at).into_iter().collect();
        ends.extend(self.read(n, by_columns, at));
        if ends.is_empty() {
            ends.extend(self.panels(rows, widest, at));
        }
        if let Some((headers, rows)) = rows.split_first() {
            ends.extend(self.stacked(headers, rows, at));
        }
        ends
    }

    /// Returns the places where a table can end if it is read in panels, by columns or by rows, each
    /// with the first column.
    fn panels(&self, rows: &[Vec<Vec<EcoString>>], widest: usize, at: usize) -> Places {
        // For each column, the places at which a panel can begin with it.
        let mut reached = vec![Places::new(); widest.max(1) + 1];
        reached[1].insert(at);
        for first in 1..widest {
            for at in std::mem::take(&mut reached[first]) {
                for (next, ends) in reached.iter_mut().enumerate().skip(first + 1) {
                    let own = || std::iter::once(0).chain(first..next);
                    let cell = |row: &'_ Vec<Vec<EcoString>>, n: usize| {
                        row.get(n).cloned().unwrap_or_default()
                    };
                    let by_rows: Vec<EcoString> = rows
                        .iter()
                        .flat_map(|row| own().flat_map(|n| cell(row, n)).collect::<Vec<_>>())
                        .collect();
                    let by_columns: Vec<EcoString> =
                        own().flat_map(|n| rows.iter().flat_map(move |row| cell(row, n))).collect();
                    for words in [by_rows, by_columns] {
                        ends.extend(self.follow(words.iter(), at).ok());
                    }
                }
            }
        }
        reached.pop().unwrap_or_default()
    }

    /// Returns the places where a table can end if it is read row by row, with the headers before
    /// the cells.
    fn stacked(
        &self,
        headers: &[Vec<EcoString>],
        rows: &[Vec<Vec<EcoString>>],
        at: usize,
    ) -> Places {
        let mut places = Places::from([at]);
        for row in rows {
            for (column, cell) in row.iter().enumerate() {
                let header = headers.get(column).map_or(&[][..], Vec::as_slice);
                let mut next = if cell.is_empty() { places.clone() } else { Places::new() };
                for at in &places {
                    next.extend(self.follow(header.iter().chain(cell), *at).ok());
                    if column == 0 {
                        next.extend(self.follow(cell.iter(), *at).ok());
                    }
                }
                places = next;
            }
        }
        places
    }

    /// Whether an item may change places with the next one.
    fn may_swap(&self, n: usize) -> bool {
        matches!((&self.items[n], self.items.get(n + 1)), (Item::Words(one), Some(Item::Words(two)))
            if one.len().min(two.len()) <= CAPTION)
    }

    /// Returns the place where an item ends that follows the next one, or `None` if it does not.
    fn swapped(&self, n: usize, at: usize) -> Option<usize> {
        let (Item::Words(one), Item::Words(two)) = (&self.items[n], &self.items[n + 1]) else {
            return None;
        };
        let after = self.follow(two.iter(), at).ok()?;
        self.follow(one.iter(), after).ok()
    }

    /// Returns the place where the expected words end, or `None` if they are not at this place.
    /// Also keeps the furthest failure.
    fn read<'w>(
        &mut self,
        n: usize,
        expected: impl Iterator<Item = &'w EcoString>,
        at: usize,
    ) -> Option<usize> {
        let (at, found) = match self.follow(expected, at) {
            Ok(end) => return Some(end),
            Err(failed) => failed,
        };
        if let Some(read) = &self.before {
            let furthest = &mut self.failures[usize::from(!read.is_empty())];
            if at > furthest.at {
                *furthest = Failure { at, item: n, found, read: read.clone() };
            }
        }
        None
    }

    /// Returns the place where the expected words end.
    ///
    /// # Errors
    /// The place where a word does not match, and the number of words before it.
    fn follow<'w>(
        &self,
        expected: impl Iterator<Item = &'w EcoString>,
        mut at: usize,
    ) -> Result<usize, (usize, usize)> {
        for (n, word) in expected.enumerate() {
            at = self.word(word, at).ok_or((at, n))?;
        }
        Ok(at)
    }

    /// Returns the place after a word, which may be in pieces, or `None` if it is another word.
    fn word(&self, expected: &str, at: usize) -> Option<usize> {
        let first = self.words.get(at)?;
        if first.word() == expected {
            return Some(at + 1);
        }
        let mut end = at + 1;
        let mut whole = String::new();
        let joins = |end: usize, next: &Word| next.joins || (end == at + 1 && is_sign(first.raw()));
        while let Some(next) = self.words.get(end).filter(|next| joins(end, next)) {
            if whole.is_empty() {
                if !expected.starts_with(first.raw()) {
                    return None;
                }
                whole.push_str(first.raw());
            }
            whole.push_str(next.raw());
            end += 1;
            if plain(&whole) == expected {
                return Some(end);
            }
            if !expected.starts_with(&whole) {
                return None;
            }
        }
        None
    }

    /// Returns the difference at the furthest place that was reached: with the items in order, or
    /// out of order if that difference is not longer.
    fn report(&self, reached: &[Places]) -> Difference {
        let end = reached.last().and_then(|places| places.last());
        let [plain, reordered] = &self.failures;
        let more = end.filter(|end| **end >= plain.at).map(|end| Failure {
            at: *end,
            item: self.items.len(),
            ..Failure::default()
        });
        let plain = more.as_ref().unwrap_or(plain);
        let own = self.difference_at(plain);
        // Words that are missing at the end are missing in either order.
        if reordered.read.is_empty() || reordered.at < plain.at || reordered.at == self.words.len()
        {
            return own;
        }
        let other = self.difference_at(reordered);
        if other.len() <= own.len() { other } else { own }
    }

    /// Returns the difference between the words after a failure.
    fn difference_at(&self, failure: &Failure) -> Difference {
        let ahead = |(n, _): &(usize, &Item)| *n >= failure.item && !failure.read.contains(n);
        let items = self.items.iter().enumerate().filter(ahead).map(|(_, item)| item);
        let expected: Vec<&str> = items.flat_map(flat).skip(failure.found).collect();
        let words: Vec<&str> = self.words.iter().map(Word::word).collect();
        let (shared, rest) = words.split_at(failure.at);
        Difference::between(shared, &expected, rest)
    }
}

/// Whether a word is the sign of a currency, such as `$` or `US$`.
// EDGAR's ASCII has a space after all others.
fn is_sign(word: &str) -> bool {
    word.len() <= 3 && word.ends_with('$')
}

/// Returns the words of a block with each check box on the other side of its label, or `None` if
/// there is no box with a label.
fn boxes_swapped(words: &[EcoString]) -> Option<Vec<&EcoString>> {
    // A block that begins with a box has all boxes before their labels; otherwise all are after.
    let box_first = is_box(words.first()?);
    if words.len() < 2 || !words.iter().any(|word| is_box(word)) {
        return None;
    }
    let mut swapped = Vec::with_capacity(words.len());
    if box_first {
        for choice in words.chunk_by(|_, next| !is_box(next)) {
            swapped.extend(choice[1..].iter().chain(&choice[..1]));
        }
    } else {
        for choice in words.chunk_by(|word, _| !is_box(word)) {
            let label = choice.len() - usize::from(choice.last().is_some_and(|word| is_box(word)));
            swapped.extend(choice[label..].iter().chain(&choice[..label]));
        }
    }
    Some(swapped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edgar::blocks::blocks;

    fn compared(html: &str, other: &str) -> Option<String> {
        let html = DocumentText::of(&blocks(html));
        text(&html, &text_words(other)).map(|difference| difference.message("a.htm", "a.txt"))
    }
    fn differs(html: &str, other: &str) -> String {
        compared(html, other).expect("a difference")
    }

    #[test]
    fn captions_and_boxes_may_be_on_either_side() {
        let html =
            "<dt>Name<dd>Full Name<dt>Former Name<dd>None<p>Yes &#9746; No &#9744;<h2>End</h2>";
        for other in [
            "Name: Full Name\nFormer Name: None\n\n[X] Yes  [ ] No\n\nEnd",
            "Full Name\n--------\nName:\nNone\n----\nFormer Name\n\nYes [X] No [ ]\nEnd",
        ] {
            assert_eq!(compared(html, other), None, "{other}");
        }
        let said = differs(html, "Name: Full Name\nFormer Name: None\n[ ] Yes [X] No\nEnd");
        assert!(said.contains("`Yes [X] No [ ]`") && said.contains("`[ ] Yes [X] No`"), "{said}");
        let said = differs(html, "Name: None\nFormer Name: Full Name\n[X] Yes [ ] No\nEnd");
        assert!(said.contains("after `… Name`"), "{said}");
    }

    #[test]
    fn the_top_may_have_its_title_on_either_side() {
        let html =
            "<p>File number<br>1<p>CUSIP<br>2<h1>Form</h1><p>Title<p>Read all of it carefully";
        assert_eq!(
            compared(html, "Form\nTitle\nFile number: 1\nCUSIP: 2\nRead all of it carefully"),
            None
        );
        let said = differs(html, "Form\nTitle\nFile number: 1\nCUSIP: 3\nRead all of it carefully");
        assert_eq!(said, "`a.htm` says `2` after `… File number 1 CUSIP`, and `a.txt` `3`");
    }

    #[test]
    fn tables_are_read_by_rows_by_columns_or_row_by_row() {
        let html = "<table><tr><th>In<th>2025<th>2024<tr><td>Net<td>12<td>34\
                    <tr><td>Costs<td><td>5</table><p>End";
        for other in [
            "In 2025 2024\nNet 12 34\nCosts 5\n\nEnd",
            "In     2025  2024\n-----  ----  ----\nNet      12    34\nCosts           5\n\nEnd",
            "In: Net\n2025: 12\n2024: 34\n\nIn: Costs\n2024: 5\n\nEnd",
            "Net\n2025: 12\n2024: 34\n\nCosts\n2025:\n2024: 5\n\nEnd",
        ] {
            assert_eq!(compared(html, other), None, "{other}");
        }
        for other in [
            "In     2025  2024\n-----  ----  ----\nNet      34    12\nCosts           5\n\nEnd",
            "In: Net\n2025: 34\n2024: 12\n\nIn: Costs\n2024: 5\n\nEnd",
        ] {
            assert!(compared(html, other).is_some(), "{other}");
        }
    }

    #[test]
    fn a_long_word_may_be_broken_at_the_end_of_a_line() {
        let html = "<p>see https://example.com/a:b for it";
        assert_eq!(compared(html, "see https:\n//example.com/a:\nb for it"), None);
        assert!(compared(html, "see https: //example.com/a:b for it").is_some());
        assert!(compared(html, "see https://example.com/a:b\nforit").is_some());
    }

    #[test]
    fn a_difference_is_reported_with_its_words() {
        let html = "<p>One two three four five six seven<p>eight nine ten eleven twelve";
        let message = |other: &str| differs(html, other);
        let rest = "eight nine ten eleven twelve";
        assert_eq!(
            message(&format!("One two three four five six {rest}")),
            "`a.htm` says `seven` after `… three four five six`, and `a.txt` does not"
        );
        assert_eq!(
            message(&format!("One two three four five six seven more words {rest}")),
            "`a.txt` says `more words` after `… four five six seven`, and `a.htm` does not"
        );
        assert_eq!(
            message("One two 3 four five six seven eight nine ten eleven twelve"),
            "`a.htm` says `three` after `… One two`, and `a.txt` `3`"
        );
        assert_eq!(
            message(&format!("One two three four five six seven {rest} over")),
            "`a.txt` says `over` after `… nine ten eleven twelve`, and `a.htm` does not"
        );
    }
}
