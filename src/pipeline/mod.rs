//! The stages for one filing, then the batch: load, validate, render, compile, write.

mod duplicates;
mod handing;
mod loading;
mod outputs;
mod timings;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use anyhow::Context as _;
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::compile::{Choice, Typst};
use crate::finding::{self, Finding, Located, Severity, Spot};
use crate::load::files::{self, Entry, Files};
use crate::load::{self, Loaded, Registrants};
use crate::render::{self, Document, Templates};
use crate::rule;
use crate::source::{Sources, sha256};
use crate::validate;
use crate::wording::Edition;
use crate::write::{self, Out};

pub use handing::Made;
pub use loading::load_all;
pub use timings::{Stage, Timings};

/// A form that a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// EDGAR text.
    Text,
    /// EDGAR HTML.
    Html,
    /// PDF.
    Pdf,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 3] = [Format::Text, Format::Html, Format::Pdf];

    /// The suffix of its files.
    pub fn suffix(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Html => "htm",
            Format::Pdf => "pdf",
        }
    }
}

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Load and validate, and render nothing but the specimens.
    Check,
    /// Write the outputs.
    Build,
    /// Compare the outputs and write nothing.
    Compare,
    /// Hand the documents to a side room.
    Hand,
}

/// A part of the filings, stable by id: part `number` (from 1) of `of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

impl Shard {
    /// Whether an id belongs to this part.
    pub fn holds(self, id: &str) -> bool {
        let first = u64::from_str_radix(&sha256(id.as_bytes())[..15], 16).unwrap_or(0);
        first % self.of == self.number - 1
    }
}

/// What a run is to do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How far.
    pub goal: Goal,
    /// The folder of sources.
    pub filings: PathBuf,
    /// The folder of outputs.
    pub out: PathBuf,
    /// Only filings below these paths, if any.
    pub only: Vec<PathBuf>,
    /// Only this part of them, if given.
    pub shard: Option<Shard>,
    /// A folder of templates over the built-in ones.
    pub templates: Option<PathBuf>,
    /// Which typst.
    pub typst: Choice,
    /// Which formats; the others are not touched.
    pub formats: Vec<Format>,
    /// Trust no earlier output, and rewrite what was filed.
    pub force: bool,
    /// How many filings at a time; as many as there are processors if not given.
    pub jobs: Option<usize>,
    /// Set from outside to stop after the filings at hand.
    pub stop: Arc<AtomicBool>,
}

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
    typst_version: String,
    typst: OnceLock<Result<Typst, String>>,
    out: Option<Out>,
    timings: Timings,
}

/// What came of one filing.
#[derive(Debug, Default)]
struct Outcome {
    findings: Vec<Located>,
    changed: bool,
    failed: bool,
    compiled: usize,
    /// Its documents, if a side room asked for them.
    made: Option<Made>,
    /// Which report it gives notice of, if the filing could be read.
    notice: Option<validate::Notice>,
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
    pool.spawn(validate::prepare);
    let mut files = files::find(&plan.filings, &plan.only)?;
    // With broken templates nothing is rendered, but the filings' own faults come in the same run.
    let (templates, goal, broken) = match Templates::load(plan.templates.as_deref())? {
        Ok(templates) => (templates, plan.goal, Vec::new()),
        Err(findings) => (Templates::built_in()?, Goal::Check, findings),
    };
    let (ours, others) = files.filings.into_iter().partition(|e| plan.shard.is_none_or(|shard| shard.holds(&e.id)));
    files.filings = ours;
    files.others.extend::<Vec<Entry>>(others);
    let (registrants, faults) = pool.install(|| Registrants::load(&files));
    let mut summary = Summary { filings: files.filings.len(), ..Summary::default() };
    summary.findings.append(&mut files.findings);
    summary.findings.extend(broken);
    summary.findings.extend(faults.into_iter().flat_map(|(sources, findings)| place(findings, &sources)));
    let batch = Batch {
        plan,
        goal,
        templates,
        registrants,
        // What compiled documents are known by; a package may need none of them, and no typst.
        typst_version: if matches!(goal, Goal::Check | Goal::Hand) { String::new() } else { plan.typst.version()? },
        typst: OnceLock::new(),
        out: if goal == Goal::Build { Some(Out::lock(&plan.out)?) } else { None },
        timings: Timings::default(),
    };
    batch.all(&pool, &files, &mut summary);
    if summary.error.is_none() && !summary.interrupted {
        batch.gone(&files, &mut summary)?;
    }
    finding::sort(&mut summary.findings);
    summary.findings.dedup(); // a shared registrant's, once for all filings that use it
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
        loaded.findings.extend(validate::validate(filing, editions));
        validate::waive(filing, &mut loaded.findings);
    }
}

/// Gives the findings of one file their lines, the gravest first where there are too many to list.
pub fn place(mut findings: Vec<Finding>, sources: &Sources) -> Vec<Located> {
    let most = if sources.main.text.len() > LARGE { LISTED_OF_LARGE } else { LISTED };
    if findings.len() > most {
        findings.sort_by_key(|finding| finding.severity);
        let more = findings.split_off(most).len();
        let worst = findings.iter().map(|f| f.severity).min().unwrap_or(Severity::Note);
        let finding = rule::MORE_FINDINGS.at(Spot::File, format!("{more} more findings in this file are not listed"));
        findings.push(finding.severity(worst));
    }
    finding::locate(findings, sources)
}

