//! Lays tables out in columns: within the page, within the wider lines that EDGAR allows a table, or
//! in several panels.

use serde::Deserialize;

use super::lines::{fill, hang, pad};
use crate::edgar::{MOST_COLUMNS, MOST_TABLE_COLUMNS};

/// The number of spaces between two columns.
const GAP: usize = 2;

/// A cell of a table.
#[derive(Debug, Deserialize)]
pub(super) struct Cell {
    text: String,
    align: String,
    #[serde(default)]
    total: bool,
    sign: Option<String>,
    amount: Option<String>,
    #[serde(default)]
    span: usize,
    #[serde(default)]
    room: usize,
}

/// A table.
pub(super) struct Table<'a> {
    pub(super) caption: Option<&'a str>,
    pub(super) columns: &'a [Cell],
    pub(super) rows: &'a [Vec<Cell>],
}

/// Columns of a table side by side, each with its width.
struct Panel(Vec<(usize, usize)>);

impl Table<'_> {
    /// Returns the lines of the table. One that is wider than the page stays whole if EDGAR's limit
    /// for tables allows it; else each panel repeats the first column.
    pub(super) fn lines(&self, indent: usize, width: usize) -> Vec<String> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        if let Some(panel) = self.panel(&all, width.saturating_sub(indent)) {
            let mut lines = self.caption(indent, width);
            lines.extend(self.body(&panel, indent, None));
            return lines;
        }
        let most = MOST_TABLE_COLUMNS - MOST_COLUMNS.saturating_sub(width);
        if let Some(panel) = self.panel(&all, most) {
            let mut lines = vec!["<TABLE>".to_owned(), "<CAPTION>".to_owned()];
            lines.extend(self.caption(0, most));
            lines.extend(self.body(&panel, 0, Some(self.tags(&panel))));
            lines.push("</TABLE>".to_owned());
            return lines;
        }
        let mut lines = self.caption(indent, width);
        for (n, panel) in self.panels(width.saturating_sub(indent)).iter().enumerate() {
            lines.extend((n > 0).then(String::new));
            lines.extend(self.body(panel, indent, None));
        }
        lines
    }

    fn caption(&self, indent: usize, width: usize) -> Vec<String> {
        let lines = self.caption.map(|caption| hang(caption, indent, "", width));
        lines.map(|lines| [lines, vec![String::new()]].concat()).unwrap_or_default()
    }

    /// Divides the columns into panels.
    fn panels(&self, available: usize) -> Vec<Panel> {
        if self.columns.len() == 1 {
            return vec![Panel(vec![(0, available)])];
        }
        let (mut panels, mut at) = (Vec::new(), 1);
        while at < self.columns.len() {
            let columns = |end: usize| [vec![0], (at..end).collect()].concat();
            let ends = (at + 2..=self.columns.len()).rev();
            let fitting = ends
                .map(|end| (end, columns(end)))
                .find_map(|(end, columns)| Some((end, self.panel(&columns, available)?)));
            let (end, panel) = fitting.unwrap_or_else(|| (at + 1, self.broken(at, available)));
            panels.push(panel);
            at = end;
        }
        panels
    }

    /// Returns the panel of one column beside the first, whose words may be broken.
    fn broken(&self, column: usize, available: usize) -> Panel {
        let own = self.panel(&[0, column], available);
        own.unwrap_or_else(|| {
            let half = available.saturating_sub(GAP) / 2;
            Panel(vec![(0, half), (column, half)])
        })
    }

    /// Returns a panel of some columns, or `None` if they do not fit without breaking a word. The
    /// widest columns are narrowed first.
    fn panel(&self, columns: &[usize], available: usize) -> Option<Panel> {
        let available = available.checked_sub(GAP * columns.len().saturating_sub(1))?;
        let widths = self.widths(columns, available)?;
        Some(Panel(columns.iter().copied().zip(widths).collect()))
    }

    fn widths(&self, columns: &[usize], available: usize) -> Option<Vec<usize>> {
        // A shorter rule above a total would look like a dash.
        let is_total = |row: &Vec<Cell>| row.first().is_some_and(|cell| cell.total);
        let narrowest = if self.rows.iter().any(is_total) { 3 } else { 1 };
        let widest = |column: usize, of: &dyn Fn(&Cell) -> usize| {
            self.column(column).map(of).max().unwrap_or(0).max(narrowest)
        };
        let longest_word = |cell: &Cell| {
            let longest = cell.text.split(' ').map(str::len).max().unwrap_or(0) + cell.room;
            longest.max(cell.span)
        };
        let whole = |cell: &Cell| (cell.text.len() + cell.room).max(cell.span);
        let least: Vec<usize> = columns.iter().map(|i| widest(*i, &longest_word)).collect();
        let mut widths: Vec<usize> = columns.iter().map(|i| widest(*i, &whole)).collect();
        while widths.iter().sum::<usize>() > available {
            let shrinks = |i: &usize| widths[*i] > least[*i];
            let widest = (0..widths.len()).filter(shrinks).max_by_key(|i| widths[*i])?;
            widths[widest] -= 1;
        }
        Some(widths)
    }

    /// The cells of a column, its head first.
    fn column(&self, column: usize) -> impl Iterator<Item = &Cell> {
        let rows = self.rows.iter().filter_map(move |row| row.get(column));
        self.columns.get(column).into_iter().chain(rows)
    }

    /// Returns the lines of a panel: heads, a rule, and the rows after the line of tags, if any.
    fn body(&self, panel: &Panel, indent: usize, tags: Option<String>) -> Vec<String> {
        let mut lines = panel.row(self.columns, indent);
        lines.extend(panel.line(indent, |_, width| "-".repeat(width)));
        lines.extend(tags);
        // An empty line would end the table.
        for row in self.rows.iter().filter(|row| row.iter().any(|cell| !cell.text.is_empty())) {
            let is_total = row.first().is_some_and(|cell| cell.total);
            let amounts = |mark: &str| {
                panel.line(indent, |column, width| {
                    let is_amount =
                        column > 0 && row.get(column).is_some_and(|c| !c.text.is_empty());
                    if is_amount { mark.repeat(width) } else { " ".repeat(width) }
                })
            };
            lines.extend(is_total.then(|| amounts("-")).flatten());
            lines.extend(panel.row(row, indent));
            lines.extend(is_total.then(|| amounts("=")).flatten());
        }
        lines
    }

    /// Returns the line of tags at which EDGAR's columns begin.
    fn tags(&self, panel: &Panel) -> String {
        let tag = |(n, (_, width)): (usize, &(usize, usize))| {
            format!("{:<width$}", if n == 0 { "<S>" } else { "<C>" }, width = width)
        };
        let tags: Vec<String> = panel.0.iter().enumerate().map(tag).collect();
        tags.join(&" ".repeat(GAP)).trim_end().to_owned()
    }
}

