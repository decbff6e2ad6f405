//! The elements of an HTML document as a tree, for callers that show a document again with marks.
//! Only elements that EDGAR accepts are in it; of others the content alone.

use html5gum::emitters::callback::CallbackEvent;

use super::elements::{self, Group};
use super::tokens::{self, tokenize};

/// The deepest nesting of elements; deeper ones are left out, but not their content.
// Callers walk the tree recursively.
const DEEPEST: usize = 100;

/// A node of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, without entities.
    Text(String),
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name in lower case.
    pub name: String,
    /// Its attributes, in their order.
    pub attributes: Vec<(String, String)>,
    /// Its content.
    pub children: Vec<Node>,
}

impl Element {
    fn new(name: &[u8]) -> Element {
        let name = tokens::text(name).into_owned();
        Element { name, attributes: Vec::new(), children: Vec::new() }
    }

    /// Whether it is part of a line.
    pub fn is_inline(&self) -> bool {
        group(self.name.as_bytes()) == Some(Group::Inline)
    }

    /// Whether it has no content and no end tag.
    pub fn is_void(&self) -> bool {
        group(self.name.as_bytes()) == Some(Group::Void)
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Reads the tree of a document, without its title.
pub fn tree(html: &str) -> Element {
    let mut builder = Builder { open: vec![Element::new(b"body")], ..Builder::default() };
    tokenize(html, |event, _| builder.event(&event));
    builder.close(0);
    builder.open.pop().unwrap_or_else(|| Element::new(b"body"))
}

fn group(name: &[u8]) -> Option<Group> {
    elements::find(name).map(|element| element.group)
}

#[derive(Default)]
struct Builder {
    /// The open elements, the root first.
    open: Vec<Element>,
    /// The start tag that is being read.
    tag: Option<Element>,
    attribute: String,
    in_title: bool,
}

impl Builder {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.in_title |= *name == b"title";
                let known = !matches!(group(name), None | Some(Group::Frame | Group::Head));
                self.tag = (known && *name != b"meta").then(|| Element::new(name));
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = tokens::text(name).into_owned();
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(tag) = &mut self.tag {
                    let value = tokens::text(value).into_owned();
                    tag.attributes.push((self.attribute.clone(), value));
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => {
                self.in_title &= *name != b"title";
                let name = tokens::text(name);
                if let Some(at) = self.open.iter().skip(1).rposition(|open| open.name == name) {
                    self.close(at);
                }
            }
            CallbackEvent::String { value } if !self.in_title => {
                self.add(Node::Text(tokens::text(value).into_owned()));
            }
            _ => {}
        }
    }

    /// Opens the element of the current tag.
    fn start(&mut self) {
        let Some(tag) = self.tag.take() else { return };
        // The end tags of paragraphs, items and cells are optional.
        let ends = |open: &Element| match open.name.as_str() {
            "p" => !tag.is_inline() && !tag.is_void(),
            "li" => tag.name == "li",
            "dt" | "dd" => matches!(tag.name.as_str(), "dt" | "dd"),
            "td" | "th" => matches!(tag.name.as_str(), "td" | "th" | "tr"),
            "tr" => tag.name == "tr",
            _ => false,
        };
        while self.open.len() > 1 && self.open.last().is_some_and(ends) {
            self.close(self.open.len() - 2);
        }
        if tag.is_void() {
            self.add(Node::Element(tag));
        } else if self.open.len() < DEEPEST {
            self.open.push(tag);
        }
    }

    /// Closes the open elements but the first ones and the root.
    fn close(&mut self, keep: usize) {
        while self.open.len() > keep + 1 {
            if let Some(element) = self.open.pop() {
                self.add(Node::Element(element));
            }
        }
    }

    fn add(&mut self, node: Node) {
        let Some(parent) = self.open.last_mut() else { return };
        match (parent.children.last_mut(), node) {
            (Some(Node::Text(text)), Node::Text(more)) => text.push_str(&more),
            (_, node) => parent.children.push(node),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(node: &Node) -> String {
        match node {
            Node::Text(text) => text.clone(),
            Node::Element(own) => {
                format!("{}({})", own.name, own.children.iter().map(shown).collect::<String>())
            }
        }
    }

    #[test]
    fn optional_end_tags_and_unknown_elements_leave_their_text() {
        let html = "<title>t</title><p class=x>a&amp;b<p>c<ul><li>d<li>e</ul><blink>f</blink>\
                    <table><tr><td>g<td>h<tr><td>i</table></nosuch>j<br>k";
        let root = Node::Element(tree(html));
        let expected = "body(p(a&b)p(c)ul(li(d)li(e))ftable(tr(td(g)td(h))tr(td(i)))jbr()k)";
        assert_eq!(shown(&root), expected);
    }

    #[test]
    fn nesting_has_a_bound() {
        let root = tree(&"<div>".repeat(100_000));
        let depth = std::iter::successors(Some(&root), |own| match own.children.first() {
            Some(Node::Element(child)) => Some(child),
            _ => None,
        });
        assert_eq!(depth.count(), DEEPEST);
    }
}
