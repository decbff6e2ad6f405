//! What a `<` begins in a text document.

/// Tags that EDGAR itself reads in a text document or in the submission around it (EDGAR Filer
/// Manual, Vol. II, 5.2.1.3; the SEC staff's validator, `Const.py`).
const EDGAR_TAGS: &[&str] = &[
    "PAGE",
    "TABLE",
    "CAPTION",
    "S",
    "C",
    "FN",
    "R",
    "SEGMENT",
    "SEGMENTS",
    "MODULE",
    "NAME",
    "CIK",
    "CCC",
    "LISTING",
    "PLAINTEXT",
    "XMP",
    "TEXT",
    "DOCUMENT",
    "TYPE",
    "SEQUENCE",
    "FILENAME",
    "DESCRIPTION",
    "SUBMISSION",
    "SEC-DOCUMENT",
    "SEC-HEADER",
    "PDF",
    "XML",
    "XBRL",
    "HTML",
    "IMS-DOCUMENT",
    "IMS-HEADER",
];

/// Something in a text that looks like a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// From the `<` to the end of the name.
    pub text: &'a str,
    /// Whether EDGAR reads it as one of its own.
    pub edgar: bool,
}

/// All tags of a text: `<` or `</` before a letter.
pub fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    text.match_indices('<').filter_map(|(start, _)| {
        let rest = &text[start + 1..];
        let name_start = usize::from(rest.starts_with('/'));
        let name = &rest[name_start..];
        let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = &name[..length];
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| Tag {
            text: &text[start..start + 1 + name_start + length],
            edgar: is_edgar(&name.to_ascii_uppercase()),
        })
    })
}

fn is_edgar(name: &str) -> bool {
    let footnote =
        name.strip_prefix('F').is_some_and(|n| matches!(n.len(), 1 | 2) && n.bytes().all(|b| b.is_ascii_digit()));
    footnote || EDGAR_TAGS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_comparisons() {
        let found: Vec<_> = tags("a <b> < c, <PAGE> </text> <F12> <1 <Data").map(|t| (t.text, t.edgar)).collect();
        let expected = [("<b", false), ("<PAGE", true), ("</text", true), ("<F12", true), ("<Data", false)];
        assert_eq!(found, expected);
    }
}