/// Filings that go through the stages together. A stage for several of them runs from the processor's
/// caches; all stages for each would drive one another out of these.
const TOGETHER: usize = 32;

impl Batch<'_> {
    /// All filings, as many at a time as there are jobs. An error of the tool stops the others.
    fn all(&self, pool: &ThreadPool, files: &Files, summary: &mut Summary) {
        let error: Mutex<Option<anyhow::Error>> = Mutex::new(None);
        let halted = AtomicBool::new(false);
        let failed = |e: anyhow::Error| {
            halted.store(true, Ordering::Relaxed);
            if let Ok(mut error) = error.lock() {
                error.get_or_insert(e);
            }
            Outcome { failed: true, ..Outcome::default() }
        };
        let some = |entries: &[Entry]| -> Vec<Outcome> {
            if halted.load(Ordering::Relaxed) || self.stopped() {
                return entries.iter().map(|_| Outcome::default()).collect();
            }
            self.filings(entries).into_iter().map(|outcome| outcome.unwrap_or_else(failed)).collect()
        };
        let size = match self.goal {
            Goal::Check => (files.filings.len() / (4 * pool.current_num_threads())).clamp(1, TOGETHER),
            _ => 1, // an output takes longer than all stages before it
        };
        let mut outcomes: Vec<Outcome> = pool.install(|| files.filings.par_chunks(size).flat_map_iter(some).collect());
        summary.findings.extend(pool.install(|| self.duplicates(files, &outcomes)));
        summary.made = handing::made(&mut outcomes, &summary.findings);
        for outcome in outcomes {
            summary.findings.extend(outcome.findings);
            summary.changed += usize::from(outcome.changed);
            summary.failed += usize::from(outcome.failed);
            summary.compiled += outcome.compiled;
        }
        summary.interrupted = self.stopped();
        summary.error = error.into_inner().ok().flatten();
        if let (None, Some(Err(message))) = (&summary.error, self.typst.get()) {
            summary.error = Some(anyhow::anyhow!("{message}"));
        }
    }

    fn stopped(&self) -> bool {
        self.plan.stop.load(Ordering::Relaxed)
    }

    /// Some filings, from their files to their outputs.
    fn filings(&self, entries: &[Entry]) -> Vec<anyhow::Result<Outcome>> {
        let load = |entry| self.timings.time(Stage::Load, || load::load(entry, &self.registrants));
        let mut all: Vec<Loaded> = entries.iter().map(load).collect();
        for loaded in &mut all {
            self.timings.time(Stage::Validate, || judge(loaded, &self.templates.editions));
        }
        all.into_iter().map(|loaded| self.outcome(loaded)).collect()
    }

    /// A filing that the rules have judged, to its outputs.
    fn outcome(&self, mut loaded: Loaded) -> anyhow::Result<Outcome> {
        let documents = self.documents(&mut loaded);
        let mut outcome = Outcome::default();
        if self.goal == Goal::Hand {
            let mut findings = Vec::new();
            outcome.made = documents.map(|made| self.hand(&loaded, made, &mut findings)).transpose()?.flatten();
            loaded.findings.extend(findings);
        } else if let (Some(filing), Some(documents)) = (&loaded.filing, documents) {
            let outputs = || self.outputs(&loaded.id, filing, &loaded.sources, &documents);
            let done = self.timings.time(Stage::Write, outputs)?;
            loaded.findings.extend(done.findings);
            outcome.changed = done.changed;
            outcome.compiled = done.compiled;
        }
        if let Some(filing) = &loaded.filing {
            outcome.notice = validate::Notice::of(filing);
            outcome.waives_duplicate = validate::Notice::waived(filing);
        }
        outcome.failed = !validate::passes(&loaded.findings);
        outcome.findings = place(loaded.findings, &loaded.sources);
        Ok(outcome)
    }

    /// The documents of a filing that has no errors; its findings join those of loading.
    fn documents(&self, loaded: &mut Loaded) -> Option<Vec<Document>> {
        let filing = loaded.filing.as_ref()?;
        if self.goal == Goal::Check || !validate::passes(&loaded.findings) {
            return None;
        }
        match self.timings.time(Stage::Render, || render::render(filing, &self.templates)) {
            Ok(documents) => Some(documents),
            Err(findings) => {
                loaded.findings.extend(findings);
                None
            }
        }
    }

    /// The typst of this run, looked for when the first document needs it.
    fn typst(&self) -> Option<&Typst> {
        self.typst.get_or_init(|| self.plan.typst.find().map_err(|error| format!("{error:#}"))).as_ref().ok()
    }

    /// Removes the outputs of filings that are gone, or reports them. Only a run over everything
    /// knows what is gone; of a shard, the ids that are its own.
    fn gone(&self, files: &Files, summary: &mut Summary) -> anyhow::Result<()> {
        if matches!(self.goal, Goal::Check | Goal::Hand) || !self.plan.only.is_empty() {
            return Ok(());
        }
        for id in write::ids(&self.plan.out)? {
            let ours = self.plan.shard.is_none_or(|shard| shard.holds(&id));
            if !ours || files.all_ids.contains(&id) {
                continue;
            }
            let Some(manifest) = write::manifest(&self.plan.out, &id) else { continue };
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
