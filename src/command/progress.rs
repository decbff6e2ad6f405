//! Shows the progress of a build: on a terminal as a bar that disappears at the end, elsewhere as a
//! line every ten seconds. A short build shows neither.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;
use crate::diagnostics::count::grouped;
use crate::pipeline::Progress;

/// The interval at which the bar moves.
const TICK: Duration = Duration::from_millis(200);
/// The interval of lines if standard error is not a terminal, such as a log of a workflow.
const LINE: Duration = Duration::from_secs(10);

/// Runs some work and shows its progress.
pub(super) fn during<T>(progress: &Progress, terminal: &Terminal, work: impl FnOnce() -> T) -> T {
    let Some(on_terminal) = terminal.progress() else { return work() };
    std::thread::scope(|scope| {
        let (end, ended) = channel::<()>();
        scope.spawn(move || {
            if on_terminal { bar(progress, &ended) } else { lines(progress, terminal, &ended) }
        });
        let result = work();
        // Closing the channel wakes the other thread at once.
        drop(end);
        result
    })
}

fn bar(progress: &Progress, ended: &Receiver<()>) {
    let start = Instant::now();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    // The template is a constant, so this does not fail; without it the bar is only plainer.
    if let Ok(style) = ProgressStyle::with_template("{bar:20} {msg}") {
        bar.set_style(style.progress_chars("█▌░"));
    }
    while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
        if let Some(line) = line(progress, start.elapsed()) {
            bar.set_length(progress.filings() as u64);
            bar.set_position(progress.done() as u64);
            bar.set_message(line);
        }
    }
    bar.finish_and_clear();
}

fn lines(progress: &Progress, terminal: &Terminal, ended: &Receiver<()>) {
    let start = Instant::now();
    while ended.recv_timeout(LINE) == Err(RecvTimeoutError::Timeout) {
        if let Some(line) = line(progress, start.elapsed()) {
            terminal.say(&line);
        }
    }
}

/// `1,204 of 10,000 filings · 132/s · 67 s left`, or `None` before the first filing is done.
fn line(progress: &Progress, spent: Duration) -> Option<String> {
    let (done, all) = (progress.done(), progress.filings());
    if done == 0 {
        return None;
    }
    let rate = done as f64 / spent.as_secs_f64();
    // `min`: another thread may raise or reset the counts between the two reads.
    let left = (all - done.min(all)) as f64 / rate;
    Some(format!(
        "{} of {} filings · {rate:.0}/s · {} left",
        grouped(done),
        grouped(all),
        time(left)
    ))
}

/// `67 s`, `12 min`
fn time(seconds: f64) -> String {
    if seconds < 120.0 { format!("{seconds:.0} s") } else { format!("{:.0} min", seconds / 60.0) }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Progress, line, time};

    #[test]
    fn no_line_before_the_first_filing() {
        assert_eq!(line(&Progress::default(), Duration::from_secs(1)), None);
    }

    #[test]
    fn times_are_short() {
        assert_eq!([0.4, 67.2, 119.0, 754.0].map(time), ["0 s", "67 s", "119 s", "13 min"]);
    }
}
