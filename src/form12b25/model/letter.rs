//! The model of a letter or another exhibit filed with a notice, and the numbers of the exhibits.

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

use super::codes::ExhibitNumber;
use super::date::CivilDate;
use super::lines::Lines;
use super::rich_text::RichText;
use super::scalar::{Scalar as _, choice};
use super::text::Text;

/// A letter filed with the form, or another exhibit.
// One struct for both: with a tagged enum, errors lose their paths. The schema requires the keys of
// a letter and the title of an exhibit, and a rule refuses the keys of the other.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = required_by_kind)]
pub struct Letter {
    /// The kind of letter: a third person's statement under Rule 12b-25(c), a letter to the staff,
    /// or evidence of the authority to sign; or `exhibit`, a document that is not a letter.
    pub kind: LetterKind,
    /// The title of an exhibit that is not a letter, its heading; a letter has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The sender's letterhead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<Letterhead>,
    /// The date of the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<CivilDate>,
    /// The addressee, line by line.
    #[serde(
        default,
        deserialize_with = "super::optional::or_default",
        skip_serializing_if = "Lines::is_empty"
    )]
    pub to: Lines,
    /// The subject, line by line.
    #[serde(
        default,
        deserialize_with = "super::optional::or_default",
        skip_serializing_if = "Lines::is_empty"
    )]
    pub re: Lines,
    /// The salutation, as the letter has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salutation: Option<Text>,
    /// The text of the letter or exhibit.
    pub body: RichText,
    /// The complimentary close, as the letter has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<Text>,
    /// True only once the letter is signed; until then the line stays empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<bool>,
    /// The person or firm that signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<Text>,
    /// The signer's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_title: Option<Text>,
    /// The exhibit number, such as `EX-99.1` or `EX-24`; left out, the next free one. A cover
    /// letter has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<ExhibitNumber>,
}

/// The head of a letter.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Letterhead {
    /// Name of the sender.
    pub name: Text,
    /// A line under the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tagline: Option<Text>,
    /// Address, telephone, fax and web, line by line.
    #[serde(
        default,
        deserialize_with = "super::optional::or_default",
        skip_serializing_if = "Lines::is_empty"
    )]
    pub lines: Lines,
}

choice! {
    /// The kinds of letters that are filed with a notice.
    LetterKind, "letter-kind", "a kind of letter" {
        /// The statement under Rule 12b-25(c) of any third person whose inability is the cause.
        AccountantStatement = "accountant-statement",
        /// A letter to the staff; EDGAR type COVER, not disseminated.
        Cover = "cover",
        /// Evidence of the representative's authority to sign.
        Authority = "authority",
        /// A document that is not a letter, such as the explanation of Part IV (3).
        Exhibit = "exhibit",
    }
}

impl LetterKind {
    /// Whether it is an exhibit.
    pub fn is_exhibit(self) -> bool {
        // A cover letter is a document of type COVER and has no number.
        self != LetterKind::Cover
    }
}

impl Letter {
    /// Whether it is an exhibit with a title, and not a letter with a date and a signature.
    pub fn is_plain_exhibit(&self) -> bool {
        self.kind == LetterKind::Exhibit
    }

    /// Returns the signer of a letter, or the title of an exhibit.
    pub fn name(&self) -> String {
        let name = if self.is_plain_exhibit() { &self.title } else { &self.signed_by };
        name.as_ref().map(Text::folded).unwrap_or_default()
    }
}

/// A schema transform: requires the keys of a letter, or of an exhibit that is not a letter.
fn required_by_kind(schema: &mut Schema) {
    // With a misspelt kind neither is required: that is one mistake.
    let letters = LetterKind::VALUES.iter().filter(|kind| **kind != "exhibit");
    let is = |kinds: Vec<&&str>| serde_json::json!({ "properties": { "kind": { "enum": kinds } } });
    let mut exhibit = is(vec![&"exhibit"]);
    exhibit["required"] = serde_json::json!(["kind"]);
    schema.insert("if".to_owned(), exhibit);
    schema.insert("then".to_owned(), serde_json::json!({ "required": ["title"] }));
    schema.insert(
        "else".to_owned(),
        serde_json::json!({
            "if": is(letters.collect()),
            "then": { "required": ["date", "signed", "signed_by"] },
        }),
    );
}

/// Returns the exhibit number of each letter, in order: its own, or the next of EX-99.1, EX-99.2, …
/// that no letter has as its own; `None` for a cover letter.
pub fn exhibits(letters: &[Letter]) -> Vec<Option<String>> {
    let own: Vec<&str> =
        letters.iter().filter_map(|l| l.exhibit.as_ref().map(ExhibitNumber::as_str)).collect();
    let mut free =
        (1..).map(|n| format!("EX-99.{n}")).filter(|exhibit| !own.contains(&exhibit.as_str()));
    let number = |letter: &Letter| match &letter.exhibit {
        _ if !letter.kind.is_exhibit() => None,
        Some(exhibit) => Some(exhibit.as_str().to_owned()),
        None => free.next(),
    };
    letters.iter().map(number).collect()
}
