//! Finds the rows of tables among the lines of a paragraph.

use std::ops::Range;

use super::rows::{By, Row, is_amount, is_plain_number, is_year, row};
use super::run::{Content, Run, Table};
use crate::diagnostics::source::Line;
use crate::form12b25::model::fold;

/// The most words of the label of a row, or of a line above the rows.
const LONGEST_LABEL: usize = 8;

/// Returns the tables in a paragraph. Their content is completed at the end, when all lines of
/// each are known.
pub(super) fn runs(lines: &[Line], paragraph: Range<usize>) -> Vec<Run> {
    let rows: Vec<Option<Row>> = paragraph.clone().map(|i| row(&lines[i].text)).collect();
    let label = |i: usize| is_label(&lines[paragraph.start + i].text);
    let mut all = Vec::new();
    let mut i = 0;
    while i < rows.len() {
        let Some(first) = &rows[i] else {
            i += 1;
            continue;
        };
        let mut end = i + 1;
        // A line with a label alone can be between rows.
        while let Some(next) = (end..rows.len()).take(2).find(|next| {
            rows[*next].as_ref().is_some_and(|row| goes_with(row.by, first.by))
                && (end..*next).all(&label)
        }) {
            end = next + 1;
        }
        let found: Vec<&Row> = rows[i..end].iter().flatten().collect();
        if is_table(&found) {
            let start = if (0..i).all(&label) { 0 } else { i };
            let start =
                all.last().map_or(start, |last: &Run| start.max(last.lines.end - paragraph.start));
            all.push(Run {
                lines: paragraph.start + start..paragraph.start + end,
                content: Content::Table(Table { caption: None, heads: None, rows: Vec::new() }),
            });
        }
        i = end;
    }
    all
}

/// Whether rows of two kinds can be in one table.
fn goes_with(one: By, other: By) -> bool {
    one == other || matches!((one, other), (By::Gap | By::Amount, By::Gap | By::Amount))
}

/// Whether a line can be above rows or between them: it is short and does not end a sentence.
fn is_label(line: &str) -> bool {
    let text = line.trim();
    text.split_whitespace().count() <= LONGEST_LABEL
        && !text.ends_with(['.', ';'])
        && (line.starts_with('\t')
            || text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '('))
}

/// Whether rows are those of a table, and not of prose.
fn is_table(rows: &[&Row]) -> bool {
    let last_is_amount = |row: &Row| row.cells.last().is_some_and(|cell| is_amount(cell));
    let texts = |row: &Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let Some(first) = rows.first() else { return false };
    match first.by {
        By::Bar => rows.len() > 1,
        By::Tab => rows.len() > 1 || texts(first) > 2 || last_is_amount(first),
        By::Gap | By::Amount => {
            let with_amounts = |row: &&&Row| last_is_amount(row) && is_row_of_amounts(row);
            let aligned = |pair: &[&Row]| {
                pair[0].cells.len() == pair[1].cells.len()
                    && pair.iter().all(|row| row.by == By::Gap)
                    && pair[0].starts.get(1) == pair[1].starts.get(1)
            };
            rows.iter().filter(with_amounts).count() > 1
                || rows.windows(2).any(aligned)
                || rows.windows(2).any(is_column)
        }
    }
}

/// Whether a row is one by itself: a gap before its amount, or two amounts.
fn is_row_of_amounts(row: &Row) -> bool {
    let label = row.cells.first().map_or(0, |label| label.split_whitespace().count());
    label <= LONGEST_LABEL && (row.by == By::Gap || row.cells.len() > 2)
}

/// Whether two rows with one amount each are a column: their amounts end below each other.
fn is_column(pair: &[&Row]) -> bool {
    let is_row = |row: &&Row| match row.cells.as_slice() {
        [label, amount] => {
            label.starts_with(|c: char| c.is_uppercase() || c == '(')
                && label.split_whitespace().count() <= LONGEST_LABEL
                && is_amount(amount)
                && !is_plain_number(amount)
        }
        _ => false,
    };
    // A bracket after an amount is beyond the column.
    let end = |row: &Row| {
        let amount = row.cells.last().map_or("", String::as_str);
        row.end - (amount.len() - amount.trim_end_matches([')', '%']).len())
    };
    pair.iter().all(is_row) && end(pair[0]) == end(pair[1])
}

/// Joins tables with only empty lines between them.
pub(super) fn joined(runs: Vec<Run>, lines: &[Line]) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for run in runs {
        let joins = |last: &&mut Run| {
            let apart = last.lines.end..run.lines.start;
            matches!((&last.content, &run.content), (Content::Table(_), Content::Table(_)))
                && lines[apart].iter().all(|line| line.text.trim().is_empty())
        };
        match all.last_mut().filter(joins) {
            Some(last) => last.lines.end = run.lines.end,
            None => all.push(run),
        }
    }
    all
}

/// Returns a run with the content of its table.
pub(super) fn completed(run: Run, lines: &[Line]) -> Option<Run> {
    let Content::Table(_) = run.content else { return Some(run) };
    let texts = || lines[run.lines.clone()].iter().filter(|line| !line.text.trim().is_empty());
    let by = texts().filter_map(|line| row(&line.text)).map(|row| row.by).min()?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in texts() {
        let cells = row(&line.text)
            .filter(|row| goes_with(row.by, by))
            .map_or_else(|| vec![line.text.trim().to_owned()], |row| row.cells);
        // The line below the head of a table in Markdown.
        if !cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | '=' | ' ')))
            || cells.iter().all(String::is_empty)
        {
            rows.push(cells.iter().map(|cell| fold(cell)).collect());
        }
    }
    let width = rows.iter().map(Vec::len).max()?;
    rows.iter_mut().for_each(|cells| fill(cells, width));
    let used: Vec<bool> =
        (0..width).map(|i| rows.iter().any(|cells| !cells[i].is_empty())).collect();
    for cells in &mut rows {
        let mut used = used.iter();
        cells.retain(|_| used.next().copied().unwrap_or_default());
    }
    let is_alone = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count() < 2;
    let above = rows.iter().take_while(|cells| is_alone(cells)).count();
    let caption: Vec<String> =
        rows.drain(..above).map(|cells| cells.concat()).filter(|text| !text.is_empty()).collect();
    let is_head = |cells: &[String]| {
        cells.iter().skip(1).all(|cell| !cell.is_empty() && (is_year(cell) || !is_amount(cell)))
    };
    let heads = rows.first().filter(|cells| is_head(cells)).cloned();
    if heads.is_some() {
        rows.remove(0);
    }
    let caption = Some(caption.join(" ")).filter(|caption| !caption.is_empty());
    Some(Run { content: Content::Table(Table { caption, heads, rows }), ..run })
}

/// Adds the empty cells of a row: before its amounts if they are all that it has, else at its end.
fn fill(cells: &mut Vec<String>, width: usize) {
    let missing = width - cells.len();
    let before = missing > 0 && cells.len() > 1 && cells.iter().all(|cell| is_amount(cell));
    let at = if before { 0 } else { cells.len() };
    cells.splice(at..at, std::iter::repeat_n(String::new(), missing));
}
