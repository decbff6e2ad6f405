//! The stages for one filing, then the batch: load, validate, render, compile, write.

pub mod compile;
pub mod load;
pub mod manifest;
pub mod render;
pub mod write;

mod draft;
mod duplicates;
mod handing;
mod loading;
mod made_with;
mod outputs;
mod pdfs;
mod plan;
mod progress;
mod queue;
mod timings;

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use anyhow::Context as _;
use rayon::ThreadPool;

use crate::diagnostics::finding::{self, Finding, Located, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Sources;
use crate::form12b25::rules;
use crate::form12b25::wording::Edition;
use crate::pipeline::compile::Typst;
use crate::pipeline::load::files::{self, Entry, Files};
use crate::pipeline::render::Templates;
use load::{Loaded, Registrants};
use write::Out;

use draft::Draft;
use made_with::MadeWith;
use queue::Queue;

pub use handing::Made;
pub use loading::load_all;
pub use plan::{Format, Goal, Plan, Shard};
pub use progress::Progress;
pub use timings::{Stage, Timings};

/// What a run found and did.
#[derive(Debug, Default)]
pub struct Summary {
    /// All findings, in the order of printing.
    pub findings: Vec<Located>,
    /// Filings seen.
    pub filings: usize,
    /// Filings of which an output changed.
    pub changed: usize,
    /// Filings with errors.
    pub failed: usize,
    /// Folders of outputs whose source is gone.
    pub removed: usize,
    /// Documents compiled.
    pub compiled: usize,
    /// What was made for a side room, in the order of the filings.
    pub made: Vec<Made>,
    /// What went another way than usual, and is no fault of a document.
    pub notes: Vec<String>,
    /// Why the tool could not go on, if it could not.
    pub error: Option<anyhow::Error>,
    /// Whether it was stopped from outside.
    pub interrupted: bool,
    /// Where the time went.
    pub timings: Timings,
}

/// What all filings of a run share.
struct Batch<'a> {
    plan: &'a Plan,
    /// The plan's, or less if the templates are broken.
    goal: Goal,
    templates: Templates,
    registrants: Registrants,
    made_with: MadeWith,
    typst: OnceLock<Result<Typst, String>>,
    /// Why a run of typst was broken off, the first time that one was.
    note: OnceLock<String>,
    out: Option<Out>,
    timings: Timings,
}

/// What came of one filing.
#[derive(Debug, Default)]
struct Outcome {
    /// Its number in the order of paths.
    number: usize,
    findings: Vec<Located>,
    changed: bool,
    failed: bool,
    compiled: usize,
    /// Its documents, if a side room asked for them.
    made: Option<Made>,
    /// Which report it gives notice of, if the filing could be read.
    notice: Option<rules::OriginalNotice>,
    /// Whether it has a waiver for giving notice a second time.
    waives_duplicate: bool,
}

/// Runs a plan. What is wrong with documents is in the summary; so is what stopped the tool midway.
///
/// # Errors
/// The tool could not begin: a missing directory, templates that cannot be read, a held lock.
pub fn run(plan: &Plan) -> anyhow::Result<Summary> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(plan.jobs.unwrap_or(0));
    let pool = pool.build().context("cannot start threads")?;
    // While files are looked for and templates are read.
    pool.spawn(load::prepare);
    pool.spawn(rules::prepare);
    let mut files = files::find(&plan.filings, &plan.only)?;
    // With broken templates nothing is rendered, but the filings' own faults come in the same run.
    let (templates, goal, broken) = match Templates::load(plan.templates.as_deref())? {
        Ok(templates) => (templates, plan.goal, Vec::new()),
        Err(findings) => (Templates::built_in()?, Goal::Check, findings),
    };
    let (ours, others) =
        files.filings.into_iter().partition(|e| plan.shard.is_none_or(|shard| shard.holds(&e.id)));
    files.filings = ours;
    files.others.extend::<Vec<Entry>>(others);
    let (registrants, faults) = pool.install(|| Registrants::load(&files));
    let mut summary = Summary { filings: files.filings.len(), ..Summary::default() };
    plan.progress.begin(summary.filings);
    summary.findings.append(&mut files.findings);
    summary.findings.extend(broken);
    summary
        .findings
        .extend(faults.into_iter().flat_map(|(sources, findings)| place(findings, &sources)));
    // What compiled documents are known by; a package may need none of them, and no typst.
    let typst_version = if matches!(goal, Goal::Check | Goal::Hand) {
        String::new()
    } else {
        plan.typst.version()?
    };
    let batch = Batch {
        plan,
        goal,
        made_with: MadeWith::new(&templates, &typst_version),
        templates,
        registrants,
        typst: OnceLock::new(),
        note: OnceLock::new(),
        out: if goal == Goal::Build { Some(Out::lock(&plan.out)?) } else { None },
        timings: Timings::default(),
    };
    batch.all(&pool, &files, &mut summary);
    if summary.error.is_none() && !summary.interrupted {
        summary.error = pool.install(|| batch.gone(&files, &mut summary)).err();
    }
    finding::sort(&mut summary.findings);
    summary.findings.dedup(); // a shared registrant's, once for all filings that use it
    summary.notes = batch.note.into_inner().into_iter().collect();
    summary.timings = batch.timings;
    Ok(summary)
}

