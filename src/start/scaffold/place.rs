//! Checks the path of a new filing: it is inside the folder of filings, and its name can be an id.

use std::path::{Component, Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::pipeline::folder::resolve;
use crate::pipeline::load::files;

/// The place of a new filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file to write.
    pub path: PathBuf,
    /// Its id.
    pub id: String,
    /// The arguments that name it to a command: its id and, unless the project file names the folder
    /// of filings, that folder as it is in the repository; no absolute path.
    pub arguments: String,
}

/// Returns the place of a new filing at a path; `named`: the folder of filings is not the project's.
///
/// # Errors
/// The path is not inside the folder of filings, or cannot be that of a filing; the message
/// suggests one that can.
pub fn place(filings: &Path, named: bool, path: &Path) -> anyhow::Result<Place> {
    let shown = files::shown(path);
    let root = resolve(filings)?;
    let Ok(below) = resolve(path)?.strip_prefix(&root).map(Path::to_owned) else {
        return Err(outside(filings, path));
    };
    let id = without_suffix(&below);
    if id.is_empty() {
        bail!(
            "`{shown}` is the folder of all filings; name a file below it, such as \
             `{shown}/acme-2025-10-k.yaml`"
        );
    }
    let better = files::better_id(&id);
    let suffixed = path.extension().is_some_and(|suffix| suffix == "yaml");
    let path = filings.join(format!("{better}.yaml"));
    if better != id || !suffixed {
        bail!("`{shown}` cannot be a filing's name; name it `{}`", files::shown(&path));
    }
    if let Some((kind, _)) = files::shared_file(&id) {
        let (folder, noun) = (kind.folder(), kind.noun());
        bail!("the files of `{folder}` are shared {noun}s; give `{shown}` another folder");
    }
    let folder = last(&root);
    let flag = if named && folder != "filings" {
        let folder = shlex::try_quote(&folder).map_or(folder.clone(), Into::into);
        format!("--filings {folder} ")
    } else {
        String::new()
    };
    Ok(Place { path, arguments: format!("{flag}{id}"), id })
}

/// Returns the error for a path that is not inside the folder of filings.
fn outside(filings: &Path, path: &Path) -> anyhow::Error {
    let shown = files::shown(path);
    // Inside by its text, but outside once resolved: a link leads out of the folder.
    let by_text = match (std::path::absolute(path), std::path::absolute(filings)) {
        (Ok(path), Ok(filings)) => path.starts_with(filings),
        _ => false,
    };
    if by_text && !shown.contains("..") {
        return anyhow!(
            "`{shown}` leads through a symbolic link, which is not followed; name its target"
        );
    }
    // Of a path with `..` or a root, only the last name is useful in a suggestion.
    let plain = path.components().all(|component| matches!(component, Component::Normal(_)));
    let meant = if plain { without_suffix(path) } else { without_suffix(Path::new(&last(path))) };
    let better = filings.join(format!("{}.yaml", files::better_id(&meant)));
    anyhow!(
        "`{shown}` is not below `{}`; did you mean `{}`?",
        filings.display(),
        files::shown(&better)
    )
}

/// Returns the last name of a path, for a suggestion.
fn last(path: &Path) -> String {
    path.file_name().map_or_else(|| "filing".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Returns a path with `/` and without the suffix of a YAML file.
fn without_suffix(path: &Path) -> String {
    let text = files::slashed(path);
    let yaml = |suffix: &&str| text.to_ascii_lowercase().ends_with(*suffix);
    let suffix =
        [".yaml", ".yml"].iter().find(|suffix| yaml(suffix)).map_or(0, |suffix| suffix.len());
    text[..text.len() - suffix].to_owned()
}
