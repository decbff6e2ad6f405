//! An HTML document as blocks of words, to be compared with another: headings, paragraphs, items,
//! tables by their cells. Words are as they were typed, without the spelling of text documents, so
//! that no change of a character is lost. What marks the next block, a check box or `(a)`, is its
//! first word, and so is the number of an item of a list.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::elements::{self, Group};
use super::lists::{Lists, Mark};
use super::table::Table;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `h1` to `h6`, and its level.
    Heading(u8),
    /// A paragraph, or any other block of text.
    Paragraph,
    /// An item of a list with bullets.
    Item,
    /// An item of any other list: check boxes, numbers.
    Entry,
    /// The caption of a field, which the layouts set small and grey.
    Term,
    /// The caption of a table.
    Caption,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Words; never none.
    Text {
        /// What it is.
        kind: Kind,
        /// Whether it is set in the middle.
        centred: bool,
        /// Its words.
        words: Vec<String>,
    },
    /// The cells of a table, by rows, each with its words.
    Table(Vec<Vec<Vec<String>>>),
}

/// The blocks of a document, in its order.
pub fn of_html(html: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut emitter =
        CallbackEmitter::<_, Infallible, ()>::new(|event: CallbackEvent<'_>, _: Span<()>| {
            reader.event(&event);
            None
        });
    emitter.naively_switch_states(true);
    let Ok(_) = Tokenizer::new_with_emitter(html, emitter).finish();
    reader.flush();
    reader.settle();
    reader.blocks
}

/// An element that is open: its name, whether its text is set in the middle, and whether it is a
/// caption.
struct Open {
    name: Vec<u8>,
    centred: bool,
    caption: bool,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The text of the block at hand.
    text: String,
    open: Vec<Open>,
    lists: Lists,
    /// Whether the attribute at hand is a style of a block.
    style: bool,
    block_tag: bool,
    table: Table<String>,
    in_title: bool,
    /// A mark that waits for its block.
    mark: Vec<String>,
}

impl Reader {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name),
            CallbackEvent::AttributeName { name } => self.style = *name == b"style",
            CallbackEvent::AttributeValue { value } if self.style && self.block_tag => {
                let style = String::from_utf8_lossy(value).replace(' ', "");
                if let Some(open) = self.open.last_mut() {
                    open.centred |= style.contains("text-align:center");
                    open.caption |= style.contains("color:#444");
                }
                self.lists.style(value);
            }
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.text.push_str(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn start(&mut self, name: &[u8]) {
        self.block_tag = false;
        let group = elements::find(name).map(|element| element.group);
        if name == b"br" {
            if self.table.in_cell() {
                self.text.push('\n');
            } else {
                self.flush();
            }
            return;
        }
        if group == Some(Group::Inline) {
            return;
        }
        self.flush();
        if name == b"li" {
            self.settle();
        }
        if let Some(Mark::Number(number)) = self.lists.start(name) {
            self.mark.push(number);
        }
        if name == b"table" {
            self.settle();
        }
        self.in_title |= name == b"title";
        self.table.start(name);
        if group != Some(Group::Void) {
            // An item, a cell or a paragraph may have no end tag.
            if matches!(name, b"p" | b"li" | b"dt" | b"dd" | b"td" | b"th" | b"tr") {
                self.open.pop_if(|open| open.name == name);
            }
            let centred = self.open.last().is_some_and(|open| open.centred);
            self.open.push(Open { name: name.to_vec(), centred, caption: false });
            self.block_tag = true;
        }
    }

    fn end(&mut self, name: &[u8]) {
        if elements::find(name).is_some_and(|element| element.group == Group::Inline) {
            return;
        }
        self.flush();
        self.lists.end(name);
        if matches!(name, b"ul" | b"ol") {
            self.settle();
        }
        self.in_title &= name != b"title";
        self.blocks.extend(self.table.end(name).map(Block::Table));
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
        }
    }

    /// Ends a block: its words go where they belong.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if self.in_title {
            return;
        }
        if words.is_empty() {
            // A line to fill in is what the mark before it marks.
            if text.contains('\u{A0}') {
                self.settle();
            }
            return;
        }
        if let Some(cell) = self.table.cell() {
            return cell.extend(words);
        }
        if is_mark(&words) {
            return self.mark.append(&mut words);
        }
        let marked = !self.mark.is_empty();
        words.splice(0..0, self.mark.drain(..));
        let kind = match self.kind() {
            Kind::Entry => Kind::Entry,
            _ if marked => Kind::Paragraph,
            kind => kind,
        };
        let centred =
            self.open.last().is_some_and(|open| open.centred) || matches!(kind, Kind::Heading(_));
        self.blocks.push(Block::Text { kind, centred, words });
    }

    /// A mark that no block came for is one of its own.
    fn settle(&mut self) {
        let words = std::mem::take(&mut self.mark);
        if !words.is_empty() {
            self.blocks.push(Block::Text { kind: Kind::Paragraph, centred: false, words });
        }
    }

    /// What the block at hand is, by what is open around it.
    fn kind(&self) -> Kind {
        let of = |open: &Open| match open.name.as_slice() {
            [b'h', level @ b'1'..=b'6'] => Some(Kind::Heading(level - b'0')),
            b"li" => Some(if self.lists.are_bulleted() { Kind::Item } else { Kind::Entry }),
            b"dt" => Some(Kind::Term),
            _ if open.caption => Some(Kind::Term),
            b"caption" => Some(Kind::Caption),
            b"dd" => Some(Kind::Paragraph),
            _ => None,
        };
        self.open.iter().rev().find_map(of).unwrap_or(Kind::Paragraph)
    }
}

