//! Reads a package's XML into a tree with the offset of every element. The file is untrusted: its
//! size, depth and number of elements are bounded, no entity is expanded and no document type is
//! read.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};

use crate::diagnostics::secret::{self, PLACEHOLDER};

/// The largest package that is checked, in bytes. The package of a notice has tens of kilobytes.
pub const LARGEST: usize = 64 * 1024 * 1024;
/// The greatest depth of elements; a submission needs six.
const DEEPEST: usize = 32;
/// The most elements; a submission of a hundred series has several hundred.
const MOST_ELEMENTS: usize = 50_000;
/// The most attributes of an element; the root declares two or three namespaces.
const MOST_ATTRIBUTES: usize = 32;

/// The most codes. A submission has one for each filer; each is searched for in all texts that are
/// shown.
const MOST_CODES: usize = 1000;

/// The number of words of a value in which a code is searched for; contents in base64 are one word.
const WORDS: usize = 100;

/// The namespace of `schemaLocation` and similar attributes, allowed on every element.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its namespace; empty if it has none.
    pub(super) space: Rc<str>,
    /// The offset of its start tag.
    pub(super) at: usize,
    /// Its attributes that no schema of a submission has.
    pub(super) attributes: Vec<String>,
    /// The elements directly inside it.
    pub(super) children: Vec<Node>,
    /// The text directly inside it.
    pub(super) text: String,
    /// The offset of its text.
    pub(super) text_at: usize,
    /// Whether its text contains more than white space so far.
    begun: bool,
    /// Whether it or an element around it may contain a code, by its name.
    hidden: bool,
}

impl Node {
    /// Returns the first child with a name, in any namespace.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns all children with a name, in any namespace.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// An error in the XML, at a byte offset.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) message: String,
}

/// The codes of a file, and the ranges of the elements that contain them; neither may be shown.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    pub(super) texts: BTreeSet<String>,
    pub(super) ranges: Vec<Range<usize>>,
}

/// Reads a file into a tree. Collects the secrets even if the file cannot be read to its end.
pub(super) fn read(text: &str, secrets: &mut Secrets) -> Result<Node, Fault> {
    check_text(text)?;
    let mut reader = Reader::from_str(text);
    // The default, made explicit: XML forbids a lone `&`.
    reader.config_mut().allow_dangling_amp = false;
    let mut tree =
        Tree { text, secrets, open: vec![Node::default()], bound: Vec::new(), elements: 0 };
    loop {
        let at = position(reader.buffer_position());
        let event = reader.read_event().map_err(|error| Fault {
            at: position(reader.error_position()).max(at),
            message: describe(&error),
        })?;
        let end = position(reader.buffer_position());
        match event {
            Event::Start(start) => tree.start(&start, at, end)?,
            Event::Empty(start) => {
                tree.start(&start, at, end)?;
                tree.end(end)?;
            }
            Event::End(_) => tree.end(at)?,
            Event::Text(content) => tree.content(&content.xml10_content(), at)?,
            Event::CData(content) => tree.content(&content.xml10_content(), at)?,
            Event::GeneralRef(reference) => tree.content(&resolve(&reference, at)?, at)?,
            Event::DocType(_) => {
                return Err(Fault { at, message: "a submission has no document type".to_owned() });
            }
            Event::Decl(declaration) => check_declaration(&declaration, at, text)?,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return tree.root(),
        }
    }
}

/// Checks the size and the characters of a file; quick-xml checks neither.
fn check_text(text: &str) -> Result<(), Fault> {
    if text.len() > LARGEST {
        let message =
            format!("the file is larger than {} MB, so it is not checked", LARGEST / (1024 * 1024));
        return Err(Fault { at: 0, message });
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !is_xml(*c)) {
        return Err(Fault {
            at,
            message: format!("U+{:04X} is not a valid character of XML", u32::from(c)),
        });
    }
    Ok(())
}

