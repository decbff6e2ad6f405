//! After the batch: two filings that give notice of the same report. All filings are compared, also
//! those that were not asked for. They are not kept; those few that are concerned are loaded once
//! more.

use rayon::prelude::*;

use super::{Batch, Entry, Outcome, place};
use crate::diagnostics::finding::Located;
use crate::form12b25::rules::{self, OriginalNotice};
use crate::pipeline::load::{self, Loaded, files::Files};

impl Batch<'_> {
    /// What a look at all filings finds of those of this run, with its waivers.
    pub(super) fn duplicates(&self, files: &Files, outcomes: &[Outcome]) -> Vec<Located> {
        let own = files.filings.iter().zip(outcomes.iter().map(|outcome| &outcome.notice));
        let others: Vec<Option<OriginalNotice>> =
            files.others.par_iter().map(|entry| self.notice(entry)).collect();
        let mut all: Vec<(&Entry, &Option<OriginalNotice>)> =
            own.chain(files.others.iter().zip(&others)).collect();
        all.sort_by_key(|(entry, _)| &entry.id);
        let notices =
            all.iter().enumerate().filter_map(|(at, (_, notice))| Some((at, notice.as_ref()?)));
        let later = rules::duplicates(notices);
        let mut findings = Vec::new();
        for (entry, outcome) in files.filings.iter().zip(outcomes) {
            let at = all.binary_search_by_key(&&entry.id, |(entry, _)| &entry.id);
            let first =
                at.ok().and_then(|at| later.get(&at)).map(|first| all[*first].0.id.as_str());
            if first.is_some() || outcome.waives_duplicate {
                findings.extend(settled(load::load(entry, &self.registrants), first));
            }
        }
        findings
    }

    /// Returns the notice of a filing that is not part of this run.
    fn notice(&self, entry: &Entry) -> Option<OriginalNotice> {
        OriginalNotice::of(load::load(entry, &self.registrants).filing.as_ref()?)
    }
}

/// The finding of a filing whose report another one is about already, and what its waivers make of
/// it.
fn settled(loaded: Loaded, first: Option<&str>) -> Vec<Located> {
    let Some(filing) = &loaded.filing else { return Vec::new() };
    let mut found = first.map(rules::duplicate).into_iter().collect();
    rules::waive_in_batch(filing, &mut found);
    place(found, &loaded.sources)
}
