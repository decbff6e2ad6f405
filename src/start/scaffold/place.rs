//! Where a new filing may stand: below the filings, under a name that can be an id.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::pipeline::load::files::{self, REGISTRANTS};

/// The place of a new filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file to write.
    pub path: PathBuf,
    /// Its id.
    pub id: String,
    /// The arguments that name it to a command where its repository is: no path of this machine.
    pub arguments: String,
}

/// The place that a path names.
///
/// # Errors
/// It is not below the filings, or cannot be a filing's: the message says which could.
pub fn place(filings: &Path, path: &Path) -> anyhow::Result<Place> {
    let shown = files::shown(path);
    let root = whole(filings)?;
    let Ok(below) = whole(path)?.strip_prefix(&root).map(Path::to_owned) else {
        if std::path::absolute(path)?.starts_with(std::path::absolute(filings)?)
            && !shown.contains("..")
        {
            bail!(
                "`{shown}` lies behind a symbolic link, which is not followed; name the place itself"
            );
        }
        let plain = path.components().all(|component| matches!(component, Component::Normal(_)));
        let meant =
            if plain { without_suffix(path) } else { without_suffix(Path::new(&last(path))) };
        let better = filings.join(format!("{}.yaml", files::better_id(&meant)));
        bail!(
            "`{shown}` is not below `{}`; did you mean `{}`?",
            filings.display(),
            files::shown(&better)
        );
    };
    let id = without_suffix(&below);
    if id.is_empty() {
        bail!(
            "`{shown}` is the folder of all filings; name a file below it, such as `{shown}/acme-2025-10-k.yaml`"
        );
    }
    let better = files::better_id(&id);
    let suffixed = path.extension().is_some_and(|suffix| suffix == "yaml");
    let path = filings.join(format!("{better}.yaml"));
    if better != id || !suffixed {
        bail!("`{shown}` cannot be a filing's name; name it `{}`", files::shown(&path));
    }
    if files::registrant(&id).is_some() {
        bail!("the files of `{REGISTRANTS}` are shared registrants; give `{shown}` another folder");
    }
    let folder = last(&root);
    let named = if folder == "filings" { String::new() } else { format!("--filings {folder} ") };
    Ok(Place { path, arguments: format!("{named}{folder}/{id}.yaml"), id })
}

/// The last name of a path, for a suggestion.
fn last(path: &Path) -> String {
    path.file_name().map_or_else(|| "filing".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// A path without the suffix of a YAML file, with `/`.
fn without_suffix(path: &Path) -> String {
    let text = files::slashed(path);
    let yaml = |suffix: &&str| text.to_ascii_lowercase().ends_with(*suffix);
    let suffix =
        [".yaml", ".yml"].iter().find(|suffix| yaml(suffix)).map_or(0, |suffix| suffix.len());
    text[..text.len() - suffix].to_owned()
}

/// A path from the root, through no links, also of a file that is not there yet.
fn whole(path: &Path) -> anyhow::Result<PathBuf> {
    let absolute =
        std::path::absolute(path).with_context(|| format!("cannot find `{}`", path.display()))?;
    let mut whole = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => drop(whole.pop()),
            other => whole.push(other),
        }
        if let Ok(real) = whole.canonicalize() {
            whole = real;
        }
    }
    Ok(whole)
}
