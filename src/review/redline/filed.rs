//! Finds notices that were filed in the old revision and change in the new one: their documents,
//! as sources and templates make them and as outputs, the record of the filing, or the source.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::change::{ChangeKind, FiledChange, Record};
use super::outputs::Difference;
use super::pairing::Pairing;
use super::revision::Revision;
use crate::diagnostics::finding::Spot;
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources};
use crate::form12b25::model::{Filed, Filing};
use crate::pipeline::load::Loaded;
use crate::pipeline::load::files;
use crate::pipeline::write::MANIFEST;

impl Record {
    fn of(filed: &Filed) -> Record {
        Record { date: Some(filed.date.to_string()), accession: Some(filed.accession.to_string()) }
    }
}

/// The notices that were filed in the old revision and have other outputs in the new one.
#[derive(Debug, Default)]
pub(super) struct FiledOutputs {
    /// By the id in the old revision.
    differences: BTreeMap<String, Difference>,
}

impl FiledOutputs {
    /// Compares the outputs of filed notices.
    ///
    /// # Errors
    /// git cannot read them.
    pub(super) fn compare(
        old: &Revision,
        new: &Revision,
        pairings: &[Pairing<'_>],
    ) -> anyhow::Result<FiledOutputs> {
        let paired = pairings.iter().filter_map(|pairing| {
            let (_, before) = pairing.old?;
            let after = pairing.new.map_or(before, |(_, after)| after);
            Some((before.id.as_str(), after.id.as_str()))
        });
        let (Some(before), Some(after)) = (&old.outputs, &new.outputs) else {
            return Ok(FiledOutputs::default());
        };
        // Outputs of a filed notice may be left without a source.
        let orphans = before.ids().filter(|id| !old.has(id)).map(|id| (id, id));
        let mut filings: Vec<(&str, &str)> = paired.chain(orphans).collect();
        filings.retain(|ids| before.may_differ(after, *ids));
        let filed: Vec<(&str, &str)> =
            filings.into_par_iter().filter(|(id, _)| record(old, id).is_some()).collect();
        Ok(FiledOutputs { differences: before.differences(after, &filed)? })
    }

    /// The difference between a notice's outputs in both revisions, or `None` if it was not filed
    /// or they are the same.
    pub(super) fn difference(&self, pairing: &Pairing<'_>) -> Option<&Difference> {
        if pairing.kind == ChangeKind::Added {
            return None;
        }
        self.differences.get(&pairing.old?.1.id)
    }

    /// The changes of filed notices that had no source in the old revision.
    pub(super) fn orphans(&self, old: &Revision) -> Vec<FiledChange> {
        let all = self.differences.iter().filter(|(id, _)| !old.has(id));
        let of = |(id, difference): (&String, &Difference)| {
            let folder = old.outputs.as_ref()?.folder().join(id);
            let manifest = Source::named(files::shown(&folder.join(MANIFEST)));
            let record = record(old, id)?;
            Some(change(id, record, of_outputs(difference), &Sources::single(manifest), Spot::File))
        };
        all.filter_map(of).collect()
    }
}

/// A version of a filing: its source, if there is one, and the filing, if that can be read.
pub(super) type Version<'a> = (Option<&'a Loaded>, Option<&'a Filing>);

/// The change of a filed notice, or `None` if it was not filed or stays the same. `documents` is
/// whether sources and templates make other documents.
pub(super) fn of(
    pairing: &Pairing<'_>,
    old: Version<'_>,
    new: Version<'_>,
    documents: bool,
    outputs: Option<&Difference>,
) -> Option<FiledChange> {
    let (side, entry) = pairing.old.filter(|_| pairing.kind != ChangeKind::Added)?;
    let record = match old.1 {
        Some(filing) => Record::of(filing.filed.as_ref()?),
        None => manifest_record(side, &entry.id)?,
    };
    let mut changes: Vec<String> = Vec::new();
    let outputs = outputs.map(of_outputs).unwrap_or_default();
    match (pairing.new, new.1) {
        (None, _) => changes.push("its source is removed".to_owned()),
        (Some(_), None) => changes.push("its source cannot be read any more".to_owned()),
        (Some(_), Some(filing)) => {
            if documents && !outputs.iter().any(|change| change == DOCUMENTS) {
                changes.push(DOCUMENTS.to_owned());
            }
            changes.extend(of_record(&record, filing.filed.as_ref()).map(str::to_owned));
        }
    }
    // The documents first: EDGAR has them, and the other changes are of the repository.
    changes.splice(0..0, outputs);
    if changes.is_empty() {
        return None;
    }
    let shown = new.0.or(old.0)?;
    let is_filed = shown.filing.as_ref().is_some_and(|filing| filing.filed.is_some());
    let spot = if is_filed { Spot::from("filed") } else { Spot::File };
    let id = pairing.new.map_or(&entry.id, |(_, entry)| &entry.id);
    Some(change(id, record, changes, &shown.sources, spot))
}

/// The change that the documents of a notice are not those that were filed.
const DOCUMENTS: &str = "its documents change";

fn of_outputs(difference: &Difference) -> Vec<String> {
    let mut changes = Vec::new();
    if !difference.changed.is_empty() {
        changes.push(DOCUMENTS.to_owned());
    }
    if difference.all_removed {
        changes.push("its outputs are removed".to_owned());
    } else if !difference.removed.is_empty() {
        let names: Vec<&str> = difference.removed.iter().map(String::as_str).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        changes.push(format!("{} {verb} removed", names.join(", ")));
    }
    changes
}

/// The change of the key `filed`, if there is one.
fn of_record(old: &Record, new: Option<&Filed>) -> Option<&'static str> {
    let Some(new) = new.map(Record::of) else { return Some("`filed` is removed") };
    let differs = |old: &Option<String>, new: &Option<String>| old.is_some() && old != new;
    if differs(&old.accession, &new.accession) {
        Some("its accession number changes")
    } else {
        differs(&old.date, &new.date).then_some("its filing date changes")
    }
}

fn change(
    id: &str,
    record: Record,
    changes: Vec<String>,
    sources: &Sources,
    spot: Spot,
) -> FiledChange {
    let date = record.date.as_ref().map(|date| format!(" {date}")).unwrap_or_default();
    let accession =
        record.accession.as_ref().map(|number| format!(" as {number}")).unwrap_or_default();
    let message = format!("`{id}` was filed{date}{accession}; {}", changes.join(", "));
    let found = rule::FILED_CHANGED.at(spot, message).advised().locate(sources);
    FiledChange { id: id.to_owned(), record, found }
}

/// The record of a notice in a revision, or `None` if it was not filed.
fn record(side: &Revision, id: &str) -> Option<Record> {
    match side.entry(id).and_then(|entry| side.load(entry).filing) {
        Some(filing) => filing.filed.as_ref().map(Record::of),
        None => manifest_record(side, id),
    }
}

/// The record of a notice in its manifest, or `None` if it was not filed.
fn manifest_record(side: &Revision, id: &str) -> Option<Record> {
    let manifest = side.outputs.as_ref()?.manifest(id).filter(|manifest| manifest.filed)?;
    Some(Record { date: manifest.filed_on, accession: None })
}
