//! Checks references to characters in HTML: `&name;` and `&#number;`, in text and in attributes.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::alphabet::windows;
use html5gum::emitters::callback::CallbackEvent;

use super::super::reading::{MessageAndHint, Reading};
use super::tokens::{self, tokenize};
use crate::diagnostics::finding::{Severity, did_you_mean};
use crate::diagnostics::rule;

/// The names that EDGAR accepts; the head of the file documents their origin.
static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| names().collect());

fn names() -> impl Iterator<Item = &'static str> {
    include_str!("entities.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

/// Checks every `&` in a range of the document.
pub(super) fn check(reading: &mut Reading<'_>, range: Range<usize>) {
    let text = reading.text;
    let Some(piece) = text.get(range.clone()) else { return };
    for at in memchr::memchr_iter(b'&', piece.as_bytes()) {
        let start = range.start + at;
        let rest = &piece[at + 1..];
        match rest.strip_prefix('#') {
            Some(number) => numbered(reading, start, number),
            None => named(reading, start, rest),
        }
    }
}

/// Checks a reference by name.
fn named(reading: &mut Reading<'_>, start: usize, rest: &str) {
    let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
    let closed = rest[name.len()..].starts_with(';');
    let known = NAMES.contains(name);
    let range = start..start + 1 + name.len() + usize::from(closed && !name.is_empty());
    match (closed && !name.is_empty(), known) {
        (true, true) => {}
        (true, false) => match html5(name) {
            Some(numbers) => {
                reading.report_as(Severity::Warning, &rule::HTML_ENTITY, range, || {
                    let message = format!("EDGAR's list has no entity `&{name};`");
                    (message, format!("write `{numbers}`"))
                });
            }
            None => reading.report(&rule::HTML_ENTITY, range, || unknown(name)),
        },
        (false, true) => reading.report(&rule::HTML_ENTITY, range, || {
            (format!("`&{name}` lacks its semicolon"), format!("write `&{name};`"))
        }),
        (false, false) => bare(reading, range),
    }
}

/// Returns the message about a name that neither EDGAR nor HTML knows.
fn unknown(name: &str) -> (String, String) {
    let message = format!("EDGAR does not know the entity `&{};`", shortened(name));
    let hint = near(name).map_or_else(
        || "write the decimal number of the character, such as `&#8217;`".to_owned(),
        |near| format!("did you mean `&{near};`?"),
    );
    (message, hint)
}

/// Returns the references by number in the place of a name of HTML 5, or `None` if it has no such
/// name.
fn html5(name: &str) -> Option<String> {
    // The longest has 31 letters.
    if name.len() > 31 {
        return None;
    }
    let mut characters = String::new();
    let reference = format!("&{name};");
    tokenize(&reference, |event, _| {
        if let CallbackEvent::String { value } = event {
            characters.push_str(&tokens::text(value));
        }
    });
    // The tokenizer leaves a name that it does not know, or the rest of it, as text.
    let is_known = !characters.ends_with(';') || name == "semi";
    is_known.then(|| characters.chars().map(|c| format!("&#{};", u32::from(c))).collect())
}

/// Returns the most similar known name, or `None` if there is none.
fn near(name: &str) -> Option<&'static str> {
    let same = names().find(|known| known.eq_ignore_ascii_case(name));
    same.or_else(|| {
        // The longest known name has eight letters.
        if name.len() <= 10 { did_you_mean(name, names().filter(|n| n.len() > 2)) } else { None }
    })
}

/// The most bytes of a reference that messages show.
const SHOWN: usize = 32;

/// Returns the beginning of a name, for a message.
fn shortened(name: &str) -> String {
    if name.len() > SHOWN { format!("{}…", cut(name)) } else { name.to_owned() }
}

/// Returns the beginning of a reference or its name, which are ASCII.
fn cut(reference: &str) -> &str {
    reference.get(..SHOWN).unwrap_or(reference)
}

