//! EDGAR's limits on documents, as data with their sources, and what follows from them for a piece
//! of text. Bytes and strings in, answers out; no file is touched.

mod spelling;
mod tags;

pub use spelling::{is_ascii, spell};
pub use tags::{Tag, tags};

/// The longest line of a text document (EDGAR Filer Manual, Vol. II, 5.2.1; 17 CFR 232.305).
pub const MOST_COLUMNS: usize = 80;

/// A word with more characters may have to be broken over two lines, in a text document and in a PDF.
pub const LONG_WORD: usize = 40;
