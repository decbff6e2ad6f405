//! List items without their hyphen.

use std::ops::Range;

use super::lines::{Line, Lines};
use super::slip::{Kind, Slip};

/// The most lines above one in which its list is searched.
const FARTHEST: usize = 60;

/// Returns the repairs of a list item without a hyphen, where YAML finds an error.
pub(super) fn missing_hyphen(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    let line = &lines.all[nth];
    let start = line.start + line.indent;
    let above = lines.above(nth).take(20);
    let dash = above.flat_map(|line| line.dashes.iter().rev().copied()).next();
    match dash.filter(|_| line.dashes.is_empty() && !line.in_block && !line.is_blank()) {
        Some(dash) if line.indent == dash => {
            let alone = vec![(start..start, "- ".to_owned())];
            let whole = nth..item_end(lines, nth, dash);
            let inner = whole.skip(1).map(|n| &lines.all[n]).filter(|line| !line.is_blank());
            let inner = inner.map(|line| (line.start..line.start, "  ".to_owned()));
            let whole: Vec<_> = alone.iter().cloned().chain(inner).collect();
            // With the keys below it, if they are as deep.
            let edits = if whole.len() > 1 { vec![whole, alone] } else { vec![alone] };
            edits.into_iter().map(|edits| slip(line, edits)).collect()
        }
        Some(dash) if line.indent == dash + 2 => {
            vec![slip(line, vec![(start - 2..start, "- ".to_owned())])]
        }
        _ => Vec::new(),
    }
}

/// Returns the number of the line after the keys of an item that has no hyphen.
fn item_end(lines: &Lines<'_>, nth: usize, dash: usize) -> usize {
    let ends = |line: &Line<'_>| {
        !line.in_block
            && !line.is_blank()
            && (line.indent < dash || line.dashes.first() == Some(&dash))
    };
    let rest = &lines.all[nth + 1..];
    rest.iter().position(ends).map_or(lines.all.len(), |n| nth + 1 + n)
}

fn slip(line: &Line<'_>, edits: Vec<(Range<usize>, String)>) -> Slip {
    Slip {
        kind: Kind::Hyphen,
        at: line.start + line.indent,
        width: line.text.trim().chars().count(),
        message: "the `- ` of the list item is missing".to_owned(),
        hint: "begin each item of a list with `- `".to_owned(),
        edits,
    }
}

/// Returns the repairs that begin a list item at a key that occurs twice, or at one above it.
pub(super) fn second(lines: &Lines<'_>, nth: usize, has_items: impl Fn(&str) -> bool) -> Vec<Slip> {
    let line = &lines.all[nth];
    if line.in_block || !line.dashes.is_empty() {
        return Vec::new();
    }
    let mut keys: Vec<usize> = Vec::new();
    for (number, above) in (0..=nth).rev().map(|n| (n, &lines.all[n])).take(FARTHEST) {
        if above.in_block || above.is_blank() || above.indent > line.indent {
            continue;
        }
        match above.dashes.last() {
            Some(_) if above.column != line.indent => break,
            Some(dash) => {
                let items = |n: usize| second_item(&lines.all[n], hyphens(lines, n, *dash));
                return keys.into_iter().map(items).collect();
            }
            None if above.indent == line.indent => keys.push(number),
            None if above.key.is_some_and(&has_items) => {
                return vec![second_item(line, all_items(lines, number, line))];
            }
            None => break,
        }
    }
    Vec::new()
}

/// Returns the edits that write a hyphen in a column before a key, and before the same key in the
/// lines below it: of more than two items, no hyphen may be there.
fn hyphens(lines: &Lines<'_>, nth: usize, dash: usize) -> Vec<(Range<usize>, String)> {
    let line = &lines.all[nth];
    let inside =
        |below: &&Line<'_>| below.in_block || below.is_blank() || below.indent >= line.indent;
    let same =
        |below: &&Line<'_>| !below.in_block && below.indent == line.indent && below.key == line.key;
    let items = lines.all[nth..].iter().take_while(inside).filter(same);
    let at = |line: &Line<'_>| line.start + dash..line.start + dash + 1;
    items.map(|line| (at(line), "-".to_owned())).collect()
}

/// Returns the edits that make items of the keys below one: each begins with the same key.
fn all_items(lines: &Lines<'_>, parent: usize, line: &Line<'_>) -> Vec<(Range<usize>, String)> {
    let inner = lines.below(parent, lines.all[parent].indent).skip(1).map(|n| &lines.all[n]);
    let edit = |inner: &Line<'_>| {
        let at = inner.start + line.indent.min(inner.indent);
        let begins = inner.indent == line.indent && inner.key == line.key && !inner.in_block;
        (at..at, if begins { "- " } else { "  " }.to_owned())
    };
    inner.filter(|line| !line.text.trim().is_empty()).map(edit).collect()
}

fn second_item(line: &Line<'_>, edits: Vec<(Range<usize>, String)>) -> Slip {
    let key = line.key.unwrap_or_default();
    let hint =
        format!("write `- ` before `{key}` if an item of the list begins there; else remove one");
    Slip { hint, ..slip(line, edits) }
}

/// Returns the text without a key and its value.
pub(super) fn without(lines: &Lines<'_>, nth: usize) -> String {
    let range = lines.below(nth, lines.all[nth].indent);
    let from = lines.all[range.start].start;
    let to = lines.all[range.end - 1].end();
    // The other lines keep their numbers.
    let breaks = "\n".repeat(range.len() - 1);
    format!("{}{breaks}{}", &lines.text[..from], &lines.text[to..])
}
