//! `latefile serve`: shows the docket and the documents in a browser, and builds again after each
//! change of a source or a template.

use std::time::Instant;

use anyhow::bail;

use super::watched::{self, Watched};
use super::{INTERRUPTED, Terminal, build, ensure_folders, progress};
use crate::cli::{Common, Serve};
use crate::diagnostics::finding::Located;
use crate::pipeline::{self, Goal, Plan};
use crate::review::docket::Docket;
use crate::review::serve::{Listeners, Shown, State, open};
use crate::review::watch::Change;

/// Runs the command.
///
/// # Errors
/// The tool could not go on: there is nothing to watch, or no port to listen on.
pub fn run(args: &Serve, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    ensure_folders(common)?;
    let mut run = Watched::new(plan(args, common)?, common.clone())?;
    let listeners = Listeners::open(args.port)?;
    let address = listeners.address();
    terminal.say(&format!("serving {address} until Ctrl-C"));
    let before = state(&run.plan, None, Some("The first build is running.".to_owned()));
    let shown = listeners.serve(run.plan.out.clone(), before)?;
    if args.open
        && let Err(error) = open(&address)
    {
        terminal.say(&format!("no browser opens ({error}); open {address} yourself"));
    }
    rebuild(&run, &shown);
    loop {
        match run.watch.wait(&run.plan.stop)? {
            Change::Stopped => return Ok(INTERRUPTED),
            Change::Gone(folder) => {
                let gone = watched::gone(&folder);
                run.terminal.say(&gone);
                shown.show(state(&run.plan, None, Some(gone)));
            }
            Change::Settings => match again(&mut run) {
                Ok(again) => {
                    run = again;
                    rebuild(&run, &shown);
                }
                Err(error) => fault(&run, &shown, &error),
            },
            // Build everything: unchanged filings are skipped, and the docket shows the findings of
            // all filings.
            Change::Filings(_) | Change::Everything => rebuild(&run, &shown),
        }
    }
}

/// Returns the run by the settings as they are now.
///
/// # Errors
/// A setting is wrong, or names another folder of outputs than the one that is served.
fn again(run: &mut Watched) -> anyhow::Result<Watched> {
    let again = run.again()?;
    if again.plan.out != run.plan.out {
        bail!("the outputs are now in `{}`; start again to serve them", again.plan.out.display());
    }
    Ok(again)
}

fn plan(args: &Serve, common: &Common) -> anyhow::Result<Plan> {
    Ok(Plan { formats: args.formats.clone(), ..super::plan::plan(Goal::Build, common)? })
}

/// Builds once, and shows the result in the browser and then on the terminal. An error is shown in
/// the same way, because its reason may be temporary.
fn rebuild(run: &Watched, shown: &Shown) {
    let Watched { common, terminal, plan, .. } = run;
    let start = Instant::now();
    match progress::during(&plan.progress, terminal, || pipeline::run(plan)) {
        Ok(summary) => {
            let notice = summary.error.as_ref().map(|error| format!("{error:#}"));
            shown.show(state(plan, Some(&summary.findings), notice));
            terminal.findings_on_stderr(&summary.findings);
            terminal.no_filings(common, &summary);
            terminal.say(&build::closing(&summary, &[], false, terminal, start));
            build::print_notes(&summary, terminal);
        }
        Err(error) => fault(run, shown, &error),
    }
}

/// Shows an error in the browser and on the terminal.
fn fault(run: &Watched, shown: &Shown, error: &anyhow::Error) {
    shown.show(state(&run.plan, None, Some(format!("{error:#}"))));
    run.terminal.error(error);
}

/// Returns the docket to show, with a notice if it is incomplete.
fn state(plan: &Plan, findings: Option<&[Located]>, notice: Option<String>) -> State {
    match Docket::gather(plan, findings) {
        Ok(docket) => State::new(docket, notice),
        Err(error) => {
            State::new(Docket::default(), Some(notice.unwrap_or_else(|| format!("{error:#}"))))
        }
    }
}
