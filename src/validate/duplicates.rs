//! The one rule that looks at more than one filing: a report has one notice, and no second extension.

use std::collections::BTreeMap;

use crate::filing::{Cik, CivilDate, Filing, FormType};
use crate::rule;

/// Which report a filing gives notice of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    cik: Cik,
    form: FormType,
    transition: bool,
    period_ended: CivilDate,
}

impl Notice {
    /// That of a filing; an amendment gives none of its own.
    pub fn of(filing: &Filing) -> Option<Notice> {
        let report = &filing.report;
        filing.amendment.is_none().then(|| Notice {
            cik: filing.registrant.cik.clone(),
            form: report.form.box_form(),
            transition: report.transition,
            period_ended: report.period_ended,
        })
    }

    /// Whether a filing has a waiver for a second notice.
    pub fn waived(filing: &Filing) -> bool {
        filing.waive.iter().any(|waiver| waiver.rule.as_str() == rule::DUPLICATE_NOTICE.code)
    }
}

/// The notices of reports that an earlier one is about too: the place of each, and of the first.
pub fn duplicates<'a>(notices: impl IntoIterator<Item = (usize, &'a Notice)>) -> BTreeMap<usize, usize> {
    let mut first: BTreeMap<&Notice, usize> = BTreeMap::new();
    let mut later = BTreeMap::new();
    for (at, notice) in notices {
        match first.get(notice) {
            Some(before) => drop(later.insert(at, *before)),
            None => drop(first.insert(notice, at)),
        }
    }
    later
}
