//! After the batch: two filings that give notice of the same report. The filings are not kept; those
//! few that are concerned are loaded once more.

use super::{Batch, Entry, Outcome, place};
use crate::finding::Located;
use crate::load;
use crate::rule;
use crate::validate;

impl Batch<'_> {
    /// What a look at all filings of the run finds, with its waivers.
    pub(super) fn duplicates(&self, entries: &[Entry], outcomes: &[Outcome]) -> Vec<Located> {
        let notices = outcomes.iter().enumerate().filter_map(|(at, outcome)| Some((at, outcome.notice.as_ref()?)));
        let later = validate::duplicates(notices);
        // A waiver that waives nothing is found where nothing can be missing.
        let whole = self.plan.only.is_empty() && self.plan.shard.is_none();
        let concerned = |at: &usize| later.contains_key(at) || (whole && outcomes[*at].waives_duplicate);
        let mut findings = Vec::new();
        for at in (0..outcomes.len()).filter(concerned) {
            let loaded = load::load(&entries[at], &self.registrants);
            let Some(filing) = &loaded.filing else { continue };
            let finding = later.get(&at).map(|first| {
                let message = format!("`{}` gives notice of the same report already", entries[*first].id);
                let hint = "one of the two is an amendment, or is not needed: there is no second extension";
                rule::DUPLICATE_NOTICE.at("report.period_ended", message).hint(hint)
            });
            let mut found = finding.into_iter().collect();
            validate::waive_in_batch(filing, &mut found);
            findings.extend(place(found, &loaded.sources));
        }
        findings
    }
}
