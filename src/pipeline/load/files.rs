//! Which files are filings and which are shared registrants. Names only; nothing is opened here.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use walkdir::{DirEntry, WalkDir};

use crate::diagnostics::finding::{Finding, Located, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources};

/// The folder below the filings whose own files are shared registrants.
pub(crate) const REGISTRANTS: &str = "registrants";

/// A file to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it is.
    pub path: PathBuf,
    /// The path as findings print it.
    pub shown: String,
    /// Its path below the filings, with `/`: `igene/1997-10-k.yaml`.
    pub name: String,
    /// That path without suffix; of a shared registrant, without its folder.
    pub id: String,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// Anything else, which holds no filing.
    Other,
}

/// What a walk over the filings found.
#[derive(Debug, Default)]
pub struct Files {
    /// Filings, by path.
    pub filings: Vec<Entry>,
    /// Filings that were not asked for, by path.
    pub others: Vec<Entry>,
    /// Shared registrants, by name; their ids are without the folder.
    pub registrants: Vec<Entry>,
    /// Ids of all filings there are, also those that were not asked for or have a wrong name.
    pub all_ids: Vec<String>,
    /// What is wrong with names.
    pub findings: Vec<Located>,
}

/// Whether a name can be a segment of an id: `[a-z0-9][a-z0-9_-]*`.
pub(crate) fn is_segment(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    name.bytes().next().is_some_and(plain)
        && name.bytes().all(|b| plain(b) || b == b'-' || b == b'_')
}

/// The files below `filings`, those under `only` if any are given.
///
/// # Errors
/// A directory that is missing or cannot be read, or a path of `only` that is not below `filings`.
pub fn find(filings: &Path, only: &[PathBuf]) -> anyhow::Result<Files> {
    if !filings.is_dir() {
        bail!("there is no directory `{}`; name another with --filings", filings.display());
    }
    let only = only.iter().map(|path| below(filings, path)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut files = Files::default();
    let visible = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    for entry in WalkDir::new(filings)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        let entry = entry.with_context(|| format!("cannot read {}", filings.display()))?;
        let relative = entry.path().strip_prefix(filings).unwrap_or(entry.path()).to_owned();
        let wanted = only.is_empty() || only.iter().any(|path| relative.starts_with(path));
        files.take(entry.path(), kind(&entry), &relative, wanted);
    }
    Ok(files)
}

/// The same of names that are known already, by path; they are shown below `folder`. Only their
/// bytes are anywhere else.
pub fn of_names<'a>(folder: &str, names: impl IntoIterator<Item = (&'a str, Kind)>) -> Files {
    let mut files = Files::default();
    for (name, kind) in names {
        if !name.split('/').any(|part| part.starts_with('.')) {
            files.take(&Path::new(folder).join(name), kind, Path::new(name), true);
        }
    }
    files
}

fn kind(entry: &DirEntry) -> Kind {
    match entry.file_type() {
        _ if entry.path_is_symlink() => Kind::Link,
        kind if kind.is_file() => Kind::File,
        _ => Kind::Other,
    }
}

/// A path that a user gave, relative to the filings.
fn below(filings: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    if !path.exists() {
        bail!("there is no `{}`", path.display());
    }
    let whole = path.canonicalize().with_context(|| format!("cannot read {}", path.display()))?;
    let root =
        filings.canonicalize().with_context(|| format!("cannot read {}", filings.display()))?;
    match whole.strip_prefix(&root) {
        Ok(relative) if relative.starts_with(REGISTRANTS) && relative.components().count() == 2 => {
            bail!("`{}` is a shared registrant; name the filings that use it", path.display())
        }
        Ok(relative) => Ok(relative.to_owned()),
        Err(_) => {
            bail!(
                "`{}` is not below `{}`; name another directory with --filings",
                path.display(),
                filings.display()
            )
        }
    }
}

impl Files {
    fn take(&mut self, path: &Path, kind: Kind, relative: &Path, wanted: bool) {
        let shown = shown(path);
        let suffix = relative.extension().and_then(|s| s.to_str());
        if !matches!(suffix, Some("yaml" | "yml")) || kind == Kind::Other {
            return;
        }
        if kind == Kind::Link {
            return self.note(
                wanted,
                &shown,
                rule::SYMBOLIC_LINK
                    .at(Spot::File, "a symbolic link is not followed")
                    .hint("put the file itself here"),
            );
        }
        if suffix == Some("yml") {
            let name = relative.with_extension("yaml");
            let finding = rule::FILE_SUFFIX.at(Spot::File, "a `.yml` file is not a filing");
            return self.note(
                wanted,
                &shown,
                finding.hint(format!("rename it to `{}`", slashed(&name))),
            );
        }
        let id = slashed(&relative.with_extension(""));
        let registrant = registrant(&id);
        if registrant.is_none() {
            self.all_ids.push(id.clone());
        }
        if !id.split('/').all(is_segment) {
            let finding = rule::FILE_NAME
                .at(Spot::File, format!("`{id}` cannot be an id: a-z, 0-9, `-` and `_` only"));
            return self.note(
                wanted,
                &shown,
                finding.hint(format!("rename it to `{}.yaml`", better_id(&id))),
            );
        }
        let entry = |id: &str| Entry {
            path: path.to_owned(),
            shown: shown.clone(),
            name: slashed(relative),
            id: id.to_owned(),
        };
        match registrant {
            Some(name) => self.registrants.push(entry(name)),
            None if wanted => self.filings.push(entry(&id)),
            None => self.others.push(entry(&id)),
        }
    }

    fn note(&mut self, wanted: bool, shown: &str, finding: Finding) {
        if wanted {
            self.findings.push(finding.locate(&Sources::single(Source::named(shown))));
        }
    }
}

/// A path as findings print it: with `/`, and without a leading `./`.
pub(crate) fn shown(path: &Path) -> String {
    let text = slashed(path);
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

/// A path with `/`.
pub(crate) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The id of the shared registrant whose file has this path without suffix, if it is one.
pub(crate) fn registrant(id: &str) -> Option<&str> {
    id.strip_prefix(REGISTRANTS)?.strip_prefix('/').filter(|rest| !rest.contains('/'))
}

/// An id, or of a name that cannot be one the nearest that can.
pub(crate) fn better_id(id: &str) -> String {
    let better =
        |segment| if is_segment(segment) { segment.to_owned() } else { segment_for(segment) };
    id.split('/').map(better).collect::<Vec<_>>().join("/")
}

/// The nearest name that can be a segment.
fn segment_for(name: &str) -> String {
    let mut better: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' { c } else { '-' })
        .collect();
    while better.contains("--") {
        better = better.replace("--", "-");
    }
    let better = better.trim_matches(['-', '_']).to_owned();
    if better.is_empty() { "filing".to_owned() } else { better }
}
