//! Slips on the line of a key that has keys or items below it: no colon, a text beside them, and a
//! `|` that makes a text of them.

use std::ops::Range;

use super::lines::{Line, Lines};
use super::slip::{Kind, Slip};

/// Returns the repair of a key without its colon, with nothing after it and more below it.
pub(super) fn no_colon(lines: &Lines<'_>, nth: usize) -> Option<Slip> {
    let line = &lines.all[nth];
    let content = line.text[line.column..].trim_end();
    if line.in_block || !lines.is_known(content) {
        return None;
    }
    // By its looks alone: without the colon, it does not end the text of a block above.
    let below = lines.all[nth + 1..].iter().find(|below| !below.is_blank())?;
    let has_entry = below.key.is_some() || !below.dashes.is_empty();
    let is_deeper = below.indent > line.column && (has_entry || line.dashes.is_empty());
    let is_list = line.dashes.is_empty() && below.dashes.first() == Some(&line.indent);
    if !is_deeper && !is_list {
        return None;
    }
    let at = line.content();
    let end = at + content.len();
    Some(Slip {
        kind: Kind::Section,
        at,
        width: content.len(),
        message: format!("`{content}` has no colon after it"),
        hint: format!("write `{content}:`"),
        edits: vec![(end..end, ":".to_owned())],
    })
}

/// Returns the slip of a text on the line of a key that has keys or items below it.
pub(super) fn text_beside(lines: &Lines<'_>, nth: usize) -> Option<Slip> {
    let line = &lines.all[nth];
    let key = line.key.filter(|key| !line.in_block && lines.sections.contains(*key))?;
    let value = lines.value(line);
    let is_other = value.is_empty()
        || line.is_header()
        || value.starts_with('#')
        || value.starts_with(['{', '[']) && !matches!(value, "{}" | "[]")
        || value.starts_with(['&', '!']) && !value[1..].starts_with(' ');
    let below = lines.after(nth).next().filter(|below| !is_other && below.indent > line.column)?;
    let named = below.key.is_some_and(|key| lines.is_known(key));
    let (what, hint) = if below.dashes.is_empty() {
        ("keys", "delete it, or write a key before it on a line of its own")
    } else {
        ("items", "delete it, or make an item of it")
    };
    // Plain items below a text are mostly a list that was pasted as prose.
    let is_prose = if below.dashes.is_empty() {
        !named
    } else {
        !named && !below.is_header() && value.contains(':')
    };
    if is_prose {
        return None;
    }
    let text = value.split(" #").next().unwrap_or(value).trim_end();
    Some(Slip {
        kind: Kind::Beside,
        at: line.value.start,
        width: text.chars().count(),
        message: format!("the text after `{key}:` does not belong beside the {what} below it"),
        hint: hint.to_owned(),
        edits: vec![(line.value.start..line.value.start + text.len(), String::new())],
    })
}

/// Returns the repair of a `|` or `>` that makes a text of the keys or blocks below it.
pub(super) fn block_sign(lines: &Lines<'_>, nth: usize) -> Option<Slip> {
    let line = &lines.all[nth];
    let key = line.key.filter(|key| lines.sections.contains(*key))?;
    if line.in_block || !line.is_header() {
        return None;
    }
    let what = entries(lines, lines.below(nth, line.column))?;
    let value = lines.value(line);
    let sign = value.split(" #").next().unwrap_or(value).trim_end();
    let start = line.value.start;
    let gap = lines.text[..start].len() - lines.text[..start].trim_end_matches(' ').len();
    Some(Slip {
        kind: Kind::BlockSign,
        at: start,
        width: sign.len(),
        message: format!("the `{sign}` after `{key}:` makes a text of the {what} below it"),
        hint: format!("delete the `{sign}`"),
        edits: vec![(start - gap..start + sign.len(), String::new())],
    })
}

/// Returns the repair of a `|` or `>` above lines that can only be blocks.
pub(super) fn sign_of_blocks(lines: &Lines<'_>, nth: usize) -> Option<Slip> {
    let line = &lines.all[nth];
    let blocks = || entries(lines, lines.below(nth, line.column)) == Some("blocks");
    block_sign(lines, nth).filter(|_| blocks())
}

/// Names the entries that lines have below their first: keys or blocks, or `None` if they can be
/// meant as a text.
fn entries(lines: &Lines<'_>, range: Range<usize>) -> Option<&'static str> {
    let text = || lines.all[range.start + 1..range.end].iter().filter(|line| !line.is_blank());
    let first = text().next()?;
    let known = |line: &Line<'_>| line.key.is_some_and(|key| lines.is_known(key));
    if first.dashes.is_empty() {
        return known(first).then_some("keys");
    }
    let mut items = text().filter(|line| line.indent == first.indent);
    let is_block = |item: &Line<'_>| {
        let starts = item.is_header() || known(item) && item.value.is_empty();
        !item.dashes.is_empty() && starts
    };
    let all = text().all(|line| {
        line.indent > first.indent || line.indent == first.indent && !line.dashes.is_empty()
    });
    (all && items.any(is_block)).then_some("blocks")
}
