//! A rendered document in its formats.

use super::consistency::DocumentText;
use crate::edgar::{Format, PerFormat};
use crate::form12b25::documents::DocumentKind;

/// One document of a filing in its formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its kind.
    pub kind: DocumentKind,
    /// The name of its files, without suffix: `form12b25`, `ex99-1`, `cover`.
    pub stem: String,
    /// The rendered text of each format, or `None` if it was not requested; that of a compiled
    /// format is the Typst source.
    pub rendered: PerFormat<Option<String>>,
    /// The words of the HTML, with which the other formats are compared.
    pub html_text: DocumentText,
}

impl Document {
    /// Returns the name of its file in a format.
    pub fn name(&self, format: Format) -> String {
        format!("{}.{}", self.stem, format.suffix())
    }

    /// Returns the rendered text of a format; empty if the format was not requested.
    pub fn text(&self, format: Format) -> &str {
        self.rendered[format].as_deref().unwrap_or_default()
    }
}
