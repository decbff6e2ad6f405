//! `latefile redline`: compares the filings of two revisions or folders. On a terminal, a pager
//! shows the result, as in git.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::{CLEAN, ERRORS, Terminal, ensure_own, plan, stop};
use crate::cli::{Common, PROJECT_FILE, Paths, Project, Redline, RedlineFormat};
use crate::diagnostics::count::count;
use crate::diagnostics::deny;
use crate::diagnostics::finding::Located;
use crate::form12b25::deadline::Calendar;
use crate::pipeline::load::MOST_BYTES;
use crate::pipeline::write;
use crate::review::git::Repository;
use crate::review::redline::{self, Origin, Revision, formats};

/// Runs the command. Only denied findings affect the exit code.
///
/// # Errors
/// There is no such revision or folder, or the templates cannot be read.
pub fn run(args: &Redline, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let ignores_signals = stop::end_on_signal()?;
    [&common.filings, &common.out].into_iter().try_for_each(|folder| ensure_own(folder))?;
    // Around the filings: they may be in a submodule, or in a repository elsewhere.
    let repository = Repository::around(&common.filings);
    let sides =
        Sides { common, repository: repository.as_ref().ok(), fault: repository.as_ref().err() };
    let (mut old, mut new) = sides.read(&args.old, args.new.as_deref())?;
    let renderings = stop::if_late(common, &Arc::default())?;
    (old.renderings, new.renderings) = (renderings.clone(), renderings);
    for side in [&old, &new].into_iter().filter(|side| side.is_empty()) {
        terminal.say(&format!("no filings in {} of {}", common.filings.display(), side.label));
    }
    if let Some(id) = args.ids.iter().find(|id| !old.has(id) && !new.has(id)) {
        bail!("there is no filing `{id}` on either side");
    }
    // With EDGAR's marks, the comparison only answers whether a denied finding occurs.
    let compared = (!args.r_tags || !common.deny.is_empty())
        .then(|| redline::compare(&old, &new, &args.ids))
        .transpose()?;
    let text = match &compared {
        Some(compared) if !args.r_tags => text(compared, args, terminal)?,
        _ => marked(&old, &new, args, terminal)?,
    };
    match &args.output {
        Some(path) if path != Path::new("-") => drop(write::replace(path, text.as_bytes())?),
        _ if args.no_pager || args.output.is_some() || !io::stdout().is_terminal() => {
            output(&text, args, terminal)?
        }
        _ if stop::paged(&text, &ignores_signals) => {}
        _ => output(&text, args, terminal)?,
    }
    let found = compared.into_iter().flat_map(|compared| compared.filed);
    let denied: Vec<Located> = found
        .map(|change| change.found)
        .filter(|found| deny::is_denied(found, &common.deny))
        .collect();
    terminal.findings_on_stderr(&denied);
    Ok(if denied.is_empty() { CLEAN } else { ERRORS })
}

/// Formats a redline.
fn text(
    compared: &redline::Redline,
    args: &Redline,
    terminal: &Terminal,
) -> anyhow::Result<String> {
    Ok(match args.format {
        RedlineFormat::Terminal => {
            formats::terminal(compared, args.output.is_none() && terminal.color_out)
        }
        RedlineFormat::Markdown => formats::markdown(compared),
        RedlineFormat::Html => formats::html(compared)?,
        RedlineFormat::Json => formats::json(compared)?,
    })
}

/// Returns a document of an amended notice with EDGAR's marks.
///
/// # Errors
/// No document can be marked.
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
        "{} of {}, compared with {}: {marks}",
        marked.stem, marked.id, marked.against
    ));
    for other in &marked.others {
        terminal.say(&format!("{other} changed too: --document {other}"));
    }
    Ok(marked.text)
}

/// Prints a text to standard output.
///
/// # Errors
/// Standard output cannot be written.
fn output(text: &str, args: &Redline, terminal: &Terminal) -> anyhow::Result<()> {
    if args.format == RedlineFormat::Terminal && !args.r_tags {
        terminal.print(text)
    } else {
        terminal.print_document(text)
    }
}

/// Resolves the arguments to revisions or folders.
struct Sides<'a> {
    common: &'a Common,
    repository: Option<&'a Repository>,
    /// The reason why there is no repository.
    fault: Option<&'a anyhow::Error>,
}

