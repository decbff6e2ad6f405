//! The parts of a new filing that an earlier one or a shared registrant already has, as YAML. What
//! represents something to the SEC is not carried: who signs, the dates, the reasons and answers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::dates;
use super::yaml::{Value, after_key, entry, to_value};
use crate::form12b25::deadline::PartialQuery;
use crate::form12b25::model::{
    Contact, FilingAsWritten, FormType, Letter, LetterheadEntry, RegistrantEntry, RegistrantKeys,
    Signature, Text,
};

/// The keys of a registrant and of its address that the template has a line for.
const REGISTRANT: [&str; 6] = ["name", "former_name", "cik", "file_number", "cusip", "series"];
const ADDRESS: [&str; 5] = ["street", "city", "state", "zip", "country"];

/// A filing as its file writes it.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// Its id.
    pub id: &'a str,
    /// The text of its file.
    pub text: &'a str,
    /// Its values.
    pub filing: &'a FilingAsWritten,
}

/// The parts, each a piece of the template; empty where there is none.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Carried {
    /// The id of the earlier filing.
    from: String,
    /// The whole entry of a registrant that uses a shared one, or that has comments.
    whole_registrant: String,
    /// The values of a registrant that is written out.
    registrant: BTreeMap<&'static str, String>,
    co_registrants: String,
    contact: BTreeMap<&'static str, String>,
    attachments: String,
    /// A comment about the signer of the earlier filing.
    signer: Vec<String>,
    /// The entities through which the registrant signs.
    through: String,
    letters: Vec<CarriedLetter>,
    print: String,
    edgar: String,
}

/// The parts of a letter.
#[derive(Debug, Clone, Serialize)]
struct CarriedLetter {
    /// The values that are kept.
    heads: BTreeMap<&'static str, String>,
    /// A comment about the subject of the earlier letter.
    re: Vec<String>,
    /// A comment about the signer of the earlier letter.
    signer: Vec<String>,
}

impl Carried {
    /// Carries the parts of an earlier filing and a registrant to the notice of a report.
    ///
    /// # Errors
    /// A value cannot be written.
    pub(super) fn of(
        earlier: Option<Earlier<'_>>,
        registrant: Option<&RegistrantEntry>,
        report: &PartialQuery,
    ) -> anyhow::Result<Carried> {
        let mut carried = match earlier {
            Some(earlier) => Carried::of_filing(earlier)?,
            None => Carried { contact: contact(None)?, ..Carried::default() },
        };
        let own = match registrant {
            Some(RegistrantEntry::Keys(keys)) if keys.shared.is_none() => Some(keys.as_ref()),
            _ => None,
        };
        carried.registrant = written_out(own)?;
        if let Some(registrant) = registrant {
            let text = earlier.map(|earlier| earlier.text).unwrap_or_default();
            let entry = entry(text, "registrant", registrant)?;
            let has_comments = || entry.split_whitespace().any(|word| word.starts_with('#'));
            if own.is_none_or(|own| can_be_copied(own, report) && has_comments()) {
                carried.whole_registrant = entry;
            }
        }
        Ok(carried)
    }

    fn of_filing(earlier: Earlier<'_>) -> anyhow::Result<Carried> {
        let Earlier { id, text, filing } = earlier;
        let through = &filing.signature.through;
        Ok(Carried {
            from: id.to_owned(),
            co_registrants: co_registrants(text, &filing.co_registrants)?,
            contact: contact(filing.contact.as_ref())?,
            attachments: unless_default(text, "attachments", &filing.attachments)?,
            signer: signer(&filing.signature),
            through: if through.is_empty() {
                String::new()
            } else {
                after_key(&to_value(through)?, 4)?
            },
            letters: filing.letters.iter().map(letter).collect::<anyhow::Result<_>>()?,
            print: unless_default(text, "print", &filing.print)?,
            edgar: unless_default(text, "edgar", &filing.edgar)?,
            ..Carried::default()
        })
    }
}

