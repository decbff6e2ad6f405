//! Waiting for a process that may have to be stopped.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Waits for a process to end. Returns `None` if it was killed because it took too long, or because
/// `stop` was set: Ctrl-C reaches it by itself, SIGTERM does not.
pub(super) fn wait(
    child: &mut Child,
    limit: Duration,
    stop: &AtomicBool,
) -> io::Result<Option<ExitStatus>> {
    const TICK: Duration = Duration::from_millis(1);
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit || stop.load(Ordering::Relaxed) {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(TICK);
    }
}
