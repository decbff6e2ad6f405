//! The phrases that all formats share: names of filings, documents and changes.

use crate::diagnostics::characters::is_invisible;
use crate::diagnostics::count::{count, grouped};
use crate::form12b25::documents::{FORM, short_name};
use crate::review::git::Commit;
use crate::review::redline::{
    ChangeKind, DocumentDiff, FiledChange, FilingDiff, Redline, Side, State, Title,
};

/// A text without control and invisible characters.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if is_invisible(c) { '\u{FFFD}' } else { c }).collect()
}

/// A text with HTML's special characters as entities.
pub(super) fn entities(text: &str) -> String {
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

/// The pieces of a sentence; a piece in backticks is code.
pub(super) fn pieces(sentence: &str) -> impl Iterator<Item = (bool, &str)> {
    // If a backtick is unpaired, none of them marks code.
    let paired = sentence.matches('`').count().is_multiple_of(2);
    let parts = sentence.split(move |c| paired && c == '`');
    parts.enumerate().map(|(at, part)| (!at.is_multiple_of(2), part))
}

/// `3 filings changed · 1 added · 996 unchanged`
pub(super) fn summary(redline: &Redline) -> String {
    let number =
        |kind: ChangeKind| redline.filings.iter().filter(|filing| filing.kind == kind).count();
    let named = [
        (ChangeKind::Changed, "changed"),
        (ChangeKind::Renamed, "renamed"),
        (ChangeKind::Added, "added"),
    ];
    let parts = named
        .into_iter()
        .chain([(ChangeKind::Removed, "removed")])
        .map(|(kind, name)| (number(kind), name));
    let mut said: Vec<String> =
        parts.filter(|(n, _)| *n > 0).map(|(n, name)| format!("{} {name}", grouped(n))).collect();
    if redline.unchanged > 0 || said.is_empty() {
        said.push(format!("{} unchanged", grouped(redline.unchanged)));
    }
    format!("{}: {}", count(redline.filings.len() + redline.unchanged, "filing"), said.join(" · "))
}

/// `error[filed-changed]: ` and its sentence, of a filed notice that changes.
pub(super) fn filed(change: &FiledChange) -> (String, &str) {
    let finding = &change.found.finding;
    (format!("{}[{}]: ", finding.severity, finding.rule.code), &finding.message)
}

pub(super) fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        ChangeKind::Changed => "changed",
        ChangeKind::Renamed => "renamed",
    }
}

/// `NT 10-K · Quiet Harbor, Inc. · period ended December 31, 2025`
pub(super) fn title(title: &Title) -> String {
    format!(
        "{} · {} · period ended {}",
        title.submission_type, title.registrant, title.period_ended
    )
}

/// `NT 10-K · period ended December 31, 2025`
pub(super) fn notice(title: &Title) -> String {
    format!("{} · period ended {}", title.submission_type, title.period_ended)
}

/// The heading of a document: `Form 12b-25`, with its former name or its change.
pub(super) fn document(document: &DocumentDiff) -> String {
    let was = document.was.as_ref().map(|was| format!(" (was {})", name(was))).unwrap_or_default();
    let state = match document.state {
        State::Inserted => ", new",
        State::Deleted => ", removed",
        _ => "",
    };
    format!("{}{was}{state}", name(&document.stem))
}

/// The names of a filing's documents.
pub(super) fn documents(filing: &FilingDiff) -> String {
    let names: Vec<String> = filing.documents.iter().map(|own| name(&own.stem)).collect();
    names.join(", ")
}

/// The name of the document whose files have a stem: `Form 12b-25`, `EX-99.1`.
fn name(stem: &str) -> String {
    if stem == FORM { "Form 12b-25".to_owned() } else { short_name(stem) }
}

/// `3 changes of the data`
pub(super) fn tally(filing: &FilingDiff) -> String {
    format!("{} of the data", count(filing.facts.len(), "change"))
}

/// The name of a revision, with its commit: `main (27b9255b1c2d, 2026-03-16)`.
pub(super) fn side(side: &Side) -> String {
    let commit = side.commit.as_ref().map(|own| format!(" ({}, {})", short_hash(own), own.date));
    format!("{}{}", side.label, commit.unwrap_or_default())
}

/// The beginning of a commit's name, by which git finds it.
pub(super) fn short_hash(commit: &Commit) -> &str {
    commit.hash.get(..12).unwrap_or(&commit.hash)
}

/// Whether a filing's documents are new or gone as a whole, which need not be shown to be reviewed.
pub(super) fn is_whole(filing: &FilingDiff) -> bool {
    filing.against.is_none() && matches!(filing.kind, ChangeKind::Added | ChangeKind::Removed)
}