impl Panel {
    /// Returns a line with a text for each column, or `None` if it is empty.
    fn line(&self, indent: usize, text: impl Fn(usize, usize) -> String) -> Option<String> {
        let texts: Vec<String> =
            self.0.iter().map(|(column, width)| text(*column, *width)).collect();
        let line = format!("{}{}", " ".repeat(indent), texts.join(&" ".repeat(GAP)));
        Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
    }

    /// Lays a row out.
    fn row(&self, cells: &[Cell], indent: usize) -> Vec<String> {
        let cell = |(column, width): &(usize, usize)| {
            cells.get(*column).map(|cell| cell.lines(*width)).unwrap_or_default()
        };
        let wrapped: Vec<Vec<String>> = self.0.iter().map(cell).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let line = |n: usize| {
            let texts: Vec<String> = wrapped
                .iter()
                .zip(&self.0)
                .map(|(lines, (_, width))| {
                    format!("{:<width$}", lines.get(n).map_or("", String::as_str), width = *width)
                })
                .collect();
            format!("{}{}", " ".repeat(indent), texts.join(&" ".repeat(GAP))).trim_end().to_owned()
        };
        (0..height).map(line).collect()
    }
}

impl Cell {
    /// Returns a cell of text.
    pub(super) fn left(text: &str) -> Cell {
        Cell {
            text: text.to_owned(),
            align: "left".to_owned(),
            total: false,
            sign: None,
            amount: None,
            span: 0,
            room: 0,
        }
    }

    /// Returns the lines of the cell in a column of some width.
    fn lines(&self, width: usize) -> Vec<String> {
        let room = " ".repeat(self.room);
        if let (Some(sign), Some(amount)) = (&self.sign, &self.amount)
            && self.span <= width
        {
            let rest = self.span - sign.len() - self.room;
            return vec![pad(&format!("{sign}{amount:>rest$}{room}"), width, "right")];
        }
        let inner = width.saturating_sub(self.room);
        let lines = fill(&self.text, "", "", inner.max(1));
        lines.iter().map(|line| format!("{}{room}", pad(line, inner, &self.align))).collect()
    }
}
