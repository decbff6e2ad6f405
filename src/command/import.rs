//! `latefile import`: reads filed notices and Word drafts, and writes the YAML of filings.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use serde::Deserialize as _;

use super::{CANNOT_GO_ON, CLEAN, ERRORS, Terminal, lint};
use crate::cli::{Common, Import};
use crate::diagnostics::deny;
use crate::diagnostics::finding::{self, Located};
use crate::form12b25::model::RegistrantKeys;
use crate::import::notice::{Notice, Registrant};
use crate::import::{self, Agreement, Heading, Shared, container};
use crate::pipeline::load::{self, files};
use crate::pipeline::write;

/// A file that was read, with the name of the original and its path as findings print it.
struct Read {
    source: String,
    shown: String,
    notice: Notice,
    findings: Vec<Located>,
}

/// Runs the command.
///
/// # Errors
/// The arguments do not fit each other, a shared registrant cannot be written, or standard output
/// cannot.
pub fn run(args: &Import, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let Some(to) = &args.to else {
        let [file] = args.files.as_slice() else {
            bail!("several files need --to, the folder to write to");
        };
        let Read { source, notice, findings, .. } = read(file)?;
        let heading = Heading { source: &source, schema: None };
        terminal.print_document(&import::yaml(&notice, &heading, &[]))?;
        return Ok(report(findings, common, terminal));
    };
    let is_file = to.extension().is_some_and(|suffix| suffix == "yaml");
    if is_file && args.files.len() > 1 {
        bail!("several files need a folder to write to, and `{}` is a file", to.display());
    }
    let target = |file: &PathBuf| if is_file { to.clone() } else { to.join(name(file)) };
    let registrants = args.registrant.then_some(common.filings.as_path());
    let mut code = CLEAN;
    let mut findings = Vec::new();
    for (path, read) in all(&args.files) {
        let written = read.and_then(|read| {
            let of_registrants = write(&read, &target(path), None, registrants, terminal)?;
            Ok([read.findings, of_registrants].concat())
        });
        match written {
            Ok(found) => findings.extend(found),
            // The other files are read all the same.
            Err(error) => {
                terminal.error(&error);
                code = CANNOT_GO_ON;
            }
        }
    }
    Ok(code.max(report(findings, common, terminal)))
}

/// Prints findings, and returns the exit code: only denied ones affect it, since YAML was written.
fn report(mut findings: Vec<Located>, common: &Common, terminal: &Terminal) -> u8 {
    finding::sort(&mut findings);
    terminal.findings_on_stderr(&findings);
    let is_denied = findings.iter().any(|found| deny::is_denied(found, &common.deny));
    if is_denied { ERRORS } else { CLEAN }
}

/// Reads files into the folder of filings of a new repository, if all of them can be read.
///
/// # Errors
/// A file cannot be read, or has no Form 12b-25; then `make` does not run.
pub(super) fn into(
    filings: &Path,
    paths: &[PathBuf],
    terminal: &Terminal,
    make: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let all: Vec<_> = all(paths)
        .into_iter()
        .map(|(path, read)| Ok((path, read?)))
        .collect::<anyhow::Result<_>>()?;
    make()?;
    for (path, read) in &all {
        let path = filings.join(name(path));
        write(read, &path, Some("../schema/filing.json"), None, terminal)?;
    }
    let mut findings: Vec<Located> = all.into_iter().flat_map(|(_, read)| read.findings).collect();
    finding::sort(&mut findings);
    terminal.findings_on_stderr(&findings);
    Ok(())
}

/// Reads files side by side, and returns them in their order.
fn all(paths: &[PathBuf]) -> Vec<(&PathBuf, anyhow::Result<Read>)> {
    paths.par_iter().map(|path| (path, read(path))).collect()
}

/// Reads a file.
fn read(path: &Path) -> anyhow::Result<Read> {
    let shown = files::shown(path);
    let mut bytes = Vec::new();
    let most = container::MOST_BYTES + 1;
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.with_context(|| format!("cannot read {shown}"))?;
    let notice = import::read(&bytes).with_context(|| format!("cannot import {shown}"))?;
    let source = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let text = || Cow::Owned(container::shown(&bytes));
    let findings = lint::located(import::findings(&notice), &shown, &bytes, text);
    Ok(Read { source, shown, notice, findings })
}

/// Writes a filing, and with a folder of filings its registrants as shared files of it. Returns the
/// findings about the shared files.
fn write(
    read: &Read,
    path: &Path,
    schema: Option<&str>,
    registrants: Option<&Path>,
    terminal: &Terminal,
) -> anyhow::Result<Vec<Located>> {
    let Read { source, shown, notice, .. } = read;
    let all = std::iter::once(&notice.registrant).chain(&notice.co_registrants);
    if path.symlink_metadata().is_ok() {
        bail!("there is a `{}` already; nothing was written", files::shown(path));
    }
    let shared: Vec<Option<Shared>> = match registrants {
        Some(filings) => {
            all.map(|one| share(one, source, filings, terminal)).collect::<anyhow::Result<_>>()?
        }
        None => Vec::new(),
    };
    let text = import::yaml(notice, &Heading { source, schema }, &shared);
    if !write::create(path, text.as_bytes())? {
        bail!("there is a `{}` already; nothing was written", files::shown(path));
    }
    terminal.say(&format!("{} written", files::shown(path)));
    Ok(lint::located(import::shared_findings(&shared), shown, &[], || "".into()))
}

/// Writes a registrant as a shared file, or keeps the one that there is. Returns `None` if the
/// registrant's name was not read.
fn share(
    registrant: &Registrant,
    source: &str,
    filings: &Path,
    terminal: &Terminal,
) -> anyhow::Result<Option<Shared>> {
    let Some(name) = &registrant.name else { return Ok(None) };
    let id = files::better_id(&name.replace('/', "-"));
    let path = filings.join(files::SharedKind::Registrant.folder()).join(format!("{id}.yaml"));
    let heading = Heading { source, schema: Some("../../schema/registrant.json") };
    let text = import::registrant(registrant, &heading);
    let is_new = write::create(&path, text.as_bytes())?;
    let shown = files::shown(&path);
    terminal.say(&format!("{shown} {}", if is_new { "written" } else { "kept" }));
    let agreement = if is_new {
        Agreement::Whole
    } else {
        let written = fs::read_to_string(&path).unwrap_or_default();
        let tree = load::parse_tree(&written).ok();
        let keys = tree.and_then(|parsed| RegistrantKeys::deserialize(&parsed.tree).ok());
        keys.map_or(Agreement::Unknown, |keys| Agreement::of(registrant, &text, &keys, &written))
    };
    Ok(Some(Shared { id, shown, agreement }))
}

/// Returns the file name of a filing that can be an id.
fn name(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
    format!("{}.yaml", files::better_id(&stem.replace('/', "-"))).into()
}
