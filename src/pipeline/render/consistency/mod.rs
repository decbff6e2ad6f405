//! Whether two formats of a document say the same. The HTML, whose blocks and cells are known, is
//! the measure; the words of the text, and those of the PDF, are to be its words in its order, but
//! that
//!
//! - two blocks in a row may change places, as a caption and its value do, if one of them is short
//!   and neither is in a table; and so may a check box and its own label;
//! - what stands at the top of a document may stand on either side of its title;
//! - a table is said by rows, by columns, or, where it is too wide, row by row with the column's
//!   header before each cell; empty cells may be left out then, and the header of the cell that
//!   names the row.
//!
//! So every word counts, and so does every box beside its label and every amount in its column.

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

/// The longest that the shorter of two blocks that change places may be, in words: no caption of
/// the form has more.
const CAPTION: usize = 12;

/// How many blocks the top of a document may have on either side of its title.
const TOP: usize = 16;

/// Holds the words of a text document against the HTML.
pub(super) fn text(document: &DocumentText, words: &[Word]) -> Option<Difference> {
    Comparison::new(document, words).difference()
}

/// Holds a PDF against the HTML. What stands outside of its contents may number the pages, and say
/// what the document or its title says.
pub(super) fn pdf(document: &DocumentText, pages: &Pages) -> Option<Difference> {
    let own = Comparison::new(document, &pages.words).difference();
    own.or_else(|| {
        let known: HashSet<&str> = document
            .items
            .iter()
            .flat_map(flat)
            .chain(document.title.iter().map(EcoString::as_str))
            .collect();
        let said =
            |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || known.contains(word);
        let strange = unsaid(&pages.artifacts, said);
        (!strange.is_empty()).then(|| Difference::between(&[], &[], &strange))
    })
}

/// The words that are not said, of words that may be in pieces: the longest that is said counts.
fn unsaid(words: &[Word], said: impl Fn(&str) -> bool) -> Vec<&str> {
    const PIECES: usize = 8;
    let (mut unsaid, mut at) = (Vec::new(), 0);
    while let Some(word) = words.get(at) {
        let pieces = 1 + words[at + 1..].iter().take(PIECES).take_while(|next| next.joins).count();
        let whole = |count: &usize| words[at..at + count].iter().map(Word::raw).collect::<String>();
        let longest = (1..=pieces).rev().find(|count| said(plain(&whole(count))));
        if longest.is_none() {
            unsaid.push(word.word());
        }
        at += longest.unwrap_or(1);
    }
    unsaid
}

/// The words of an item, of a table by rows.
fn flat(item: &Item) -> Box<dyn Iterator<Item = &str> + '_> {
    match item {
        Item::Words(words) => Box::new(words.iter().map(EcoString::as_str)),
        Item::Table(rows) => Box::new(rows.iter().flatten().flatten().map(EcoString::as_str)),
    }
}

/// Places in the words of the other format up to which it can have been read.
type Places = BTreeSet<usize>;

/// Where reading failed.
#[derive(Debug, Clone, Default)]
struct Failure {
    at: usize,
    /// The item expected there, and how many of its words had been found.
    item: usize,
    found: usize,
    /// Items that were read before their turn.
    read: Range<usize>,
}

struct Comparison<'a> {
    items: &'a [Item],
    words: &'a [Word],
    /// Items that are read before their turn; none while what is read is only tried.
    before: Option<Range<usize>>,
    /// The furthest failures, in the order of the items and with some of them before their turn.
    failures: [Failure; 2],
}

