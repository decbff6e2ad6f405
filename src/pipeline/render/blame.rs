//! Which template a difference between two formats comes from: the one that holds the words that
//! only its format says, or the one that does not print what the view calls by a name. Where
//! neither can be told, it is a template of the user's own.

use serde_json::Value;

use super::consistency::{self, Difference, text_words};
use super::template_context::TemplateContext;
use super::{Document, Templates};
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position};
use crate::edgar::words::{Pages, Word};
use crate::edgar::{Format, pdf_words};

/// Words that are looked for in templates are so many at the most.
const SOUGHT: usize = 6;

/// Where in a template a difference comes from, and what to say of it.
struct Cause {
    file: String,
    position: Position,
    hint: Option<String>,
}

impl Templates {
    /// What the text and the HTML of a document do not both say.
    pub fn text_differs(&self, document: &Document) -> Option<Finding> {
        self.differ(document, None)
    }

    /// The same of a document that was rendered with a view, which names what is missing.
    pub(super) fn differ(
        &self,
        document: &Document,
        view: Option<&TemplateContext>,
    ) -> Option<Finding> {
        let found = consistency::text(&document.said, &text_words(document.text(Format::TEXT)))?;
        let view = view.map(TemplateContext::tree).unwrap_or_default();
        Some(self.difference(&found, document, Format::TEXT, &view))
    }

    /// What the HTML of a document and its PDF do not both say.
    pub fn pdf_differs(&self, document: &Document, pdf: &[u8]) -> Option<Finding> {
        let pages = pdf_words(pdf)?; // the gate has told that it cannot be read
        self.pages_differ(document, &pages)
    }

    /// The same of what a PDF says.
    pub(super) fn pages_differ(&self, document: &Document, pages: &Pages) -> Option<Finding> {
        let found = consistency::pdf(&document.said, pages)?;
        Some(self.difference(&found, document, Format::PDF, &Value::Null))
    }

    fn difference(
        &self,
        found: &Difference,
        document: &Document,
        other: Format,
        view: &Value,
    ) -> Finding {
        let message = found.message(&document.name(Format::HTML), &document.name(other));
        let cause = self.cause(found, document.kind.template(), other, view);
        let spot = cause.as_ref().map_or(Spot::File, |cause| {
            let place = Place { file: self.shown(&cause.file), position: cause.position };
            Spot::Elsewhere(place, self.line(&cause.file, cause.position))
        });
        let mut finding = rule::FORMATS_DIFFER.at(spot, message);
        if finding.spot != Spot::File {
            finding.width = Some(0);
        }
        let hint = match cause {
            Some(Cause { hint: Some(hint), .. }) => hint,
            Some(_) => "make both say it, or neither".to_owned(),
            None => "if the built-in templates do this, it is a bug of this tool".to_owned(),
        };
        finding.hint(format!("{hint}; nothing was written"))
    }

    /// The place in a template of the user's own that a difference comes from.
    fn cause(
        &self,
        found: &Difference,
        template: &str,
        other: Format,
        view: &Value,
    ) -> Option<Cause> {
        let sides = [(other, &found.other, &found.html), (Format::HTML, &found.html, &found.other)];
        let literal =
            sides.iter().find_map(|(format, says, _)| self.literal(template, *format, says));
        literal
            .or_else(|| {
                sides.iter().find_map(|(format, _, lacks)| {
                    self.unprinted(template, *format, &name_of(view, lacks)?)
                })
            })
            .or_else(|| {
                let own =
                    sides.iter().flat_map(|(format, ..)| self.own(template, *format)).next()?;
                Some(Cause { file: own, position: Position::START, hint: None })
            })
    }

    /// The files of the user's own that a document of a format is made with.
    fn own(&self, template: &str, format: Format) -> Vec<String> {
        let suffix = format.templates();
        let mut names = vec![format!("{template}.{suffix}"), format!("parts.{suffix}")];
        names.extend(format.is_compiled().then(|| "layout.typ".to_owned()));
        names.retain(|name| self.is_own(name));
        names
    }

    /// The one place where templates have words as they are printed.
    fn literal(&self, template: &str, format: Format, said: &[String]) -> Option<Cause> {
        let most = said.len().min(SOUGHT);
        let pieces = (1..=most).rev().map(|length| said[..length].join(" "));
        let files = self.own(template, format);
        pieces.filter(|piece| piece.contains(char::is_alphanumeric)).find_map(|piece| {
            let mut places = files
                .iter()
                .flat_map(|file| self.text(file).match_indices(&piece).map(move |at| (file, at.0)));
            let (file, at) = places.next()?;
            let only = places.next().is_none();
            only.then(|| Cause {
                file: file.clone(),
                position: Position::of_offset(self.text(file), at),
                hint: None,
            })
        })
    }

    /// A template that never prints a name of the view.
    fn unprinted(&self, template: &str, format: Format, name: &str) -> Option<Cause> {
        let file = self.own(template, format).into_iter().next()?;
        let printed = self.text(&file).contains(name);
        (!printed).then(|| Cause {
            file,
            position: Position::START,
            hint: Some(format!("the view calls it `{name}`, which this template does not print")),
        })
    }
}

/// What the view calls the text that begins with some words.
fn name_of(view: &Value, said: &[String]) -> Option<String> {
    let begins = |text: &str| {
        let own = text_words(text);
        let sought = said.len().min(SOUGHT);
        sought > 0
            && own.len() >= sought
            && own.iter().map(Word::word).zip(said).take(sought).all(|(a, b)| a == b)
    };
    let mut waiting: Vec<(String, &Value)> = vec![(String::new(), view)];
    while let Some((name, value)) = waiting.pop() {
        match value {
            Value::String(text) if begins(text) => return Some(name),
            Value::Array(items) => waiting.extend(items.iter().map(|item| (name.clone(), item))),
            Value::Object(entries) => waiting.extend(entries.iter().map(|(key, value)| {
                (if name.is_empty() { key.clone() } else { format!("{name}.{key}") }, value)
            })),
            _ => {}
        }
    }
    None
}
