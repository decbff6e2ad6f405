//! Programs timed as whole processes, in turns, so that a machine that slows down slows both.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// The middle of some figures, with the least and the most.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    /// The middle one.
    pub(crate) median: f64,
    /// The least.
    pub(crate) least: f64,
    /// The most.
    pub(crate) most: f64,
}

impl Spread {
    /// Of at least one figure.
    fn of(mut figures: Vec<f64>) -> Spread {
        figures.sort_by(f64::total_cmp);
        Spread { median: figures[figures.len() / 2], least: figures[0], most: figures[figures.len() - 1] }
    }
}

/// Two programs' seconds, and the ratio run by run.
pub(crate) struct Comparison {
    /// Of the first.
    pub(crate) ours: Spread,
    /// Of the second.
    pub(crate) theirs: Spread,
    /// First over second.
    pub(crate) ratio: Spread,
}

/// Runs two programs in turns, `runs` times after one that does not count.
///
/// # Errors
/// One of them does not start, or fails.
pub(crate) fn compare(runs: usize, ours: &mut Command, theirs: &mut Command) -> anyhow::Result<Comparison> {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for run in 0..=runs {
        let pair = (seconds(ours)?, seconds(theirs)?);
        if run > 0 {
            a.push(pair.0);
            b.push(pair.1);
        }
    }
    let ratio = a.iter().zip(&b).map(|(a, b)| a / b).collect();
    Ok(Comparison { ours: Spread::of(a), theirs: Spread::of(b), ratio: Spread::of(ratio) })
}

/// How long one run takes. What it prints is thrown away; that it succeeds is not taken for granted.
fn seconds(command: &mut Command) -> anyhow::Result<f64> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let spent: Duration = start.elapsed();
    let status = status.with_context(|| format!("cannot start {command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(spent.as_secs_f64())
}