/// Findings of one file that are listed. To find the line of each may cost a parse of the file.
const LISTED: usize = 100;
/// The same, of a file larger than any filing is in practice.
const LISTED_OF_LARGE: usize = 10;
/// What a large file is, in bytes.
const LARGE: usize = 100 * 1024;

/// Adds what the rules say of a filing, and marks what it waives.
pub fn judge(loaded: &mut Loaded, editions: &[Edition]) {
    if let Some(filing) = &loaded.filing {
        loaded.findings.extend(rules::validate(filing, editions));
        rules::waive(filing, &mut loaded.findings);
    }
}

/// Gives the findings of one file their lines, the gravest first where there are too many to list.
pub fn place(mut findings: Vec<Finding>, sources: &Sources) -> Vec<Located> {
    let most = if sources.main.text.len() > LARGE { LISTED_OF_LARGE } else { LISTED };
    if findings.len() > most {
        findings.sort_by_key(|finding| finding.severity);
        let more = findings.split_off(most).len();
        let worst = findings.iter().map(|f| f.severity).min().unwrap_or(Severity::Note);
        let finding = rule::MORE_FINDINGS
            .at(Spot::File, format!("{more} more findings in this file are not listed"));
        findings.push(finding.severity(worst));
    }
    finding::locate(findings, sources)
}

