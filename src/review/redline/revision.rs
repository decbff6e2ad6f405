//! One of a redline's two revisions: the sources and templates of a commit or of folders, all in
//! memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::outputs::Outputs;
use crate::diagnostics::finding::Located;
use crate::diagnostics::source::with_line_feeds;
use crate::form12b25::deadline::Calendar;
use crate::form12b25::wording::Edition;
use crate::pipeline;
use crate::pipeline::load::files::{self, Entry, Files, Kind};
use crate::pipeline::load::{self, Loaded, SharedFiles};
use crate::pipeline::render::{self, Renderings, TemplateOverride, Templates};
use crate::review::git::{self, Commit, Object, Repository};

/// The place that a revision is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A commit, and the folders in it.
    Commit {
        /// Its name.
        commit: String,
        /// The folder of sources below the top, with `/`.
        filings: String,
        /// The folder of templates below the top, if one is asked for.
        templates: Option<String>,
        /// The folder of outputs below the top, if it is in the repository.
        out: Option<String>,
    },
    /// Folders on disk.
    Folders {
        /// The folder of sources.
        filings: PathBuf,
        /// The folder of templates, if one is asked for and there.
        templates: Option<PathBuf>,
        /// The folder of outputs, if it is known.
        out: Option<PathBuf>,
    },
}

/// One of the two revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The user's name for it.
    pub label: String,
    /// Its commit, or `None` if it is a folder on disk.
    pub commit: Option<Commit>,
}

/// The sources and templates of a commit or of folders.
#[derive(Debug)]
pub struct Revision {
    /// The user's name for it.
    pub label: String,
    /// Its commit, or `None` if it is a folder on disk.
    commit: Option<Commit>,
    /// The calendar by which due dates are computed.
    pub(super) calendar: Calendar,
    /// The renderings in progress, for another thread to watch.
    pub renderings: Arc<Renderings>,
    pub(super) files: Files,
    /// The index of each filing in `files`, by its id.
    index: BTreeMap<String, usize>,
    /// The bytes of each filing and shared file, by its path below the filings.
    pub(super) bytes: BTreeMap<String, Vec<u8>>,
    /// The templates over the built-in ones.
    pub(super) own: Option<Vec<TemplateOverride>>,
    /// Its outputs, if their folder is known.
    pub(super) outputs: Option<Outputs>,
    /// The commits of the submodules below the filings, by their paths.
    pub(super) submodules: BTreeMap<String, String>,
    shared: SharedFiles,
    /// Findings about file names and shared files.
    pub(super) faults: Vec<Located>,
}

impl Revision {
    /// Reads a revision.
    ///
    /// # Errors
    /// A folder does not exist or cannot be read, or git cannot read the commit.
    pub fn read(
        label: &str,
        origin: &Origin,
        repository: Option<&Repository>,
    ) -> anyhow::Result<Revision> {
        let Read { files, mut bytes, own, outputs, submodules } = match (origin, repository) {
            (Origin::Commit { commit, filings, templates, out }, Some(repository)) => {
                stored(repository, commit, filings, templates.as_deref(), out.as_deref())?
            }
            (Origin::Commit { .. }, None) => bail!("there is no repository to read `{label}` from"),
            (Origin::Folders { filings, templates, out }, _) => {
                on_disk(filings, templates.as_deref(), out.as_deref(), repository)?
            }
        };
        // git may have converted line ends when it checked the files out.
        for own in bytes.values_mut() {
            *own = with_line_feeds(std::mem::take(own));
        }
        let (shared, faults) = SharedFiles::load_bytes(&files, |entry| of(&bytes, entry));
        let mut faults: Vec<Located> = faults
            .into_iter()
            .flat_map(|(sources, findings)| pipeline::place(findings, &sources))
            .collect();
        faults.extend(files.findings.iter().cloned());
        let index =
            files.filings.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        let commit = match (origin, repository) {
            (Origin::Commit { commit, .. }, Some(repository)) => repository.committed(commit),
            _ => None,
        };
        Ok(Revision {
            label: label.to_owned(),
            commit,
            calendar: Calendar::built_in(),
            renderings: Arc::default(),
            files,
            index,
            bytes,
            own,
            outputs,
            submodules,
            shared,
            faults,
        })
    }

    /// Returns the revision with a calendar other than the built-in one.
    #[must_use]
    pub fn with_calendar(self, calendar: Calendar) -> Revision {
        Revision { calendar, ..self }
    }

    /// Its name and its commit.
    pub(super) fn side(&self) -> Side {
        Side { label: self.label.clone(), commit: self.commit.clone() }
    }

    /// Whether it has no filing at all.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Whether there is a filing of this id.
    pub fn has(&self, id: &str) -> bool {
        self.index.contains_key(id)
    }

