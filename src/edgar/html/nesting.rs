//! Which HTML elements are open, and whether an element may stand where it does. Tags that may be
//! left out are put in as browsers do; all else that does not match is told.

use std::ops::Range;

use super::super::reading::Reading;
use super::elements::{Element, Group};
use crate::diagnostics::rule;

/// The deepest that elements are followed into one another; a notice needs a dozen.
const DEEPEST: usize = 256;

/// Elements that may stand in a list, a row or a table.
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

struct Open {
    element: &'static Element,
    at: Range<usize>,
}

/// The elements that are open, and what was seen of the document's frame.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<Open>,
    tables: usize,
    seen_html: bool,
    seen_body: bool,
    seen_title: bool,
    /// Whether something was told to stand outside, since the frame last changed.
    told_outside: bool,
    told_deep: bool,
    /// The tag that ended the last paragraph that was ended by none of its own.
    ended_paragraph: Option<&'static str>,
}

impl Nesting {
    /// A start tag of an element that EDGAR takes.
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
        self.fits(reading, element, &at);
        if element.group != Group::Void {
            self.push(reading, element, at);
        }
    }

    fn frame(&mut self, reading: &mut Reading<'_>, element: &'static Element, at: Range<usize>) {
        let again = || (format!("a second `<{}>`", element.name), "make one document of the two");
        match element.name {
            "html" if self.seen_html => reading.report(&rule::HTML_STRUCTURE, at.clone(), again),
            "body" if self.seen_body => reading.report(&rule::HTML_STRUCTURE, at.clone(), again),
            "html" if !self.open.is_empty() || self.told_outside => {
                let message =
                    || ("something stands before `<html>`".to_owned(), "move it into the body");
                reading.report(&rule::HTML_STRUCTURE, at.clone(), message);
            }
            _ => {}
        }
        self.seen_html |= element.name == "html";
        if element.name == "body" {
            (self.seen_body, self.told_outside) = (true, false);
            self.close_to("head");
        }
        self.push(reading, element, at);
    }

    fn push(&mut self, reading: &mut Reading<'_>, element: &'static Element, at: Range<usize>) {
        if self.open.len() < DEEPEST {
            self.tables += usize::from(element.name == "table");
            self.open.push(Open { element, at });
        } else if !self.told_deep {
            self.told_deep = true;
            reading.report(&rule::HTML_NESTING, at, || {
                (
                    format!("elements are nested more than {DEEPEST} deep"),
                    "close those that are done",
                )
            });
        }
    }

    /// Text or an element that should be inside the body and is not, told once before and once
    /// after.
    fn outside(
        &mut self,
        reading: &mut Reading<'_>,
        at: &Range<usize>,
        what: impl FnOnce() -> String,
    ) {
        if self.told_outside || self.is_open("body") {
            return;
        }
        self.told_outside = true;
        let side = if self.seen_body { "after `</body>`" } else { "before `<body>`" };
        reading.report(&rule::HTML_STRUCTURE, at.clone(), || {
            (
                format!("{} stands {side}", what()),
                "all that a document shows stands inside `<body>`",
            )
        });
    }

    /// Text between tags.
    pub(super) fn text(&mut self, reading: &mut Reading<'_>, range: &Range<usize>, value: &[u8]) {
        let in_title = self.open.last().is_some_and(|open| open.element.group == Group::Head);
        if in_title || self.told_outside || self.is_open("body") {
            return;
        }
        if let Some(first) =
            value.iter().position(|byte| !byte.is_ascii_whitespace() && *byte < 0x80)
        {
            let start = (range.start + first).min(range.end);
            self.outside(reading, &(start..range.end), || "text".to_owned());
        }
    }

    /// Ends what a start tag ends without saying so.
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

    /// Whether an element may stand in what is open.
    fn fits(&mut self, reading: &mut Reading<'_>, element: &'static Element, at: &Range<usize>) {
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
                format!("`<{name}>` stands outside of a `<{}>`", parents[0])
            }
            None if matches!(parent, "table" | "tr" | "ul" | "ol" | "dl" | "dir" | "menu") => {
                format!("`<{name}>` stands directly in a `<{parent}>`")
            }
            None if name == "a" && self.is_open("a") => "a link inside a link".to_owned(),
            None if NOT_IN_PRE.contains(&name) && self.is_open("pre") => {
                format!("`<{name}>` stands inside `<pre>`")
            }
            None if element.group == Group::Block && is_heading(parent) => {
                format!("`<{name}>` stands inside `<{parent}>`")
            }
            _ => return,
        };
        reading.report(&rule::HTML_NESTING, at.clone(), || message);
    }

    /// An end tag of an element that EDGAR takes.
    pub(super) fn end(
        &mut self,
        reading: &mut Reading<'_>,
        element: &'static Element,
        at: Range<usize>,
    ) {
        let name = element.name;
        let inside = element.group == Group::Inline;
        let mut above = self.open.iter().rposition(|open| open.element.name == name);
        if let Some(found) = above {
            // A cell's bold ends with the cell, whatever its end tag says.
            let crosses = |open: &Open| inside && CELLS.contains(&open.element.name);
            above = above.filter(|_| !self.open[found..].iter().any(crosses));
        }
        let Some(found) = above else {
            let paragraph = self.ended_paragraph.take().filter(|_| name == "p");
            return reading.report(&rule::HTML_NESTING, at, || match paragraph {
                Some(by) => (
                    format!("`</p>` closes nothing: `<{by}>` ended the paragraph"),
                    "close it before",
                ),
                None => {
                    (format!("`</{name}>` closes nothing"), "delete it, or open the element before")
                }
            });
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
        self.told_outside &= name != "body";
        self.cut(found);
    }

    /// At the end of the file.
    pub(super) fn finish(&mut self, reading: &mut Reading<'_>) {
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

    fn close_to(&mut self, name: &str) {
        if let Some(found) = self.open.iter().position(|open| open.element.name == name) {
            self.cut(found);
        }
    }

    fn cut(&mut self, from: usize) {
        self.open.truncate(from);
        self.tables = self.open.iter().filter(|open| open.element.name == "table").count();
    }
}

/// What an end of a paragraph, or of a piece of a line, does not reach out of.
const CELLS: &[&str] = &["td", "th", "caption", "table"];

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
