//! The manifest of a filing's outputs: their hashes, their inputs, and the facts for a docket.
//!
//! There is one file for each filing, so that pull requests do not conflict and the outputs of
//! shards merge by copying. It holds no time of the run and no path of a machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::form12b25;
use crate::form12b25::deadline::Calendar;
use crate::form12b25::model::Filing;

/// The contents of `out/<id>/manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Manifest {
    /// The version of this format.
    pub schema_version: u32,
    /// EDGAR's submission type.
    pub submission_type: String,
    /// The names of all registrants, the registrant first.
    #[serde(default)]
    pub registrants: Vec<String>,
    /// The form of the late report, such as `10-K`.
    #[serde(default)]
    pub form: String,
    /// The end of the report's period, or of its transition period, such as `2025-12-31`.
    #[serde(default)]
    pub period_ended: String,
    /// Whether the late report is a transition report.
    #[serde(default, skip_serializing_if = "is_false")]
    pub transition: bool,
    /// The date of the form's signature; absent while it is not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<String>,
    /// Whether the notice was filed; its documents then stay even if the source is removed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub filed: bool,
    /// The filing date of a notice that was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed_on: Option<String>,
    /// Whether the notice seeks relief; absent from the manifests of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relief_sought: Option<bool>,
    /// The report's due date, such as `2026-03-31`; absent if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The notice's due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_due: Option<String>,
    /// The report's due date with relief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_due: Option<String>,
    /// The findings of the rules in the filing, the most severe first.
    // Without lines, which would change with every edit above them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Remark>,
    /// SHA-256 of each source, by its path below the filings.
    pub sources: BTreeMap<String, String>,
    /// The other inputs of the outputs: the versions of this tool and of typst, and SHA-256 of the
    /// templates of each target, of the wording and of the user's closed days.
    pub made_with: BTreeMap<String, String>,
    /// The outputs, by name.
    pub outputs: BTreeMap<String, Output>,
}

/// A finding without its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Remark {
    /// Its severity.
    pub severity: Severity,
    /// The code of its rule.
    pub code: String,
    /// Its message.
    pub message: String,
    /// The reason of the waiver, if the filing waives the finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
}

impl From<&Finding> for Remark {
    fn from(finding: &Finding) -> Remark {
        Remark {
            severity: finding.severity,
            code: finding.rule.code.to_owned(),
            message: finding.message.clone(),
            waived: finding.waived.clone(),
        }
    }
}

/// One output.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Output {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// SHA-256 of all inputs, as of [`Manifest::from`]: the same inputs give the same output.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Of a compiled document, SHA-256 of typst's input.
    // Most edits of a source leave typst's input, and so the PDF, as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Returns the stem of an output's name, which names its document.
pub(crate) fn stem_of(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The version of the format that this tool writes.
pub const SCHEMA_VERSION: u32 = 1;

/// The most bytes of a manifest: a hundred times that of a notice with ten letters. It is parsed
/// whenever the outputs are looked at, whoever wrote it.
pub const MOST_BYTES: u64 = 1024 * 1024;

/// The most findings of a filing that a manifest lists.
const LISTED: usize = 100;

impl Manifest {
    /// Makes the manifest of a filing, without sources and outputs.
    pub fn of(filing: &Filing, findings: &[Finding], calendar: &Calendar) -> Manifest {
        let header = form12b25::header(filing, calendar);
        let mut findings: Vec<Remark> = findings.iter().map(Remark::from).collect();
        findings.sort();
        findings.truncate(LISTED);
        Manifest {
            schema_version: SCHEMA_VERSION,
            submission_type: header.submission_type,
            registrants: header.registrants,
            form: header.form,
            period_ended: header.period_ended,
            transition: header.transition,
            signed_on: header.signed_on,
            filed: header.filed,
            filed_on: header.filed_on,
            relief_sought: Some(header.relief_sought),
            due: header.due,
            notice_due: header.notice_due,
            extended_due: header.extended_due,
            findings,
            sources: BTreeMap::new(),
            made_with: BTreeMap::new(),
            outputs: BTreeMap::new(),
        }
    }

    /// Returns the day to which relief extends the due date, or `None` if no relief is sought or the
    /// day is not known.
    pub fn extended_to(&self) -> Option<&str> {
        self.extended_due.as_deref().filter(|_| self.relief_sought != Some(false))
    }

    /// Whether its version is known and every name in it is a plain name of an output.
    pub fn is_sound(&self) -> bool {
        // Anybody's commit may hold a manifest, and `build` removes the files that it names: a name
        // such as `../x` must not get there.
        let plain = |name: &String| {
            Format::of_output(name).is_some()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
                && !name.starts_with('.')
        };
        self.schema_version == SCHEMA_VERSION && self.outputs.keys().all(plain)
    }

    /// Returns SHA-256 of all inputs: the sources and [`Manifest::made_with`].
    pub fn from(&self) -> String {
        let all = self.sources.iter().chain(&self.made_with);
        let lines: Vec<String> = all.map(|(name, hash)| format!("{name}\0{hash}\n")).collect();
        sha256(lines.concat().as_bytes())
    }

    /// Returns the bytes of the file: indented JSON with keys in order, and a final line break.
    ///
    /// # Errors
    /// None in practice: serde_json can write every manifest.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
