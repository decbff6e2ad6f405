//! Finds the files below the folder of filings. Paths on the command line request some of the filings:
//! files, folders, ids, and shared files, which request the filings that use them.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;
use walkdir::{DirEntry, WalkDir};

use super::files::{Entry, Files, Kind, SharedKind, shared_file, slashed};
use super::{read::read_capped, tree};
use crate::diagnostics::finding::did_you_mean;
use crate::diagnostics::source::BYTE_ORDER_MARK;
use crate::pipeline::folder;

/// Finds the files below `filings`. The filings under `only` are requested, or all if it is empty.
///
/// # Errors
/// A directory is missing or cannot be read, or one of `only` is neither a path below `filings` nor
/// an id.
pub fn find(filings: &Path, only: &[PathBuf]) -> anyhow::Result<Files> {
    folder::ensure_exists(filings, "--filings")?;
    let only = Requested::by(filings, only)?;
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
        let entry = entry.map_err(folder::walk_error)?;
        let relative = entry.path().strip_prefix(filings).unwrap_or(entry.path()).to_owned();
        files.add(entry.path(), kind(&entry), &relative, only.has(&relative));
    }
    only.add_users(&mut files);
    Ok(files)
}

fn kind(entry: &DirEntry) -> Kind {
    // A link that leads nowhere is one to a folder if its name is that of a folder.
    let leads_to_folder = |path: &Path| match path.metadata() {
        Ok(target) => target.is_dir(),
        Err(_) => path.extension().is_none(),
    };
    match entry.file_type() {
        _ if entry.path_is_symlink() && leads_to_folder(entry.path()) => Kind::LinkedFolder,
        _ if entry.path_is_symlink() => Kind::Link,
        kind if kind.is_file() => Kind::File,
        _ => Kind::Other,
    }
}

/// The filings that paths request.
#[derive(Debug, Default)]
struct Requested {
    all: bool,
    /// Paths of files and folders, below the filings.
    below: Vec<PathBuf>,
    /// The kinds and ids of shared files.
    shared: Vec<(SharedKind, String)>,
}

impl Requested {
    /// Reads paths from the command line; none request all filings.
    ///
    /// # Errors
    /// A path is neither there nor an id, or it is not below the filings.
    fn by(filings: &Path, paths: &[PathBuf]) -> anyhow::Result<Requested> {
        let mut requested = Requested { all: paths.is_empty(), ..Requested::default() };
        for path in paths {
            let below = below(filings, path)?;
            match shared_file(&slashed(&below.with_extension(""))) {
                Some((kind, id)) => requested.shared.push((kind, id.to_owned())),
                None => requested.below.push(below),
            }
        }
        Ok(requested)
    }

    /// Whether they request a file by its path below the filings.
    fn has(&self, relative: &Path) -> bool {
        self.all || self.below.iter().any(|path| relative.starts_with(path))
    }

    /// Moves the filings that use a requested shared file to the requested ones.
    fn add_users(&self, files: &mut Files) {
        if self.shared.is_empty() {
            return;
        }
        let uses = |entry: &Entry| self.shared.iter().any(|(kind, id)| uses(entry, *kind, id));
        let (users, others): (Vec<Entry>, Vec<Entry>) =
            std::mem::take(&mut files.others).into_iter().partition(uses);
        files.others = others;
        files.filings.extend(users);
        files.filings.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// Whether a filing uses a shared file. One that cannot be read may use it if it has its id.
fn uses(entry: &Entry, kind: SharedKind, id: &str) -> bool {
    let text = String::from_utf8_lossy(&read_capped(&entry.path).unwrap_or_default()).into_owned();
    let Ok(parsed) = tree::parse(text.trim_start_matches(BYTE_ORDER_MARK)) else {
        return text.contains(id);
    };
    let is_it = |value: &Value| value.get("use").unwrap_or(value).as_str() == Some(id);
    let items = |key: &str| parsed.tree.get(key).and_then(Value::as_array).into_iter().flatten();
    match kind {
        SharedKind::Registrant => {
            parsed.tree.get("registrant").into_iter().chain(items("co_registrants")).any(is_it)
        }
        SharedKind::Letterhead => {
            items("letters").filter_map(|letter| letter.get("letterhead")).any(is_it)
        }
    }
}

/// Turns a path or an id from the command line into a path below the filings.
fn below(filings: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    let root = canonical(filings)?;
    let exists = path.try_exists().with_context(|| format!("cannot read {}", path.display()))?;
    let mut places = vec![path.to_owned(), with_suffix(path)];
    if path.components().all(|part| matches!(part, Component::Normal(_))) {
        places.extend([filings.join(path), with_suffix(&filings.join(path))]);
    }
    for place in places.into_iter().filter(|place| place.exists()) {
        // Canonical paths, because either path may be relative or contain a symbolic link.
        if let Ok(below) = canonical(&place)?.strip_prefix(&root) {
            return Ok(below.to_owned());
        }
    }
    let (shown, folder) = (path.display(), filings.display());
    if exists {
        bail!("`{shown}` is not below `{folder}`; name another directory with --filings");
    }
    let ids = find(filings, &[])?.all_ids;
    let typed = path.strip_prefix(filings).unwrap_or(path).with_extension("");
    match did_you_mean(&slashed(&typed), ids.iter().map(String::as_str)) {
        Some(near) => bail!("there is no `{shown}`; did you mean `{near}`?"),
        None => bail!("there is no `{shown}`"),
    }
}

fn canonical(path: &Path) -> anyhow::Result<PathBuf> {
    path.canonicalize().with_context(|| format!("cannot read {}", path.display()))
}

fn with_suffix(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".yaml");
    name.into()
}
