//! Tests that applying the deletions and insertions to any old text gives the new one.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::blackline::compare;
use super::blocks::Block;
use super::{BlockDiff, Op, State};
use crate::edgar::blocks::BlockKind;

/// Few words, so that many are the same: the hard case for an alignment.
fn word() -> impl Strategy<Value = String> {
    select(vec![
        "the", "ledgers", "were", "lost.", "Audit", "☐", "☒", "3", "$5", "late;", "(a)", "—",
    ])
    .prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = Block> {
    let kind =
        select(vec![BlockKind::Paragraph, BlockKind::Item, BlockKind::Heading(2), BlockKind::Term]);
    (kind, any::<bool>(), vec(word(), 1..25)).prop_map(|(kind, centred, words)| Block::Text {
        kind,
        centred,
        words,
    })
}

fn table() -> impl Strategy<Value = Block> {
    vec(vec(vec(word(), 0..3), 1..4), 1..5).prop_map(Block::Table)
}

fn document() -> impl Strategy<Value = Vec<Block>> {
    vec(prop_oneof![4 => text(), 1 => table()], 0..10)
}

/// A change that a user could make to a document.
#[derive(Debug, Clone)]
enum Edit {
    Remove(usize),
    Insert(usize, Block),
    Move(usize, usize),
    Reword(usize, usize, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), text()).prop_map(|(at, block)| Edit::Insert(at, block)),
        any::<(usize, usize)>().prop_map(|(from, to)| Edit::Move(from, to)),
        (any::<usize>(), any::<usize>(), word())
            .prop_map(|(block, at, word)| Edit::Reword(block, at, word)),
    ]
}

fn edited(mut document: Vec<Block>, edits: &[Edit]) -> Vec<Block> {
    for edit in edits {
        let length = document.len();
        match edit {
            Edit::Insert(at, block) => document.insert(at % (length + 1), block.clone()),
            _ if length == 0 => {}
            Edit::Remove(at) => drop(document.remove(at % length)),
            Edit::Move(from, to) => {
                let block = document.remove(from % length);
                document.insert(to % length, block);
            }
            Edit::Reword(block, at, word) => match &mut document[block % length] {
                Block::Text { words, .. } => {
                    let at = at % words.len();
                    words[at].clone_from(word);
                }
                Block::Table(rows) => rows[0].push(vec![word.clone()]),
            },
        }
    }
    document
}

/// The words of one version.
fn side(blocks: &[BlockDiff], is: impl Fn(Op) -> bool) -> Vec<String> {
    let spans = blocks.iter().flat_map(BlockDiff::spans).filter(|span| is(span.op));
    spans.flat_map(|span| span.words.clone()).collect()
}

fn words(document: &[Block]) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Text { words, .. } => words.clone(),
        Block::Table(rows) => rows.iter().flatten().flatten().cloned().collect(),
    };
    document.iter().flat_map(of).collect()
}

fn holds(old: &[Block], new: &[Block]) {
    let compared = compare(old, new);
    assert_eq!(side(&compared, Op::is_old), words(old));
    assert_eq!(side(&compared, Op::is_new), words(new));
    let mut moved: Vec<(usize, bool)> = Vec::new();
    for span in compared.iter().flat_map(BlockDiff::spans) {
        assert!(!span.words.is_empty());
        match span.op {
            Op::MoveAway(n) => moved.push((n, false)),
            Op::MoveHere(n) => moved.push((n, true)),
            Op::Equal | Op::Delete | Op::Insert => {}
        }
    }
    let goes = |there: bool| {
        moved
            .iter()
            .filter(|m| m.1 == there)
            .map(|m| m.0)
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(goes(false), goes(true), "what moves away arrives");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_document_becomes_any_other(old in document(), new in document()) {
        holds(&old, &new);
    }

    #[test]
    fn an_edited_document_is_found_again(old in document(), edits in vec(edit(), 0..6)) {
        let new = edited(old.clone(), &edits);
        holds(&old, &new);
        let compared = compare(&old, &old);
        prop_assert!(compared.iter().all(|block| block.state == State::Same));
    }
}

fn paragraph(text: &str) -> Block {
    let words = text.split(' ').map(str::to_owned).collect();
    Block::Text { kind: BlockKind::Paragraph, centred: false, words }
}

/// Each block as its state and its marked words.
fn shown(blocks: &[BlockDiff]) -> Vec<String> {
    let mark = |span: &super::Span| match span.op {
        Op::Equal => span.text(),
        Op::Delete => format!("[-{}-]", span.text()),
        Op::Insert => format!("{{+{}+}}", span.text()),
        Op::MoveAway(n) => format!("[{n}> {}]", span.text()),
        Op::MoveHere(n) => format!("{{{n}> {}}}", span.text()),
    };
    let of = |b: &BlockDiff| {
        format!("{:?}: {}", b.state, b.spans().map(mark).collect::<Vec<_>>().join(" "))
    };
    blocks.iter().map(of).collect()
}

#[test]
fn a_paragraph_that_moved_is_shown_as_moved() {
    let [a, b, c] = [
        "The audit of one plant is late.",
        "Its ledgers were lost. They are rebuilt now by hand.",
        "We are sorry for that.",
    ]
    .map(paragraph);
    let compared = compare(&[b.clone(), a.clone(), c.clone()], &[a, c, b]);
    let expected = [
        "MovedAway: [1> Its ledgers were lost. They are rebuilt now by hand.]",
        "Same: The audit of one plant is late.",
        "Same: We are sorry for that.",
        "MovedHere: {1> Its ledgers were lost. They are rebuilt now by hand.}",
    ];
    assert_eq!(shown(&compared), expected);
}

#[test]
fn a_table_is_compared_by_its_rows_and_cells() {
    let table = |rows: &[&str]| {
        let cell = |cell: &str| cell.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        Block::Table(rows.iter().map(|row| row.split('|').map(cell).collect()).collect())
    };
    let old = table(&["Item|2025", "Net sales|30,512", "Costs|12"]);
    let new = table(&["Item|2025|2024", "Net sales|30,498|28,000", "Profit|3|4", "Costs|12|11"]);
    let compared = compare(&[old], &[new]);
    let expected = "Changed: Item 2025 {+2024+} Net sales [-30,512-] {+30,498+} {+28,000+} {+Profit+} {+3+} {+4+} Costs 12 {+11+}";
    assert_eq!(shown(&compared), [expected]);
}
