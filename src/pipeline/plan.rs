//! What a run is to do, decided by flags alone.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::progress::Progress;
use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::pipeline::compile::Choice;

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Load and validate, and render nothing but the specimens.
    Check,
    /// Write the outputs.
    Build,
    /// Compare the outputs and write nothing.
    Compare,
    /// Render the documents in memory, for a command.
    Render,
}

impl Goal {
    /// Whether it is about the outputs on disk.
    pub(super) fn is_of_outputs(self) -> bool {
        matches!(self, Goal::Build | Goal::Compare)
    }
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
    /// How far the run is, for whoever shows it.
    pub progress: Arc<Progress>,
}

impl Plan {
    /// Whether the run was stopped from outside.
    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether an id belongs to the shard of the run.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.shard.is_none_or(|shard| shard.holds(id))
    }
}
