//! The model of an attachment, further text on the form.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::optional::or_default;
use super::rich_text::RichText;
use super::scalar::choice;
use super::text::Text;

/// Further text on the form, such as a forward-looking statements legend.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The heading of the attachment.
    pub title: Text,
    /// Where it is printed: before the signature, or after it.
    #[serde(default, deserialize_with = "or_default")]
    pub place: Placement,
    /// The text of the attachment.
    pub body: RichText,
}

choice! {
    /// The place of an attachment on the form.
    #[derive(Default)]
    Placement, "placement", "a place" {
        /// Between Part IV and the signature.
        #[default]
        BeforeSignature = "before-signature",
        /// At the end of the form.
        AfterSignature = "after-signature",
    }
}
