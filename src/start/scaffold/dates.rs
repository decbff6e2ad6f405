//! The comment about due dates in a new filing: the dates, or a table for all filer statuses, or
//! the missing input; and the command that explains them.

use crate::diagnostics::paragraph;
use crate::form12b25::deadline::{
    self, Calendar, Dates, DeadlineQuery, DeadlineResult, PartialQuery, Value,
};
use crate::form12b25::model::{CivilDate, FilerStatus};

/// The width of a comment's text.
const WIDTH: usize = 90;
/// The width of the longest status.
const STATUS: usize = "large-accelerated".len();

/// Returns the lines of the comment.
pub(super) fn lines(report: &PartialQuery, calendar: &Calendar) -> Vec<String> {
    let command = format!("  {}", command(report));
    let Some(query) = report.complete() else {
        return vec![
            "When the report and this notice are due, once the period is known:".to_owned(),
            command,
        ];
    };
    let results: Vec<(Option<FilerStatus>, DeadlineResult)> = query
        .each_status()
        .into_iter()
        .map(|query| (query.status, deadline::answer(&query, calendar)))
        .collect();
    let mut lines = match results.as_slice() {
        [(_, result)] => one(result),
        several => table(several),
    };
    lines.extend(warnings(&results).iter().flat_map(|sentence| filled(sentence)));
    lines.push("Why, step by step:".to_owned());
    lines.push(command);
    lines
}

/// Returns the dates of a single result, or the reason why there are none.
fn one(result: &DeadlineResult) -> Vec<String> {
    match result.dates {
        Some(dates) => dates.lines().into(),
        None => result.steps.iter().flat_map(|step| filled(&step.sentence)).collect(),
    }
}

/// Returns a table of the dates of each filer status.
fn table(results: &[(Option<FilerStatus>, DeadlineResult)]) -> Vec<String> {
    let cells = |status: &str, cells: [String; 3]| {
        let line = format!("  {status:STATUS$}  {:<11}  {:<11}  {}", cells[0], cells[1], cells[2]);
        line.trim_end().to_owned()
    };
    let row = |(status, result): &(Option<FilerStatus>, DeadlineResult)| {
        let status = status.map(|status| status.to_string()).unwrap_or_default();
        let dates = result
            .dates
            .map(|dates| [dates.due, dates.notice, dates.extended].map(|date| date.to_string()));
        cells(
            &status,
            dates.unwrap_or_else(|| ["not known".to_owned(), String::new(), String::new()]),
        )
    };
    let head = cells("", Dates::NAMES.map(str::to_owned));
    let foot = "  The transmission of a notice has to begin by 5:30 p.m. Eastern.".to_owned();
    [head].into_iter().chain(results.iter().map(row)).chain([foot]).collect()
}

/// Returns the warnings of the results, each once.
fn warnings(results: &[(Option<FilerStatus>, DeadlineResult)]) -> Vec<&str> {
    let dated = results.iter().filter(|(_, result)| result.dates.is_some());
    let sentences = dated.flat_map(|(_, result)| &result.steps).map(|step| step.sentence.as_str());
    let mut warnings: Vec<&str> =
        sentences.filter(|s| s.starts_with("Warning:") || s.starts_with("Note:")).collect();
    warnings.dedup();
    warnings
}

/// Wraps a sentence into the lines of a comment.
pub(super) fn filled(sentence: &str) -> Vec<String> {
    paragraph::filled(sentence, WIDTH, "", "")
}

/// Returns the command that explains the dates.
fn command(report: &PartialQuery) -> String {
    let period =
        report.period_ended.map_or_else(|| "YYYY-MM-DD".to_owned(), |date| date.to_string());
    let mut command = format!("latefile due --form {} --period-ended {period}", report.form);
    for (input, value) in report.inputs.given() {
        command += &format!(" --{}", input.flag);
        if value != Value::Yes {
            command += &format!(" {value}");
        }
    }
    command
}

/// Returns the day on which the notice is due, or `None` if it depends on an unknown input.
pub(super) fn notice_due(query: &DeadlineQuery, calendar: &Calendar) -> Option<CivilDate> {
    deadline::dates(query, calendar).map(|(dates, _)| dates.notice)
}
