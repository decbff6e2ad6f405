//! The table of characters that are invisible or misleading: the class of each, whether the text of
//! a filing may have it, and whether messages show it by its number.

use std::ops::RangeInclusive;

use crate::diagnostics::source::Position;
use crate::diagnostics::workflow_commands;

/// Characters of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A tab or a line break, which every text may have.
    Break,
    /// A control character other than these.
    Control,
    /// A control of the direction of the text around it.
    Bidirectional,
    /// U+00AD.
    SoftHyphen,
    /// Unicode's separator of lines or paragraphs.
    Separator,
    /// A character without width, or a blank letter.
    Invisible,
    /// U+FFFD, which replaces a character lost in a conversion.
    Replacement,
    /// A private-use character; its meaning depends on the font.
    Private,
}

use Class::{
    Bidirectional, Break, Control, Invisible, Private, Replacement, Separator, SoftHyphen,
};

/// The table, in the order of the characters. Source: Unicode 16.0, the properties General_Category,
/// Default_Ignorable_Code_Point and Noncharacter_Code_Point (those that YAML refuses), and U+2800,
/// which has a width but no ink.
const TABLE: &[(RangeInclusive<char>, Class)] = &[
    ('\u{0000}'..='\u{0008}', Control),
    ('\u{0009}'..='\u{000A}', Break),
    ('\u{000B}'..='\u{000C}', Control),
    ('\u{000D}'..='\u{000D}', Break),
    ('\u{000E}'..='\u{001F}', Control),
    ('\u{007F}'..='\u{009F}', Control),
    ('\u{00AD}'..='\u{00AD}', SoftHyphen),
    ('\u{034F}'..='\u{034F}', Invisible),
    ('\u{061C}'..='\u{061C}', Bidirectional),
    ('\u{115F}'..='\u{1160}', Invisible),
    ('\u{17B4}'..='\u{17B5}', Invisible),
    ('\u{180B}'..='\u{180F}', Invisible),
    ('\u{200B}'..='\u{200D}', Invisible),
    ('\u{200E}'..='\u{200F}', Bidirectional),
    ('\u{2028}'..='\u{2029}', Separator),
    ('\u{202A}'..='\u{202E}', Bidirectional),
    ('\u{2060}'..='\u{2065}', Invisible),
    ('\u{2066}'..='\u{2069}', Bidirectional),
    ('\u{206A}'..='\u{206F}', Invisible),
    ('\u{2800}'..='\u{2800}', Invisible),
    ('\u{3164}'..='\u{3164}', Invisible),
    ('\u{E000}'..='\u{F8FF}', Private),
    ('\u{FE00}'..='\u{FE0F}', Invisible),
    ('\u{FEFF}'..='\u{FEFF}', Invisible),
    ('\u{FFA0}'..='\u{FFA0}', Invisible),
    ('\u{FFF0}'..='\u{FFFB}', Invisible),
    ('\u{FFFD}'..='\u{FFFD}', Replacement),
    ('\u{FFFE}'..='\u{FFFF}', Invisible),
    ('\u{1BCA0}'..='\u{1BCA3}', Invisible),
    ('\u{1D173}'..='\u{1D17A}', Invisible),
    ('\u{E0000}'..='\u{E0FFF}', Invisible),
    ('\u{F0000}'..='\u{10FFFF}', Private),
];

impl Class {
    /// Returns the class of a character, or `None` if it is shown as it is.
    pub fn of(c: char) -> Option<Class> {
        // Fast path: most characters are printable ASCII.
        if matches!(c, ' '..='~') {
            return None;
        }
        let after = TABLE.partition_point(|(range, _)| *range.start() <= c);
        let (range, class) = &TABLE[after.checked_sub(1)?];
        range.contains(&c).then_some(*class)
    }

    /// Returns its name in the message that refuses it, or `None` if a filing may have it.
    pub fn refused_as(self) -> Option<&'static str> {
        Some(match self {
            Break => return None,
            Control => "the control character",
            Bidirectional => "the bidirectional control",
            SoftHyphen => "the soft hyphen",
            Separator => "the separator",
            Invisible => "the invisible character",
            Replacement => "the mark of a lost character,",
            Private => "the private character",
        })
    }

    /// Whether messages show it by its number.
    pub fn is_invisible(self) -> bool {
        // These two are printed as they are: every font has a glyph or a box for them.
        !matches!(self, Replacement | Private)
    }
}

/// The characters that look like signs of YAML, each with the sign.
const LOOKALIKES: &[(&str, char)] = &[
    // U+003A: full-width, small, vertical and modifier forms, the ratio, those of other scripts.
    (
        "\u{FF1A}\u{FE55}\u{FE13}\u{A789}\u{2236}\u{02D0}\u{02F8}\u{0589}\u{05C3}\u{A4FD}\u{FE30}",
        ':',
    ),
    // U+0020: all of Unicode's space separators.
    (
        "\u{A0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\
         \u{2009}\u{200A}\u{202F}\u{205F}\u{3000}",
        ' ',
    ),
    ("“”„‟«»\u{FF02}", '"'),
    ("‘’‚‛‹›\u{FF07}", '\''),
    ("\u{2010}\u{2011}\u{2012}–—\u{2015}\u{2212}\u{FE63}\u{FF0D}•", '-'),
];

/// Returns the sign of YAML that a character looks like, or `None` if it looks like none.
pub fn meant(c: char) -> Option<char> {
    // Fast path: most characters are ASCII.
    if c.is_ascii() {
        return None;
    }
    LOOKALIKES.iter().find(|(like, _)| like.contains(c)).map(|(_, sign)| *sign)
}

/// A character of a source file that an editor does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unseen {
    /// Its line and column, as editors count them.
    pub position: Position,
    /// The character; a carriage return if it has no line feed.
    pub character: char,
}