/// Whether words only mark the block that follows: a check box, `(a)`, `By:`.
fn is_mark(words: &[String]) -> bool {
    let [word] = words else { return false };
    let inner = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    matches!(word.as_str(), "☐" | "☑" | "☒" | "By:")
        || inner.is_some_and(|inner| inner.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(block: &Block) -> String {
        match block {
            Block::Text { kind, centred, words } => {
                format!("{kind:?}{} {}", if *centred { " centred" } else { "" }, words.join(" "))
            }
            Block::Table(rows) => {
                let row = |row: &Vec<Vec<String>>| {
                    row.iter().map(|c| c.join(" ")).collect::<Vec<_>>().join(" | ")
                };
                rows.iter().map(row).collect::<Vec<_>>().join(" / ")
            }
        }
    }

    #[test]
    fn words_are_as_typed_and_marks_go_with_their_block() {
        let html = "<title>t</title><div style=\"text-align: center\"><h1>A:</h1><p>b<br>“c”</div><p>d\
                    <div><div>&#9746;</div><div>(a)</div><div>The <b>rea</b>sons&nbsp;x</div></div>\
                    <div><div>By:</div><div>&nbsp;</div></div><div>Jane</div><dl><dt>Name<dd>Ö</dl><ul><li>x<li>y</ul><ol><li>z<li><p>w</p><li></ol>\
                    <table><caption>C</caption><tr><th>H<td>a<br>b<tr><td>--<td></table>";
        let blocks: Vec<String> = of_html(html).iter().map(text).collect();
        let expected = [
            "Heading(1) centred A:",
            "Paragraph centred b",
            "Paragraph centred “c”",
            "Paragraph d",
            "Paragraph ☒ (a) The reasons x",
            "Paragraph By:",
            "Paragraph Jane",
            "Term Name",
            "Paragraph Ö",
            "Item x",
            "Item y",
            "Entry 1. z",
            "Entry 2. w",
            "Paragraph 3.",
            "Caption C",
            "H | a b / -- | ",
        ];
        assert_eq!(blocks, expected);
    }
}
