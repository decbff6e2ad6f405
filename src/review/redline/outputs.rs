//! The outputs of a revision, committed or on disk, and their differences from those of another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostics::source::with_line_feeds;
use crate::edgar::Format;
use crate::pipeline::manifest::{Manifest, stem_of};
use crate::pipeline::write::{self, MANIFEST};
use crate::pipeline::{lfs, listing};
use crate::review::git::{Kind, Object, Repository};

/// The most bytes of committed outputs that are in memory at once.
const AT_ONCE: usize = 64 * 1024 * 1024;

/// The outputs of a revision.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    /// The documents of each filing by its id, then by name.
    documents: BTreeMap<String, BTreeMap<String, Version>>,
    /// The manifests by the id of their filing.
    manifests: BTreeMap<String, Version>,
    /// The folder of the outputs, on disk or below the top of the repository.
    folder: PathBuf,
    repository: Option<Repository>,
}

/// A file of the outputs, unread.
#[derive(Debug, Clone)]
enum Version {
    /// A file that git stores, of a commit or not checked out.
    Stored(Object),
    /// A file on disk.
    OnDisk,
}

impl Version {
    /// Whether git stores both as one object.
    fn is_one_object(&self, other: &Version) -> bool {
        matches!((self, other), (Version::Stored(a), Version::Stored(b)) if a.object == b.object)
    }
}

/// A document of a filing that may differ between two revisions.
struct Suspect<'a> {
    id: &'a str,
    name: &'a str,
    old: &'a Version,
    /// The filing's id in the new revision, and the file.
    new: (&'a str, &'a Version),
}

/// The differences between a filing's outputs in two revisions.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Documents with other bytes, and those that were not there.
    pub(super) changed: BTreeSet<String>,
    /// Documents that are gone.
    pub(super) removed: BTreeSet<String>,
    /// Whether none is left.
    pub(super) all_removed: bool,
}

impl Difference {
    pub(super) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty()
    }
}

impl Outputs {
    /// Lists the outputs of a commit in a folder below the top.
    ///
    /// # Errors
    /// git cannot read them.
    pub(super) fn of_commit(
        repository: &Repository,
        commit: &str,
        folder: &str,
    ) -> anyhow::Result<Outputs> {
        let mut all = Outputs {
            folder: PathBuf::from(folder),
            repository: Some(repository.clone()),
            ..Outputs::default()
        };
        for object in repository.list(commit, folder)? {
            all.add(object);
        }
        Ok(all)
    }

    /// Lists the outputs in a folder on disk, and those that git did not check out.
    ///
    /// # Errors
    /// A folder cannot be read, or git does not answer.
    pub(super) fn on_disk(
        folder: &Path,
        repository: Option<&Repository>,
    ) -> anyhow::Result<Outputs> {
        let repository = repository.cloned();
        let mut all = Outputs { folder: folder.to_owned(), repository, ..Outputs::default() };
        if let Some(repository) = &all.repository {
            for object in repository.not_checked_out(folder)?.files.into_values() {
                all.add(object);
            }
        }
        for (id, own) in listing::folders(folder)? {
            if own.has_manifest {
                all.manifests.insert(id.clone(), Version::OnDisk);
            }
            let outputs = own.files.into_iter().filter(|name| Format::of_output(name).is_some());
            for name in outputs {
                all.documents.entry(id.clone()).or_default().insert(name, Version::OnDisk);
            }
        }
        Ok(all)
    }

    /// Adds a file that git stores, if it is an output.
    fn add(&mut self, object: Object) {
        let Some((id, name)) = object.name.rsplit_once('/').filter(|_| object.kind == Kind::File)
        else {
            return;
        };
        let (id, name) = (id.to_owned(), name.to_owned());
        if name == MANIFEST {
            self.manifests.insert(id, Version::Stored(object));
        } else if Format::of_output(&name).is_some() {
            self.documents.entry(id).or_default().insert(name, Version::Stored(object));
        }
    }

    /// The folder of the outputs, for messages.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The ids of filings with documents.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// The manifest of a filing, or `None` if there is none that can be read.
    pub(super) fn manifest(&self, id: &str) -> Option<Manifest> {
        match (self.manifests.get(id)?, &self.repository) {
            (Version::OnDisk, _) => write::manifest(&self.folder, id),
            (Version::Stored(object), Some(repository)) => {
                write::manifest_in(repository.contents(&[object]).ok()?.first()?)
            }
            (Version::Stored(_), None) => None,
        }
    }

    /// Whether the documents of a filing here may differ from those of a new revision, in which the
    /// filing may have another id. No document is read.
    pub(super) fn may_differ(&self, new: &Outputs, ids: (&str, &str)) -> bool {
        let (before, (_, after)) = (self.of(ids.0), new.of_either(ids));
        let is_same = |name: &String, old: &Version| {
            after.get(name).is_some_and(|new| old.is_one_object(new))
        };
        !compared(before, after).is_empty() || before.iter().any(|(name, old)| !is_same(name, old))
    }

