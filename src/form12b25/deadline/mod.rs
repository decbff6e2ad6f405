//! Deadlines: from a report to its due date, the due date of the notice and the extended due date,
//! with the reasoning. Pure: no file is read and no clock.

mod calendar;
mod holidays;
mod inquiry;
mod periods;
mod prescribed;
mod step;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, Closed, built_in};
pub use inquiry::Inquiry;
pub use periods::extension;
pub use step::Step;

use std::collections::BTreeSet;

use crate::form12b25::model::{CivilDate, FilerStatus, Filing, FormType, Report, Scalar as _};
use prescribed::Missing;
use step::{Steps, filer, listed, rolled, spelled, why_not};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The report.
    pub report: Report,
    /// The registrant's filer status, where it is known.
    pub status: Option<FilerStatus>,
    /// The statuses of co-registrants.
    pub co_registrants: Vec<FilerStatus>,
}

/// The three dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The report's due date, on a business day.
    pub due: CivilDate,
    /// The notice's: the business day after.
    pub notice: CivilDate,
    /// The day until which the report counts as timely if the notice claims relief.
    pub extended: CivilDate,
}

impl Dates {
    /// What the dates are called.
    pub const NAMES: [&str; 3] = ["report due", "notice due", "with relief"];

    /// A line for each date, as people read it.
    pub fn lines(self) -> [String; 3] {
        let line = |name: &str, date, more| format!("  {name:<12} {date}  {}{more}", spelled(date));
        let [due, notice, extended] = Dates::NAMES;
        [
            line(due, self.due, ""),
            line(notice, self.notice, ", 5:30 p.m. Eastern"),
            line(extended, self.extended, ""),
        ]
    }
}

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The dates, if they are known.
    pub dates: Option<Dates>,
    /// The dates if EDGAR was closed on days of which that is not confirmed, where they differ.
    pub later: Option<Dates>,
    /// The filing's key that would have to be given for dates, if one is missing.
    pub missing: Option<&'static str>,
    /// The reasoning.
    pub steps: Vec<Step>,
}

impl Question {
    /// The question that a filing asks.
    pub fn of(filing: &Filing) -> Question {
        Question {
            report: filing.report.clone(),
            status: filing.registrant.filer_status,
            co_registrants: filing.co_registrants.iter().filter_map(|r| r.filer_status).collect(),
        }
    }

    /// The question with each filer status in turn, where the answer hangs on it and it was not
    /// given.
    pub fn each_status(self) -> Vec<Question> {
        let answer = counted(&self, built_in(), &mut Steps::unwanted());
        let hangs_on_it = answer == Err(Some("registrant.filer_status"));
        if !hangs_on_it {
            return vec![self];
        }
        let statuses = FilerStatus::VALUES.iter().filter_map(|text| FilerStatus::parse(text).ok());
        statuses.map(|status| Question { status: Some(status), ..self.clone() }).collect()
    }
}

/// The dates of a report, and why they are those.
pub fn answer(question: &Question, calendar: &Calendar) -> Answer {
    let mut steps = Steps::wanted();
    let counted = counted(question, calendar, &mut steps);
    let steps = steps.into_vec();
    match counted {
        Ok((dates, later)) => Answer { dates: Some(dates), later, missing: None, steps },
        Err(missing) => Answer { dates: None, later: None, missing, steps },
    }
}

/// The dates of a report without the reasoning, and the last ones that they can be; none where an
/// input is missing or the period is not known.
pub fn dates(question: &Question, calendar: &Calendar) -> Option<(Dates, Dates)> {
    let (dates, later) = counted(question, calendar, &mut Steps::unwanted()).ok()?;
    Some((dates, later.unwrap_or(dates)))
}

/// The dates, and those by a doubtful calendar where they differ, or what is missing for them.
fn counted(
    question: &Question,
    calendar: &Calendar,
    steps: &mut Steps,
) -> Result<(Dates, Option<Dates>), Missing> {
    let Question { report, status, .. } = question;
    let day = prescribed::day(report, *status, calendar, steps)?;
    let dates = count(day, report.form, calendar, steps);
    steps.add_all(|| other_statuses(question, dates.due, calendar));
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
fn other_statuses(question: &Question, due: CivilDate, calendar: &Calendar) -> Vec<Step> {
    let mut seen = vec![];
    for status in question.co_registrants.iter().copied().filter(|s| Some(*s) != question.status) {
        if seen.iter().any(|(known, _)| *known == status) {
            continue;
        }
        let own = Question { status: Some(status), co_registrants: vec![], ..question.clone() };
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
    Some(count(day, form, &calendar.strict(), &mut Steps::unwanted()))
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
