//! A filing to documents: strings in, strings out. The templates and the wording are built into
//! the tool; a folder can put files of its own over them.

mod engine;
mod specimens;
mod templates;
mod text;
mod view;

use crate::edgar;
use crate::filing::{Filing, LetterKind, exhibits};
use crate::finding::{Finding, Spot};
use crate::rule;
use crate::source::{Place, Position};
use crate::wording;

pub use engine::{Engine, Target, TemplateFault};
pub use templates::Templates;

/// One document of a filing in its three forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name of its files, without suffix: `form12b25`, `ex99-1`, `cover`.
    pub stem: String,
    /// EDGAR text.
    pub text: String,
    /// EDGAR HTML.
    pub html: String,
    /// Typst source; it imports the layout.
    pub typst: String,
}

/// Renders the documents of a filing: the form, then its letters.
///
/// # Errors
/// What a template or the wording gets wrong for this filing.
pub fn render(filing: &Filing, templates: &Templates) -> Result<Vec<Document>, Vec<Finding>> {
    let (edition, _) = wording::edition(&templates.editions, filing).map_err(|finding| vec![finding])?;
    let mut documents = vec![templates.document("form12b25", "form12b25".to_owned(), &view::form(filing, edition))];
    let mut covers = 0;
    for (letter, exhibit) in filing.letters.iter().zip(exhibits(&filing.letters)) {
        let stem = match &exhibit {
            Some(exhibit) => exhibit.to_lowercase().replacen('-', "", 1).replace('.', "-"),
            None => {
                covers += 1;
                if covers == 1 { "cover".to_owned() } else { format!("cover-{covers}") }
            }
        };
        debug_assert!(exhibit.is_some() || letter.kind == LetterKind::Cover);
        documents.push(templates.document("letter", stem, &view::letter(filing, letter, exhibit.as_deref())));
    }
    let (done, faults): (Vec<_>, Vec<_>) = documents.into_iter().partition(Result::is_ok);
    let findings: Vec<Finding> = faults.into_iter().filter_map(Result::err).flatten().collect();
    if findings.is_empty() { Ok(done.into_iter().flatten().collect()) } else { Err(findings) }
}

impl Templates {
    /// One document in its three forms.
    fn document(&self, template: &str, stem: String, view: &impl serde::Serialize) -> Result<Document, Vec<Finding>> {
        let render = |target| self.render(target, template, view);
        let (text, html, typst) = (render(Target::Text), render(Target::Html), render(Target::Typst));
        let faults: Vec<Finding> =
            [&text, &html, &typst].into_iter().filter_map(|r| r.as_ref().err().cloned()).collect();
        match (text, html, typst) {
            (Ok(text), Ok(html), Ok(typst)) => {
                let findings = [limits(&stem, "txt", &text), limits(&stem, "htm", &html)].concat();
                if findings.is_empty() { Ok(Document { stem, text, html, typst }) } else { Err(findings) }
            }
            _ => Err(faults),
        }
    }

    fn render(&self, target: Target, template: &str, view: &impl serde::Serialize) -> Result<String, Finding> {
        let name = format!("{template}.{}", target.suffix());
        self.engine(target).render(&name, view).map_err(|fault| self.finding(&fault, &name))
    }

    /// A template's fault as a finding in the template.
    pub(crate) fn finding(&self, fault: &TemplateFault, rendered: &str) -> Finding {
        let name = if fault.file.is_empty() { rendered } else { &fault.file };
        let file = self.shown(name);
        let line = self.line(name, fault.position);
        rule::TEMPLATE.at(Spot::Elsewhere(Place { file, position: fault.position }, line), fault.message.clone())
    }
}

/// What a template alone can do to a document: a character or a line that EDGAR does not take.
fn limits(stem: &str, suffix: &str, document: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, line) in document.lines().enumerate() {
        let stray = line.chars().enumerate().find(|(_, c)| !edgar::is_ascii(*c));
        let columns = line.chars().count();
        let (column, message) = match stray {
            Some((column, c)) => (column + 1, format!("EDGAR does not take `{c}` (U+{:04X})", u32::from(c))),
            None if suffix == "txt" && columns > edgar::MOST_COLUMNS => {
                (edgar::MOST_COLUMNS + 1, format!("a line has {columns} columns, more than {}", edgar::MOST_COLUMNS))
            }
            None => continue,
        };
        let place = Place { file: format!("{stem}.{suffix}"), position: Position { line: i + 1, column } };
        let finding = rule::NOT_ASCII.at(Spot::Elsewhere(place, line.to_owned()), message);
        findings.push(finding.hint("the template put it there; nothing was written"));
    }
    findings
}
