//! Checks how HTML elements are nested, with optional tags supplied as browsers do.

use std::ops::Range;

use super::super::reading::Reading;
use super::elements::{Element, Group};
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;

/// The maximum depth of elements inside one another.
// A notice needs a dozen. Every tag searches the open elements, so a hostile file would take
// quadratic time.
const DEEPEST: usize = 256;

/// The elements that must be children of certain others.
const PARENTS: &[(&str, &[&str])] = &[
    ("li", &["ul", "ol", "dir", "menu"]),
    ("dt", &["dl"]),
    ("dd", &["dl"]),
    ("tr", &["table"]),
    ("caption", &["table"]),
    ("td", &["tr"]),
    ("th", &["tr"]),
];

/// Elements that `<pre>` may not contain (`efm-htm.dtd`).
const NOT_IN_PRE: &[&str] = &["img", "big", "small", "sub", "sup", "font"];

/// The advice on content outside the body.
const INSIDE: &str = "put all that the document shows inside `<body>`";

/// An open element and the range of its start tag.
struct Open {
    element: &'static Element,
    at: Range<usize>,
}

/// The open elements, and the parts of the document so far.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<Open>,
    /// The number of open tables.
    tables: usize,
    seen_html: bool,
    seen_body: bool,
    seen_title: bool,
    seen_second_body: bool,
    /// Whether content outside the body has been found; once before it and once after.
    seen_outside: bool,
    /// The first content after the body, which is reported at the end.
    after_body: Option<(Range<usize>, String)>,
    reported_depth: bool,
    /// The start tag that ended the last paragraph without an end tag.
    ended_paragraph: Option<&'static str>,
}

impl Nesting {
    /// Checks the start tag of an element that EDGAR accepts.
    pub(super) fn start(
        &mut self,
        reading: &mut Reading<'_>,
        element: &'static Element,
        at: Range<usize>,
    ) {
        match element.name {
            "html" | "body" | "head" => return self.frame(reading, element, at),
            "title" | "meta" | "isindex" => {
                self.seen_title |= element.name == "title";
                if self.is_open("body") {
                    reading.report(&rule::HTML_NESTING, at.clone(), || {
                        (format!("`<{}>` belongs into `<head>`", element.name), "move it there")
                    });
                }
            }
            _ => self.outside(reading, &at, || format!("`<{}>`", element.name)),
        }
        self.imply(element);
        self.check_parent(reading, element, &at);
        if element.group != Group::Void {
            self.push(reading, element, at);
        }
    }

    /// Checks the start tag of `html`, `head` or `body`.
    fn frame(&mut self, reading: &mut Reading<'_>, element: &'static Element, at: Range<usize>) {
        let again = || (format!("a second `<{}>`", element.name), "make one document of the two");
        match element.name {
            "html" if self.seen_html => reading.report(&rule::HTML_STRUCTURE, at.clone(), again),
            // EDGAR accepts it.
            "body" if self.seen_body => {
                self.seen_second_body = true;
                reading.report_as(Severity::Warning, &rule::HTML_STRUCTURE, at.clone(), again);
            }
            "html" if !self.open.is_empty() || self.seen_outside => {
                let message = || ("content before `<html>`".to_owned(), "move it into the body");
                reading.report(&rule::HTML_STRUCTURE, at.clone(), message);
            }
            _ => {}
        }
        self.seen_html |= element.name == "html";
        if element.name == "body" {
            (self.seen_body, self.seen_outside) = (true, false);
            self.close_to("head");
        }
        self.push(reading, element, at);
    }

    /// Opens an element, and reports the first that is too deep.
    fn push(&mut self, reading: &mut Reading<'_>, element: &'static Element, at: Range<usize>) {
        if self.open.len() < DEEPEST {
            self.tables += usize::from(element.name == "table");
            self.open.push(Open { element, at });
        } else if !self.reported_depth {
            self.reported_depth = true;
            reading.report(&rule::HTML_NESTING, at, || {
                (
                    format!("elements are nested more than {DEEPEST} deep"),
                    "close those that are done",
                )
            });
        }
    }

    /// Reports text or an element outside the body.
    fn outside(
        &mut self,
        reading: &mut Reading<'_>,
        at: &Range<usize>,
        content: impl FnOnce() -> String,
    ) {
        if self.seen_outside || self.is_open("body") {
            return;
        }
        self.seen_outside = true;
        if self.seen_body {
            self.after_body.get_or_insert_with(|| (at.clone(), content()));
            return;
        }
        reading.report(&rule::HTML_STRUCTURE, at.clone(), || {
            (format!("{} is before `<body>`", content()), INSIDE)
        });
    }

    /// Checks the text between tags.
    pub(super) fn text(&mut self, reading: &mut Reading<'_>, range: &Range<usize>, value: &[u8]) {
        let in_title = self.open.last().is_some_and(|open| open.element.group == Group::Head);
        if in_title || self.seen_outside || self.is_open("body") {
            return;
        }
        // A byte order mark has a rule of its own, hence only ASCII.
        if let Some(first) =
            value.iter().position(|byte| !byte.is_ascii_whitespace() && *byte < 0x80)
        {
            let start = (range.start + first).min(range.end);
            self.outside(reading, &(start..range.end), || "text".to_owned());
        }
    }

