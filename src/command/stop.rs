//! Ends the process early: at a second signal, or if a template is rendered for too long.

use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use super::{CANNOT_GO_ON, INTERRUPTED, Terminal};
use crate::cli::Common;
use crate::pipeline::render::Renderings;

/// The interval at which the times of renderings are checked.
const TICK: Duration = Duration::from_millis(100);
/// The time in which other threads kill typst and remove its folders before the process ends.
const GRACE: Duration = Duration::from_millis(200);

/// Returns a flag that Ctrl-C, SIGTERM and SIGHUP set. At a second signal the process ends at once.
///
/// # Errors
/// The handler cannot be installed.
pub(super) fn on_signal() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    // Runs poll the flag between filings. SIGTERM and SIGHUP are a feature of ctrlc.
    let flag = stop.clone();
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            thread::sleep(GRACE);
            exit(INTERRUPTED.into());
        }
    };
    ctrlc::set_handler(handler).context("cannot watch for Ctrl-C")?;
    Ok(stop)
}

/// Ignores signals while a pager runs.
///
/// # Errors
/// The handler cannot be installed.
pub(super) fn ignore_signals() -> anyhow::Result<()> {
    // Ctrl-C reaches both processes. If this one ended first, the shell and the pager would read
    // the same terminal.
    ctrlc::set_handler(|| {}).context("cannot watch for Ctrl-C")
}

/// Returns a list for the renderings of a run. If one of them exceeds the limit, the process ends
/// with an error, and `stop` is set shortly before.
///
/// # Errors
/// The system provides no thread.
pub(super) fn if_late(common: &Common, stop: &Arc<AtomicBool>) -> anyhow::Result<Arc<Renderings>> {
    let renderings = Arc::<Renderings>::default();
    let (terminal, limit) = (Terminal::new(common), Duration::from_secs(common.render_limit));
    let (watched, stop) = (renderings.clone(), stop.clone());
    let watch = move || loop {
        thread::sleep(TICK);
        if let Some(late) = watched.late(limit) {
            terminal.stop(&anyhow!(
                "`{}` was not rendered after {} seconds, for filing `{}`",
                late.template,
                limit.as_secs(),
                late.filing
            ));
            // No other thread prints after this, or there would be two SARIF documents.
            let _held = std::io::stdout().lock();
            stop.store(true, Ordering::Relaxed);
            thread::sleep(GRACE);
            exit(CANNOT_GO_ON.into());
        }
    };
    thread::Builder::new()
        .name("limit".to_owned())
        .spawn(watch)
        .context("cannot start a thread")?;
    Ok(renderings)
}
