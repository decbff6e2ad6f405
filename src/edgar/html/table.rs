//! The table at hand while a document is read: its rows of cells, each with its words.

/// Rows of cells of words.
pub(super) type Rows<W> = Vec<Vec<Vec<W>>>;

/// A table, if one is open. Those inside it are not told apart from it.
#[derive(Debug)]
pub(super) struct Table<W> {
    rows: Option<Rows<W>>,
    in_cell: bool,
}

impl<W> Default for Table<W> {
    fn default() -> Table<W> {
        Table { rows: None, in_cell: false }
    }
}

impl<W> Table<W> {
    /// An element begins.
    pub(super) fn start(&mut self, name: &[u8]) {
        match name {
            b"table" => self.rows = Some(Vec::new()),
            b"tr" => self.rows.iter_mut().for_each(|rows| rows.push(Vec::new())),
            b"td" | b"th" => {
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(Vec::new());
                    self.in_cell = true;
                }
            }
            _ => {}
        }
    }

    /// An element ends; the table, if it was one.
    pub(super) fn end(&mut self, name: &[u8]) -> Option<Rows<W>> {
        if matches!(name, b"td" | b"th" | b"tr" | b"table") {
            self.in_cell = false;
        }
        if name == b"table" { self.rows.take() } else { None }
    }

    /// Whether a cell is open.
    pub(super) fn in_cell(&self) -> bool {
        self.in_cell
    }

    /// The words of the cell that is open.
    pub(super) fn cell(&mut self) -> Option<&mut Vec<W>> {
        self.rows.as_mut().filter(|_| self.in_cell)?.last_mut()?.last_mut()
    }
}