impl Batch<'_> {
    /// All filings, as many at a time as there are jobs. An error of the tool stops the others.
    fn all(&self, pool: &ThreadPool, files: &Files, summary: &mut Summary) {
        let error: Mutex<Option<anyhow::Error>> = Mutex::new(None);
        let halted = AtomicBool::new(false);
        let threads = pool.current_num_threads();
        let queue = Queue::new(&files.filings, threads);
        let queue = if matches!(self.goal, Goal::Build | Goal::Compare) {
            queue.largest_first()
        } else {
            queue
        };
        let work = |_: rayon::BroadcastContext<'_>| {
            let mut outcomes = Vec::new();
            if let Err(e) = self.work(&queue, &halted, &mut outcomes) {
                halted.store(true, Ordering::Relaxed);
                if let Ok(mut error) = error.lock() {
                    error.get_or_insert(e);
                }
            }
            outcomes
        };
        let mut outcomes: Vec<Outcome> = pool.broadcast(work).into_iter().flatten().collect();
        outcomes.sort_by_key(|outcome| outcome.number);
        summary.error = error.into_inner().ok().flatten();
        summary.interrupted = self.plan.stopped();
        if !summary.interrupted && summary.error.is_none() {
            summary.findings.extend(pool.install(|| self.duplicates(files, &outcomes)));
        }
        summary.made = handing::made(&mut outcomes, &summary.findings);
        for outcome in outcomes {
            summary.findings.extend(outcome.findings);
            summary.changed += usize::from(outcome.changed);
            summary.failed += usize::from(outcome.failed);
            summary.compiled += outcome.compiled;
        }
        if let (None, Some(Err(message))) = (&summary.error, self.typst.get()) {
            summary.error = Some(anyhow::anyhow!("{message}"));
        }
    }

    /// What one thread does: it takes filings, and holds back those that are to be compiled until
    /// there are enough of them for a run of typst.
    fn work(
        &self,
        queue: &Queue,
        halted: &AtomicBool,
        outcomes: &mut Vec<Outcome>,
    ) -> anyhow::Result<()> {
        let mut waiting: Vec<Draft> = Vec::new();
        let mut press = None;
        loop {
            let entries = queue.take();
            if halted.load(Ordering::Relaxed) || self.plan.stopped() {
                return Ok(());
            }
            for draft in self.drafts(entries) {
                if draft.wanted() > 0 {
                    waiting.push(draft);
                } else {
                    outcomes.push(self.finish(draft)?);
                }
            }
            while let Some(mut run) = draft::run(&mut waiting, queue.patience()) {
                self.compile(&mut run, &mut press)?;
                if self.plan.stopped() {
                    return Ok(());
                }
                for draft in run {
                    outcomes.push(self.finish(draft)?);
                }
            }
            if entries.is_empty() {
                return Ok(());
            }
        }
    }

    /// Some filings, from their files to their documents.
    fn drafts(&self, entries: &[(usize, &Entry)]) -> Vec<Draft> {
        let load = |entry| self.timings.time(Stage::Load, || load::load(entry, &self.registrants));
        let mut all: Vec<(usize, Loaded)> =
            entries.iter().map(|(number, entry)| (*number, load(entry))).collect();
        for (_, loaded) in &mut all {
            self.timings.time(Stage::Validate, || judge(loaded, &self.templates.editions));
        }
        all.into_iter().map(|(number, loaded)| self.draft(number, loaded)).collect()
    }

    /// A filing whose documents are all there, to its outputs.
    fn finish(&self, draft: Draft) -> anyhow::Result<Outcome> {
        let Draft { number, mut loaded, documents, old, new, pdfs } = draft;
        let mut outcome = Outcome { number, compiled: pdfs::compiled(&pdfs), ..Outcome::default() };
        match (&loaded.filing, new, documents) {
            (Some(filing), None, Some(documents)) => {
                outcome.made = handing::hand(&loaded, filing, documents, pdfs);
            }
            (_, Some(new), Some(documents)) if rules::passes(&loaded.findings) => {
                let outputs = || self.outputs(&loaded.id, &documents, pdfs, (old.as_ref(), new));
                let done = self.timings.time(Stage::Write, outputs)?;
                outcome.changed = done.changed;
                loaded.findings.extend(done.findings);
            }
            _ => {}
        }
        if let Some(filing) = &loaded.filing {
            outcome.notice = rules::OriginalNotice::of(filing);
            outcome.waives_duplicate = rules::waives_duplicate(filing);
        }
        outcome.failed = !rules::passes(&loaded.findings);
        outcome.findings = place(loaded.findings, &loaded.sources);
        self.plan.progress.filing();
        Ok(outcome)
    }

    /// The typst of this run, looked for when the first document needs it.
    fn typst(&self) -> Option<&Typst> {
        self.typst
            .get_or_init(|| self.plan.typst.find().map_err(|error| format!("{error:#}")))
            .as_ref()
            .ok()
    }

    /// Removes the outputs of filings that are gone, or reports them. Only a run over everything
    /// knows what is gone; of a shard, the ids that are its own.
    fn gone(&self, files: &Files, summary: &mut Summary) -> anyhow::Result<()> {
        if matches!(self.goal, Goal::Check | Goal::Hand) || !self.plan.only.is_empty() {
            return Ok(());
        }
        let known: HashSet<&str> = files.all_ids.iter().map(String::as_str).collect();
        for id in write::ids(&self.plan.out)? {
            let ours = self.plan.shard.is_none_or(|shard| shard.holds(&id));
            if !ours || known.contains(id.as_str()) {
                continue;
            }
            let Some(manifest) = write::manifest(&self.plan.out, &id) else {
                summary.findings.extend(outputs::unknown(&self.plan.out, &id));
                continue;
            };
            let filed = manifest.filed && !self.plan.force;
            match &self.out {
                Some(out) if !filed => {
                    let names = manifest.outputs.keys().map(String::as_str);
                    out.remove(&id, names.chain([write::MANIFEST]))?;
                    summary.removed += 1;
                }
                _ => summary.findings.push(outputs::gone(&self.plan.out, &id, filed)),
            }
        }
        Ok(())
    }
}
