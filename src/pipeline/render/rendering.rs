//! Renders the documents of a filing in their formats, and checks them.

use super::consistency::DocumentText;
use super::document::Document;
use super::engine::{TemplateFault, fault};
use super::template_context::{TemplateContext, WORDING};
use super::templates::Templates;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Place;

use crate::edgar::{Format, PerFormat};
use crate::form12b25::documents::{Planned, planned};
use crate::form12b25::model::Filing;
use crate::form12b25::wording::{self, Edition};

/// The formats that are always rendered, because they are compared with each other.
const COMPARED: [Format; 2] = [Format::TEXT, Format::HTML];

/// Renders the documents of a filing, the form and then its letters, in the requested formats and
/// in those that are compared. Messages use `name` for the filing.
///
/// # Errors
/// The faults of a template or of the wording for this filing.
pub fn render(
    filing: &Filing,
    name: &str,
    templates: &Templates,
    formats: &[Format],
) -> Result<Vec<Document>, Vec<Finding>> {
    let (edition, _) =
        wording::edition(&templates.editions, filing).map_err(|finding| vec![finding])?;
    let render =
        |document: &Planned<'_>| templates.document((filing, name), document, edition, formats);
    let documents: Vec<_> = planned(filing).iter().map(render).collect();
    let (done, faults): (Vec<_>, Vec<_>) = documents.into_iter().partition(Result::is_ok);
    let findings: Vec<Finding> = faults.into_iter().filter_map(Result::err).flatten().collect();
    if findings.is_empty() { Ok(done.into_iter().flatten().collect()) } else { Err(findings) }
}

/// Renders the form and the letters as EDGAR text in lines of at most `width` characters. Returns
/// the stem and the text of each. Messages use `name` for the filing.
///
/// # Errors
/// The faults of a template or of the wording for this filing.
pub fn narrow(
    filing: &Filing,
    filing_name: &str,
    templates: &Templates,
    width: usize,
) -> Result<Vec<(String, String)>, Finding> {
    let (edition, _) = wording::edition(&templates.editions, filing)?;
    let name = |document: &Planned<'_>| {
        format!("{}{}", document.kind.template(), Format::TEXT.template_ending())
    };
    let planned = planned(filing);
    let form = planned.first().map(name).unwrap_or_default();
    let engine = templates.narrow(width).map_err(|fault| templates.finding(&fault, &form))?;
    let text = |document: Planned<'_>| {
        let name = name(&document);
        let view = templates.view(filing, &document, edition);
        let text = view.map_err(|error| fault(&error));
        let text = text.and_then(|view| {
            let render = || engine.render_context(&name, &view);
            templates.renderings().during(templates.shown(&name), filing_name, render)
        });
        Ok((document.stem, text.map_err(|fault| templates.finding(&fault, &name))?))
    };
    planned.into_iter().map(text).collect()
}

impl Templates {
    /// Renders one document in its formats.
    ///
    /// # Errors
    /// The faults of a template, the rules of EDGAR that the document breaks, or the difference
    /// between its formats.
    fn document(
        &self,
        (filing, name): (&Filing, &str),
        planned: &Planned<'_>,
        edition: &Edition,
        formats: &[Format],
    ) -> Result<Document, Vec<Finding>> {
        let (kind, template) = (planned.kind, planned.kind.template());
        let view = &self
            .view(filing, planned, edition)
            .map_err(|error| vec![self.finding(&fault(&error), template)])?;
        let requested = |format| COMPARED.contains(&format) || formats.contains(&format);
        let render = |format| {
            requested(format).then(|| self.render(format, template, name, view)).transpose()
        };
        let rendered = PerFormat::of(render).transposed()?;
        let (stem, html_text) = (planned.stem.clone(), DocumentText::default());
        let mut document = Document { kind, stem, rendered, html_text };
        let mut findings = self.lint(&mut document);
        // Formats are compared only if they pass: the reader of broken HTML may find other words.
        if findings.is_empty() {
            findings.extend(self.differ(&document, Some(view)));
        }
        if findings.is_empty() { Ok(document) } else { Err(findings) }
    }

    /// Returns the view of a document, on the form of an edition.
    pub(super) fn view(
        &self,
        filing: &Filing,
        document: &Planned<'_>,
        edition: &Edition,
    ) -> tera::TeraResult<TemplateContext> {
        let view = TemplateContext::of(&document.view(edition))?;
        let wording = || self.wording(edition, filing.print.unconfirmed);
        Ok(match document.kind.has_wording().then(wording).flatten() {
            Some(wording) => view.with(WORDING, wording),
            None => view,
        })
    }

    /// Renders the template of a document in a format, for a filing with a name.
    fn render(
        &self,
        format: Format,
        template: &str,
        filing: &str,
        view: &TemplateContext,
    ) -> Result<String, Finding> {
        let name = format!("{template}.{}", format.templates());
        let render = || self.engine(format).render_context(&name, view);
        let rendered = self.renderings().during(self.shown(&name), filing, render);
        rendered.map_err(|fault| self.finding(&fault, &name))
    }

    /// Turns a fault into a finding in its template; `rendered` is that which was rendered.
    pub(crate) fn finding(&self, fault: &TemplateFault, rendered: &str) -> Finding {
        let name = if fault.file.is_empty() { rendered } else { &fault.file };
        let file = self.shown(name);
        let line = self.line(name, fault.position);
        // Tera passes an undefined name to a filter or a component as a unit value, and its message
        // does not have the name.
        let undefined = ["unit value", "undefined"].iter().any(|word| fault.message.contains(word));
        let part_of_name = |(i, c): &(usize, char)| {
            *i < fault.length || c.is_alphanumeric() || "_.[]".contains(*c)
        };
        let about =
            line.chars().skip(fault.position.column - 1).enumerate().take_while(part_of_name);
        let about: String = about.map(|(_, c)| c).collect();
        let message = if undefined && !about.is_empty() && !fault.message.contains(&about) {
            format!("`{about}` gets a value that the view does not have")
        } else {
            fault.message.clone()
        };
        rule::TEMPLATE.at(Spot::Elsewhere(Place { file, position: fault.position }, line), message)
    }
}
