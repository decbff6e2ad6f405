//! The one rule that looks at more than one filing: a report has one notice, and no second
//! extension.

use std::collections::BTreeMap;

use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::model::{Cik, CivilDate, Filing, FormType, SeriesId, Text};

/// Which report a filing gives notice of, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    ciks: Vec<Cik>,
    report: Subject,
    /// When it was filed or signed; unsigned notices come last.
    day: Option<CivilDate>,
}

/// A report, as far as it can be told from another of the same registrant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Subject {
    form: FormType,
    transition: bool,
    period_ended: CivilDate,
    distributed: Option<CivilDate>,
    portion: Option<String>,
    series: Vec<SeriesId>,
    /// Of a plan, whose CIK is its sponsor's.
    plan: Option<String>,
}

impl Notice {
    /// That of a filing; an amendment gives none of its own.
    pub fn of(filing: &Filing) -> Option<Notice> {
        let report = &filing.report;
        let mut series: Vec<SeriesId> =
            filing.registrant.series.iter().map(|series| series.id.clone()).collect();
        series.sort();
        filing.amendment.is_none().then(|| Notice {
            ciks: filing.registrants().map(|registrant| registrant.cik.clone()).collect(),
            report: Subject {
                form: report.form.box_form(),
                transition: report.transition,
                period_ended: report.period_ended,
                distributed: report.distributed,
                portion: report.portion.as_ref().map(Text::folded),
                series,
                plan: (report.form == FormType::F11K).then(|| filing.registrant.name.folded()),
            },
            day: filing.filed.as_ref().map(|filed| filed.date).or(filing.signature.date),
        })
    }

    /// Whether a filing has a waiver for a second notice.
    pub fn waived(filing: &Filing) -> bool {
        filing.waive.iter().any(|waiver| waiver.rule.as_str() == rule::DUPLICATE_NOTICE.code)
    }
}

/// What is found of a notice of a report that another filing is about already.
pub fn duplicate(first: &str) -> Finding {
    let message = format!("`{first}` gives notice of the same report already");
    let hint = "one of the two is an amendment, or is not needed: there is no second extension";
    rule::DUPLICATE_NOTICE.at("report.period_ended", message).hint(hint)
}

/// The notices of reports that an earlier one is about too: the place of each, and of the first.
/// The earlier is the one that was filed or signed first; on the same day, the one that stands
/// first.
pub fn duplicates<'a>(
    notices: impl IntoIterator<Item = (usize, &'a Notice)>,
) -> BTreeMap<usize, usize> {
    let mut all: Vec<(usize, &Notice)> = notices.into_iter().collect();
    all.sort_by_key(|(at, notice)| (notice.day.is_none(), notice.day, *at));
    let mut first: BTreeMap<(&Cik, &Subject), usize> = BTreeMap::new();
    let mut later = BTreeMap::new();
    for (at, notice) in all {
        for cik in &notice.ciks {
            let before = *first.entry((cik, &notice.report)).or_insert(at);
            if before != at {
                later.entry(at).or_insert(before);
            }
        }
    }
    later
}
