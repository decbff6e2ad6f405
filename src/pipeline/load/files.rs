//! The files of filings, and of the registrants and letterheads that they share, by their names.

use std::path::{Path, PathBuf};

use crate::diagnostics::finding::{Finding, Located, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources};

/// A kind of file that filings share. Each kind has a folder below that of the filings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedKind {
    /// A registrant.
    Registrant,
    /// The letterhead of letters.
    Letterhead,
}

impl SharedKind {
    /// All kinds.
    pub const ALL: [SharedKind; 2] = [SharedKind::Registrant, SharedKind::Letterhead];

    /// Its noun in messages.
    pub fn noun(self) -> &'static str {
        match self {
            SharedKind::Registrant => "registrant",
            SharedKind::Letterhead => "letterhead",
        }
    }

    /// The name of its folder.
    pub fn folder(self) -> &'static str {
        match self {
            SharedKind::Registrant => "registrants",
            SharedKind::Letterhead => "letterheads",
        }
    }
}

/// A file to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: PathBuf,
    /// Its path as findings print it.
    pub shown: String,
    /// Its path below the filings, with `/`: `igene/1997-10-k.yaml`.
    pub name: String,
    /// Its name without suffix; that of a shared file also without its folder.
    pub id: String,
}

/// The kind of a directory entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link to a file.
    Link,
    /// A symbolic link to a folder.
    LinkedFolder,
    /// Anything else, such as a folder or a pipe.
    Other,
}

/// The files below the folder of filings.
#[derive(Debug, Default)]
pub struct Files {
    /// The requested filings, in the order of paths.
    pub filings: Vec<Entry>,
    /// The other filings, in the order of paths.
    pub others: Vec<Entry>,
    /// The shared files, by kind and in the order of names.
    shared: [Vec<Entry>; SharedKind::ALL.len()],
    /// The ids of all filings, also of those that were not requested or have a wrong name.
    pub all_ids: Vec<String>,
    /// The findings in the names.
    pub findings: Vec<Located>,
}

/// Whether a name can be a segment of an id: `[a-z0-9][a-z0-9_-]*`.
pub(crate) fn is_segment(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    name.bytes().next().is_some_and(plain)
        && name.bytes().all(|b| plain(b) || b == b'-' || b == b'_')
}

/// Makes the list of files from names that are not on disk, such as those of a commit, in the order
/// of paths. Findings print them below `folder`.
pub fn of_names<'a>(folder: &str, names: impl IntoIterator<Item = (&'a str, Kind)>) -> Files {
    let mut files = Files::default();
    for (name, kind) in names {
        if !name.split('/').any(|part| part.starts_with('.')) {
            files.add(&Path::new(folder).join(name), kind, Path::new(name), true);
        }
    }
    files
}

impl Files {
    /// Returns the shared files of a kind, in the order of names.
    pub fn shared(&self, kind: SharedKind) -> &[Entry] {
        &self.shared[kind as usize]
    }

    /// Returns the shared files of all kinds.
    pub fn all_shared(&self) -> impl Iterator<Item = &Entry> {
        self.shared.iter().flatten()
    }

    /// Returns the files of which the only one is a shared file.
    pub fn of_shared(kind: SharedKind, entry: Entry) -> Files {
        let mut files = Files::default();
        files.shared[kind as usize].push(entry);
        files
    }

