//! Updates the outputs of one filing on disk, or compares them with its sources.

use std::collections::BTreeMap;

use super::draft::Pdf;
use super::frozen::frozen;
use super::plan::Goal;
use super::run::Run;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{sha256, with_line_feeds};
use crate::edgar::Format;
use crate::form12b25::model::Filing;
use crate::form12b25::rules;
use crate::pipeline::lfs;
use crate::pipeline::load::Loaded;
use crate::pipeline::manifest::{self, Manifest, Output};
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
    // First of all, so that a symbolic link in the way is an error before anything is compared.
    let folder = run.out.as_ref().map(|out| out.folder(id)).transpose()?;
    let expected = expected(run, new, documents, pdfs, old);
    let mut update = Update::default();
    if expected.manifest.filed && !run.plan.force {
        update.findings.extend(frozen(&filed_outputs(run, id, &expected, old), &expected.manifest));
    }
    let manifest = expected.manifest.bytes()?;
    update.findings.extend(too_large(&manifest));
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
                if folder.write_if_changed(name, bytes)? {
                    update.changed = true;
                    record(run, id, name, &expected.manifest);
                }
            }
            update.changed |= !left_over.is_empty();
            folder.remove(left_over)?;
            // The manifest last: a run that is killed before leaves one that is not up to date,
            // and the next run makes the outputs again.
            update.changed |= folder.write_if_changed(MANIFEST, &manifest)?;
        }
        _ => update.findings.extend(differences(run, id, &expected, &manifest, &left_over)),
    }
    Ok(update)
}

/// Records an output that was written, so that the next build need not read it.
fn record(run: &Run<'_>, id: &str, name: &str, manifest: &Manifest) {
    if let (Some(out), Some(output)) = (&run.out, manifest.outputs.get(name)) {
        out.wrote(id, name, &output.sha256);
    }
}

/// Returns the manifest of a filing before its documents are made, with the findings of the rules.
pub(super) fn manifest(run: &Run<'_>, filing: &Filing, loaded: &Loaded) -> Manifest {
    let shared = loaded.sources.shared.iter().map(|(_, source)| source);
    let sources = std::iter::once(&loaded.sources.main).chain(shared);
    Manifest {
        sources: sources.map(|source| (source.name.clone(), source.sha256())).collect(),
        made_with: run.made_with.of(filing, &run.templates.editions),
        ..Manifest::of(filing, &loaded.findings, &run.plan.calendar)
    }
}

/// Returns the outputs of the documents in the formats of the plan. In the other formats, the
/// manifest keeps the outputs that the old one lists.
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
            let made = if run.plan.formats.contains(&format) {
                made(document, format, &mut pdf)
            } else {
                Made::Nothing
            };
            let output = match made {
                Made::New(new, key) => {
                    let output = Output { sha256: sha256(&new), from: from.clone(), key };
                    bytes.insert(name.clone(), new);
                    Some(output)
                }
                Made::Kept => known.map(|known| Output { from: from.clone(), ..known.clone() }),
                Made::Nothing => known.cloned(),
            };
            manifest.outputs.extend(output.map(|output| (name, output)));
        }
    }
    Expected { bytes, manifest }
}

/// The output of a document in one format, as a run made it.
enum Made {
    /// These bytes; of a compiled document also its key.
    New(Vec<u8>, Option<String>),
    /// The output on disk is also that of these sources.
    Kept,
    /// Nothing: the format is not requested, or the document could not be compiled.
    Nothing,
}

/// Takes a document's output in a requested format; that of a PDF from `pdf`.
fn made(document: &Document, format: Format, pdf: &mut Pdf) -> Made {
    if !format.is_compiled() {
        return Made::New(document.text(format).to_owned().into_bytes(), None);
    }
    match std::mem::replace(pdf, Pdf::Missing) {
        Pdf::Compiled { bytes, key } => Made::New(bytes, Some(key)),
        Pdf::Kept => Made::Kept,
        Pdf::Pending { .. } | Pdf::Missing => Made::Nothing,
    }
}

/// Returns the outputs of a filed notice before this run: those that its manifest lists, and other
/// files on disk that have the name of an output.
fn filed_outputs(run: &Run<'_>, id: &str, expected: &Expected, old: Option<&Manifest>) -> Manifest {
    // A file that no manifest lists may have been filed all the same.
    let on_disk = |name: &String| {
        let sha256 = lfs::sha256_of(&write::read(&run.plan.out, id, name)?);
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

/// Returns a finding for each file that `build` would write or remove.
fn differences(
    run: &Run<'_>,
    id: &str,
    expected: &Expected,
    manifest: &[u8],
    left_over: &[&str],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let build = &run.plan.build;
    let stale = |message| stale(message, build);
    // `build` refuses to write below a symbolic link, so a file there is not an output.
    let no_links = write::has_no_links(&run.plan.out, id);
    let documents = expected.bytes.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    for (name, bytes) in documents.chain([(MANIFEST, manifest)]) {
        findings.push(match write::read(&run.plan.out, id, name).filter(|_| no_links) {
            None if no_links && run.is_not_checked_out(id, name) => {
                stale(format!("`{name}` is not checked out"))
                    .hint(format!("git has it: check it out, or make it again by `{build}`"))
            }
            None => stale(format!("`{name}` {}", write::fault(&run.plan.out, id, name))),
            Some(old) if old == bytes => continue,
            Some(old) if lfs::pointer(&old).is_some() => lfs::stale(name),
            Some(old) if with_line_feeds(old.clone()) == bytes => {
                stale(format!("`{name}` has other line ends than the sources give")).hint(format!(
                    "git converts them without `out/** -text` in .gitattributes; run `{build}`"
                ))
            }
            Some(_) => stale(format!("`{name}` differs from what the sources give")),
        });
    }
    let no_source = |name: &&str| stale(format!("`{name}` has no source any more"));
    findings.extend(left_over.iter().map(no_source));
    findings
}

fn stale(message: String, build: &str) -> Finding {
    rule::STALE.at(Spot::File, message).hint(format!("run `{build}`"))
}

/// Returns a finding if a manifest would be too large to be read again.
fn too_large(manifest: &[u8]) -> Option<Finding> {
    let most = manifest::MOST_BYTES;
    let message = || format!("`{MANIFEST}` would have more than {} MiB", most / 1024 / 1024);
    let finding = (manifest.len() as u64 > most).then(|| rule::TOO_LARGE.at(Spot::File, message()));
    finding.map(|finding| finding.hint("no notice has as many letters or registrants"))
}
