//! The plan of a run, decided by flags alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::progress::Progress;
use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::form12b25::deadline::Calendar;
use crate::pipeline::compile::Choice;
use crate::pipeline::render::Renderings;

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Load and validate, and render only the specimens.
    Check,
    /// Write the outputs.
    Build,
    /// Compare the outputs and write nothing.
    Compare,
    /// Render the documents in memory, for a command.
    Render,
}

impl Goal {
    /// Whether it reads or writes the outputs on disk.
    pub(super) fn is_of_outputs(self) -> bool {
        matches!(self, Goal::Build | Goal::Compare)
    }
}

/// A part of the filings: part `number` of `of`. The id alone decides the part of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// The number of this part, from 1.
    pub number: u64,
    /// The number of parts.
    pub of: u64,
}

impl Shard {
    /// Whether an id belongs to this part.
    pub fn holds(self, id: &str) -> bool {
        // SHA-256 and not std's hasher, which may change with the compiler: machines must agree.
        // 15 hexadecimal digits always fit into 64 bits.
        let first = u64::from_str_radix(&sha256(id.as_bytes())[..15], 16).unwrap_or(0);
        first % self.of == self.number - 1
    }
}

/// Answers which files and folders below a folder git did not check out, by their paths below it.
pub type NotCheckedOut = fn(&Path) -> anyhow::Result<BTreeSet<PathBuf>>;

/// The plan of a run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How far the run goes.
    pub goal: Goal,
    /// The folder of sources.
    pub filings: PathBuf,
    /// The folder of outputs.
    pub out: PathBuf,
    /// The command line that makes these outputs, for the advice in findings.
    pub build: String,
    /// The paths whose filings are requested; if empty, all are.
    pub only: Vec<PathBuf>,
    /// The part of these filings that the run processes; if absent, all.
    pub shard: Option<Shard>,
    /// The calendar by which due dates are computed.
    pub calendar: Arc<Calendar>,
    /// A folder of templates that override the built-in ones.
    pub templates: Option<PathBuf>,
    /// A folder that may have templates, and which nothing names.
    pub unnamed_templates: Option<PathBuf>,
    /// The choice of typst.
    pub typst: Choice,
    /// The formats to make; outputs in other formats stay as they are.
    pub formats: Vec<Format>,
    /// Whether to trust no earlier output, and to rewrite the outputs of filed notices.
    pub force: bool,
    /// The number of threads; if absent, that of the processors.
    pub jobs: Option<usize>,
    /// Returns the sources below a folder that are absent because git did not check them out.
    pub not_checked_out: NotCheckedOut,
    /// Stops the run after the filings in progress, once it is set.
    pub stop: Arc<AtomicBool>,
    /// The progress of the run, for another thread to show.
    pub progress: Arc<Progress>,
    /// The renderings in progress, for another thread to watch.
    pub renderings: Arc<Renderings>,
}

impl Plan {
    /// Whether the user stopped the run.
    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether an id belongs to the shard of the run.
    pub(crate) fn holds(&self, id: &str) -> bool {
        self.shard.is_none_or(|shard| shard.holds(id))
    }
}
