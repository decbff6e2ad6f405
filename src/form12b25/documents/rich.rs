//! The parts that the views of the form and of the letters share.

use super::views::{BlockView, CellView};
use crate::form12b25::model::{Align, Filing, Piece, RichText, Table, Text};

/// A text on one line, if there is one.
pub(super) fn folded(text: Option<&Text>) -> Option<String> {
    text.map(Text::folded)
}

/// The names of all registrants, the registrant first.
pub(super) fn names(filing: &Filing) -> Vec<String> {
    filing.registrants().map(|r| r.name.folded()).collect()
}

/// The blocks of rich text.
pub(super) fn blocks(text: &RichText) -> Vec<BlockView> {
    let empty = BlockView {
        kind: "paragraph",
        text: None,
        items: None,
        caption: None,
        columns: None,
        rows: None,
    };
    text.blocks()
        .into_iter()
        .map(|piece| match piece {
            Piece::Paragraph(text) => BlockView { text: Some(text), ..empty.clone() },
            Piece::List(items) => {
                let items = items.iter().map(Text::folded).collect();
                BlockView { kind: "list", items: Some(items), ..empty.clone() }
            }
            Piece::Heading(text) => {
                BlockView { kind: "heading", text: Some(text.folded()), ..empty.clone() }
            }
            Piece::Table(table) => BlockView {
                kind: "table",
                caption: folded(table.caption.as_ref()),
                columns: Some(row(table, table.columns.iter().map(|head| head.0.as_ref()), false)),
                rows: Some(
                    table
                        .rows
                        .iter()
                        .map(|r| row(table, r.cells.iter().map(|c| c.0.as_ref()), r.is_total))
                        .collect(),
                ),
                ..empty.clone()
            },
        })
        .collect()
}

fn row<'a>(
    table: &Table,
    cells: impl Iterator<Item = Option<&'a Text>>,
    total: bool,
) -> Vec<CellView> {
    let cell = |(column, text): (usize, Option<&Text>)| CellView {
        text: text.map(Text::folded).unwrap_or_default(),
        align: Align::to_string(&table.align_of(column)),
        total,
    };
    cells.enumerate().map(cell).collect()
}
