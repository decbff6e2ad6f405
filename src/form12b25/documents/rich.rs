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
        }
        // A sign far from its amount, as beside a text, would not be read as its own.
        if column.iter().all(|cell| cell.text.is_empty() || divided(&cell.text).is_some()) {
            divide(&mut column);
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

/// Divides the amounts of a column that have a currency.
fn divide(column: &mut [&mut CellView]) {
    let parts: Vec<Option<(String, String)>> = column
        .iter()
        .map(|cell| divided(&cell.text).map(|(sign, rest)| (sign.to_owned(), rest.to_owned())))
        .collect();
    let lengths = |(sign, amount): &(String, String)| (sign.len(), amount.chars().count());
    let signs = parts.iter().flatten().map(|part| lengths(part).0).max().unwrap_or(0);
    let amounts = parts
        .iter()
        .zip(&*column)
        .filter_map(|(part, cell)| part.as_ref().map(|part| lengths(part).1 + cell.room));
    let span = signs + amounts.max().unwrap_or(0);
    for (cell, part) in column.iter_mut().zip(parts) {
        let Some((sign, amount)) = part.filter(|(sign, _)| !sign.is_empty()) else { continue };
        (cell.sign, cell.amount, cell.span) = (Some(sign), Some(amount), span);
    }
}

/// Divides an amount, such as `$(36,910)`, `US$ 5` or `1,200`, into its currency, if any, and the rest,
/// or returns `None` for any other text.
// Other currencies than the dollar are words in EDGAR's ASCII: `EUR 5`.
fn divided(text: &str) -> Option<(&str, &str)> {
    let (sign, amount) = match text.find('$') {
        Some(at) => (&text[..=at], text[at + 1..].trim_start()),
        None => ("", text),
    };
    let is_code = sign.trim_end_matches('$').bytes().all(|byte| byte.is_ascii_uppercase());
    let is_amount =
        |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ',' | '.' | '%' | '-' | '–' | '—');
    let fits = is_code && sign.len() <= LONGEST_SIGN && !amount.is_empty();
    (fits && amount.chars().all(is_amount)).then_some((sign, amount))
}

/// The length of `US$`.
const LONGEST_SIGN: usize = 3;

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
        span: 0,
        room: 0,
    };
    cells.enumerate().map(cell).collect()
}
