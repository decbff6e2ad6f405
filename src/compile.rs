//! Typst source to PDF bytes. The only room that starts typst, and what is said to typst stands
//! here alone: a fresh folder as its root, its own fonts, PDF/A-2a and PDF/UA-1 in one.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

/// The version whose output the layouts are made for.
pub const VERSION: &str = "0.15.1";

/// The flags that the bytes of a PDF depend on.
const FLAGS: &[&str] = &["--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1"];

/// The longest that a document may take; the longest real ones take a second.
const LIMIT: Duration = Duration::from_secs(60);
/// The longest that typst may take to say its version.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// The typst binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typst {
    path: PathBuf,
    limit: Duration,
    /// The version that it answered.
    pub version: String,
}

/// Which typst a run would use, before any is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The one that the user named, of whatever version.
    Named(PathBuf),
    /// The first of PATH and the cache that answers [`VERSION`].
    Found,
}

/// Why a document could not be compiled: typst's own lines, without paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub Vec<String>);

impl Choice {
    /// From the value of `--typst`.
    pub fn new(named: Option<PathBuf>) -> Choice {
        named.map_or(Choice::Found, Choice::Named)
    }

    /// Finds the binary.
    ///
    /// # Errors
    /// There is none that answers, with what to do about it.
    pub fn find(&self) -> anyhow::Result<Typst> {
        match self {
            Choice::Named(path) => {
                let version = version_of(path).with_context(|| format!("`{}` does not answer as typst does", path.display()))?;
                Ok(Typst { path: path.clone(), limit: LIMIT, version })
            }
            Choice::Found => candidates()
                .into_iter()
                .find(|path| version_of(path).is_some_and(|version| version == VERSION))
                .map(|path| Typst { path, limit: LIMIT, version: VERSION.to_owned() })
                .with_context(|| {
                    format!(
                        "there is no typst {VERSION}, so no PDF was made; `make` installs it, or name it with --typst, \
                         or run: cargo install typst-cli --version {VERSION} --locked --no-default-features --features embedded-fonts"
                    )
                }),
        }
    }

    /// The version that compiled documents depend on; a named typst is asked for it.
    ///
    /// # Errors
    /// The named typst does not answer.
    pub fn version(&self) -> anyhow::Result<String> {
        match self {
            Choice::Named(_) => Ok(self.find()?.version),
            Choice::Found => Ok(VERSION.to_owned()),
        }
    }
}

/// Every `typst` on PATH, then the one that `make` installs.
fn candidates() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut all: Vec<PathBuf> = env::split_paths(&path).map(|dir| dir.join("typst")).filter(|p| p.is_file()).collect();
    let cache = env::var_os("XDG_CACHE_HOME")
        .filter(|dir| !dir.is_empty())
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    all.extend(cache.map(|dir| dir.join(format!("latefile/typst-{VERSION}/bin/typst"))));
    all
}

/// The `0.15.1` of `typst 0.15.1 (…)`.
fn version_of(path: &Path) -> Option<String> {
    let mut child = Command::new(path)
        .arg("--version")
        .env_remove(crate::secret::VARIABLE) // no business of another program
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    wait(&mut child, ANSWER_LIMIT).ok()??;
    let mut text = String::new();
    child.stdout.take()?.take(1000).read_to_string(&mut text).ok()?;
    let mut words = text.split_whitespace();
    (words.next() == Some("typst")).then(|| words.next().map(str::to_owned)).flatten()
}

/// What the bytes of a PDF depend on beside its source and the layout.
pub fn settings(version: &str) -> String {
    format!("typst {version} {}", FLAGS.join(" "))
}

impl Typst {
    /// Compiles one document. The inner error is the document's fault, the outer one the tool's.
    ///
    /// # Errors
    /// Typst cannot be started, or a temporary file cannot be written.
    pub fn compile(&self, source: &str, layout: &str) -> anyhow::Result<Result<Vec<u8>, Fault>> {
        // A fresh folder: typst follows symbolic links inside its root.
        let root = tempfile::Builder::new().prefix("latefile-").tempdir().context("cannot make a temporary folder")?;
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
        };
        write("main.typ", source)?;
        write("layout.typ", layout)?;
        // To a file: a pipe that nobody reads until the end could fill.
        let said = root.path().join("said");
        let stderr = File::create(&said).with_context(|| format!("cannot write {}", said.display()))?;
        let mut child = Command::new(&self.path)
            .args(["compile", "--root", ".", "--diagnostic-format", "short", "--jobs", "1"])
            .args(FLAGS)
            .args(["main.typ", "main.pdf"])
            .current_dir(root.path())
            .env_clear() // TYPST_* and SOURCE_DATE_EPOCH would change what is made
            .envs(env::vars_os().filter(|(key, _)| kept(key)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .with_context(|| format!("cannot start {}", self.path.display()))?;
        let Some(status) = wait(&mut child, self.limit).context("cannot wait for typst")? else {
            let seconds = self.limit.as_secs_f32();
            return Ok(Err(Fault(vec![format!("error: it was not done after {seconds} seconds")])));
        };
        let said = fs::read(&said).with_context(|| format!("cannot read {}", said.display()))?;
        let said = String::from_utf8_lossy(&said);
        let faults: Vec<String> =
            said.lines().filter(|l| l.contains("error:") || l.contains("warning:")).map(str::to_owned).collect();
        if !status.success() && status.code().is_none() {
            bail!("typst was killed");
        }
        if !status.success() && faults.is_empty() {
            bail!("typst failed: {}", said.lines().next().unwrap_or("it did not say why"));
        }
        if !faults.is_empty() {
            return Ok(Err(Fault(faults)));
        }
        let pdf = root.path().join("main.pdf");
        fs::read(&pdf).map(Ok).with_context(|| format!("cannot read {}", pdf.display()))
    }
}

/// Waits for a process; none if it had to be killed because it took too long.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    const TICK: Duration = Duration::from_millis(1);
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(TICK);
    }
}

/// What typst needs to run at all.
fn kept(key: &OsStr) -> bool {
    ["HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "XDG_CACHE_HOME", "XDG_DATA_HOME"]
        .iter()
        .any(|k| key == *k)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_typst_that_hangs_is_killed_and_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("typst");
        fs::write(&path, "#!/bin/sh\nexec sleep 1000\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let typst = Typst { path, limit: Duration::from_millis(200), version: VERSION.to_owned() };
        let fault = typst.compile("", "").unwrap().unwrap_err();
        assert_eq!(fault.0, ["error: it was not done after 0.2 seconds"]);
    }
}
