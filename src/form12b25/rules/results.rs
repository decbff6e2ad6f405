//! Compares Part IV (3) with the prose: with matters in Part III that change results. Prose can
//! be misread, so the findings are warnings at most.

use super::matters::{self, Matter};
use super::subject::Subject;
use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::rule;
use crate::form12b25::model::{Filing, FormType};

/// Whether the report has earnings statements at all.
pub(super) fn has_earnings(form: FormType) -> bool {
    !matches!(form, FormType::F10D | FormType::NCen)
}

/// Whether Part IV (3) is answered No.
pub(super) fn denies_change(filing: &Filing) -> bool {
    filing.results_change.as_ref().is_some_and(|change| !change.anticipated)
}

/// If Part IV (3) is answered No, Part III must not mention a matter that changes results.
pub(super) fn contradiction(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let denied = denies_change(filing) && has_earnings(filing.report.form);
    let Some(prose) = subject.narrative.as_ref().filter(|_| denied) else {
        return Vec::new();
    };
    let seen = matters::stated(prose, filing.report.period_ended.parts().0);
    let Some(first) = seen.first() else { return Vec::new() };
    let words: Vec<String> = seen.iter().map(|matter| format!("`{}`", matter.word())).collect();
    let spot = first.sentence.spot(first.at.clone());
    if seen.iter().all(Matter::is_weakness) {
        let message = format!(
            "Part III speaks of {}, and Part IV (3) answers No; a weakness alone changes no results",
            words.join(", ")
        );
        let hint = "if it let errors into the accounts that change results significantly, answer \
                    `anticipated: true`";
        let finding = rule::RESULTS_CONTRADICTION.at(spot, message).hint(hint);
        return vec![finding.severity(Severity::Note)];
    }
    let message = format!("Part III speaks of {}, and Part IV (3) answers No", words.join(", "));
    let hint = "if it will change results significantly, answer `anticipated: true` and explain it \
                in words and figures";
    vec![rule::RESULTS_CONTRADICTION.at(spot, message).hint(hint)]
}
