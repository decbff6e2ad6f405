//! A step of the reasoning behind a date, and the words that steps share.

use serde::Serialize;

use super::calendar::Calendar;
use crate::form12b25::model::{CivilDate, FilerStatus};

/// One step: what holds, on whose authority, and the day it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// A sentence, with its full stop.
    pub sentence: String,
    /// The rule or the form's instruction that it rests on.
    pub authority: Option<&'static str>,
    /// The day that it leads to.
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

/// A list of steps that can be disabled: a caller that needs the dates alone formats no sentence.
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

    /// All of them, in order.
    pub(super) fn into_vec(self) -> Vec<Step> {
        self.0.unwrap_or_default()
    }
}

/// `Monday, March 16, 2026`
pub(super) fn spelled(date: CivilDate) -> String {
    format!("{}, {}", date.weekday_name(), date.long())
}

/// The filer by its status, with its article.
pub(super) fn filer(status: FilerStatus) -> &'static str {
    match status {
        FilerStatus::LargeAccelerated => "a large accelerated filer",
        FilerStatus::Accelerated => "an accelerated filer",
        FilerStatus::NonAccelerated => "a non-accelerated filer",
    }
}

/// The first business day on or after a day, with a step where that is another day.
pub(super) fn rolled(date: CivilDate, calendar: &Calendar, steps: &mut Steps) -> CivilDate {
    let to = calendar.on_or_after(date);
    steps.add_all(|| {
        why_not(date, to, calendar).map(|why| {
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

/// Why the days from one to before another are no business days: `May 24, 2026 is a Sunday, and …`.
pub(super) fn why_not(from: CivilDate, to: CivilDate, calendar: &Calendar) -> Option<String> {
    let days = std::iter::successors(Some(from), |d| Some(d.plus_days(1))).take_while(|d| *d < to);
    let reasons: Vec<String> = days
        .filter_map(|d| calendar.closed(d).map(|why| format!("{} is {why}", d.long())))
        .collect();
    (!reasons.is_empty()).then(|| listed(&reasons))
}

/// `a`, `a and b`, `a, b and c`
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
