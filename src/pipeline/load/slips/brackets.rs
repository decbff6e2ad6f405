//! Slips in brackets: what is not closed or opened, and missing commas and entries.

use std::ops::Range;

use super::lines::{Line, Lines, word};
use super::slip::{Kind, Slip};

/// Returns the repairs of the brackets of a line, and of the commas in them.
pub(super) fn of_line(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    let line = &lines.all[nth];
    if line.in_block || line.is_blank() {
        return Vec::new();
    }
    let from = if lines.value(line).is_empty() { line.content() } else { line.value.start };
    let mut slips = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    for (at, c) in lines.text[from..line.end()].char_indices() {
        let at = from + at;
        match (quote, c) {
            (Some(q), _) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'')
                if lines.text[from..at].trim_end().is_empty()
                    || lines.text[..at].ends_with(['{', '[', ',', ' ']) =>
            {
                quote = Some(c)
            }
            (None, '{' | '[') => open.push((at, c)),
            (None, '}' | ']') => match open.last() {
                Some((_, last)) if closer(*last) == c => drop(open.pop()),
                Some((_, last)) => slips.push(replaced(at, c, closer(*last))),
                None => slips.extend(without_opener(line, at, c, from)),
            },
            _ => {}
        }
    }
    for (at, c) in open {
        slips.extend(unclosed(lines, nth, at, &closer(c).to_string(), &format!("`{c}`")));
    }
    slips.extend(commas(lines, line));
    slips.extend(empty_entries(line));
    slips
}

fn closer(open: char) -> char {
    if open == '{' { '}' } else { ']' }
}

fn replaced(at: usize, found: char, expected: char) -> Slip {
    Slip {
        kind: Kind::Unclosed,
        at,
        width: 1,
        message: format!("`{found}` closes a bracket of the other kind"),
        hint: format!("write `{expected}`"),
        edits: vec![(at..at + 1, expected.to_string())],
    }
}

/// Returns the repairs of a closing bracket that nothing opens.
fn without_opener(line: &Line<'_>, at: usize, c: char, from: usize) -> [Slip; 2] {
    let open = if c == '}' { '{' } else { '[' };
    let slip = |hint: String, edit: (Range<usize>, String)| Slip {
        kind: Kind::Unclosed,
        at,
        width: 1,
        message: format!("nothing opens this `{c}`"),
        hint,
        edits: vec![edit],
    };
    let from = from.max(line.start);
    [
        slip(
            format!("delete it, or write `{open}` where its content begins"),
            (at..at + 1, String::new()),
        ),
        slip(format!("write `{open}` where its content begins"), (from..from, open.to_string())),
    ]
}

/// Returns the repairs of a quote or bracket at an offset that is not closed: before each comma and
/// bracket after it, and at the ends of its line and of the lines below.
pub(super) fn unclosed(
    lines: &Lines<'_>,
    nth: usize,
    at: usize,
    close: &str,
    sign: &str,
) -> Vec<Slip> {
    const PLACES: usize = 24;
    let line = &lines.all[nth];
    let trimmed = |line: &Line<'_>| {
        let content = line.text.find(" #").map_or(line.text, |hash| &line.text[..hash]);
        line.start + content.trim_end().len()
    };
    let ends =
        lines.all[nth..].iter().take(9).filter(|line| !line.text.trim().is_empty()).map(trimmed);
    let inner =
        lines.text[at + 1..line.end()].match_indices([',', '}', ']', '#']).map(|(i, _)| at + 1 + i);
    let inner = inner.map(|place| lines.text[..place].trim_end().len()).filter(|place| *place > at);
    let slip = |place: usize| Slip {
        kind: Kind::Unclosed,
        at,
        width: 1,
        message: format!("this {sign} is not closed"),
        hint: format!("write `{close}` at its end"),
        edits: vec![(place..place, close.to_owned())],
    };
    ends.chain(inner).take(PLACES).map(slip).collect()
}

/// Returns the repairs of a missing comma before a key in brackets.
fn commas(lines: &Lines<'_>, line: &Line<'_>) -> Vec<Slip> {
    let Some(open) = line.text.find('{') else { return Vec::new() };
    let spaces = line.text[open..].match_indices(' ').map(|(at, _)| open + at);
    let missing = |at: &usize| {
        let before = line.text[..*at].chars().next_back();
        word(&line.text[at + 1..]).is_some_and(|key| {
            lines.is_known(key) && line.text[at + 1 + key.len()..].starts_with(':')
        }) && !before.is_some_and(|c| matches!(c, '{' | ',' | ' ' | ':'))
    };
    let slip = |at: usize| {
        let key = word(&line.text[at + 1..]).unwrap_or_default();
        let place = line.start + at;
        Slip {
            kind: Kind::Comma,
            at: place + 1,
            width: key.len(),
            message: format!("there is no comma before `{key}`"),
            hint: "write `, ` between the entries".to_owned(),
            edits: vec![(place..place, ",".to_owned())],
        }
    };
    spaces.filter(missing).map(slip).collect()
}

/// Returns the repair of the empty entries before commas in brackets.
fn empty_entries(line: &Line<'_>) -> Option<Slip> {
    let is_empty = |at: &usize| line.text[..*at].trim_end_matches(' ').ends_with(['[', ',']);
    let places: Vec<usize> = line
        .text
        .match_indices(',')
        .map(|(at, _)| line.start + at)
        .filter(|at| is_empty(&(at - line.start)))
        .collect();
    Some(Slip {
        kind: Kind::Comma,
        at: *places.first()?,
        width: 1,
        message: "there is nothing before this comma".to_owned(),
        hint: "write `\"\"` or `null` for an empty entry, or delete the comma".to_owned(),
        edits: places.iter().map(|at| (*at..*at, "null".to_owned())).collect(),
    })
}
