//! Formats the dates of all results as one table, in the order of the dates.

use super::entry::Entry;
use crate::diagnostics::characters::visible;
use crate::form12b25::deadline::Dates;
use crate::form12b25::model::CivilDate;

/// The most characters of a registrant's name.
const NAME: usize = 26;

/// A line of the table.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    date: CivilDate,
    /// The number of the date, in the order of `Dates::NAMES`.
    kind: usize,
    form: String,
    name: String,
    /// The id of the filing, or the period of a report without one.
    rest: String,
}

/// Formats the known dates. A day with relief is left out if a notice seeks none.
pub(super) fn table(entries: &[Entry]) -> String {
    let mut lines: Vec<Line> = entries.iter().flat_map(lines).collect();
    lines.sort();
    lines.dedup();
    let width = |get: fn(&Line) -> &str| {
        lines.iter().map(|line| get(line).chars().count()).max().unwrap_or_default()
    };
    let (forms, names) = (width(|line| &line.form), width(|line| &line.name));
    let mut out = String::new();
    for Line { date, kind, form, name, rest } in &lines {
        let (weekday, kind) = (&date.weekday_name()[..3], Dates::NAMES[*kind]);
        out += &format!("{date} {weekday}  {kind:<11}  {form:<forms$}  ");
        if names > 0 {
            out += &format!("{name:<names$}  ");
        }
        out += rest;
        out.push('\n');
    }
    out
}

fn lines(entry: &Entry) -> Vec<Line> {
    let Some(dates) = entry.result.dates else { return Vec::new() };
    let form = entry.query.report.form;
    let period_ended = entry.query.report.period_ended;
    let notice = entry
        .filing
        .as_ref()
        .map_or_else(|| form.submission_type(false), |filing| filing.submission_type.clone());
    let line = |kind, date, form| Line {
        date,
        kind,
        form,
        name: entry.filing.as_ref().map_or_else(String::new, |filing| cut(&visible(&filing.name))),
        rest: match (&entry.filing, entry.tried) {
            (Some(filing), None) => filing.id.clone(),
            (Some(filing), Some(status)) => format!("{} ({status})", filing.id),
            (None, Some(status)) => format!("{period_ended} ({status})"),
            (None, None) => period_ended.to_string(),
        },
    };
    let with_relief = entry.filing.as_ref().is_none_or(|filing| filing.relief);
    let report = form.to_string();
    let mut all = vec![line(0, dates.due, report.clone()), line(1, dates.notice, notice)];
    all.extend(with_relief.then(|| line(2, dates.extended, report)));
    all
}

/// Returns a name, cut to the width of its column.
fn cut(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    let cut: String = name.chars().take(NAME - 1).collect();
    format!("{}\u{2026}", cut.trim_end_matches([' ', ',']))
}