impl<'a> Comparison<'a> {
    fn new(document: &'a DocumentText, words: &'a [Word]) -> Comparison<'a> {
        Comparison { items: &document.items, words, before: None, failures: Default::default() }
    }

    fn difference(mut self) -> Option<Difference> {
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

    /// The top of the document, with its title first or last.
    fn top(&mut self, reached: &mut [Places]) {
        let most = TOP.min(self.items.len());
        for title in 1..most {
            let mut places = Places::from([0]);
            for end in title..self.items.len().min(title + TOP) {
                places = places.iter().flat_map(|at| self.item(end, *at)).collect();
                if places.is_empty() {
                    break;
                }
                let mut behind = places.clone();
                self.before = Some(title..end + 1);
                for n in 0..title {
                    behind = behind.iter().flat_map(|at| self.item(n, *at)).collect();
                }
                self.before = None;
                reached[end + 1].extend(behind);
            }
        }
    }

    /// Where an item can end that begins at a place.
    fn item(&mut self, n: usize, at: usize) -> Places {
        let items = self.items;
        match &items[n] {
            Item::Words(words) => {
                let turned =
                    turned(words).and_then(|words| self.follow(words.into_iter(), at).ok());
                self.read(n, words.iter(), at).into_iter().chain(turned).collect()
            }
            Item::Table(rows) => self.table(n, rows, at),
        }
    }

    fn table(&mut self, n: usize, rows: &[Vec<Vec<EcoString>>], at: usize) -> Places {
        let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
        let by_columns = (0..widest)
            .flat_map(|column| rows.iter().filter_map(move |row| row.get(column)))
            .flatten();
        let mut ends: Places =
            self.read(n, rows.iter().flatten().flatten(), at).into_iter().collect();
        ends.extend(self.read(n, by_columns, at));
        if let Some((headers, rows)) = rows.split_first() {
            ends.extend(self.stacked(headers, rows, at));
        }
        ends
    }

    /// A table whose rows are said one by one, with the headers before the cells.
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

    /// Whether an item may change places with the next.
    fn may_swap(&self, n: usize) -> bool {
        matches!((&self.items[n], self.items.get(n + 1)), (Item::Words(one), Some(Item::Words(two)))
            if one.len().min(two.len()) <= CAPTION)
    }

    /// Where two items end that begin at a place in the other order.
    fn swapped(&self, n: usize, at: usize) -> Option<usize> {
        let (Item::Words(one), Item::Words(two)) = (&self.items[n], &self.items[n + 1]) else {
            return None;
        };
        let behind = self.follow(two.iter(), at).ok()?;
        self.follow(one.iter(), behind).ok()
    }

    /// Where words end that are expected at a place; the furthest failure is kept.
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

    /// Where words end that are expected at a place, or where that fails and behind how many of
    /// them.
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

    /// The place behind a word, which may be in pieces.
    fn word(&self, expected: &str, at: usize) -> Option<usize> {
        let first = self.words.get(at)?;
        if first.word() == expected {
            return Some(at + 1);
        }
        let mut end = at + 1;
        let mut whole = String::new();
        while let Some(next) = self.words.get(end).filter(|next| next.joins) {
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

    /// What is expected at the furthest place that was reached, and what stands there. With the top
    /// of the document turned, if that leaves no more to tell.
    fn report(&self, reached: &[Places]) -> Difference {
        let end = reached.last().and_then(|places| places.last());
        let [plain, turned] = &self.failures;
        let more = end.filter(|end| **end >= plain.at).map(|end| Failure {
            at: *end,
            item: self.items.len(),
            ..Failure::default()
        });
        let plain = more.as_ref().unwrap_or(plain);
        let own = self.told(plain);
        if turned.read.is_empty() || turned.at < plain.at || turned.at == self.words.len() {
            return own; // what is missing at the end was not turned
        }
        let other = self.told(turned);
        if other.len() <= own.len() { other } else { own }
    }

    fn told(&self, failure: &Failure) -> Difference {
        let ahead = |(n, _): &(usize, &Item)| *n >= failure.item && !failure.read.contains(n);
        let items = self.items.iter().enumerate().filter(ahead).map(|(_, item)| item);
        let expected: Vec<&str> = items.flat_map(flat).skip(failure.found).collect();
        let words: Vec<&str> = self.words.iter().map(Word::word).collect();
        let (behind, there) = words.split_at(failure.at);
        Difference::between(behind, &expected, there)
    }
}

/// The words of a block with its check boxes on the other side of their labels, which stand behind
/// their boxes if the block begins with one, else before them; none if there is no box with a
/// label.
fn turned(words: &[EcoString]) -> Option<Vec<&EcoString>> {
    let box_first = is_box(words.first()?);
    if words.len() < 2 || !words.iter().any(|word| is_box(word)) {
        return None;
    }
    let mut turned = Vec::with_capacity(words.len());
    if box_first {
        for choice in words.chunk_by(|_, next| !is_box(next)) {
            turned.extend(choice[1..].iter().chain(&choice[..1]));
        }
    } else {
        for choice in words.chunk_by(|word, _| !is_box(word)) {
            let label = choice.len() - usize::from(choice.last().is_some_and(|word| is_box(word)));
            turned.extend(choice[label..].iter().chain(&choice[..label]));
        }
    }
    Some(turned)
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
    fn captions_and_boxes_may_stand_on_either_side() {
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
        assert!(said.contains("behind `… Name`"), "{said}");
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
        assert_eq!(said, "`a.htm` says `2` behind `… File number 1 CUSIP`, and `a.txt` `3`");
    }

    #[test]
    fn tables_are_said_by_rows_by_columns_or_row_by_row() {
        let html = "<table><tr><th>In<th>2025<th>2024<tr><td>Net<td>12<td>34<tr><td>Costs<td><td>5</table><p>End";
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
    fn a_difference_is_told_with_its_words() {
        let html = "<p>One two three four five six seven<p>eight nine ten eleven twelve";
        let told = |other: &str| differs(html, other);
        let rest = "eight nine ten eleven twelve";
        assert_eq!(
            told(&format!("One two three four five six {rest}")),
            "`a.htm` says `seven` behind `… three four five six`, and `a.txt` does not"
        );
        assert_eq!(
            told(&format!("One two three four five six seven more words {rest}")),
            "`a.txt` says `more words` behind `… four five six seven`, and `a.htm` does not"
        );
        assert_eq!(
            told("One two 3 four five six seven eight nine ten eleven twelve"),
            "`a.htm` says `three` behind `… One two`, and `a.txt` `3`"
        );
        assert_eq!(
            told(&format!("One two three four five six seven {rest} over")),
            "`a.txt` says `over` behind `… nine ten eleven twelve`, and `a.htm` does not"
        );
    }
}
