//! Slips in the signs around keys and items: colons, blanks and hyphens.

use std::ops::Range;

use super::lines::{Line, Lines, word};
use super::slip::{Kind, Slip};
use crate::diagnostics::characters::{meant, number};

/// The most bytes of a line whose entries in brackets are examined.
// No filing has one as long, and each entry costs several repairs.
pub(super) const LONGEST_IN_BRACKETS: usize = 8192;

/// Returns the repairs of colons, and of blanks beside keys, on a line.
pub(super) fn colons(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    let line = &lines.all[nth];
    let mut slips: Vec<Slip> = Vec::new();
    let heads = head(line).into_iter().chain(in_brackets(line));
    for Site { blank, key, after } in heads {
        let name = &lines.text[key.clone()];
        if !lines.is_known(name) {
            continue;
        }
        let mut edits = Vec::new();
        let ascii = |range: &Range<usize>| {
            lines.text[range.clone()].chars().map(|c| meant(c).unwrap_or(c)).collect::<String>()
        };
        if ascii(&blank) != lines.text[blank.clone()] {
            edits.push((blank.clone(), ascii(&blank)));
        }
        let rest = &lines.text[after.clone()];
        let kind = match rest.trim_start_matches(is_blank).chars().next() {
            Some(c) if c == ':' || meant(c) == Some(':') => {
                let colon = rest.find(c).unwrap_or(0);
                let end = rest[colon + c.len_utf8()..].trim_start_matches(is_blank);
                let value = after.end - end.len();
                let is_plain = c == ':'
                    && rest[..colon].chars().all(|c| c == ' ')
                    && (end.is_empty() || rest[colon + 1..].starts_with([' ', '\t']));
                if !is_plain {
                    let gap = if end.is_empty() { ":" } else { ": " };
                    edits.push((after.start..value, gap.to_owned()));
                }
                let unusual = |c: &char| meant(*c).is_some();
                match lines.text[blank.start..value].chars().find(unusual) {
                    Some(c) => fault_of(c),
                    None => Some((
                        Kind::Stuck,
                        format!("`{name}:` has no space after its colon"),
                        "write a space after the colon".to_owned(),
                    )),
                }
            }
            Some(c) if rest.starts_with(is_blank) && blank.start == line.start => {
                let gap = rest.len() - rest.trim_start_matches(is_blank).len();
                let sign = if matches!(c, '=' | ';' | ',') { gap + 1 } else { 0 };
                let end = if sign > 0 { after.start + sign } else { after.start };
                edits.push((after.start..end, ":".to_owned()));
                Some((
                    Kind::NoColon,
                    format!("`{name}` has no colon after it"),
                    format!("write `{name}: …`"),
                ))
            }
            _ => None,
        };
        if let (Some((kind, message, hint)), Some((first, _))) = (kind, edits.first()) {
            let unusual =
                lines.text[first.clone()].char_indices().find(|(_, c)| meant(*c).is_some());
            let at = match kind {
                Kind::Lookalike => first.start + unusual.map_or(0, |(at, _)| at),
                _ => key.start,
            };
            let width = if kind == Kind::Lookalike {
                1
            } else {
                name.len() + usize::from(kind == Kind::Stuck)
            };
            slips.push(Slip { kind, at, width, message, hint, edits });
        }
    }
    slips
}

/// A place that could be that of a key: the blank before it, the word, and the rest of the line.
struct Site {
    blank: Range<usize>,
    key: Range<usize>,
    after: Range<usize>,
}

/// Whether a character is a space, a tab or another blank.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t') || meant(c) == Some(' ')
}

/// Returns the kind, the message and the advice on a character that looks like another one.
fn fault_of(c: char) -> Option<(Kind, String, String)> {
    Some(match meant(c)? {
        ' ' => (
            Kind::Lookalike,
            format!("the blank {} is not a space for YAML", number(c)),
            "write a space instead".to_owned(),
        ),
        ascii => (
            Kind::Lookalike,
            format!("`{c}` ({}) is not `{ascii}` for YAML", number(c)),
            format!("write `{ascii}` instead"),
        ),
    })
}

/// Returns the site of a key at the head of a line.
fn head(line: &Line<'_>) -> Option<Site> {
    let dashed = line.text.trim_start_matches(|c: char| is_blank(c) || c == '-');
    site(line, 0, line.text.len() - dashed.len())
}

/// Returns the sites of keys after `{` and `,`.
fn in_brackets<'a>(line: &'a Line<'a>) -> impl Iterator<Item = Site> + 'a {
    let short = line.text.len() <= LONGEST_IN_BRACKETS;
    let open = line.text.find('{').filter(|_| short).unwrap_or(line.text.len());
    line.text[open..].match_indices(['{', ',']).filter_map(move |(at, _)| {
        let from = open + at + 1;
        let rest = &line.text[from..];
        site(line, from, from + rest.len() - rest.trim_start_matches(is_blank).len())
    })
}

fn site(line: &Line<'_>, blank: usize, start: usize) -> Option<Site> {
    let key = word(line.text.get(start..)?)?;
    let end = start + key.len();
    let at = |offset: usize| line.start + offset;
    Some(Site { blank: at(blank)..at(start), key: at(start)..at(end), after: at(end)..line.end() })
}

/// Returns the repairs of a hyphen of a list item that has no space after it, or is another dash.
pub(super) fn hyphens(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    let line = &lines.all[nth];
    let content = &line.text[line.indent..];
    let start = line.start + line.indent;
    let Some(first) = content.chars().next().filter(|_| !line.in_block) else { return Vec::new() };
    let after = &content[first.len_utf8()..];
    let blank = after.chars().next().filter(|c| is_blank(*c));
    let slip = |kind, message: String, hint: &str, edit: (Range<usize>, String)| {
        vec![Slip { kind, at: start, width: 1, message, hint: hint.to_owned(), edits: vec![edit] }]
    };
    if first == '-' && !after.starts_with(' ') && !after.is_empty() && after != "--" {
        let edit = (start + 1..start + 1 + blank.map_or(0, char::len_utf8), " ".to_owned());
        return match blank.and_then(fault_of) {
            Some((kind, message, hint)) => slip(kind, message, &hint, edit),
            None => {
                let message = "the hyphen of the list item has no space after it".to_owned();
                slip(Kind::Stuck, message, "write `- ` with a space", edit)
            }
        };
    }
    if meant(first) == Some('-') && blank.is_some() {
        let message = format!("`{first}` ({}) does not begin a list item in YAML", number(first));
        let edit = (start..start + first.len_utf8(), "-".to_owned());
        return slip(Kind::Lookalike, message, "write `- `", edit);
    }
    Vec::new()
}
