//! `latefile due`: when the reports of filings, or of a bare question, and their notices are due, as
//! text, JSON or a calendar.

mod ics;
mod text;

use std::fs;

use anyhow::{Context as _, anyhow};
use serde::Serialize;

use super::{CLEAN, ERRORS, Terminal};
use crate::cli::{Common, Due, DueFormat, Particulars};
use crate::deadline::{self, Answer, Calendar, Question};
use crate::filing::{self, CivilDate, FilerStatus, Filing, FormType, Report, Scalar as _, Text};
use crate::finding::Located;
use crate::pipeline;

/// A question, who asks, and its answer.
struct Entry {
    /// The filing's id and the registrant's name; none for a bare question.
    filing: Option<(String, String)>,
    question: Question,
    answer: Answer,
}

/// Runs the command.
///
/// # Errors
/// The tool could not go on: a missing directory, a file of closed days with a wrong line.
pub fn run(args: &Due, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let calendar = calendar(args)?;
    let (entries, findings) = match args.form.zip(args.period_ended) {
        Some((form, period_ended)) => (asked(bare(&args.particulars, form, period_ended)?, &calendar), Vec::new()),
        None => of_filings(args, common, &calendar)?,
    };
    terminal.findings_aside(&findings);
    if entries.is_empty() && findings.is_empty() {
        terminal.say(&format!("no filings in {}", common.filings.display()));
    }
    super::product(&match args.format {
        DueFormat::Text => text::text(&entries),
        DueFormat::Json => json(&entries)?,
        DueFormat::Ics => ics::calendar(&entries),
    })?;
    let counts = findings.iter().any(|finding| finding.counts(common.deny_warnings()));
    Ok(if counts { ERRORS } else { CLEAN })
}

/// The built-in calendar, with the days of a file if one is named.
fn calendar(args: &Due) -> anyhow::Result<Calendar> {
    let mut calendar = Calendar::built_in();
    if let Some(path) = &args.closed_days {
        let shown = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        calendar.extend(&text).map_err(|(line, message)| anyhow!("{shown}:{line}: {message}"))?;
    }
    Ok(calendar)
}

/// The filings that can be read as such; what is wrong with the others.
fn of_filings(args: &Due, common: &Common, calendar: &Calendar) -> anyhow::Result<(Vec<Entry>, Vec<Located>)> {
    let (all, findings) = pipeline::load_all(&common.filings, &args.paths)?;
    let entry = |id: String, filing: &Filing| {
        let question = Question::of(filing);
        let answer = deadline::answer(&question, calendar);
        Entry { filing: Some((id, filing.registrant.name.folded())), question, answer }
    };
    let entries = all.into_iter().filter_map(|loaded| Some(entry(loaded.id, loaded.filing.as_ref()?))).collect();
    Ok((entries, findings))
}

/// The question that the flags ask.
fn bare(given: &Particulars, form: FormType, period_ended: CivilDate) -> anyhow::Result<Question> {
    let because = Text::parse("by --due").map_err(|error| anyhow!(error))?;
    let report = Report {
        form,
        period_ended,
        transition: given.transition,
        portion: None,
        due: given.due.map(|date| filing::Due { date, because }),
        erisa_plan: given.erisa_plan,
        distributed: given.distributed,
        transmitted: given.transmitted,
        determined: given.determined,
        unit_investment_trust: given.unit_investment_trust,
    };
    Ok(Question { report, status: given.status, co_registrants: Vec::new() })
}

/// The answer to a bare question, or one for each filer status.
fn asked(question: Question, calendar: &Calendar) -> Vec<Entry> {
    let answered = |question: Question| {
        let answer = deadline::answer(&question, calendar);
        Entry { filing: None, question, answer }
    };
    question.each_status().into_iter().map(answered).collect()
}

/// An answer as JSON has it.
#[derive(Serialize)]
struct Object<'a> {
    id: Option<&'a str>,
    form: FormType,
    period_ended: CivilDate,
    status: Option<FilerStatus>,
    due: Option<CivilDate>,
    notice_due: Option<CivilDate>,
    extended_due: Option<CivilDate>,
    steps: &'a [deadline::Step],
}

impl<'a> Object<'a> {
    fn of(entry: &'a Entry) -> Object<'a> {
        let dates = entry.answer.dates;
        Object {
            id: entry.filing.as_ref().map(|(id, _)| id.as_str()),
            form: entry.question.report.form,
            period_ended: entry.question.report.period_ended,
            status: entry.question.status,
            due: dates.map(|d| d.due),
            notice_due: dates.map(|d| d.notice),
            extended_due: dates.map(|d| d.extended),
            steps: &entry.answer.steps,
        }
    }
}

fn json(entries: &[Entry]) -> anyhow::Result<String> {
    let objects: Vec<Object<'_>> = entries.iter().map(Object::of).collect();
    Ok(serde_json::to_string_pretty(&objects)? + "\n")
}
