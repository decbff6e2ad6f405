//! Finds filings that give notice of the same report, once all filings of a run are done.

use rayon::prelude::*;

use super::place::place;
use super::run::Run;
use super::summary::Outcome;
use crate::diagnostics::finding::Located;
use crate::form12b25::rules::{self, OriginalNotice};
use crate::pipeline::load::files::{Entry, Files};
use crate::pipeline::load::{self, Loaded};

/// Returns the findings of the requested filings that duplicate another, with their waivers. All
/// filings are compared, requested or not: the original may be in another folder or shard.
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
        // Filings are not kept in memory; the few that are concerned are loaded again. A waiver
        // without a duplicate is a finding too.
        if first.is_some() || outcome.waives_duplicate {
            findings.extend(duplicate_findings(load::load(entry, &run.shared), first));
        }
    }
    findings
}

/// Returns the notice of a filing that was not requested, or `None` if it cannot be read.
fn notice(run: &Run<'_>, entry: &Entry) -> Option<OriginalNotice> {
    OriginalNotice::of(load::load(entry, &run.shared).filing.as_ref()?)
}

/// Returns the finding of a filing whose report is that of the filing `first`, after its waivers.
fn duplicate_findings(loaded: Loaded, first: Option<&str>) -> Vec<Located> {
    let Some(filing) = &loaded.filing else { return Vec::new() };
    let mut found = first.map(rules::duplicate).into_iter().collect();
    rules::waive_in_batch(filing, &mut found);
    place(found, &loaded.sources)
}
