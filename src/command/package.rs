//! `latefile package`: writes submissions for EDGAR, or checks an existing one (`--check`).

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{CLEAN, ERRORS, Terminal, ensure_disjoint, ensure_folders, exit_code, stop, tally};
use crate::cli::{Common, Package};
use crate::diagnostics::count::count;
use crate::diagnostics::deny;
use crate::diagnostics::finding;
use crate::diagnostics::secret::VARIABLE;
use crate::edgar::Format;
use crate::package::{self, Credentials, NAME, Terms};
use crate::pipeline::lfs;
use crate::pipeline::load::files;
use crate::pipeline::write;
use crate::pipeline::{self, Goal, Plan, RenderedFiling, Summary};
use crate::review::git;

/// The folder of packages if `--to` is not given.
const DEFAULT_FOLDER: &str = "packages";

/// Runs the command.
///
/// # Errors
/// The tool could not go on.
pub fn run(args: &Package, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    if let Some(path) = &args.check {
        stop::end_on_signal()?;
        return check(path, common, terminal);
    }
    let to = args.to.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FOLDER));
    ensure_folders(common)?;
    ensure_disjoint(("--to", &to), ("--filings", &common.filings))?;
    ensure_disjoint(("--to", &to), ("--out", &common.out))?;
    if let Some(file) = &args.ccc_file {
        // Findings show lines of sources and templates.
        ensure_disjoint(("--ccc-file", file), ("--filings", &common.filings))?;
        let templates = common.templates.as_deref();
        templates
            .map(|folder| ensure_disjoint(("--ccc-file", file), ("--templates", folder)))
            .transpose()?;
    }
    let terms = Terms::new(args.live, &args.accept)?;
    let credentials = Credentials::new(args.ccc_file.as_deref(), std::env::var_os(VARIABLE))?;
    args.ccc_file.as_deref().map(ensure_kept_out_of_git).transpose()?;
    // The default folder may be in a repository; a folder for codes is the user's own choice.
    if !credentials.is_none() && args.to.is_none() {
        bail!("{VARIABLE} is set, and a CCC goes only to a folder that --to names");
    }
    let mut summary = pipeline::run(&plan(args, common)?)?;
    terms.waive_accepted(&mut summary.findings);
    let mut packed = 0;
    if !summary.interrupted {
        match write_packages(&mut summary, &to, &terms, &credentials) {
            Ok(number) => packed = number,
            Err(error) => summary.error = summary.error.or(Some(error)),
        }
    }
    finding::sort(&mut summary.findings);
    // A finding about a shared registrant occurs once for each filing that uses it.
    summary.findings.dedup();
    terminal.findings(&summary.findings, summary.reasons())?;
    terminal.no_filings(common, &summary);
    for rule in terms
        .accepted
        .iter()
        .filter(|rule| !summary.findings.iter().any(|f| f.finding.rule == **rule))
    {
        terminal.say(&format!("note: `{}` was accepted, but does not occur", rule.code));
    }
    terminal.say(&closing(&summary, packed, &to, &terms, &credentials, terminal));
    if let Some(error) = &summary.error {
        terminal.error(error);
    }
    Ok(exit_code(&summary, &common.deny))
}

/// Checks that git would not commit the file of CCCs. Of a link, its target counts.
///
/// # Errors
/// Git would commit it, or cannot answer.
fn ensure_kept_out_of_git(file: &Path) -> anyhow::Result<()> {
    let target = file.canonicalize().with_context(|| format!("cannot read {}", file.display()))?;
    let folder = target.parent().unwrap_or(Path::new("/"));
    let name = target.file_name().map(PathBuf::from);
    git::keeps_out(folder, &name.into_iter().collect::<Vec<_>>())
        .with_context(|| format!("{} could be published with its CCCs", file.display()))
}

fn plan(args: &Package, common: &Common) -> anyhow::Result<Plan> {
    Ok(Plan {
        only: args.paths.clone(),
        formats: vec![Format::PDF],
        ..super::plan::plan(Goal::Render, common)?
    })
}

/// Makes the packages, writes those without errors, and returns their number.
fn write_packages(
    summary: &mut Summary,
    to: &Path,
    terms: &Terms,
    credentials: &Credentials,
) -> anyhow::Result<usize> {
    let mut all = std::mem::take(&mut summary.rendered);
    let ciks = package::ciks(&all).len();
    if matches!(credentials, Credentials::One(_)) && ciks > 1 {
        bail!(
            "{VARIABLE} is the CCC of one CIK, and {ciks} are to be packaged; use --ccc-file, or \
             name fewer filings"
        );
    }
    if !credentials.is_none() {
        let files: Vec<PathBuf> = all.iter().map(|made| Path::new(&made.id).join(NAME)).collect();
        // Before the first package is written: a refusal leaves no code on the disk.
        git::keeps_out(to, &files)
            .context("a CCC is not written to a place from which it could be published")?;
    }
    let mut packed = 0;
    for made in &mut all {
        packed += usize::from(write_package(made, summary, to, terms, credentials)?);
    }
    Ok(packed)
}

/// Makes a package, and returns whether it was written.
fn write_package(
    made: &mut RenderedFiling,
    summary: &mut Summary,
    to: &Path,
    terms: &Terms,
    credentials: &Credentials,
) -> anyhow::Result<bool> {
    terms.waive_accepted(&mut made.findings);
    let (bytes, found) = package::assemble(made, terms, credentials)?;
    summary.failed += usize::from(bytes.is_none());
    summary.findings.extend(found);
    let Some(bytes) = bytes else { return Ok(false) };
    write::write_private(to, &made.id, NAME, &bytes)?;
    Ok(true)
}

/// `16 filings · 15 TEST packages in packages, without CCCs · 1 without a package · 0 errors · 0
/// warnings`
fn closing(
    summary: &Summary,
    packed: usize,
    to: &Path,
    terms: &Terms,
    credentials: &Credentials,
    terminal: &Terminal,
) -> String {
    let flag = if terms.live { "LIVE package" } else { "TEST package" };
    let with = if credentials.is_none() { "without CCCs" } else { "with CCCs" };
    let mut parts = vec![count(summary.filings, "filing")];
    parts.push(format!("{} in {}, {with}", count(packed, flag), to.display()));
    if summary.filings > packed {
        parts.push(format!("{} without a package", summary.filings - packed));
    }
    parts.push(tally(&summary.findings, |n| terminal.after_notes(n)));
    parts.join(" · ")
}

/// Checks an existing package.
fn check(path: &Path, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let bytes = read(path).with_context(|| format!("cannot read {}", path.display()))?;
    lfs::ensure_no_pointer(path, &bytes)?;
    let mut checked = package::check(&files::shown(path), &bytes);
    finding::sort(&mut checked.findings);
    for line in &checked.contents {
        terminal.say(line);
    }
    terminal.findings(&checked.findings, [])?;
    terminal.say(&tally(&checked.findings, |n| terminal.after_notes(n)));
    let counts = checked.findings.iter().any(|found| deny::counts(found, &common.deny));
    Ok(if counts { ERRORS } else { CLEAN })
}

/// Reads one byte more than is checked, so that the check can report a larger file.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(package::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
