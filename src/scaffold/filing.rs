//! The text of a new filing: the keys that its form needs, in the form's order, each with what it is
//! for. What represents something to the SEC is left empty, for `latefile check` to ask for.

use anyhow::{Context as _, bail};
use serde::Serialize;
use tera::{Context, Tera};

use super::dates;
use crate::deadline::Question;
use crate::filing::{CivilDate, Due, FilerStatus, FormType, Report, Scalar as _, Text};
use crate::wording::Edition;

/// The template. It prints dates, forms and ids, none of which YAML could misread.
const TEMPLATE: &str = include_str!("filing.yaml.tera");
/// Shared registrants that are named; more are counted.
const NAMED: usize = 5;

/// What a new filing is to hold.
#[derive(Debug, Clone, Serialize)]
pub struct Wanted<'a> {
    /// The arguments that name it to a command.
    pub arguments: &'a str,
    /// Its id.
    pub id: &'a str,
    /// The form of the report.
    pub form: FormType,
    /// Whether the notice is an amended one.
    pub amendment: bool,
    /// The end of the report's period.
    pub period_ended: Option<CivilDate>,
    /// The filer status.
    pub status: Option<FilerStatus>,
    /// Whether the report is a transition report.
    pub transition: bool,
    /// The day of the decision to change the fiscal year.
    pub determined: Option<CivilDate>,
    /// 11-K: whether the plan is subject to ERISA.
    pub erisa_plan: bool,
    /// 10-D: the distribution date.
    pub distributed: Option<CivilDate>,
    /// N-CSR: the day on which shareholders were sent the report.
    pub transmitted: Option<CivilDate>,
    /// N-CEN: whether the registrant is a unit investment trust.
    pub unit_investment_trust: bool,
    /// The due date, where it is not the usual one.
    pub due: Option<CivilDate>,
    /// The ids of the shared registrants.
    pub registrants: &'a [String],
    /// The editions of the form, in the order of their first days.
    #[serde(skip)]
    pub editions: &'a [Edition],
}

impl Wanted<'_> {
    /// The question of its dates, once the period is known.
    pub(super) fn question(&self) -> Option<Question> {
        let because = Text::parse("by --due").ok();
        let report = Report {
            form: self.form,
            period_ended: self.period_ended?,
            transition: self.transition,
            portion: None,
            due: self.due.zip(because).map(|(date, because)| Due { date, because }),
            erisa_plan: self.erisa_plan,
            distributed: self.distributed,
            transmitted: self.transmitted,
            determined: self.determined,
            unit_investment_trust: self.unit_investment_trust,
        };
        Some(Question { report, status: self.status, co_registrants: Vec::new() })
    }

    /// The edition to name: none if the newest, which an unsigned notice is printed on, has a box for
    /// the form; else the one in force when the notice is due, or the last that has the box.
    fn edition(&self) -> Option<&Edition> {
        let has = |edition: &&Edition| edition.wording.forms.contains(&self.form.box_form());
        if self.editions.last().is_none_or(|newest| has(&newest)) {
            return None;
        }
        let due = self.question().and_then(|question| dates::notice_due(&question));
        let in_force = self.editions.iter().rfind(|edition| due.is_some_and(|due| edition.wording.from <= due));
        in_force.filter(has).or_else(|| self.editions.iter().rfind(has))
    }

    /// What of it no report of its form has.
    fn stray(&self) -> Option<(&'static str, &'static [FormType])> {
        let of = |given: bool, flag, forms: &'static [FormType]| {
            (given && !forms.contains(&self.form)).then_some((flag, forms))
        };
        of(self.status.is_some(), "--status", &[FormType::F10K, FormType::F10Q])
            .or(of(self.erisa_plan, "--erisa-plan", &[FormType::F11K]))
            .or(of(self.distributed.is_some(), "--distributed", &[FormType::F10D]))
            .or(of(self.transmitted.is_some(), "--transmitted", &[FormType::NCsr]))
            .or(of(self.unit_investment_trust, "--unit-investment-trust", &[FormType::NCen]))
    }
}

/// The text of a new filing.
///
/// # Errors
/// Something was said of the report that no report of its form has.
pub fn text(wanted: &Wanted<'_>) -> anyhow::Result<String> {
    if let Some((flag, forms)) = wanted.stray() {
        let forms: Vec<String> = forms.iter().map(|form| format!("Form {form}")).collect();
        bail!("{flag} is for {}, not for Form {}", forms.join(" and "), wanted.form);
    }
    if wanted.determined.is_some() && !wanted.transition {
        bail!("--determined is for a transition report; add --transition");
    }
    let mut view = Context::from_serialize(wanted).context("cannot show the new filing to its template")?;
    view.insert("shared", &shared(wanted.registrants));
    view.insert("schema", &format!("{}schema/filing.json", "../".repeat(wanted.id.split('/').count())));
    view.insert("type", &wanted.form.submission_type(wanted.amendment));
    view.insert("dates", &dates::lines(wanted));
    view.insert("edition", &wanted.edition().map(|edition| edition.name.as_str()));
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<String>::new()); // YAML is not HTML
    tera.add_raw_template("filing", TEMPLATE).context("the template of new filings is broken")?;
    tera.render("filing", &view).context("the template of new filings is broken")
}

/// How a shared registrant is taken, and which there are.
fn shared(registrants: &[String]) -> Vec<String> {
    let (named, others) = registrants.split_at(registrants.len().min(NAMED));
    let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
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
