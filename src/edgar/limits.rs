//! EDGAR's limits on documents as numbers, with their sources, and ours on what is read.

/// The longest line of a text document (EDGAR Filer Manual, Vol. II, 5.2.1; 17 CFR 232.305).
pub const MOST_COLUMNS: usize = 80;

/// The longest line between `<TABLE>` and `</TABLE>` (the same).
pub const MOST_TABLE_COLUMNS: usize = 132;

/// A word with more characters may have to be broken over two lines, in a text document and in a
/// PDF.
pub const LONG_WORD: usize = 40;

/// The largest document that is read, in bytes: a thousand times a usual notice.
pub const LARGEST: usize = 32 * 1024 * 1024;
