//! What a filing's outputs were made from, and what a docket says of it: one file for each filing,
//! so that two pull requests never meet in one and shards merge by copying. No clock, no path of a
//! machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::form12b25;
use crate::form12b25::model::Filing;

/// `out/<id>/manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Manifest {
    /// The version of this shape.
    pub schema_version: u32,
    /// EDGAR's submission type.
    pub submission_type: String,
    /// The names of all registrants, the registrant first.
    #[serde(default)]
    pub registrants: Vec<String>,
    /// The form of the late report, as `10-K`.
    #[serde(default)]
    pub form: String,
    /// The end of the report's period, or of its transition period, as `2025-12-31`.
    #[serde(default)]
    pub period_ended: String,
    /// Whether the late report is a transition report.
    #[serde(default, skip_serializing_if = "is_false")]
    pub transition: bool,
    /// The date of the form's signature; left out while it is not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<String>,
    /// Whether the notice was filed; its documents outlive its source then.
    #[serde(default, skip_serializing_if = "is_false")]
    pub filed: bool,
    /// The filing date of a notice that was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed_on: Option<String>,
    /// The report's due date, as `2026-03-31`; left out if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The notice's due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_due: Option<String>,
    /// The report's due date with relief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_due: Option<String>,
    /// What the rules say of the filing by itself, the gravest first. No line: that is the source's
    /// affair, and would change with every line above it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Remark>,
    /// SHA-256 of each source, by its path below the filings.
    pub sources: BTreeMap<String, String>,
    /// What else the outputs were made with: the version of this tool and of typst, and SHA-256 of
    /// the templates of each target and of the wording.
    pub made_with: BTreeMap<String, String>,
    /// Each output, by its name.
    pub outputs: BTreeMap<String, Output>,
}

/// A finding without its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Remark {
    /// Its weight.
    pub severity: Severity,
    /// The code of its rule.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// The reason of the waiver that takes it out of the verdict.
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
    /// SHA-256 of all sources and all that it was made with: as long as these are the same, so is
    /// it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Of a compiled document: SHA-256 of what typst read and was told, which other sources may
    /// give too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// The stem of an output's name: its document.
pub(super) fn stem_of(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The version that this tool writes.
pub const SCHEMA_VERSION: u32 = 1;

/// How many findings of a filing a manifest lists; a reader of thousands runs `latefile check`.
const LISTED: usize = 100;

impl Manifest {
    /// What there is to say of a filing before anything is made of it.
    pub fn of(filing: &Filing, findings: &[Finding]) -> Manifest {
        let header = form12b25::header(filing);
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
            due: header.due,
            notice_due: header.notice_due,
            extended_due: header.extended_due,
            findings,
            sources: BTreeMap::new(),
            made_with: BTreeMap::new(),
            outputs: BTreeMap::new(),
        }
    }

    /// Whether the names in it are plain names of outputs. It may come from anybody's commit, and
    /// what it names is removed when it goes.
    pub fn is_sound(&self) -> bool {
        let plain = |name: &String| {
            Format::of_output(name).is_some()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
                && !name.starts_with('.')
        };
        self.schema_version == SCHEMA_VERSION && self.outputs.keys().all(plain)
    }

    /// SHA-256 of the sources and of what else the outputs are made with.
    pub fn from(&self) -> String {
        let all = self.sources.iter().chain(&self.made_with);
        let lines: Vec<String> = all.map(|(name, what)| format!("{name}\0{what}\n")).collect();
        sha256(lines.concat().as_bytes())
    }

    /// The file's bytes: keys in order, a line each, a line break at the end.
    ///
    /// # Errors
    /// None that serde_json would have for strings.
    pub fn bytes(&self) -> anyhow::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}
