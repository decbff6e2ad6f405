//! Checks text documents by EDGAR's rules: line lengths, tabs, tags of tables and pages, and tags
//! that do not belong in a document.

use std::ops::Range;

use super::alphabet::{self, Decoded, is_plain};
use super::container;
use super::formats::Kind;
use super::limits::{MOST_COLUMNS, MOST_TABLE_COLUMNS};
use super::lines::lines;
use super::reading::Reading;
use super::tags::{Tag, is_document_tag, is_wrapper_tag, tags};
use crate::diagnostics::rule;

/// A table between `<TABLE>` and `</TABLE>`.
struct Table {
    /// The range of its `<TABLE>`.
    tag: Range<usize>,
    /// Whether it has `<S>`, which begins its first column.
    stub: bool,
    /// Whether it has `<C>`, which begins the other columns.
    columns: bool,
}

impl Table {
    /// Returns the first tag of columns that the table lacks, or `None` if it has both.
    fn missing_tag(&self) -> Option<&'static str> {
        match (self.stub, self.columns) {
            (false, _) => Some("<S>"),
            (true, false) => Some("<C>"),
            (true, true) => None,
        }
    }
}

/// Checks a text document.
pub(super) fn check(reading: &mut Reading<'_>, decoded: &Decoded<'_>) {
    let text = reading.text;
    let mut table: Option<Table> = None;
    let mut start = 0;
    for line in lines(text) {
        let range = start..start + line.trim_end_matches('\n').trim_end_matches('\r').len();
        start += line.len();
        let most = if table.is_some() { MOST_TABLE_COLUMNS } else { MOST_COLUMNS };
        // Fast path: most lines are short and plain, and need no look at their characters.
        if range.len() > most || !text.as_bytes()[range.clone()].iter().all(|byte| is_plain(*byte))
        {
            self::line(reading, decoded, range, &mut table);
        }
    }
    if let Some(Table { tag, .. }) = table {
        reading.report(&rule::TEXT_TABLE, tag, || {
            (
                "this `<TABLE>` is never closed, and all lines below count as its own".to_owned(),
                "write `</TABLE>`",
            )
        });
    }
}

/// Checks a line.
fn line(
    reading: &mut Reading<'_>,
    decoded: &Decoded<'_>,
    line: Range<usize>,
    table: &mut Option<Table>,
) {
    let text = &reading.text[line.clone()];
    // A line with `<TABLE>` or `</TABLE>` may have the width of the table.
    let mut in_table = table.is_some();
    for tag in tags(text) {
        self::tag(reading, text, line.start, &tag, table);
        in_table |= table.is_some();
    }
    columns(reading, line.clone(), in_table);
    if let Some(tab) = text.find('\t') {
        let at = line.start + tab;
        reading.report(&rule::TAB, at..at + 1, || {
            let count = text.matches('\t').count();
            let message =
                if count == 1 { "a tab".to_owned() } else { format!("{count} tabs on this line") };
            (message, "put spaces in the place of tabs")
        });
    }
    if let Some(lone) = text.find('\r') {
        let at = line.start + lone;
        reading.report(&rule::CARRIAGE_RETURN, at..at + 1, || {
            "a carriage return without a line feed".to_owned()
        });
    }
    alphabet::check(reading, decoded, line, Kind::Text);
}

/// Reports a line that is too long.
// Some readers break a line at a lone carriage return, so each piece counts as a line; the first
// that is too long is reported.
fn columns(reading: &mut Reading<'_>, line: Range<usize>, in_table: bool) {
    let most = if in_table { MOST_TABLE_COLUMNS } else { MOST_COLUMNS };
    let given = &reading.text[line.clone()];
    let text = container::as_filed(given);
    let mut start = given.len() - text.len();
    for piece in text.split('\r') {
        let piece_start = start;
        start += piece.len() + 1;
        if piece.len() <= most {
            continue; // a text has at most as many characters as bytes
        }
        let Some((over, _)) = piece.char_indices().nth(most) else { continue };
        let range = line.start + piece_start + over..line.start + piece_start + piece.len();
        reading.report(&rule::LINE_LENGTH, range, || {
            let length = piece.chars().count();
            let inside = if in_table { " inside a table" } else { "" };
            (
                format!("the line has {length} characters; EDGAR accepts {most}{inside}"),
                "break the line",
            )
        });
        return;
    }
}

/// Checks a tag, and opens or closes the table that it begins or ends.
fn tag(
    reading: &mut Reading<'_>,
    line: &str,
    line_start: usize,
    tag: &Tag<'_>,
    table: &mut Option<Table>,
) {
    let start = line_start + tag.start;
    let range = start..start + tag.text.len();
    let name = tag.name.trim_start_matches('/');
    match tag.name.as_str() {
        "PAGE" if line != tag.text.to_owned() + ">" => {
            reading.report(&rule::PAGE_TAG, range, || {
                (
                    "`<PAGE>` is not alone at the beginning of its line".to_owned(),
                    "give it a line of its own",
                )
            })
        }
        "TABLE" | "/TABLE" | "S" | "C" | "CAPTION" => table_tag(reading, range, &tag.name, table),
        _ if is_document_tag(name) => {}
        "HTML" => reading.report(&rule::WRAPPER_TAG, range, || {
            let message = "this looks like an HTML document in a text file".to_owned();
            (message, "name an HTML document `.htm`")
        }),
        _ if is_wrapper_tag(name) => reading.report(&rule::WRAPPER_TAG, range, || {
            (
                format!("`{}>` belongs to the submission around a document", tag.text),
                "delete the tag",
            )
        }),
        _ => reading.report(&rule::TAG_IN_TEXT, range, || {
            let message = format!("`{}` looks like a tag, but not one that EDGAR knows", tag.text);
            (message, "put a space after the `<`, or write it in another way")
        }),
    }
}

/// Checks a tag of a table (EDGAR Filer Manual, Vol. II, 5.2.1.3).
fn table_tag(
    reading: &mut Reading<'_>,
    range: Range<usize>,
    name: &str,
    table: &mut Option<Table>,
) {
    match (name, table.as_mut()) {
        ("TABLE", before) => {
            if before.is_some() {
                let message = "a `<TABLE>` before the one above is closed";
                table_fault(reading, range.clone(), message, "write `</TABLE>` first");
            }
            *table = Some(Table { tag: range, stub: false, columns: false });
        }
        ("/TABLE", None) => {
            let hint = "delete it, or write `<TABLE>` above";
            table_fault(reading, range, "`</TABLE>` closes no table", hint);
        }
        ("/TABLE", Some(open)) => {
            if let Some(missing) = open.missing_tag() {
                let message =
                    format!("this table has no `{missing}`, so its columns have no places");
                let hint = "put a line with `<S>` and one `<C>` for each column under the heads";
                table_fault(reading, open.tag.clone(), &message, hint);
            }
            *table = None;
        }
        (_, None) => {
            let message = format!("`<{name}>` outside of a table");
            table_fault(reading, range, &message, "put it after a `<TABLE>`");
        }
        ("CAPTION", Some(open)) if open.stub => {
            let message = "`<CAPTION>` after `<S>`, which ends the caption";
            table_fault(reading, range, message, "put it above the `<S>`");
        }
        ("S", Some(open)) => open.stub = true,
        ("C", Some(open)) => open.columns = true,
        _ => {}
    }
}

fn table_fault(reading: &mut Reading<'_>, range: Range<usize>, message: &str, hint: &str) {
    reading.report(&rule::TEXT_TABLE, range, || (message.to_owned(), hint));
}
