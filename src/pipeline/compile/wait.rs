//! Waits for a process, with a time limit.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Waits for a process to end. Kills it and returns `None` if it takes longer than `limit`, or if
/// `stop` is set.
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
        // Ctrl-C also reaches the child; a SIGTERM to this process does not.
        if start.elapsed() > limit || stop.load(Ordering::Relaxed) {
            child.kill()?;
            child.wait()?; // or it stays as a zombie
            return Ok(None);
        }
        thread::sleep(TICK);
    }
}
