//! The model of a letter or another exhibit filed with a notice, and the numbers of the exhibits.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::codes::ExhibitNumber;
use super::date::CivilDate;
use super::lines::Lines;
use super::rich_text::RichText;
use super::scalar::{Scalar as _, choice};
use super::text::Text;

/// A letter filed with the form, or another exhibit. `H` is how it names its letterhead: as the YAML
/// does, or resolved.
// One struct for both: with a tagged enum, errors lose their paths. The schema requires the keys of
// a letter and the title of an exhibit, and a rule refuses the keys of the other.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "H: Deserialize<'de>"))]
#[schemars(transform = required_by_kind, bound = "H: JsonSchema + Serialize")]
pub struct Letter<H = Letterhead> {
    /// The kind of letter: a third person's statement under Rule 12b-25(c), a letter to the staff,
    /// or evidence of the authority to sign; or `exhibit`, a document that is not a letter.
    pub kind: LetterKind,
    /// The title of an exhibit that is not a letter, its heading; a letter has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The sender's letterhead, or the id of a shared one, `filings/letterheads/<id>.yaml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<H>,
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

/// A letterhead as a filing names it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)] // written only: reading is by hand, with positions
pub enum LetterheadEntry {
    /// `letterhead: alder-finch`
    Shared(Text),
    /// The keys of a letterhead.
    Keys(Letterhead),
}

impl LetterheadEntry {
    /// Returns the letterhead if it is written out, or `None` if it is a shared one.
    pub fn written_out(self) -> Option<Letterhead> {
        match self {
            LetterheadEntry::Shared(_) => None,
            LetterheadEntry::Keys(keys) => Some(keys),
        }
    }
}

impl<'de> Deserialize<'de> for LetterheadEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LetterheadEntry, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = LetterheadEntry;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a letterhead or the id of one")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<LetterheadEntry, E> {
                Text::parse(text).map(LetterheadEntry::Shared).map_err(E::custom)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LetterheadEntry, A::Error> {
                Letterhead::deserialize(MapAccessDeserializer::new(map)).map(LetterheadEntry::Keys)
            }
        }
        // By hand: with `untagged`, errors lose their paths and positions.
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for LetterheadEntry {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "LetterheadEntry".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Letterhead::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["string", "object"]));
        schema.insert("format".to_owned(), "letterhead-id".into());
        schema
    }
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

impl<H> Letter<H> {
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

impl Letter<LetterheadEntry> {
    /// Returns the letter with its entry replaced by a letterhead, or `None` if `resolve` fails.
    pub(super) fn resolve(
        self,
        resolve: impl FnOnce(LetterheadEntry) -> Option<Letterhead>,
    ) -> Option<Letter> {
        let letterhead = match self.letterhead {
            Some(entry) => Some(resolve(entry)?),
            None => None,
        };
        Some(Letter {
            kind: self.kind,
            title: self.title,
            letterhead,
            date: self.date,
            to: self.to,
            re: self.re,
            salutation: self.salutation,
            body: self.body,
            closing: self.closing,
            signed: self.signed,
            signed_by: self.signed_by,
            signed_title: self.signed_title,
            exhibit: self.exhibit,
        })
    }
}

/// A schema transform: requires the keys of a letter, or of an exhibit that is not a letter.
fn required_by_kind(schema: &mut Schema) {
    let is = |kinds: Vec<&&str>| serde_json::json!({ "properties": { "kind": { "enum": kinds } }, "required": ["kind"] });
    let letters = LetterKind::VALUES.iter().filter(|kind| **kind != "exhibit");
    schema.insert("if".to_owned(), is(vec![&"exhibit"]));
    schema.insert("then".to_owned(), serde_json::json!({ "required": ["title"] }));
    schema.insert(
        "else".to_owned(),
        serde_json::json!({
            // A title of no known kind is that of an exhibit whose kind is misspelt.
            "if": { "not": { "required": ["title"], "not": is(letters.collect()) } },
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
