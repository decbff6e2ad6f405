//! Computes the due date of a report, of its notice and with relief, with the reasoning. Reads
//! neither files nor the clock.

mod calendar;
mod holidays;
mod inputs;
mod partial;
mod periods;
mod portion;
mod prescribed;
mod query;
mod step;
#[cfg(test)]
mod tests;
mod year;

pub use calendar::{Calendar, Closed, built_in};
pub use inputs::{Effect, INPUTS, Input, Inputs, Value};
pub use partial::PartialQuery;
pub use periods::extension;
pub use query::{Dates, DeadlineQuery, DeadlineResult};
pub use step::Step;
pub use year::{FiscalYearEnd, due_in, follows_fiscal_year};

use std::collections::BTreeSet;

use crate::form12b25::model::{CivilDate, FilerStatus, FormType, Scalar as _};
use prescribed::Missing;
use step::{Steps, filer, listed, rolled, spelled, why_closed};

impl DeadlineQuery {
    /// Returns the query with each filer status in turn if the result depends on it and it is not
    /// given; otherwise the query alone.
    pub fn each_status(self) -> Vec<DeadlineQuery> {
        // The result decides, not the form: before December 2003 all filers had the same periods.
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

/// Returns the dates of a report without the reasoning, and the latest that they can be, or `None`
/// if an input is missing or the period is not known.
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
    let dates = dates_from(day, report.form, calendar, steps);
    steps.add_all(|| other_statuses(query, dates.due, calendar));
    let later = if_closed(day, report.form, dates, calendar);
    steps.add_all(|| {
        later.into_iter().flat_map(|later| unconfirmed_closings(dates, later, calendar))
    });
    steps.add_all(|| possible_closings(dates, calendar));
    if dates.due.parts().0 < calendar::COMPLETE_FROM {
        steps.add(|| {
            Step::new(format!(
                "Of the closings of EDGAR beyond weekends and federal holidays, those by executive \
                 order are known from 2001 on, all of them from {} on; before that, a date may be \
                 a day off.",
                calendar::COMPLETE_FROM
            ))
        });
    }
    Ok((dates, later))
}

/// Returns the three dates for the day on which the prescribed period ends.
fn dates_from(day: CivilDate, form: FormType, calendar: &Calendar, steps: &mut Steps) -> Dates {
    let due = rolled(day, calendar, steps);
    let notice = calendar.next(due);
    steps.add(|| {
        let skipped = why_closed(due.plus_days(1), notice, calendar)
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
            "With relief, the report counts as timely until {extension} calendar days after its \
             due date: {}.",
            spelled(last)
        );
        Step::new(sentence).by("17 CFR 240.12b-25(b)(2)(ii)").leads_to(last)
    });
    let extended = rolled(last, calendar, steps);
    Dates { due, notice, extended }
}

/// Returns a warning for each status of co-registrants by which the report has another due date.
fn other_statuses(query: &DeadlineQuery, due: CivilDate, calendar: &Calendar) -> Vec<Step> {
    // A combined notice may have many co-registrants: one warning for each status is enough.
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
                "Warning: a co-registrant is {}, by which the report would be due on {}; the dates \
                 here are the registrant's.",
                filer(status),
                spelled(own)
            );
            Step::new(sentence).by("17 CFR 240.12b-2").leads_to(own)
        })
        .collect()
}

/// Returns the dates with unconfirmed closings counted, or `None` if they are the same.
fn if_closed(day: CivilDate, form: FormType, dates: Dates, calendar: &Calendar) -> Option<Dates> {
    // Fast path: few dates have an unconfirmed closing near them.
    calendar.unconfirmed(day, dates.extended.plus_days(1)).next()?;
    Some(dates_from(day, form, &calendar.strict(), &mut Steps::disabled()))
        .filter(|later| *later != dates)
}

/// Returns the first day around Christmas, among the days on which dates fall, that an executive
/// order may still close, or `None` if there is none.
pub fn possible_closing(dates: Dates, calendar: &Calendar) -> Option<CivilDate> {
    [dates.due, dates.notice, dates.extended].into_iter().find(|day| calendar.may_close(*day))
}

/// Returns a note for the day on which a date falls although an order may still close it.
fn possible_closings(dates: Dates, calendar: &Calendar) -> Option<Step> {
    let day = possible_closing(dates, calendar)?;
    let sentence = format!(
        "Note: closings are known until {}. Executive orders have often closed EDGAR on December \
         24 or 26, two weeks or less before the day; look for one about {}.",
        calendar.known_until().long(),
        spelled(day)
    );
    Some(Step::new(sentence).by("17 CFR 240.0-3(a)").leads_to(day))
}

/// Returns a warning for each date that depends on unconfirmed closings, with both of its values.
fn unconfirmed_closings(dates: Dates, strict: Dates, calendar: &Calendar) -> Vec<Step> {
    let pairs = [
        ("the report", dates.due, strict.due),
        ("the notice", dates.notice, strict.notice),
        ("the report with relief", dates.extended, strict.extended),
    ];
    let differing = pairs.into_iter().filter(|(_, open, shut)| open != shut);
    differing
        .map(|(subject, open, shut)| {
            // A closing that moves the report's due date moves the dates that are counted from it.
            let days: BTreeSet<(CivilDate, &str)> = calendar
                .unconfirmed(dates.due, strict.due)
                .chain(calendar.unconfirmed(open, shut))
                .collect();
            let days: Vec<String> =
                days.into_iter().map(|(day, why)| format!("{} ({why})", day.long())).collect();
            let sentence = format!(
                "Warning: it is not confirmed that EDGAR was closed on {}. If it was open, \
                 {subject} is due on {}, which is the date given here; if it was closed, on {}.",
                listed(&days),
                spelled(open),
                spelled(shut)
            );
            Step::new(sentence).by("17 CFR 240.0-3(a)").leads_to(shut)
        })
        .collect()
}
