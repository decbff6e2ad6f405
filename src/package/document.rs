//! A document in a package that is read back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::read::Node;
use crate::edgar::Format;

/// A document in a package.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) name: &'a str,
    pub(super) name_at: usize,
    pub(super) kind: &'a str,
    pub(super) kind_at: usize,
    /// Its bytes, if they are there and base64.
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) is_empty: bool,
    pub(super) contents_at: usize,
}

impl<'a> Document<'a> {
    pub(super) fn of(node: &'a Node) -> Document<'a> {
        let value = |name: &str| {
            node.child(name).map_or(("", node.at), |child| (child.text.as_str(), child.text_at))
        };
        let ((name, name_at), (kind, kind_at)) =
            (value("conformedName"), value("conformedDocumentType"));
        let (contents, contents_at) = value("contents");
        // White space in base64 is nothing; some writers break its lines.
        let packed: String = contents.split_ascii_whitespace().collect();
        let bytes = BASE64.decode(packed.as_bytes()).ok().filter(|bytes| !bytes.is_empty());
        Document { name, name_at, kind, kind_at, bytes, is_empty: packed.is_empty(), contents_at }
    }

    /// Whether it is an unofficial PDF copy.
    pub(super) fn is_copy(&self) -> bool {
        Format::of_document(self.name).is_some_and(|format| !format.is_official())
    }
}
