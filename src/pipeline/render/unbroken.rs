//! Phrases that no line divides, such as the name of a form, a date or an amount, for all targets.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The most characters of a phrase: a longer one would leave the line before it half empty.
pub(super) const LONGEST: usize = 32;

/// The phrases, each as a regular expression for one part of the official form or of prose.
// A phrase goes on to the ends of its words: a comma or a parenthesis stays with it. `(?-u:\b)` is a
// boundary of ASCII words: one of Unicode words takes a search that is five times as slow.
const PHRASES: &[&str] = &[
    // `Form 10-K`, `Rule 12b-25(b)`, `Part III`, `Item 9A`, `Section 13 or`
    r"(?-u:\b)(?:[Ff]orms?|[Rr]ules?|PART|[Pp]art|[Ii]tems?|[Ss]ections?|Regulation|Exhibit|Annex|Schedule|Note) (?:[0-9][0-9A-Za-z_./-]*|[IVXA-Z]{1,4}(?-u:\b)(?:-[A-Z]+)?)",
    // `10-K`, `N-CEN`, `12b-25` alone: lines may end after a hyphen
    r"(?-u:\b)(?:[0-9]{1,2}|[A-Z])-[A-Z]{1,4}(?-u:\b)",
    r"(?-u:\b)[0-9]{1,2}[a-z]-[0-9]+",
    // `March 31, 2026`, `March 31`, `March 2026`, `31 March 2026`
    r"(?-u:\b)(?:[0-9]{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December) [0-9]{1,4}(?-u:\b)(?:, [0-9]{4}(?-u:\b))?",
    // `$6.1 million`, `3.5 percent`
    r"[0-9] (?:thousand|million|billion|trillion|percent)(?-u:\b)",
    // `18 U.S.C. 1001`, `17 CFR 240.12b-25`, `No. 4`, `§ 232`
    r"(?-u:\b)[0-9]+ (?:U\.S\.C\.|CFR|C\.F\.R\.) (?:§ ?)?[0-9]",
    r"(?:(?-u:\b)Nos?\.|§) [0-9]",
];

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&PHRASES.join("|")).ok());

/// Returns the phrases of a text that no line divides, as ranges of whole words.
pub(super) fn phrases(text: &str) -> Vec<Range<usize>> {
    let mut phrases: Vec<Range<usize>> = Vec::new();
    let Some(pattern) = &*PATTERN else { return phrases };
    // A letter beyond ASCII goes on with a word.
    let goes_on = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && c.is_alphanumeric());
    for found in pattern.find_iter(text) {
        if goes_on(text[..found.start()].chars().next_back())
            || goes_on(text[found.end()..].chars().next())
        {
            continue;
        }
        let start = text[..found.start()].rfind(' ').map_or(0, |at| at + 1);
        let end = text[found.end()..].find(' ').map_or(text.len(), |at| found.end() + at);
        match phrases.last_mut() {
            // Two that share a word.
            Some(last) if start < last.end && end - last.start <= LONGEST => last.end = end,
            Some(last) if start < last.end => {}
            _ if end - start <= LONGEST => phrases.push(start..end),
            _ => {}
        }
    }
    phrases
}

/// Writes a text, each phrase between an opening and a closing.
pub(super) fn write(
    text: &str,
    (open, close): (&str, &str),
    out: &mut dyn Write,
    escape: impl Fn(&str, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut at = 0;
    for phrase in phrases(text) {
        escape(&text[at..phrase.start], out)?;
        out.write_all(open.as_bytes())?;
        escape(&text[phrase.clone()], out)?;
        out.write_all(close.as_bytes())?;
        at = phrase.end;
    }
    escape(&text[at..], out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_dates_and_amounts_are_phrases() {
        let found = |text: &str| -> Vec<String> {
            phrases(text).into_iter().map(|phrase| text[phrase].to_owned()).collect()
        };
        let text = "The Form 10-K (and Form N-CEN, or Part III) is due on March 31, 2026; see Rule \
                    12b-25(b)(2)(ii), 18 U.S.C. 1001 and the 10-Q’s Item 9A, of $6.1 million.";
        let expected = [
            "Form 10-K",
            "Form N-CEN,",
            "Part III)",
            "March 31, 2026;",
            "Rule 12b-25(b)(2)(ii),",
            "18 U.S.C. 1001",
            "10-Q’s",
            "Item 9A,",
            "$6.1 million.",
        ];
        assert_eq!(found(text), expected);
        for plain in ["by March 31ª", "of ÉForm 10-K", "5 millionés"] {
            assert_eq!(found(plain), [""; 0], "{plain}");
        }
        for plain in ["", "May we", "Form of it", "one note of 5", "3-for-1", "Parts of"] {
            assert_eq!(found(plain), [""; 0], "{plain}");
        }
    }
}
