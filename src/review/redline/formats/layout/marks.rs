//! The marks of a document's words: which are new, and which were taken out beside them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::part::{Gone, Part, put, read};
use crate::edgar::html_tree::Element;
use crate::review::redline::formats::boxes::{Shown, is_box, shown};
use crate::review::redline::formats::phrases::{clean, entities};
use crate::review::redline::{BlockDiff, Body, DocumentDiff, Op, RowDiff, Span, State};

/// The mark of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    /// Its change, if it has one.
    pub(super) op: Option<Op>,
    /// The number of its span, for words with the same change.
    pub(super) span: usize,
    /// HTML before and after it.
    pub(super) before: String,
    pub(super) after: String,
    /// The number of its block.
    pub(super) block: usize,
}

impl Mark {
    pub(super) fn is_changed(&self) -> bool {
        self.op.is_some() || !self.before.is_empty() || !self.after.is_empty()
    }
}

/// A document with its marks.
pub(super) struct Marked<'a> {
    pub(super) root: Part,
    pub(super) marks: Vec<Mark>,
    /// The number of pieces of each word.
    pub(super) pieces: Vec<usize>,
    /// The tables that changed, by the number of their first word.
    pub(super) tables: BTreeMap<usize, (&'a [RowDiff], usize)>,
}

/// One side's words, of which the next is at `at`.
struct Side {
    root: Part,
    words: Vec<String>,
    at: usize,
}

impl Side {
    /// The number of the next word, or `None` if the document does not have it: the number of a
    /// list's item.
    fn next(&mut self, word: &str) -> Option<usize> {
        let same = self.words.get(self.at).is_some_and(|own| own == word);
        self.at += usize::from(same);
        same.then(|| self.at - 1)
    }
}

struct Reader<'a> {
    /// The words that are shown are those of the old document, which is gone as a whole.
    is_gone: bool,
    base: Side,
    old: Side,
    marks: Vec<Mark>,
    spans: usize,
    block: usize,
    gone: Vec<(usize, Gone)>,
    tables: BTreeMap<usize, (&'a [RowDiff], usize)>,
}

/// The marks of a document, of which `id` begins the ids; or `None` if its words are not those of its blocks.
pub(super) fn marked<'a>(
    document: &'a DocumentDiff,
    old: &str,
    new: &str,
    id: &str,
) -> Option<Marked<'a>> {
    let is_gone = document.state == State::Deleted;
    let (root, words, pieces) = read(if is_gone { old } else { new });
    let marks = vec![Mark::default(); words.len()];
    let (old_root, old_words, _) = read(old);
    let mut reader = Reader {
        is_gone,
        base: Side { root, words, at: 0 },
        old: Side { root: old_root, words: old_words, at: 0 },
        marks,
        spans: 0,
        block: 0,
        gone: Vec::new(),
        tables: BTreeMap::new(),
    };
    let mut changes = 0;
    for block in &document.blocks {
        changes += usize::from(block.state != State::Same);
        reader.block(block, changes);
    }
    let Reader { base: Side { mut root, words, at }, mut marks, gone, tables, .. } = reader;
    if at != words.len() {
        return None;
    }
    anchors(&document.blocks, &mut marks, id);
    for (before, gone) in gone {
        put(&mut root, before, gone);
    }
    root.set_changed(&|word| marks[word].is_changed() || tables.contains_key(&word));
    Some(Marked { root, marks, pieces, tables })
}

/// Puts the place of each change before its first word.
fn anchors(blocks: &[BlockDiff], marks: &mut [Mark], id: &str) {
    let mut change = 0;
    let mut words = marks.iter_mut().peekable();
    for (at, block) in blocks.iter().enumerate() {
        let changed = block.state != State::Same;
        change += usize::from(changed);
        let mut own = Vec::new();
        while let Some(mark) = words.next_if(|mark| mark.block <= at) {
            own.push(mark);
        }
        if let (true, Body::Text { .. }) = (changed, &block.body)
            && let Some(first) = own.iter_mut().find(|mark| mark.is_changed())
        {
            first.before.insert_str(0, &anchor(id, change));
        }
    }
}

/// The place of a change, below the id of its document.
pub(super) fn anchor(id: &str, change: usize) -> String {
    format!("<a id=\"{id}-c{change}\"></a>")
}

impl<'a> Reader<'a> {
    fn is_base(&self, op: Op) -> bool {
        if self.is_gone { op.is_old() } else { op.is_new() }
    }

