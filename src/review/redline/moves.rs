//! Finds words that moved: deleted in one place and inserted in another, sentence by sentence, and
//! as many sentences as moved together.

use std::collections::{BTreeMap, BTreeSet};

use super::diff::{BlockDiff, Body, State};
use super::words::{Op, Span};
use crate::edgar::blocks::BlockKind;

/// The fewest words that move.
// Fewer occur in two places by chance.
const FEWEST: usize = 5;
/// The same of a whole paragraph or item that moves below its heading.
const FEWEST_WHOLE: usize = 2;
/// The most places with the same sentence that are compared.
// Each is extended word by word, so a sentence that repeats would cost the square of its places.
const MOST_PLACES: usize = 16;

/// The place of a span: its block, and its index there.
type At = (usize, usize);

/// Finds and numbers the spans that moved. Spans are not joined yet: each is at most a sentence.
pub(super) fn find(blocks: &mut [BlockDiff]) {
    let runs = Finder::of(blocks).runs();
    for (n, run) in runs.iter().enumerate() {
        for k in 0..run.spans {
            set(blocks, (run.from.0, run.from.1 + k), Op::MoveAway(n + 1));
            set(blocks, (run.to.0, run.to.1 + k), Op::MoveHere(n + 1));
        }
    }
}

fn set(blocks: &mut [BlockDiff], (block, span): At, op: Op) {
    if let Body::Text { spans, .. } = &mut blocks[block].body {
        spans[span].op = op;
    }
}

/// Spans that moved together.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: At,
    to: At,
    spans: usize,
    words: usize,
}

/// The state of the search in a document.
struct Finder<'a> {
    blocks: &'a [BlockDiff],
    /// The heading of each block, by its number; `None` below a caption of a field, where one
    /// registrant's city may be another's.
    sections: Vec<Option<usize>>,
    /// The places of deleted words.
    gone: BTreeMap<&'a [String], Vec<At>>,
    /// The places from which words moved already.
    taken: BTreeSet<At>,
}

impl<'a> Finder<'a> {
    fn of(blocks: &'a [BlockDiff]) -> Finder<'a> {
        let (mut headings, mut section) = (0, Some(0));
        let below = |block: &BlockDiff| {
            if block.heading().is_some() {
                headings += 1;
                section = Some(headings);
            } else if is_caption(block) {
                section = None;
            }
            section
        };
        let sections = blocks.iter().map(below).collect();
        let mut gone: BTreeMap<&[String], Vec<At>> = BTreeMap::new();
        for (at, span) in places(blocks).filter(|(_, span)| span.op == Op::Delete) {
            gone.entry(&span.words).or_default().push(at);
        }
        Finder { blocks, sections, gone, taken: BTreeSet::new() }
    }

    /// The runs that moved, in the order of their new places.
    fn runs(mut self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (to, span) in places(self.blocks).filter(|(_, span)| span.op == Op::Insert) {
            // It moved with the span before it.
            if runs.last().is_some_and(|last| last.to.0 == to.0 && to.1 < last.to.1 + last.spans) {
                continue;
            }
            let from = self.gone.get(span.words.as_slice()).into_iter().flatten();
            let free = from.filter(|from| !self.taken.contains(from)).take(MOST_PLACES);
            let possible = free.map(|from| self.run(*from, to)).filter(|run| self.counts(run));
            // Of those that are as long, the first.
            let Some(best) =
                possible.reduce(|best, run| if run.words > best.words { run } else { best })
            else {
                continue;
            };
            self.taken.extend((0..best.spans).map(|k| (best.from.0, best.from.1 + k)));
            runs.push(best);
        }
        runs
    }

    /// The longest run that is the same from two places on.
    fn run(&self, from: At, to: At) -> Run {
        let span = |(block, at): At, k: usize, op: Op| {
            spans(&self.blocks[block]).get(at + k).filter(|s| s.op == op)
        };
        let mut run = Run { from, to, spans: 0, words: 0 };
        while let (Some(gone), Some(come)) =
            (span(from, run.spans, Op::Delete), span(to, run.spans, Op::Insert))
        {
            if gone.words != come.words || self.taken.contains(&(from.0, from.1 + run.spans)) {
                break;
            }
            run.words += come.words.len();
            run.spans += 1;
        }
        run
    }

    /// Whether a run is long enough to count as moved.
    fn counts(&self, run: &Run) -> bool {
        let (from, to) = (&self.blocks[run.from.0], &self.blocks[run.to.0]);
        let all = |block: &BlockDiff, at: At| at.1 == 0 && spans(block).len() == run.spans;
        let whole = all(from, run.from)
            && all(to, run.to)
            && (from.state, to.state) == (State::Deleted, State::Inserted)
            && self.sections[run.from.0]
                .is_some_and(|section| self.sections[run.to.0] == Some(section));
        run.words >= if whole { FEWEST_WHOLE } else { FEWEST }
    }
}

fn spans(block: &BlockDiff) -> &[Span] {
    match &block.body {
        Body::Text { spans, .. } => spans,
        Body::Table(_) => &[],
    }
}

fn is_caption(block: &BlockDiff) -> bool {
    matches!(block.body, Body::Text { kind: BlockKind::Term, .. })
}

/// All spans that could move. Captions of fields belong to the form and do not move.
fn places(blocks: &[BlockDiff]) -> impl Iterator<Item = (At, &Span)> {
    let of = |(b, block)| spans(block).iter().enumerate().map(move |(s, span)| ((b, s), span));
    blocks.iter().enumerate().filter(|(_, block)| !is_caption(block)).flat_map(of)
}

#[cfg(test)]
mod tests {
    use crate::review::redline::blackline::compare;
    use crate::review::redline::blocks::of_html;
    use crate::review::redline::{Op, Span};

