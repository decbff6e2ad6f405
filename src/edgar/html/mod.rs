//! Checks HTML documents by EDGAR's rules, token by token, as a browser reads them.

pub mod blocks;
mod elements;
mod flow;
mod links;
mod lists;
mod malformed;
mod nesting;
mod references;
mod table;
mod tokens;
pub mod tree;

use std::collections::HashSet;
use std::ops::Range;

use ecow::EcoString;
use html5gum::emitters::callback::CallbackEvent;

use super::alphabet::{self, Decoded, is_plain};
use super::formats::Kind;
use super::lines::lines;
use super::reading::Reading;
use super::spelling::is_spelled;
use super::tags::is_wrapper_tag;
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;
use blocks::Block;
use elements::Element;
use nesting::Nesting;
use tokens::tokenize;

pub use flow::flow;

/// Checks an HTML document, and stores its blocks if they are requested.
pub(super) fn check(
    reading: &mut Reading<'_>,
    decoded: &Decoded<'_>,
    blocks: Option<&mut Vec<Block>>,
) {
    characters(reading, decoded);
    let text = reading.text;
    let mut checker = Checker {
        reading,
        nesting: Nesting::default(),
        tag: None,
        attribute: None,
        raw: false,
        places: HashSet::new(),
        links: Vec::new(),
    };
    let mut reader = blocks.is_some().then(blocks::Reader::default);
    tokenize(text, |event, range| {
        if let Some(reader) = &mut reader {
            reader.event(&event);
        }
        checker.event(event, range);
    });
    checker.end();
    if let (Some(blocks), Some(reader)) = (blocks, reader) {
        *blocks = reader.blocks();
    }
}

/// Checks the characters of the whole file, comments and tags included.
fn characters(reading: &mut Reading<'_>, decoded: &Decoded<'_>) {
    let text = reading.text;
    // Fast path: most documents have no other characters.
    if is_spelled(text) {
        return;
    }
    let mut start = 0;
    for line in lines(text) {
        let range = start..start + line.trim_end_matches('\n').len();
        start += line.len();
        // Fast path: most lines are plain.
        if !text.as_bytes()[range.clone()]
            .iter()
            .all(|byte| is_plain(*byte) || matches!(byte, b'<' | b'\t' | b'\r'))
        {
            alphabet::check(reading, decoded, range, Kind::Html);
        }
    }
}

/// The maximum number of places in the document that are kept, and of links to them.
// A notice has a handful.
const PLACES: usize = 10_000;

/// The current start tag.
struct Tag {
    name: EcoString,
    /// Its element, if EDGAR accepts it.
    element: Option<&'static Element>,
    range: Range<usize>,
    /// Whether it has a `src`.
    source: bool,
}

/// The current attribute, before its value.
struct Attribute {
    name: EcoString,
    range: Range<usize>,
    /// The accepted values, empty if all are, or `None` if the attribute is not accepted.
    values: Option<&'static str>,
}

impl Attribute {
    /// Reports a value that EDGAR does not accept.
    fn check_value(&self, reading: &mut Reading<'_>, tag: &str, value: &str, at: Range<usize>) {
        let Some(values) = self.values.filter(|values| !values.is_empty()) else { return };
        if values.split('|').any(|known| known.eq_ignore_ascii_case(value.trim())) {
            return;
        }
        reading.report(&rule::HTML_ATTRIBUTE_UNLISTED, at, || {
            let shown: String = value.chars().take(40).collect();
            let message = format!("`{}` on `<{tag}>` cannot be `{shown}`", self.name);
            (message, format!("EDGAR's list has: {}", values.replace('|', ", ")))
        });
    }
}

/// The state of the check at a token.
struct Checker<'a, 'r> {
    reading: &'r mut Reading<'a>,
    nesting: Nesting,
    tag: Option<Tag>,
    attribute: Option<Attribute>,
    /// Whether the text is that of an element without references.
    raw: bool,
    /// The names of the places in the document.
    places: HashSet<String>,
    /// The links to places in the document, with their ranges.
    links: Vec<(String, Range<usize>)>,
}