    /// Closes the elements that a start tag ends without their end tags.
    fn imply(&mut self, element: &'static Element) {
        let (ends, within): (&[&str], &[&str]) = match element.name {
            "li" => (&["li"], &["ul", "ol", "dir", "menu", "td", "th"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th"]),
            "tr" => (&["tr", "td", "th", "caption"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "hr" => (&["p"], CELLS),
            _ if element.group == Group::Block => (&["p"], CELLS),
            _ => return,
        };
        // Only up to the nearest list, row or table: an item does not end an item outside its list.
        let scope = self
            .open
            .iter()
            .rposition(|open| within.contains(&open.element.name))
            .map_or(0, |i| i + 1);
        let ended = self.open[scope..].iter().position(|open| ends.contains(&open.element.name));
        if let Some(ended) = ended {
            if self.open[scope + ended].element.name == "p" && element.name != "p" {
                self.ended_paragraph = Some(element.name);
            }
            self.cut(scope + ended);
        }
    }

    /// Reports an element whose parent, or an ancestor, must not contain it.
    fn check_parent(
        &mut self,
        reading: &mut Reading<'_>,
        element: &'static Element,
        at: &Range<usize>,
    ) {
        let name = element.name;
        if name == "table" && self.tables > 0 {
            let message = || {
                (
                    "a table inside a table".to_owned(),
                    "end the first table before it, or use its cells",
                )
            };
            return reading.report(&rule::NESTED_TABLE, at.clone(), message);
        }
        let parent = self.open.last().map_or("", |open| open.element.name);
        let parents = PARENTS.iter().find(|(child, _)| *child == name).map(|(_, parents)| *parents);
        let message = match parents {
            Some(parents) if !parents.contains(&parent) => {
                format!("`<{name}>` is outside a `<{}>`", parents[0])
            }
            None if matches!(parent, "table" | "tr" | "ul" | "ol" | "dl" | "dir" | "menu") => {
                format!("`<{name}>` is directly in a `<{parent}>`")
            }
            None if name == "a" && self.is_open("a") => "a link inside a link".to_owned(),
            None if NOT_IN_PRE.contains(&name) && self.is_open("pre") => {
                format!("`<{name}>` is inside `<pre>`")
            }
            None if element.group == Group::Block && is_heading(parent) => {
                format!("`<{name}>` is inside `<{parent}>`")
            }
            _ => return,
        };
        reading.report(&rule::HTML_NESTING, at.clone(), || message);
    }

    /// Checks the end tag of an element that EDGAR accepts.
    pub(super) fn end(
        &mut self,
        reading: &mut Reading<'_>,
        element: &'static Element,
        at: Range<usize>,
    ) {
        let name = element.name;
        let Some(found) = self.opened_by(element) else {
            return self.closes_nothing(reading, name, at);
        };
        for open in self.open[found + 1..].iter().rev().filter(|open| !open.element.may_stay_open())
        {
            reading.report(&rule::HTML_NESTING, open.at.clone(), || {
                let inner = open.element.name;
                (
                    format!("`<{inner}>` is not closed before `</{name}>`"),
                    format!("write `</{inner}>`"),
                )
            });
        }
        self.seen_outside &= name != "body";
        self.cut(found);
    }

    /// Returns the index of the open element that an end tag closes, or `None` if there is none.
    fn opened_by(&self, element: &'static Element) -> Option<usize> {
        let found = self.open.iter().rposition(|open| open.element.name == element.name)?;
        // A cell's bold ends with the cell, even if its end tag comes later.
        let crosses = element.group == Group::Inline
            && self.open[found..].iter().any(|open| CELLS.contains(&open.element.name));
        (!crosses).then_some(found)
    }

    /// Reports an end tag without a start tag.
    fn closes_nothing(&mut self, reading: &mut Reading<'_>, name: &str, at: Range<usize>) {
        // `<p><table></p>` is a common mistake whose cause is the tag between.
        let paragraph = self.ended_paragraph.take().filter(|_| name == "p");
        reading.report(&rule::HTML_NESTING, at, || match paragraph {
            Some(by) => {
                (format!("`</p>` closes nothing: `<{by}>` ended the paragraph"), "close it before")
            }
            None => {
                (format!("`</{name}>` closes nothing"), "delete it, or open the element before")
            }
        });
    }

    /// Reports the elements that are open at the end of the document, and content after the body.
    pub(super) fn finish(&mut self, reading: &mut Reading<'_>) {
        if let Some((at, content)) = self.after_body.take() {
            // The end of one of two bodies does not end the other.
            let severity = if self.seen_second_body { Severity::Warning } else { Severity::Error };
            reading.report_as(severity, &rule::HTML_STRUCTURE, at, || {
                (format!("{content} is after `</body>`"), INSIDE)
            });
        }
        for open in self.open.iter().filter(|open| !open.element.may_stay_open()) {
            reading.report(&rule::HTML_NESTING, open.at.clone(), || {
                (
                    format!("`<{}>` is never closed", open.element.name),
                    format!("write `</{}>`", open.element.name),
                )
            });
        }
        if !self.seen_title {
            reading.report_whole(&rule::HTML_NESTING, || {
                ("the document has no `<title>`".to_owned(), "write one into `<head>`")
            });
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.element.name == name)
    }

    /// Closes an element and all inside it.
    fn close_to(&mut self, name: &str) {
        if let Some(found) = self.open.iter().position(|open| open.element.name == name) {
            self.cut(found);
        }
    }

    /// Closes the open elements from an index on.
    fn cut(&mut self, from: usize) {
        self.open.truncate(from);
        self.tables = self.open.iter().filter(|open| open.element.name == "table").count();
    }
}

/// The elements that the end of a paragraph or of an inline element does not cross.
const CELLS: &[&str] = &["td", "th", "caption", "table"];

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
