//! Slips in texts without quotes: signs of YAML at their heads, and in them.

use super::lines::{Lines, word};
use super::pieces::{Piece, pieces, to_quote};
use super::slip::{Kind, Slip};

/// Returns the repairs of the texts of a line.
pub(super) fn of_line(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    let mut slips = Vec::new();
    for piece in pieces(lines, nth) {
        let text = &lines.text[piece.range.clone()];
        slips.extend(head(&piece, text));
        slips.extend(hash(lines, &piece, text));
        slips.extend(colon(&piece, text));
    }
    slips
}

/// Returns the repair of a text that begins with a sign of YAML.
fn head(piece: &Piece, text: &str) -> Option<Slip> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let sign = match first {
        '&' | '*' | '!' | '%' | '@' | '`' | ']' | '}' | ',' => true,
        // A mapping, a list of mappings and an empty list are hardly meant as text.
        '{' => !word(rest).is_some_and(|key| rest[key.len()..].starts_with(':')) && rest != "}",
        '[' => !rest.contains('{') && rest != "]",
        '#' => rest.starts_with(|c: char| !c.is_whitespace()),
        '|' | '>' => !rest.is_empty(),
        '-' | '?' | ':' => rest.is_empty() || rest.starts_with(' '),
        _ => false,
    };
    if !sign {
        return None;
    }
    let shown = if first == '`' { "a backtick".to_owned() } else { format!("`{first}`") };
    let message = format!("a text begins with {shown}, which is a sign of YAML");
    let hint = match first {
        '|' | '>' => format!(
            "begin the text on the line below the `{first}`, indented by two spaces, or put it in quotes"
        ),
        _ => format!("put a text that begins with {shown} in quotes"),
    };
    let kind = if matches!(first, '[' | '{') { Kind::Bracket } else { Kind::Head };
    Some(to_quote(kind, piece, text, piece.range.start, (message, hint)))
}

/// Returns the slip of a text whose first word YAML takes for an anchor that nothing uses.
pub(super) fn anchor(lines: &Lines<'_>, nth: usize) -> Option<Slip> {
    let line = &lines.all[nth];
    let text = lines.value(line);
    let name = text.strip_prefix('&').filter(|_| !line.in_block && !line.is_blank())?;
    let (name, rest) = name.split_once(' ').unwrap_or((name, ""));
    let rest = rest.trim_start();
    let is_text = match rest.chars().next() {
        None => lines.below(nth, line.parent()).len() == 1,
        Some(first) => !matches!(first, '{' | '[' | '|' | '>' | '"' | '\'' | '#'),
    };
    let used = lines.text.contains(&format!("*{name}"));
    head(&Piece { range: line.value.clone(), first: line.value.end }, text)
        .filter(|_| is_text && !used)
}

/// Returns the repair of a `#` after a space in brackets.
fn hash(lines: &Lines<'_>, piece: &Piece, text: &str) -> Option<Slip> {
    let line = &text[..piece.first.min(piece.range.end) - piece.range.start];
    let at = line
        .match_indices(" #")
        .map(|(at, _)| at + 1)
        .find(|at| line[at + 1..].starts_with(|c: char| !c.is_whitespace() && c != '#'))?;
    let at = piece.range.start + at;
    let rest = lines.text[at..].lines().next().unwrap_or_default().trim_end();
    Some(Slip {
        kind: Kind::Hash,
        at,
        width: rest.chars().count(),
        message: format!("YAML takes `{rest}` for a comment"),
        hint: "put the whole text in quotes; write a comment as `# ` with a space".to_owned(),
        edits: vec![(at..at + 1, "x".to_owned())],
    })
}

/// Returns the repair of a text with `: ` in it, or with a colon at its end.
fn colon(piece: &Piece, text: &str) -> Option<Slip> {
    if text.starts_with(['"', '\'', '{', '[']) {
        return None;
    }
    let inner = text
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| text[at + 1..].starts_with([' ', '\n']));
    let at = inner.or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
    let end = inner.is_none() || text[at + 1..].starts_with('\n');
    let what = if end { "ends in a colon" } else { "contains `: `" };
    let said = (
        format!("a text that {what} is not in quotes"),
        format!("put a text that {what} in quotes"),
    );
    Some(to_quote(Kind::Colon, piece, text, piece.range.start + at, said))
}