impl Checker<'_, '_> {
    /// Checks one token.
    fn event(&mut self, event: CallbackEvent<'_>, range: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start_tag(name, range),
            CallbackEvent::AttributeName { name } => self.attribute_name(name, range),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value, range),
            CallbackEvent::CloseStartTag { .. } => self.start_tag_ends(),
            CallbackEvent::EndTag { name } => self.end_tag(name, range),
            CallbackEvent::String { value } => {
                if !self.raw {
                    self.nesting.text(self.reading, &range, value);
                    references::check(self.reading, range);
                }
            }
            CallbackEvent::Comment { .. } => self.comment(range),
            CallbackEvent::Doctype { .. } => {}
            CallbackEvent::Error(error) => malformed::report(self.reading, error, range.start),
        }
    }

    fn start_tag(&mut self, name: &[u8], range: Range<usize>) {
        let element = elements::find(name);
        let range = range.start..range.start + 1 + name.len();
        let name = EcoString::from(tokens::text(name));
        // The elements whose content browsers read as text without tags and references.
        self.raw = matches!(
            name.as_str(),
            "script" | "style" | "xmp" | "plaintext" | "iframe" | "noembed" | "noframes"
        );
        match element {
            Some(element) => self.nesting.start(self.reading, element, range.clone()),
            None => self.unknown(&name, range.clone()),
        }
        self.attribute = None;
        self.tag = Some(Tag { name, element, range, source: false });
    }

    /// Reports an element that EDGAR does not accept.
    fn unknown(&mut self, name: &str, range: Range<usize>) {
        if elements::is_active(name) {
            self.reading.report(&rule::ACTIVE_CONTENT, range, || {
                (format!("`<{name}>` is there to run code"), "delete it")
            });
        } else if is_wrapper_tag(&name.to_ascii_uppercase()) {
            self.reading.report(&rule::WRAPPER_TAG, range, || {
                (
                    format!("`<{name}>` belongs to the submission around a document"),
                    "delete the tag",
                )
            });
        } else {
            self.reading.report(&rule::HTML_ELEMENT, range, || {
                let shown: String = name.chars().take(40).collect();
                (format!("EDGAR does not accept `<{shown}>`"), elements::instead(name))
            });
        }
    }

    fn attribute_name(&mut self, name: &[u8], range: Range<usize>) {
        let Some(tag) = &mut self.tag else { return }; // an end tag's
        let name = EcoString::from(tokens::text(name));
        tag.source |= name == "src";
        let values = tag.element.map_or(Some(""), |element| element.attribute(&name));
        let element = &tag.name;
        let range = range.start..range.end.max(range.start + name.len());
        // The manual forbids these two; any other attribute that the list lacks is a warning.
        let forbidden = matches!(
            (element.as_str(), name.as_str()),
            ("body", "background") | ("meta", "http-equiv")
        );
        if name.starts_with("on") {
            let message = || (format!("`{name}` runs code"), "delete the attribute");
            self.reading.report(&rule::ACTIVE_CONTENT, range.clone(), message);
        } else if name.starts_with("xmlns") || forbidden {
            let message = || {
                (format!("EDGAR does not accept `{name}` on `<{element}>`"), "delete the attribute")
            };
            self.reading.report(&rule::HTML_ATTRIBUTE, range.clone(), message);
        } else if values.is_none() {
            self.reading.report(&rule::HTML_ATTRIBUTE_UNLISTED, range.clone(), || {
                let shown: String = name.chars().take(40).collect();
                (
                    format!("EDGAR's list has no `{shown}` for `<{element}>`"),
                    elements::instead_of_attribute(&name),
                )
            });
        }
        self.attribute = Some(Attribute { name, range, values });
    }

    fn attribute_value(&mut self, value: &[u8], range: Range<usize>) {
        let (Some(tag), Some(attribute)) = (&self.tag, self.attribute.take()) else { return };
        let value = tokens::text(value);
        references::check(self.reading, range.clone());
        let at = attribute.range.start..range.end;
        attribute.check_value(self.reading, &tag.name, &value, at.clone());
        if links::is_code(&value) {
            let message = || (format!("`{}` has code", attribute.name), "delete the attribute");
            self.reading.report(&rule::ACTIVE_CONTENT, at, message);
        }
        match (tag.name.as_str(), attribute.name.as_str()) {
            ("a", "href") => {
                let place = links::href(self.reading, range.clone(), &value);
                self.links.extend(
                    place.filter(|_| self.links.len() < PLACES).map(|place| (place, range)),
                );
            }
            ("img", "src") => links::src(self.reading, range, &value),
            (_, "style") => links::style(self.reading, range, &value),
            (_, "id") | ("a", "name") if self.places.len() < PLACES => {
                self.places.insert(value.into_owned());
            }
            _ => {}
        }
    }

    fn start_tag_ends(&mut self) {
        if let Some(tag) = self.tag.take()
            && tag.name == "img"
            && !tag.source
        {
            self.reading.report(&rule::HTML_IMAGE, tag.range, || {
                ("an image without a `src`".to_owned(), "name its file")
            });
        }
    }

    fn end_tag(&mut self, name: &[u8], range: Range<usize>) {
        (self.tag, self.raw) = (None, false);
        match elements::find(name) {
            Some(element) => self.nesting.end(self.reading, element, range),
            None if is_wrapper_tag(&String::from_utf8_lossy(name).to_ascii_uppercase()) => {
                self.reading.report(&rule::WRAPPER_TAG, range, || {
                    (
                        "this end tag belongs to the submission around a document".to_owned(),
                        "delete the tag",
                    )
                });
            }
            None => {} // its start tag has been reported
        }
    }

    /// Reports a processing instruction, which the tokenizer reads as a comment.
    fn comment(&mut self, range: Range<usize>) {
        if self.reading.text[range.start..].starts_with("<?") {
            let range = range.start..range.end;
            self.reading.report(&rule::HTML_STRUCTURE, range, || {
                (
                    "a processing instruction; only comments may precede or follow `<html>`"
                        .to_owned(),
                    "delete it",
                )
            });
        }
    }

    /// Reports the elements that are still open, and the links to places that do not exist.
    fn end(mut self) {
        self.nesting.finish(self.reading);
        for (place, range) in std::mem::take(&mut self.links) {
            // In a document with more places, the one of the link may be among the others.
            if !self.places.contains(&place) && self.places.len() < PLACES {
                self.reading.report_as(Severity::Warning, &rule::HTML_LINK, range, || {
                    (
                        format!("nothing in the document is called `{place}`"),
                        "give the place an `id`, or delete the link",
                    )
                });
            }
        }
    }
}