impl Unseen {
    /// Returns its name and number, as `the separator U+2028`.
    pub fn named(self) -> String {
        match Class::of(self.character).and_then(Class::refused_as) {
            Some(name) => format!("{name} {}", number(self.character)),
            None => "a carriage return without a line feed".to_owned(),
        }
    }

    /// Returns advice.
    pub fn advice(self) -> &'static str {
        match self.character {
            '\r' => "end lines as Linux or Windows does",
            '\u{85}' | '\u{2028}' | '\u{2029}' => {
                "delete the character; some programs end a line there, and editors show none"
            }
            _ => "delete the character",
        }
    }
}

/// Finds the first such character of each line of a file, comments and keys included.
pub fn unseen(text: &str) -> Vec<Unseen> {
    let mut found = Vec::new();
    let hidden = |c: char| c == '\r' || (c != '\t' && is_invisible(c));
    // Fast path: almost no file has one.
    if !beyond(text, |b| matches!(b, b' '..=b'~' | b'\n')).any(|(_, c)| hidden(c)) {
        return found;
    }
    for (line, ended) in (1..).zip(text.split_inclusive('\n')) {
        let content = ended.strip_suffix("\r\n").or(ended.strip_suffix('\n')).unwrap_or(ended);
        if let Some((column, character)) = (1..).zip(content.chars()).find(|(_, c)| hidden(*c)) {
            found.push(Unseen { position: Position { line, column }, character });
        }
        // Some editors end a line here, so the numbers of the next lines would be disputed.
        if content.contains('\r') {
            break;
        }
    }
    found
}

/// Whether a text has a byte for which `such` is true.
pub(crate) fn any_byte(text: &str, such: impl Fn(u8) -> bool) -> bool {
    // By blocks without a branch for each byte, which the compiler turns into vector instructions.
    text.as_bytes().chunks(64).any(|block| block.iter().fold(false, |any, byte| any | such(*byte)))
}

/// Returns the characters of a text that `usual` does not accept, each with its offset. `usual`
/// accepts bytes of ASCII only.
pub(crate) fn beyond(
    text: &str,
    usual: impl Fn(u8) -> bool + Copy,
) -> impl Iterator<Item = (usize, char)> {
    const BLOCK: usize = 32;
    let bytes = text.as_bytes();
    // Most blocks have none, which vector instructions find.
    let blocks = bytes
        .chunks(BLOCK)
        .enumerate()
        .filter(move |(_, block)| !block.iter().fold(true, |all, byte| all & usual(*byte)));
    let offsets = blocks.flat_map(|(n, block)| (n * BLOCK..).take(block.len()));
    let starts = offsets.filter(move |at| !usual(bytes[*at]) && text.is_char_boundary(*at));
    starts.filter_map(move |at| Some((at, text[at..].chars().next()?)))
}

/// Whether a reader cannot see a character or its effect.
pub fn is_invisible(c: char) -> bool {
    Class::of(c).is_some_and(Class::is_invisible)
}

/// Returns the number of a character, as `U+202E`.
pub fn number(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Returns a text for a message: on one line, with its invisible characters as their numbers.
pub fn visible(text: &str) -> String {
    // Fast path: almost no text has one.
    if !text.chars().any(is_invisible) {
        return text.to_owned();
    }
    let mut all = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\t' => all.push(' '),
            c if is_invisible(c) => all += &number(c),
            c => all.push(c),
        }
    }
    all
}

/// Returns a text of several lines for a message, with its invisible characters as their numbers.
pub fn visible_lines(text: &str) -> String {
    let lines = text.split('\n').map(|line| visible(line.strip_suffix('\r').unwrap_or(line)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns JSON text with its invisible characters as `\u` escapes, which do not change its
/// strings; nor do those in sequences that a workflow would take for commands.
pub fn visible_json(json: &str) -> String {
    // They occur only in strings: of JSON's own white space, serde_json uses the line break alone.
    let mut units = [0; 2];
    workflow_commands::broken_json(json)
        .chars()
        .map(|c| match c {
            c if c != '\n' && is_invisible(c) => {
                c.encode_utf16(&mut units).iter().map(|u| format!("\\u{u:04x}")).collect()
            }
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_has_every_control_character() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].0.end() < pair[1].0.start(), "{pair:?}");
        }
        for c in '\0'..=char::MAX {
            let control = matches!(Class::of(c), Some(Break | Control));
            assert_eq!(control, c.is_control(), "{}", number(c));
        }
    }

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        let text = "a\u{C}b\r\n\tü\u{200B}\u{AD}\n\u{2028}\u{85}\nc\rd\u{202E}\n\u{202E}";
        let found: Vec<_> = unseen(text)
            .into_iter()
            .map(|u| (u.position.line, u.position.column, number(u.character)))
            .collect();
        let expected = [(1, 2, "U+000C"), (2, 3, "U+200B"), (3, 1, "U+2028"), (4, 2, "U+000D")];
        assert_eq!(found, expected.map(|(line, column, c)| (line, column, c.to_owned())));
        assert_eq!(unseen("a\u{A0}“b”\u{FFFD}\r\n\tc\n"), []);
        assert_eq!(unseen("a\r").len(), 1);
    }

    #[test]
    fn text_is_visible_on_one_line() {
        assert_eq!(visible("a\n\tb\u{202E}\u{AD}\u{E0001}"), "a  bU+202EU+00ADU+E0001");
        assert_eq!(visible_lines("a\u{1B}[2J\r\n\tb\r\n"), "aU+001B[2J\n b\n");
        assert_eq!(visible("ü\u{FFFD}\u{E000}"), "ü\u{FFFD}\u{E000}");
    }
}
