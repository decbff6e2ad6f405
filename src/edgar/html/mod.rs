//! EDGAR's rules on HTML documents. A tokenizer that reads tag soup as browsers do says where every
//! tag, attribute and text is; nothing is searched for by its looks.

pub mod blocks;
mod elements;
mod links;
mod lists;
mod nesting;
mod references;
mod table;
mod tokens;

use std::collections::HashSet;
use std::ops::Range;

use ecow::EcoString;
use html5gum::Error;
use html5gum::emitters::callback::CallbackEvent;

use super::alphabet::{self, Decoded, is_plain};
use super::formats::Kind;
use super::reading::Reading;
use super::tags::is_wrapper_tag;
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;
use blocks::Block;
use elements::Element;
use nesting::Nesting;
use tokens::tokenize;

/// Checks an HTML document; `blocks` gets its blocks.
pub(super) fn judge(
    reading: &mut Reading<'_>,
    decoded: &Decoded<'_>,
    blocks: Option<&mut Vec<Block>>,
) {
    characters(reading, decoded);
    let text = reading.text;
    let mut judge = Judge {
        reading,
        nesting: Nesting::default(),
        tag: None,
        attribute: None,
        raw: false,
        places: HashSet::new(),
        wanted: Vec::new(),
    };
    let mut reader = blocks.is_some().then(blocks::Reader::default);
    tokenize(text, |event, range| {
        if let Some(reader) = &mut reader {
            reader.event(&event);
        }
        judge.event(event, range);
    });
    judge.end();
    if let (Some(blocks), Some(reader)) = (blocks, reader) {
        *blocks = reader.blocks();
    }
}

/// Every character of the file, wherever it stands.
fn characters(reading: &mut Reading<'_>, decoded: &Decoded<'_>) {
    let text = reading.text;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end_matches('\n').len();
        start += line.len();
        if !text.as_bytes()[range.clone()]
            .iter()
            .all(|byte| is_plain(*byte) || matches!(byte, b'<' | b'\t' | b'\r'))
        {
            alphabet::judge(reading, decoded, range, Kind::Html);
        }
    }
}

/// How many links to places in the document are followed, and how many places are known; a notice
/// has a handful.
const PLACES: usize = 10_000;

/// A start tag that is being read.
struct Tag {
    name: EcoString,
    element: Option<&'static Element>,
    range: Range<usize>,
    source: bool,
}

/// An attribute of it whose value is to come.
struct Attribute {
    name: EcoString,
    range: Range<usize>,
    /// Whether it is taken at all, and if only some values are, which.
    values: Option<&'static str>,
}

struct Judge<'a, 'r> {
    reading: &'r mut Reading<'a>,
    nesting: Nesting,
    tag: Option<Tag>,
    attribute: Option<Attribute>,
    /// Inside an element whose text has no references.
    raw: bool,
    places: HashSet<String>,
    wanted: Vec<(String, Range<usize>)>,
}

