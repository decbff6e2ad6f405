//! The time that a run spends in each stage, added up over all threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The stages of one filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reads files, parses YAML, checks the schema, builds the model.
    Load,
    /// Applies the rules.
    Validate,
    /// Renders the templates, and checks the documents.
    Render,
    /// Runs typst.
    Compile,
    /// Reads the outputs on disk, and compares new PDFs with their HTML.
    Compare,
    /// Hashes and writes outputs.
    Write,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Stage; 6] =
        [Stage::Load, Stage::Validate, Stage::Render, Stage::Compile, Stage::Compare, Stage::Write];

    /// Its verb.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Load => "load",
            Stage::Validate => "validate",
            Stage::Render => "render",
            Stage::Compile => "compile",
            Stage::Compare => "compare",
            Stage::Write => "write",
        }
    }
}

/// Time spent in each stage, in microseconds.
#[derive(Debug, Default)]
pub struct Timings([AtomicU64; 6]);

impl Timings {
    /// Runs a piece of a stage and adds its time.
    pub(super) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let spent = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.0[stage as usize].fetch_add(spent, Ordering::Relaxed);
        result
    }

    /// Returns the time spent in a stage, over all threads.
    pub fn of(&self, stage: Stage) -> Duration {
        Duration::from_micros(self.0[stage as usize].load(Ordering::Relaxed))
    }
}
