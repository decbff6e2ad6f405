//! A filing to documents: strings in, strings out. The templates and the wording are built into
//! the tool; a folder can put files of its own over them.

mod blame;
mod document;
mod engine;
mod gate;
mod same;
mod seen;
mod specimens;
mod templates;
mod text;
mod view;

use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Place;
use crate::edgar::words::Statement;
use crate::edgar::{Format, PerFormat};
use crate::form12b25::model::{Filing, LetterKind, exhibits};
use crate::form12b25::wording::{self, Edition};

use seen::Seen;

pub use document::Document;
pub use engine::{Engine, TemplateFault};
pub use templates::{Own, Templates, read as own_templates};

/// The formats that are compared with each other, and rendered whatever is requested.
const COMPARED: [Format; 2] = [Format::TEXT, Format::HTML];

/// The names of a filing's documents, without suffix: the form, then its letters.
pub fn stems(filing: &Filing) -> Vec<String> {
    let mut covers = 0;
    let mut stem = |exhibit: Option<String>| match exhibit {
        Some(exhibit) => exhibit.to_lowercase().replacen('-', "", 1).replace('.', "-"),
        None => {
            covers += 1;
            if covers == 1 { "cover".to_owned() } else { format!("cover-{covers}") }
        }
    };
    let letters = exhibits(&filing.letters).into_iter().map(&mut stem);
    std::iter::once("form12b25".to_owned()).chain(letters).collect()
}

/// Renders the documents of a filing in the requested formats, and in those that are compared: the
/// form, then its letters.
///
/// # Errors
/// What a template or the wording gets wrong for this filing.
pub fn render(
    filing: &Filing,
    templates: &Templates,
    formats: &[Format],
) -> Result<Vec<Document>, Vec<Finding>> {
    let (edition, _) =
        wording::edition(&templates.editions, filing).map_err(|finding| vec![finding])?;
    let mut stems = stems(filing).into_iter();
    let mut stem = || stems.next().unwrap_or_default();
    let form = templates.form(filing, edition);
    let mut documents = vec![templates.document("form12b25", stem(), form, formats)];
    for (letter, exhibit) in filing.letters.iter().zip(exhibits(&filing.letters)) {
        debug_assert!(exhibit.is_some() || letter.kind == LetterKind::Cover);
        let view = Seen::of(&view::letter(filing, letter, exhibit.as_deref()));
        documents.push(templates.document("letter", stem(), view, formats));
    }
    let (done, faults): (Vec<_>, Vec<_>) = documents.into_iter().partition(Result::is_ok);
    let findings: Vec<Finding> = faults.into_iter().filter_map(Result::err).flatten().collect();
    if findings.is_empty() { Ok(done.into_iter().flatten().collect()) } else { Err(findings) }
}

/// The form and the letters as EDGAR text in lines of at most `width` characters, where something
/// is to stand around the usual ones; each with its stem.
///
/// # Errors
/// What a template or the wording gets wrong for this filing.
pub fn narrow(
    filing: &Filing,
    templates: &Templates,
    width: usize,
) -> Result<Vec<(String, String)>, Finding> {
    const FORM: &str = "form12b25.txt";
    const LETTER: &str = "letter.txt";
    let (edition, _) = wording::edition(&templates.editions, filing)?;
    let engine = templates.narrow(width).map_err(|fault| templates.finding(&fault, FORM))?;
    let form = templates.form(filing, edition).map_err(|error| engine::fault(&error));
    let form = form.and_then(|view| engine.render_seen(FORM, &view));
    let mut texts = vec![form.map_err(|fault| templates.finding(&fault, FORM))?];
    for (letter, exhibit) in filing.letters.iter().zip(exhibits(&filing.letters)) {
        let text = engine.render(LETTER, &view::letter(filing, letter, exhibit.as_deref()));
        texts.push(text.map_err(|fault| templates.finding(&fault, LETTER))?);
    }
    Ok(stems(filing).into_iter().zip(texts).collect())
}

impl Templates {
    /// One document in its formats, if it passes EDGAR's rules and says the same in each.
    fn document(
        &self,
        template: &'static str,
        stem: String,
        view: tera::TeraResult<Seen>,
        formats: &[Format],
    ) -> Result<Document, Vec<Finding>> {
        let view = &view.map_err(|error| vec![self.finding(&engine::fault(&error), template)])?;
        let requested = |format| COMPARED.contains(&format) || formats.contains(&format);
        let render =
            |format| requested(format).then(|| self.render(format, template, view)).transpose();
        let rendered = PerFormat::of(render).transposed()?;
        let mut document = Document { template, stem, rendered, said: Statement::default() };
        let mut findings = self.lint(&mut document);
        if findings.is_empty() {
            findings.extend(self.differ(&document, Some(view)));
        }
        if findings.is_empty() { Ok(document) } else { Err(findings) }
    }

    /// What the form's templates see of a filing, on an edition.
    fn form(&self, filing: &Filing, edition: &Edition) -> tera::TeraResult<Seen> {
        let view = Seen::of(&view::form(filing, edition))?;
        Ok(match self.wording(edition, filing.print.unconfirmed) {
            Some(wording) => view.with(view::WORDING, wording),
            None => view,
        })
    }

    fn render(&self, format: Format, template: &str, view: &Seen) -> Result<String, Finding> {
        let name = format!("{template}.{}", format.templates());
        self.engine(format).render_seen(&name, view).map_err(|fault| self.finding(&fault, &name))
    }

    /// A template's fault as a finding in the template.
    pub(crate) fn finding(&self, fault: &TemplateFault, rendered: &str) -> Finding {
        let name = if fault.file.is_empty() { rendered } else { &fault.file };
        let file = self.shown(name);
        let line = self.line(name, fault.position);
        // What is undefined reaches a filter or a component as a unit value; the name is what
        // helps.
        let undefined = ["unit value", "undefined"].iter().any(|word| fault.message.contains(word));
        let part_of_name = |(i, c): &(usize, char)| {
            *i < fault.length || c.is_alphanumeric() || "_.[]".contains(*c)
        };
        let about =
            line.chars().skip(fault.position.column - 1).enumerate().take_while(part_of_name);
        let about: String = about.map(|(_, c)| c).collect();
        let message = if undefined && !about.is_empty() && !fault.message.contains(&about) {
            format!("`{about}` is given something that the view lacks")
        } else {
            fault.message.clone()
        };
        rule::TEMPLATE.at(Spot::Elsewhere(Place { file, position: fault.position }, line), message)
    }
}
