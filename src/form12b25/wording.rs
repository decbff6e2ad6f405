//! The form's official wording, one file for each edition, and which edition a filing takes.

use serde::{Deserialize, Serialize};

use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::model::{CivilDate, EditionName, Filing, FormType};

/// The official wording of one edition, as `wording/<edition>.yaml` has it; the keys are what
/// templates name.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // each field is the passage of the form that it names
pub struct Wording {
    /// The first day on which the edition is in force.
    #[serde(skip_serializing)]
    pub from: CivilDate,
    /// Forms that this edition takes in before its own first day.
    #[serde(default, skip_serializing)]
    pub early: Vec<Early>,
    /// The check-one list.
    pub forms: Vec<FormType>,
    /// The list of transition reports.
    pub transition_forms: Vec<FormType>,
    pub omb: Omb,
    pub file_number: String,
    pub cusip: String,
    pub country: String,
    pub commission: String,
    pub place: String,
    pub form: String,
    pub title: String,
    pub check_one: String,
    pub form_label: String,
    pub period: String,
    pub transition_label: String,
    pub transition_period: String,
    pub read: String,
    pub disclaimer: String,
    pub portion: String,
    pub part_one: PartOne,
    pub part_two: PartTwo,
    pub part_three: PartThree,
    pub part_four: PartFour,
    pub signature: SignatureWording,
    pub instruction: Titled,
    pub attention: Titled,
    pub general_instructions: GeneralInstructions,
    pub foot: Foot,
}

/// A form that an edition takes in before its own first day.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Early {
    /// The form.
    pub form: FormType,
    /// Since when there is such a form.
    pub from: CivilDate,
}

/// Declares a struct of passages.
macro_rules! passages {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs)] // each field is the passage of the form that it names
        pub struct $name { $($(#[$fmeta])* pub $field: $type),+ }
    )+};
}

passages! {
    /// The OMB approval box.
    Omb { title: String, number: String, expires: String, burden: String }
    /// Part I.
    PartOne { title: String, name: String, former_name: String, street: String, city: String }
    /// Part II.
    PartTwo { title: String, lead: String, a: String, b: String, c: String }
    /// Part III.
    PartThree { title: String, lead: String, sheets: String }
    /// Part IV.
    PartFour {
        title: String, contact: String, name: String, area_code: String, telephone: String, prior_reports: String,
        results_change: String, explanation: String, yes: String, no: String,
    }
    /// The signature block.
    SignatureWording { caption: String, statement: String, date: String, by: String }
    /// A passage with a heading.
    Titled { title: String, text: String }
    /// The General Instructions.
    GeneralInstructions { title: String, items: Vec<Passage> }
    /// The foot of the first page.
    Foot {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        edition: Option<String>,
        notice: String,
    }
}

/// A numbered passage whose wording may not be confirmed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(untagged)] // a file of the tool's own, not of the model
pub enum Passage {
    /// Confirmed.
    Plain(String),
    /// With a wording that no filing at hand confirms.
    Marked(Marked),
}

/// The two wordings of a passage.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// The confirmed wording, if there is one.
    text: Option<String>,
    /// The other.
    unconfirmed: String,
}

impl Passage {
    fn text(&self, unconfirmed: bool) -> Option<&String> {
        match self {
            Passage::Plain(text) => Some(text),
            Passage::Marked(marked) if unconfirmed => Some(&marked.unconfirmed),
            Passage::Marked(marked) => marked.text.as_ref(),
        }
    }
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
    /// What is wrong, and its line and column if known.
    pub fn read(
        name: EditionName,
        text: &str,
    ) -> Result<Edition, (String, Option<(usize, usize)>)> {
        match serde_yaml::from_str(text) {
            Ok(wording) => Ok(Edition { name, wording }),
            Err(error) => {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default().to_owned();
                Err((message, error.location().map(|l| (l.line(), l.column()))))
            }
        }
    }

    /// The wording as a filing prints it.
    pub fn printed(&self, unconfirmed: bool) -> Wording {
        let mut wording = self.wording.clone();
        let items = &mut wording.general_instructions.items;
        *items =
            items.iter().filter_map(|p| p.text(unconfirmed).cloned().map(Passage::Plain)).collect();
        wording
    }

    fn has(&self, form: FormType) -> bool {
        self.wording.forms.contains(&form.box_form())
    }

    fn takes_early(&self, form: FormType, date: CivilDate) -> bool {
        self.wording.early.iter().any(|early| early.form == form.box_form() && early.from <= date)
    }
}

/// The edition that a filing is printed on: the one it names, or the one in force on the
/// signature's date (the first, if the signature is older), or the newest while there is no date.
/// `editions` are in the order of their first days.
///
/// # Errors
/// The finding, if it names none that there is, or one without a box for its form.
pub fn edition<'a>(
    editions: &'a [Edition],
    filing: &Filing,
) -> Result<(&'a Edition, Option<Finding>), Finding> {
    let form = filing.report.form;
    let date = filing.signature.date;
    let known = || editions.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join(", ");
    let chosen = match (&filing.edition, date) {
        (Some(name), _) => editions.iter().find(|e| e.name == *name).ok_or_else(|| {
            rule::EDITION_UNKNOWN
                .at("edition", format!("there is no edition `{name}` of the form"))
                .hint(format!("one of: {}", known()))
        })?,
        (None, None) => editions.last().ok_or_else(no_edition)?,
        (None, Some(date)) => {
            let in_force = editions.iter().rfind(|e| e.wording.from <= date).or(editions.first());
            in_force.ok_or_else(no_edition)?
        }
    };
    if chosen.has(form) {
        return Ok((chosen, None));
    }
    let later =
        editions.iter().find(|e| e.has(form) && date.is_some_and(|d| e.takes_early(form, d)));
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

fn no_edition() -> Finding {
    rule::EDITION_UNKNOWN.at("edition", "there is no edition of the form")
}
