//! The part of a document that each block is in, for lists of changes: `PART IV (2)`, `Signature`.

use crate::edgar::blocks::BlockKind;
use crate::review::redline::{BlockDiff, Body, Op, State};

/// The name of the block of signatures, which has no heading.
pub(super) const SIGNATURE: &str = "Signature";
/// The beginning of the caption below a registrant's name in the block of signatures.
const CAPTION: &str = "(Name of Registrant";

/// The part that each block is in, if there is a heading above it.
pub(super) fn sections(blocks: &[BlockDiff]) -> Vec<Option<String>> {
    let mut heading: Option<String> = None;
    let mut item = String::new();
    let of = |(at, block): (usize, &BlockDiff)| {
        if block.heading().is_some_and(|level| level > 1) && block.state == State::Same {
            let text = text(block);
            heading = Some(text.split(" — ").next().unwrap_or(&text).to_owned());
            item.clear();
        } else if begins_signature(blocks, at) {
            heading = Some(SIGNATURE.to_owned());
            item.clear();
        } else if let Some(number) = number(block) {
            item = format!(" {number}");
        }
        heading.as_ref().map(|heading| format!("{heading}{item}"))
    };
    blocks.iter().enumerate().map(of).collect()
}

/// Whether the block of signatures begins with a block: a registrant's name above its caption.
pub(super) fn begins_signature(blocks: &[BlockDiff], at: usize) -> bool {
    let name = |block: &&BlockDiff| {
        matches!(block.body, Body::Text { kind: BlockKind::Paragraph, centred: true, .. })
    };
    let caption = |block: &BlockDiff| {
        matches!(block.body, Body::Text { kind: BlockKind::Term, .. })
            && text(block).starts_with(CAPTION)
    };
    // Registrants that sign together have their names above one caption.
    name(&&blocks[at]) && blocks[at..].iter().find(|next| !name(next)).is_some_and(caption)
}

/// The number of a question of Part IV that a block begins with.
fn number(block: &BlockDiff) -> Option<&str> {
    let first = block.spans().find(|span| span.op != Op::Delete)?.words.first()?;
    matches!(first.as_str(), "(1)" | "(2)" | "(3)").then_some(first)
}

/// The text of a block, in the new document if it is there.
fn text(block: &BlockDiff) -> String {
    let new: Vec<String> =
        block.spans().filter(|span| span.op.is_new()).map(|span| span.text()).collect();
    if new.is_empty() {
        return block.spans().map(|span| span.text()).collect::<Vec<_>>().join(" ");
    }
    new.join(" ")
}
