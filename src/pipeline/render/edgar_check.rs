//! Checks rendered documents against EDGAR's rules.
//!
//! A document that breaks one has a fault in its template: the user's texts were validated before,
//! and are escaped.

use std::ops::Range;

use super::consistency::DocumentText;
use super::{Document, Templates};
use crate::diagnostics::finding::{Finding, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position};
use crate::edgar::{self, Format};

impl Templates {
    /// Returns the errors of a document in the formats that are not compiled, each at its place in
    /// a template if that can be found, and at each place once. Also keeps the words of the HTML.
    pub(super) fn lint(&self, document: &mut Document) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for format in Format::all().filter(|format| format.is_linted() && !format.is_compiled()) {
            let Some(text) = &document.rendered[format] else { continue };
            let name = document.name(format);
            let found = if format == Format::HTML {
                // The HTML is parsed once for both uses.
                let (found, blocks) = edgar::lint_html(&name, text);
                document.html_text = DocumentText::of(&blocks);
                found
            } else {
                edgar::lint(&name, text.as_bytes())
            };
            let start = findings.len();
            for finding in errors(&name, found) {
                let finding = self.blame(finding, format, document.kind.template(), text);
                let is_known =
                    |known: &Finding| known.rule == finding.rule && known.spot == finding.spot;
                if !findings[start..].iter().any(is_known) {
                    findings.push(finding);
                }
            }
        }
        findings
    }

    /// Returns the errors for which EDGAR would refuse the PDF of a document, or, if there are
    /// none, the difference between the PDF and the HTML.
    pub fn refuse_pdf(&self, document: &Document, pdf: &[u8]) -> Vec<Finding> {
        let name = document.name(Format::PDF);
        let (found, pages) = edgar::lint_pdf(&name, pdf);
        let mut refused = errors(&name, found);
        if let Some(pages) = pages.filter(|_| refused.is_empty()) {
            refused.extend(self.pages_differ(document, &pages));
        }
        refused
    }

    /// Moves a finding on a document to its place in the template.
    fn blame(
        &self,
        mut finding: Finding,
        format: Format,
        template: &str,
        document: &str,
    ) -> Finding {
        let own = format!("{template}.{}", format.templates());
        // A template prints its own text as it is, so the piece is looked for, then its whole line.
        let (piece, line) = pieces(&finding, document);
        let files = [own.clone(), format!("parts.{}", format.templates())];
        let found = [piece, line].into_iter().filter(|text| !text.is_empty()).find_map(|text| {
            files.iter().find_map(|file| {
                self.text(file)
                    .find(text)
                    .map(|at| (file, Position::of_offset(self.text(file), at)))
            })
        });
        let (file, position) = found.unwrap_or((&own, Position::START));
        let place = Place { file: self.shown(file), position };
        if found.is_none() {
            finding.width = None;
        }
        finding.spot = Spot::Elsewhere(place, self.line(file, position));
        finding.hint = Some(match finding.hint {
            Some(hint) => format!("{hint}; the template put it there, and nothing was written"),
            None => "the template put it there, and nothing was written".to_owned(),
        });
        finding
    }
}

/// Keeps the findings for which EDGAR would refuse a document, and those on tabs and carriage
/// returns. Their messages begin with the place in the document.
fn errors(name: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
    // The built-in templates have no such white space, and no value can contain it. Other warnings
    // do not stop a build; `latefile lint` reports them.
    for finding in
        findings.iter_mut().filter(|f| [&rule::TAB, &rule::CARRIAGE_RETURN].contains(&f.rule))
    {
        finding.severity = Severity::Error;
    }
    findings.retain(|finding| {
        finding.severity == Severity::Error && finding.rule != &rule::MORE_FINDINGS
    });
    for finding in &mut findings {
        finding.message = match finding.spot {
            Spot::At(Position { line, column }) => {
                format!("{name}:{line}:{column}: {}", finding.message)
            }
            _ => format!("{name}: {}", finding.message),
        };
    }
    findings
}

/// Returns the piece of a document that a finding is about, and the line that contains it.
fn pieces<'a>(finding: &Finding, document: &'a str) -> (&'a str, &'a str) {
    let Spot::At(position) = finding.spot else { return ("", "") };
    let start = position.offset_in(document);
    let end = document[start..]
        .char_indices()
        .nth(finding.width.unwrap_or(0))
        .map_or(document.len(), |(i, _)| start + i);
    let line: Range<usize> = document[..start].rfind('\n').map_or(0, |i| i + 1)
        ..document[start..].find('\n').map_or(document.len(), |i| start + i);
    (&document[start..end], document[line].trim())
}
