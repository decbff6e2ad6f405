//! The words of an HTML document, as a browser shows them: block by block, tables by their cells.
//! Tags in a line do not divide words; the marks of lists are words, as they are in text and in
//! PDF.

use std::convert::Infallible;

use ecow::EcoString;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::super::words::{Item, Statement, plain, raw_words, spelled};
use super::elements::{self, Group};
use super::lists::{Lists, Mark};
use super::table::Table;

/// The words of a document.
pub(in super::super) fn statement(html: &str) -> Statement {
    let mut reader = Reader::default();
    let mut emitter =
        CallbackEmitter::<_, Infallible, ()>::new(|event: CallbackEvent<'_>, _: Span<()>| {
            reader.event(&event);
            None
        });
    emitter.naively_switch_states(true);
    let Ok(_) = Tokenizer::new_with_emitter(html, emitter).finish();
    reader.statement()
}

/// What has been read of a document.
#[derive(Default)]
pub(super) struct Reader {
    statement: Statement,
    /// The text of the block at hand.
    text: String,
    style: bool,
    lists: Lists,
    in_title: bool,
    table: Table<EcoString>,
}

impl Reader {
    /// The words of all that was read.
    pub(super) fn statement(mut self) -> Statement {
        self.flush();
        self.statement
    }

    /// Reads on.
    pub(super) fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name),
            CallbackEvent::AttributeName { name } => self.style = *name == b"style",
            CallbackEvent::AttributeValue { value } if self.style => self.lists.style(value),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.text.push_str(&super::read(value)),
            _ => {}
        }
    }

    fn start(&mut self, name: &[u8]) {
        let mark = self.lists.start(name);
        if name == b"br" {
            return self.text.push('\n');
        }
        if is_inline(name) {
            return;
        }
        self.flush();
        match mark {
            Some(Mark::Bullet) => self.text.push_str("- "),
            Some(Mark::Number(number)) => {
                self.text.push_str(&number);
                self.text.push(' ');
            }
            None => {}
        }
        self.in_title |= name == b"title";
        self.table.start(name);
    }

    fn end(&mut self, name: &[u8]) {
        if is_inline(name) {
            return;
        }
        self.flush();
        self.lists.end(name);
        self.in_title &= name != b"title";
        self.statement.items.extend(self.table.end(name).map(Item::Table));
    }

    /// Ends a block: its words go where they belong.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let spelled = spelled(&self.text);
        let words = raw_words(&spelled).map(|raw| EcoString::from(plain(raw)));
        if self.in_title {
            self.statement.title.extend(words);
        } else if let Some(cell) = self.table.cell() {
            cell.extend(words);
        } else {
            let words: Vec<EcoString> = words.collect();
            self.statement.items.extend((!words.is_empty()).then_some(Item::Words(words)));
        }
        self.text.clear();
    }
}

fn is_inline(name: &[u8]) -> bool {
    elements::find(name).is_some_and(|element| element.group == Group::Inline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_boxes_lists_and_tables_are_told_apart() {
        let html = "<title>A: b</title><p>One&nbsp;<b>tw</b>o: <p>Yes&nbsp;&#9746; No &#9744;<ol><li>x<li>y</ol>\
                    <ul style=\"list-style: none\"><li>z</ul><table><tr><th>H<td>a<br>b</table>";
        let statement = statement(html);
        assert_eq!(statement.title, ["A", "b"]);
        let cell = |text: &str| text.split('|').map(EcoString::from).collect::<Vec<_>>();
        let expected = ["One|two", "Yes|[X]|No|[_]", "1.|x", "2.|y", "z"]
            .map(|words| Item::Words(cell(words)));
        assert_eq!(statement.items[..5], expected);
        assert_eq!(statement.items[5], Item::Table(vec![vec![cell("H"), cell("a|b")]]));
    }
}
