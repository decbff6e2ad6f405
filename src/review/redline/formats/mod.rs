//! A redline as text: for a terminal, for a comment on a pull request, as a page, as JSON. A new
//! format is one file and one line here.

mod html;
mod json;
mod markdown;
mod terminal;

use super::{BlockDiff, Body, Fate, FilingDiff, Redline, RowDiff, State, Title};
use crate::diagnostics::characters::is_invisible;
use crate::diagnostics::count::{count, grouped};

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use terminal::terminal;

/// A text without what could steer a terminal or hide from a reader.
fn clean(text: &str) -> String {
    text.chars().map(|c| if is_invisible(c) { '\u{FFFD}' } else { c }).collect()
}

/// A text as HTML has it.
fn escape(text: &str) -> String {
    entities(&clean(text))
}

/// What means something to HTML, as entities.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A sentence as HTML has it, what stands in backticks as code; `text` makes HTML of a piece.
fn sentence(sentence: &str, text: impl Fn(&str) -> String) -> String {
    let parts: Vec<&str> = sentence.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return text(sentence); // a backtick without its other half
    }
    let of = |(at, part): (usize, &&str)| {
        if at.is_multiple_of(2) { text(part) } else { format!("<code>{}</code>", text(part)) }
    };
    parts.iter().enumerate().map(of).collect()
}

/// `3 filings changed · 1 added · 996 unchanged`
fn summary(redline: &Redline) -> String {
    let number = |fate: Fate| redline.filings.iter().filter(|filing| filing.fate == fate).count();
    let named = [(Fate::Changed, "changed"), (Fate::Renamed, "renamed"), (Fate::Added, "added")];
    let parts = named
        .into_iter()
        .chain([(Fate::Removed, "removed")])
        .map(|(fate, name)| (number(fate), name));
    let mut said: Vec<String> =
        parts.filter(|(n, _)| *n > 0).map(|(n, name)| format!("{} {name}", grouped(n))).collect();
    if redline.unchanged > 0 || said.is_empty() {
        said.push(format!("{} unchanged", grouped(redline.unchanged)));
    }
    format!("{}: {}", count(redline.filings.len() + redline.unchanged, "filing"), said.join(" · "))
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Removed => "removed",
        Fate::Changed => "changed",
        Fate::Renamed => "renamed",
    }
}

/// `NT 10-K · Quiet Harbor, Inc. · period ended December 31, 2025`
fn title(title: &Title) -> String {
    format!(
        "{} · {} · period ended {}",
        title.submission_type, title.registrant, title.period_ended
    )
}

/// What stands over a document: `form12b25`, and what it was or what became of it.
fn document(document: &super::DocumentDiff) -> String {
    let was = document.was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
    let state = match document.state {
        State::Inserted => ", new",
        State::Deleted => ", removed",
        _ => "",
    };
    format!("{}{was}{state}", document.stem)
}

/// Whether a filing's documents are new or gone as a whole, which need not be shown to be reviewed.
fn is_whole(filing: &FilingDiff) -> bool {
    filing.against.is_none() && matches!(filing.fate, Fate::Added | Fate::Removed)
}

/// What of a document is shown where not all of it is.
enum Excerpt<'a> {
    /// So many blocks that stayed.
    Skipped,
    /// A block.
    Block(&'a BlockDiff),
}

/// The blocks that changed, each under the heading that it stands under.
fn excerpt(blocks: &[BlockDiff]) -> Vec<Excerpt<'_>> {
    let mut all = Vec::new();
    let mut heading: Option<&BlockDiff> = None;
    let mut skipped = false;
    for block in blocks {
        if block.state == State::Same {
            if block.heading().is_some() {
                heading = Some(block);
                skipped = false;
            } else {
                skipped = true;
            }
            continue;
        }
        all.extend(heading.take().map(Excerpt::Block));
        all.extend(std::mem::take(&mut skipped).then_some(Excerpt::Skipped));
        all.push(Excerpt::Block(block));
    }
    all.extend(skipped.then_some(Excerpt::Skipped));
    all
}

/// The rows of a table that changed, under its head.
fn rows(rows: &[RowDiff]) -> impl Iterator<Item = &RowDiff> {
    rows.iter()
        .enumerate()
        .filter(|(at, row)| *at == 0 || row.state != State::Same)
        .map(|(_, row)| row)
}

/// Whether a block is a table.
fn table(block: &BlockDiff) -> Option<&[RowDiff]> {
    match &block.body {
        Body::Table(rows) => Some(rows),
        Body::Text { .. } => None,
    }
}