    /// The differences between the documents of some filings here and in a new revision, by the id
    /// here. A filing is a pair of its id here and its id there.
    ///
    /// # Errors
    /// git cannot read a document.
    pub(super) fn differences(
        &self,
        new: &Outputs,
        filings: &[(&str, &str)],
    ) -> anyhow::Result<BTreeMap<String, Difference>> {
        let (mut all, mut suspects) = (BTreeMap::new(), Vec::new());
        for ids in filings {
            let (before, (new_id, after)) = (self.of(ids.0), new.of_either(*ids));
            all.insert(ids.0.to_owned(), compared(before, after));
            for (name, old) in before {
                let Some(new) = after.get(name).filter(|new| !old.is_one_object(new)) else {
                    continue;
                };
                suspects.push(Suspect { id: ids.0, name, old, new: (new_id, new) });
            }
        }
        let old_hashes = self.hashes(suspects.iter().map(|s| (s.id, s.name, s.old)))?;
        let new_hashes = new.hashes(suspects.iter().map(|s| (s.new.0, s.name, s.new.1)))?;
        for ((suspect, old), new) in suspects.iter().zip(old_hashes).zip(new_hashes) {
            if old != new
                && let Some(difference) = all.get_mut(suspect.id)
            {
                difference.changed.insert(suspect.name.to_owned());
            }
        }
        all.retain(|_, difference| !difference.is_empty());
        Ok(all)
    }

    /// The documents of a filing.
    fn of(&self, id: &str) -> &BTreeMap<String, Version> {
        const NONE: &BTreeMap<String, Version> = &BTreeMap::new();
        self.documents.get(id).unwrap_or(NONE)
    }

    /// The documents of a filing under its new id, or, if there are none, still under its old one.
    fn of_either<'a>(&self, ids: (&'a str, &'a str)) -> (&'a str, &BTreeMap<String, Version>) {
        let new = self.of(ids.1);
        if new.is_empty() { (ids.0, self.of(ids.0)) } else { (ids.1, new) }
    }

    /// The hashes of some documents by id and name, in their order; `None` for one that cannot be
    /// read.
    fn hashes<'a>(
        &self,
        all: impl Iterator<Item = (&'a str, &'a str, &'a Version)>,
    ) -> anyhow::Result<Vec<Option<String>>> {
        let all: Vec<_> = all.collect();
        let mut hashes: Vec<Option<String>> = vec![None; all.len()];
        let mut batch: Vec<(usize, &Object)> = Vec::new();
        let mut bytes = 0;
        for (at, (id, name, version)) in all.iter().enumerate() {
            match version {
                Version::OnDisk => hashes[at] = self.hash_on_disk(id, name),
                Version::Stored(object) => {
                    bytes += object.size.unwrap_or(AT_ONCE / 64);
                    batch.push((at, object));
                }
            }
            if bytes > AT_ONCE {
                self.hash_stored(&std::mem::take(&mut batch), &mut hashes)?;
                bytes = 0;
            }
        }
        self.hash_stored(&batch, &mut hashes)?;
        Ok(hashes)
    }

    fn hash_stored(
        &self,
        batch: &[(usize, &Object)],
        hashes: &mut [Option<String>],
    ) -> anyhow::Result<()> {
        let Some(repository) = self.repository.as_ref().filter(|_| !batch.is_empty()) else {
            return Ok(());
        };
        let objects: Vec<&Object> = batch.iter().map(|(_, object)| *object).collect();
        for ((at, _), bytes) in batch.iter().zip(repository.contents(&objects)?) {
            hashes[*at] = Some(lfs::sha256_of(&bytes));
        }
        Ok(())
    }

    fn hash_on_disk(&self, id: &str, name: &str) -> Option<String> {
        let bytes = write::read(&self.folder, id, name)?;
        let is_text = Format::of_output(name).is_some_and(|format| !format.is_compiled());
        let bytes = match is_text {
            // git may have converted the line ends when it checked the file out.
            true => with_line_feeds(bytes),
            false => bytes,
        };
        write::has_no_links(&self.folder, id).then(|| lfs::sha256_of(&bytes))
    }
}

/// The documents that are gone, and those of which no format was there before.
fn compared(before: &BTreeMap<String, Version>, after: &BTreeMap<String, Version>) -> Difference {
    let mut difference = Difference { all_removed: after.is_empty(), ..Difference::default() };
    if before.is_empty() {
        return difference;
    }
    // By stem: a PDF of a letter that was filed as text is a copy, not another document.
    let stems: BTreeSet<&str> = before.keys().map(|name| stem_of(name)).collect();
    let added = after.keys().filter(|name| !stems.contains(stem_of(name)));
    difference.changed.extend(added.cloned());
    difference.removed.extend(before.keys().filter(|name| !after.contains_key(*name)).cloned());
    difference
}
