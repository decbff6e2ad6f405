//! A step of the reasoning that leads to a date, and the phrases that steps share.

use serde::Serialize;

use super::calendar::Calendar;
use crate::form12b25::model::{CivilDate, FilerStatus};

/// One step: a sentence, its authority and the day to which it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// A sentence, with its full stop.
    pub sentence: String,
    /// The rule or the form's instruction that it applies.
    pub authority: Option<&'static str>,
    /// The day to which it leads.
    pub date: Option<CivilDate>,
}

impl Step {
    pub(super) fn new(sentence: impl Into<String>) -> Step {
        Step { sentence: sentence.into(), authority: None, date: None }
    }

    pub(super) fn by(self, authority: &'static str) -> Step {
        Step { authority: Some(authority), ..self }
    }

    pub(super) fn leads_to(self, date: CivilDate) -> Step {
        Step { date: Some(date), ..self }
    }
}

/// A list of steps that can be disabled. Disabled, it saves the time to format sentences.
#[derive(Debug)]
pub(super) struct Steps(Option<Vec<Step>>);

impl Steps {
    /// Enabled: steps are kept.
    pub(super) fn enabled() -> Steps {
        Steps(Some(Vec::new()))
    }

    /// Disabled: steps are discarded unformatted.
    pub(super) fn disabled() -> Steps {
        Steps(None)
    }

    /// Adds a step.
    pub(super) fn add(&mut self, step: impl FnOnce() -> Step) {
        self.add_all(|| [step()]);
    }

    /// Adds some steps.
    pub(super) fn add_all<T: IntoIterator<Item = Step>>(&mut self, steps: impl FnOnce() -> T) {
        if let Some(all) = &mut self.0 {
            all.extend(steps());
        }
    }

    /// Returns the steps in order.
    pub(super) fn into_vec(self) -> Vec<Step> {
        self.0.unwrap_or_default()
    }
}

/// Returns the date with its weekday: `Monday, March 16, 2026`.
pub(super) fn spelled(date: CivilDate) -> String {
    format!("{}, {}", date.weekday_name(), date.long())
}

/// Returns the noun for a filer of a status, with its article.
pub(super) fn filer(status: FilerStatus) -> &'static str {
    match status {
        FilerStatus::LargeAccelerated => "a large accelerated filer",
        FilerStatus::Accelerated => "an accelerated filer",
        FilerStatus::NonAccelerated => "a non-accelerated filer",
    }
}

/// Returns the first business day on or after a day, and adds a step if that is another day.
pub(super) fn rolled(date: CivilDate, calendar: &Calendar, steps: &mut Steps) -> CivilDate {
    let to = calendar.on_or_after(date);
    steps.add_all(|| {
        why_closed(date, to, calendar).map(|why| {
            let sentence = format!(
                "{why}; the report may be filed on the business day that follows, {}.",
                spelled(to)
            );
            // 17 CFR 240.0-3(a): what falls due on a Saturday, Sunday or holiday may come the next
            // business day.
            Step::new(sentence).by("17 CFR 240.0-3(a)").leads_to(to)
        })
    });
    to
}

/// Returns the reasons why days from `from` to before `to` are not business days, or `None` if all
/// are: `May 24, 2026 is a Sunday and …`.
pub(super) fn why_closed(from: CivilDate, to: CivilDate, calendar: &Calendar) -> Option<String> {
    let days = std::iter::successors(Some(from), |d| Some(d.plus_days(1))).take_while(|d| *d < to);
    let reasons: Vec<String> = days
        .filter_map(|d| calendar.closed(d).map(|why| format!("{} is {why}", d.long())))
        .collect();
    (!reasons.is_empty()).then(|| listed(&reasons))
}

/// Joins items as prose does: `a`, `a and b`, `a, b and c`.
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
