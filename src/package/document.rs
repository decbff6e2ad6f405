//! A document of a package that is being checked, decoded from its element.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::read::Node;
use crate::edgar::Format;

/// A document of a package, with the offsets of its values in the file.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) name: &'a str,
    pub(super) name_at: usize,
    pub(super) kind: &'a str,
    pub(super) kind_at: usize,
    /// Its decoded contents, or `None` if they are empty or not base64.
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) is_empty: bool,
    pub(super) contents_at: usize,
}

impl<'a> Document<'a> {
    /// Reads a `document` element. A missing value is empty, at the offset of the element.
    pub(super) fn from_node(node: &'a Node) -> Document<'a> {
        let value = |name: &str| {
            node.child(name).map_or(("", node.at), |child| (child.text.as_str(), child.text_at))
        };
        let ((name, name_at), (kind, kind_at)) =
            (value("conformedName"), value("conformedDocumentType"));
        let (contents, contents_at) = value("contents");
        // Some writers break base64 into lines; the decoder accepts no white space.
        let packed: String = contents.split_ascii_whitespace().collect();
        let bytes = BASE64.decode(packed.as_bytes()).ok().filter(|bytes| !bytes.is_empty());
        Document { name, name_at, kind, kind_at, bytes, is_empty: packed.is_empty(), contents_at }
    }

    /// Whether this is an unofficial PDF copy (17 CFR 232.104).
    pub(super) fn is_copy(&self) -> bool {
        Format::of_document(self.name).is_some_and(|format| !format.is_official())
    }
}
