//! The words of an HTML document, block by block, in the spelling of text documents.

use std::borrow::Cow;

use ecow::EcoString;

use crate::edgar::blocks::{Block, Mark, TextBlock};
use crate::edgar::words::{plain, raw_words, spelled};
use crate::form12b25::documents::ONE_BOX;

/// The words of an HTML document, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentText {
    /// The words of its title, which no page shows.
    pub title: Vec<EcoString>,
    /// The words that the page shows.
    pub items: Vec<Item>,
}

/// A block of an HTML document that has words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The words of a block of text.
    Words(Vec<EcoString>),
    /// The words of a table's cells, by rows.
    Table(Vec<Vec<Vec<EcoString>>>),
}

impl DocumentText {
    /// Collects the words of a document's blocks.
    pub fn of(blocks: &[Block]) -> DocumentText {
        let mut document = DocumentText::default();
        for block in blocks {
            match block {
                Block::Title(title) => document.title.extend(words(title)),
                Block::Text(block) if block.lines == [ONE_BOX] => {}
                Block::Text(block) => {
                    let words = words(&text(block));
                    document.items.extend((!words.is_empty()).then_some(Item::Words(words)));
                }
                Block::Table(rows) => {
                    let row = |row: &Vec<String>| row.iter().map(|cell| words(cell)).collect();
                    document.items.push(Item::Table(rows.iter().map(row).collect()));
                }
                Block::Boundary => {}
            }
        }
        document
    }
}

/// Returns the text of a block with its mark.
fn text(block: &TextBlock) -> Cow<'_, str> {
    match (&block.mark, block.lines.as_slice()) {
        (None, [line]) => Cow::Borrowed(line),
        (mark, lines) => {
            let mark = mark.as_ref().map(Mark::text);
            let parts = mark.into_iter().chain(lines.iter().map(String::as_str));
            Cow::Owned(parts.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// Splits a text into words without punctuation, in EDGAR's ASCII.
fn words(text: &str) -> Vec<EcoString> {
    raw_words(&spelled(text)).map(|raw| EcoString::from(plain(raw))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edgar::blocks::blocks;

    #[test]
    fn blocks_boxes_lists_and_tables_are_distinguished() {
        let html = "<title>A: b</title><p>One&nbsp;<b>tw</b>o: <p>Yes&nbsp;&#9746; No<br>&#9744;\
                    <ol><li>x<li>y</ol><ul style=\"list-style: none\"><li>z</ul>\
                    <table><tr><th>H<td>a<br>b</table>";
        let document = DocumentText::of(&blocks(html));
        assert_eq!(document.title, ["A", "b"]);
        let cell = |text: &str| text.split('|').map(EcoString::from).collect::<Vec<_>>();
        let expected = ["One|two", "Yes|[X]|No|[_]", "1.|x", "2.|y", "z"]
            .map(|words| Item::Words(cell(words)));
        assert_eq!(document.items[..5], expected);
        assert_eq!(document.items[5], Item::Table(vec![vec![cell("H"), cell("a|b")]]));
    }
}
