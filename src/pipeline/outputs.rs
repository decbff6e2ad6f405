//! The outputs of one filing as its sources give them, and the difference from those on disk.

use std::collections::BTreeMap;

use super::draft::Pdf;
use super::frozen::frozen;
use super::plan::Goal;
use super::run::Run;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::form12b25::model::Filing;
use crate::form12b25::rules;
use crate::pipeline::load::Loaded;
use crate::pipeline::manifest::{Manifest, Output};
use crate::pipeline::render::Document;
use crate::pipeline::write::{self, MANIFEST};

/// The result of an update.
#[derive(Debug, Default)]
pub(super) struct Update {
    pub(super) findings: Vec<Finding>,
    pub(super) changed: bool,
}

/// The outputs that are to be on disk.
struct Expected {
    /// The bytes of each, by name, without those that are up to date.
    bytes: BTreeMap<String, Vec<u8>>,
    manifest: Manifest,
}

/// Brings the outputs of a filing up to date, or compares them with those on disk.
///
/// # Errors
/// A file cannot be written or removed.
pub(super) fn update(
    run: &Run<'_>,
    id: &str,
    documents: &[Document],
    pdfs: Vec<Pdf>,
    (old, new): (Option<&Manifest>, Manifest),
) -> anyhow::Result<Update> {
    let folder = run.out.as_ref().map(|out| out.folder(id)).transpose()?;
    let expected = expected(run, new, documents, pdfs, old);
    let mut update = Update::default();
    if expected.manifest.filed && !run.plan.force {
        update.findings.extend(frozen(&before(run, id, &expected, old), &expected.manifest));
    }
    if !rules::passes(&update.findings) {
        return Ok(update);
    }
    let names = old.iter().flat_map(|old| old.outputs.keys());
    let left_over: Vec<&str> = names
        .filter(|name| !expected.manifest.outputs.contains_key(*name))
        .map(String::as_str)
        .collect();
    match (run.goal, folder) {
        (Goal::Build, Some(folder)) => {
            folder.ensure_exists()?;
            for (name, bytes) in &expected.bytes {
                update.changed |= folder.write_if_changed(name, bytes)?;
            }
            update.changed |= !left_over.is_empty();
            folder.remove(left_over)?;
            update.changed |= folder.write_if_changed(MANIFEST, &expected.manifest.bytes()?)?;
        }
        _ => update.findings.extend(differences(run, id, &expected, &left_over)?),
    }
    Ok(update)
}

/// The manifest of a filing before its documents are made, with the findings of the rules.
pub(super) fn manifest(run: &Run<'_>, filing: &Filing, loaded: &Loaded) -> Manifest {
    let shared = loaded.sources.shared.iter().map(|(_, source)| source);
    let sources = std::iter::once(&loaded.sources.main).chain(shared);
    Manifest {
        sources: sources.map(|source| (source.name.clone(), source.sha256())).collect(),
        made_with: run.made_with.of(filing, &run.templates.editions),
        ..Manifest::of(filing, &loaded.findings)
    }
}

/// The outputs of the documents in the formats of the plan. In the other formats, the outputs that
/// the old manifest lists.
fn expected(
    run: &Run<'_>,
    mut manifest: Manifest,
    documents: &[Document],
    pdfs: Vec<Pdf>,
    old: Option<&Manifest>,
) -> Expected {
    let from = manifest.from();
    let mut bytes = BTreeMap::new();
    let mut pdfs = pdfs.into_iter();
    for document in documents {
        let mut pdf = pdfs.next().unwrap_or(Pdf::Missing);
        for format in Format::all() {
            let name = document.name(format);
            let known = old.and_then(|old| old.outputs.get(&name));
            let made = match format {
                _ if !run.plan.formats.contains(&format) => None,
                _ if !format.is_compiled() => {
                    Some((document.text(format).to_owned().into_bytes(), None))
                }
                _ => match std::mem::replace(&mut pdf, Pdf::Missing) {
                    Pdf::Compiled { bytes, key } => Some((bytes, Some(key))),
                    Pdf::Kept => {
                        let kept =
                            known.map(|known| Output { from: from.clone(), ..known.clone() });
                        manifest.outputs.extend(kept.map(|kept| (name, kept)));
                        continue;
                    }
                    Pdf::Pending { .. } | Pdf::Missing => None,
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
    Expected { bytes, manifest }
}

/// The outputs of a filed notice so far: those of its manifest, and files on disk that this does
/// not list, which may have been filed all the same.
fn before(run: &Run<'_>, id: &str, expected: &Expected, old: Option<&Manifest>) -> Manifest {
    let on_disk = |name: &String| {
        let sha256 = sha256(&write::read(&run.plan.out, id, name)?);
        Some((name.clone(), Output { sha256, from: String::new(), key: None }))
    };
    let mut outputs: BTreeMap<_, _> =
        expected.manifest.outputs.keys().filter_map(on_disk).collect();
    match old {
        Some(old) => {
            outputs.extend(old.outputs.clone());
            Manifest { outputs, ..old.clone() }
        }
        None => Manifest {
            sources: BTreeMap::new(),
            made_with: BTreeMap::new(),
            outputs,
            ..expected.manifest.clone()
        },
    }
}

/// The files that `build` would write or remove.
fn differences(
    run: &Run<'_>,
    id: &str,
    expected: &Expected,
    left_over: &[&str],
) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let manifest = (MANIFEST.to_owned(), expected.manifest.bytes()?);
    let no_links = write::has_no_links(&run.plan.out, id);
    for (name, bytes) in expected.bytes.iter().chain([(&manifest.0, &manifest.1)]) {
        let message = match write::read(&run.plan.out, id, name).filter(|_| no_links) {
            None => format!("`{name}` is missing"),
            Some(old) if old != *bytes => format!("`{name}` differs from what the sources give"),
            Some(_) => continue,
        };
        findings.push(stale(message));
    }
    let no_source = |name: &&str| stale(format!("`{name}` has no source any more"));
    findings.extend(left_over.iter().map(no_source));
    Ok(findings)
}

fn stale(message: String) -> Finding {
    rule::STALE.at(Spot::File, message).hint("run `latefile build`")
}
