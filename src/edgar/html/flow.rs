//! Reads an HTML document as a flow of text, in the order in which a browser shows it.

use std::ops::Range;

use html5gum::emitters::callback::CallbackEvent;

use super::elements::{self, Group};
use super::tokens::{self, tokenize};
use crate::diagnostics::source::{Position, Walk};
use crate::edgar::flow::{Flow, SPANS, Symbols};

/// The most open elements that are kept. Each end tag is looked for among them.
const DEEPEST: usize = 256;

/// Reads the document that a range of a file has.
pub fn flow(file: &str, document: Range<usize>) -> Flow {
    let mut reader = Reader::default();
    let mut walk = Walk::new(file, document.start);
    tokenize(&file[document.clone()], |event, range| {
        let place = walk.to(document.start + range.start);
        reader.event(&event, place);
    });
    reader.flow.paragraph();
    reader.flow
}

/// The attribute whose value comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Font,
    RowSpan,
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    /// The open elements, each with the font of symbols that its text is in.
    open: Vec<(Vec<u8>, Option<Symbols>)>,
    attribute: Option<Attribute>,
    /// The number of cells of the current row, for each open table.
    cells: Vec<usize>,
    /// Whether the current cell spans rows.
    spans: bool,
    /// The number of open elements that a browser does not show.
    hidden: usize,
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>, place: Position) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name),
            CallbackEvent::AttributeName { name } => {
                self.attribute = match *name {
                    b"style" | b"face" => Some(Attribute::Font),
                    b"rowspan" => Some(Attribute::RowSpan),
                    _ => None,
                }
            }
            CallbackEvent::AttributeValue { value } => self.value(&tokens::text(value)),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } if self.hidden == 0 => {
                self.text(&tokens::text(value), place);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, place: Position) {
        if self.is_in(b"pre") {
            return self.preformatted(text, place);
        }
        if text.chars().all(char::is_whitespace) {
            // An underlined blank is a line to write on.
            let is_line = text.contains('\u{a0}') && self.is_in(b"u");
            return self.flow.push(if is_line { "__" } else { text });
        }
        self.flow.mark(place);
        if std::mem::take(&mut self.spans) {
            self.flow.text.push(SPANS);
        }
        match self.open.last().and_then(|(_, symbols)| *symbols) {
            Some(symbols) => {
                self.flow.push(&text.chars().map(|c| symbols.shown(c)).collect::<String>());
            }
            None => self.flow.push(text),
        }
    }

    /// Whether an element is open.
    fn is_in(&self, name: &[u8]) -> bool {
        self.open.iter().any(|(open, _)| open == name)
    }

    /// Adds text that keeps its lines and columns.
    fn preformatted(&mut self, text: &str, place: Position) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 && self.flow.text.ends_with('\n') {
                self.flow.paragraph();
            } else if number > 0 {
                self.flow.line();
            }
            let is_rule = line.len() > 2 && line.chars().all(|c| "-_= \r".contains(c));
            let cells = line.split("   ").filter(|cell| !cell.trim().is_empty() && !is_rule);
            for (n, cell) in cells.enumerate() {
                self.flow.mark(Position { line: place.line + number, ..place });
                if n > 0 {
                    self.flow.cell();
                }
                self.flow.push(cell);
            }
        }
    }

    fn start(&mut self, name: &[u8]) {
        let group = group(name);
        self.attribute = None;
        match name {
            b"br" => return self.flow.line(),
            b"table" => {
                self.flow.paragraph();
                self.flow.tables += 1;
                self.cells.push(0);
            }
            b"tr" => {
                self.flow.line();
                self.cells.last_mut().into_iter().for_each(|cells| *cells = 0);
            }
            b"td" | b"th" => self.cell(),
            b"li" => {
                self.break_block();
                self.flow.push("\u{2022} ");
            }
            _ if group != Group::Inline => self.break_block(),
            _ => {}
        }
        self.hidden += usize::from(is_hidden(name));
        if group != Group::Void {
            let symbols = self.open.last().and_then(|(_, symbols)| *symbols);
            if self.open.len() < DEEPEST {
                self.open.push((name.to_vec(), symbols));
            }
        }
    }

    fn cell(&mut self) {
        self.spans = false;
        let Some(cells) = self.cells.last_mut() else { return };
        *cells += 1;
        if *cells > 1 {
            self.flow.cell();
        }
    }

    /// Ends a paragraph, or inside a table, where each cell has its own paragraphs, a line.
    fn break_block(&mut self) {
        if self.cells.is_empty() {
            self.flow.paragraph();
        } else if !self.flow.text.ends_with('\t') {
            self.flow.line();
        }
    }

    fn value(&mut self, value: &str) {
        match self.attribute.take() {
            Some(Attribute::Font) => {
                let value = value.to_ascii_lowercase();
                // A style without a font keeps that of the element around it.
                let names_font = value.contains("font") || !value.contains(':');
                if let Some((_, symbols)) = self.open.last_mut().filter(|_| names_font) {
                    *symbols = symbols.or_else(|| Symbols::of_font(&value));
                }
            }
            Some(Attribute::RowSpan) => {
                self.spans = value.trim().parse().is_ok_and(|rows: u32| rows > 1);
            }
            None => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.attribute = None;
        if is_hidden(name) {
            self.hidden = self.hidden.saturating_sub(1);
        }
        match name {
            b"table" => {
                self.cells.pop();
                self.flow.paragraph();
            }
            b"tr" => self.flow.line(),
            b"td" | b"th" => self.spans = false,
            _ if group(name) != Group::Inline => self.break_block(),
            _ => {}
        }
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }
}

/// Returns the place of an element. One that EDGAR does not know, such as `span`, is part of a line.
fn group(name: &[u8]) -> Group {
    elements::find(name).map_or(Group::Inline, |element| element.group)
}

/// Whether a browser does not show the text of an element.
fn is_hidden(name: &[u8]) -> bool {
    matches!(name, b"title" | b"script" | b"style" | b"ix:header")
}
