//! EDGAR's limits on documents as numbers, with their sources, and this tool's own.

/// The maximum length of a line of a text document (EDGAR Filer Manual, Vol. II, 5.2.1; 17 CFR
/// 232.305).
pub const MOST_COLUMNS: usize = 80;

/// The maximum length of a line between `<TABLE>` and `</TABLE>` (the same sections).
pub const MOST_TABLE_COLUMNS: usize = 132;

/// The length of the longest word that surely fits on a line of a text document and of a PDF.
pub const LONG_WORD: usize = 40;

/// The largest document that is read, in bytes: a thousand times a usual notice.
pub const LARGEST: usize = 32 * 1024 * 1024;
