//! The characters that the fonts of the PDF cover. The missing-glyph gate of typst itself comes
//! later, while compiling; this one lets `check` say it at the line of the YAML, without typst.

use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How the data were made stands at its head.
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

/// The first character of a text, composed, that the fonts lack.
pub fn missing(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    let lacks = |c: &char| !c.is_ascii() && !covered(u32::from(*c));
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.chars().find(lacks),
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
    fn letters_are_there_and_ideographs_are_not() {
        assert_eq!(missing("Compañía “Łódź” § ☒ — e\u{301}"), None);
        assert_eq!(missing("株式会社"), Some('株'));
        assert_eq!(missing("ok 😀"), Some('😀'));
    }
}
