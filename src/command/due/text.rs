//! The answers for people: three dates, then why, in 80 columns.

use super::Entry;
use crate::deadline::Step;
use crate::filing::{CivilDate, Report};
use crate::paragraph::{self, COLUMNS};

/// What relief never does, whatever the dates (17 CFR 240.12b-25(d)).
const ELIGIBILITY: &str = "Relief does not reach registration: until the report itself is on file, a registrant \
                           cannot use a Securities Act form that presupposes timely reports, such as Form S-3 \
                           (17 CFR 240.12b-25(d)).";

/// All answers, with a line between, and what holds for all of them.
pub(super) fn text(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let parts: Vec<String> = entries.iter().map(entry).collect();
    parts.join("\n") + "\n" + &filled(ELIGIBILITY, "", "")
}

fn entry(entry: &Entry) -> String {
    let mut out = String::new();
    if let Some((id, name)) = &entry.filing {
        out += &filled(&format!("{id}: {}", harmless(name)), "", "  ");
    }
    let status = entry.question.status.map(|status| format!(", {status}")).unwrap_or_default();
    out += &filled(&(report(&entry.question.report) + &status), "", "  ");
    out.push('\n');
    match &entry.answer.dates {
        Some(dates) => {
            out += &line("report due", dates.due, "");
            out += &line("notice due", dates.notice, ", 5:30 p.m. Eastern");
            out += &line("with relief", dates.extended, "");
        }
        None => match entry.answer.missing {
            Some(missing) => out += &format!("  no due date without `{missing}`\n"),
            None => out += "  not known for this period\n",
        },
    }
    out.push('\n');
    for (number, step) in (1..).zip(&entry.answer.steps) {
        out += &filled(&cited(step), &format!("{number:>4}. "), "      ");
    }
    out
}

/// `Form 10-K for the period ended December 31, 2025`
pub(super) fn report(report: &Report) -> String {
    let kind = if report.transition { "Transition report on Form" } else { "Form" };
    let period = if report.transition { "transition period" } else { "period" };
    format!("{kind} {} for the {period} ended {}", report.form, report.period_ended.long())
}

/// A step's sentence with its authority.
pub(super) fn cited(step: &Step) -> String {
    match step.authority {
        Some(authority) => format!("{} [{authority}]", step.sentence),
        None => step.sentence.clone(),
    }
}

fn line(what: &str, date: CivilDate, more: &str) -> String {
    format!("  {what:<12} {date}  {}, {}{more}\n", date.weekday_name(), date.long())
}

/// A paragraph in lines, the first and the others with their indents.
fn filled(text: &str, first: &str, others: &str) -> String {
    paragraph::filled(text, COLUMNS, first, others).join("\n") + "\n"
}

/// A name without characters that a terminal would obey.
fn harmless(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
