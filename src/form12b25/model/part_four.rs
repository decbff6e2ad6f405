//! The model of Part IV: the contact, the reports of the last twelve months, the change in results.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::codes::is_digits;
use super::optional::or_default;
use super::rich_text::RichText;
use super::scalar::Scalar as _;
use super::text::Text;

/// Part IV (1): whom the staff may call.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name of the person whom the staff may call about this notification.
    pub name: Text,
    /// Telephone number: a plain US number fills area code and number, any other is printed whole
    /// as the number.
    pub phone: Text,
}

impl Contact {
    /// Returns area code and number of a plain US telephone number; for any other, no area code and
    /// the whole text.
    pub fn telephone(&self) -> (Option<String>, String) {
        // The form has two blanks for a US number. A foreign number split in two would be wrong.
        let phone = self.phone.folded();
        match plain_us_number(&phone) {
            Some((area, number)) => (Some(area), number),
            None => (None, phone),
        }
    }
}

/// Splits `410-997-2599`, `(410) 997-2599`, `410.997.2599` and `1-410-997-2599`.
fn plain_us_number(phone: &str) -> Option<(String, String)> {
    let rest =
        phone.strip_prefix("+1").or_else(|| phone.strip_prefix("1-")).unwrap_or(phone).trim_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let (area, rest) = match rest.strip_prefix('(') {
        Some(inner) => inner.split_once(')')?,
        None => rest.split_at_checked(3)?,
    };
    let number = rest.trim_start_matches(['-', '.', ' ']);
    // `4109972599` may be an extension or a foreign number: only a written separator is a sign.
    let separated = rest.len() > number.len() || phone.contains('(');
    let (exchange, line) = number.split_once(['-', '.', ' '])?;
    (separated && is_digits(area, 3) && is_digits(exchange, 3) && is_digits(line, 4))
        .then(|| (area.to_owned(), number.to_owned()))
}

/// Part IV (2): whether all other reports of the last twelve months were filed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorReports {
    /// Whether all periodic reports of the last twelve months were filed.
    pub all_filed: bool,
    /// The reports that were not filed.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingReport>,
}

/// A report that was not filed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingReport {
    /// The report, also one that the form does not list.
    pub report: Text,
    /// Why it was not filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<RichText>,
}

/// Part IV (3): whether results will change significantly.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultsChange {
    /// Whether a significant change in results from the same period of last year is anticipated.
    pub anticipated: bool,
    /// The anticipated change, both narratively and quantitatively, or `see`, the part
    /// of the notice that describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// An explanation, or a reference to another text of the notice.
#[derive(Debug, Clone, PartialEq)]
pub enum Explanation {
    /// The explanation itself.
    Text(RichText),
    /// `{see: "Annex A"}`, `{see: Part III}`, `{see: EX-99.2}`
    See(Text),
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct See {
    /// The text with the explanation: the title of an attachment, the number of an exhibit, or
    /// `Part III`.
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
        // By hand: with `untagged`, errors lose their paths and positions.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_us_numbers_are_split() {
        let split = |phone: &str| plain_us_number(phone).map(|(a, n)| format!("{a}|{n}"));
        for phone in
            ["410-997-2599", "(410) 997-2599", "1-410-997-2599", "+1 410-997-2599", "(410)997-2599"]
        {
            assert_eq!(split(phone).as_deref(), Some("410|997-2599"), "{phone}");
        }
        for phone in [
            "+44 20 7946 0958",
            "4109972599",
            "410-997-2599 ext. 5",
            "+39 02 555 0143",
            "é10-997-2599",
            "",
        ] {
            assert_eq!(split(phone), None, "{phone}");
        }
    }
}
