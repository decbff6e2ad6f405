//! How a text is spelled in EDGAR's ASCII: one table, and for letters with accents the letter.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The documented table; see its head for the format.
const TABLE: &str = include_str!("transliteration.txt");

/// The rows of the table.
struct Table {
    /// By their first character, the longest first: what follows it, and what the whole is spelled
    /// as.
    rows: BTreeMap<char, Vec<(String, String)>>,
    /// How many characters of the alphabet a row has at most before one that is not of it.
    lead: usize,
}

static ROWS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { rows: BTreeMap::new(), lead: 0 };
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (points, spelled) =
            (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        let whole: String = points.split(' ').filter_map(code_point).collect();
        let mut rest = whole.chars();
        if let Some(first) = rest.next() {
            table.lead = table.lead.max(plain(&whole));
            table
                .rows
                .entry(first)
                .or_default()
                .push((rest.as_str().to_owned(), unquoted(spelled)));
        }
    }
    for entry in table.rows.values_mut() {
        entry.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    table
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

/// Whether a text is in EDGAR's ASCII, white space aside.
pub fn is_spelled(text: &str) -> bool {
    plain(text) == text.len()
}

/// Spells a text in EDGAR's ASCII. White space stays.
///
/// # Errors
/// The first character that has no spelling.
pub fn spell(text: &str) -> Result<Cow<'_, str>, char> {
    if is_spelled(text) {
        return Ok(Cow::Borrowed(text));
    }
    let text = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest: &str = &text;
    loop {
        // Far enough before a character that is not of the alphabet no row begins.
        let plain = plain(rest);
        let (run, near) = rest.split_at(if plain == rest.len() {
            plain
        } else {
            plain.saturating_sub(ROWS.lead)
        });
        out.push_str(run);
        let Some(c) = near.chars().next() else { return Ok(Cow::Owned(out)) };
        let after = &near[c.len_utf8()..];
        let row = ROWS
            .rows
            .get(&c)
            .and_then(|rows| rows.iter().find(|(more, _)| after.starts_with(more)));
        rest = row.map_or(after, |(more, _)| &after[more.len()..]);
        match row {
            Some((_, spelled)) => join(&mut out, spelled, rest.chars().next()),
            None if is_ascii(c) || is_blank(c) => out.push(c),
            None => out.push_str(&letter(c)?),
        }
    }
}

/// How many characters, or bytes, a text has before the first that is not of the alphabet.
fn plain(text: &str) -> usize {
    let plain = |b: &u8| matches!(b, b' '..=b'~' | b'\n' | b'\t' | b'\r') && *b != b'^';
    // Whole blocks first, without a branch for each byte: most texts are plain to their end.
    let blocks = text
        .as_bytes()
        .chunks_exact(32)
        .take_while(|block| block.iter().fold(true, |all, b| all & plain(b)));
    let start = blocks.count() * 32;
    start + text.as_bytes()[start..].iter().take_while(|b| plain(b)).count()
}

fn is_blank(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\r')
}

/// Puts a spelling in its place: the spaces at its edges are dropped beside a space, an edge or
/// punctuation.
fn join(out: &mut String, spelled: &str, next: Option<char>) {
    let bare = spelled.trim_matches(' ');
    if spelled.starts_with(' ')
        && !bare.is_empty()
        && !out.is_empty()
        && !out.ends_with([' ', '\n', '(', '[', '"'])
    {
        out.push(' ');
    }
    if bare.is_empty() {
        out.push_str(spelled);
        return;
    }
    out.push_str(bare);
    let after = next.is_some_and(|c| {
        !is_blank(c) && !matches!(c, ' ' | '.' | ',' | ';' | ':' | ')' | ']' | '"')
    });
    if spelled.ends_with(' ') && after {
        out.push(' ');
    }
}

/// A letter without its accents.
fn letter(c: char) -> Result<String, char> {
    let base: Vec<char> = c.nfd().filter(|d| !is_combining_mark(*d)).collect();
    match base.as_slice() {
        [b] if c.is_alphabetic() && *b != c => {
            match ROWS.rows.get(b).and_then(|rows| rows.iter().find(|r| r.0.is_empty())) {
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
        for (first, rows) in &ROWS.rows {
            for (more, spelled) in rows {
                assert!(spelled.chars().all(is_ascii), "{spelled}");
                let whole = format!("{first}{more}");
                assert!(plain(&whole) < whole.len(), "what is ASCII stays as it is: {whole}");
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
        assert_eq!(
            spelled("e\u{301}té, Łódź, Straße, ½ and 2½"),
            Ok("ete, Lodz, Strasse, 1/2 and 2 1/2".into())
        );
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
