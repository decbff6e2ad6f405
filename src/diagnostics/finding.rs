//! Findings: problems in a user's document, each with its rule and its spot. A finding is data, and
//! only `report/` prints it. A problem that stops the tool itself is an `anyhow::Error`, never a
//! finding.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnostics::fix::{Edit, Fix};
use crate::diagnostics::secret;
use crate::diagnostics::source::{Place, Sources};

pub use crate::diagnostics::source::Spot;

/// The severity of a finding. Only errors make the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The documents cannot be filed as they are.
    Error,
    /// The SEC staff or a reader would object.
    Warning,
    /// Worth knowing; nothing to do.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `pad`: the width of a format applies.
        f.pad(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        })
    }
}

/// A row of the rule table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The code that a waiver names: unique, in kebab-case.
    pub code: &'static str,
    /// The severity of its findings unless a finding says otherwise.
    pub severity: Severity,
    /// The SEC rule, form line or manual section that requires it.
    pub authority: Option<&'static str>,
    /// The meaning, in one sentence.
    pub summary: &'static str,
    /// The remedy, in one sentence.
    pub advice: &'static str,
    /// Whether a filing can waive its findings.
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
            fix: None,
            waived: None,
        }
    }
}

/// One finding, before its line is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its rule.
    pub rule: &'static Rule,
    /// Its severity: usually that of the rule.
    pub severity: Severity,
    /// Its place.
    pub spot: Spot,
    /// The problem: lower case, no full stop, values in backticks.
    pub message: String,
    /// The remedy.
    pub hint: Option<String>,
    /// The number of characters it is about, or `None` for the word or scalar at its place.
    pub width: Option<usize>,
    /// The change of the file that removes it; the hint describes the change.
    pub fix: Option<Fix>,
    /// The reason of its waiver. A waived finding does not affect the exit code.
    pub waived: Option<String>,
}

impl Finding {
    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Finding {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the advice of its rule as the hint.
    #[must_use]
    pub fn advised(self) -> Finding {
        let advice = self.rule.advice;
        self.hint(advice)
    }

    /// Sets the number of characters that it is about.
    #[must_use]
    pub fn width(mut self, characters: usize) -> Finding {
        self.width = Some(characters);
        self
    }

    /// Adds a fix. The hint has to describe it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Finding {
        self.fix = Some(fix);
        self
    }

    /// Sets a severity other than that of the rule.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    /// Finds the line of the finding, and the text of that line for the excerpt.
    pub fn locate(self, sources: &Sources) -> Located {
        let (place, line) = sources.places(&[&self.spot]).swap_remove(0);
        let located = Located::new(self, place, line);
        if may_have_code(sources) { located.without_contents() } else { located }
    }
}

/// A finding with its file, line, column and source line, ready to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The finding.
    pub finding: Finding,
    /// Its file, line and column.
    pub place: Place,
    /// The text of its line without the line break; empty if there is none.
    pub line: String,
    /// The edits of its fix; none if it has no fix.
    pub edits: Vec<Edit>,
}

impl Located {
    /// A finding at its place, with the text of its line.
    pub fn new(finding: Finding, place: Place, line: String) -> Located {
        let edits = finding.fix.as_ref().and_then(|fix| fix.edits(place.position, &line));
        Located { finding, place, line, edits: edits.unwrap_or_default() }
    }

    /// Whether it has a fix that keeps the meaning.
    pub fn is_safely_fixed(&self) -> bool {
        !self.edits.is_empty() && self.finding.fix.as_ref().is_some_and(|fix| fix.safe)
    }

    /// Returns the finding without anything that its file contains, which may have a CCC in it.
    pub fn without_contents(mut self) -> Located {
        // Messages quote keys and values, and a code that is mistyped does not look like one.
        self.line = String::new();
        self.edits = Vec::new();
        self.finding.fix = None;
        self.finding.message = self.finding.rule.summary.to_owned();
        self.finding.waived = self.finding.waived.map(|_| secret::HIDDEN.to_owned());
        self.finding.hint = Some(
            "the file may have a CCC in it, so that nothing of it is shown; `latefile package \
             --check` checks a package"
                .to_owned(),
        );
        self
    }
}

/// Whether one of the sources may have a CCC in it.
fn may_have_code(sources: &Sources) -> bool {
    let shared = sources.shared.iter().map(|(_, source)| source);
    std::iter::once(&sources.main)
        .chain(shared)
        .any(|source| secret::may_be_in(source.text.as_bytes()))
}

/// Finds the lines of the findings of one file.
pub fn locate(findings: Vec<Finding>, sources: &Sources) -> Vec<Located> {
    // Fast path: most files have none.
    if findings.is_empty() {
        return Vec::new();
    }
    // All at once: each search for places parses the file.
    let places = sources.places(&findings.iter().map(|finding| &finding.spot).collect::<Vec<_>>());
    let located = findings
        .into_iter()
        .zip(places)
        .map(|(finding, (place, line))| Located::new(finding, place, line));
    if may_have_code(sources) {
        located.map(Located::without_contents).collect()
    } else {
        located.collect()
    }
}

/// Sorts findings by file, position, severity and code.
pub fn sort(findings: &mut [Located]) {
    // By message last, so that the order never depends on that of threads.
    findings.sort_by(|a, b| {
        (&a.place, a.finding.severity, a.finding.rule.code, &a.finding.message).cmp(&(
            &b.place,
            b.finding.severity,
            b.finding.rule.code,
            &b.finding.message,
        ))
    });
}

/// Returns the word of `known` nearest to a typed word, or `None` if none is near enough.
pub fn did_you_mean<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&typed, &k.to_lowercase()), k))
        // Of a short word, more than half has to be right.
        .filter(|(distance, k)| {
            *distance <= 1 + k.len() / 4 && 2 * distance < typed.len().max(k.len())
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}