impl Sides<'_> {
    /// Reads both sides from the arguments.
    fn read(&self, old: &str, new: Option<&str>) -> anyhow::Result<(Revision, Revision)> {
        // A folder may have `..` in its name: `../old` is not a range.
        let whole = Path::new(old).is_dir();
        // `...` first: `a...b` also contains `..`.
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
            None if self.repository.is_some_and(Repository::is_bare) => {
                bail!("this repository is bare and has no work tree: name two revisions")
            }
            None => {
                let Common { filings, templates, out, .. } = self.common.clone();
                self.folders("work tree", filings, templates, Some(out), self.repository)?
                    .with_calendar(plan::calendar(self.common)?)
            }
        };
        Ok((self.side(old)?, new))
    }

    /// Reads a folder, or a revision if there is no such folder.
    fn side(&self, name: &str) -> anyhow::Result<Revision> {
        let folder = Path::new(name);
        if !folder.is_dir() {
            let commit = self.repository(name)?.commit(name)?;
            return self.commit(name, commit);
        }
        // The folder of a whole repository has a project file of its own, or the folders at the
        // paths of this one or of none.
        let copy = |path: &Path| Some(folder.join(self.common.project.below(path)?));
        let place = &self.common.project.folder;
        let none = Project { folder: place.clone(), ..Project::default() };
        let own = Project::read_in(folder, place)?;
        for project in [own.as_ref().unwrap_or(&self.common.project), &none] {
            let Paths { filings, out, templates, .. } = self.common.paths_of(project);
            if let Some(filings) = copy(&filings).filter(|filings| filings.is_dir()) {
                let templates = templates.as_deref().and_then(copy).filter(|own| own.is_dir());
                let closed_days = project.closed_days.as_deref().and_then(copy);
                let closed_days = closed_days.filter(|path| own.is_some() || path.is_file());
                let calendar = self.calendar(closed_days, |path| plan::calendar_of(&path))?;
                let side = self.folders(name, filings, templates, copy(&out), None)?;
                return Ok(side.with_calendar(calendar));
            }
        }
        let side =
            self.folders(name, folder.to_owned(), self.common.templates.clone(), None, None)?;
        Ok(side.with_calendar(plan::calendar(self.common)?))
    }

    /// Returns the calendar of a side: with the closed days that a flag names, else with those of
    /// the side's own file.
    fn calendar(
        &self,
        own: Option<PathBuf>,
        read: impl FnOnce(PathBuf) -> anyhow::Result<Calendar>,
    ) -> anyhow::Result<Calendar> {
        Ok(match (self.common.named_closed_days(), own) {
            (Some(named), _) => plan::calendar_of(named)?,
            (None, Some(own)) => read(own)?,
            (None, None) => Calendar::built_in(),
        })
    }

    fn folders(
        &self,
        label: &str,
        filings: PathBuf,
        templates: Option<PathBuf>,
        out: Option<PathBuf>,
        repository: Option<&Repository>,
    ) -> anyhow::Result<Revision> {
        Revision::read(label, &Origin::Folders { filings, templates, out }, repository)
    }

    fn commit(&self, label: &str, commit: String) -> anyhow::Result<Revision> {
        let repository = self.repository(label)?;
        let inside = |folder: &PathBuf| repository.inside(folder);
        let project = self.project(repository, (label, &commit))?;
        let Paths { filings, out, templates, .. } = self.common.paths_of(&project);
        let filings = inside(&filings)?;
        let templates = templates.as_ref().map(inside).transpose()?;
        let out = inside(&out).ok();
        for folder in [Some(&filings), templates.as_ref(), out.as_ref()].into_iter().flatten() {
            ensure_no_links(repository, (label, &commit), folder)?;
        }
        let calendar = self.calendar(project.closed_days, |path| {
            let path = repository.inside(&path)?;
            let bytes = repository.file(&commit, &path, MOST_BYTES)?;
            let shown = PathBuf::from(format!("{label}:{path}"));
            let bytes = bytes.with_context(|| format!("there is no {}", shown.display()))?;
            plan::extended(&shown, &String::from_utf8_lossy(&bytes))
        })?;
        let origin = Origin::Commit { commit, filings, templates, out };
        Ok(Revision::read(label, &origin, Some(repository))?.with_calendar(calendar))
    }

    /// Returns the project file of a commit, in the current folder or above it: a change that moves
    /// folders must not hide the filings and outputs that a commit has.
    fn project(
        &self,
        repository: &Repository,
        (label, commit): (&str, &str),
    ) -> anyhow::Result<Project> {
        let here = std::env::current_dir().context("cannot find the current folder")?;
        let mut folder = PathBuf::new();
        for _ in here.ancestors() {
            let Ok(path) = repository.inside(&folder.join(PROJECT_FILE)) else { break };
            if let Some(bytes) = repository.file(commit, &path, MOST_BYTES)? {
                let shown = PathBuf::from(format!("{label}:{path}"));
                return Project::of_text(&shown, &String::from_utf8_lossy(&bytes), &folder);
            }
            folder.push("..");
        }
        Ok(Project { folder: self.common.project.folder.clone(), ..Project::default() })
    }

    fn repository(&self, argument: &str) -> anyhow::Result<&Repository> {
        let why = || self.fault.map(|fault| format!(", and {fault:#}")).unwrap_or_default();
        self.repository.with_context(|| format!("there is no directory `{argument}`{}", why()))
    }
}

/// Checks that no part of the path to a folder is a symbolic link in a commit.
fn ensure_no_links(
    repository: &Repository,
    (label, commit): (&str, &str),
    folder: &str,
) -> anyhow::Result<()> {
    if let Some((link, target)) = repository.link(commit, folder)? {
        bail!("in {label}, `{link}` is a symbolic link to `{target}`, which is not followed");
    }
    Ok(())
}
