//! The model of the print options: the form's edition and its small print.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::optional::or_default;
use super::scalar::{Scalar, choice, scalar};
use super::text::Text;

/// The small print of the form that is printed.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Print {
    /// The instructions that are printed: `none`, `signature` (the instruction to the signature,
    /// and ATTENTION) or `all`.
    #[serde(deserialize_with = "or_default")]
    pub instructions: Instructions,
    /// Whether the OMB approval box is printed.
    #[serde(deserialize_with = "or_default")]
    pub omb_box: bool,
    /// The date on which the OMB approval expires, as the box prints it; it changes and is never
    /// built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub omb_expires: Option<Text>,
    /// Whether passages of the form whose wording is not confirmed are printed.
    #[serde(deserialize_with = "or_default")]
    pub unconfirmed: bool,
}

choice! {
    /// Which instructions of the form are printed.
    #[derive(Default)]
    Instructions, "instructions", "a choice of instructions" {
        /// None.
        None = "none",
        /// The instruction to the signature, and ATTENTION.
        #[default]
        Signature = "signature",
        /// Those and the General Instructions.
        All = "all",
    }
}

/// The name of an edition of the form: the stem of its wording file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditionName(String);

impl EditionName {
    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Scalar for EditionName {
    const FORMAT: &'static str = "edition";
    // The name is the stem of a file: no separators, and one name on systems that ignore case.
    const PATTERN: Option<&'static str> = Some("^[a-z0-9_-]+$");
    const EXPECTING: &'static str = "an edition of the form, such as 2018";
    // Without quotes, an editor takes `2018` for a number.
    const TYPES: &'static [&'static str] = &["string", "integer"];

    fn parse(text: &str) -> Result<EditionName, String> {
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        if text.is_empty() || !plain {
            return Err(format!("`{text}` is not an edition of the form, such as 2018"));
        }
        Ok(EditionName(text.to_owned()))
    }
}

impl fmt::Display for EditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

scalar!(EditionName);
