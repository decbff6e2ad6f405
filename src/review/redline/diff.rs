//! The comparison of two documents as data: blocks, rows and cells, each with its words and their
//! change.

use super::words::{Op, Span};
use crate::edgar::blocks::BlockKind;

/// The change of a block, a row or a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It stayed as it was.
    Same,
    /// It was changed.
    Changed,
    /// It was inserted.
    Inserted,
    /// It was deleted.
    Deleted,
    /// All of it moved to another place.
    MovedAway,
    /// All of it moved here from another place.
    MovedHere,
}

/// A block of both documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockDiff {
    /// Its change.
    pub state: State,
    /// Its text or table.
    pub body: Body,
}

/// The text or table of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Words.
    Text {
        /// The kind of the block, in the new document if it is there.
        kind: BlockKind,
        /// Whether it is set in the middle.
        centred: bool,
        /// Its words.
        spans: Vec<Span>,
    },
    /// A table.
    Table(Vec<RowDiff>),
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowDiff {
    /// Its change.
    pub state: State,
    /// Its cells.
    pub cells: Vec<Vec<Span>>,
}

impl BlockDiff {
    /// Its spans in runs: all of a text, or each cell of a table.
    pub fn runs(&self) -> impl Iterator<Item = &[Span]> {
        let (text, rows): (Option<&[Span]>, &[RowDiff]) = match &self.body {
            Body::Text { spans, .. } => (Some(spans), &[]),
            Body::Table(rows) => (None, rows),
        };
        text.into_iter().chain(rows.iter().flat_map(|row| row.cells.iter().map(Vec::as_slice)))
    }

    /// All its spans, in their order.
    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        self.runs().flatten()
    }

    /// The heading's level, if it is one.
    pub fn heading(&self) -> Option<u8> {
        match self.body {
            Body::Text { kind: BlockKind::Heading(level), .. } => Some(level),
            _ => None,
        }
    }
}

/// The numbers of words that were inserted, deleted and moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Inserted.
    pub inserted: usize,
    /// Deleted.
    pub deleted: usize,
    /// Moved.
    pub moved: usize,
}

impl Counts {
    /// Counts the words of some blocks.
    pub fn of<'a>(blocks: impl IntoIterator<Item = &'a BlockDiff>) -> Counts {
        let mut counts = Counts::default();
        for span in blocks.into_iter().flat_map(BlockDiff::spans) {
            match span.op {
                Op::Insert => counts.inserted += span.words.len(),
                Op::Delete => counts.deleted += span.words.len(),
                Op::MoveHere(_) => counts.moved += span.words.len(),
                Op::Equal | Op::MoveAway(_) => {}
            }
        }
        counts
    }
}
