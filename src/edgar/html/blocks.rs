//! Reads an HTML document as a browser shows it: block by block, tables by their cells.
//!
//! Texts keep their characters; callers spell and compare them. Tags within a line do not divide
//! words.

use ecow::EcoString;
use html5gum::emitters::callback::CallbackEvent;

use super::elements::{self, Group};
use super::lists::{Lists, declares};
use super::table::Table;
use super::tokens::{self, tokenize};

pub use super::lists::Mark;

/// The class that the layouts give to the caption of a field.
const CAPTION: &str = "caption";

/// The kind of a block of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, `h1` to `h6`, with its level.
    Heading(u8),
    /// A paragraph, or any other block of text.
    Paragraph,
    /// An item of a list with bullets.
    Item,
    /// An item of any other list: check boxes, numbers.
    Entry,
    /// The caption of a field: `dt`, or a block of the class `caption`.
    Term,
    /// The caption of a table.
    Caption,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title, which no page shows.
    Title(String),
    /// A block of text.
    Text(TextBlock),
    /// The texts of a table's cells, by rows.
    Table(Vec<Vec<String>>),
    /// An item of a list or a table begins, or a list ends.
    // Without it, a caller cannot know whether a check box in a block of its own marks the next.
    Boundary,
}

/// A block of text: with a mark, with lines, or with both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBlock {
    /// Its kind.
    pub kind: BlockKind,
    /// Whether it is set in the middle.
    pub centred: bool,
    /// The mark of the item that it begins, if the list has marks.
    pub mark: Option<Mark>,
    /// Its text, divided at `<br>`.
    // A line of no-break spaces stays: it is a blank to be filled in.
    pub lines: Vec<String>,
}

/// Reads the blocks of a document, in its order.
pub fn blocks(html: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    tokenize(html, |event, _| reader.event(&event));
    reader.blocks()
}

/// An open element.
struct Open {
    name: EcoString,
    centred: bool,
    /// Whether it has the class of captions.
    caption: bool,
}

/// An attribute that changes the kind or the look of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Class,
    Style,
}

/// The blocks read so far, and the state of the document at this token.
#[derive(Default)]
pub(super) struct Reader {
    blocks: Vec<Block>,
    /// The lines of the current block but its last.
    lines: Vec<String>,
    /// The current line.
    text: String,
    open: Vec<Open>,
    lists: Lists,
    /// The mark of an item whose block has not come yet.
    mark: Option<Mark>,
    /// The attribute whose value comes next, if it counts.
    attribute: Option<Attribute>,
    /// Whether the current start tag begins a block.
    block_tag: bool,
    table: Table,
    in_title: bool,
}

impl Reader {
    /// Returns the blocks of all tokens.
    pub(super) fn blocks(mut self) -> Vec<Block> {
        self.flush();
        self.settle();
        self.blocks
    }

