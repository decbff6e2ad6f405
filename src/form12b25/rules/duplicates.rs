//! Checks that a report has one notice. It is the only rule that compares filings.

use std::collections::BTreeMap;

use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::model::{CivilDate, Filing};
use crate::form12b25::report_key::ReportKey;

/// A notice that is not an amendment: the keys of its reports, and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalNotice {
    reports: Vec<ReportKey>,
    /// The day of filing, or else of signing. Notices without a day are sorted last.
    day: Option<CivilDate>,
}

impl OriginalNotice {
    /// Returns the notice of a filing, or `None` if the filing is an amendment.
    pub fn of(filing: &Filing) -> Option<OriginalNotice> {
        filing.amendment.is_none().then(|| OriginalNotice {
            reports: ReportKey::all(filing),
            day: filing.filed.as_ref().map(|filed| filed.date).or(filing.signature.date),
        })
    }
}

/// Whether a filing waives the rule on duplicates.
pub fn waives_duplicate(filing: &Filing) -> bool {
    filing.waive.iter().any(|waiver| waiver.rule.as_str() == rule::DUPLICATE_NOTICE.code)
}

/// Returns the finding for a notice of a report of which the filing `first` already gives notice.
pub fn duplicate(first: &str) -> Finding {
    let message = format!("`{first}` gives notice of the same report already");
    let hint = "one of the two is an amendment, or is not needed: there is no second extension";
    rule::DUPLICATE_NOTICE.at("report.period_ended", message).hint(hint)
}

/// Returns the number of each notice that repeats an earlier notice, with the number of that one.
/// The earlier notice was filed or signed first; on the same day it has the lower number.
pub fn duplicates<'a>(
    notices: impl IntoIterator<Item = (usize, &'a OriginalNotice)>,
) -> BTreeMap<usize, usize> {
    let mut all: Vec<(usize, &OriginalNotice)> = notices.into_iter().collect();
    all.sort_by_key(|(number, notice)| (notice.day.is_none(), notice.day, *number));
    let mut first: BTreeMap<&ReportKey, usize> = BTreeMap::new();
    let mut later = BTreeMap::new();
    for (number, notice) in all {
        for report in &notice.reports {
            let earlier = *first.entry(report).or_insert(number);
            if earlier != number {
                later.entry(number).or_insert(earlier);
            }
        }
    }
    later
}
