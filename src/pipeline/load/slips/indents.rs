//! Slips of indentation: a line with a space too many or too few, a text or keys that are not
//! indented, and tabs.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lines::{Line, Lines};
use super::slip::{Kind, Slip};
use crate::diagnostics::count::count;

/// The most spaces by which an indent is changed.
const FARTHEST: usize = 12;
/// The most spaces by which the indents of a line and of one below it differ for a slip.
const NEAR: usize = 3;
/// The most keys of a mapping that are indented at once.
const KEYS: usize = 12;

/// Returns the repairs of the indent of a line.
pub(super) fn of_line(lines: &Lines<'_>, number: usize) -> Vec<Slip> {
    let line = &lines.all[number];
    let is_item = !line.dashes.is_empty();
    if line.in_block || line.is_blank() || !(is_item || line.key.is_some()) {
        return Vec::new();
    }
    let above: Vec<&Line<'_>> = lines.above(number).take(60).collect();
    let mut slips = Vec::new();
    let mut seen = BTreeSet::from([line.indent]);
    if let Some(parent) = above.first().filter(|other| other.value.is_empty()) {
        slips.extend(children(lines, number, parent, &mut seen));
    }
    // Farther to the right, it would become a line of the text above it.
    let text = above.first().filter(|other| other.is_header()).map(|other| other.parent());
    let mut scope = text.unwrap_or(usize::MAX);
    for (nth, other) in above.iter().enumerate() {
        let columns = if is_item {
            other.dashes.clone()
        } else {
            other.key.map(|_| other.column).into_iter().collect()
        };
        for column in columns.into_iter().filter(|column| *column <= scope) {
            if seen.insert(column) {
                let name = neighbour(other, is_item, nth == 0, "above");
                slips.extend(moved(lines, number, column, &format!("{name} by {column}")));
            }
        }
        scope = scope.min(other.indent);
    }
    for (nth, below) in lines.after(number).take(12).enumerate() {
        let near = line.indent.abs_diff(below.indent) <= NEAR
            && text.is_none_or(|text| below.indent <= text);
        if near && is_item != below.dashes.is_empty() && seen.insert(below.indent) {
            let name = neighbour(below, is_item, nth == 0, "below");
            slips.extend(moved(
                lines,
                number,
                below.indent,
                &format!("{name} by {}", below.indent),
            ));
        }
    }
    slips
}

/// Names a line whose indent is compared.
fn neighbour(line: &Line<'_>, is_item: bool, next: bool, side: &str) -> String {
    match line.key {
        _ if is_item => format!("the item {side} it"),
        Some(key) if !next => format!("`{key}` {side} it"),
        _ => format!("the key {side} it"),
    }
}

/// Returns the repairs that put a line into another column.
fn moved(lines: &Lines<'_>, number: usize, column: usize, than: &str) -> Vec<Slip> {
    let line = &lines.all[number];
    if line.indent.abs_diff(column) > FARTHEST {
        return Vec::new();
    }
    let name = line.key.map_or("the item".to_owned(), |key| format!("`{key}`"));
    let message = format!("{name} is indented by {}, {than}", count(line.indent, "space"));
    let whole = lines.below(number, line.indent);
    // With the lines below it, and alone.
    let ranges = (whole.len() > 1).then_some(whole).into_iter();
    let slip = |range: Range<usize>| indented(lines, number, range, column, &message);
    ranges.chain(std::iter::once(number..number + 1)).filter_map(slip).collect()
}

/// Returns the repairs that indent the keys or items of a key that has nothing on its own line.
fn children(
    lines: &Lines<'_>,
    number: usize,
    parent: &Line<'_>,
    seen: &mut BTreeSet<usize>,
) -> Vec<Slip> {
    let line = &lines.all[number];
    let column = parent.column + 2;
    let known = parent.key.filter(|key| lines.is_known(key));
    let (Some(key), true) = (known, seen.insert(column)) else {
        return Vec::new();
    };
    let name = line.key.map_or("the item".to_owned(), |key| format!("`{key}`"));
    let message = if line.indent == parent.column {
        format!("{name} is not indented below `{key}`")
    } else {
        let indent = count(line.indent, "space");
        format!("{name} is indented by {indent}, `{key}` above it by {}", parent.column)
    };
    let mut slips: Vec<Slip> =
        indented(lines, number, number..number + 1, column, &message).into_iter().collect();
    let mut end = number;
    for _ in 0..KEYS {
        end = lines.below(end, line.indent).end;
        slips.extend(indented(lines, number, number..end, column, &message));
        let next = lines.all.get(end);
        if !next.is_some_and(|next| next.indent == line.indent && next.key.is_some()) {
            break;
        }
    }
    slips
}

/// Returns the repair of a list item that is indented more than the one above it, so that it is a
/// part of its text.
pub(super) fn deep_item(lines: &Lines<'_>, number: usize) -> Vec<Slip> {
    let line = &lines.all[number];
    // A list is deeper than the key that it belongs to.
    let above = lines.above(number).next().filter(|above| above.key.is_none());
    let above = above.and_then(|above| above.dashes.last().copied());
    match above.filter(|above| !line.in_block && line.dashes.first() > Some(above)) {
        Some(column) => {
            let slips = moved(lines, number, column, &format!("the item above it by {column}"));
            slips.into_iter().map(|slip| Slip { kind: Kind::DeepItem, ..slip }).collect()
        }
        None => Vec::new(),
    }
}

