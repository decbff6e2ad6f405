//! A rendered document, in each of its formats.

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
    /// The text that the templates of each requested format printed; of a format that is compiled,
    /// its source, which imports the layout.
    pub rendered: PerFormat<Option<String>>,
    /// What the HTML says, which the other formats are compared with.
    pub said: DocumentText,
}

impl Document {
    /// The name of its file in a format.
    pub fn name(&self, format: Format) -> String {
        format!("{}.{}", self.stem, format.suffix())
    }

    /// The text that the templates of a format printed; empty if the format was not requested.
    pub fn text(&self, format: Format) -> &str {
        self.rendered[format].as_deref().unwrap_or_default()
    }
}
