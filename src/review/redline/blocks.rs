//! A document as the redline compares it: headings, paragraphs, items, tables by their cells, each
//! with its words. Words are as they were typed, without the spelling of text documents, so that no
//! change of a character is lost. A mark of the next block, a check box or `(a)`, is that block's
//! first word, and so is the number of an item of a list.

use crate::edgar::blocks::{self, BlockKind, Mark, TextBlock};

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Words; never none.
    Text {
        /// Its kind.
        kind: BlockKind,
        /// Whether it is set in the middle.
        centred: bool,
        /// Its words.
        words: Vec<String>,
    },
    /// The cells of a table, by rows, each with its words.
    Table(Vec<Vec<Vec<String>>>),
}

/// The blocks of a document, in its order.
pub(super) fn of_html(html: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for block in blocks::blocks(html) {
        match block {
            blocks::Block::Title(_) => {}
            blocks::Block::Text(text) => reader.text(text),
            blocks::Block::Table(rows) => reader.table(&rows),
            blocks::Block::Boundary => reader.settle(),
        }
    }
    reader.settle();
    reader.blocks
}

/// The blocks read so far.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Marks whose block has not come yet.
    marks: Vec<String>,
}

impl Reader {
    /// Reads a block; each of its lines is a block here.
    fn text(&mut self, text: TextBlock) {
        if let Some(Mark::Number(number)) = text.mark {
            self.marks.push(number);
        }
        for line in &text.lines {
            let mut words = words(line);
            if words.is_empty() {
                // The mark before a line to fill in marks that line.
                self.settle();
            } else if is_mark(&words) {
                self.marks.append(&mut words);
            } else {
                self.line(text.kind, text.centred, words);
            }
        }
    }

    fn line(&mut self, kind: BlockKind, centred: bool, mut words: Vec<String>) {
        let marked = !self.marks.is_empty();
        words.splice(0..0, self.marks.drain(..));
        let kind = match kind {
            BlockKind::Entry => BlockKind::Entry,
            _ if marked => BlockKind::Paragraph,
            kind => kind,
        };
        self.blocks.push(Block::Text { kind, centred, words });
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        let row = |row: &Vec<String>| row.iter().map(|cell| words(cell)).collect();
        self.blocks.push(Block::Table(rows.iter().map(row).collect()));
    }

    /// Marks that no block came for are a block of their own.
    fn settle(&mut self) {
        let words = std::mem::take(&mut self.marks);
        if !words.is_empty() {
            self.blocks.push(Block::Text { kind: BlockKind::Paragraph, centred: false, words });
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
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
    use crate::edgar::Target;
    use crate::pipeline::render::Engine;

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

    #[test]
    fn a_caption_is_known_by_its_class_whatever_its_colour() {
        let parts = include_str!("../../../templates/parts.htm");
        let page = r#"{{<ruled text="Jane" caption="(Name)" flex="1" />}}"#;
        for grey in ["#444", "#777777"] {
            let own = parts.replace("#444", grey);
            let templates = [("parts.htm", own.as_str()), ("page.htm", page)];
            let engine = Engine::new(Target::Html, templates.into_iter(), 80).expect("templates");
            let html = engine.render("page.htm", &()).expect("a page");
            let blocks: Vec<String> = of_html(&html).iter().map(text).collect();
            assert_eq!(blocks, ["Paragraph centred Jane", "Term centred (Name)"], "{grey}");
        }
    }
}