    /// A filing by its id.
    pub(super) fn entry(&self, id: &str) -> Option<&Entry> {
        self.index.get(id).map(|at| &self.files.filings[*at])
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, entry: &Entry) -> &[u8] {
        self.bytes.get(&entry.name).map_or(&[], Vec::as_slice)
    }

    /// Loads a filing without the rules' findings.
    pub(super) fn load(&self, entry: &Entry) -> Loaded {
        load::load_bytes(entry, of(&self.bytes, entry), &self.shared)
    }

    /// Loads a filing with the rules' findings.
    pub(super) fn load_checked(&self, entry: &Entry, editions: &[Edition]) -> Loaded {
        let mut loaded = self.load(entry);
        pipeline::apply_rules(&mut loaded, editions, &self.calendar);
        loaded
    }

    /// Its templates, or the reason why they cannot be read.
    pub(super) fn templates(&self) -> Result<Arc<Templates>, String> {
        let fault = |faults: Vec<Located>| match faults.first() {
            Some(first) => format!("{}: {}", first.place.file, first.finding.message),
            None => "a template is broken".to_owned(),
        };
        Templates::over(self.own.as_deref(), &self.renderings).map(Arc::new).map_err(fault)
    }
}

fn of(bytes: &BTreeMap<String, Vec<u8>>, entry: &Entry) -> Vec<u8> {
    bytes.get(&entry.name).cloned().unwrap_or_default()
}

/// The files of a revision.
struct Read {
    files: Files,
    bytes: BTreeMap<String, Vec<u8>>,
    own: Option<Vec<TemplateOverride>>,
    outputs: Option<Outputs>,
    submodules: BTreeMap<String, String>,
}

/// Reads folders on disk, with the sources that git did not check out.
fn on_disk(
    filings: &Path,
    templates: Option<&Path>,
    out: Option<&Path>,
    repository: Option<&Repository>,
) -> anyhow::Result<Read> {
    let mut bytes = BTreeMap::new();
    let mut files = load::find(filings, &[])?;
    for entry in files.filings.iter().chain(files.all_shared()) {
        let own =
            load::bytes(entry).with_context(|| format!("cannot read {}", entry.path.display()))?;
        bytes.insert(entry.name.clone(), own);
    }
    if let Some(repository) = repository {
        let absent = repository.not_checked_out(filings)?.files;
        let objects: Vec<&Object> =
            absent.values().filter(|own| !bytes.contains_key(&own.name)).collect();
        files.extend(&files::shown(filings), objects.iter().map(|own| own.name.as_str()));
        let contents = repository.contents(&objects)?;
        bytes.extend(objects.iter().map(|own| own.name.clone()).zip(contents));
    }
    let own = templates.map(render::own_templates).transpose()?;
    let outputs = out.map(|out| Outputs::on_disk(out, repository)).transpose()?;
    Ok(Read { files, bytes, own, outputs, submodules: BTreeMap::new() })
}

/// The files of a commit.
fn stored(
    repository: &Repository,
    commit: &str,
    filings: &str,
    templates: Option<&str>,
    out: Option<&str>,
) -> anyhow::Result<Read> {
    let all = repository.files(commit, filings, load::MOST_BYTES)?;
    let submodules = all.iter().filter(|file| file.kind == git::Kind::Submodule);
    let submodules =
        submodules.map(|file| (format!("{filings}/{}", file.name), file.object.clone())).collect();
    let mut names: Vec<(&str, Kind)> = all
        .iter()
        .map(|file| {
            let kind = match file.kind {
                git::Kind::File => Kind::File,
                git::Kind::Link => Kind::Link,
                git::Kind::Submodule => Kind::Other,
            };
            (file.name.as_str(), kind)
        })
        .collect();
    names.sort_by(|a, b| Path::new(a.0).cmp(Path::new(b.0)));
    let files = files::of_names(filings, names);
    let own = templates.map(|folder| -> anyhow::Result<Option<Vec<TemplateOverride>>> {
        let files = repository.files(commit, folder, load::MOST_BYTES)?;
        // As in a folder on disk, where editors leave files that begin with a dot.
        let hidden = |name: &str| name.split('/').any(|part| part.starts_with('.'));
        let own =
            files.into_iter().filter(|file| !hidden(&file.name)).map(|file| TemplateOverride {
                shown: format!("{folder}/{}", file.name),
                name: file.name,
                bytes: (file.kind == git::Kind::File).then(|| with_line_feeds(file.bytes)),
            });
        let own: Vec<TemplateOverride> = own.collect();
        Ok((!own.is_empty()).then_some(own))
    });
    let own = own.transpose()?.flatten();
    let outputs = out.map(|out| Outputs::of_commit(repository, commit, out)).transpose()?;
    let bytes = all.into_iter().map(|file| (file.name, file.bytes)).collect();
    Ok(Read { files, bytes, own, outputs, submodules })
}
