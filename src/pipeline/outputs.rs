//! The outputs of one filing: which there are to be, which of them are there already, and what may
//! not change because it was filed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::pdfs::Pdf;
use super::{Batch, Format, Goal};
use crate::diagnostics::finding::{Finding, Located, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources, sha256};
use crate::form12b25::model::Filing;
use crate::pipeline::load::{Loaded, files};
use crate::pipeline::manifest::{Manifest, Output};
use crate::pipeline::render::{self, Document};
use crate::pipeline::write::{self, MANIFEST};

/// What came of the outputs of a filing.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) findings: Vec<Finding>,
    pub(super) changed: bool,
}

/// The outputs as they are to be.
struct Wanted {
    /// Bytes to be there, by name; what is as it should be already is not among them.
    bytes: BTreeMap<String, Vec<u8>>,
    manifest: Manifest,
}

impl Batch<'_> {
    /// Whether the outputs of a filing are what its sources give, without rendering them again:
    /// they are the files that the manifest says, and it says that they were made from these
    /// sources with these templates by this tool. A comparison does not believe it. `old` is that
    /// manifest, and its file.
    pub(super) fn is_fresh(
        &self,
        id: &str,
        filing: &Filing,
        new: &Manifest,
        old: Option<(&Manifest, &[u8])>,
    ) -> bool {
        let Some((old, file)) = old.filter(|_| self.goal == Goal::Build && !self.plan.force) else {
            return false;
        };
        let from = new.from();
        let stems = render::stems(filing);
        let is_made = |stem: &String, format: &Format| {
            let name = format!("{stem}.{}", format.suffix());
            old.outputs.get(&name).is_some_and(|output| {
                let bytes = || write::read(&self.plan.out, id, &name);
                output.from == from && bytes().is_some_and(|bytes| sha256(&bytes) == output.sha256)
            })
        };
        let left_over = |name: &String| !stems.iter().any(|stem| stem == stem_of(name));
        let all = Manifest { outputs: old.outputs.clone(), ..new.clone() };
        all == *old
            && !old.outputs.keys().any(left_over)
            && write::is_clean(&self.plan.out, id)
            && all.bytes().is_ok_and(|bytes| bytes == file)
            && stems.iter().all(|stem| self.plan.formats.iter().all(|format| is_made(stem, format)))
    }

    /// Brings the outputs of a filing up to date, or compares them.
    pub(super) fn outputs(
        &self,
        id: &str,
        documents: &[Document],
        pdfs: Vec<Pdf>,
        (old, new): (Option<&Manifest>, Manifest),
    ) -> anyhow::Result<Done> {
        let folder = self.out.as_ref().map(|out| out.folder(id)).transpose()?;
        let mut done = Done::default();
        let wanted = self.wanted(new, documents, pdfs, old);
        if wanted.manifest.filed && !self.plan.force {
            // What the manifest does not tell of may be a part of what was filed all the same.
            let mut before = self.on_disk(id, &wanted.manifest);
            if let Some(old) = old {
                before.outputs.extend(old.outputs.clone());
                before = Manifest { outputs: before.outputs, ..old.clone() };
            }
            done.findings.extend(frozen(&before, &wanted.manifest));
        }
        if !crate::form12b25::rules::passes(&done.findings) {
            return Ok(done);
        }
        let names = old
            .iter()
            .flat_map(|m| m.outputs.keys())
            .filter(|n| !wanted.manifest.outputs.contains_key(*n));
        let left_over: Vec<&str> = names.map(String::as_str).collect();
        match (self.goal, folder) {
            (Goal::Build, Some(folder)) => {
                folder.ready()?;
                for (name, bytes) in &wanted.bytes {
                    done.changed |= folder.put(name, bytes)?;
                }
                done.changed |= !left_over.is_empty();
                folder.remove(left_over)?;
                done.changed |= folder.put(MANIFEST, &wanted.manifest.bytes()?)?;
            }
            _ => done.findings.extend(self.differences(id, &wanted, &left_over)?),
        }
        Ok(done)
    }

    /// The outputs of the documents in the formats of the plan; of the others, those that are
    /// known.
    fn wanted(
        &self,
        mut manifest: Manifest,
        documents: &[Document],
        pdfs: Vec<Pdf>,
        old: Option<&Manifest>,
    ) -> Wanted {
        let from = manifest.from();
        let mut bytes = BTreeMap::new();
        let mut pdfs = pdfs.into_iter();
        for document in documents {
            let mut pdf = pdfs.next().unwrap_or(Pdf::Missing);
            for format in Format::ALL {
                let name = format!("{}.{}", document.stem, format.suffix());
                let known = old.and_then(|old| old.outputs.get(&name));
                let made = match format {
                    _ if !self.plan.formats.contains(&format) => None,
                    Format::Text => Some((document.text.clone().into_bytes(), None)),
                    Format::Html => Some((document.html.clone().into_bytes(), None)),
                    Format::Pdf => match std::mem::replace(&mut pdf, Pdf::Missing) {
                        Pdf::Made { bytes, key } => Some((bytes, Some(key))),
                        Pdf::Kept => {
                            let kept =
                                known.map(|known| Output { from: from.clone(), ..known.clone() });
                            manifest.outputs.extend(kept.map(|kept| (name, kept)));
                            continue;
                        }
                        Pdf::Wanted { .. } | Pdf::Missing => None,
                    },
                };
                if let Some((made, key)) = made {
                    let output = Output { sha256: sha256(&made), from: from.clone(), key };
                    manifest.outputs.insert(name.clone(), output);
                    bytes.insert(name, made);
                } else if let Some(known) = known {
                    manifest.outputs.insert(name, known.clone());
                }
            }
        }
        Wanted { bytes, manifest }
    }

    /// The manifest of a filing before anything is made, with what the rules have said of it by
    /// then.
    pub(super) fn manifest(&self, filing: &Filing, loaded: &Loaded) -> Manifest {
        let sources = &loaded.sources;
        let all =
            std::iter::once(&sources.main).chain(sources.shared.iter().map(|(_, source)| source));
        Manifest {
            sources: all.map(|source| (source.name.clone(), source.sha256())).collect(),
            made_with: self.made_with.of(filing, &self.templates.editions),
            ..Manifest::of(filing, &loaded.findings)
        }
    }

    /// The outputs that are there, whether a manifest says so or not.
    fn on_disk(&self, id: &str, wanted: &Manifest) -> Manifest {
        let there = |name: &String| {
            let sha256 = sha256(&write::read(&self.plan.out, id, name)?);
            Some((name.clone(), Output { sha256, from: String::new(), key: None }))
        };
        let outputs = wanted.outputs.keys().filter_map(there).collect();
        Manifest { sources: BTreeMap::new(), made_with: BTreeMap::new(), outputs, ..wanted.clone() }
    }

    /// What `build` would write or remove.
    fn differences(
        &self,
        id: &str,
        wanted: &Wanted,
        left_over: &[&str],
    ) -> anyhow::Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let manifest = (MANIFEST.to_owned(), wanted.manifest.bytes()?);
        let is_below = write::is_below(&self.plan.out, id);
        for (name, bytes) in wanted.bytes.iter().chain([(&manifest.0, &manifest.1)]) {
            let message = match write::read(&self.plan.out, id, name).filter(|_| is_below) {
                None => format!("`{name}` is missing"),
                Some(old) if old != *bytes => {
                    format!("`{name}` differs from what the sources give")
                }
                Some(_) => continue,
            };
            findings.push(rule::STALE.at(Spot::File, message).hint("run `latefile build`"));
        }
        findings.extend(left_over.iter().map(|name| {
            rule::STALE
                .at(Spot::File, format!("`{name}` has no source any more"))
                .hint("run `latefile build`")
        }));
        Ok(findings)
    }
}

