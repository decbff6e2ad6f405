//! The conditions for a live package, which EDGAR accepts as the filing itself and disseminates.

use crate::diagnostics::finding::{Finding, Located, Rule, Severity, Spot, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::Filing;

/// The user's choices about live packages.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Whether packages are live.
    pub live: bool,
    /// The rules whose warnings do not refuse a live package.
    pub accepted: Vec<&'static Rule>,
}

impl Terms {
    /// Creates the terms from the codes of the accepted rules.
    ///
    /// # Errors
    /// A rule does not exist, or cannot be accepted.
    pub fn new(live: bool, codes: &[String]) -> anyhow::Result<Terms> {
        let rule = |code: &String| match rule::find(code) {
            Some(rule) if rule.code == rule::UNSIGNED.code => {
                anyhow::bail!("`{code}` cannot be accepted: a notice is signed before it is filed")
            }
            Some(rule) => Ok(rule),
            None => match did_you_mean(code, rule::ALL.iter().map(|rule| rule.code)) {
                Some(near) => {
                    anyhow::bail!("there is no rule `{code}` to accept; did you mean `{near}`?")
                }
                None => anyhow::bail!(
                    "there is no rule `{code}` to accept; `latefile rules` lists them"
                ),
            },
        };
        Ok(Terms { live, accepted: codes.iter().map(rule).collect::<anyhow::Result<_>>()? })
    }

    /// Waives the accepted warnings, so that they do not affect the exit code.
    pub fn waive_accepted(&self, findings: &mut [Located]) {
        for found in findings.iter_mut().filter(|found| self.accepts(&found.finding)) {
            found.finding.waived = Some("accepted with --accept".to_owned());
        }
    }

    fn accepts(&self, finding: &Finding) -> bool {
        finding.waived.is_none()
            && finding.severity == Severity::Warning
            && self.accepted.iter().any(|rule| rule.code == finding.rule.code)
    }
}

/// Returns the findings that only a live package has: missing signatures, and an earlier filing.
pub(super) fn findings(filing: &Filing) -> Vec<Finding> {
    let mut open = Vec::new();
    let mut check = |signed: bool, path: YamlPath, message: String| {
        if !signed {
            open.push(
                rule::LIVE_REFUSED
                    .at(path.key("signed"), message)
                    .hint("sign it first, then set `signed: true`"),
            );
        }
    };
    check(
        filing.signature.signed,
        YamlPath::parse("signature"),
        "the notice is not signed".to_owned(),
    );
    for (i, registrant) in filing.co_registrants.iter().enumerate() {
        if let Some(signature) = &registrant.signature {
            let path = YamlPath::parse("co_registrants").index(i).key("signature");
            check(
                signature.signed,
                path,
                format!("the notice is not signed for `{}`", registrant.name.folded()),
            );
        }
    }
    for (i, letter) in filing.letters.iter().enumerate() {
        let message = format!("the letter of `{}` is not signed", letter.name());
        check(letter.signed != Some(false), YamlPath::parse("letters").index(i), message);
    }
    if let Some(filed) = &filing.filed {
        let message = format!("the notice was filed on {} as {}", filed.date, filed.accession);
        open.push(rule::ALREADY_FILED.at("filed", message));
    }
    open
}

/// Returns one refusal for each rule with a warning that is not waived, at the first warning.
pub(super) fn refusals(found: &[Located]) -> Vec<Located> {
    // `findings` reports the unsigned lines already.
    let counts = |found: &&Located| {
        let finding = &found.finding;
        finding.waived.is_none()
            && finding.severity == Severity::Warning
            && finding.rule.code != rule::UNSIGNED.code
    };
    let mut refusals: Vec<Located> = Vec::new();
    for found in found.iter().filter(counts) {
        let code = found.finding.rule.code;
        let message = format!("no live package is made with the warning `{code}`");
        if refusals.iter().all(|refusal| refusal.finding.message != message) {
            let hint = format!(
                "correct it, waive it in the source with a reason, or use `--accept {code}`"
            );
            let finding = rule::LIVE_REFUSED
                .at(Spot::Elsewhere(found.place.clone(), found.line.clone()), message);
            let finding = finding.hint(hint);
            refusals.push(Located::new(finding, found.place.clone(), found.line.clone()));
        }
    }
    refusals
}
