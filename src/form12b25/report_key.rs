//! The identity of the report that a notice is about. Two notices are about the same report if they
//! share a key; the duplicate rule and the redline use it.

use crate::diagnostics::source::sha256;
use crate::form12b25::model::{Cik, CivilDate, Filing, FormType, SeriesId, Text};

/// A late report of one registrant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportKey {
    cik: Cik,
    // A 10-KSB is the 10-K of its registrant: to correct one to the other changes no report.
    /// The form whose check box the report uses.
    form: FormType,
    period_ended: CivilDate,
    transition: bool,
    distributed: Option<CivilDate>,
    portion: Option<String>,
    /// In order, so that the order in a filing does not matter.
    series: Vec<SeriesId>,
    // The CIK is that of the sponsor, who may have several plans.
    /// 11-K: the name of the plan.
    plan: Option<String>,
}

impl ReportKey {
    /// Returns the keys of a filing's report, one for each registrant, the registrant's first.
    pub fn all(filing: &Filing) -> Vec<ReportKey> {
        let report = &filing.report;
        let mut series: Vec<SeriesId> =
            filing.registrant.series.iter().map(|series| series.id.clone()).collect();
        series.sort();
        let key = |cik: &Cik| ReportKey {
            cik: cik.clone(),
            form: report.form.box_form(),
            period_ended: report.period_ended,
            transition: report.transition,
            distributed: report.distributed,
            portion: report.portion.as_ref().map(Text::folded),
            series: series.clone(),
            plan: (report.form == FormType::F11K).then(|| filing.registrant.name.folded()),
        };
        filing.registrants().map(|registrant| key(&registrant.cik)).collect()
    }

    /// Whether one key could be a corrected version of the other.
    pub fn could_correct(&self, other: &ReportKey) -> bool {
        // Plans and series with nothing in common are two reports, however alike their notices are.
        let other_plan = self.plan.is_some() && other.plan.is_some() && self.plan != other.plan;
        let other_series = !self.series.is_empty()
            && !other.series.is_empty()
            && !self.series.iter().any(|series| other.series.contains(series));
        let in_common = self.form == other.form || self.period_ended == other.period_ended;
        in_common && !other_plan && !other_series
    }

    /// Returns a name that no other report has, of letters, digits, `+` and `-`:
    /// `0000352747+10-k+1997-12-31`.
    pub fn name(&self) -> String {
        let mut parts = vec![
            self.cik.to_string(),
            self.form.to_string().to_lowercase(),
            self.period_ended.to_string(),
        ];
        parts.extend(self.transition.then(|| "transition".to_owned()));
        parts.extend(self.distributed.map(|day| format!("distributed-{day}")));
        // Free text: a hash keeps the name short and plain.
        let free = [self.portion.clone(), self.plan.clone()].into_iter().flatten();
        let free: Vec<String> = free.chain(self.series.iter().map(ToString::to_string)).collect();
        if !free.is_empty() {
            parts.push(sha256(free.join("\0").as_bytes())[..12].to_owned());
        }
        parts.join("+")
    }

    /// Whether both are of the same registrant.
    pub fn same_registrant(&self, other: &ReportKey) -> bool {
        self.cik == other.cik
    }
}

/// Whether two notices, by their keys, are about the same report.
pub fn same_report(one: &[ReportKey], other: &[ReportKey]) -> bool {
    // One registrant in common is enough: a combined notice may gain or lose a co-registrant.
    one.iter().any(|key| other.contains(key))
}