    /// The words that moved, each as its new place shows it.
    fn moved(old: &str, new: &str) -> Vec<String> {
        let blocks = compare(&of_html(old), &of_html(new));
        let of = |op: fn(Op) -> bool| -> Vec<String> {
            blocks
                .iter()
                .flat_map(|block| block.spans())
                .filter(|span| op(span.op))
                .map(Span::text)
                .collect()
        };
        let (mut away, mut here) =
            (of(|op| matches!(op, Op::MoveAway(_))), of(|op| matches!(op, Op::MoveHere(_))));
        away.sort();
        here.sort();
        assert_eq!(away, here);
        here
    }

    #[test]
    fn short_sentences_that_went_together_moved() {
        let (one, other) = (
            "We told them. They came at once.",
            "The fire of March 3 destroyed the ledgers of the plant.",
        );
        let old = format!("<p>{one} {other}<p>The bank helps us to rebuild all of them.");
        let new = format!("<p>{other}<p>The bank helps us to rebuild all of them. {one}");
        assert_eq!(moved(&old, &new), [one]);
    }

    #[test]
    fn a_short_item_moves_as_a_whole_below_its_heading_alone() {
        let list = |items: &str| {
            format!("<h2>A</h2><ul><li>{}</ul><h2>B</h2><p>x", items.replace(',', "<li>"))
        };
        assert_eq!(
            moved(
                &list("Net sales,Cost of sales,Income tax"),
                &list("Income tax,Net sales,Cost of sales")
            ),
            ["Income tax"]
        );
        let section = |a: &str, b: &str| format!("<h2>A</h2>{a}<p>z z z<h2>B</h2>{b}<p>y y y");
        assert!(moved(&section("<p>Net sales", ""), &section("", "<p>Net sales")).is_empty());
        let fields = |a: &str, b: &str| format!("<dl>{a}<dt>Name<dd>Quiet Harbor, Inc.{b}</dl>");
        let city = "<dt>City<dd>Portland, Maine";
        assert!(moved(&fields(city, ""), &fields("", city)).is_empty());
    }

    #[test]
    fn renumbered_items_are_the_same_items() {
        let old = "<ol><li>One thing is late.<li>Another thing is late too.</ol>";
        let new = "<ol><li>Nothing at all was lost.<li>One thing is late.<li>Another thing is late too.</ol>";
        let blocks = compare(&of_html(old), &of_html(new));
        let said: Vec<String> = blocks
            .iter()
            .map(|b| b.spans().map(Span::text).collect::<Vec<_>>().join("|"))
            .collect();
        let expected = [
            "1. Nothing at all was lost.",
            "1.|2.|One thing is late.",
            "2.|3.|Another thing is late too.",
        ];
        assert_eq!(said, expected);
    }
}
