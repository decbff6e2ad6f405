//! A run of lines that is a list or a table.

use std::ops::Range;

use crate::diagnostics::source::Line;

/// Lines that belong together and run together in the documents.
#[derive(Debug, PartialEq)]
pub(super) struct Run {
    /// The lines of the scalar.
    pub(super) lines: Range<usize>,
    pub(super) content: Content,
}

/// What the lines of a run say.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    List(List),
    Table(Table),
}

/// The items of a list, and whether they begin with numbers or letters.
#[derive(Debug, PartialEq)]
pub(super) struct List {
    pub(super) items: Vec<String>,
    pub(super) is_ordered: bool,
}

/// The rows of a table, each with a cell for each column.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    pub(super) caption: Option<String>,
    /// The heads of the columns, or `None` if no row looks like them.
    pub(super) heads: Option<Vec<String>>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Returns the paragraphs: lines without an empty line between them.
pub(super) fn paragraphs(lines: &[Line]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for (i, _) in lines.iter().enumerate().filter(|(_, line)| !line.text.trim().is_empty()) {
        match all.last_mut().filter(|last| last.end == i) {
            Some(last) => last.end = i + 1,
            None => all.push(i..i + 1),
        }
    }
    all
}
