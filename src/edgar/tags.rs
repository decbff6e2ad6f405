//! Finds tags in text documents, and lists those that EDGAR knows.

/// The tags of a text document (EDGAR Filer Manual, Vol. II, 5.2.1.3), without `F1` to `F99`.
// `EXIBITINDEX` is the spelling of the SEC staff's validator (`Const.py`).
const DOCUMENT_TAGS: &[&str] = &[
    "PAGE",
    "TABLE",
    "CAPTION",
    "S",
    "C",
    "FN",
    "R",
    "LISTING",
    "PLAINTEXT",
    "STRIKE",
    "XMP",
    "EXIBITINDEX",
];

/// The tags of the submission around a document, and of its modules (5.2.1.3).
const WRAPPER_TAGS: &[&str] = &[
    "SEGMENT",
    "SEGMENTS",
    "MODULE",
    "NAME",
    "CIK",
    "CCC",
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

/// A tag, or a piece of text that looks like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// From the `<` to the end of the name.
    pub text: &'a str,
    /// Whether it is a tag of EDGAR.
    pub edgar: bool,
    /// The offset of its `<`, in bytes.
    pub start: usize,
    /// Its name in capitals, with the `/` of an end tag.
    pub(super) name: String,
}

/// Finds all tags of a text: `<` or `</` before a letter.
pub fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    text.match_indices('<').filter_map(|(start, _)| {
        let rest = &text[start + 1..];
        let name_start = usize::from(rest.starts_with('/'));
        let name = &rest[name_start..];
        let length =
            name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let own = &name[..length];
        own.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| {
            let capitals = own.to_ascii_uppercase();
            Tag {
                text: &text[start..start + 1 + name_start + length],
                edgar: is_document_tag(&capitals) || is_wrapper_tag(&capitals),
                start,
                name: if name_start == 1 { format!("/{capitals}") } else { capitals },
            }
        })
    })
}

/// Whether a name in capitals is one of a document's tags.
pub(super) fn is_document_tag(name: &str) -> bool {
    let footnote = name
        .strip_prefix('F')
        .is_some_and(|n| matches!(n.len(), 1 | 2) && n.bytes().all(|b| b.is_ascii_digit()));
    footnote || DOCUMENT_TAGS.contains(&name)
}

/// Whether a name in capitals is one of the submission's tags.
pub(super) fn is_wrapper_tag(name: &str) -> bool {
    WRAPPER_TAGS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_not_tags() {
        let found: Vec<_> =
            tags("a <b> < c, <PAGE> </text> <F12> <1 <Data").map(|t| (t.text, t.edgar)).collect();
        let expected =
            [("<b", false), ("<PAGE", true), ("</text", true), ("<F12", true), ("<Data", false)];
        assert_eq!(found, expected);
    }
}
