//! The text of a new filing: the keys that its form needs, in the form's order, each with what it
//! is for. What represents something to the SEC is left empty, for `latefile check` to ask for.

use anyhow::Context as _;
use tera::{Context, Tera};

use super::dates;
use crate::form12b25::deadline::{INPUTS, PartialQuery};
use crate::form12b25::model::FormType;
use crate::form12b25::wording::Edition;

/// The template. It prints dates, forms and ids, none of which YAML could misread.
const TEMPLATE: &str = include_str!("filing.yaml.tera");
/// Shared registrants that are named; more are counted.
const NAMED: usize = 5;

/// What a new filing is to hold.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The arguments that name it to a command.
    pub arguments: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What is known of the report.
    pub report: PartialQuery,
    /// Whether the notice is an amended one.
    pub amendment: bool,
    /// The ids of the shared registrants.
    pub registrants: &'a [String],
    /// The editions of the form, in the order of their first days.
    pub editions: &'a [Edition],
}

impl Wanted<'_> {
    /// The edition to name: none if the newest, which an unsigned notice is printed on, has a box
    /// for the form; else the one in force when the notice is due, or the last that has the box.
    fn edition(&self) -> Option<&Edition> {
        let has = |edition: &&Edition| edition.wording.forms.contains(&self.report.form.box_form());
        if self.editions.last().is_none_or(|newest| has(&newest)) {
            return None;
        }
        let due = self.report.complete().and_then(|query| dates::notice_due(&query));
        let in_force = self
            .editions
            .iter()
            .rfind(|edition| due.is_some_and(|due| edition.wording.from <= due));
        in_force.filter(has).or_else(|| self.editions.iter().rfind(has))
    }
}

/// The text of a new filing.
///
/// # Errors
/// The template is broken.
pub fn text(wanted: &Wanted<'_>) -> anyhow::Result<String> {
    let report = &wanted.report;
    let mut view = Context::from_serialize(&report.inputs)
        .context("cannot show the new filing to its template")?;
    let affecting = INPUTS.iter().filter(|i| i.affects(report.form, report.inputs.transition));
    view.insert("inputs", &affecting.map(|input| input.name()).collect::<Vec<_>>());
    view.insert("form", &report.form);
    view.insert("period_ended", &report.period_ended);
    view.insert("arguments", wanted.arguments);
    view.insert("amendment", &wanted.amendment);
    view.insert("portion", portion(report.form));
    view.insert("shared", &shared(wanted.registrants));
    view.insert(
        "schema",
        &format!("{}schema/filing.json", "../".repeat(wanted.id.split('/').count())),
    );
    view.insert("type", &report.form.submission_type(wanted.amendment));
    view.insert("dates", &dates::lines(report));
    view.insert("edition", &wanted.edition().map(|edition| edition.name.as_str()));
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<String>::new()); // YAML is not HTML
    tera.add_raw_template("filing", TEMPLATE).context("the template of new filings is broken")?;
    tera.render("filing", &view).context("the template of new filings is broken")
}

/// An Item of the form, as an example of a portion that is late.
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

/// How a shared registrant is taken, and which there are.
fn shared(registrants: &[String]) -> Vec<String> {
    let (named, others) = registrants.split_at(registrants.len().min(NAMED));
    let more =
        if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    let sentence = match named {
        [] => "A registrant of several filings can have a file of its own, registrants/acme.yaml among the filings; \
               `registrant: acme` then takes it from there."
            .to_owned(),
        [first, ..] => format!(
            "In place of all its keys, `registrant: {first}` takes a registrant that filings share. Those are: \
             {}{more}.",
            named.join(", ")
        ),
    };
    dates::filled(&sentence)
}
