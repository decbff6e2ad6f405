//! Checks names as they are typed: cut at a comma in brackets, or in typographic quotes.

use super::subject::Subject;
use super::texts;
use super::words::ENDINGS;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::Trail;

/// The keys of names and other short texts, which need no quotes.
const SHORT: &[&str] = &[
    "name",
    "former_name",
    "title",
    "signed_by",
    "signed_title",
    "conformed",
    "street",
    "city",
    "state",
    "country",
    "tagline",
    "phone",
    "lines",
    "closing",
];

/// A name must not be cut at its comma, nor be in quotes that every document would show.
pub(super) fn typed(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    texts::visit(subject.filing, &|_| true, &mut |text, trail| {
        findings.extend(cut(text, trail));
        findings.extend(quoted(text, trail));
    });
    findings
}

/// Finds an item that is only the end of a name, such as `Inc.`.
fn cut(text: &str, trail: &Trail<'_>) -> Option<Finding> {
    // A cell of a table can be such a word.
    let is_line = matches!(trail, Trail::Index(Trail::Key(_, key), 1..) if *key != "columns");
    if text.len() > 16 || !is_line {
        return None;
    }
    let name = text.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').trim_end();
    ENDINGS.contains(name.to_lowercase().as_str()).then(|| {
        let message = format!("`{}` is a line of its own, cut off at a comma", text.trim());
        rule::NAME_CUT.at(trail.path(), message).advised()
    })
}

/// Finds a short text that is between typographic quotes as a whole.
fn quoted(text: &str, trail: &Trail<'_>) -> Option<Finding> {
    let mut last = trail;
    while let Trail::Index(parent, _) = last {
        last = parent;
    }
    let is_short = matches!(last, Trail::Key(_, key) if SHORT.contains(&&**key));
    let inner = text.trim().strip_prefix(['“', '„', '‘'])?.strip_suffix(['”', '“', '’'])?;
    let whole = !inner.contains(['“', '”', '‘']);
    (is_short && whole).then(|| {
        let message = "the documents show the typographic quotes around this text";
        rule::QUOTED_NAME.at(trail.path(), message).advised()
    })
}
