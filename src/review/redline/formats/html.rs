//! Makes a redline as one self-contained page without scripts, to read, print and send. The
//! documents look as they are filed, with unchanged parts folded; insertions are underlined twice,
//! deletions are struck through, a bar marks each change, and each is a link of the list at the
//! top. The template is `redline.htm`; this is its view.

use rayon::prelude::*;
use serde::Serialize;

use super::boxes::{is_box, notes};
use super::layout::sheet;
use super::phrases::{
    clean, document, filed, is_whole, kind, notice, pieces, short_hash, side, summary, tally,
};
use super::sections::sections;
use crate::review::page::Parts;
use crate::review::redline::facts::words;
use crate::review::redline::{
    BlockDiff, DocumentDiff, Fact, FiledChange, FilingDiff, Op, Redline, Side, Span, State,
};

const TEMPLATE: (&str, &str) = ("redline.htm", include_str!("redline.htm"));
const STYLE: &str = include_str!("redline.css");
/// Documents keep the styles of their elements.
const DIRECTIVES: &str = " style-src-attr 'unsafe-inline';";

/// The redline as a page.
///
/// # Errors
/// None that a redline could have; the template is at fault then.
pub fn html(redline: &Redline) -> anyhow::Result<String> {
    let style = format!("{STYLE}{}", running_heads(redline));
    let templates = &[TEMPLATE];
    let parts = Parts { templates, style: &style, script: "", directives: DIRECTIVES };
    Ok(parts.page(Page::of(redline))?.html)
}

/// The running heads of printed pages: the notice, and the revisions that are compared.
fn running_heads(redline: &Redline) -> String {
    let sides = format!("{} → {}", side(&redline.old), side(&redline.new));
    let mut out = format!("@page {{ @top-right {{ content: {}; }} }}\n", quoted(&sides));
    for (at, filing) in redline.filings.iter().enumerate() {
        let f = at + 1;
        let title = filing.title.as_ref();
        let title = title.map(|own| format!("{} · {}", own.registrant, notice(own)));
        let title = quoted(title.as_deref().unwrap_or(&filing.id));
        out += &format!(
            "@page f{f} {{ @top-left {{ content: {title}; }} }}\n#f{f} {{ page: f{f}; }}\n"
        );
    }
    out
}

/// A text as a string of a style sheet.
fn quoted(text: &str) -> String {
    let shown = |c: char| match c {
        c if c.is_ascii_alphanumeric() || " .,()-".contains(c) => c.to_string(),
        c => format!("\\{:x} ", u32::from(c)),
    };
    format!("\"{}\"", clean(text).chars().map(shown).collect::<String>())
}

#[derive(Serialize)]
struct Page {
    old: Version,
    new: Version,
    summary: String,
    filed: Vec<Vec<Piece>>,
    others: Vec<Vec<Piece>>,
    filings: Vec<Filing>,
    /// Whether a part of a document is folded.
    folds: bool,
}

/// A revision.
#[derive(Serialize)]
struct Version {
    label: String,
    /// Its commit, if it is not a folder on disk.
    hash: Option<String>,
    date: Option<String>,
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
    /// The registrant; the id if neither version can be read.
    name: String,
    notice: Option<String>,
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
    /// The document with its marks, as HTML.
    sheet: String,
}

/// A link to a change, which has a number in its document.
#[derive(Serialize)]
struct Link {
    /// The part of the document that the change is in: `PART IV (2)`.
    part: Option<String>,
    change: usize,
    text: String,
}

impl Page {
    fn of(redline: &Redline) -> Page {
        let numbered = redline.filings.par_iter().enumerate();
        let filings: Vec<Filing> = numbered.map(|(at, own)| Filing::of(own, at + 1)).collect();
        let folds = filings.iter().any(|own| !own.documents.is_empty());
        Page {
            old: Version::of(&redline.old),
            new: Version::of(&redline.new),
            summary: summary(redline),
            filed: redline.filed.iter().map(alarm).collect(),
            others: redline.others.iter().map(sentence).collect(),
            filings,
            folds,
        }
    }
}

impl Version {
    fn of(side: &Side) -> Version {
        let commit = side.commit.as_ref();
        Version {
            label: clean(&side.label),
            hash: commit.map(|own| short_hash(own).to_owned()),
            date: commit.map(|own| clean(&own.date)),
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
    fn of(filing: &FilingDiff, number: usize) -> Filing {
        let title = filing.title.as_ref();
        let documents = filing.documents.iter().enumerate();
        let id = |at: usize| format!("f{number}-d{}", at + 1);
        Filing {
            id: clean(&filing.id),
            kind: kind(filing.kind),
            tally: tally(filing),
            name: clean(title.map_or(&filing.id, |own| &own.registrant)),
            notice: title.map(|own| clean(&notice(own))),
            facts: filing.facts.iter().map(sentence).collect(),
            whole: is_whole(filing),
            documents: documents.map(|(at, own)| Document::of(own, &id(at))).collect(),
        }
    }
}

impl Document {
    fn of(own: &DocumentDiff, id: &str) -> Document {
        Document {
            name: clean(&document(own)),
            counts: words(own.counts()),
            links: links(own),
            sheet: sheet(own, id),
        }
    }
}

/// Links to the changes of a document; none to a document that is new or gone.
fn links(document: &DocumentDiff) -> Vec<Link> {
    let mut all = Vec::new();
    let parts = sections(&document.blocks);
    for (block, part) in document.blocks.iter().zip(parts) {
        if document.state == State::Changed && block.state != State::Same {
            let text = clean(&snippet(block));
            let part = part.map(|own| clean(&own));
            all.push(Link { part, change: all.len() + 1, text });
        }
    }
    all
}

/// A change in a few words: its first insertion or deletion, an insertion beside the words that it
/// replaces.
fn snippet(block: &BlockDiff) -> String {
    let notes: Vec<String> = block.runs().flat_map(notes).collect();
    if let Some(first) = notes.first() {
        return box_change(block, first, notes.len());
    }
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

/// The change of a check box: `was No, is Yes`, or `“(a), (b) and (c)”: was empty, is ticked`.
fn box_change(block: &BlockDiff, note: &str, number: usize) -> String {
    let more = if number > 1 { ", and more" } else { "" };
    let words = block.spans().filter(|span| span.op.is_new()).flat_map(|span| &span.words);
    let words: Vec<String> = words.filter(|word| !is_box(word)).cloned().collect();
    if note.contains("Yes") || note.contains("No") || words.is_empty() {
        return format!("{note}{more}");
    }
    format!("“{}”: {note}{more}", short(&Span { op: Op::Equal, words }))
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
        assert_eq!(
            said("<p>Paid on May 1 to us.", "<p>Paid on May 2 to us."),
            "“May 1” becomes “May 2”"
        );
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