    /// Adds files that are not on disk, by their paths below the folder that findings print.
    pub fn extend<'a>(&mut self, folder: &str, names: impl IntoIterator<Item = &'a str>) {
        let more = of_names(folder, names.into_iter().map(|name| (name, Kind::File)));
        self.filings.extend(more.filings);
        self.filings.sort_by(|a, b| a.path.cmp(&b.path));
        for (own, more) in self.shared.iter_mut().zip(more.shared) {
            own.extend(more);
            own.sort_by(|a, b| a.path.cmp(&b.path));
        }
        self.all_ids.extend(more.all_ids);
    }

    /// Adds a YAML file, or the finding in its name or in that of a linked folder. Files with other
    /// suffixes are ignored.
    pub(super) fn add(&mut self, path: &Path, kind: Kind, relative: &Path, requested: bool) {
        let suffix = relative.extension().and_then(|s| s.to_str());
        let is_yaml = (matches!(suffix, Some("yaml" | "yml")) || meant_name(relative).is_some())
            && kind != Kind::Other;
        if !is_yaml && kind != Kind::LinkedFolder {
            return;
        }
        let shown = shown(path);
        let id = slashed(&relative.with_extension(""));
        let shared = shared_file(&id);
        let is_yaml_file = kind == Kind::File && suffix == Some("yaml");
        // Also with a wrong name: the outputs of a filing that was renamed badly must stay.
        if is_yaml_file && shared.is_none() {
            self.all_ids.push(id.clone());
        }
        if let Some(finding) = fault_of_name(kind, relative, &id) {
            if requested {
                self.findings.push(finding.locate(&Sources::single(Source::named(shown))));
            }
            return;
        }
        let entry = |id: &str| Entry {
            path: path.to_owned(),
            shown,
            name: slashed(relative),
            id: id.to_owned(),
        };
        match shared {
            Some((kind, name)) => self.shared[kind as usize].push(entry(name)),
            None if requested => self.filings.push(entry(&id)),
            None => self.others.push(entry(&id)),
        }
    }
}

/// Returns the finding in the name of a YAML file, or `None` if it can be a filing.
fn fault_of_name(kind: Kind, relative: &Path, id: &str) -> Option<Finding> {
    let link = |hint: &str| {
        rule::SYMBOLIC_LINK.at(Spot::File, "a symbolic link is not followed").hint(hint)
    };
    match kind {
        Kind::Link => return Some(link("put the file itself here")),
        Kind::LinkedFolder => return Some(link("put the folder itself here")),
        Kind::File | Kind::Other => {}
    }
    // One suffix only, or `x.yaml` and `x.yml` would be two filings with one folder of outputs.
    if let Some(name) = meant_name(relative) {
        let message = format!("`{}` is not the name of a filing", slashed(relative));
        let finding = rule::FILE_SUFFIX.at(Spot::File, message);
        return Some(finding.hint(format!("rename it to `{name}`, or move it away")));
    }
    if relative.extension().is_some_and(|suffix| suffix == "yml") {
        let name = slashed(&relative.with_extension("yaml"));
        let finding = rule::FILE_SUFFIX.at(Spot::File, "a `.yml` file is not a filing");
        return Some(finding.hint(format!("rename it to `{name}`")));
    }
    if !id.split('/').all(is_segment) {
        let message = format!("`{id}` cannot be an id: a-z, 0-9, `-` and `_` only");
        let finding = rule::FILE_NAME.at(Spot::File, message);
        return Some(finding.hint(format!("rename it to `{}.yaml`", better_id(id))));
    }
    None
}

/// Returns the name that a file such as `a.YAML`, `a.yaml.txt` or `a.yml.bak` should have to be a
/// filing, or `None` if its name is not nearly that of one.
fn meant_name(relative: &Path) -> Option<String> {
    let name = slashed(relative);
    let lower = name.to_ascii_lowercase();
    let at = [".yaml", ".yml"].iter().find_map(|suffix| lower.rfind(suffix).map(|at| (at, suffix)));
    let (at, suffix) = at?;
    let rest = &lower[at + suffix.len()..];
    let exact = rest.is_empty() && name.ends_with(suffix);
    // `a.yaml~` is a copy that an editor leaves.
    let near = rest.is_empty() || rest.starts_with(['.', ' ', '-', '_', '(']);
    (near && !exact && !rest.contains('/')).then(|| format!("{}.yaml", better_id(&name[..at])))
}

/// Returns a path as findings print it: with `/`, and without a leading `./`.
pub(crate) fn shown(path: &Path) -> String {
    let text = slashed(path);
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

/// Returns a path with `/` on every system.
pub(crate) fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Returns the kind and the id of the shared file with this path without suffix, or `None` if it is
/// the path of a filing.
pub(crate) fn shared_file(id: &str) -> Option<(SharedKind, &str)> {
    let (folder, rest) = id.split_once('/').filter(|(_, rest)| !rest.contains('/'))?;
    let kind = SharedKind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
    Some((kind, rest))
}

/// Returns a text that can be an id: this one if it can, or else a similar one.
pub(crate) fn better_id(id: &str) -> String {
    let better =
        |segment| if is_segment(segment) { segment.to_owned() } else { segment_for(segment) };
    id.split('/').map(better).collect::<Vec<_>>().join("/")
}

/// Returns a similar name that can be a segment of an id.
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
