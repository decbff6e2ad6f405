//! What is wrong with a user's document, and where. A finding is data: it names a rule and a spot
//! in the YAML, and is printed by `report/` alone. What stops the tool itself is an
//! `anyhow::Error` and never a finding.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnostics::source::{Place, Sources};

pub use crate::diagnostics::source::Spot;

/// How much a finding weighs. Only errors make the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The documents cannot be filed as they are.
    Error,
    /// The SEC staff, or a reader, would object.
    Warning,
    /// Worth knowing; nothing to do.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// A row of the rule table: what a code means and on whose authority.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Unique, kebab-case; what a waiver names.
    pub code: &'static str,
    /// The severity of its findings unless a finding says otherwise.
    pub severity: Severity,
    /// The rule, form line or manual section it rests on.
    pub authority: Option<&'static str>,
    /// One sentence: what it means.
    pub summary: &'static str,
    /// One sentence: what to do about it.
    pub advice: &'static str,
    /// Whether a filing can waive it: not if it keeps the file from being read.
    pub waivable: bool,
}

impl Rule {
    /// A finding of this rule at `spot`.
    pub fn at(&'static self, spot: impl Into<Spot>, message: impl Into<String>) -> Finding {
        Finding {
            rule: self,
            severity: self.severity,
            spot: spot.into(),
            message: message.into(),
            hint: None,
            width: None,
            waived: None,
        }
    }
}

/// One finding, not yet given its line.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The row it comes from.
    pub rule: &'static Rule,
    /// Its weight, usually the row's.
    pub severity: Severity,
    /// Where.
    pub spot: Spot,
    /// What is wrong: lower case, no full stop, values in backticks.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// How many characters it is about, from its place on; if not known, the word or scalar there.
    pub width: Option<usize>,
    /// The reason of its waiver, if it has one: it does not affect the exit code then.
    pub waived: Option<String>,
}

impl Finding {
    /// With advice on what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Finding {
        self.hint = Some(hint.into());
        self
    }

    /// With the advice of its rule, where there is nothing to add to it.
    #[must_use]
    pub fn advised(self) -> Finding {
        let advice = self.rule.advice;
        self.hint(advice)
    }

    /// With the number of characters that it is about.
    #[must_use]
    pub fn width(mut self, characters: usize) -> Finding {
        self.width = Some(characters);
        self
    }

    /// With a weight other than the row's.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    /// Gives the finding its line, and the text of that line for the excerpt.
    pub fn locate(self, sources: &Sources) -> Located {
        let (place, line) = sources.places(&[&self.spot]).swap_remove(0);
        Located { finding: self, place, line }
    }
}

/// A finding with its file, line, column and source line: all that a printer needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The finding.
    pub finding: Finding,
    /// Where it is.
    pub place: Place,
    /// The source line it is on, without its line break; empty when there is none.
    pub line: String,
}

impl Located {
    /// Whether it counts as an error: a waived finding counts for nothing.
    pub fn counts(&self, deny_warnings: bool) -> bool {
        self.finding.waived.is_none()
            && match self.finding.severity {
                Severity::Error => true,
                Severity::Warning => deny_warnings,
                Severity::Note => false,
            }
    }
}

/// Gives the findings of one file their lines, all in one go.
pub fn locate(findings: Vec<Finding>, sources: &Sources) -> Vec<Located> {
    let places = sources.places(&findings.iter().map(|finding| &finding.spot).collect::<Vec<_>>());
    findings
        .into_iter()
        .zip(places)
        .map(|(finding, (place, line))| Located { finding, place, line })
        .collect()
}

/// Sorts findings the way they are printed: by file, position, severity and code.
pub fn sort(findings: &mut [Located]) {
    findings.sort_by(|a, b| {
        (&a.place, a.finding.severity, a.finding.rule.code, &a.finding.message).cmp(&(
            &b.place,
            b.finding.severity,
            b.finding.rule.code,
            &b.finding.message,
        ))
    });
}

/// The nearest of `known` to what was typed, when it is near enough to suggest: of a short word,
/// more than half has to be right.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&typed, &k.to_lowercase()), k))
        .filter(|(distance, k)| {
            *distance <= 1 + k.len() / 4 && 2 * distance < typed.len().max(k.len())
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}
