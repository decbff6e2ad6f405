//! The excerpt of a document: its changed blocks under their headings.

use super::sections::begins_signature;
use crate::review::redline::{BlockDiff, Body, RowDiff, State};

/// A part of an excerpt.
pub(super) enum Excerpt<'a> {
    /// One or more unchanged blocks, left out.
    Skipped,
    /// The block of signatures begins, which has no heading.
    Signature,
    /// A block.
    Block(&'a BlockDiff),
}

/// The blocks that changed, each under its heading.
pub(super) fn excerpt(blocks: &[BlockDiff]) -> Vec<Excerpt<'_>> {
    let mut all = Vec::new();
    let mut heading: Option<Excerpt<'_>> = None;
    let mut skipped = false;
    for (at, block) in blocks.iter().enumerate() {
        if begins_signature(blocks, at) {
            heading = Some(Excerpt::Signature);
            skipped = false;
        }
        if block.state == State::Same {
            if block.heading().is_some() {
                heading = Some(Excerpt::Block(block));
                skipped = false;
            } else {
                skipped = true;
            }
            continue;
        }
        all.extend(heading.take());
        all.extend(std::mem::take(&mut skipped).then_some(Excerpt::Skipped));
        all.push(Excerpt::Block(block));
    }
    all.extend(skipped.then_some(Excerpt::Skipped));
    all
}

/// The rows of a table that changed, under its head.
pub(super) fn rows(rows: &[RowDiff]) -> impl Iterator<Item = &RowDiff> {
    rows.iter()
        .enumerate()
        .filter(|(at, row)| *at == 0 || row.state != State::Same)
        .map(|(_, row)| row)
}

/// Whether a block is a table.
pub(super) fn table(block: &BlockDiff) -> Option<&[RowDiff]> {
    match &block.body {
        Body::Table(rows) => Some(rows),
        Body::Text { .. } => None,
    }
}
