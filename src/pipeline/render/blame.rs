//! Finds the template that causes a difference between two formats of a document.
//!
//! It is the template with the words that only its format has, or the one that does not print a
//! name of the view, or else the first of the user's own.

use serde_json::Value;

use super::consistency::{self, Difference, text_words};
use super::template_context::TemplateContext;
use super::{Document, Templates};
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position};
use crate::edgar::words::{Pages, Word};
use crate::edgar::{Format, pdf_words};

/// The most words of a difference that are looked for in templates.
const SOUGHT: usize = 6;

/// The place in a template that causes a difference, with advice.
struct Cause {
    file: String,
    position: Position,
    hint: Option<String>,
}

impl Templates {
    /// Returns the difference between the text and the HTML of a document, or `None` if they have
    /// the same words.
    pub fn text_differs(&self, document: &Document) -> Option<Finding> {
        self.differ(document, None)
    }

    /// Returns the difference between the text and the HTML of a document. With the view that it
    /// was rendered with, the finding can name a missing value.
    pub(super) fn differ(
        &self,
        document: &Document,
        view: Option<&TemplateContext>,
    ) -> Option<Finding> {
        let found =
            consistency::text(&document.html_text, &text_words(document.text(Format::TEXT)))?;
        let view = view.map(TemplateContext::tree).unwrap_or_default();
        Some(self.difference(&found, document, Format::TEXT, &view))
    }

    /// Returns the difference between the PDF and the HTML of a document, or `None` if they have
    /// the same words.
    pub fn pdf_differs(&self, document: &Document, pdf: &[u8]) -> Option<Finding> {
        // A PDF that cannot be read has a finding of `refuse_pdf`.
        let pages = pdf_words(pdf)?;
        self.pages_differ(document, &pages)
    }

    /// Returns the difference between the words of a PDF and the HTML of a document.
    pub(super) fn pages_differ(&self, document: &Document, pages: &Pages) -> Option<Finding> {
        let found = consistency::pdf(&document.html_text, pages)?;
        Some(self.difference(&found, document, Format::PDF, &Value::Null))
    }

    /// Turns a difference into a finding, at the place in a template that causes it.
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
        // A point, because the words at this place may not be as many as in the document.
        if finding.spot != Spot::File {
            finding.width = Some(0);
        }
        let hint = match cause {
            Some(Cause { hint: Some(hint), .. }) => hint,
            Some(_) => "make both say it, or neither".to_owned(),
            None => "if the built-in templates cause this, it is a bug in this tool".to_owned(),
        };
        finding.hint(format!("{hint}; nothing was written"))
    }

    /// Returns the place in a template of the user's own that causes a difference, or `None` if the
    /// user has none for these formats.
    fn cause(
        &self,
        found: &Difference,
        template: &str,
        other: Format,
        view: &Value,
    ) -> Option<Cause> {
        let sides = [(other, &found.other, &found.html), (Format::HTML, &found.html, &found.other)];
        // The surest cause first.
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

    /// Returns the names of the user's own files that a document of a format is made with.
    fn own(&self, template: &str, format: Format) -> Vec<String> {
        let suffix = format.templates();
        let mut names = vec![format!("{template}.{suffix}"), format!("parts.{suffix}")];
        names.extend(format.is_compiled().then(|| "layout.typ".to_owned()));
        names.retain(|name| self.is_own(name));
        names
    }

    /// Returns the place where the user's templates have these words literally, or `None` if there
    /// is no such place or more than one.
    fn literal(&self, template: &str, format: Format, said: &[String]) -> Option<Cause> {
        // Fewer words if need be: a template may break the line, or go on with a value.
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

    /// Returns the user's template of a format if it does not contain a name of the view.
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

/// Returns the name of the text in a view that begins with these words, or `None` if there is none.
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
