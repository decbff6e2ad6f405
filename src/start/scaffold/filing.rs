//! The text of a new filing: the keys of its form, in the form's order, each with a comment. Keys
//! that represent a fact to the SEC are left empty, so that `latefile check` asks for them.

use anyhow::Context as _;
use tera::{Context, Tera};

use super::carried::{Carried, Earlier};
use super::dates;
use crate::form12b25::deadline::{Calendar, INPUTS, PartialQuery};
use crate::form12b25::model::{FormType, RegistrantEntry};
use crate::form12b25::wording::Edition;

/// The template. It prints dates, forms and ids, which need no quotes in YAML.
const TEMPLATE: &str = include_str!("filing.yaml.tera");
/// The most shared registrants that a comment names; it counts more.
const NAMED: usize = 5;

/// The contents of a new filing.
#[derive(Debug, Clone)]
pub struct NewFiling<'a> {
    /// The arguments that name the filing to a command.
    pub arguments: &'a str,
    /// The id of the filing.
    pub id: &'a str,
    /// The form and the known inputs of the due date.
    pub report: PartialQuery,
    /// Whether the notice amends an earlier one.
    pub amendment: bool,
    /// The ids of the shared registrants.
    pub registrants: &'a [String],
    /// The registrant, if it is known.
    pub registrant: Option<&'a RegistrantEntry>,
    /// The filing that this one begins with.
    pub earlier: Option<Earlier<'a>>,
    /// The editions of the form, in the order of their first days.
    pub editions: &'a [Edition],
    /// The days on which EDGAR is closed.
    pub calendar: &'a Calendar,
}

impl NewFiling<'_> {
    /// Returns the edition to name, or `None` if the newest edition, which is the default, has a
    /// box for the form. Otherwise it is the edition in force on the notice's due date, or the last
    /// one that has the box.
    fn edition(&self) -> Option<&Edition> {
        let has = |edition: &&Edition| edition.wording.forms.contains(&self.report.form.box_form());
        if self.editions.last().is_none_or(|newest| has(&newest)) {
            return None;
        }
        let due = self.report.complete().and_then(|query| dates::notice_due(&query, self.calendar));
        let in_force = self
            .editions
            .iter()
            .rfind(|edition| due.is_some_and(|due| edition.wording.from <= due));
        in_force.filter(has).or_else(|| self.editions.iter().rfind(has))
    }
}

/// Returns the text of a new filing.
///
/// # Errors
/// The template is broken.
pub fn text(new: &NewFiling<'_>) -> anyhow::Result<String> {
    let report = &new.report;
    let mut view = Context::from_serialize(&report.inputs)
        .context("cannot show the new filing to its template")?;
    let affecting = INPUTS.iter().filter(|i| i.affects(report.form, report.inputs.transition));
    view.insert("inputs", &affecting.map(|input| input.name()).collect::<Vec<_>>());
    view.insert("form", &report.form);
    view.insert("period_ended", &report.period_ended);
    view.insert("arguments", new.arguments);
    view.insert("amendment", &new.amendment);
    view.insert("portion", portion(report.form));
    view.insert("shared", &shared(new.registrants));
    view.insert("carried", &Carried::of(new.earlier, new.registrant, report)?);
    view.insert(
        "schema",
        &format!("{}schema/filing.json", "../".repeat(new.id.split('/').count())),
    );
    view.insert("type", &report.form.submission_type(new.amendment));
    view.insert("dates", &dates::lines(report, new.calendar));
    view.insert("edition", &new.edition().map(|edition| edition.name.as_str()));
    let mut tera = Tera::new();
    // YAML is not HTML.
    tera.autoescape_on(Vec::<String>::new());
    tera.add_raw_template("filing", TEMPLATE).context("the template of new filings is broken")?;
    tera.render("filing", &view).context("the template of new filings is broken")
}

/// Returns an Item of the form, as an example of a portion that is late.
fn portion(form: FormType) -> &'static str {
    match form {
        FormType::F10K => "Item 9A (Controls and Procedures)",
        FormType::F10Q | FormType::F10Qsb => "Part I, Item 1 (Financial Statements)",
        FormType::F20F => "Item 15 (Controls and Procedures)",
        FormType::F11K => "Item 4 (plan financial statements under ERISA)",
        FormType::F10D => "Item 1 (Distribution and Pool Performance Information)",
        FormType::NCen => "Item G.1 (Attachments)",
        FormType::NCsr => "Item 1 (Reports to Stockholders)",
        FormType::F10Ksb => "Item 7 (Financial Statements)",
        FormType::NSar => "Item 77 (Attachments)",
    }
}

/// Returns a comment about shared registrants that names the existing ones.
fn shared(registrants: &[String]) -> Vec<String> {
    let (named, others) = registrants.split_at(registrants.len().min(NAMED));
    let more =
        if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    let sentence = match named {
        [] => "A registrant of several filings can have a file of its own, registrants/acme.yaml \
               among the filings; `registrant: acme` then takes it from there."
            .to_owned(),
        [first, ..] => format!(
            "In place of all its keys, `registrant: {first}` takes a registrant that filings \
             share. Those are: {}{more}.",
            named.join(", ")
        ),
    };
    dates::filled(&sentence)
}
