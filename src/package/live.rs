//! What stands against a live package: EDGAR takes it for the filing itself, and disseminates it.

use crate::diagnostics::finding::{Finding, Located, Rule, Severity, Spot, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::Filing;

/// What a user decided about live packages.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Whether the packages are to be live.
    pub live: bool,
    /// Rules whose warnings do not stand against one.
    pub accepted: Vec<&'static Rule>,
}

impl Terms {
    /// Reads codes of rules.
    ///
    /// # Errors
    /// There is no such rule, or it cannot be accepted.
    pub fn new(live: bool, codes: &[String]) -> anyhow::Result<Terms> {
        let rule = |code: &String| match rule::find(code) {
            Some(rule) if rule.code == rule::UNSIGNED.code => {
                anyhow::bail!("`{code}` cannot be accepted: what is filed is signed first")
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

    /// Takes the accepted warnings out of the verdict, as a waiver would.
    pub fn settle(&self, findings: &mut [Located]) {
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

/// What a live package finds in a filing that other runs do not.
pub(super) fn findings(filing: &Filing) -> Vec<Finding> {
    let mut open = Vec::new();
    let mut check = |signed: bool, path: YamlPath, what: String| {
        if !signed {
            open.push(
                rule::LIVE_REFUSED
                    .at(path.key("signed"), what)
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
        let message = format!("the letter of `{}` is not signed", letter.signed_by.folded());
        check(letter.signed, YamlPath::parse("letters").index(i), message);
    }
    if let Some(filed) = &filing.filed {
        let message = format!("the notice was filed on {} as {}", filed.date, filed.accession);
        open.push(rule::ALREADY_FILED.at("filed", message));
    }
    open
}

/// A refusal for each warning that nobody judged, at its place. An unsigned line is refused anyway.
pub(super) fn refusals(found: &[Located]) -> Vec<Located> {
    let counts = |found: &&Located| {
        let finding = &found.finding;
        finding.waived.is_none()
            && finding.severity == Severity::Warning
            && finding.rule.code != rule::UNSIGNED.code
    };
    let mut refusals: Vec<Located> = Vec::new();
    for found in found.iter().filter(counts) {
        let code = found.finding.rule.code;
        let message = format!("no live package is made while `{code}` stands");
        if refusals.iter().all(|refusal| refusal.finding.message != message) {
            let hint = format!(
                "mend it, waive it in the source with its reason, or use `--accept {code}`"
            );
            let finding = rule::LIVE_REFUSED
                .at(Spot::Elsewhere(found.place.clone(), found.line.clone()), message);
            let finding = finding.hint(hint);
            refusals.push(Located {
                finding,
                place: found.place.clone(),
                line: found.line.clone(),
            });
        }
    }
    refusals
}
