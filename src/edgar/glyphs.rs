//! Lists the characters that the fonts of the PDF cover, so that `check` reports others at their
//! line in the YAML, without typst. Typst itself checks them again during compilation.

use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostics::characters;

/// The ranges of covered characters; the head of the file documents their origin.
const DATA: &str = include_str!("glyphs.txt");

static RANGES: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let hex = |text: &str| u32::from_str_radix(text, 16).ok();
    let mut ranges: Vec<(u32, u32)> = DATA
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('-').and_then(|(a, b)| Some((hex(a)?, hex(b)?))))
        .collect();
    ranges.sort_unstable();
    ranges
});

/// Returns the first character of a text that the fonts lack, or `None` if they cover all.
pub fn missing(text: &str) -> Option<char> {
    let lacks = |c: &char| !c.is_ascii() && !covered(u32::from(*c));
    // The data list composed characters, and no combining marks.
    let beyond = || characters::beyond(text, |byte| byte.is_ascii()).map(|(_, c)| c);
    match is_nfc_quick(beyond()) {
        IsNormalized::Yes => beyond().find(lacks),
        _ => text.nfc().find(lacks),
    }
}

fn covered(point: u32) -> bool {
    let at = RANGES.partition_point(|(start, _)| *start <= point);
    at > 0 && RANGES[at - 1].1 >= point
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_covered_and_ideographs_are_missing() {
        assert_eq!(missing("Compañía “Łódź” § ☒ — e\u{301}"), None);
        assert_eq!(missing("株式会社"), Some('株'));
        assert_eq!(missing("ok 😀"), Some('😀'));
    }
}
