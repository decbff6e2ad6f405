//! Writes pasted lists and tables as blocks: in short for a hint, and whole for a fix, which makes a
//! list of blocks of the text.

use std::ops::Range;

use super::run::{Content, List, Run, Table};
use crate::diagnostics::fix::{Edit, Fix};
use crate::diagnostics::source::{Line, Position, Segment, Source, YamlPath};

/// The words of an item in a hint.
const WORDS: usize = 6;

/// Returns a list with the beginning of its first item, for a hint.
pub(super) fn list_in_short(list: &List) -> String {
    let first = list.items.first().map_or("", String::as_str);
    let more = if list.items.len() > 1 { ", …" } else { "" };
    format!("- list: [{}{more}]", quoted(&beginning(first)))
}

/// Returns a table with its heads and the beginning of its first row, for a hint.
pub(super) fn table_in_short(table: &Table) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| in_row(cell)).collect();
        format!("[{}]", cells.join(", "))
    };
    let heads = table.heads.as_deref().map_or("[\"\", …]".to_owned(), heads);
    let first = table.rows.first().map_or_else(|| "[…]".to_owned(), |cells| row(cells));
    let more = if table.rows.len() > 1 { ", …" } else { "" };
    format!("- table: {{columns: {heads}, rows: [{first}{more}]}}")
}

fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    match words.get(..WORDS) {
        Some(first) if words.len() > WORDS => format!("{} …", first.join(" ")),
        _ => text.to_owned(),
    }
}

/// Whether a path is that of an item of a list, which cannot have blocks.
pub(super) fn is_item(path: &YamlPath) -> bool {
    matches!(path.0.as_slice(), [.., Segment::Key(key), Segment::Index(_)] if key == "list")
}

/// Whether a run can be written as a block: a table needs heads.
pub(super) fn is_block(run: &Run) -> bool {
    !matches!(&run.content, Content::Table(table) if table.heads.is_none())
}

/// Returns the fix of a text with runs, which is written at a range, or `None` if it cannot be
/// written as blocks: inside an item of a list, in braces, or if there are only tables without
/// heads.
pub(super) fn fix(
    source: &Source,
    path: &YamlPath,
    written: &Range<usize>,
    lines: &[Line],
    runs: &[Run],
) -> Option<Fix> {
    let runs: Vec<&Run> = runs.iter().filter(|run| is_block(run)).collect();
    // The lines of a text with further escapes are not those that YAML reads.
    let own = &source.text[written.clone()];
    let plain = own.replace("\\n", "").replace("\\t", "").replace("\\\"", "");
    if runs.is_empty() || is_item(path) || (own.starts_with('"') && plain.contains('\\')) {
        return None;
    }
    let text = &source.text;
    let line_start = text[..written.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..written.start];
    if !own.starts_with(['|', '>']) && may_be_in_braces(&text[..written.start]) {
        return None;
    }
    let spaces = before.len() - before.trim_start_matches(' ').len();
    let key_is_before = matches!(path.0.last(), Some(Segment::Key(_))) && !before.trim().is_empty();
    let indent = " ".repeat(if key_is_before { spaces + 2 } else { spaces });
    let all: Vec<String> =
        blocks(lines, &runs).iter().map(|block| indented(block, &indent)).collect();
    let all = all.join("\n");
    let (start, new) = match before.trim() {
        _ if key_is_before => (line_start + before.trim_end().len(), format!("\n{all}")),
        // The dash of the first block, or its indent, is there.
        "-" => (written.start, all[spaces + 2..].to_owned()),
        "" => (written.start, all[spaces..].to_owned()),
        _ => return None,
    };
    let at = |offset| Position::of_offset(text, offset);
    Some(Fix::unsafe_edits(vec![Edit { start: at(start), end: at(written.end), text: new }]))
}

/// Whether a scalar after a text may be in braces or brackets, where a list of blocks cannot be.
fn may_be_in_braces(before: &str) -> bool {
    let is_key = |at: &usize| before[*at..].starts_with(char::is_alphabetic);
    let lines = before.match_indices('\n').map(|(at, _)| at + 1).filter(is_key);
    before[lines.max().unwrap_or(0)..].contains(['{', '['])
}

fn indented(block: &str, indent: &str) -> String {
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    block.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns the blocks of a text as items of a list.
fn blocks(lines: &[Line], runs: &[&Run]) -> Vec<String> {
    let mut all = Vec::new();
    let mut from = 0;
    for run in runs {
        all.extend(paragraphs(&lines[from..run.lines.start]));
        all.push(match &run.content {
            Content::List(list) => list_block(list),
            Content::Table(table) => table_block(table),
        });
        from = run.lines.end;
    }
    all.extend(paragraphs(&lines[from..]));
    all
}

/// Returns lines as a block of paragraphs, or `None` if all are empty.
fn paragraphs(lines: &[Line]) -> Option<String> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
    let first = texts.iter().position(|text| !text.is_empty())?;
    let last = texts.iter().rposition(|text| !text.is_empty())?;
    let own = texts[first..=last]
        .iter()
        .map(|text| if text.is_empty() { String::new() } else { format!("  {text}") });
    Some(format!("- |\n{}", own.collect::<Vec<_>>().join("\n")))
}

fn list_block(list: &List) -> String {
    let items = list.items.iter().map(|item| format!("\n    - {}", quoted(item)));
    format!("- list:{}", items.collect::<String>())
}

fn table_block(table: &Table) -> String {
    let caption = table.caption.iter().map(|text| format!("\n    caption: {}", quoted(text)));
    let columns = table.heads.as_deref().map_or(String::new(), heads);
    let rows = table.rows.iter().map(|cells| {
        let cells: Vec<String> = cells.iter().map(|cell| in_row(cell)).collect();
        format!("\n      - [{}]", cells.join(", "))
    });
    let rows = rows.collect::<String>();
    format!("- table:{}\n    columns: {columns}\n    rows:{rows}", caption.collect::<String>())
}

fn heads(heads: &[String]) -> String {
    let heads: Vec<String> = heads.iter().map(|head| quoted(head)).collect();
    format!("[{}]", heads.join(", "))
}

/// Returns a cell of a row as YAML.
fn in_row(cell: &str) -> String {
    if cell.is_empty() { "null".to_owned() } else { quoted(cell) }
}

/// Returns a text as YAML, in quotes if it needs them in a list of either style.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '-' | '.' | ';' | '(' | ')' | '’' | '/' | '$' | '…')
    };
    const OTHERS: [&str; 8] = ["true", "false", "null", "yes", "no", "on", "off", "y"];
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_word = text.starts_with(char::is_alphabetic) && text.chars().all(is_plain);
    if is_number || (is_word && !OTHERS.contains(&text.to_lowercase().as_str())) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t"))
}
