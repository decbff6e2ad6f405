//! Ends the process early: at a second signal, or if the rendering of a template takes too much time
//! or memory.

use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use super::{CANNOT_GO_ON, INTERRUPTED, Terminal};
use crate::cli::Common;
use crate::pipeline::render::{Rendering, Renderings};
use crate::review::pager;

/// The interval at which renderings are checked, and the longest time of a short one.
const TICK: Duration = Duration::from_millis(100);
/// The most memory that the process may take during a rendering, in MiB. The documents of the
/// largest filing take a tenth.
const MOST_MEMORY_MIB: usize = 1024;
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

/// Lets Ctrl-C, SIGTERM and SIGHUP end a command that does not poll a flag. Returns a flag that, once
/// set, makes the process ignore them.
///
/// # Errors
/// The handler cannot be installed.
pub(super) fn end_on_signal() -> anyhow::Result<Arc<AtomicBool>> {
    let ignores = Arc::new(AtomicBool::new(false));
    let flag = ignores.clone();
    let handler = move || {
        if !flag.load(Ordering::Relaxed) {
            exit(INTERRUPTED.into());
        }
    };
    ctrlc::set_handler(handler).context("cannot watch for Ctrl-C")?;
    Ok(ignores)
}

/// Shows a text in the pager, during which this process ignores Ctrl-C. Returns false if there is no
/// pager.
pub(super) fn paged(text: &str, ignores_signals: &AtomicBool) -> bool {
    // Ctrl-C reaches both processes. If this one ended first, the shell and the pager would read the
    // same terminal.
    ignores_signals.store(true, Ordering::Relaxed);
    pager::page(text)
}

/// Returns a list for the renderings of a run. If one of them exceeds a limit, the process ends
/// with an error, and `stop` is set shortly before.
///
/// # Errors
/// The system provides no thread.
pub(super) fn if_late(common: &Common, stop: &Arc<AtomicBool>) -> anyhow::Result<Arc<Renderings>> {
    let renderings = Arc::<Renderings>::default();
    let (terminal, limit) = (Terminal::new(common), Duration::from_secs(common.render_limit));
    let (watched, stop) = (renderings.clone(), stop.clone());
    let mut growth = Growth::default();
    let watch = move || loop {
        thread::sleep(TICK);
        let long = watched.longer_than(TICK);
        let late = watched.longer_than(limit).into_iter().next();
        let late =
            late.map(|late| (late, format!("not rendered after {} seconds", limit.as_secs())));
        let large = || {
            Some((
                growth.too_large(&long)?,
                format!("stopped: it took over {MOST_MEMORY_MIB} MiB of memory"),
            ))
        };
        if let Some((rendering, why)) = late.or_else(large) {
            let (template, filing) = (&rendering.template, &rendering.filing);
            terminal.stop(&anyhow!("`{template}` was {why}, for filing `{filing}`"));
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

/// The long renderings, each with the memory of the process when it was first seen, in bytes.
#[derive(Debug, Default)]
struct Growth(Vec<(Arc<Rendering>, usize)>);

impl Growth {
    /// Returns a rendering during which the process took too much memory, or `None` if there is
    /// none. `long` are the renderings that are not short.
    // A value that a template doubles in a loop fills any memory within seconds, and the engine has
    // no limit. The memory of one thread cannot be measured, so each may take as much.
    fn too_large(&mut self, long: &[Arc<Rendering>]) -> Option<Arc<Rendering>> {
        self.0.retain(|(known, _)| long.iter().any(|long| Arc::ptr_eq(known, long)));
        if long.is_empty() {
            return None;
        }
        let now = memory_stats::memory_stats()?.physical_mem;
        for rendering in long {
            if !self.0.iter().any(|(known, _)| Arc::ptr_eq(known, rendering)) {
                self.0.push((rendering.clone(), now));
            }
        }
        let most = MOST_MEMORY_MIB * 1024 * 1024 * self.0.len();
        let found = self.0.iter().find(|(_, before)| now > before.saturating_add(most));
        found.map(|(rendering, _)| rendering.clone())
    }
}
