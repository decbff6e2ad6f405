//! Compares the notice with the calendar: whether it is in time, and whether the dates are known.

use super::subject::Subject;
use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::rule;
use crate::form12b25::deadline::{self, Calendar, Dates, DeadlineQuery, DeadlineResult};
use crate::form12b25::model::{CivilDate, Filing, Registrant};

/// A notice is early if it is more than this number of business days before the due date.
const EARLY: usize = 5;

/// Returns the dates of a filing and the latest that they can be, or `None` if they are unknown.
pub(super) fn dates(filing: &Filing, calendar: &Calendar) -> Option<(Dates, Dates)> {
    deadline::dates(&DeadlineQuery::of(filing), calendar)
}

/// The due dates must be known; a note names the missing input.
pub(super) fn known(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.dates.is_some() {
        return Vec::new();
    }
    let answer = deadline::answer(&DeadlineQuery::of(subject.filing), subject.calendar);
    let DeadlineResult { missing: Some(missing), .. } = answer else {
        let why = answer.steps.last().map(|step| step.sentence.trim_end_matches('.').to_owned());
        return why
            .map(|why| rule::DUE_DATE_UNKNOWN.at("report.period_ended", decapitalised(&why)))
            .into_iter()
            .collect();
    };
    let message = format!(
        "the due dates are not known without `{missing}`, and nothing is checked against them"
    );
    let hint = "`latefile due` shows what depends on it";
    vec![rule::DUE_DATE_UNKNOWN.at(missing, message).hint(hint)]
}

fn decapitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Returns the day on which the notice was filed, or its earliest possible day, with the key of
/// that day. For an amendment, it is the day of the notice that it amends.
fn filed(filing: &Filing) -> Option<(CivilDate, &'static str, &'static str)> {
    match (&filing.amendment, &filing.filed) {
        (Some(amendment), _) => {
            Some((amendment.original_filed?, "amendment.original_filed", "filed"))
        }
        (None, Some(filed)) => Some((filed.date, "filed.date", "filed")),
        (None, None) => Some((filing.signature.date?, "signature.date", "signed")),
    }
}

/// Whether the notice was made after the day on which it is due.
pub(super) fn is_late(filing: &Filing, dates: Dates) -> bool {
    filed(filing).is_some_and(|(day, ..)| day > dates.notice)
}

/// 17 CFR 240.12b-25(a): no later than one business day after the due date. Paragraph (b)(1) gives
/// relief only to a notice that complies with that.
pub(super) fn late(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let Some((day, key, done)) = filed(filing) else { return Vec::new() };
    let due: Vec<(Dates, Dates)> = match subject.dates {
        Some(dates) => vec![dates],
        // A notice can be late under every filer status.
        None => each_status(filing, subject.calendar),
    };
    let late = |(dates, _): &(Dates, Dates)| day > dates.notice;
    let latest = due.iter().max_by_key(|(dates, _)| dates.notice).filter(|_| due.iter().all(late));
    let relief = filing.relief.is_promised();
    let own = latest.map(|dates| {
        lateness(*dates, relief, day, key, &format!("{done} on {day}, after the notice was due"))
    });
    let others = co_registrants(filing, subject.calendar)
        .into_iter()
        .filter(|(_, dates)| latest.is_none() && late(dates));
    let others = others.map(|(name, dates)| {
        lateness(
            dates,
            relief,
            day,
            key,
            &format!("{done} on {day}, after the notice of `{name}` was due"),
        )
    });
    own.into_iter().chain(others.take(1)).collect()
}

/// Returns the dates of co-registrants whose filer status differs from the registrant's.
fn co_registrants(filing: &Filing, calendar: &Calendar) -> Vec<(String, (Dates, Dates))> {
    let others =
        filing.co_registrants.iter().filter(|r| r.filer_status != filing.registrant.filer_status);
    let dates = |registrant: &Registrant| {
        let query =
            DeadlineQuery { status: Some(registrant.filer_status?), ..DeadlineQuery::of(filing) };
        Some((registrant.name.folded(), deadline::dates(&query, calendar)?))
    };
    others.filter_map(dates).collect()
}

/// Returns the finding on a notice that is late by these dates.
fn lateness(
    (dates, last): (Dates, Dates),
    relief: bool,
    day: CivilDate,
    key: &str,
    problem: &str,
) -> Finding {
    let mut message = format!("{problem} on {}", dates.notice);
    if day <= last.notice {
        message += &format!(
            ", or on {} if EDGAR was closed on a day of which that is not confirmed",
            last.notice
        );
    }
    let finding = rule::NOTICE_LATE.at(key, message);
    if relief && day > last.notice {
        let hint = "if another day is prescribed, give it as `report.due`, as of a first 10-Q after \
                    an offering (17 CFR 240.13a-13(a)); else a late notice gives no relief: \
                    `relief: none`";
        return finding.severity(Severity::Error).hint(hint);
    }
    finding.hint("a late notice must still be filed")
}

/// Returns the dates for each filer status, if they depend on it alone.
fn each_status(filing: &Filing, calendar: &Calendar) -> Vec<(Dates, Dates)> {
    let asked = DeadlineQuery::of(filing).each_status();
    let asked = asked.iter().filter(|_| asked.len() > 1);
    asked.filter_map(|query| deadline::dates(query, calendar)).collect()
}

/// A notice must not be long before the due date, while the report can still be in time.
pub(super) fn early(subject: &Subject<'_>) -> Vec<Finding> {
    let (Some((dates, _)), Some((day, key, done))) = (subject.dates, filed(subject.filing)) else {
        return Vec::new();
    };
    if day < subject.filing.report.period_ended {
        return Vec::new(); // reported as an impossible date
    }
    let calendar = subject.calendar;
    let ahead =
        std::iter::successors(Some(day), |d| Some(calendar.next(*d))).skip(1).take(EARLY + 1);
    // Early: even after `EARLY` + 1 business days, the due date is not past.
    if ahead.last().is_none_or(|next| next > dates.due) {
        return Vec::new();
    }
    let message = format!(
        "{done} on {day}, more than {EARLY} business days before the report is due on {}",
        dates.due
    );
    vec![rule::NOTICE_EARLY.at(key, message)]
}

/// A date on a day that executive orders have often closed deserves a look at the orders.
pub(super) fn may_move(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((dates, _)) = subject.dates.filter(|_| subject.filing.filed.is_none()) else {
        return Vec::new();
    };
    let day = deadline::possible_closing(dates, subject.calendar);
    let finding = |day: CivilDate| {
        let message = format!(
            "a date of this notice falls on {day}, which an executive order may still close; \
             closings are known until {}",
            subject.calendar.known_until()
        );
        rule::CLOSING_POSSIBLE
            .at("report.period_ended", message)
            .hint("orders come within two weeks of the day; add a new one to `closed_days`")
    };
    day.map(finding).into_iter().collect()
}
