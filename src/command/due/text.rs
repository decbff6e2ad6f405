//! Formats the results for people: the three dates, then the steps to them, in 80 columns.

use super::entry::{Asked, Entry};
use crate::diagnostics::characters::visible;
use crate::diagnostics::paragraph::{self, COLUMNS};
use crate::form12b25::deadline::{DeadlineQuery, Step};

/// The limit of relief that applies to every result (17 CFR 240.12b-25(d)).
const ELIGIBILITY: &str = "Relief does not reach registration: until the report itself is on file, a registrant cannot \
     use a Securities Act form that presupposes timely reports, such as Form S-3 \
     (17 CFR 240.12b-25(d)).";

/// Formats all results, separated by empty lines, and the sentence that applies to each of them.
pub(super) fn text(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let parts: Vec<String> = entries.iter().map(entry).collect();
    parts.join("\n") + "\n" + &filled(ELIGIBILITY, "", "")
}

fn entry(entry: &Entry) -> String {
    let mut out = String::new();
    if let Some(Asked { id, name, .. }) = &entry.filing {
        out += &filled(&format!("{id}: {}", visible(name)), "", "  ");
    }
    out += &filled(&subject(&entry.query), "", "  ");
    out.push('\n');
    match &entry.result.dates {
        Some(dates) => out += &(dates.lines().join("\n") + "\n"),
        None => match entry.result.missing {
            Some(missing) => out += &format!("  no due date without `{missing}`\n"),
            None => out += "  not known for this period\n",
        },
    }
    out.push('\n');
    for (number, step) in (1..).zip(&entry.result.steps) {
        out += &filled(&cited(step), &format!("{number:>4}. "), "      ");
    }
    out
}

/// `Form 10-K for the period ended December 31, 2025, accelerated`
pub(super) fn subject(DeadlineQuery { report, status, .. }: &DeadlineQuery) -> String {
    let kind = if report.transition { "Transition report on Form" } else { "Form" };
    let period = if report.transition { "transition period" } else { "period" };
    let status = status.map(|status| format!(", {status}")).unwrap_or_default();
    format!("{kind} {} for the {period} ended {}{status}", report.form, report.period_ended.long())
}

/// Returns the sentence of a step with its authority.
pub(super) fn cited(step: &Step) -> String {
    match step.authority {
        Some(authority) => format!("{} [{authority}]", step.sentence),
        None => step.sentence.clone(),
    }
}

/// Wraps a paragraph, with an indent for the first line and one for the others.
fn filled(text: &str, first: &str, others: &str) -> String {
    paragraph::filled(text, COLUMNS, first, others).join("\n") + "\n"
}
