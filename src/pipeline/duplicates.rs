//! After the batch: two filings that give notice of the same report. All filings are compared,
//! requested or not. They are not kept in memory; the few duplicates are loaded again.

use rayon::prelude::*;

use super::place::place;
use super::run::Run;
use super::summary::Outcome;
use crate::diagnostics::finding::Located;
use crate::form12b25::rules::{self, OriginalNotice};
use crate::pipeline::load::files::{Entry, Files};
use crate::pipeline::load::{self, Loaded};

/// The findings of this run's filings that a comparison of all filings yields, with their waivers.
pub(super) fn duplicates(run: &Run<'_>, files: &Files, outcomes: &[Outcome]) -> Vec<Located> {
    let own = files.filings.iter().zip(outcomes.iter().map(|outcome| &outcome.notice));
    let others: Vec<Option<OriginalNotice>> =
        files.others.par_iter().map(|entry| notice(run, entry)).collect();
    let mut all: Vec<(&Entry, &Option<OriginalNotice>)> =
        own.chain(files.others.iter().zip(&others)).collect();
    all.sort_by_key(|(entry, _)| &entry.id);
    let notices =
        all.iter().enumerate().filter_map(|(at, (_, notice))| Some((at, notice.as_ref()?)));
    let later = rules::duplicates(notices);
    let mut findings = Vec::new();
    for (entry, outcome) in files.filings.iter().zip(outcomes) {
        let at = all.binary_search_by_key(&&entry.id, |(entry, _)| &entry.id);
        let first = at.ok().and_then(|at| later.get(&at)).map(|first| all[*first].0.id.as_str());
        if first.is_some() || outcome.waives_duplicate {
            findings.extend(settled(load::load(entry, &run.registrants), first));
        }
    }
    findings
}

/// The notice of a filing that is not of this run.
fn notice(run: &Run<'_>, entry: &Entry) -> Option<OriginalNotice> {
    OriginalNotice::of(load::load(entry, &run.registrants).filing.as_ref()?)
}

/// The finding of a filing whose report is that of the filing `first`, after its waivers.
fn settled(loaded: Loaded, first: Option<&str>) -> Vec<Located> {
    let Some(filing) = &loaded.filing else { return Vec::new() };
    let mut found = first.map(rules::duplicate).into_iter().collect();
    rules::waive_in_batch(filing, &mut found);
    place(found, &loaded.sources)
}
