//! The words of a document, for holding its formats against each other. They are spelled as text
//! documents spell them, and what only lays them out is told from them by rule:
//!
//! - a word of three or more dashes, or of three or more underscores, is a ruled line, and no word;
//! - a colon at a word's end is none of it: a layout may put one behind a caption;
//! - the bullets `*`, `-` and `•` are one word, and so are the check boxes of one kind;
//! - a word may go on behind the end of a line, for one that is too long for a line is broken
//!   there;
//! - lines of a text document that stand under or over a rule of several columns are read by
//!   columns.

use std::borrow::Cow;
use std::ops::Range;

use ecow::EcoString;

use super::{MOST_TABLE_COLUMNS, spell};

/// An empty check box as one word; the text has a space in it.
const EMPTY_BOX: &str = "[_]";

/// A word as it stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    raw: EcoString,
    /// Whether it may be the rest of the word before: it begins a line, or a piece of one.
    pub joins: bool,
}

impl Word {
    /// The word, or a piece of one, with its colon.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The word that is compared.
    pub fn word(&self) -> &str {
        plain(&self.raw)
    }
}

/// What an HTML document says, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// The words of its title, which no page shows.
    pub title: Vec<EcoString>,
    /// What the page shows.
    pub items: Vec<Item>,
}

/// A piece of an HTML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The words of a block.
    Words(Vec<EcoString>),
    /// The cells of a table, by rows.
    Table(Vec<Vec<Vec<EcoString>>>),
}

/// What a PDF says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// The words of its contents.
    pub words: Vec<Word>,
    /// The words of what the file marks as no part of them: running feet, headers of a table that
    /// are said again on the next page (ISO 32000-1, 14.8.2.2).
    pub artifacts: Vec<Word>,
}

/// What an HTML document says.
pub fn of_html(html: &str) -> Statement {
    super::html::statement(html)
}

/// What a PDF says; none if it asks for more work than a document is worth.
pub fn of_pdf(bytes: &[u8]) -> Option<Pages> {
    super::pdf::words(bytes)
}

/// Whether a word that is compared is a check box.
pub fn is_box(word: &str) -> bool {
    matches!(word, EMPTY_BOX | "[X]")
}

/// A word as it is shown to people.
pub fn shown(word: &str) -> &str {
    if word == EMPTY_BOX { "[ ]" } else { word }
}

/// A word without what a layout may add to it.
pub fn plain(raw: &str) -> &str {
    match raw.trim_end_matches(':') {
        "*" => "-",
        word => word,
    }
}

/// A text in the spelling of text documents, with check boxes that are one word.
pub(super) fn spelled(text: &str) -> Cow<'_, str> {
    let spelled = spell(text).unwrap_or(Cow::Borrowed(text));
    if spelled.contains("[ ]") { Cow::Owned(spelled.replace("[ ]", EMPTY_BOX)) } else { spelled }
}

/// The words of a spelled text, as they stand there.
pub(super) fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|raw| !is_ruled_line(raw) && !plain(raw).is_empty())
}

/// Adds the words of a spelled text. What stands first may go on from the word before if `joins`
/// says so.
pub(super) fn split(text: &str, joins: bool, words: &mut Vec<Word>) {
    let first = text.trim_start().as_ptr();
    words.extend(
        raw_words(text).map(|raw| Word { raw: raw.into(), joins: joins && raw.as_ptr() == first }),
    );
}

fn is_ruled_line(word: &str) -> bool {
    let all = |mark: u8| word.bytes().all(|byte| byte == mark);
    word.len() >= 3 && (all(b'-') || all(b'_'))
}