/// The name of a document's files, without suffix.
fn stem_of(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

/// A filed notice stays as it was filed: what would change, and through what. A format that was
/// not made before is no change; another document is.
fn frozen(old: &Manifest, new: &Manifest) -> Option<Finding> {
    let sha =
        |manifest: &Manifest, name: &str| manifest.outputs.get(name).map(|o| o.sha256.clone());
    let stems: BTreeSet<&str> = old.outputs.keys().map(|name| stem_of(name)).collect();
    let added = new.outputs.keys().filter(|name| !stems.contains(stem_of(name)));
    let changed: BTreeSet<&str> = old
        .outputs
        .keys()
        .filter(|name| sha(old, name) != sha(new, name))
        .chain(added.filter(|_| !stems.is_empty()))
        .map(String::as_str)
        .collect();
    if changed.is_empty() {
        return None;
    }
    let differs = |old: &BTreeMap<String, String>, new: &BTreeMap<String, String>| -> Vec<String> {
        new.iter()
            .filter(|(key, value)| old.get(*key) != Some(value))
            .map(|(key, _)| key.clone())
            .collect()
    };
    let causes =
        [differs(&old.sources, &new.sources), differs(&old.made_with, &new.made_with)].concat();
    let through = match causes.as_slice() {
        _ if old.sources.is_empty() => {
            "something that its manifest, which cannot be read, would tell".to_owned()
        }
        [] => "this version of the tool".to_owned(),
        causes => causes.join(", "),
    };
    let changed: Vec<&str> = changed.into_iter().collect();
    let message =
        format!("the notice was filed, and {} would change through {through}", changed.join(", "));
    Some(
        rule::FROZEN
            .at("filed", message)
            .hint("undo that change, or rewrite what was filed with --force"),
    )
}

/// Outputs whose source is gone, and whose manifest does not say which they are. A folder that has
/// no form is somebody else's.
pub(super) fn unknown(out: &Path, id: &str) -> Option<Located> {
    let form = |format: Format| write::read(out, id, &format!("form12b25.{}", format.suffix()));
    Format::ALL.into_iter().find_map(form)?;
    let message = format!(
        "`{id}` has no source any more, and its manifest cannot be read: nothing was removed"
    );
    let finding = rule::STALE
        .at(Spot::File, message)
        .hint("remove its outputs by hand, or bring the source back");
    Some(on_manifest(finding, out, id))
}

/// Outputs whose source is gone, as a finding on their manifest.
pub(super) fn gone(out: &Path, id: &str, filed: bool) -> Located {
    let finding = if filed {
        let message = format!("`{id}` was filed, and its source is gone");
        rule::FROZEN
            .at(Spot::File, message)
            .hint("bring the source back, or remove the outputs with --force")
    } else {
        let message = format!("the outputs of `{id}` have no source any more");
        rule::STALE.at(Spot::File, message).hint("run `latefile build`")
    };
    on_manifest(finding, out, id)
}

fn on_manifest(finding: Finding, out: &Path, id: &str) -> Located {
    finding.locate(&Sources::single(Source::named(files::shown(&out.join(id).join(MANIFEST)))))
}