    fn block(&mut self, block: &'a BlockDiff, change: usize) {
        let (start, old_start) = (self.base.at, self.old.at);
        match &block.body {
            Body::Text { spans, .. } => self.text(spans),
            Body::Table(rows) => {
                rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.text(cell));
                if block.state != State::Same && self.base.at > start && !self.is_gone {
                    self.marks[start..self.base.at].iter_mut().for_each(|mark| {
                        *mark = Mark { block: self.block, ..Mark::default() };
                    });
                    self.tables.insert(start, (rows, change));
                }
            }
        }
        if self.base.at == start {
            self.leave(block, change, old_start..self.old.at);
        }
        self.block += 1;
    }

    /// Leaves a block that is gone at its place.
    fn leave(&mut self, block: &BlockDiff, change: usize, words: Range<usize>) {
        let (own, parent) = self.old.root.around(&words);
        let html = match &block.body {
            Body::Text { spans, .. } => {
                spans.iter().map(marked_words).collect::<Vec<_>>().join(" ")
            }
            Body::Table(rows) => {
                let row = |row: &RowDiff| {
                    let cells =
                        row.cells.iter().map(|cell| format!("<td>{}</td>", cell_words(cell)));
                    format!("<tr>{}</tr>", cells.collect::<String>())
                };
                format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
            }
        };
        let plain = |part: &Part| Element { children: Vec::new(), ..part.element.clone() };
        let mut like = plain(own);
        if matches!(block.body, Body::Table(_)) {
            like = Element { name: "div".to_owned(), attributes: Vec::new(), children: Vec::new() };
        }
        if !words.is_empty() {
            self.gone.push((
                self.base.at,
                Gone { like, within: plain(parent), change, html, in_place: false },
            ));
        }
    }

    fn text(&mut self, spans: &[Span]) {
        let start = self.base.at;
        let mut waiting = String::new();
        for piece in shown(spans) {
            match piece {
                Shown::Words(span) if self.is_base(span.op) => {
                    if !waiting.is_empty() && span.op == Op::Equal && self.base.at > start {
                        self.marks[self.base.at - 1].after += &format!(" {waiting}");
                        waiting.clear();
                    }
                    self.span(span, &mut waiting);
                }
                Shown::Words(span) => {
                    self.skip_old(span.words.iter());
                    if !waiting.is_empty() {
                        waiting.push(' ');
                    }
                    waiting += &marked_words(span);
                }
                Shown::Box { old, new, note } => {
                    self.skip_old([&old.to_owned()].into_iter());
                    if let Some(at) = self.base.next(new) {
                        let mark = &mut self.marks[at];
                        mark.block = self.block;
                        mark.after =
                            note.map(|note| format!(" {}", noted(&note))).unwrap_or_default();
                    }
                }
            }
        }
        if !waiting.is_empty() && self.base.at > start {
            self.marks[self.base.at - 1].after += &format!(" {waiting}");
        }
    }

    /// Marks the words of a span, after those that wait for a word.
    fn span(&mut self, span: &Span, waiting: &mut String) {
        self.spans += 1;
        let mut own = Vec::new();
        for word in &span.words {
            if span.op.is_old() {
                self.old.next(word);
            }
            own.extend(self.base.next(word));
        }
        for at in &own {
            self.marks[*at] = Mark {
                op: (span.op != Op::Equal).then_some(span.op),
                span: self.spans,
                before: if waiting.is_empty() { String::new() } else { format!("{waiting} ") },
                after: String::new(),
                block: self.block,
            };
            waiting.clear();
        }
    }

    fn skip_old<'w>(&mut self, words: impl Iterator<Item = &'w String>) {
        words.for_each(|word| {
            self.old.next(word);
        });
    }
}

/// The words of a cell.
pub(super) fn cell_words(spans: &[Span]) -> String {
    let piece = |piece: Shown<'_>| match piece {
        Shown::Words(span) => marked_words(span),
        Shown::Box { new, note, .. } => {
            let note = note.map(|note| format!(" {}", noted(&note))).unwrap_or_default();
            format!("{}{note}", text(new))
        }
    };
    shown(spans).into_iter().map(piece).collect::<Vec<_>>().join(" ")
}

/// The change of a check box in words.
fn noted(note: &str) -> String {
    format!("<ins class=\"note\">{}</ins>", text(note))
}

/// Words with their mark.
pub(super) fn marked_words(span: &Span) -> String {
    let shown = |word: &String| {
        let escaped = text(word);
        // A struck-through box is a dark square.
        if is_box(word) { format!("<span class=\"box\">{escaped}</span>") } else { escaped }
    };
    let words = span.words.iter().map(shown).collect::<Vec<_>>().join(" ");
    let (open, close) = tags(span.op);
    format!("{open}{words}{close}")
}

/// The tags around words with a change.
pub(super) fn tags(op: Op) -> (String, String) {
    let (element, said, way) = match op {
        Op::Equal => return (String::new(), String::new()),
        Op::Delete => ("del", "taken out", None),
        Op::Insert => ("ins", "put in", None),
        Op::MoveAway(n) => ("del", "moved away", Some(("to", n))),
        Op::MoveHere(n) => ("ins", "moved here", Some(("from", n))),
    };
    let class = if way.is_some() { " class=\"moved\"" } else { "" };
    let way = way.map(|(way, n)| format!("<sup>{way}&nbsp;{n}</sup>")).unwrap_or_default();
    // The words that are not shown are for a screen reader, and for a copy.
    (
        format!("<{element}{class}><span class=\"m\">[{said}: </span>"),
        format!("<span class=\"m\">]</span></{element}>{way}"),
    )
}

/// A text as HTML.
pub(super) fn text(text: &str) -> String {
    entities(&clean(text))
}
