//! The project file `latefile.toml`, in the current folder or above it: the folders of a repository,
//! the file of closed days, and the findings that count as errors. It never names a program.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::characters;
use crate::diagnostics::deny::Deny;
use crate::diagnostics::finding::did_you_mean;
use crate::diagnostics::source::{BYTE_ORDER_MARK, Position};

/// The name of the file.
pub const NAME: &str = "latefile.toml";

/// The most bytes of the file, many times those of one with every key.
const MOST_BYTES: u64 = 64 * 1024;

/// The keys.
const KEYS: [&str; 5] = ["filings", "out", "templates", "closed_days", "deny"];

/// The settings of a project file. Paths are relative to the current folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    /// The folder of the file: empty for the current folder, else `..`, `../..` and so on.
    pub folder: PathBuf,
    /// The folder of sources.
    pub filings: Option<PathBuf>,
    /// The folder of outputs.
    pub out: Option<PathBuf>,
    /// The folder of templates.
    pub templates: Option<PathBuf>,
    /// The file of further days on which EDGAR is closed.
    pub closed_days: Option<PathBuf>,
    /// The findings that count as errors.
    pub deny: Option<Vec<Deny>>,
}

impl Project {
    /// Finds and reads the project file of the current folder; without one, all is empty.
    ///
    /// # Errors
    /// The file cannot be read or is another user's, or it has an unknown key or a wrong value.
    pub fn find() -> anyhow::Result<Project> {
        let here = std::env::current_dir().context("cannot find the current folder")?;
        let home = std::env::home_dir();
        let mut folder = PathBuf::new();
        for above in here.ancestors() {
            if let Some(project) = Project::read_in(&folder, &folder)? {
                return Ok(project);
            }
            // What is above a work tree, or above the home folder, belongs to others.
            if above.join(".git").exists() || home.as_deref() == Some(above) {
                break;
            }
            folder.push("..");
        }
        Ok(Project::default())
    }

    /// Reads the project file in a folder, or returns `None` if there is none. Its paths are below
    /// `folder`.
    ///
    /// # Errors
    /// As of [`Project::find`].
    pub fn read_in(place: &Path, folder: &Path) -> anyhow::Result<Option<Project>> {
        let path = place.join(NAME);
        let Some(text) = read(&path)? else { return Ok(None) };
        let project = Project::of_text(&path, &text, folder)?;
        project.ensure_no_links(place, &path)?;
        Ok(Some(project))
    }

    /// Checks that no part of its paths is a symbolic link, which could lead elsewhere.
    fn ensure_no_links(&self, place: &Path, file: &Path) -> anyhow::Result<()> {
        let all = [&self.filings, &self.out, &self.templates, &self.closed_days];
        for path in all.into_iter().flatten() {
            let below = path.strip_prefix(&self.folder).unwrap_or(path);
            let parts = below.ancestors().filter(|part| !part.as_os_str().is_empty());
            if let Some(link) = parts.map(|part| place.join(part)).find(|part| part.is_symlink()) {
                bail!(
                    "{}: `{}` is a symbolic link, and a path of a project may have none",
                    file.display(),
                    link.display()
                );
            }
        }
        Ok(())
    }

    /// Reads the text of a project file; `path` is shown in errors, paths are below `folder`.
    ///
    /// # Errors
    /// The text has an unknown key or a wrong value.
    pub fn of_text(path: &Path, text: &str, folder: &Path) -> anyhow::Result<Project> {
        parse(text, folder.to_owned()).map_err(|(at, message)| located(path, text, at, &message))
    }

    /// Returns a path of the project as it is in a copy of its folder, or `None` if it is not below
    /// the project's folder.
    pub fn below<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        let here = std::env::current_dir().ok();
        let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
        let below = path.strip_prefix(&self.folder).ok()?;
        below.components().all(|part| matches!(part, Component::Normal(_))).then_some(below)
    }
}

/// Returns the text of a project file, or `None` if there is none.
fn read(path: &Path) -> anyhow::Result<Option<String>> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    if !meta.is_file() {
        bail!("`{}` is not a regular file", path.display());
    }
    // On a shared machine, anybody may write to a folder above.
    let user = rustix::process::geteuid().as_raw();
    if ![user, 0].contains(&meta.uid()) {
        bail!("`{}` belongs to another user, and is not read", path.display());
    }
    let mut text = String::new();
    let read = fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text))
        .with_context(|| format!("cannot read {}", path.display()))?;
    if read as u64 > MOST_BYTES {
        bail!("`{}` is larger than {} KiB", path.display(), MOST_BYTES / 1024);
    }
    Ok(Some(text))
}

/// An error at an offset.
type Fault = (usize, String);