    /// Reads one token.
    pub(super) fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name),
            CallbackEvent::AttributeName { name } => {
                self.attribute = match *name {
                    b"class" => Some(Attribute::Class),
                    b"style" => Some(Attribute::Style),
                    _ => None,
                }
            }
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.text.push_str(&tokens::text(value)),
            _ => {}
        }
    }

    /// Reads a start tag.
    fn start(&mut self, name: &[u8]) {
        self.block_tag = false;
        if name == b"br" {
            return self.line_break();
        }
        let group = elements::find(name).map(|element| element.group);
        if group == Some(Group::Inline) {
            return;
        }
        self.flush();
        if matches!(name, b"li" | b"table") {
            self.boundary();
        }
        self.mark = self.lists.start(name).or(self.mark.take());
        self.in_title |= name == b"title";
        self.table.start(name);
        if group != Some(Group::Void) {
            // The end tags of items, cells and paragraphs are optional.
            if matches!(name, b"p" | b"li" | b"dt" | b"dd" | b"td" | b"th" | b"tr") {
                self.open.pop_if(|open| open.name.as_bytes() == name);
            }
            let centred = self.open.last().is_some_and(|open| open.centred);
            self.open.push(Open { name: tokens::text(name).into(), centred, caption: false });
            self.block_tag = true;
        }
    }

    /// Reads the value of the current attribute.
    fn value(&mut self, value: &[u8]) {
        let (Some(attribute), true) = (self.attribute, self.block_tag) else { return };
        let Some(open) = self.open.last_mut() else { return };
        match attribute {
            Attribute::Class => {
                let value = tokens::text(value);
                open.caption |= value.split_ascii_whitespace().any(|class| class == CAPTION);
            }
            Attribute::Style => {
                open.centred |= declares(value, b"text-align:center");
                self.lists.style(value);
            }
        }
    }

    /// Reads an end tag.
    fn end(&mut self, name: &[u8]) {
        // Browsers ignore the attributes of end tags.
        self.block_tag = false;
        if elements::find(name).is_some_and(|element| element.group == Group::Inline) {
            return;
        }
        self.flush();
        if self.lists.end(name) {
            self.boundary();
        }
        self.in_title &= name != b"title";
        self.blocks.extend(self.table.end(name).map(Block::Table));
        if let Some(at) = self.open.iter().rposition(|open| open.name.as_bytes() == name) {
            self.open.truncate(at);
        }
    }

    /// Ends a line, but not its block.
    fn line_break(&mut self) {
        // The lines of a cell are one text.
        if self.table.in_cell() {
            self.text.push('\n');
        } else {
            self.end_line();
        }
    }

    /// Adds the current line to those of the block.
    fn end_line(&mut self) {
        // A copy: the text keeps its capacity for the next lines.
        self.lines.push(self.text.clone());
        self.text.clear();
    }

    /// Ends a block: its text becomes the title, part of a cell, or a block of its own.
    fn flush(&mut self) {
        if self.text.is_empty() && self.lines.is_empty() {
            return;
        }
        self.end_line();
        if self.in_title {
            return self.blocks.push(Block::Title(self.lines.drain(..).collect()));
        }
        if let Some(cell) = self.table.cell() {
            for line in self.lines.drain(..).filter(|line| has_words(line)) {
                let mark = self.mark.take();
                cell.extend([mark.as_ref().map_or("", Mark::text), " ", &line, "\n"]);
            }
            return;
        }
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|line| has_words(line) || line.contains('\u{A0}'));
        if !lines.is_empty() {
            let mark = self.mark.take();
            self.text_block(mark, lines);
        }
    }

    /// Adds a block of text.
    fn text_block(&mut self, mark: Option<Mark>, lines: Vec<String>) {
        let kind = self.kind();
        let centred = self.open.last().is_some_and(|open| open.centred)
            || matches!(kind, BlockKind::Heading(_));
        self.blocks.push(Block::Text(TextBlock { kind, centred, mark, lines }));
    }

    /// Adds a block for a mark whose item has no text.
    fn settle(&mut self) {
        let Some(mark) = self.mark.take() else { return };
        match self.table.cell() {
            Some(cell) => cell.extend([mark.text(), "\n"]),
            None => self.text_block(Some(mark), Vec::new()),
        }
    }

    /// Adds a boundary.
    fn boundary(&mut self) {
        self.settle();
        self.blocks.push(Block::Boundary);
    }

    /// Returns the kind of the current block, which the innermost open element with a kind decides.
    fn kind(&self) -> BlockKind {
        let of = |open: &Open| match open.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(BlockKind::Heading(level - b'0')),
            b"li" if self.lists.are_bulleted() => Some(BlockKind::Item),
            b"li" => Some(BlockKind::Entry),
            b"dt" => Some(BlockKind::Term),
            _ if open.caption => Some(BlockKind::Term),
            b"caption" => Some(BlockKind::Caption),
            b"dd" => Some(BlockKind::Paragraph),
            _ => None,
        };
        self.open.iter().rev().find_map(of).unwrap_or(BlockKind::Paragraph)
    }
}

fn has_words(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace())
}
