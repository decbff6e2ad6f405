//! The table of characters that are invisible or misleading: the class of each, whether the text of
//! a filing may have it, and whether messages show it by its number.

use std::ops::RangeInclusive;

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

/// The table, in the order of the characters. Source: Unicode 16.0, the properties General_Category
/// and Default_Ignorable_Code_Point.
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
    ('\u{3164}'..='\u{3164}', Invisible),
    ('\u{E000}'..='\u{F8FF}', Private),
    ('\u{FE00}'..='\u{FE0F}', Invisible),
    ('\u{FEFF}'..='\u{FEFF}', Invisible),
    ('\u{FFA0}'..='\u{FFA0}', Invisible),
    ('\u{FFF9}'..='\u{FFFB}', Invisible),
    ('\u{FFFD}'..='\u{FFFD}', Replacement),
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

/// Returns JSON text with its invisible characters as `\u` escapes, which do not change its
/// strings.
pub(crate) fn visible_json(json: &str) -> String {
    // They occur only in strings: of JSON's own white space, serde_json uses the line break alone.
    let mut units = [0; 2];
    json.chars()
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
    fn text_is_visible_on_one_line() {
        assert_eq!(visible("a\n\tb\u{202E}\u{AD}\u{E0001}"), "a  bU+202EU+00ADU+E0001");
        assert_eq!(visible("ü\u{FFFD}\u{E000}"), "ü\u{FFFD}\u{E000}");
    }
}
