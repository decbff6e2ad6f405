//! Makes a redline as one self-contained page without scripts, to read, print and send. The
//! documents look as they are filed; insertions are underlined twice, deletions are struck through,
//! a bar marks each change, and each is a link of the list at the top. The template is
//! `redline.htm`; this is its view.

use serde::Serialize;

use super::excerpt::table;
use super::phrases::{clean, document, filed, is_whole, kind, pieces, summary, title};
use crate::diagnostics::count::count;
use crate::edgar::blocks::BlockKind;
use crate::review::page::Parts;
use crate::review::redline::facts::words;
use crate::review::redline::{
    BlockDiff, Body, DocumentDiff, Fact, FiledChange, FilingDiff, Op, Redline, RowDiff, Span, State,
};

const TEMPLATE: (&str, &str) = ("redline.htm", include_str!("redline.htm"));
const STYLE: &str = include_str!("redline.css");

/// The redline as a page.
///
/// # Errors
/// None that a redline could have; the template is at fault then.
pub fn html(redline: &Redline) -> anyhow::Result<String> {
    let parts = Parts { templates: &[TEMPLATE], style: STYLE, script: "", directives: "" };
    Ok(parts.page(Page::of(redline))?.html)
}

#[derive(Serialize)]
struct Page {
    old: String,
    new: String,
    summary: String,
    filed: Vec<Vec<Piece>>,
    others: Vec<Vec<Piece>>,
    filings: Vec<Filing>,
}

/// A piece of a sentence.
#[derive(Serialize)]
struct Piece {
    code: bool,
    text: String,
}

#[derive(Serialize)]
struct Filing {
    id: String,
    kind: &'static str,
    tally: String,
    title: Option<String>,
    facts: Vec<Vec<Piece>>,
    /// Whether all of it is new or gone: then there is nothing to compare, and its documents are
    /// folded.
    whole: bool,
    documents: Vec<Document>,
}

#[derive(Serialize)]
struct Document {
    name: String,
    counts: String,
    links: Vec<Link>,
    blocks: Vec<Block>,
}

/// A link to a change, which has a number in its document.
#[derive(Serialize)]
struct Link {
    /// `Part IV`, or the heading that the change is under if it is none of the form's.
    part: Option<String>,
    change: usize,
    text: String,
}

#[derive(Serialize)]
struct Block {
    change: Option<usize>,
    element: &'static str,
    class: String,
    words: Vec<Words>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    element: &'static str,
    words: Vec<Words>,
}

/// Words with the same change.
#[derive(Serialize)]
struct Words {
    text: String,
    /// `del` or `ins`.
    element: Option<&'static str>,
    /// The change in words, for a screen reader and in a copy.
    said: &'static str,
    /// For words that moved, `to` or `from`, and the number of the move.
    way: &'static str,
    number: Option<usize>,
}

impl Page {
    fn of(redline: &Redline) -> Page {
        Page {
            old: clean(&redline.old),
            new: clean(&redline.new),
            summary: summary(redline),
            filed: redline.filed.iter().map(alarm).collect(),
            others: redline.others.iter().map(sentence).collect(),
            filings: redline.filings.iter().map(Filing::of).collect(),
        }
    }
}

fn sentence(fact: &Fact) -> Vec<Piece> {
    marked(&fact.sentence)
}

fn marked(sentence: &str) -> Vec<Piece> {
    pieces(sentence).map(|(code, text)| Piece { code, text: clean(text) }).collect()
}

/// The sentence of a filed notice that changes.
fn alarm(change: &FiledChange) -> Vec<Piece> {
    let (code, sentence) = filed(change);
    let mut all = vec![Piece { code: false, text: code }];
    all.extend(marked(sentence));
    all
}

impl Filing {
    fn of(filing: &FilingDiff) -> Filing {
        Filing {
            id: clean(&filing.id),
            kind: kind(filing.kind),
            tally: count(filing.facts.len(), "fact"),
            title: filing.title.as_ref().map(|own| clean(&title(own))),
            facts: filing.facts.iter().map(sentence).collect(),
            whole: is_whole(filing),
            documents: filing.documents.iter().map(Document::of).collect(),
        }
    }
}

impl Document {
    fn of(own: &DocumentDiff) -> Document {
        let mut changes = 0;
        let mut number = |block: &BlockDiff| {
            let changed = block.state != State::Same;
            changes += usize::from(changed);
            changed.then_some(changes)
        };
        Document {
            name: clean(&document(own)),
            counts: words(own.counts()),
            links: links(own),
            blocks: own.blocks.iter().map(|block| Block::of(block, number(block))).collect(),
        }
    }
}

/// Links to the changes of a document; none to a document that is new or gone.
fn links(document: &DocumentDiff) -> Vec<Link> {
    let mut all = Vec::new();
    let mut part = None;
    for block in document.blocks.iter().filter(|_| document.state == State::Changed) {
        if block.heading().is_some_and(|level| level > 1) && block.state == State::Same {
            let text = block.spans().map(Span::text).collect::<Vec<_>>().join(" ");
            part = Some(clean(text.split(" — ").next().unwrap_or(&text)));
        }
        if block.state != State::Same {
            let text = clean(&snippet(block));
            all.push(Link { part: part.clone(), change: all.len() + 1, text });
        }
    }
    all
}

