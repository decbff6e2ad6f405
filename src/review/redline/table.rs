//! Compares two tables cell by cell: rows first, then columns if their number changed.

use super::align::{Pair, Worded, align};
use super::diff::{RowDiff, State};
use super::words::{self, Op, Span};

/// A row of cells, each with its words.
type Row = Vec<Vec<String>>;

impl Worded for Row {
    fn words(&self) -> Vec<&str> {
        self.iter().flatten().map(String::as_str).collect()
    }
}

/// The least similarity of two versions of one row.
const ONE_ROW: f64 = 0.3;
/// The least similarity of two versions of one column.
const ONE_COLUMN: f64 = 0.3;

/// The rows of both tables, in the order of the new one.
pub(super) fn compare(old: &[Row], new: &[Row]) -> Vec<RowDiff> {
    let columns = columns(old, new);
    let alike = |o: &Row, n: &Row, like: f64| {
        // The first cell names the row.
        let named = o.first().is_some_and(|cell| !cell.is_empty()) && o.first() == n.first();
        (like >= ONE_ROW || named).then_some(like.max(0.1) + f64::from(u8::from(named)))
    };
    let pairs = align(old, new, alike);
    pairs
        .iter()
        .map(|pair| row(pair.old.map(|at| &old[at]), pair.new.map(|at| &new[at]), &columns))
        .collect()
}

/// The columns of both tables in pairs.
fn columns(old: &[Row], new: &[Row]) -> Vec<Pair> {
    let width = |rows: &[Row]| rows.iter().map(Vec::len).max().unwrap_or(0);
    let (before, after) = (width(old), width(new));
    let column = |rows: &[Row], at: usize| -> Vec<String> {
        rows.iter().filter_map(|row| row.get(at)).flatten().cloned().collect()
    };
    let old: Vec<Vec<String>> = (0..before).map(|at| column(old, at)).collect();
    let new: Vec<Vec<String>> = (0..after).map(|at| column(new, at)).collect();
    // If their number is the same, the columns are the same, unless one has moved.
    let went = |(at, own): (usize, &Vec<String>)| {
        let elsewhere =
            |other: usize| other != at && new[other] == *own && old[other] != new[other];
        !own.is_empty() && new[at] != *own && (0..after).any(elsewhere)
    };
    if before == 0 || after == 0 || (before == after && !old.iter().enumerate().any(went)) {
        return (0..before.max(after)).map(|at| Pair { old: Some(at), new: Some(at) }).collect();
    }
    align(&old, &new, |_, _, like| Some(like).filter(|like| *like >= ONE_COLUMN))
}

fn row(old: Option<&Row>, new: Option<&Row>, columns: &[Pair]) -> RowDiff {
    let state = match (old, new) {
        (Some(old), Some(new)) if old == new => State::Same,
        (Some(_), Some(_)) => State::Changed,
        (Some(_), None) => State::Deleted,
        (None, _) => State::Inserted,
    };
    let cell = |row: Option<&Row>, at: Option<usize>| row.and_then(|row| row.get(at?)).cloned();
    let cells = columns.iter().filter_map(|pair| {
        let (before, after) = (cell(old, pair.old), cell(new, pair.new));
        (before.is_some() || after.is_some()).then(|| spans(before.as_deref(), after.as_deref()))
    });
    RowDiff { state, cells: cells.collect() }
}

/// The words of a cell. A cell of few words is replaced as a whole.
// It is an amount or a caption, of which a part makes no sense.
fn spans(old: Option<&[String]>, new: Option<&[String]>) -> Vec<Span> {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    if old == new || old.len().max(new.len()) > 3 {
        let mut spans = words::compare(old, new);
        words::join(&mut spans);
        return spans;
    }
    let span =
        |op, words: &[String]| (!words.is_empty()).then(|| Span { op, words: words.to_vec() });
    [span(Op::Delete, old), span(Op::Insert, new)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of which each row is a line, its cells parted by blanks.
    fn said(old: &str, new: &str) -> String {
        let rows = |text: &str| -> Vec<Row> {
            let row = |line: &str| line.split(' ').map(|cell| vec![cell.to_owned()]).collect();
            text.split('/').map(row).collect()
        };
        let mark = |span: &Span| match span.op {
            Op::Delete => format!("[-{}]", span.text()),
            Op::Insert => format!("[+{}]", span.text()),
            _ => span.text(),
        };
        let cell = |cell: &Vec<Span>| cell.iter().map(mark).collect::<String>();
        let row = |row: &RowDiff| row.cells.iter().map(cell).collect::<Vec<_>>().join(" ");
        compare(&rows(old), &rows(new)).iter().map(row).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn a_column_that_went_elsewhere_is_the_same_column() {
        assert_eq!(
            said("Item 2025 2024/Sales 1 2", "Item 2026 2025/Sales 3 1"),
            "Item [+2026] 2025 [-2024]/Sales [+3] 1 [-2]"
        );
        assert_eq!(
            said("Item 2025 2024/Sales 1 2", "Item 2024/Sales 2"),
            "Item [-2025] 2024/Sales [-1] 2"
        );
    }

    #[test]
    fn an_amount_is_replaced_where_it_stands() {
        let new = "Item 2026 2024/Sales 3 4";
        assert_eq!(
            said("Item 2025 2024/Sales 1 2", new),
            "Item [-2025][+2026] 2024/Sales [-1][+3] [-2][+4]"
        );
    }
}
