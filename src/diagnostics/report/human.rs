//! What rustc users know: severity and code, place, the source line with a caret, the hint, the
//! authority.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use textwrap::core::display_width;

use super::excerpt::excerpt;
use crate::diagnostics::characters::visible;
use crate::diagnostics::finding::{Finding, Located, Severity};
use crate::diagnostics::paragraph::{COLUMNS, filled};

/// What the printer puts around a source line beside its number: ` | ` before it, and `...` with
/// room to read on both sides of a piece of it.
const AROUND_SOURCE: usize = 3 + 2 * 6;

/// One finding, with an empty line behind it.
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
    for (level, name, text) in asides(finding) {
        elements.push(level.message(below(&format!("{margin} = {name}: "), &text)).into());
    }
    let group: Group<'_> = level.primary_title(title).id(finding.rule.code).elements(elements);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n\n", renderer.term_width(COLUMNS).render(&[group]))
}

/// What is said below the excerpt: the hint, the authority, the waiver's reason.
fn asides(finding: &Finding) -> impl Iterator<Item = (Level<'static>, &'static str, String)> {
    let hint = finding.hint.as_ref().map(|hint| (Level::HELP, "help", visible(hint)));
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

/// A text in lines that fit behind its head, below whose end the printer puts the further ones.
fn below(head: &str, text: &str) -> String {
    let room = COLUMNS.saturating_sub(head.len());
    // No character takes more columns than bytes.
    if text.len() <= room {
        return text.trim_end_matches(' ').to_owned();
    }
    filled(text, room, "", "").join("\n")
}

/// As much of a span as fits into the width: the printer shows that much of a line, and would draw
/// a caret below every character of a sentence that it cuts off.
fn clipped(line: &str, span: Range<usize>, width: usize) -> Range<usize> {
    let mut columns = 0;
    for (at, c) in line[span.clone()].char_indices() {
        // The printer's own width of a tab.
        columns += if c == '\t' { 4 } else { display_width(c.encode_utf8(&mut [0; 4])) };
        if columns > width {
            return span.start..span.start + at;
        }
    }
    span
}