/// Converts an offset of quick-xml, which fits because the file is in memory.
fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Whether XML 1.0 allows a character (production 2).
fn is_xml(c: char) -> bool {
    let is_control = c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    !is_control && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Describes an error of quick-xml without text of the file that could be a secret.
fn describe(error: &Error) -> String {
    // The names may be any text of the file. A CCC contains one of `@`, `#`, `$`, `*`, which no
    // such name does.
    let plain = |name: &str| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-');
        name.len() <= 60 && name.chars().all(is_name)
    };
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found })
            if plain(expected) && plain(found) =>
        {
            format!("`</{found}>` is not the expected `</{expected}>`")
        }
        Error::IllFormed(IllFormedError::MissingEndTag(name)) if plain(name) => {
            format!("`<{name}>` is not closed")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) if plain(name) => {
            format!("`</{name}>` closes nothing")
        }
        Error::IllFormed(IllFormedError::UnclosedReference) => {
            "an `&` does not begin a reference".to_owned()
        }
        Error::Syntax(error) => format!("it is not XML: {error}"),
        _ => "it is not well-formed XML".to_owned(),
    }
}

/// Returns the character of a reference. Only XML's own five names are known: others would need a
/// document type.
fn resolve(reference: &BytesRef<'_>, at: usize) -> Result<String, Fault> {
    let fault = || Fault { at, message: "a reference does not name a character".to_owned() };
    if reference.is_char_ref() {
        let c =
            reference.resolve_char_ref().ok().flatten().filter(|c| is_xml(*c)).ok_or_else(fault)?;
        return Ok(c.to_string());
    }
    let name: &str = reference;
    resolve_predefined_entity(name).map(str::to_owned).ok_or_else(fault)
}

/// Checks that the XML declaration comes first and names an encoding of the bytes.
fn check_declaration(declaration: &BytesDecl<'_>, at: usize, text: &str) -> Result<(), Fault> {
    if !text[..at].trim_start_matches('\u{FEFF}').is_empty() {
        return Err(Fault {
            at,
            message: "the XML declaration is not at the beginning".to_owned(),
        });
    }
    let content = declaration.to_ascii_lowercase();
    // ASCII is a subset of UTF-8, and the bytes are UTF-8 already.
    let known = ["utf-8", "us-ascii"].iter().any(|name| {
        content.contains(&format!("encoding=\"{name}\""))
            || content.contains(&format!("encoding='{name}'"))
    });
    if content.contains("encoding") && !known {
        return Err(Fault {
            at,
            message: "the XML declares an encoding other than UTF-8".to_owned(),
        });
    }
    Ok(())
}

/// The tree under construction.
struct Tree<'a> {
    text: &'a str,
    secrets: &'a mut Secrets,
    /// The open elements, after one for the document itself.
    open: Vec<Node>,
    /// Prefixes and their namespaces, each with the depth of the element that declares it.
    bound: Vec<(usize, String, Rc<str>)>,
    elements: usize,
}