impl Block {
    fn of(block: &BlockDiff, change: Option<usize>) -> Block {
        let mut classes: Vec<&str> = change.map(|_| "change").into_iter().collect();
        if let Some(rows) = table(block) {
            classes.push("grid");
            let class = classes.join(" ");
            return Block { change, element: "div", class, words: Vec::new(), rows: cells(rows) };
        }
        let (kind, centred) = match &block.body {
            Body::Text { kind, centred, .. } => (*kind, *centred),
            Body::Table(_) => (BlockKind::Paragraph, false),
        };
        let (element, class) = match kind {
            // Headings of a document are below the page's own.
            BlockKind::Heading(1) => ("h4", Some("form")),
            BlockKind::Heading(_) => ("h4", Some("part")),
            BlockKind::Paragraph => ("p", None),
            BlockKind::Item => ("p", Some("item")),
            BlockKind::Entry => ("p", Some("entry")),
            BlockKind::Term => ("p", Some("term")),
            BlockKind::Caption => ("p", Some("caption")),
        };
        classes.extend(class);
        classes.extend(centred.then_some("centred"));
        let words = block.spans().map(Words::of).collect();
        Block { change, element, class: classes.join(" "), words, rows: Vec::new() }
    }
}

fn cells(rows: &[RowDiff]) -> Vec<Vec<Cell>> {
    let row = |(at, row): (usize, &RowDiff)| {
        let cell = |cell: &Vec<Span>| Cell {
            element: if at == 0 && !cell.is_empty() { "th" } else { "td" },
            words: cell.iter().map(Words::of).collect(),
        };
        row.cells.iter().map(cell).collect()
    };
    rows.iter().enumerate().map(row).collect()
}

impl Words {
    fn of(span: &Span) -> Words {
        let (element, said, way, number) = match span.op {
            Op::Equal => (None, "", "", None),
            Op::Delete => (Some("del"), "taken out", "", None),
            Op::Insert => (Some("ins"), "put in", "", None),
            Op::MoveAway(n) => (Some("del"), "moved away", "to", Some(n)),
            Op::MoveHere(n) => (Some("ins"), "moved here", "from", Some(n)),
        };
        Words { text: clean(&span.text()), element, said, way, number }
    }
}

/// A change in a few words: its first insertion or deletion, an insertion beside the words that it
/// replaces.
fn snippet(block: &BlockDiff) -> String {
    let mut changes: Vec<Vec<&Span>> = block.runs().map(steps).collect::<Vec<_>>().concat();
    // What moved within the block is one change.
    let here = |op: Op| matches!(op, Op::MoveAway(n) if block.spans().any(|span| span.op == Op::MoveHere(n)));
    changes.retain(|step| !here(step[0].op));
    let more = if changes.len() > 1 { ", and more" } else { "" };
    match changes.first().map(Vec::as_slice) {
        Some([gone, come]) => format!("“{}” becomes “{}”{more}", short(gone), short(come)),
        Some([one, ..]) => {
            let said = match one.op {
                Op::Insert => "put in",
                Op::MoveAway(_) => "moved away",
                Op::MoveHere(_) => "moved here",
                Op::Delete | Op::Equal => "taken out",
            };
            format!("{said}: “{}”{more}", short(one))
        }
        _ => String::new(),
    }
}

/// The changes of some words: a deletion together with the insertion in its place, else each
/// alone.
fn steps(spans: &[Span]) -> Vec<Vec<&Span>> {
    let mut all: Vec<Vec<&Span>> = Vec::new();
    let mut beside = false;
    for span in spans {
        match all.last_mut() {
            Some(last) if beside && span.op == Op::Insert && last[0].op == Op::Delete => {
                last.push(span)
            }
            _ if span.op != Op::Equal => all.push(vec![span]),
            _ => {}
        }
        beside = span.op == Op::Delete;
    }
    all
}

/// The first words of a span.
fn short(span: &Span) -> String {
    const MOST: usize = 8;
    let words: Vec<&str> = span.words.iter().take(MOST).map(String::as_str).collect();
    format!("{}{}", words.join(" "), if span.words.len() > MOST { " …" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::redline::blackline::compare;
    use crate::review::redline::blocks::of_html;

    #[test]
    fn the_list_of_changes_holds_nothing_against_what_stands_elsewhere() {
        let said = |old: &str, new: &str| snippet(&compare(&of_html(old), &of_html(new))[0]);
        assert_eq!(said("<p>Paid on May 1 to us.", "<p>Paid on May 2 to us."), "“1” becomes “2”");
        assert_eq!(
            said("<p>Not paid on May 1 to us", "<p>Paid on May 1 to us all"),
            "“Not paid” becomes “Paid”, and more"
        );
        assert_eq!(
            said("<p>So we paid on May 1 to us", "<p>we paid on May 1 to us all"),
            "taken out: “So”, and more"
        );
        let table = |head: &str, cells: &str| {
            format!("<table><tr><td>Item{head}<td>2025<tr><td>Net sales{cells}</table>")
        };
        let said = said(&table("", "<td>30,512"), &table("<td>Note", "<td>a<td>30,513"));
        assert_eq!(said, "put in: “Note”, and more");
    }
}
