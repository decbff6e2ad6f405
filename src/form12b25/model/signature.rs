//! The model of the signature: the signer, the capacity and the date.

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::lines::Lines;
use super::scalar::choice;
use super::text::Text;

/// The signature of a Form 12b-25. Its keys represent something to the SEC and have no default.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = dated_when_signed)]
pub struct Signature {
    /// True only once the signature page is signed (Regulation S-T Rule 302(b)); until then the
    /// line stays empty.
    pub signed: bool,
    /// The date of signing; may be left out while unsigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<CivilDate>,
    /// Name, as typed beneath the signature.
    pub name: Text,
    /// Title, one line or a list of lines.
    #[schemars(extend("minItems" = 1))]
    pub title: Lines,
    /// The capacity of the signer (form, instruction to the signature).
    pub signer: Signer,
    /// The entities through which the registrant signs, such as its general partner, outermost
    /// first.
    #[serde(
        default,
        rename = "for",
        deserialize_with = "super::optional::or_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub through: Vec<Through>,
    /// The text after `/s/`, if it is not the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conformed: Option<Text>,
}

impl Signature {
    /// Returns the conformed signature, `/s/` and the name, or `None` while it is not signed.
    pub fn conformed(&self) -> Option<String> {
        // Regulation S-T Rule 302(b): a typed signature requires a signed page.
        let name = self.conformed.as_ref().unwrap_or(&self.name);
        self.signed.then(|| format!("/s/ {}", name.folded()))
    }
}

/// An entity through which the registrant signs, such as its general partner.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Through {
    /// Name of the entity.
    pub name: Text,
    /// Its relation to the one before, such as `its General Partner`.
    pub capacity: Text,
}

choice! {
    /// The two kinds of signer in the instruction to the signature.
    Signer, "signer", "a kind of signer" {
        /// An executive officer of the registrant.
        ExecutiveOfficer = "executive-officer",
        /// Any other duly authorized representative; evidence of authority is filed with the form.
        AuthorizedRepresentative = "authorized-representative",
    }
}

/// A schema transform: requires the date of a signature that is signed.
fn dated_when_signed(schema: &mut Schema) {
    schema.insert(
        "if".to_owned(),
        serde_json::json!({
            "properties": { "signed": { "const": true } },
            "required": ["signed"],
        }),
    );
    schema.insert("then".to_owned(), serde_json::json!({ "required": ["date"] }));
}
