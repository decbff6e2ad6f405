//! What a new filing says of its dates: the three of its report, or of each filer status while that
//! is open, or what is missing for them; and the command that explains them.

use crate::diagnostics::paragraph;
use crate::form12b25::deadline::{self, Answer, Calendar, Dates, Inquiry, Question};
use crate::form12b25::model::{CivilDate, FilerStatus};

/// The width of a comment's text.
const WIDTH: usize = 90;
/// The width of the longest status.
const STATUS: usize = "large-accelerated".len();

/// The lines of the comment.
pub(super) fn lines(report: &Inquiry) -> Vec<String> {
    let command = format!("  {}", command(report));
    let Some(question) = report.question() else {
        return vec![
            "When the report and this notice are due, once the period is known:".to_owned(),
            command,
        ];
    };
    let answers: Vec<(Option<FilerStatus>, Answer)> = question
        .each_status()
        .into_iter()
        .map(|question| (question.status, deadline::answer(&question, &Calendar::built_in())))
        .collect();
    let mut lines = match answers.as_slice() {
        [(_, answer)] => one(answer),
        several => table(several),
    };
    lines.extend(doubts(&answers).iter().flat_map(|sentence| filled(sentence)));
    lines.push("Why, step by step:".to_owned());
    lines.push(command);
    lines
}

/// The dates of a question that has one answer, or what keeps it from having one.
fn one(answer: &Answer) -> Vec<String> {
    match answer.dates {
        Some(dates) => dates.lines().into(),
        None => answer.steps.iter().flat_map(|step| filled(&step.sentence)).collect(),
    }
}

/// The dates of each filer status.
fn table(answers: &[(Option<FilerStatus>, Answer)]) -> Vec<String> {
    let cells = |status: &str, cells: [String; 3]| {
        let line = format!("  {status:STATUS$}  {:<11}  {:<11}  {}", cells[0], cells[1], cells[2]);
        line.trim_end().to_owned()
    };
    let row = |(status, answer): &(Option<FilerStatus>, Answer)| {
        let status = status.map(|status| status.to_string()).unwrap_or_default();
        let dates = answer
            .dates
            .map(|dates| [dates.due, dates.notice, dates.extended].map(|date| date.to_string()));
        cells(
            &status,
            dates.unwrap_or_else(|| ["not known".to_owned(), String::new(), String::new()]),
        )
    };
    let head = cells("", Dates::NAMES.map(str::to_owned));
    let foot = "  The transmission of a notice has to begin by 5:30 p.m. Eastern.".to_owned();
    [head].into_iter().chain(answers.iter().map(row)).chain([foot]).collect()
}

/// What the answers warn of, each once.
fn doubts(answers: &[(Option<FilerStatus>, Answer)]) -> Vec<&str> {
    let dated = answers.iter().filter(|(_, answer)| answer.dates.is_some());
    let sentences = dated.flat_map(|(_, answer)| &answer.steps).map(|step| step.sentence.as_str());
    let mut doubts: Vec<&str> =
        sentences.filter(|sentence| sentence.starts_with("Warning:")).collect();
    doubts.dedup();
    doubts
}

/// A sentence in the lines of a comment.
pub(super) fn filled(sentence: &str) -> Vec<String> {
    paragraph::filled(sentence, WIDTH, "", "")
}

/// The command that answers the same question.
fn command(report: &Inquiry) -> String {
    let form = format!("latefile due --form {}", report.form);
    let dated = |flag: &str, date: Option<CivilDate>| date.map(|date| format!("{flag} {date}"));
    let period =
        report.period_ended.map_or_else(|| "YYYY-MM-DD".to_owned(), |date| date.to_string());
    let flags = [
        Some(format!("--period-ended {period}")),
        report.status.map(|status| format!("--status {status}")),
        report.transition.then(|| "--transition".to_owned()),
        dated("--determined", report.determined),
        report.erisa_plan.then(|| "--erisa-plan".to_owned()),
        dated("--distributed", report.distributed),
        dated("--transmitted", report.transmitted),
        report.unit_investment_trust.then(|| "--unit-investment-trust".to_owned()),
        dated("--due", report.due),
    ];
    [form].into_iter().chain(flags.into_iter().flatten()).collect::<Vec<_>>().join(" ")
}

/// The day on which the notice is due, where that hangs on nothing that is open.
pub(super) fn notice_due(question: &Question) -> Option<CivilDate> {
    deadline::dates(question, &Calendar::built_in()).map(|(dates, _)| dates.notice)
}
