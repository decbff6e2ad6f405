//! Reads an exhibit that is not a letter: its number, its title and its text.

use std::sync::LazyLock;

use regex::Regex;

use super::notice::{Block, Exhibit};
use crate::form12b25::model::{ExhibitNumber, Scalar as _};

/// The mark of an exhibit, alone in a paragraph. The documents of a filing have their own.
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^exhibit(?:\s+no\.?)?\s*(?:99|24)(?:\.[0-9]{1,2})?\.?$").ok()
});

/// The most characters of a title.
const LONGEST_TITLE: usize = 120;

/// Reads a document of a submission, by its type, its description and its text. Returns `None` if it
/// is not an exhibit, or has no text.
pub(super) fn read(kind: &str, description: &str, body: &[Block]) -> Option<Exhibit> {
    if !kind.to_uppercase().starts_with("EX-") {
        return None;
    }
    let is_mark = |block: &Block| match block {
        Block::Paragraph(text) => MARK.as_ref().is_some_and(|mark| mark.is_match(text)),
        _ => false,
    };
    let body = &body[usize::from(body.first().is_some_and(is_mark))..];
    let (title, body) = match body {
        [Block::Paragraph(first), rest @ ..] if !rest.is_empty() && is_title(first) => {
            (first.as_str(), rest)
        }
        _ if description.is_empty() => (kind, body),
        _ => (description, body),
    };
    (!body.is_empty()).then(|| Exhibit {
        number: ExhibitNumber::parse(&kind.to_uppercase()).ok(),
        title: title.to_owned(),
        body: body.to_vec(),
    })
}

/// Whether the first paragraph of a text is its title.
fn is_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE && !text.ends_with(['.', ',', ';', ':', '?', '!'])
}
