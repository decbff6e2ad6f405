//! Deadlines: from a report to its due date, the due date of the notice and the extended due date,
//! with the reasoning. Pure: no file is read and no clock.

mod calendar;
mod holidays;
mod inputs;
mod partial;
mod periods;
mod prescribed;
mod query;
mod step;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, Closed, built_in};
pub use inputs::{Effect, INPUTS, Input, Inputs, Value};
pub use partial::PartialQuery;
pub use periods::extension;
pub use query::{Dates, DeadlineQuery, DeadlineResult};
pub use step::Step;

use std::collections::BTreeSet;

use crate::form12b25::model::{CivilDate, FilerStatus, FormType, Scalar as _};
use prescribed::Missing;
use step::{Steps, filer, listed, rolled, spelled, why_not};

impl DeadlineQuery {
    /// Returns the query with each filer status in turn if the result depends on it and it is not
    /// given; otherwise the query alone.
    pub fn each_status(self) -> Vec<DeadlineQuery> {
        let result = compute(&self, built_in(), &mut Steps::disabled());
        if result != Err(Some("registrant.filer_status")) {
            return vec![self];
        }
        let statuses = FilerStatus::VALUES.iter().filter_map(|text| FilerStatus::parse(text).ok());
        statuses.map(|status| DeadlineQuery { status: Some(status), ..self.clone() }).collect()
    }
}

/// Returns the dates of a report with the reasoning.
pub fn answer(query: &DeadlineQuery, calendar: &Calendar) -> DeadlineResult {
    let mut steps = Steps::enabled();
    let dates = compute(query, calendar, &mut steps);
    let steps = steps.into_vec();
    match dates {
        Ok((dates, later)) => DeadlineResult { dates: Some(dates), later, missing: None, steps },
        Err(missing) => DeadlineResult { dates: None, later: None, missing, steps },
    }
}

/// Returns the dates of a report without the reasoning, and the last ones that they can be; or
/// `None` if an input is missing or the period is not known.
pub fn dates(query: &DeadlineQuery, calendar: &Calendar) -> Option<(Dates, Dates)> {
    let (dates, later) = compute(query, calendar, &mut Steps::disabled()).ok()?;
    Some((dates, later.unwrap_or(dates)))
}

/// Returns the dates, and those with unconfirmed closings counted if they differ.
///
/// Errors: the missing input, or `None` if the period is not known.
fn compute(
    query: &DeadlineQuery,
    calendar: &Calendar,
    steps: &mut Steps,
) -> Result<(Dates, Option<Dates>), Missing> {
    let DeadlineQuery { report, status, .. } = query;
    let day = prescribed::day(report, *status, calendar, steps)?;
    let dates = count(day, report.form, calendar, steps);
    steps.add_all(|| other_statuses(query, dates.due, calendar));
    let later = later(day, report.form, dates, calendar);
    steps.add_all(|| later.into_iter().flat_map(|later| doubts(dates, later, calendar)));
    if dates.due.parts().0 < calendar::COMPLETE_FROM {
        steps.add(|| {
            Step::new(format!(
                "Closings of EDGAR beyond weekends and federal holidays are listed from {} on; before that, a date \
                 may be a day off.",
                calendar::COMPLETE_FROM
            ))
        });
    }
    Ok((dates, later))
}

/// From the day on which the prescribed period runs out to the three dates.
fn count(day: CivilDate, form: FormType, calendar: &Calendar, steps: &mut Steps) -> Dates {
    let due = rolled(day, calendar, steps);
    let notice = calendar.next(due);
    steps.add(|| {
        let skipped = why_not(due.plus_days(1), notice, calendar)
            .map(|why| format!(" ({why})"))
            .unwrap_or_default();
        let sentence = format!(
            "The notice is due one business day after the due date: {}{skipped}.",
            spelled(notice)
        );
        Step::new(sentence).by("17 CFR 240.12b-25(a)").leads_to(notice)
    });
    steps.add(|| {
        let sentence =
            "To be filed on that day, its transmission has to begin by 5:30 p.m. Eastern time.";
        Step::new(sentence).by("17 CFR 232.13(a)(2)").leads_to(notice)
    });
    let extension = periods::extension(form);
    let last = due.plus_days(extension);
    steps.add(|| {
        let sentence = format!(
            "With relief, the report counts as timely until {extension} calendar days after its due date: {}.",
            spelled(last)
        );
        Step::new(sentence).by("17 CFR 240.12b-25(b)(2)(ii)").leads_to(last)
    });
    let extended = rolled(last, calendar, steps);
    Dates { due, notice, extended }
}

/// Co-registrants of another status, whose own due date is another.
fn other_statuses(query: &DeadlineQuery, due: CivilDate, calendar: &Calendar) -> Vec<Step> {
    let mut seen = vec![];
    for status in query.co_registrants.iter().copied().filter(|s| Some(*s) != query.status) {
        if seen.iter().any(|(known, _)| *known == status) {
            continue;
        }
        let own = DeadlineQuery { status: Some(status), co_registrants: vec![], ..query.clone() };
        let own = dates(&own, calendar).map(|(dates, _)| dates.due).filter(|own| *own != due);
        seen.push((status, own));
    }
    let differing = seen.into_iter().filter_map(|(status, own)| Some((status, own?)));
    differing
        .map(|(status, own)| {
            let sentence = format!(
                "Warning: a co-registrant is {}, by which the report would be due on {}; the dates here are the \
                 registrant's.",
                filer(status),
                spelled(own)
            );
            Step::new(sentence).by("17 CFR 240.12b-2").leads_to(own)
        })
        .collect()
}

/// The dates if EDGAR was closed on every day of which that is not confirmed, if they are others.
fn later(day: CivilDate, form: FormType, dates: Dates, calendar: &Calendar) -> Option<Dates> {
    calendar.doubtful(day, dates.extended.plus_days(1)).next()?;
    Some(count(day, form, &calendar.strict(), &mut Steps::disabled()))
        .filter(|later| *later != dates)
}

/// Where a date hangs on a day of which it is not confirmed that EDGAR was closed: both dates.
fn doubts(dates: Dates, strict: Dates, calendar: &Calendar) -> Vec<Step> {
    let pairs = [
        ("the report", dates.due, strict.due),
        ("the notice", dates.notice, strict.notice),
        ("the report with relief", dates.extended, strict.extended),
    ];
    let differing = pairs.into_iter().filter(|(_, open, shut)| open != shut);
    differing
        .map(|(what, open, shut)| {
            let days = calendar.doubtful(dates.due, strict.due).chain(calendar.doubtful(open, shut));
            let days: BTreeSet<(CivilDate, &str)> = days.collect();
            let days: Vec<String> = days.into_iter().map(|(day, why)| format!("{} ({why})", day.long())).collect();
            let sentence = format!(
                "Warning: it is not confirmed that EDGAR was closed on {}. If it was open, {what} is due on {}, which is \
                 the date given here; if it was closed, on {}.",
                listed(&days),
                spelled(open),
                spelled(shut)
            );
            Step::new(sentence).by("17 CFR 240.0-3(a)").leads_to(shut)
        })
        .collect()
}
