//! The parts of a filing beside its registrants, its signature and its letters.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::codes::Accession;
use super::date::CivilDate;
use super::form::FormType;
use super::or_default;
use super::rich_text::RichText;
use super::scalar::{Scalar, choice, scalar};
use super::text::Text;

/// The subject report: what will be late.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The form of the report that will be late.
    pub form: FormType,
    /// The end of its period; of a transition report, of the transition period.
    pub period_ended: CivilDate,
    /// Whether it is a transition report.
    #[serde(default, deserialize_with = "or_default")]
    pub transition: bool,
    /// The Items to which the notice relates, when only some are late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portion: Option<Text>,
    /// A due date that replaces the computed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// 11-K: whether the plan is subject to ERISA.
    #[serde(default, deserialize_with = "or_default")]
    pub erisa_plan: bool,
    /// 10-D: the distribution date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distributed: Option<CivilDate>,
    /// N-CSR: the day on which the report was transmitted to shareholders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transmitted: Option<CivilDate>,
    /// A changed fiscal year: the day of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub determined: Option<CivilDate>,
    /// N-CEN: whether the registrant is a unit investment trust.
    #[serde(default, deserialize_with = "or_default")]
    pub unit_investment_trust: bool,
}

/// A due date that somebody determined.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// The prescribed due date.
    pub date: CivilDate,
    /// Why the computed date does not hold.
    pub because: Text,
}

/// What an amended notification says of itself.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Its number, where the registrant counts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 999))]
    pub number: Option<u32>,
    /// What it amends, and why.
    pub explanatory_note: RichText,
    /// When the notice was first filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_filed: Option<CivilDate>,
}

/// Part II: what the registrant represents under Rule 12b-25(b).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relief {
    /// The form's one box, for (a), (b) and, if applicable, (c).
    Sought,
    /// No relief: the box stays empty.
    None,
    /// A box for each paragraph.
    Each(ReliefBoxes),
}

/// Part II, box by box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReliefBoxes {
    /// (a): the reasons could not be eliminated without unreasonable effort or expense.
    pub reasons_not_eliminable: bool,
    /// (b): the report will be filed within the extension.
    pub filed_within_extension: bool,
    /// (c): the statement required by Rule 12b-25(c) is attached.
    pub statement_attached: bool,
}

impl<'de> Deserialize<'de> for Relief {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Relief, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Relief;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`sought`, `none` or a box each")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Relief, E> {
                match text {
                    "sought" => Ok(Relief::Sought),
                    "none" => Ok(Relief::None),
                    _ => Err(E::custom(format!("`{text}` is neither `sought` nor `none`"))),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Relief, A::Error> {
                ReliefBoxes::deserialize(MapAccessDeserializer::new(map)).map(Relief::Each)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Relief {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Relief::Sought => "sought".serialize(serializer),
            Relief::None => "none".serialize(serializer),
            Relief::Each(boxes) => boxes.serialize(serializer),
        }
    }
}

impl JsonSchema for Relief {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Relief".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = ReliefBoxes::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["string", "object"]));
        schema.insert("if".to_owned(), serde_json::json!({ "type": "string" }));
        schema.insert("then".to_owned(), serde_json::json!({ "enum": ["sought", "none"] }));
        schema
    }
}

/// Part IV (1): whom the staff may call.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name of the person whom the staff may call about this notification.
    pub name: Text,
    /// Telephone: a plain US number fills area code and number, any other goes whole under the number.
    pub phone: Text,
}

impl Contact {
    /// Area code and number of a plain US telephone number, else none and the whole text.
    pub fn telephone(&self) -> (Option<String>, String) {
        let phone = self.phone.folded();
        match plain_us_number(&phone) {
            Some((area, number)) => (Some(area), number),
            None => (None, phone),
        }
    }
}

/// Splits `410-997-2599`, `(410) 997-2599`, `410.997.2599` and `1-410-997-2599`.
fn plain_us_number(phone: &str) -> Option<(String, String)> {
    let rest = phone.strip_prefix("+1").or_else(|| phone.strip_prefix("1-")).unwrap_or(phone).trim_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let (area, rest) = match rest.strip_prefix('(') {
        Some(inner) => inner.split_once(')')?,
        None => rest.split_at_checked(3)?,
    };
    let number = rest.trim_start_matches(['-', '.', ' ']);
    let separated = rest.len() > number.len() || phone.contains('(');
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let (exchange, line) = number.split_once(['-', '.', ' '])?;
    (separated && digits(area, 3) && digits(exchange, 3) && digits(line, 4))
        .then(|| (area.to_owned(), number.to_owned()))
}

/// Part IV (2): whether all other reports of the last twelve months were filed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorReports {
    /// Whether all periodic reports of the last twelve months were filed.
    pub all_filed: bool,
    /// When it is no: which were not.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingReport>,
}

/// A report that was not filed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingReport {
    /// Which: any report, also one that the form does not list.
    pub report: Text,
    /// Why, if it is to be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<RichText>,
}

/// Part IV (3): whether results will change significantly.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultsChange {
    /// Whether a significant change in results from the same period of last year is anticipated.
    pub anticipated: bool,
    /// When it is yes: the change, both narratively and quantitatively.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// An explanation in place, or where it stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Explanation {
    /// In place.
    Text(RichText),
    /// `{see: "Annex A"}`
    See(Text),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct See {
    /// The attachment that holds the explanation.
    see: Text,
}

