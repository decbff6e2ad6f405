//! What the integration tests share: running the binary, folders to run it in, expected files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The binary, to be run in a folder, with all notes: expected files have them.
pub(crate) fn latefile(folder: &Path) -> Command {
    let mut command = latefile_as_users_have_it(folder);
    command.arg("--notes");
    command
}

/// The binary, to be run in a folder. No setting of the developer's, or of a workflow, reaches it.
pub(crate) fn latefile_as_users_have_it(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_latefile"));
    command
        .current_dir(folder)
        .env_remove("LATEFILE_TYPST")
        .env_remove("LATEFILE_FILINGS")
        .env_remove("LATEFILE_OUT")
        .env_remove("LATEFILE_TEMPLATES")
        .env_remove("LATEFILE_CLOSED_DAYS")
        .env_remove("LATEFILE_DENY")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("FORCE_COLOR")
        .env_remove("GITHUB_ACTIONS")
        .env("LC_ALL", "C");
    if folder.starts_with(root()) {
        // The search for a project file ends at the home folder; a case has none of its own.
        command.env("HOME", folder).env("XDG_CACHE_HOME", cache());
    }
    command
}

/// The folder of caches, in which typst may be.
fn cache() -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache");
    std::env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from)
}

/// Runs the binary and waits.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Output {
    latefile(folder).args(args).output().expect("the binary starts")
}

/// Runs the binary, which is to end well.
pub(crate) fn succeeds(folder: &Path, args: &[&str]) {
    let output = run(folder, args);
    assert!(output.status.success(), "{}", transcript(&output));
}

/// Runs the binary, which is to end with a code, and answers all that it said.
pub(crate) fn fails(folder: &Path, args: &[&str], code: i32) -> String {
    let output = run(folder, args);
    assert_eq!(output.status.code(), Some(code), "{}", transcript(&output));
    transcript(&output)
}

/// Standard output, standard error and the exit code as one text.
pub(crate) fn transcript(output: &Output) -> String {
    let code = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    format!("{}-- stderr\n{}-- exit {code}\n", text(&output.stdout), text(&output.stderr))
}

/// Bytes as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Compares with the expected file, or with `BLESS` in the environment writes it.
pub(crate) fn expect(path: &Path, actual: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, actual).expect("the expected file can be written");
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected != actual {
        let differing = expected.lines().zip(actual.lines()).position(|(a, b)| a != b);
        let line = differing.unwrap_or(expected.lines().count().min(actual.lines().count()));
        let around = |text: &str| {
            text.lines().skip(line.saturating_sub(2)).take(6).collect::<Vec<_>>().join("\n")
        };
        panic!(
            "{} differs from line {}; `make bless` and `git diff` show all\n--- expected\n{}\n--- actual\n{}",
            path.display(),
            line + 1,
            around(&expected),
            around(actual)
        );
    }
}

/// A new folder that goes with the test.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Copies a folder and what is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder to copy") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Every file below a folder with its bytes, by its path.
pub(crate) fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut all = std::collections::BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(|e| e.expect("an entry")) {
        if entry.file_type().is_file() {
            let name =
                entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            // The lock file records times, which differ from run to run.
            let bytes = if entry.file_name() == ".lock" {
                Vec::new()
            } else {
                fs::read(entry.path()).expect("a file")
            };
            all.insert(name, bytes);
        }
    }
    all
}

/// A filing that has nothing wrong with it.
pub(crate) const SOUND: &str = "\
report: {form: 10-K, period_ended: 2025-12-31}
registrant:
  name: Quiet Harbor, Inc.
  cik: \"0009990001\"
  filer_status: non-accelerated
  address: {street: 1 Pier Road, city: Portland, state: Maine, zip: \"04101\"}
relief: sought
narrative: >-
  On March 3, 2026 a fire destroyed the ledgers of one subsidiary, which are being rebuilt from bank statements and
  from the copies of invoices that its customers keep.
contact: {name: Jane Roe, phone: 207-555-0100}
prior_reports: {all_filed: true}
results_change: {anticipated: false}
signature:
  {signed: true, date: 2026-03-31, name: Jane Roe, title: Chief Financial Officer, signer: executive-officer}
";

/// A repository with the given filings.
pub(crate) fn repository(filings: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder();
    for (name, text) in filings {
        let path = folder.path().join("filings").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The typst that the tool would use.
pub(crate) fn typst() -> PathBuf {
    let on_path = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .map(|dir| dir.join("typst"))
        .find(|p| p.is_file());
    let cached =
        cache().join(format!("latefile/typst-{0}/bin/typst", latefile::pipeline::compile::VERSION));
    std::env::var_os("LATEFILE_TYPST")
        .map(PathBuf::from)
        .or(cached.is_file().then_some(cached))
        .or(on_path)
        .expect("typst; `make typst` installs it")
}
