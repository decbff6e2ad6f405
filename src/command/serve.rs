//! `latefile serve`: the docket and the documents in a browser, built again whenever a source or a
//! template changes, until Ctrl-C.

use std::time::Instant;

use super::{INTERRUPTED, Terminal, apart, build, progress};
use crate::cli::{Common, Serve};
use crate::diagnostics::finding::Located;
use crate::pipeline::{self, Goal, Plan};
use crate::review::docket::Docket;
use crate::review::serve::{Door, Shown, State};
use crate::review::watch::{Change, Watch};

/// Runs the command.
///
/// # Errors
/// The tool could not go on: there is nothing to watch, or no port to listen on.
pub fn run(args: &Serve, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    apart(&common.filings, &common.out)?;
    let plan = plan(args, common)?;
    let mut watch = Watch::new(&plan.filings, plan.templates.as_deref())?;
    let door = Door::open(args.port)?;
    terminal.say(&format!("serving {} until Ctrl-C", door.address()));
    let before = state(&plan, None, Some("The first build is running.".to_owned()));
    let shown = door.serve(plan.out.clone(), before)?;
    round(&plan, &shown, common, terminal);
    loop {
        match watch.wait(&plan.stop)? {
            Change::Stopped => return Ok(INTERRUPTED),
            Change::Gone(folder) => {
                let gone = format!("{} is gone; waiting for it to come back", folder.display());
                terminal.say(&gone);
                shown.show(state(&plan, None, Some(gone)));
            }
            // What did not change is not made again, so that a build of everything takes no longer,
            // and it finds what there is to find about everything.
            Change::Filings(_) | Change::Everything => round(&plan, &shown, common, terminal),
        }
    }
}

fn plan(args: &Serve, common: &Common) -> anyhow::Result<Plan> {
    Ok(Plan { formats: args.formats.clone(), ..super::plan(Goal::Build, common)? })
}

/// One build, which is shown and then told. What stops it may pass, and is shown and told too.
fn round(plan: &Plan, shown: &Shown, common: &Common, terminal: &Terminal) {
    let start = Instant::now();
    match progress::during(&plan.progress, terminal, || pipeline::run(plan)) {
        Ok(summary) => {
            let notice = summary.error.as_ref().map(|error| format!("{error:#}"));
            shown.show(state(plan, Some(&summary.findings), notice));
            terminal.findings_aside(&summary.findings);
            terminal.nothing(common, &summary);
            terminal.say(&build::closing(&summary, &[], false, start));
            build::asides(&summary, terminal);
        }
        Err(error) => {
            shown.show(state(plan, None, Some(format!("{error:#}"))));
            terminal.error(&error);
        }
    }
}

/// What there is to show, and why it is not more.
fn state(plan: &Plan, findings: Option<&[Located]>, notice: Option<String>) -> State {
    match Docket::gather(&plan.out, &plan.filings, findings) {
        Ok(docket) => State::new(docket, notice),
        Err(error) => {
            State::new(Docket::default(), Some(notice.unwrap_or_else(|| format!("{error:#}"))))
        }
    }
}