/// Returns an entry of the filing, or an empty text if its value is the default.
fn unless_default<T>(text: &str, key: &str, value: &T) -> anyhow::Result<String>
where
    T: Serialize + serde::de::DeserializeOwned + PartialEq + Default,
{
    if *value == T::default() { Ok(String::new()) } else { entry(text, key, value) }
}

/// Returns the texts after some keys of a mapping; empty for a key that it lacks.
fn fields(
    value: &Value,
    keys: &[&'static str],
    indent: usize,
) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let field = |key| value.get(key).map_or_else(|| Ok(String::new()), |v| after_key(v, indent));
    keys.iter().map(|key| Ok((*key, field(key)?))).collect()
}

/// Returns the values of a registrant and of its address.
fn written_out(keys: Option<&RegistrantKeys>) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let value = to_value(&keys)?;
    let mut all = fields(&value, &REGISTRANT, 4)?;
    all.extend(fields(value.get("address").unwrap_or(&Value::Null), &ADDRESS, 6)?);
    Ok(all)
}

/// Whether the notice of a report has all keys of a registrant, with the same filer status.
fn can_be_copied(keys: &RegistrantKeys, report: &PartialQuery) -> bool {
    keys.filer_status == report.inputs.status
        && keys.signature.is_none()
        && (keys.series.is_none() || report.form == FormType::NCsr)
}

fn contact(contact: Option<&Contact>) -> anyhow::Result<BTreeMap<&'static str, String>> {
    fields(&to_value(&contact)?, &["name", "phone"], 4)
}

/// Returns the co-registrants, each with an empty signature if it has its own.
fn co_registrants(text: &str, all: &[RegistrantEntry]) -> anyhow::Result<String> {
    let signs = |entry: &RegistrantEntry| match entry {
        RegistrantEntry::Shared(_) => None,
        RegistrantEntry::Keys(keys) => keys.signature.clone(),
    };
    if all.is_empty() {
        return Ok(String::new());
    }
    if !all.iter().any(|entry| signs(entry).is_some()) {
        return entry(text, "co_registrants", &all.to_vec());
    }
    let mut lines = "co_registrants:".to_owned();
    for entry in all {
        let unsigned = match entry {
            RegistrantEntry::Keys(keys) => RegistrantEntry::Keys(Box::new(RegistrantKeys {
                signature: None,
                ..keys.as_ref().clone()
            })),
            RegistrantEntry::Shared(_) => entry.clone(),
        };
        lines += &after_key(&to_value(&[unsigned])?, 2)?;
        if let Some(signature) = signs(entry) {
            lines += "\n    signature:\n      signed: false\n      # (optional)\n      date:";
            for line in signer(&signature) {
                lines += &format!("\n      # {line}");
            }
            lines += "\n      name:\n      title:\n      signer:";
            if !signature.through.is_empty() {
                lines += &format!("\n      for:{}", after_key(&to_value(&signature.through)?, 8)?);
            }
        }
    }
    Ok(lines)
}

/// Returns a comment about who signed the earlier filing.
fn signer(signature: &Signature) -> Vec<String> {
    let title = signature.title.folded().join("; ");
    dates::filled(&format!("In the earlier notice: {}, {title}.", signature.name.folded()))
}

fn letter(letter: &Letter<LetterheadEntry>) -> anyhow::Result<CarriedLetter> {
    let heads = ["kind", "title", "letterhead", "to", "salutation", "closing"];
    let earlier = |words: String| dates::filled(&format!("In the earlier letter: {words}"));
    let subject = letter.re.folded().join("; ");
    Ok(CarriedLetter {
        heads: fields(&to_value(letter)?, &heads, 6)?,
        re: if subject.is_empty() { Vec::new() } else { earlier(format!("{subject}. (optional)")) },
        signer: earlier(format!("{}.", signed_by(letter).join(", "))),
    })
}

fn signed_by(letter: &Letter<LetterheadEntry>) -> Vec<String> {
    [letter.signed_by.as_ref(), letter.signed_title.as_ref()]
        .into_iter()
        .flatten()
        .map(Text::folded)
        .collect()
}
