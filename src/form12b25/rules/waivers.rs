//! Applies waivers: a waived finding is still listed, and does not affect the exit code.

use crate::diagnostics::finding::{Finding, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::Filing;

/// Returns the finding about a code that is not that of a rule, or of a rule that cannot be waived,
/// or `None` if it can.
pub fn unknown_rule(code: &str, path: YamlPath) -> Option<Finding> {
    let Some(known) = rule::find(code) else {
        let finding = rule::WAIVER_UNKNOWN.at(path, format!("there is no rule `{code}`"));
        let near = did_you_mean(code, rule::ALL.iter().map(|r| r.code));
        return Some(match near {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding,
        });
    };
    (!known.waivable).then(|| rule::WAIVER_UNKNOWN.at(path, format!("`{code}` cannot be waived")))
}

/// Marks the findings that the filing waives, and adds the findings on its waivers.
pub fn waive(filing: &Filing, findings: &mut Vec<Finding>) {
    apply(filing, findings, |code| code != rule::DUPLICATE_NOTICE.code);
}

/// The same for the findings that need all filings.
pub fn waive_in_batch(filing: &Filing, findings: &mut Vec<Finding>) {
    apply(filing, findings, |code| code == rule::DUPLICATE_NOTICE.code);
}

// A waiver for a rule that has not run yet would be reported as unused.
/// Applies the waivers of the rules that `concerns` selects.
fn apply(filing: &Filing, findings: &mut Vec<Finding>, concerns: impl Fn(&str) -> bool) {
    let mut faults = Vec::new();
    for (i, waiver) in
        filing.waive.iter().enumerate().filter(|(_, waiver)| concerns(waiver.rule.as_str()))
    {
        let path = YamlPath::parse("waive").index(i).key("rule");
        let code = waiver.rule.as_str();
        match rule::find(code).filter(|rule| rule.waivable) {
            None => {} // found when the file is loaded
            // The first reason counts: nothing shows which of the two is the current one.
            Some(_) if filing.waive[..i].iter().any(|earlier| earlier.rule.as_str() == code) => {
                let finding = rule::WAIVER_UNUSED.at(path, "the rule is waived already");
                faults.push(finding.hint("keep one waiver of it, with the whole reason"));
            }
            Some(_) => {
                let mut used = false;
                for finding in findings.iter_mut().filter(|f| f.rule.code == code) {
                    finding.waived = Some(waiver.because.folded());
                    used = true;
                }
                if !used {
                    let finding = rule::WAIVER_UNUSED
                        .at(path, format!("the filing has no finding of `{code}`"));
                    faults.push(finding.hint("delete the waiver"));
                }
            }
        }
    }
    findings.extend(faults);
}
