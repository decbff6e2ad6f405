//! The parts that the views of the form and of the letters share.

use super::views::{BlockView, CellView};
use crate::form12b25::model::{Align, Filing, Piece, RichText, Row, Table, Text};

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
            Piece::Table(table) => {
                let (columns, rows) = cells(table);
                BlockView {
                    kind: "table",
                    caption: folded(table.caption.as_ref()),
                    columns: Some(columns),
                    rows: Some(rows),
                    ..empty.clone()
                }
            }
        })
        .collect()
}

/// The heads and the rows of a table.
fn cells(table: &Table) -> (Vec<CellView>, Vec<Vec<CellView>>) {
    let mut heads = row(table, table.columns.iter().map(|head| head.0.as_ref()), false);
    let of = |r: &Row| row(table, r.cells.iter().map(|cell| cell.0.as_ref()), r.is_total);
    let mut rows: Vec<Vec<CellView>> = table.rows.iter().map(of).collect();
    for (n, head) in heads.iter_mut().enumerate().filter(|(_, head)| head.align == RIGHT) {
        let mut column: Vec<&mut CellView> = rows.iter_mut().filter_map(|r| r.get_mut(n)).collect();
        let longest = column.iter().map(|cell| end_of(&cell.text)).max().unwrap_or(0);
        head.room = longest;
        for cell in &mut column {
            cell.room = longest - end_of(&cell.text);
            divide(cell);
        }
    }
    (heads, rows)
}

/// How views name the side of amounts.
const RIGHT: &str = "right";

/// The number of characters after an amount's last digit, if they belong to it.
fn end_of(amount: &str) -> usize {
    amount.len() - amount.trim_end_matches([')', '%']).len()
}

/// Divides an amount with a currency, such as `$(36,910)` or `US$ 5`.
fn divide(cell: &mut CellView) {
    let symbol = |c: char| matches!(c, '$' | '€' | '£' | '¥');
    let Some(at) = cell.text.find(symbol).filter(|at| *at <= LONGEST_CODE) else { return };
    let end = at + cell.text[at..].chars().next().map_or(0, char::len_utf8);
    let (sign, amount) = (&cell.text[..end], cell.text[end..].trim_start());
    let is_code = sign[..at].bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code && amount.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '.' | '-')) {
        (cell.sign, cell.amount) = (Some(sign.to_owned()), Some(amount.to_owned()));
    }
}

/// The letters of `US$`.
const LONGEST_CODE: usize = 2;

fn row<'a>(
    table: &Table,
    cells: impl Iterator<Item = Option<&'a Text>>,
    total: bool,
) -> Vec<CellView> {
    let cell = |(column, text): (usize, Option<&Text>)| CellView {
        text: text.map(Text::folded).unwrap_or_default(),
        align: Align::to_string(&table.align_of(column)),
        total,
        sign: None,
        amount: None,
        room: 0,
    };
    cells.enumerate().map(cell).collect()
}
