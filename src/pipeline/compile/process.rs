//! Runs typst once, in a folder of its own.

use std::env;
use std::ffi::OsStr;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;

use anyhow::Context as _;

use super::root::Root;
use super::typst::Typst;
use super::wait::wait;

/// The flags that the bytes of a PDF depend on.
// With a PDF standard, typst also reports a character that the font lacks; otherwise it prints a
// box and exits with 0.
// `a11y-extras` makes the first cell of a row its header; `bundle` compiles many documents in a run.
pub const FLAGS: &[&str] =
    &["--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1", "--features", "bundle,a11y-extras"];

/// The flags and the variable that keep typst from packages.
// A package in the cache of one machine would make other bytes than none on another. No folder has
// this name, and nothing listens on the port of the proxy.
const PACKAGES: &[&str] = &["--package-path", "none", "--package-cache-path", "none"];
const PROXY: (&str, &str) = ("HTTPS_PROXY", "http://127.0.0.1:1");

/// The variable by which glibc's malloc keeps the memory that a run of typst frees, for that run.
// Without it, a run asks for the same pages again and again: 3 % of its processor time.
const MALLOC: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.malloc.top_pad=67108864:glibc.malloc.trim_threshold=1073741824");

/// The most bytes of memory that typst may use. The largest filings need a quarter.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 4 * 1024 * 1024 * 1024;

/// The file that takes the messages of typst.
const MESSAGES: &str = "messages";
/// The warning that typst prints for every bundle.
// A test compares the bytes of a bundle with those of single compiles.
const EXPERIMENT: &str = "warning: bundle export is experimental";

/// The environment that typst needs to run.
// TYPST_* and SOURCE_DATE_EPOCH would change the PDF.
const ENVIRONMENT: [&str; 6] =
    ["HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME"];

/// How a run of typst ended.
#[derive(Debug)]
pub(super) enum End {
    /// It exited.
    Done {
        /// Whether its exit code is 0.
        success: bool,
        /// Its errors and warnings, a line each.
        faults: Vec<String>,
        /// Its first line; empty if it printed nothing.
        first_line: String,
    },
    /// A signal ended it: it ran out of stack or memory, or somebody stopped it.
    Killed,
    /// It was killed, because it took too long or the run was stopped.
    Late,
}

/// Returns a text of all that the bytes of a PDF depend on, except its source and the layout.
pub fn settings(version: &str) -> String {
    format!("typst {version} {}", FLAGS.join(" "))
}

impl Typst {
    /// Runs typst on a source in a folder, and writes to a target in it.
    ///
    /// # Errors
    /// Typst cannot be started, or its messages cannot be written or read.
    pub(super) fn run(
        &self,
        root: &Root,
        more: &[&str],
        (source, target): (&str, &str),
        stop: &AtomicBool,
    ) -> anyhow::Result<End> {
        // To a file: a pipe that nobody reads until the end could fill, and typst would wait.
        let messages = root.path(MESSAGES);
        let stderr = root
            .create(MESSAGES)
            .with_context(|| format!("cannot write {}", messages.display()))?;
        // One job: each thread of the build runs a typst of its own.
        let mut child = Command::new(&self.path)
            .args(["compile", "--root", ".", "--diagnostic-format", "short", "--jobs", "1"])
            .args(FLAGS)
            .args(PACKAGES)
            .args(more)
            .args([source, target])
            .current_dir(root.as_path())
            .env_clear()
            .envs(env::vars_os().filter(|(key, _)| is_inherited(key)))
            .env(PROXY.0, PROXY.1)
            .env(MALLOC.0, MALLOC.1)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .with_context(|| format!("cannot start {}", self.path.display()))?;
        limit_memory(&child);
        let Some(status) = wait(&mut child, self.limit, stop).context("cannot wait for typst")?
        else {
            return Ok(End::Late);
        };
        if status.code().is_none() {
            return Ok(End::Killed);
        }
        let messages = root.read(MESSAGES)?;
        let messages = String::from_utf8_lossy(&messages);
        Ok(End::Done {
            success: status.success(),
            faults: messages.lines().filter(|line| is_fault(line)).map(str::to_owned).collect(),
            first_line: messages.lines().next().unwrap_or_default().to_owned(),
        })
    }
}

/// Limits the memory of a process, if the system can limit that of another process.
fn limit_memory(child: &Child) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let limit = Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) };
        // A process that has ended, or a lower limit of the user, is no error.
        let _ = prlimit(pid, Resource::As, limit);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = child;
}

/// Whether a line of typst reports a fault.
fn is_fault(line: &str) -> bool {
    // Warnings too: typst only warns of an unknown font, and sets the text in another one.
    line.contains("error:") || (line.contains("warning:") && line != EXPERIMENT)
}

/// Whether typst inherits an environment variable.
fn is_inherited(key: &OsStr) -> bool {
    ENVIRONMENT.iter().any(|inherited| key == *inherited)
}
