//! The pairings of all filings of two revisions, and the templates of both.

use std::sync::Arc;

use super::change::ChangeKind;
use super::pair;
use super::revision::Revision;
use crate::pipeline::load::files::Entry;
use crate::pipeline::render::Templates;

/// A filing in both revisions, or in one.
pub(super) struct Pairing<'a> {
    pub(super) kind: ChangeKind,
    pub(super) old: Option<(&'a Revision, &'a Entry)>,
    pub(super) new: Option<(&'a Revision, &'a Entry)>,
    /// Whether its file is the same in both revisions; the shared files that it uses may not
    /// be.
    pub(super) same_bytes: bool,
}

/// Both revisions' templates, or the reasons why they cannot be read.
pub(super) struct Layouts {
    pub(super) old: Result<Arc<Templates>, String>,
    pub(super) new: Result<Arc<Templates>, String>,
    pub(super) same: bool,
}

pub(super) fn layouts(old: &Revision, new: &Revision) -> Layouts {
    let content = |side: &Revision| -> Vec<(String, Option<Vec<u8>>)> {
        side.own.iter().flatten().map(|own| (own.name.clone(), own.bytes.clone())).collect()
    };
    let same = content(old) == content(new);
    let new_templates = new.templates();
    Layouts {
        old: if same { new_templates.clone() } else { old.templates() },
        new: new_templates,
        same,
    }
}

/// All filings of both revisions: those of one id, renamed ones, and those in one revision only.
pub(super) fn pairings<'a>(old: &'a Revision, new: &'a Revision) -> Vec<Pairing<'a>> {
    let mut all = Vec::new();
    let mut gone: Vec<&Entry> = Vec::new();
    for entry in &old.files.filings {
        match new.entry(&entry.id) {
            Some(same) => all.push(Pairing {
                kind: ChangeKind::Changed,
                old: Some((old, entry)),
                new: Some((new, same)),
                same_bytes: old.bytes(entry) == new.bytes(same),
            }),
            None => gone.push(entry),
        }
    }
    let mut came: Vec<&Entry> =
        new.files.filings.iter().filter(|entry| old.entry(&entry.id).is_none()).collect();
    for (before, after) in pair::renames((old, &gone), (new, &came)) {
        gone.retain(|entry| entry.id != before.id);
        came.retain(|entry| entry.id != after.id);
        let (old, new) = (Some((old, before)), Some((new, after)));
        all.push(Pairing { kind: ChangeKind::Renamed, old, new, same_bytes: false });
    }
    let one = |kind, old, new| Pairing { kind, old, new, same_bytes: false };
    all.extend(gone.into_iter().map(|entry| one(ChangeKind::Removed, Some((old, entry)), None)));
    all.extend(came.into_iter().map(|entry| one(ChangeKind::Added, None, Some((new, entry)))));
    all
}

impl Pairing<'_> {
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.old.iter().chain(&self.new).map(|(_, entry)| entry.id.as_str())
    }
}
