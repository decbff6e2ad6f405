//! Collects the open table's rows of cells, with their texts.

/// The open table, if there is one.
// A table inside a table begins it anew: EDGAR does not accept nested tables (`nested-table`).
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Option<Vec<Vec<String>>>,
    in_cell: bool,
}

impl Table {
    /// Reads a start tag.
    pub(super) fn start(&mut self, name: &[u8]) {
        match name {
            b"table" => self.rows = Some(Vec::new()),
            b"tr" => self.rows.iter_mut().for_each(|rows| rows.push(Vec::new())),
            b"td" | b"th" => {
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(String::new());
                    self.in_cell = true;
                }
            }
            _ => {}
        }
    }

    /// Reads an end tag. Returns the rows of the table that it ends, or `None` if it ends none.
    pub(super) fn end(&mut self, name: &[u8]) -> Option<Vec<Vec<String>>> {
        if matches!(name, b"td" | b"th" | b"tr" | b"table") {
            self.in_cell = false;
        }
        if name == b"table" { self.rows.take() } else { None }
    }

    /// Whether a cell is open.
    pub(super) fn in_cell(&self) -> bool {
        self.in_cell
    }

    /// Returns the text of the open cell, or `None` if no cell is open.
    pub(super) fn cell(&mut self) -> Option<&mut String> {
        self.rows.as_mut().filter(|_| self.in_cell)?.last_mut()?.last_mut()
    }
}
