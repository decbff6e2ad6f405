//! How a text is spelled in EDGAR's ASCII: one table, and for letters with accents the letter.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The documented table; see its head for the format.
const TABLE: &str = include_str!("transliteration.txt");

/// A row: the characters after the first, and what the whole is spelled as.
type Row = (Vec<char>, String);

/// Rows by their first character, the longest first.
static ROWS: LazyLock<BTreeMap<char, Vec<Row>>> = LazyLock::new(|| {
    let mut rows: BTreeMap<char, Vec<Row>> = BTreeMap::new();
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (points, spelled) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        let mut chars = points.split(' ').filter_map(code_point);
        if let Some(first) = chars.next() {
            rows.entry(first).or_default().push((chars.collect(), unquoted(spelled)));
        }
    }
    for entry in rows.values_mut() {
        entry.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    rows
});

fn code_point(text: &str) -> Option<char> {
    u32::from_str_radix(text.strip_prefix("U+")?, 16).ok().and_then(char::from_u32)
}

fn unquoted(field: &str) -> String {
    let inner = field.strip_prefix('"').and_then(|f| f.strip_suffix('"')).unwrap_or(field);
    inner.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// Whether a character stands in EDGAR's alphabet of text documents (EDGAR Filer Manual, Vol. II,
/// Table 5-1, which lacks the caret), tabs and form feeds aside.
pub fn is_ascii(c: char) -> bool {
    matches!(c, ' '..='~') && c != '^'
}

/// Spells a text in EDGAR's ASCII. White space stays.
///
/// # Errors
/// The first character that has no spelling.
pub fn spell(text: &str) -> Result<Cow<'_, str>, char> {
    if text.chars().all(|c| is_ascii(c) || is_blank(c)) {
        return Ok(Cow::Borrowed(text));
    }
    let chars: Vec<char> = text.nfc().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = &chars[at + 1..];
        let row = ROWS.get(&c).and_then(|rows| rows.iter().find(|(more, _)| rest.starts_with(more)));
        if let Some((more, spelled)) = row {
            at += 1 + more.len();
            join(&mut out, spelled, chars.get(at).copied());
        } else if is_ascii(c) || is_blank(c) {
            out.push(c);
            at += 1;
        } else {
            out.push_str(&letter(c)?);
            at += 1;
        }
    }
    Ok(Cow::Owned(out))
}

fn is_blank(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\r')
}

/// Puts a spelling in its place: the spaces at its edges are dropped beside a space, an edge or punctuation.
fn join(out: &mut String, spelled: &str, next: Option<char>) {
    let bare = spelled.trim_matches(' ');
    if spelled.starts_with(' ') && !bare.is_empty() && !out.is_empty() && !out.ends_with([' ', '\n', '(', '[', '"']) {
        out.push(' ');
    }
    if bare.is_empty() {
        out.push_str(spelled);
        return;
    }
    out.push_str(bare);
    let after = next.is_some_and(|c| !is_blank(c) && !matches!(c, ' ' | '.' | ',' | ';' | ':' | ')' | ']' | '"'));
    if spelled.ends_with(' ') && after {
        out.push(' ');
    }
}

/// A letter without its accents.
fn letter(c: char) -> Result<String, char> {
    let base: Vec<char> = c.nfd().filter(|d| !is_combining_mark(*d)).collect();
    match base.as_slice() {
        [b] if c.is_alphabetic() && *b != c => {
            match ROWS.get(b).and_then(|rows| rows.iter().find(|r| r.0.is_empty())) {
                Some((_, spelled)) => Ok(spelled.clone()),
                None if is_ascii(*b) => Ok(b.to_string()),
                None => Err(c),
            }
        }
        _ => Err(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stays_inside_the_alphabet() {
        for rows in ROWS.values() {
            for (_, spelled) in rows {
                assert!(spelled.chars().all(is_ascii), "{spelled}");
            }
        }
    }

    #[test]
    fn texts_are_spelled() {
        let spelled = |text| spell(text).map(Cow::into_owned);
        assert_eq!(
            spelled("Compañía “A” — §232.201 of §§ 1–2…"),
            Ok("Compania \"A\" -- Sec. 232.201 of Secs. 1-2...".into())
        );
        assert_eq!(spelled("e\u{301}té, Łódź, Straße, ½ and 2½"), Ok("ete, Lodz, Strasse, 1/2 and 2 1/2".into()));
        assert_eq!(spelled("x^2"), Ok("x(caret)2".into()));
        assert_eq!(spelled("Привет"), Err('П'));
        assert_eq!(spelled("a ≠ b"), Ok("a != b".into()));
    }

    #[test]
    fn what_is_ascii_stays_as_it_is() {
        let text = "`~!@#$%&*().-+ {}[]|\\:;\"'<>,_?/= aZ09";
        assert!(matches!(spell(text), Ok(Cow::Borrowed(t)) if t == text));
    }
}
