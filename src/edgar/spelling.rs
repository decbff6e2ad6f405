//! Spells texts in EDGAR's ASCII, by one table; letters that it lacks lose their accents.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostics::characters::{self, beyond};

/// The table; its head documents the format.
const TABLE: &str = include_str!("transliteration.txt");

/// The rows of the table.
struct Table {
    /// By first character, the longest sequence first: the rest of the sequence, and the spelling.
    rows: BTreeMap<char, Vec<(String, String)>>,
    /// The maximum number of ASCII characters at the start of a row's sequence.
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
            table.lead = table.lead.max(plain_length(&whole));
            table
                .rows
                .entry(first)
                .or_default()
                .push((rest.as_str().to_owned(), unquoted(spelled)));
        }
    }
    // The longest sequence wins, and `spell` takes the first that fits.
    for entry in table.rows.values_mut() {
        entry.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    table
});

/// Returns the character of `U+00A0`, or `None` if the text has another form.
fn code_point(text: &str) -> Option<char> {
    u32::from_str_radix(text.strip_prefix("U+")?, 16).ok().and_then(char::from_u32)
}

/// Removes the quotation marks and backslashes of a field.
fn unquoted(field: &str) -> String {
    let inner = field.strip_prefix('"').and_then(|f| f.strip_suffix('"')).unwrap_or(field);
    inner.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// Whether EDGAR accepts a character in text documents (EDGAR Filer Manual, Vol. II, Table 5-1).
/// Tabs and form feeds do not count.
// Table 5-1 lacks the caret, and no other printable character of ASCII.
pub const fn is_ascii(c: char) -> bool {
    matches!(c, ' '..='~') && c != '^'
}

/// Whether a text, apart from white space, is in EDGAR's ASCII.
pub fn is_spelled(text: &str) -> bool {
    plain_length(text) == text.len()
}

/// Returns the characters of a text outside EDGAR's ASCII, apart from white space, each with its
/// offset.
pub fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    characters::beyond(text, is_plain)
}

/// Returns the first character of a text without a spelling, or `None` if all have one.
pub fn unspelled(text: &str) -> Option<char> {
    // Fast path: almost all texts have only characters that are spelled one by one.
    let characters = || outside(text).map(|(_, c)| c);
    let is_spelled_alone = |c: char| {
        let rows = ROWS.rows.get(&c);
        rows.is_some_and(|rows| rows.iter().any(|(rest, _)| rest.is_empty())) || letter(c).is_ok()
    };
    if is_nfc_quick(characters()) == IsNormalized::Yes && characters().all(is_spelled_alone) {
        return None;
    }
    spell(text).err()
}

/// Spells a text in EDGAR's ASCII, and keeps its white space.
///
/// # Errors
/// The first character without a spelling.
pub fn spell(text: &str) -> Result<Cow<'_, str>, char> {
    if is_spelled(text) {
        return Ok(Cow::Borrowed(text));
    }
    // The table lists composed characters; pasted text may have decomposed ones.
    let text = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest: &str = &text;
    loop {
        // Fast path: copy plain text, but for the last characters, with which a row may begin.
        let plain = plain_length(rest);
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

/// Returns the length of the text before its first character outside EDGAR's ASCII.
fn plain_length(text: &str) -> usize {
    beyond(text, is_plain).next().map_or(text.len(), |(at, _)| at)
}

fn is_plain(byte: u8) -> bool {
    // Without branches, for the vector instructions of `beyond`.
    let is_printable = (b' '..=b'~').contains(&byte) & (byte != b'^');
    is_printable | (byte == b'\n') | (byte == b'\t') | (byte == b'\r')
}

fn is_blank(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\r')
}

/// Appends a spelling, without the spaces at its edges if they would precede or follow a space, an
/// edge or punctuation.
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

/// Returns a letter without its accents.
///
/// # Errors
/// The character, if it is no letter with accents or its base letter has no spelling.
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
    fn spellings_are_in_the_alphabet() {
        for (first, rows) in &ROWS.rows {
            for (more, spelled) in rows {
                assert!(spelled.chars().all(is_ascii), "{spelled}");
                let whole = format!("{first}{more}");
                assert!(plain_length(&whole) < whole.len(), "ASCII is listed: {whole}");
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
        for text in
            ["Привет", "“é” x^2", "e\u{301} ∂", "N° ½", "\u{301}", "a\u{c}b", "한", "\u{212B}"]
        {
            assert_eq!(unspelled(text), spell(text).err(), "{text}");
        }
        assert_eq!(spelled("a ≠ b"), Ok("a != b".into()));
        assert_eq!(spelled("Belgrano N° 12, n°3"), Ok("Belgrano No. 12, No. 3".into()));
        assert_eq!(spelled("at 20° N and 5 °C"), Ok("at 20 degrees N and 5 degrees C".into()));
    }

    #[test]
    fn ascii_is_borrowed() {
        let text = "`~!@#$%&*().-+ {}[]|\\:;\"'<>,_?/= aZ09";
        assert!(matches!(spell(text), Ok(Cow::Borrowed(t)) if t == text));
    }
}
