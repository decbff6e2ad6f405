//! Contenders timed in turns, so that a machine that slows down slows all of them. Most are whole
//! processes, whose memory is watched; some are work done here.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// Work that is done here, or that brings files to where a run starts.
type Work<'a> = Box<dyn FnMut() -> anyhow::Result<()> + 'a>;

/// One side of a comparison.
pub(crate) struct Contender<'a> {
    /// Done before each run, and not timed.
    prepare: Work<'a>,
    run: Run<'a>,
}

/// What is timed.
enum Run<'a> {
    Process(Command),
    Here(Work<'a>),
}

impl<'a> Contender<'a> {
    /// A program, from its start to its end. What it prints is thrown away.
    pub(crate) fn process(command: Command) -> Contender<'a> {
        Contender { prepare: Box::new(|| Ok(())), run: Run::Process(command) }
    }

    /// A function of this program.
    pub(crate) fn here(work: impl FnMut() -> anyhow::Result<()> + 'a) -> Contender<'a> {
        Contender { prepare: Box::new(|| Ok(())), run: Run::Here(Box::new(work)) }
    }

    /// The same, after something that is not timed.
    pub(crate) fn after(self, prepare: impl FnMut() -> anyhow::Result<()> + 'a) -> Contender<'a> {
        Contender { prepare: Box::new(prepare), ..self }
    }

    fn once(&mut self) -> anyhow::Result<(f64, Option<f64>)> {
        (self.prepare)()?;
        let start = Instant::now();
        match &mut self.run {
            Run::Here(work) => work().map(|()| (start.elapsed().as_secs_f64(), None)),
            Run::Process(command) => process(command),
        }
    }
}

/// What the runs of a contender took, in the order of the turns.
#[derive(Default)]
pub(crate) struct Measured {
    /// Seconds.
    pub(crate) seconds: Vec<f64>,
    /// The most memory that a process held by itself, in MB; empty where that cannot be known.
    pub(crate) peaks: Vec<f64>,
}

impl Measured {
    /// Something of both, turn by turn.
    pub(crate) fn with(&self, other: &Measured, what: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        self.seconds.iter().zip(&other.seconds).map(|(a, b)| what(*a, *b)).collect()
    }

    /// How much longer it took than another, turn by turn.
    pub(crate) fn over(&self, other: &Measured) -> Vec<f64> {
        self.with(other, |a, b| a / b)
    }
}

/// Runs contenders in turns, `runs` times after one that does not count.
///
/// # Errors
/// One of them does not start, or fails.
pub(crate) fn turns(
    measure: &str,
    runs: usize,
    contenders: &mut [Contender<'_>],
) -> anyhow::Result<Vec<Measured>> {
    let mut all: Vec<Measured> = contenders.iter().map(|_| Measured::default()).collect();
    for run in 0..=runs {
        let start = Instant::now();
        for (contender, measured) in contenders.iter_mut().zip(&mut all) {
            let (seconds, peak) = contender.once()?;
            if run > 0 {
                measured.seconds.push(seconds);
                measured.peaks.extend(peak);
            }
        }
        #[expect(clippy::print_stderr, reason = "it takes minutes, and somebody waits")]
        {
            eprintln!("{measure}: run {run} of {runs}, {:.0} s", start.elapsed().as_secs_f64());
        }
    }
    Ok(all)
}

/// The seconds of one run of a program, and its peak of memory; that it succeeds is not taken for
/// granted.
fn process(command: &mut Command) -> anyhow::Result<(f64, Option<f64>)> {
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.with_context(|| format!("cannot start {command:?}"))?;
    let (id, ended) = (child.id(), AtomicBool::new(false));
    let (status, seconds, peak) = thread::scope(|scope| {
        let watch = scope.spawn(|| peak(id, &ended));
        let status = child.wait();
        let seconds = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (status, seconds, watch.join().ok().flatten())
    });
    let status = status.with_context(|| format!("cannot wait for {command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok((seconds, peak))
}

/// The most memory that a process has held, in MB, without the processes that it starts: the figure
/// that a system gives of an ended one counts those in. None where there is no /proc.
fn peak(process: u32, ended: &AtomicBool) -> Option<f64> {
    // The kernel keeps the peak; to ask often would slow down what is measured.
    const TICK: Duration = Duration::from_millis(20);
    let mut peak = None;
    while !ended.load(Ordering::Relaxed) {
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")); // an ended one has none
        let kibibytes: Option<f64> =
            line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
        peak = kibibytes.map(|kibibytes| kibibytes * 1024.0 / 1e6).or(peak);
        thread::sleep(TICK);
    }
    peak
}
