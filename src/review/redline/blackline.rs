//! Compares two documents block by block: paragraphs by their words, tables by their cells. Both
//! texts can be read off the result, word for word.

use super::align::{Worded, align};
use super::blocks::Block;
use super::diff::{BlockDiff, Body, State};
use super::moves;
use super::table;
use super::words::{self, Op, Span};
use crate::edgar::blocks::BlockKind;

/// The least similarity of two versions of one block.
const ONE_BLOCK: f64 = 0.4;
/// The most words of a block that may replace another with nothing in common: a name, a date, a
/// street.
const SHORT: usize = 12;
/// A block as it is aligned: by its words alone, in whatever element they are, check boxes ticked
/// or not, items of a list whatever their number; and by the caption above it, so that a name is
/// not taken for a former name.
struct Unit<'a> {
    /// The parts that are compared: whether it is a table, its words, the ends of cells and rows,
    /// the caption.
    key: (bool, Vec<String>, Vec<usize>, Vec<String>),
    block: &'a Block,
}

impl PartialEq for Unit<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for Unit<'_> {}
impl PartialOrd for Unit<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Unit<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl Worded for Unit<'_> {
    fn words(&self) -> Vec<&str> {
        self.key.1.words()
    }
}

impl<'a> Unit<'a> {
    /// The units of a document.
    fn all(blocks: &'a [Block]) -> Vec<Unit<'a>> {
        let mut caption: Vec<String> = Vec::new();
        let unit = |block: &'a Block| match block {
            Block::Text { kind, words, .. } => {
                let numbered = *kind == BlockKind::Entry && words.len() > 1 && is_number(&words[0]);
                let plain = words.iter().skip(usize::from(numbered));
                let plain: Vec<String> =
                    plain.map(|word| words::boxless(word).to_owned()).collect();
                let above = match kind {
                    BlockKind::Term => std::mem::replace(&mut caption, plain.clone()),
                    BlockKind::Heading(_) => std::mem::take(&mut caption),
                    BlockKind::Paragraph
                    | BlockKind::Item
                    | BlockKind::Entry
                    | BlockKind::Caption => caption.clone(),
                };
                let above = if matches!(kind, BlockKind::Term | BlockKind::Heading(_)) {
                    Vec::new()
                } else {
                    above
                };
                Unit { key: (false, plain, Vec::new(), above), block }
            }
            Block::Table(rows) => {
                let words = rows.iter().flatten().flatten().cloned().collect();
                let shape = rows
                    .iter()
                    .flat_map(|row| std::iter::once(row.len()).chain(row.iter().map(Vec::len)));
                Unit { key: (true, words, shape.collect(), Vec::new()), block }
            }
        };
        blocks.iter().map(unit).collect()
    }

    fn alike(&self, other: &Unit<'_>, like: f64) -> Option<f64> {
        let table = self.key.0;
        if table != other.key.0 {
            return None;
        }
        let short = self.key.1.len().max(other.key.1.len()) <= SHORT;
        let stands_for =
            table || (short && kind(self.block) == kind(other.block) && self.key.3 == other.key.3);
        // Something, so that short blocks are paired in their order; far less than what is alike.
        (like >= ONE_BLOCK).then_some(like).or(stands_for.then_some(like.max(0.01) / 100.0))
    }
}

/// Whether a word is the number of an item.
fn is_number(word: &str) -> bool {
    word.strip_suffix('.')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn kind(block: &Block) -> Option<BlockKind> {
    match block {
        Block::Text { kind, .. } => Some(*kind),
        Block::Table(_) => None,
    }
}

/// The blocks of both documents, in the order of the new one.
pub(super) fn compare(old: &[Block], new: &[Block]) -> Vec<BlockDiff> {
    let (old, new) = (Unit::all(old), Unit::all(new));
    let pairs = align(&old, &new, Unit::alike);
    let of = |at: Option<usize>, units: &[Unit<'_>]| at.map(|at| units[at].block.clone());
    let mut all: Vec<BlockDiff> =
        pairs.iter().map(|pair| block(of(pair.old, &old), of(pair.new, &new))).collect();
    moves::find(&mut all);
    for block in &mut all {
        if let Body::Text { spans, .. } = &mut block.body {
            words::join(spans);
            block.state = state(spans, block.state);
        }
    }
    all
}

/// One block of both documents, or of one of them.
fn block(old: Option<Block>, new: Option<Block>) -> BlockDiff {
    let state = match (&old, &new) {
        (Some(Block::Text { words: old, .. }), Some(Block::Text { words: new, .. }))
            if old == new =>
        {
            State::Same
        }
        (Some(Block::Table(old)), Some(Block::Table(new))) if old == new => State::Same,
        (Some(_), Some(_)) => State::Changed,
        (Some(_), None) => State::Deleted,
        (None, _) => State::Inserted,
    };
    let rows = |block: &Option<Block>| match block {
        Some(Block::Table(rows)) => rows.clone(),
        _ => Vec::new(),
    };
    let text = |block: &Option<Block>| match block {
        Some(Block::Text { words, .. }) => words.clone(),
        _ => Vec::new(),
    };
    let body = match new.as_ref().or(old.as_ref()) {
        Some(Block::Text { kind, centred, .. }) => Body::Text {
            kind: *kind,
            centred: *centred,
            spans: words::compare(&text(&old), &text(&new)),
        },
        _ => Body::Table(table::compare(&rows(&old), &rows(&new))),
    };
    BlockDiff { state, body }
}

/// The state of a block of text by its words.
fn state(spans: &[Span], state: State) -> State {
    let all = |such: fn(Op) -> bool| spans.iter().all(|span| such(span.op));
    if all(|op| matches!(op, Op::MoveAway(_))) {
        State::MovedAway
    } else if all(|op| matches!(op, Op::MoveHere(_))) {
        State::MovedHere
    } else {
        state
    }
}
