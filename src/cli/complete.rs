//! The values that shells complete: ids, paths, forms and rules. Closed lists of values are those of
//! the arguments' own parsers.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};

use super::project::Project;
use crate::diagnostics::finding::{Rule, Severity};
use crate::diagnostics::rule;
use crate::form12b25::model::{FormType, Scalar as _};
use crate::pipeline::load::{self, files::Files, files::SharedKind};

/// The words before the command line that is being completed, in the arguments of the process.
pub const BEFORE_WORDS: &str = "--";

/// Completes the paths of filings, and ids.
pub(super) fn paths() -> ArgValueCompleter {
    let is_source = |path: &Path| path.extension().is_some_and(|extension| extension == "yaml");
    let files = PathCompleter::any().filter(is_source);
    ArgValueCompleter::new(move |typed: &OsStr| {
        let mut all = beginning(typed, ids());
        all.extend(files.complete(typed));
        all
    })
}

/// Completes ids.
pub(super) fn id() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| beginning(typed, ids()))
}

/// Completes the ids of shared registrants.
pub(super) fn registrant() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| beginning(typed, registrants()))
}

/// Completes forms. The spellings of EDGAR, in capitals or not, are completed once they are begun.
pub(super) fn forms() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let own = FormType::VALUES.iter().map(|form| CompletionCandidate::new(*form));
        let others = FormType::VALUES.iter().flat_map(|form| {
            let notice = format!("NT-{form}");
            [form.to_lowercase(), notice.to_lowercase(), notice]
        });
        own.chain(others.map(|form| CompletionCandidate::new(form).hide(true))).collect()
    })
}

/// Completes the codes of rules.
pub(super) fn rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| rule::ALL.iter().map(candidate).collect())
}

/// Completes the codes of rules that warn.
pub(super) fn warnings() -> ArgValueCandidates {
    let warns = |rule: &&&Rule| rule.severity == Severity::Warning;
    ArgValueCandidates::new(move || rule::ALL.iter().filter(warns).map(candidate).collect())
}

/// Completes the values of `--deny`.
pub(super) fn denied() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let warnings = CompletionCandidate::new("warnings").help(Some("All warnings".into()));
        [warnings].into_iter().chain(rule::ALL.iter().map(candidate)).collect()
    })
}

fn candidate(rule: &&Rule) -> CompletionCandidate {
    CompletionCandidate::new(rule.code).help(Some(rule.summary.into()))
}

/// Returns the candidates that begin as typed.
fn beginning(typed: &OsStr, all: Vec<String>) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    all.into_iter().filter(|value| value.starts_with(&*typed)).map(Into::into).collect()
}

/// Returns the ids of the filings, or none if they cannot be found: a completion has no messages.
fn ids() -> Vec<String> {
    files().filings.into_iter().map(|entry| entry.id).collect()
}

fn registrants() -> Vec<String> {
    files().shared(SharedKind::Registrant).iter().map(|entry| entry.id.clone()).collect()
}

fn files() -> Files {
    folder().and_then(|folder| load::find(&folder, &[])).unwrap_or_default()
}

/// Returns the folder of filings, by the command line that is being completed.
fn folder() -> anyhow::Result<PathBuf> {
    const FLAG: &str = "--filings";
    let words: Vec<OsString> =
        std::env::args_os().skip_while(|word| word != BEFORE_WORDS).collect();
    let flag = words.windows(2).find(|pair| pair[0] == FLAG).map(|pair| pair[1].clone());
    if let Some(folder) = flag.or_else(|| std::env::var_os("LATEFILE_FILINGS")) {
        return Ok(folder.into());
    }
    let project = Project::find()?;
    Ok(project.filings.unwrap_or_else(|| project.folder.join("filings")))
}