/// Returns the slip that is repaired by moving lines, so that the first is in a column.
fn indented(
    lines: &Lines<'_>,
    number: usize,
    range: Range<usize>,
    column: usize,
    message: &str,
) -> Option<Slip> {
    let line = &lines.all[number];
    let hint = match column {
        0 => "begin it at the start of its line".to_owned(),
        _ => format!("indent it by {}", count(column, "space")),
    };
    let mut edits = Vec::new();
    for moved in lines.all[range].iter().filter(|line| !line.text.trim().is_empty()) {
        let indent = (moved.indent + column).checked_sub(line.indent)?;
        edits.push((moved.start..moved.start + moved.indent, " ".repeat(indent)));
    }
    let width = line.key.map_or(1, |key| line.column - line.indent + key.len());
    let at = line.start + line.indent;
    Some(Slip { kind: Kind::Indent, at, width, message: message.to_owned(), hint, edits })
}

/// Returns the repairs of a text that is not indented below its key.
pub(super) fn text(lines: &Lines<'_>, number: usize) -> Vec<Slip> {
    let line = &lines.all[number];
    let header = line.is_header();
    if line.in_block || line.is_blank() || !(header || line.key.is_some() && line.value.is_empty())
    {
        return Vec::new();
    }
    let find = |from: usize, such: &dyn Fn(&Line<'_>) -> bool| {
        let found = lines.all[from..].iter().position(such);
        found.map_or(lines.all.len(), |n| from + n)
    };
    let first = find(number + 1, &|line| !line.in_block && !line.is_blank());
    let is_text = |stray: &Line<'_>| !stray.ends_text && (header || stray.indent <= line.column);
    if !lines.all.get(first).is_some_and(is_text) {
        return Vec::new();
    }
    let body = lines.all[number + 1..first].iter().find(|line| !line.text.trim().is_empty());
    let column = body.map_or(line.parent() + 2, |body| body.indent);
    // Where the text ends is not certain: a key or an item may be a part of it.
    let ends = [
        find(first, &|line| line.ends_text),
        find(first, &|line| line.key.is_some_and(|key| lines.is_known(key))),
    ];
    ends.into_iter()
        .filter_map(|end| unindented(lines, number, first..end, column, header))
        .collect()
}

/// Returns the slip that is repaired by indenting the lines of a text to a column.
fn unindented(
    lines: &Lines<'_>,
    number: usize,
    range: Range<usize>,
    column: usize,
    header: bool,
) -> Option<Slip> {
    let line = &lines.all[number];
    let text = || lines.all[range.clone()].iter().filter(|line| !line.text.trim().is_empty());
    let least = text().map(|line| line.indent).min()?;
    let more = " ".repeat(column.checked_sub(least)?);
    let mut edits: Vec<_> = text().map(|line| (line.start..line.start, more.clone())).collect();
    if !header {
        edits.insert(0, (line.end()..line.end(), " |".to_owned()));
    }
    let whole = range.start == number + 1
        || lines.all[number + 1..range.start].iter().all(|l| l.text.trim().is_empty());
    let at = if whole { line } else { &lines.all[range.start] };
    let name = line.key.map_or("the item".to_owned(), |key| format!("`{key}`"));
    let by = if column == 2 { "two spaces".to_owned() } else { count(column, "space") };
    let (at, width, message) = if whole {
        (
            line.content(),
            line.key.map_or(1, str::len),
            format!("the text of {name} is not indented"),
        )
    } else {
        let message = format!(
            "this line of the text of {name} is indented by {}, its first line by {column}",
            count(at.indent, "space")
        );
        (at.start + at.indent, at.text.trim().chars().count(), message)
    };
    let hint = match (header, whole) {
        (true, true) => format!("indent its text by {by}"),
        (true, false) => format!("indent each line of the text by {by}"),
        (false, _) => format!("write `|` after the colon, and indent its text by {by}"),
    };
    Some(Slip { kind: Kind::Unindented, at, width, message, hint, edits })
}

/// Returns the finding about a tab at the head of a line, or `None` if there is none.
pub(super) fn tab(lines: &Lines<'_>, number: usize) -> Option<Slip> {
    let head = head_with_tab(&lines.all[number])?;
    let at = head.start + lines.text[head.clone()].find('\t')?;
    let width = lines.text[at..head.end].chars().take_while(|c| *c == '\t').count();
    Some(Slip {
        kind: Kind::Tab,
        at,
        width,
        message: "a tab is in the indentation".to_owned(),
        hint: "indent with spaces; YAML does not accept tabs there".to_owned(),
        edits: Vec::new(),
    })
}

/// Returns the white space and hyphens before the content of a line, if a tab is among them.
fn head_with_tab(line: &Line<'_>) -> Option<Range<usize>> {
    if line.in_block {
        return None;
    }
    let rest = line.text.trim_start_matches([' ', '\t']);
    let mut end = line.text.len() - rest.len();
    if rest.starts_with("-\t") || rest.starts_with("- ") {
        let rest = rest[1..].trim_start_matches([' ', '\t']);
        end = line.text.len() - rest.len();
    }
    (end < line.text.len() && line.text[..end].contains('\t')).then(|| line.start..line.start + end)
}
