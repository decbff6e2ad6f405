//! The form's official wording, one file for each edition, and the choice of a filing's edition.

mod passage;

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::model::{CivilDate, EditionName, Filing, FormType};

pub use passage::{Passage, Passages};

/// The keys of a wording file that the tool itself reads, whether templates do or not.
pub const OWN_KEYS: [&str; 6] =
    ["from", "early", "forms", "transition_forms", "form_label", "transition_label"];

/// The official wording of one edition, as `wording/<edition>.yaml` has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording {
    /// The first day on which the edition is in force.
    pub from: CivilDate,
    /// Forms for which this edition is used before its own first day.
    pub early: Vec<Early>,
    /// The check-one list.
    pub forms: Vec<FormType>,
    /// The list of transition reports.
    pub transition_forms: Vec<FormType>,
    /// The words before a form in the check-one list.
    pub form_label: String,
    /// The words before a form in the list of transition reports.
    pub transition_label: String,
    /// All other passages, which only templates name.
    pub passages: Passages,
}

/// A form for which an edition is used before its own first day.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Early {
    /// The form.
    pub form: FormType,
    /// The first day of that use.
    pub from: CivilDate,
}

/// An edition of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Its name, the stem of its file.
    pub name: EditionName,
    /// Its wording.
    pub wording: Wording,
}

impl Edition {
    /// Reads a wording file.
    ///
    /// # Errors
    /// The message, and its line and column if known.
    pub fn read(
        name: EditionName,
        text: &str,
    ) -> Result<Edition, (String, Option<(usize, usize)>)> {
        match serde_yaml::from_str(text) {
            Ok(wording) => Ok(Edition { name, wording }),
            Err(error) => {
                // The position is returned apart; the message would repeat it.
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default().to_owned();
                Err((message, error.location().map(|l| (l.line(), l.column()))))
            }
        }
    }

    /// Returns the wording as templates print it, with unconfirmed passages if `unconfirmed`.
    pub fn printed(&self, unconfirmed: bool) -> Passages {
        let wording = &self.wording;
        let text = |text: &str| Passage::Text(text.to_owned());
        let list = |forms: &[FormType]| {
            Passage::List(forms.iter().map(|form| Passage::Text(form.to_string())).collect())
        };
        let mut names = passage::printed(&wording.passages, unconfirmed);
        let own = [
            ("forms", list(&wording.forms)),
            ("transition_forms", list(&wording.transition_forms)),
            ("form_label", text(&wording.form_label)),
            ("transition_label", text(&wording.transition_label)),
        ];
        names.extend(own.map(|(name, passage)| (name.to_owned(), passage)));
        names
    }

    fn has(&self, form: FormType) -> bool {
        self.wording.forms.contains(&form.box_form())
    }

    fn is_used_early(&self, form: FormType, date: CivilDate) -> bool {
        self.wording.early.iter().any(|early| early.form == form.box_form() && early.from <= date)
    }
}

/// Returns the edition on which a filing is printed, with a note if it is not the one in force.
/// `editions` are in the order of their first days.
///
/// # Errors
/// A finding, if the filing names an unknown edition, or its edition has no box for its form.
pub fn edition<'a>(
    editions: &'a [Edition],
    filing: &Filing,
) -> Result<(&'a Edition, Option<Finding>), Finding> {
    let form = filing.report.form;
    let date = filing.signature.date;
    let chosen = named_or_in_force(editions, filing)?;
    if chosen.has(form) {
        return Ok((chosen, None));
    }
    // A new form can be older than the first edition with its box.
    let later =
        editions.iter().find(|e| e.has(form) && date.is_some_and(|d| e.is_used_early(form, d)));
    if let (None, Some(later)) = (&filing.edition, later) {
        let note = rule::EDITION_EARLY.at(
            "report.form",
            format!("printed on edition {}, the first with a box for Form {form}", later.name),
        );
        return Ok((later, Some(note)));
    }
    let with: Vec<&str> =
        editions.iter().filter(|e| e.has(form)).map(|e| e.name.as_str()).collect();
    Err(rule::FORM_NOT_IN_EDITION
        .at(
            "report.form",
            format!("edition {} of the form has no box for Form {form}", chosen.name),
        )
        .hint(format!(
            "editions with that box: {}; name one with `edition:` if it is meant",
            with.join(", ")
        )))
}

/// Returns the edition that a filing names, or the one in force on the signature's date.
fn named_or_in_force<'a>(editions: &'a [Edition], filing: &Filing) -> Result<&'a Edition, Finding> {
    match (&filing.edition, filing.signature.date) {
        (Some(name), _) => editions.iter().find(|e| e.name == *name).ok_or_else(|| {
            let known: Vec<&str> = editions.iter().map(|e| e.name.as_str()).collect();
            rule::EDITION_UNKNOWN
                .at("edition", format!("there is no edition `{name}` of the form"))
                .hint(format!("one of: {}", known.join(", ")))
        }),
        // The notice will be signed later, on the newest edition.
        (None, None) => editions.last().ok_or_else(no_edition),
        // The oldest edition also serves notices from before its first day.
        (None, Some(date)) => editions
            .iter()
            .rfind(|e| e.wording.from <= date)
            .or(editions.first())
            .ok_or_else(no_edition),
    }
}

fn no_edition() -> Finding {
    rule::EDITION_UNKNOWN.at("edition", "there is no edition of the form")
}

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Wording, D::Error> {
        deserializer.deserialize_map(File)
    }
}

// By hand: with serde's `flatten`, errors lose their positions.
/// Reads a wording file.
struct File;

impl<'de> Visitor<'de> for File {
    type Value = Wording;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the wording of an edition")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Wording, A::Error> {
        let (mut from, mut early) = (None, None);
        let (mut forms, mut transition_forms) = (None, None);
        let (mut form_label, mut transition_label) = (None, None);
        let mut passages = Passages::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "from" => fill(&mut from, &key, &mut map)?,
                "early" => fill(&mut early, &key, &mut map)?,
                "forms" => fill(&mut forms, &key, &mut map)?,
                "transition_forms" => fill(&mut transition_forms, &key, &mut map)?,
                "form_label" => fill(&mut form_label, &key, &mut map)?,
                "transition_label" => fill(&mut transition_label, &key, &mut map)?,
                _ => passage::read(&mut passages, key, &mut map)?,
            }
        }
        let missing = A::Error::missing_field;
        Ok(Wording {
            from: from.ok_or_else(|| missing("from"))?,
            early: early.unwrap_or_default(),
            forms: forms.ok_or_else(|| missing("forms"))?,
            transition_forms: transition_forms.ok_or_else(|| missing("transition_forms"))?,
            form_label: form_label.ok_or_else(|| missing("form_label"))?,
            transition_label: transition_label.ok_or_else(|| missing("transition_label"))?,
            passages,
        })
    }
}

/// Reads the value of a key.
///
/// # Errors
/// A duplicate key, or a wrong value.
fn fill<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    slot: &mut Option<T>,
    key: &str,
    map: &mut A,
) -> Result<(), A::Error> {
    // A derived visitor finds duplicates by itself.
    if slot.is_some() {
        return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
    }
    *slot = Some(map.next_value()?);
    Ok(())
}
