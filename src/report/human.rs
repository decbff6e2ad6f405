//! What rustc users know: severity and code, place, the source line with a caret, the hint, the
//! authority.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::excerpt::excerpt;
use super::harmless;
use crate::finding::{Located, Severity};

/// The narrowest a terminal is taken to be.
const COLUMNS: usize = 80;

/// One finding, with an empty line behind it.
pub(super) fn text(located: &Located, color: bool) -> String {
    let finding = &located.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = harmless(&finding.message);
    let waived = if finding.waived.is_some() { format!("{message} (waived)") } else { message };
    let path = harmless(&located.place.file);
    let (line, caret) = excerpt(located);
    let mut elements: Vec<Element<'_>> = Vec::new();
    if line.is_empty() {
        let place = located.place.position;
        elements.push(annotate_snippets::Origin::path(path.as_str()).line(place.line).char_column(place.column).into());
    } else {
        let annotation = AnnotationKind::Primary.span(caret);
        let snippet = Snippet::source(line.as_str()).path(path.as_str()).line_start(located.place.position.line);
        elements.push(snippet.fold(false).annotation(annotation).into());
    }
    if let Some(hint) = &finding.hint {
        elements.push(Level::HELP.message(harmless(hint)).into());
    }
    if let Some(authority) = finding.rule.authority {
        elements.push(Level::NOTE.message(format!("authority: {authority}")).into());
    }
    if let Some(because) = &finding.waived {
        elements.push(Level::NOTE.message(format!("waived: {}", harmless(because))).into());
    }
    let title = level.primary_title(waived).id(finding.rule.code);
    let group: Group<'_> = title.elements(elements);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n\n", renderer.term_width(COLUMNS).render(&[group]))
}
