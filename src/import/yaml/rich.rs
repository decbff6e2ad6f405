//! Writes rich text: paragraphs, lists and tables.

use super::scalar::{flow, is_block, scalar};
use super::writer::{COLUMNS, Yaml};
use crate::diagnostics::paragraph::filled;
use crate::import::notice::{Block, Table};

impl Yaml<'_> {
    /// Writes rich text: paragraphs as a block scalar, or a list of blocks.
    pub(super) fn rich(&mut self, indent: usize, key: &str, blocks: &[Block]) {
        let paragraphs: Option<Vec<&String>> = blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(text) => Some(text),
                _ => None,
            })
            .collect();
        if let Some(paragraphs) = paragraphs.filter(|all| all.iter().all(|text| is_block(text))) {
            self.line(indent, &format!("{key}: |"));
            for (n, text) in paragraphs.iter().enumerate() {
                if n > 0 {
                    self.gap();
                }
                for line in filled(text, COLUMNS - indent - 2, "", "") {
                    self.line(indent + 2, &line);
                }
            }
            return;
        }
        self.line(indent, &format!("{key}:"));
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.item(indent + 2, text),
                Block::List(items) => {
                    self.line(indent + 2, "- list:");
                    items.iter().for_each(|item| self.item(indent + 6, item));
                }
                Block::Table(table) => self.table(indent + 2, table),
            }
        }
    }

    /// Writes a text as an item of a list.
    fn item(&mut self, indent: usize, text: &str) {
        if !is_block(text) {
            return self.line(indent, &format!("- {}", scalar(text)));
        }
        self.line(indent, "- >-");
        for line in filled(text, COLUMNS - indent - 2, "", "") {
            self.line(indent + 2, &line);
        }
    }

    fn table(&mut self, indent: usize, table: &Table) {
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let row = |cells: &[String], head: bool| {
            let missing = std::iter::repeat_n("null".to_owned(), width - cells.len());
            let cells: Vec<String> = cells.iter().map(|cell| flow(cell)).collect();
            // Amounts are in the last columns; the heads of rows have no head.
            let own = usize::from(!head && !cells.is_empty() && !is_amount(&cells[0]));
            let (first, rest) = cells.split_at(own);
            let all: Vec<String> =
                first.iter().cloned().chain(missing).chain(rest.iter().cloned()).collect();
            format!("[{}]", all.join(", "))
        };
        let Some((head, body)) = table.rows.split_first() else { return };
        self.line(indent, "- table:");
        if let Some(caption) = &table.caption {
            self.line(indent + 6, &format!("caption: {}", scalar(caption)));
        }
        self.line(indent + 6, &format!("columns: {}", row(head, true)));
        self.line(indent + 6, "rows:");
        body.iter().for_each(|cells| self.line(indent + 8, &format!("- {}", row(cells, false))));
    }
}

/// Whether a text of a row alone is an amount, and so not the head of the row.
fn is_amount(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}