impl Tree<'_> {
    fn start(&mut self, start: &BytesStart<'_>, at: usize, end: usize) -> Result<(), Fault> {
        let fault = |message: &str| Fault { at, message: message.to_owned() };
        self.elements += 1;
        if self.open.len() > DEEPEST {
            return Err(fault("elements are nested deeper than in any submission"));
        }
        if self.elements > MOST_ELEMENTS {
            return Err(fault("there are more elements than in any submission"));
        }
        let attributes = self.attributes(start, at)?;
        let qualified = start.name();
        let whole: &str = qualified.as_ref();
        let (prefix, name) = whole.split_once(':').unwrap_or(("", whole));
        let space = self.namespace(prefix).ok_or_else(|| fault("a prefix has no namespace"))?;
        // Not `filerCcc` alone: an element with a mistyped name may contain a code, too.
        let hidden = self.open.last().is_some_and(|parent| parent.hidden)
            || name.to_ascii_lowercase().contains("ccc");
        let node = Node {
            name: name.to_owned(),
            space,
            at,
            attributes,
            text_at: end,
            hidden,
            ..Node::default()
        };
        self.open.push(node);
        Ok(())
    }

    /// Notes the namespaces that an element declares, and returns its attributes that no schema
    /// has.
    fn attributes(&mut self, start: &BytesStart<'_>, at: usize) -> Result<Vec<String>, Fault> {
        let depth = self.open.len();
        let fault = |message: &str| Fault { at, message: message.to_owned() };
        let mut names: Vec<String> = Vec::new();
        // Duplicates are checked below, with a message of their own.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| fault("an attribute is malformed"))?;
            let key: &str = attribute.key.as_ref();
            if names.len() == MOST_ATTRIBUTES {
                return Err(fault("an element has more attributes than any of a submission"));
            }
            if names.iter().any(|known| known == key) {
                return Err(fault("an attribute occurs twice"));
            }
            names.push(key.to_owned());
            let prefix = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix {
                let value = attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .map_err(|_| fault("an attribute is malformed"))?;
                self.bound.push((depth, prefix.to_owned(), value.into()));
            }
        }
        let foreign = |key: &String| {
            let declares = key == "xmlns" || key.starts_with("xmlns:");
            let instance =
                key.split_once(':').and_then(|(prefix, _)| self.namespace(prefix)).as_deref()
                    == Some(INSTANCE);
            !declares && !instance && !key.starts_with("xml:")
        };
        Ok(names.into_iter().filter(foreign).collect())
    }

    /// Returns the namespace of a prefix, or `None` if it is not declared. The empty prefix always
    /// has one, by default the empty namespace.
    fn namespace(&self, prefix: &str) -> Option<Rc<str>> {
        let found = self
            .bound
            .iter()
            .rev()
            .find(|(_, known, _)| known == prefix)
            .map(|(_, _, space)| Rc::clone(space));
        found.or_else(|| prefix.is_empty().then(Rc::default))
    }

    fn content(&mut self, content: &str, at: usize) -> Result<(), Fault> {
        let outside = self.open.len() == 1;
        let Some(node) = self.open.last_mut() else { return Ok(()) };
        if outside && !content.trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).is_empty() {
            return Err(Fault { at, message: "there is text outside the submission".to_owned() });
        }
        if !node.begun && !content.trim().is_empty() {
            node.text_at = at + content.len() - content.trim_start().len();
            node.begun = true;
        }
        if !outside {
            node.text += content;
        }
        Ok(())
    }

    fn end(&mut self, at: usize) -> Result<(), Fault> {
        let Some(node) = self.open.pop() else { return Ok(()) };
        let depth = self.open.len();
        // Declarations of this element end with it.
        while self.bound.last().is_some_and(|(from, ..)| *from >= depth.max(1)) {
            self.bound.pop();
        }
        let value = node.text.trim();
        // A code may be in the wrong element.
        let words =
            value.split_whitespace().take(WORDS).filter(|word| secret::looks_like_one(word));
        // Shorter values are not hidden: they occur in many messages by chance.
        let whole = Some(value).filter(|value| node.hidden && value.len() >= 4);
        for code in words.chain(whole).filter(|code| *code != PLACEHOLDER) {
            self.secrets.texts.insert(code.to_owned());
            self.secrets.ranges.push(node.at..at.min(self.text.len()));
        }
        if self.secrets.texts.len() > MOST_CODES {
            return Err(Fault {
                at: node.at,
                message: "there are more codes than in any submission".to_owned(),
            });
        }
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(node);
        }
        Ok(())
    }

    /// Returns the root element.
    ///
    /// # Errors
    /// The file ends inside an element, or has no root element or several.
    fn root(mut self) -> Result<Node, Fault> {
        let end = self.text.len();
        if self.open.len() > 1 {
            let name = self.open.pop().map(|node| node.name).unwrap_or_default();
            return Err(Fault { at: end, message: format!("the file ends inside `<{name}>`") });
        }
        let mut roots = self.open.pop().map(|document| document.children).unwrap_or_default();
        match roots.len() {
            0 => Err(Fault { at: 0, message: "there is no element in the file".to_owned() }),
            1 => Ok(roots.remove(0)),
            _ => Err(Fault {
                at: roots[1].at,
                message: "there is a second element after the submission".to_owned(),
            }),
        }
    }
}
