//! `latefile redline`: what changed between two revisions or folders, for people and for programs.
//! On a terminal it is paged, as git pages.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{CLEAN, Terminal};
use crate::cli::{Common, Redline, RedlineFormat};
use crate::diagnostics::count::count;
use crate::pipeline::write;
use crate::review::git::Repository;
use crate::review::pager;
use crate::review::redline::{self, Origin, Revision, formats};

/// Runs the command.
///
/// # Errors
/// The tool could not go on: no such revision or folder, templates that cannot be read.
pub fn run(args: &Redline, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let repository = Repository::around(Path::new("."));
    let sides =
        Sides { common, repository: repository.as_ref().ok(), fault: repository.as_ref().err() };
    let (old, new) = sides.read(&args.old, args.new.as_deref())?;
    for side in [&old, &new].into_iter().filter(|side| side.is_empty()) {
        terminal.say(&format!("no filings in {} of {}", common.filings.display(), side.label));
    }
    for id in &args.ids {
        if !old.has(id) && !new.has(id) {
            bail!("there is no filing `{id}` on either side");
        }
    }
    let text = if args.r_tags {
        marked(&old, &new, args, terminal)?
    } else {
        let compared = redline::compare(&old, &new, &args.ids)?;
        match args.format {
            RedlineFormat::Terminal => {
                formats::terminal(&compared, args.output.is_none() && terminal.color_out)
            }
            RedlineFormat::Markdown => formats::markdown(&compared),
            RedlineFormat::Html => formats::html(&compared)?,
            RedlineFormat::Json => formats::json(&compared)?,
        }
    };
    match &args.output {
        Some(path) => drop(write::replace(path, text.as_bytes())?),
        None if args.no_pager || !io::stdout().is_terminal() => super::product(&text)?,
        None => paged(&text)?,
    }
    Ok(CLEAN)
}

/// A document of an amended notice with EDGAR's marks.
///
/// # Errors
/// There is none that can be marked.
fn marked(
    old: &Revision,
    new: &Revision,
    args: &Redline,
    terminal: &Terminal,
) -> anyhow::Result<String> {
    let marked = redline::marked(old, new, &args.ids, args.document.as_deref())?;
    let marks = marked.paragraphs.map(|marks| count(marks, "marked paragraph"));
    let marks = marks.unwrap_or_else(|| "new, so that nothing in it is marked".to_owned());
    terminal.say(&format!(
        "{} of {}, held against {}: {marks}",
        marked.stem, marked.id, marked.against
    ));
    for other in &marked.others {
        terminal.say(&format!("{other} changed too: --document {other}"));
    }
    Ok(marked.text)
}

/// Shows a text a screen at a time, or all of it where there is no pager.
///
/// # Errors
/// Standard output cannot be written.
fn paged(text: &str) -> anyhow::Result<()> {
    // Ctrl-C is for the pager, which is not to be left alone with the terminal.
    let _stopped = super::stop_on_signal()?;
    if pager::page(text) { Ok(()) } else { super::product(text) }
}

/// A path as it is from the folder that one stands in, if it is below; another folder may have the
/// same.
fn from_here(path: &Path) -> &Path {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}

/// Where sides come from.
struct Sides<'a> {
    common: &'a Common,
    repository: Option<&'a Repository>,
    /// Why there is no repository.
    fault: Option<&'a anyhow::Error>,
}

impl Sides<'_> {
    /// Both sides, from what the user typed.
    fn read(&self, old: &str, new: Option<&str>) -> anyhow::Result<(Revision, Revision)> {
        let whole = Path::new(old).is_dir();
        let range = old
            .split_once("...")
            .map(|parts| (parts, true))
            .or(old.split_once("..").map(|parts| (parts, false)));
        if let (false, Some(((from, to), parted))) = (whole, range) {
            if new.is_some() {
                bail!("`{old}` is a range, which has both sides; leave out NEW");
            }
            let repository = self.repository(old)?;
            let commit = |revision: &str| {
                repository.commit(if revision.is_empty() { "HEAD" } else { revision })
            };
            let (before, after) = (commit(from)?, commit(to)?);
            let base = if parted { repository.merge_base(&before, &after)? } else { before };
            let label = |revision: &str| {
                if revision.is_empty() { "HEAD".to_owned() } else { revision.to_owned() }
            };
            return Ok((self.commit(&label(from), base)?, self.commit(&label(to), after)?));
        }
        let new = match new {
            Some(new) => self.side(new)?,
            None => self.folders(
                "work tree",
                self.common.filings.clone(),
                self.common.templates.clone(),
            )?,
        };
        Ok((self.side(old)?, new))
    }

    /// A folder, or else a revision.
    fn side(&self, name: &str) -> anyhow::Result<Revision> {
        let folder = Path::new(name);
        if !folder.is_dir() {
            let commit = self.repository(name)?.commit(name)?;
            return self.commit(name, commit);
        }
        let inside = folder.join(from_here(&self.common.filings));
        if from_here(&self.common.filings).is_relative() && inside.is_dir() {
            let templates = self.common.templates.as_ref().map(|own| folder.join(from_here(own)));
            let templates = templates.filter(|own| own.is_dir());
            return self.folders(name, inside, templates);
        }
        self.folders(name, folder.to_owned(), self.common.templates.clone())
    }

    fn folders(
        &self,
        label: &str,
        filings: PathBuf,
        templates: Option<PathBuf>,
    ) -> anyhow::Result<Revision> {
        Revision::read(label, &Origin::Folders { filings, templates }, None)
    }

    fn commit(&self, label: &str, commit: String) -> anyhow::Result<Revision> {
        let repository = self.repository(label)?;
        let inside = |folder: &PathBuf| repository.inside(folder);
        let filings = inside(&self.common.filings)?;
        let templates = self.common.templates.as_ref().map(inside).transpose()?;
        Revision::read(label, &Origin::Commit { commit, filings, templates }, Some(repository))
    }

    fn repository(&self, wanted: &str) -> anyhow::Result<&Repository> {
        let why = || self.fault.map(|fault| format!(", and {fault:#}")).unwrap_or_default();
        self.repository.with_context(|| format!("there is no directory `{wanted}`{}", why()))
    }
}
