//! Prints findings for people, as rustc does: severity and code, place, the source line with a
//! caret, the hint, the authority.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use textwrap::core::display_width;

use super::excerpt::excerpt;
use crate::diagnostics::characters::visible;
use crate::diagnostics::finding::{Located, Severity};
use crate::diagnostics::paragraph::{COLUMNS, filled};

/// The columns that the printer uses around a source line beside its number: ` | ` before it, and
/// `...` with margins on both sides of a cut line.
const AROUND_SOURCE: usize = 3 + 2 * 6;

/// Returns one finding, followed by an empty line.
pub(super) fn text(located: &Located, color: bool) -> String {
    let finding = &located.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let waived = if finding.waived.is_some() { " (waived)" } else { "" };
    let head = format!("{}[{}]: ", finding.severity, finding.rule.code);
    let title = below(&head, &(visible(&finding.message) + waived));
    let path = visible(&located.place.file);
    let position = located.place.position;
    let (line, caret) = excerpt(located);
    // The printer's column of line numbers; without an excerpt it has none.
    let number = if line.is_empty() { 0 } else { position.line.to_string().len() };
    let caret = clipped(&line, caret, COLUMNS.saturating_sub(AROUND_SOURCE + number));
    let mut elements: Vec<Element<'_>> = Vec::new();
    if line.is_empty() {
        let origin = annotate_snippets::Origin::path(path.as_str());
        elements.push(origin.line(position.line).char_column(position.column).into());
    } else {
        let snippet = Snippet::source(line.as_str()).path(path.as_str()).line_start(position.line);
        elements.push(snippet.fold(false).annotation(AnnotationKind::Primary.span(caret)).into());
    }
    let margin = " ".repeat(number);
    for (level, name, text) in notes(located) {
        elements.push(level.message(below(&format!("{margin} = {name}: "), &text)).into());
    }
    let group: Group<'_> = level.primary_title(title).id(finding.rule.code).elements(elements);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n\n", renderer.term_width(COLUMNS).render(&[group]))
}

/// Returns the notes below the excerpt: the hint, the authority, the waiver's reason.
fn notes(located: &Located) -> impl Iterator<Item = (Level<'static>, &'static str, String)> {
    let finding = &located.finding;
    let by = match (located.edits.is_empty(), located.is_safely_fixed()) {
        (true, _) => "",
        (false, true) => " (`check --fix` does it)",
        (false, false) => " (`check --fix --unsafe` does it)",
    };
    let hint = finding.hint.as_ref().map(|hint| (Level::HELP, "help", visible(hint) + by));
    let authority = finding
        .rule
        .authority
        .map(|authority| (Level::NOTE, "note", format!("authority: {authority}")));
    let waived = finding
        .waived
        .as_ref()
        .map(|why| (Level::NOTE, "note", format!("waived: {}", visible(why))));
    [hint, authority, waived].into_iter().flatten()
}

/// Wraps a text to the columns after its head. The printer indents the further lines to the same
/// column.
fn below(head: &str, text: &str) -> String {
    let width = COLUMNS.saturating_sub(head.len());
    // Fast path: no character takes more columns than bytes.
    if text.len() <= width {
        return text.trim_end_matches(' ').to_owned();
    }
    filled(text, width, "", "").join("\n")
}

/// Cuts a span to the width that the printer shows of a line.
fn clipped(line: &str, span: Range<usize>, width: usize) -> Range<usize> {
    // The printer cuts the line but would draw a caret below every character of the whole span.
    let mut columns = 0;
    for (at, c) in line[span.clone()].char_indices() {
        // annotate-snippets replaces a tab by four spaces.
        columns += if c == '\t' { 4 } else { display_width(c.encode_utf8(&mut [0; 4])) };
        if columns > width {
            return span.start..span.start + at;
        }
    }
    span
}