impl Judge<'_, '_> {
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
                    references::judge(self.reading, range);
                }
            }
            CallbackEvent::Comment { .. } => self.comment(range),
            CallbackEvent::Doctype { .. } => {}
            CallbackEvent::Error(error) => self.error(error, range.start),
        }
    }

    fn start_tag(&mut self, name: &[u8], range: Range<usize>) {
        let element = elements::find(name);
        let range = range.start..range.start + 1 + name.len();
        let name = EcoString::from(tokens::text(name));
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
                (format!("EDGAR takes no `<{shown}>`"), elements::instead(name))
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
        let banned = matches!(
            (element.as_str(), name.as_str()),
            ("body", "background") | ("meta", "http-equiv")
        );
        if name.starts_with("on") {
            let message = || (format!("`{name}` runs code"), "delete the attribute");
            self.reading.report(&rule::ACTIVE_CONTENT, range.clone(), message);
        } else if name.starts_with("xmlns") || banned {
            let message =
                || (format!("EDGAR takes no `{name}` on `<{element}>`"), "delete the attribute");
            self.reading.report(&rule::HTML_ATTRIBUTE, range.clone(), message);
        } else if values.is_none() {
            self.reading.report(&rule::HTML_ATTRIBUTE_UNLISTED, range.clone(), || {
                let shown: String = name.chars().take(40).collect();
                (format!("EDGAR's list has no `{shown}` for `<{element}>`"), unlisted(&name))
            });
        }
        self.attribute = Some(Attribute { name, range, values });
    }

    fn attribute_value(&mut self, value: &[u8], range: Range<usize>) {
        let (Some(tag), Some(attribute)) = (&self.tag, self.attribute.take()) else { return };
        let value = tokens::text(value);
        references::judge(self.reading, range.clone());
        if let Some(values) = attribute.values.filter(|values| !values.is_empty())
            && !values.split('|').any(|known| known.eq_ignore_ascii_case(value.trim()))
        {
            let at = attribute.range.start..range.end;
            self.reading.report(&rule::HTML_ATTRIBUTE_UNLISTED, at, || {
                let shown: String = value.chars().take(40).collect();
                let message =
                    format!("`{}` on `<{}>` cannot be `{shown}`", attribute.name, tag.name);
                (message, format!("EDGAR's list has: {}", values.replace('|', ", ")))
            });
        }
        if links::is_code(&value) {
            let at = attribute.range.start..range.end;
            let message = || (format!("`{}` has code", attribute.name), "delete the attribute");
            self.reading.report(&rule::ACTIVE_CONTENT, at, message);
        }
        match (tag.name.as_str(), attribute.name.as_str()) {
            ("a", "href") => {
                let place = links::href(self.reading, range.clone(), &value);
                self.wanted.extend(
                    place.filter(|_| self.wanted.len() < PLACES).map(|place| (place, range)),
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
            None => {} // its start tag was told
        }
    }

    fn comment(&mut self, range: Range<usize>) {
        if self.reading.text[range.start..].starts_with("<?") {
            let range = range.start..range.end;
            self.reading.report(&rule::HTML_STRUCTURE, range, || {
                (
                    "a processing instruction; only comments may stand around `<html>`".to_owned(),
                    "delete it",
                )
            });
        }
    }

    /// What the tokenizer found malformed, save what is judged elsewhere.
    fn error(&mut self, error: Error, at: usize) {
        let name = error.as_str();
        let elsewhere = [
            "character-reference",
            "input-stream",
            "null-character",
            "question-mark",
            "solidus-in-tag",
        ];
        if elsewhere.iter().any(|known| name.contains(known)) {
            return;
        }
        let text = self.reading.text;
        let before = text.get(..at).unwrap_or(text);
        let range = match error {
            Error::InvalidFirstCharacterOfTagName | Error::EofBeforeTagName | Error::EofInTag => {
                last(before, "<")
            }
            Error::EofInComment => last(before, "<!--"),
            _ => before.char_indices().next_back().map_or(0, |(i, _)| i)..before.len(),
        };
        let hint = match error {
            Error::InvalidFirstCharacterOfTagName | Error::EofBeforeTagName => {
                "write `&lt;` for the sign itself"
            }
            Error::EofInTag | Error::EofInComment => "close it",
            _ => "",
        };
        self.reading.report_as(Severity::Warning, &rule::HTML_SYNTAX, range, || {
            let message = format!(
                "malformed HTML: {}",
                name.replace('-', " ").replace("eof", "the file ends")
            );
            (message, if hint.is_empty() { "mend it at the place" } else { hint })
        });
    }

    /// At the end of the document: what is still open, and links whose places never came.
    fn end(mut self) {
        self.nesting.finish(self.reading);
        for (place, range) in std::mem::take(&mut self.wanted) {
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

/// The last place of a mark.
fn last(text: &str, mark: &str) -> Range<usize> {
    text.rfind(mark).map_or(text.len()..text.len(), |at| at..at + mark.len())
}

/// What to do about an attribute that is not in the list.
fn unlisted(name: &str) -> &'static str {
    match name {
        "face" => "write `style=\"font-family:…\"`",
        "color" | "bgcolor" => "write `style=\"color:…\"` or `style=\"background:…\"`",
        "align" | "valign" | "nowrap" | "width" | "height" | "border" => "say it in `style`",
        "target" => "delete the attribute; links open where the reader wants",
        _ => "say it in `style`, or delete the attribute",
    }
}