/// Reports an `&` that begins no reference.
fn bare(reading: &mut Reading<'_>, range: Range<usize>) {
    reading.report_as(
        Severity::Warning,
        &rule::HTML_REFERENCE,
        range.start..range.start + 1,
        || ("an `&` that begins no entity".to_owned(), "write `&amp;`"),
    );
}

/// Checks a reference by number.
fn numbered(reading: &mut Reading<'_>, start: usize, rest: &str) {
    let hexadecimal = rest.starts_with(['x', 'X']);
    let digits = &rest[usize::from(hexadecimal)..];
    let radix = if hexadecimal { 16 } else { 10 };
    let digits = &digits[..digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len())];
    let length = 2 + usize::from(hexadecimal) + digits.len();
    let range = start..start + length;
    if digits.is_empty() {
        return bare(reading, range);
    }
    let reference = &reading.text[range.clone()];
    let number = u32::from_str_radix(digits, radix).ok();
    let Some(c) = number.and_then(char::from_u32).filter(|c| is_shown(*c)) else {
        return reading.report(&rule::HTML_REFERENCE, range, || {
            (
                format!("`{}` is not the number of a character that can be shown", cut(reference)),
                "delete it".to_owned(),
            )
        });
    };
    if !rest[length - 2..].starts_with(';') {
        return reading.report(&rule::HTML_REFERENCE, range, || {
            (format!("`{}` lacks its semicolon", cut(reference)), decimal(c))
        });
    }
    closed(reading, range.start..range.end + 1, c, hexadecimal);
}

/// The kind of all references to the numbers from 128 to 159: a program that writes one writes all.
const CONTROLS: &str = "controls";

/// Warns of a number that is a byte of Windows-1252, or is hexadecimal.
fn closed(reading: &mut Reading<'_>, whole: Range<usize>, c: char, hexadecimal: bool) {
    let reference = &reading.text[whole.start..whole.end - 1];
    if let Some(byte) = u8::try_from(u32::from(c)).ok().filter(|byte| (0x80..0xA0).contains(byte)) {
        let meant = windows(byte);
        reading.report_as(Severity::Warning, &rule::HTML_REFERENCE, whole, || {
            let shown = cut(reference);
            if meant.is_control() {
                let message = format!("`{shown};` is a control character");
                return MessageAndHint::of_kind(CONTROLS, message, "delete it".to_owned());
            }
            let message = format!(
                "`{shown};` is a control character; in Windows-1252 alone it is a `{meant}`"
            );
            MessageAndHint::of_kind(CONTROLS, message, decimal(meant))
        });
    } else if hexadecimal {
        reading.report_as(Severity::Warning, &rule::HTML_REFERENCE, whole, || {
            let shown = cut(reference);
            let message = format!("`{shown};` is hexadecimal; the manual has decimal numbers only");
            (message, decimal(c))
        });
    }
}

/// Returns the advice to write a reference in decimal digits.
fn decimal(c: char) -> String {
    format!("write `&#{};`", u32::from(c))
}

/// Whether HTML has a character, the C1 controls included.
// The others are controls of ASCII and noncharacters of Unicode, which HTML forbids.
fn is_shown(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{80}'..)
        && !matches!(c, '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_xhtml() {
        assert_eq!(names().count(), 253);
        assert!(["nbsp", "diams", "apos", "Dagger"].iter().all(|name| NAMES.contains(name)));
        assert_eq!(html5("NegativeThickSpace").as_deref(), Some("&#8203;"));
        assert_eq!(html5("NotEqualTilde").as_deref(), Some("&#8770;&#824;"));
        assert_eq!(html5("semi").as_deref(), Some("&#59;"));
        assert_eq!((html5("bogus"), html5("notit"), html5("ampx")), (None, None, None));
        assert_eq!((near("NBSP"), near("nbps"), near("x")), (Some("nbsp"), Some("nbsp"), None));
    }
}