/// The words of a text document.
pub fn of_text(text: &str) -> Vec<Word> {
    let text = if text.contains("[ ]") {
        Cow::Owned(text.replace("[ ]", EMPTY_BOX))
    } else {
        Cow::Borrowed(text)
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while at < lines.len() {
        let mut end = region(&lines, at);
        match lines[at..end].iter().position(|line| columns(line).is_some()) {
            Some(rule) => {
                let columns = columns(lines[at + rule]).unwrap_or_default();
                while let Some(next) = goes_on(&lines, end, &columns) {
                    end = next;
                }
                by_columns(&lines[at..end], rule, &columns, &mut words);
            }
            None => lines[at..end].iter().for_each(|line| split(line, true, &mut words)),
        }
        at = end.max(at + 1);
    }
    words
}

/// The end of the lines from here to the next empty one.
fn region(lines: &[&str], at: usize) -> usize {
    lines[at..].iter().position(|line| line.is_empty()).map_or(lines.len(), |length| at + length)
}

/// The columns of a rule that has several: dashes with two or more spaces between.
fn columns(line: &str) -> Option<Vec<Range<usize>>> {
    // No table is wider; and each line is looked at once for each column.
    let fits = line.len() <= MOST_TABLE_COLUMNS;
    if !fits
        || !line.trim_start().starts_with('-')
        || line.bytes().any(|byte| !matches!(byte, b'-' | b' '))
    {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.match_indices('-') {
        match columns.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            Some(last) if last.end + 1 == at => return None,
            _ => columns.push(at..at + 1),
        }
    }
    (columns.len() > 1).then_some(columns)
}

/// The end of the lines behind an empty one, if they go on with the columns: a row without a text
/// in any cell looks like the end of its table.
fn goes_on(lines: &[&str], end: usize, columns: &[Range<usize>]) -> Option<usize> {
    let next = end + 1;
    if next >= lines.len() {
        return None;
    }
    let last = region(lines, next);
    let fits = |line: &&str| {
        let blank = |gap: Range<usize>| {
            line.get(gap.start.min(line.len())..gap.end.min(line.len()))
                .is_some_and(|gap| gap.trim().is_empty())
        };
        blank(0..columns[0].start)
            && columns.windows(2).all(|pair| blank(pair[0].end..pair[1].start))
    };
    let full = |line: &&str| {
        line.as_bytes().get(columns[0].start).is_some_and(|byte| *byte != b' ')
            && line.len() > columns[1].start
    };
    let own = &lines[next..last];
    let begins = own.iter().all(fits)
        && own.iter().any(full)
        && !own.iter().any(|line| self::columns(line).is_some());
    begins.then_some(last)
}

fn by_columns(lines: &[&str], rule: usize, columns: &[Range<usize>], words: &mut Vec<Word>) {
    for (n, column) in columns.iter().enumerate() {
        let start = if n == 0 { 0 } else { column.start };
        let end = columns.get(n + 1).map_or(usize::MAX, |next| next.start);
        for (_, line) in lines.iter().enumerate().filter(|(i, _)| *i != rule) {
            let cell = line.get(start.min(line.len())..end.min(line.len())).unwrap_or_default();
            split(cell, true, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        of_text(text).iter().map(|word| shown(word.word())).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rules_are_no_words_and_boxes_are_one() {
        assert_eq!(
            text("----\n[ ] Yes   [X] No\n\nDate: ____\n  - a -- b"),
            "[ ] Yes [X] No Date - a -- b"
        );
    }

    #[test]
    fn what_stands_in_columns_is_read_by_columns() {
        let table = "              2025\nIn thousands    Net  2024\n------------  -----  ----\n\
                     Net revenue   1,200   900\nof stores\n\nCosts           800   700\n\nThen a paragraph.";
        let expected = "In thousands Net revenue of stores Costs 2025 Net 1,200 800 2024 900 700 Then a paragraph.";
        assert_eq!(text(table), expected);
    }

    #[test]
    fn a_heading_behind_a_table_is_no_part_of_it() {
        let table = "A     B\n----  ---\nx     1\n\n      Title\n\nText";
        assert_eq!(text(table), "A x B 1 Title Text");
    }
}
