//! `latefile due`: prints the due dates of reports and their notices, for filings or for a query by
//! flags, as text, JSON or a calendar.

mod entry;
mod ics;
mod list;
mod text;

use anyhow::{Context as _, bail};
use serde::Serialize;

use super::{CLEAN, ERRORS, Terminal, stop};
use crate::cli::{Common, Due, DueFormat};
use crate::diagnostics::characters::visible_json;
use crate::diagnostics::deny;
use crate::diagnostics::finding::Located;
use crate::form12b25::deadline::{self, Calendar, DeadlineQuery};
use crate::form12b25::model::{CivilDate, FilerStatus, Filing, FormType};
use crate::pipeline;
use entry::{Asked, Entry};

/// Runs the command.
///
/// # Errors
/// A folder is missing, the file of closed days has an invalid line, or a flag has no effect for
/// the form.
pub fn run(args: &Due, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    stop::end_on_signal()?;
    if args.no_alarms && args.format != DueFormat::Ics {
        bail!("--no-alarms is for --format ics");
    }
    let calendar = super::plan::calendar(common)?;
    let (entries, findings) = answers(args, common, &calendar)?;
    terminal.findings_on_stderr(&findings);
    if entries.is_empty() && findings.is_empty() {
        terminal.say(&format!("no filings in {}", common.filings.display()));
    }
    match args.format {
        DueFormat::Text if args.list || args.year.is_some() => {
            terminal.print(&list::table(&entries))?
        }
        DueFormat::Text => terminal.print(&text::text(&entries))?,
        DueFormat::Json => terminal.print_document(&json(&entries)?)?,
        DueFormat::Ics => terminal.print_document(&ics::calendar(&entries, !args.no_alarms))?,
    }
    let counts = findings.iter().any(|finding| deny::counts(finding, &common.deny));
    Ok(if counts { ERRORS } else { CLEAN })
}

/// Returns the answers to the question of the flags, or about the filings, with the findings in
/// these.
fn answers(
    args: &Due,
    common: &Common,
    calendar: &Calendar,
) -> anyhow::Result<(Vec<Entry>, Vec<Located>)> {
    match (args.year.zip(args.fiscal_year_end), args.form) {
        (Some((year, year_end)), form) => {
            let (forms, inputs) = args.inputs.of_year(form)?;
            let queries = deadline::due_in(year, year_end, &forms, &inputs, calendar);
            let given = inputs.status.is_some();
            let entries = queries.into_iter().map(|query| Entry {
                filing: None,
                tried: query.status.filter(|_| !given),
                result: deadline::answer(&query, calendar),
                query,
            });
            Ok((entries.collect(), Vec::new()))
        }
        (None, Some(form)) => {
            let partial = args.inputs.query(form, args.period_ended)?;
            // Unreachable: clap requires the period with `--form`.
            let query = partial.complete().context("--form needs --period-ended")?;
            Ok((results(None, query, calendar), Vec::new()))
        }
        (None, None) => {
            args.inputs.none()?;
            results_of_filings(args, common, calendar)
        }
    }
}

/// Returns the results of the filings without errors, and the findings of the others.
fn results_of_filings(
    args: &Due,
    common: &Common,
    calendar: &Calendar,
) -> anyhow::Result<(Vec<Entry>, Vec<Located>)> {
    let (all, findings) = pipeline::load_all(&common.filings, &args.paths)?;
    let of = |id: String, filing: &Filing| {
        results(Some(&Asked::of(id, filing)), DeadlineQuery::of(filing), calendar)
    };
    let entries = all
        .into_iter()
        .filter_map(|loaded| Some(of(loaded.id, loaded.filing.as_ref()?)))
        .flatten()
        .collect();
    Ok((entries, findings))
}

/// Returns the result of a query, or one for each filer status if the result depends on it and it
/// is not given.
fn results(filing: Option<&Asked>, query: DeadlineQuery, calendar: &Calendar) -> Vec<Entry> {
    let open = query.status.is_none();
    let entry = |query: DeadlineQuery| Entry {
        filing: filing.cloned(),
        tried: query.status.filter(|_| open),
        result: deadline::answer(&query, calendar),
        query,
    };
    query.each_status().into_iter().map(entry).collect()
}

/// A result as JSON.
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
        let dates = entry.result.dates;
        Object {
            id: entry.filing.as_ref().map(|filing| filing.id.as_str()),
            form: entry.query.report.form,
            period_ended: entry.query.report.period_ended,
            status: entry.query.status,
            due: dates.map(|d| d.due),
            notice_due: dates.map(|d| d.notice),
            extended_due: dates.map(|d| d.extended),
            steps: &entry.result.steps,
        }
    }
}

fn json(entries: &[Entry]) -> anyhow::Result<String> {
    let objects: Vec<Object<'_>> = entries.iter().map(Object::of).collect();
    Ok(visible_json(&serde_json::to_string_pretty(&objects)?) + "\n")
}