fn located(path: &Path, text: &str, at: usize, message: &str) -> anyhow::Error {
    let Position { line, column } = Position::of_offset(text, at);
    anyhow::anyhow!("{}:{line}:{column}: {message}", path.display())
}

/// Reads the settings of a project file.
fn parse(text: &str, folder: PathBuf) -> Result<Project, Fault> {
    let mark = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    if let Some(unseen) = characters::unseen(&text[mark..]).first() {
        let message = format!("{} is in the file; {}", unseen.named(), unseen.advice());
        return Err((mark + unseen.position.offset_in(&text[mark..]), message));
    }
    let table = DeTable::parse(text)
        .map_err(|error| (error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    let mut project = Project { folder, ..Project::default() };
    for (key, value) in table.get_ref() {
        let name: &str = key.get_ref();
        let path = || path(&project.folder, name, value).map(Some);
        match name {
            "filings" => project.filings = path()?,
            "out" => project.out = path()?,
            "templates" => project.templates = path()?,
            "closed_days" => project.closed_days = path()?,
            "deny" => project.deny = Some(denied(value)?),
            _ => {
                let advice = did_you_mean(name, KEYS).map_or_else(
                    || format!("the keys are {}", KEYS.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                return Err((key.span().start, format!("unknown key `{name}`; {advice}")));
            }
        }
    }
    Ok(project)
}

/// Returns the path of a key, below the folder of the file.
fn path(folder: &Path, key: &str, value: &Spanned<DeValue<'_>>) -> Result<PathBuf, Fault> {
    let at = value.span().start;
    let DeValue::String(text) = value.get_ref() else {
        return Err((at, format!("`{key}` is not a path in quotes, such as \"{key}\"")));
    };
    let path = Path::new(text.as_ref());
    // A file from elsewhere must not make a build write elsewhere.
    let mut parts = path.components();
    let is_inside = |part| matches!(part, Component::Normal(name) if name != ".git");
    if text.is_empty() || !parts.all(is_inside) {
        return Err((at, format!("`{text}` is not a path below the folder of {NAME}")));
    }
    Ok(folder.join(path))
}

/// Returns the list of findings that count as errors.
fn denied(value: &Spanned<DeValue<'_>>) -> Result<Vec<Deny>, Fault> {
    let wrong = |at| (at, "`deny` is not a list, such as [\"warnings\"]".to_owned());
    let DeValue::Array(items) = value.get_ref() else {
        return Err(wrong(value.span().start));
    };
    let item = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::String(text) => Deny::parse(text).map_err(|why| (item.span().start, why)),
        _ => Err(wrong(item.span().start)),
    };
    items.iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Project, String> {
        parse(text, "..".into())
            .map_err(|(at, message)| located(Path::new(NAME), text, at, &message).to_string())
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let text =
            "filings = \"a/b\"\nout = 'made'\nclosed_days=\"closed.csv\"\ndeny = [\"warnings\"]\n";
        let expected = Project {
            folder: "..".into(),
            filings: Some("../a/b".into()),
            out: Some("../made".into()),
            templates: None,
            closed_days: Some("../closed.csv".into()),
            deny: Some(vec![Deny::Warnings]),
        };
        assert_eq!(parsed(text), Ok(expected));
        let project = parsed("").unwrap();
        assert_eq!(project.below(Path::new("../a/b")), Some(Path::new("a/b")));
        assert_eq!(project.below(Path::new("../../a")), None);
        assert_eq!(project.below(Path::new("/a")), None);
    }

    #[test]
    fn a_fault_has_its_place() {
        for (text, fault) in [
            ("\nfilngs = 'x'", "2:1: unknown key `filngs`; did you mean `filings`?"),
            (
                "[tool]",
                "1:2: unknown key `tool`; the keys are filings, out, templates, closed_days, deny",
            ),
            ("out = '/tmp'", "1:7: `/tmp` is not a path below the folder of latefile.toml"),
            (
                "out = 'a/../../b'",
                "1:7: `a/../../b` is not a path below the folder of latefile.toml",
            ),
            (
                "# a\r\n# b\u{202E}c\nout = 'a'",
                "2:4: the bidirectional control U+202E is in the file; delete the character",
            ),
            ("out = '.git'", "1:7: `.git` is not a path below the folder of latefile.toml"),
            ("out = ''", "1:7: `` is not a path below the folder of latefile.toml"),
            ("out = 3", "1:7: `out` is not a path in quotes, such as \"out\""),
            ("deny = 'warnings'", "1:8: `deny` is not a list, such as [\"warnings\"]"),
            ("deny = ['warning']", "1:9: there is no rule `warning`; did you mean `warnings`?"),
        ] {
            assert_eq!(parsed(text), Err(format!("latefile.toml:{fault}")));
        }
        assert!(parsed("out = ").unwrap_err().starts_with("latefile.toml:1:"));
    }
}
