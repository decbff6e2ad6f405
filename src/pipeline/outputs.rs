//! The outputs of one filing: which there are to be, which of them are there already, and what may
//! not change because it was filed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Batch, Format, Goal, Stage};
use crate::compile;
use crate::deadline::{self, Question};
use crate::filing::Filing;
use crate::finding::{Finding, Located, Spot};
use crate::load::files;
use crate::manifest::{Manifest, Output, SCHEMA_VERSION};
use crate::render::{self, Document, Target};
use crate::rule;
use crate::source::{Position, Source, Sources, sha256};
use crate::write::{self, MANIFEST};

/// What came of the outputs of a filing.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) findings: Vec<Finding>,
    pub(super) changed: bool,
    pub(super) compiled: usize,
}

/// The outputs as they are to be.
struct Wanted {
    /// Bytes to be there, by name; what is as it should be already is not among them.
    bytes: BTreeMap<String, Vec<u8>>,
    manifest: Manifest,
    compiled: usize,
}

impl Batch<'_> {
    /// Brings the outputs of a filing up to date, or compares them.
    pub(super) fn outputs(
        &self,
        id: &str,
        filing: &Filing,
        sources: &Sources,
        documents: &[Document],
    ) -> anyhow::Result<Done> {
        if let Some(out) = &self.out {
            out.own(id)?;
        }
        let old = write::manifest(&self.plan.out, id);
        let mut done = Done::default();
        let wanted = self.wanted(id, filing, sources, documents, old.as_ref(), &mut done.findings)?;
        done.compiled = wanted.compiled;
        if filing.filed.is_some() && !self.plan.force {
            let before = old.clone().unwrap_or_else(|| self.on_disk(id, &wanted.manifest));
            done.findings.extend(frozen(&before, &wanted.manifest));
        }
        if !crate::validate::passes(&done.findings) {
            return Ok(done);
        }
        let names = old.iter().flat_map(|m| m.outputs.keys()).filter(|n| !wanted.manifest.outputs.contains_key(*n));
        let left_over: Vec<&str> = names.map(String::as_str).collect();
        match (self.goal, &self.out) {
            (Goal::Build, Some(out)) => {
                out.sweep(id)?;
                for (name, bytes) in &wanted.bytes {
                    done.changed |= out.put(id, name, bytes)?;
                }
                done.changed |= !left_over.is_empty();
                out.remove(id, left_over)?;
                done.changed |= out.put(id, MANIFEST, &wanted.manifest.bytes()?)?;
            }
            _ => done.findings.extend(self.differences(id, &wanted, &left_over)?),
        }
        Ok(done)
    }

    fn wanted(
        &self,
        id: &str,
        filing: &Filing,
        sources: &Sources,
        documents: &[Document],
        old: Option<&Manifest>,
        findings: &mut Vec<Finding>,
    ) -> anyhow::Result<Wanted> {
        let mut wanted = Wanted { bytes: BTreeMap::new(), manifest: self.manifest(filing, sources), compiled: 0 };
        for document in documents {
            for format in Format::ALL {
                let name = format!("{}.{}", document.stem, format.suffix());
                let known = old.and_then(|old| old.outputs.get(&name));
                let made = match format {
                    _ if !self.plan.formats.contains(&format) => None,
                    Format::Text => Some((document.text.clone().into_bytes(), None)),
                    Format::Html => Some((document.html.clone().into_bytes(), None)),
                    Format::Pdf => self.pdf(id, document, old, &mut wanted.compiled, findings)?,
                };
                if let Some((bytes, key)) = made {
                    wanted.manifest.outputs.insert(name.clone(), Output { sha256: sha256(&bytes), key });
                    wanted.bytes.insert(name, bytes);
                } else if let Some(known) = known {
                    wanted.manifest.outputs.insert(name, known.clone());
                }
            }
        }
        Ok(wanted)
    }

    /// A compiled document and its key; none if the one that is there was made from the same, or
    /// if it could not be made.
    pub(super) fn pdf(
        &self,
        id: &str,
        document: &Document,
        old: Option<&Manifest>,
        compiled: &mut usize,
        findings: &mut Vec<Finding>,
    ) -> anyhow::Result<Option<(Vec<u8>, Option<String>)>> {
        let settings = compile::settings(&self.typst_version);
        let layout = self.templates.layout();
        let key = sha256(format!("{settings}\0{layout}\0{}", document.typst).as_bytes());
        let name = &format!("{}.pdf", document.stem);
        let kept = |known: &Output| {
            let bytes = write::read(&self.plan.out, id, name).filter(|_| known.key.as_ref() == Some(&key))?;
            (sha256(&bytes) == known.sha256).then_some(bytes)
        };
        // A comparison trusts no manifest: it comes from the same hand as the documents.
        let trusted = old.filter(|_| self.goal == Goal::Build && !self.plan.force);
        if let Some((old, pdf)) = trusted.and_then(|old| Some((old, kept(old.outputs.get(name)?)?))) {
            // It was held against the HTML that was there when it was made.
            let html = old.outputs.get(&format!("{}.htm", document.stem));
            if html.is_none_or(|html| html.sha256 != sha256(document.html.as_bytes())) {
                findings.extend(self.templates.pdf_differs(document, &pdf));
            }
            return Ok(None);
        }
        let Some(typst) = self.typst() else { return Ok(None) };
        match self.timings.time(Stage::Compile, || typst.compile(&document.typst, layout)) {
            Ok(Ok(pdf)) => {
                *compiled += 1;
                // Text and HTML were held against EDGAR's rules when they were rendered.
                let mut refused = render::errors(name, &pdf);
                if refused.is_empty() {
                    refused.extend(self.templates.pdf_differs(document, &pdf));
                }
                let sound = refused.is_empty();
                findings.extend(refused.into_iter().map(|finding| match finding.hint {
                    Some(_) => finding,
                    None => finding.hint("nothing was written; the layout is what makes the PDF"),
                }));
                Ok(sound.then_some((pdf, Some(key))))
            }
            Ok(Err(fault)) => {
                findings.push(self.typesetting(name, &fault));
                Ok(None)
            }
            Err(_) if self.stopped() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What typst says of a document, at the layout's line if it is about the layout.
    fn typesetting(&self, name: &str, fault: &compile::Fault) -> Finding {
        let first = fault.0.first().map(String::as_str).unwrap_or_default();
        let message = |said: &str| format!("typst on `{name}`: {said}");
        let layout = first.strip_prefix("layout.typ:").and_then(|rest| {
            let mut parts = rest.splitn(3, ':');
            let position = Position { line: parts.next()?.parse().ok()?, column: parts.next()?.parse().ok()? };
            Some((position, parts.next()?.trim()))
        });
        match layout {
            Some((position, said)) => rule::TYPESETTING.at(self.templates.in_layout(position), message(said)),
            None => rule::TYPESETTING
                .at(Spot::File, message(first))
                .hint("if the built-in templates do this, it is a bug of this tool"),
        }
    }

    fn manifest(&self, filing: &Filing, sources: &Sources) -> Manifest {
        let all = std::iter::once(&sources.main).chain(sources.shared.iter().map(|(_, source)| source));
        let templates = |target: Target| {
            let texts: Vec<String> = self.templates.texts(target).map(|(n, t)| format!("{n}\0{t}\0")).collect();
            (format!("templates.{}", target.suffix()), sha256(texts.concat().as_bytes()))
        };
        let edition = crate::wording::edition(&self.templates.editions, filing).ok().map(|(edition, _)| edition);
        let wording =
            edition.map(|e| (format!("wording/{}", e.name), sha256(self.templates.wording_text(&e.name).as_bytes())));
        let typst = ("typst".to_owned(), self.typst_version.clone());
        let dates = deadline::dates(&Question::of(filing), deadline::built_in()).map(|(dates, _)| dates);
        Manifest {
            schema_version: SCHEMA_VERSION,
            submission_type: filing.submission_type(),
            filed: filing.filed.is_some(),
            due: dates.map(|d| d.due.to_string()),
            notice_due: dates.map(|d| d.notice.to_string()),
            extended_due: dates.map(|d| d.extended.to_string()),
            sources: all.map(|source| (source.name.clone(), source.sha256())).collect(),
            made_with: Target::ALL.into_iter().map(templates).chain(wording).chain([typst]).collect(),
            outputs: BTreeMap::new(),
        }
    }

    /// The outputs that are there, when no manifest says so.
    fn on_disk(&self, id: &str, wanted: &Manifest) -> Manifest {
        let there = |name: &String| {
            let sha256 = sha256(&write::read(&self.plan.out, id, name)?);
            Some((name.clone(), Output { sha256, key: None }))
        };
        let outputs = wanted.outputs.keys().filter_map(there).collect();
        Manifest { sources: BTreeMap::new(), made_with: BTreeMap::new(), outputs, ..wanted.clone() }
    }

    /// What `build` would write or remove.
    fn differences(&self, id: &str, wanted: &Wanted, left_over: &[&str]) -> anyhow::Result<Vec<Finding>> {
        let mut findings = Vec::new();
        let manifest = (MANIFEST.to_owned(), wanted.manifest.bytes()?);
        for (name, bytes) in wanted.bytes.iter().chain([(&manifest.0, &manifest.1)]) {
            let message = match write::read(&self.plan.out, id, name) {
                None => format!("`{name}` is missing"),
                Some(old) if old != *bytes => format!("`{name}` differs from what the sources give"),
                Some(_) => continue,
            };
            findings.push(rule::STALE.at(Spot::File, message).hint("run `latefile build`"));
        }
        findings.extend(left_over.iter().map(|name| {
            rule::STALE.at(Spot::File, format!("`{name}` has no source any more")).hint("run `latefile build`")
        }));
        Ok(findings)
    }
}

/// A filed notice stays as it was filed: what would change, and through what. A format that was
/// not made before is no change; another document is.
fn frozen(old: &Manifest, new: &Manifest) -> Option<Finding> {
    let sha = |manifest: &Manifest, name: &str| manifest.outputs.get(name).map(|o| o.sha256.clone());
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let stems: BTreeSet<String> = old.outputs.keys().map(|name| stem(name)).collect();
    let added = new.outputs.keys().filter(|name| !stems.contains(&stem(name)));
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
        new.iter().filter(|(key, value)| old.get(*key) != Some(value)).map(|(key, _)| key.clone()).collect()
    };
    let causes = [differs(&old.sources, &new.sources), differs(&old.made_with, &new.made_with)].concat();
    let through = match causes.as_slice() {
        _ if old.sources.is_empty() => "something that its manifest, which cannot be read, would tell".to_owned(),
        [] => "this version of the tool".to_owned(),
        causes => causes.join(", "),
    };
    let changed: Vec<&str> = changed.into_iter().collect();
    let message = format!("the notice was filed, and {} would change through {through}", changed.join(", "));
    Some(rule::FROZEN.at("filed", message).hint("undo that change, or rewrite what was filed with --force"))
}

/// Outputs whose source is gone, as a finding on their manifest.
pub(super) fn gone(out: &Path, id: &str, filed: bool) -> Located {
    let path = files::shown(&out.join(id).join(MANIFEST));
    let finding = if filed {
        let message = format!("`{id}` was filed, and its source is gone");
        rule::FROZEN.at(Spot::File, message).hint("bring the source back, or remove the outputs with --force")
    } else {
        let message = format!("the outputs of `{id}` have no source any more");
        rule::STALE.at(Spot::File, message).hint("run `latefile build`")
    };
    finding.locate(&Sources::single(Source::named(path)))
}
