//! EDGAR's rules on rendered documents. A document that breaks one is a fault of its template: the
//! texts of users were validated before, and are escaped.

use std::ops::Range;

use super::consistency::DocumentText;
use super::{Document, Templates};
use crate::diagnostics::finding::{Finding, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position};
use crate::edgar::{self, Format};

impl Templates {
    /// The errors of a document in the formats that EDGAR accepts and that need not be compiled,
    /// each at the place in a template that it comes from where that can be found, and at one place
    /// only once. Reads what the HTML says: it is parsed once for both.
    pub(super) fn lint(&self, document: &mut Document) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for format in Format::all().filter(|format| format.is_linted() && !format.is_compiled()) {
            let Some(text) = &document.rendered[format] else { continue };
            let name = document.name(format);
            let found = if format == Format::HTML {
                let (found, blocks) = edgar::lint_html(&name, text);
                document.said = DocumentText::of(&blocks);
                found
            } else {
                edgar::lint(&name, text.as_bytes())
            };
            let start = findings.len();
            for finding in grave(&name, found) {
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

    /// What EDGAR would refuse the PDF of a document for, and if that is nothing, what it and the
    /// HTML do not both say.
    pub fn refuse_pdf(&self, document: &Document, pdf: &[u8]) -> Vec<Finding> {
        let name = document.name(Format::PDF);
        let (found, pages) = edgar::lint_pdf(&name, pdf);
        let mut refused = grave(&name, found);
        if let Some(pages) = pages.filter(|_| refused.is_empty()) {
            refused.extend(self.pages_differ(document, &pages));
        }
        refused
    }

    /// A finding on a document as one on its template.
    fn blame(
        &self,
        mut finding: Finding,
        format: Format,
        template: &str,
        document: &str,
    ) -> Finding {
        let own = format!("{template}.{}", format.templates());
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

/// What EDGAR would refuse a document for, and white space that none of ours has; the message
/// begins with the place in the document. Other warnings are for `latefile lint` to tell.
fn grave(name: &str, mut findings: Vec<Finding>) -> Vec<Finding> {
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

/// The piece of a document that a finding is about, and the line that it is on.
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
