//! Reads the bullet or the number at the start of a line.

use super::super::pattern::pattern;

/// What a line of a list begins with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Marker<'a> {
    pub(super) kind: Kind<'a>,
    /// The text after it.
    pub(super) rest: &'a str,
}

/// The kind of a marker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind<'a> {
    /// A character that no prose has at the start of a line, or one before a tab.
    Bullet,
    /// A character that prose also has there, such as a dash.
    Sign(&'a str),
    /// A number or a letter.
    Ordinal(Ordinal<'a>),
}

/// A number or letter with its punctuation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ordinal<'a> {
    text: &'a str,
    brackets: (&'a str, &'a str),
}

pattern!(BULLET, r"^(?:[•●○◦∙▪▫■□◆◇►▶➢➤➔→✓✔‣⁃·]\s?|[-–—−‐‑*+oOnqvl§Øü·à]\s*\t)[\s\t]*");
pattern!(SIGN, r"^(?P<sign>[-–—−‐‑*+oØü§])[\s\t]+");
pattern!(
    ORDINAL,
    r"^(?P<open>\(?)(?P<text>[0-9]{1,2}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})(?P<close>[.)]|\.\))[\s\t]+",
);

// `1.1`, `2.3.1.`, `A.1` and `(a)(i)`: what is before the last number belongs to its brackets.
pattern!(
    NESTED,
    r"^(?P<open>(?:[0-9]{1,2}\.|[A-Z]\.){1,3}|\((?:[0-9]{1,2}|[A-Za-z]|[ivx]{1,5})\)\s?\()",
    r"(?P<text>[0-9]{1,2}|[a-z]|[ivx]{1,5})(?P<close>[.)]?)[\s\t]+",
);

/// Returns the marker of a line, or `None` if it has none.
pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    let line = line.trim();
    if !may_have_marker(line) {
        return None;
    }
    let rest = |end: usize| Some(&line[end..]).filter(|rest| !rest.is_empty());
    if let Some(found) = BULLET.find(line) {
        return Some(Marker { kind: Kind::Bullet, rest: rest(found.end())? });
    }
    if let Some(found) = SIGN.captures(line) {
        let sign = found.name("sign")?.as_str();
        return Some(Marker { kind: Kind::Sign(sign), rest: rest(found.get(0)?.end())? });
    }
    let found = NESTED.captures(line).or_else(|| ORDINAL.captures(line))?;
    let part = |name| found.name(name).map_or("", |part| part.as_str());
    let brackets = (part("open"), part("close"));
    let kind = Kind::Ordinal(Ordinal { text: part("text"), brackets });
    Some(Marker { kind, rest: rest(found.get(0)?.end())? })
}

// Fast path: most lines begin with a longer word than a marker has.
/// Whether a line begins with at most five letters and a character that can follow them in a marker.
fn may_have_marker(line: &str) -> bool {
    let letters = line.bytes().take(6).take_while(u8::is_ascii_alphabetic).count();
    match line.as_bytes().get(letters) {
        Some(b' ' | b'\t') => letters < 2,
        after => after.is_some() && letters < 6,
    }
}

impl Ordinal<'_> {
    /// Whether it can be the first of a list.
    pub(super) fn is_first(self) -> bool {
        self.values().into_iter().flatten().any(|value| value == 1)
    }

    /// Whether it can follow another in a list.
    pub(super) fn follows(self, other: Ordinal<'_>) -> bool {
        let case = |text: &str| text.contains(char::is_uppercase);
        self.brackets == other.brackets
            && case(self.text) == case(other.text)
            && self.values().iter().zip(other.values()).any(|(own, other)| {
                own.is_some_and(|own| other.is_some_and(|other| own == other + 1))
            })
    }

    /// Its values as a number, as a letter and as a Roman number.
    fn values(self) -> [Option<u32>; 3] {
        let lower = self.text.to_lowercase();
        let letter = match lower.as_bytes() {
            [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
            _ => None,
        };
        const ROMAN: [&str; 12] =
            ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
        let roman = (1..).zip(ROMAN).find(|(_, roman)| *roman == lower).map(|(value, _)| value);
        [lower.parse().ok(), letter, roman]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_follow_each_other() {
        let ordinal = |line| match marker(line).unwrap().kind {
            Kind::Ordinal(ordinal) => ordinal,
            other => panic!("{other:?}"),
        };
        for (first, second, follows) in [
            ("1. a", "2. b", true),
            ("(a) a", "(b) b", true),
            ("(i) a", "(ii) b", true),
            ("h) a", "i) b", true),
            ("IV. a", "V. b", true),
            ("1. a", "3. b", false),
            ("1. a", "2) b", false),
            ("(a) a", "(B) b", false),
            ("1.1 a", "1.2 b", true),
            ("2.1.1. a", "2.1.2. b", true),
            ("A.1 a", "A.2 b", true),
            ("(a)(i) a", "(a)(ii) b", true),
            ("(a) (1) a", "(a) (2) b", true),
            ("1.2 a", "2.3 b", false),
            ("1.2 a", "1.2 b", false),
        ] {
            assert_eq!(ordinal(second).follows(ordinal(first)), follows, "{first}, {second}");
        }
        assert!(ordinal("i. a").is_first() && !ordinal("b. a").is_first());
    }

    #[test]
    fn markers_are_bullets_signs_and_ordinals() {
        for line in ["•\ta", "▪ a", "o\ta", "§\ta", "-\ta", "·a"] {
            assert_eq!(marker(line), Some(Marker { kind: Kind::Bullet, rest: "a" }), "{line}");
        }
        for line in ["- a", "– a", "* a", "o a"] {
            assert!(matches!(marker(line).unwrap().kind, Kind::Sign(_)), "{line}");
        }
        for line in ["1997. A", "-3 degrees", "the (a)", "***", "•", "(an) a", "10-K. a"] {
            assert_eq!(marker(line), None, "{line}");
        }
    }
}
