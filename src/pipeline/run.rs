//! The context that all filings of a run share.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::bail;
use rayon::ThreadPool;

use super::made_with::MadeWith;
use super::place::place;
use super::plan::{Goal, Plan};
use super::timings::{Stage, Timings};
use crate::diagnostics::finding::{Located, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources};
use crate::pipeline::compile::{self, Typst};
use crate::pipeline::load::files::{self, Entry, Files};
use crate::pipeline::load::{self, SharedFiles};
use crate::pipeline::render::Templates;
use crate::pipeline::write::OutputDir;

/// The context of a run.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) plan: &'a Plan,
    /// The plan's goal, or [`Goal::Check`] if the templates are broken.
    pub(super) goal: Goal,
    pub(super) templates: Templates,
    pub(super) shared: SharedFiles,
    pub(super) made_with: MadeWith,
    /// The folder of outputs, locked; `None` unless the goal is [`Goal::Build`].
    pub(super) out: Option<OutputDir>,
    pub(super) timings: Timings,
    /// The first reason for which a batch was compiled one document at a time.
    pub(super) note: OnceLock<String>,
    typst: OnceLock<Result<Typst, String>>,
    /// The outputs that git did not check out, or nothing if it does not answer.
    not_checked_out: OnceLock<BTreeSet<PathBuf>>,
}

impl<'a> Run<'a> {
    /// Finds the files of a run, and reads the templates and the shared files. Also returns
    /// the files, and the findings in their names, in the templates and in the shared files.
    ///
    /// # Errors
    /// A directory is missing or not checked out, templates cannot be read, typst does not answer,
    /// or another build holds the lock.
    pub(super) fn new(
        plan: &'a Plan,
        pool: &ThreadPool,
    ) -> anyhow::Result<(Run<'a>, Files, Vec<Located>)> {
        let mut files = find(plan)?;
        ensure_checked_out(plan, &files)?;
        compile::sweep();
        // With broken templates nothing is rendered, but the filings are checked all the same.
        let (templates, goal, broken) =
            match Templates::load(plan.templates.as_deref(), &plan.renderings)? {
                Ok(templates) => (templates, plan.goal, Vec::new()),
                Err(findings) => (Templates::built_in()?, Goal::Check, findings),
            };
        let (shared, faults) = pool.install(|| SharedFiles::load(&files));
        let mut findings = std::mem::take(&mut files.findings);
        findings.extend(broken);
        findings.extend(plan.unnamed_templates.as_deref().and_then(unused));
        findings.extend(faults.into_iter().flat_map(|(sources, found)| place(found, &sources)));
        // The keys of compiled documents need the version. A package may need no typst at all.
        let writes = goal.is_of_outputs();
        let typst_version = if writes { plan.typst.version(&plan.stop)? } else { String::new() };
        let run = Run {
            plan,
            goal,
            made_with: MadeWith::new(&templates, &plan.calendar, &typst_version),
            templates,
            shared,
            out: if goal == Goal::Build { Some(OutputDir::lock(&plan.out)?) } else { None },
            timings: Timings::default(),
            note: OnceLock::new(),
            typst: OnceLock::new(),
            not_checked_out: OnceLock::new(),
        };
        Ok((run, files, findings))
    }

    /// Runs a piece of a stage and adds its time.
    pub(super) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        self.timings.time(stage, work)
    }

    /// Whether git tracks an output and did not check it out.
    pub(super) fn is_not_checked_out(&self, id: &str, name: &str) -> bool {
        let ask = || (self.plan.not_checked_out)(&self.plan.out).unwrap_or_default();
        let absent = self.not_checked_out.get_or_init(ask);
        // Of a submodule that is not there, the folder is listed.
        Path::new(id).join(name).ancestors().any(|path| absent.contains(path))
    }

    /// Returns typst, or `None` if there is none.
    pub(super) fn typst(&self) -> Option<&Typst> {
        // Only when the first document needs it: a run without PDFs works without typst.
        let find = || self.plan.typst.find(&self.plan.stop).map_err(|error| format!("{error:#}"));
        self.typst.get_or_init(find).as_ref().ok()
    }

    /// Returns the error that there is no typst, or `None` if no document needed it.
    pub(super) fn typst_error(&self) -> Option<anyhow::Error> {
        self.typst.get()?.as_ref().err().map(|message| anyhow::anyhow!("{message}"))
    }
}

/// Checks before a comparison that git checked out some outputs, if it has any.
///
/// # Errors
/// It has outputs, and none is there.
fn ensure_checked_out(plan: &Plan, files: &Files) -> anyhow::Result<()> {
    let out = &plan.out;
    let has_folder = || fs::read_dir(out).is_ok_and(|all| all.flatten().any(|e| e.path().is_dir()));
    if plan.goal != Goal::Compare || files.filings.is_empty() || has_folder() {
        return Ok(());
    }
    if (plan.not_checked_out)(out).is_ok_and(|absent| !absent.is_empty()) {
        bail!(
            "git did not check out `{}`, so that there is nothing to compare: add it to the sparse \
             checkout, or bring the submodule",
            out.display()
        );
    }
    Ok(())
}

/// Returns the finding on a folder of templates that nothing names, or `None` if it has none.
fn unused(folder: &Path) -> Option<Located> {
    let is_there = |(name, _): (String, String)| folder.join(name).is_file();
    let finding = rule::TEMPLATES_UNUSED.at(Spot::File, "no template in this folder is used");
    let sources = Sources::single(Source::named(files::shown(folder)));
    let has_any = Templates::built_in_files().into_iter().any(is_there);
    has_any.then(|| finding.advised().locate(&sources))
}

/// Finds the files of a plan. Filings of another shard count as not requested.
fn find(plan: &Plan) -> anyhow::Result<Files> {
    let mut files = load::find(&plan.filings, &plan.only)?;
    let (own, others): (Vec<Entry>, Vec<Entry>) =
        files.filings.into_iter().partition(|entry| plan.holds(&entry.id));
    files.filings = own;
    files.others.extend(others);
    Ok(files)
}