impl<'de> Deserialize<'de> for Explanation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Explanation, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Explanation;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a list of blocks or `see`")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Explanation, E> {
                let text = Text::parse(text).map_err(E::custom)?;
                Ok(Explanation::Text(RichText::Paragraphs(text)))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Explanation, A::Error> {
                RichText::deserialize(SeqAccessDeserializer::new(seq)).map(Explanation::Text)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Explanation, A::Error> {
                See::deserialize(MapAccessDeserializer::new(map)).map(|s| Explanation::See(s.see))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Explanation::Text(text) => text.serialize(serializer),
            Explanation::See(see) => See { see: see.clone() }.serialize(serializer),
        }
    }
}

impl JsonSchema for Explanation {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Explanation".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = See::json_schema(generator);
        let text = RichText::json_schema(generator);
        for (key, value) in text.as_object().into_iter().flatten() {
            schema.insert(key.clone(), value.clone());
        }
        schema.insert("type".to_owned(), serde_json::json!(["string", "array", "object"]));
        schema
    }
}

/// Further text on the form, such as a forward-looking statements legend.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its heading.
    pub title: Text,
    /// Where it stands.
    #[serde(default, deserialize_with = "or_default")]
    pub place: Placement,
    /// Its text.
    pub body: RichText,
}

choice! {
    /// Where an attachment stands.
    #[derive(Default)]
    Placement, "placement", "a place" {
        /// Between Part IV and the signature.
        #[default]
        BeforeSignature = "before-signature",
        /// At the end of the form.
        AfterSignature = "after-signature",
    }
}

/// What of the form's small print is printed.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Print {
    /// `none`, `signature` (the signature instruction and ATTENTION) or `all`.
    #[serde(deserialize_with = "or_default")]
    pub instructions: Instructions,
    /// Whether the OMB approval box is printed.
    #[serde(deserialize_with = "or_default")]
    pub omb_box: bool,
    /// The date on which the OMB approval expires, as the box prints it; it changes and is never built in.
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

/// That the notice was filed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filed {
    /// The filing date.
    pub date: CivilDate,
    /// EDGAR's accession number.
    pub accession: Accession,
}

/// A finding that somebody has judged.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The code of the rule.
    pub rule: Text,
    /// Why it does not apply.
    pub because: Text,
}

/// What the EDGAR submission needs beyond the documents.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Edgar {
    /// Which document is the official one; never both.
    #[serde(deserialize_with = "or_default")]
    pub official: Official,
    /// Whether unofficial PDF copies go along (Regulation S-T Rule 104).
    #[serde(deserialize_with = "or_default")]
    pub pdf_copies: bool,
    /// Whom EDGAR may call about the submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<SenderContact>,
    /// Addresses that EDGAR notifies.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub notify: Vec<Text>,
    /// Exchanges that receive the filing; left out, `NONE`.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub sros: Vec<Sro>,
    /// The registration form of an investment company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("type" = ["string"], "enum" = ["N-1A", "N-1", "N-2", "N-3", "N-4", "N-5", "N-6", "S-1 or S-3", "S-6"]))]
    pub investment_company_type: Option<Text>,
}

/// The submission's sender.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SenderContact {
    /// Name of the person whom EDGAR may call about the submission.
    pub name: Text,
    /// Telephone.
    pub phone: Text,
}

choice! {
    /// The format of the official document.
    #[derive(Default)]
    Official, "official", "a format of an official document" {
        /// The HTML document.
        #[default]
        Html = "html",
        /// The text document.
        Text = "text",
    }
}

choice! {
    /// Self-regulatory organizations, by EDGAR's codes (EDGARLink schema eis_Common).
    Sro, "sro", "an exchange that EDGAR knows" {
        /// None.
        None = "NONE",
        /// NYSE American.
        Amex = "AMEX",
        /// NYSE Arca.
        Arca = "ARCA",
        /// Nasdaq BX.
        Bse = "BSE",
        /// Cboe.
        Cboe = "CBOE",
        /// NYSE Chicago.
        Chx = "CHX",
        /// FINRA.
        Finra = "FINRA",
        /// Nasdaq ISE.
        Ise = "ISE",
        /// Nasdaq.
        Nasd = "NASD",
        /// National Stock Exchange.
        Nsx = "NSX",
        /// NYSE.
        Nyse = "NYSE",
        /// Pacific Exchange.
        Pcx = "PCX",
        /// Nasdaq PHLX.
        Phlx = "PHLX",
    }
}

/// The name of an edition of the form: the stem of its wording file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditionName(String);

impl EditionName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Scalar for EditionName {
    const FORMAT: &'static str = "edition";
    const PATTERN: Option<&'static str> = Some("^[a-z0-9_-]+$");
    const EXPECTING: &'static str = "an edition of the form, such as 2018";
    const TYPES: &'static [&'static str] = &["string", "integer"];

    fn parse(text: &str) -> Result<EditionName, String> {
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_us_numbers_are_split() {
        let split = |phone: &str| plain_us_number(phone).map(|(a, n)| format!("{a}|{n}"));
        for phone in ["410-997-2599", "(410) 997-2599", "1-410-997-2599", "+1 410-997-2599", "(410)997-2599"] {
            assert_eq!(split(phone).as_deref(), Some("410|997-2599"), "{phone}");
        }
        for phone in ["+44 20 7946 0958", "4109972599", "410-997-2599 ext. 5", "+39 02 555 0143", "é10-997-2599", ""] {
            assert_eq!(split(phone), None, "{phone}");
        }
    }
}
