//! Removes the outputs of filings whose source is gone, once all filings of a run are done.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::plan::Plan;
use super::run::Run;
use super::summary::Summary;
use crate::diagnostics::finding::{Finding, Located, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources};
use crate::pipeline::listing::{self, OutputFolders};
use crate::pipeline::load::files::{self, Files};
use crate::pipeline::write::{self, MANIFEST};

/// Removes the outputs of filings whose source is gone, or reports them.
///
/// # Errors
/// The outputs cannot be read, or a file cannot be removed.
pub(super) fn remove(
    run: &Run<'_>,
    files: &Files,
    folders: &OutputFolders,
    summary: &mut Summary,
) -> anyhow::Result<()> {
    // Only a run over all filings knows that a source is gone; a shard knows it of its own ids.
    if !run.plan.only.is_empty() {
        return Ok(());
    }
    let known: HashSet<&str> = files.all_ids.iter().map(String::as_str).collect();
    let orphans = listing::ids(folders).filter(|id| run.plan.holds(id) && !known.contains(id));
    let orphans: Vec<&str> = orphans.collect();
    if orphans.is_empty() {
        return Ok(());
    }
    // Only git knows whether the user removed a source, or has it in no more than the repository.
    let absent = (run.plan.not_checked_out)(&run.plan.filings);
    let is_absent = |id: &str| absent.as_ref().is_ok_and(|absent| is_source_among(absent, id));
    for id in orphans.into_iter().filter(|id| !is_absent(id)) {
        let Some(manifest) = write::manifest(&run.plan.out, id) else {
            summary.findings.push(unknown(&run.plan.out, id));
            continue;
        };
        let filed = manifest.filed && !run.plan.force;
        match (&run.out, &absent) {
            _ if filed => summary.findings.push(gone(run.plan, id, filed)),
            (_, Err(error)) if !run.plan.force => {
                summary.findings.push(unanswered(run.plan, id, error));
            }
            (Some(out), _) => {
                let names = manifest.outputs.keys().map(String::as_str);
                out.remove(id, names.chain([MANIFEST]))?;
                summary.removed.push(id.to_owned());
            }
            (None, _) => summary.findings.push(gone(run.plan, id, filed)),
        }
    }
    Ok(())
}

/// Whether the source of a filing is among some paths below the filings, or in a folder that is.
pub fn is_source_among(paths: &BTreeSet<PathBuf>, id: &str) -> bool {
    let source = PathBuf::from(format!("{id}.yaml"));
    source.ancestors().any(|path| paths.contains(path))
}

/// Returns a finding on outputs whose source is gone and whose manifest cannot be read.
fn unknown(out: &Path, id: &str) -> Located {
    let message = format!(
        "`{id}` has no source any more, and its manifest {}: nothing was removed",
        write::fault(out, id, MANIFEST)
    );
    let finding = rule::STALE
        .at(Spot::File, message)
        .hint("remove its outputs by hand, or bring the source back");
    on_manifest(finding, out, id)
}

/// Returns a finding on outputs without a source of which git does not say whether it is removed.
fn unanswered(plan: &Plan, id: &str, error: &anyhow::Error) -> Located {
    let message = format!(
        "`{id}` has no source here, and git does not say whether it is checked out: {error:#}"
    );
    let finding = rule::STALE.at(Spot::File, message).hint(format!(
        "nothing was removed; `{} --force` removes the outputs all the same",
        plan.build
    ));
    on_manifest(finding, &plan.out, id)
}

/// Returns a finding on outputs whose source is gone.
fn gone(plan: &Plan, id: &str, filed: bool) -> Located {
    let finding = if filed {
        let message = format!("`{id}` was filed, and its source is gone");
        rule::FROZEN
            .at(Spot::File, message)
            .hint("bring the source back, or remove the outputs with --force")
    } else {
        let message = format!("the outputs of `{id}` have no source any more");
        rule::STALE.at(Spot::File, message).hint(format!("run `{}`", plan.build))
    };
    on_manifest(finding, &plan.out, id)
}

/// Places a finding on the manifest of a filing's outputs.
fn on_manifest(finding: Finding, out: &Path, id: &str) -> Located {
    finding.locate(&Sources::single(Source::named(files::shown(&out.join(id).join(MANIFEST)))))
}
