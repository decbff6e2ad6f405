//! What a filing's outputs were made from: one file for each filing, so that two pull requests
//! never meet in one and shards merge by copying. No clock, no path of a machine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::source::sha256;

/// `out/<id>/manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Manifest {
    /// The version of this shape.
    pub schema_version: u32,
    /// EDGAR's submission type.
    pub submission_type: String,
    /// Whether the notice was filed; its documents outlive its source then.
    #[serde(default, skip_serializing_if = "is_false")]
    pub filed: bool,
    /// The report's due date, as `2026-03-31`; left out if it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The notice's due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_due: Option<String>,
    /// The report's due date with relief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_due: Option<String>,
    /// SHA-256 of each source, by its path below the filings.
    pub sources: BTreeMap<String, String>,
    /// What else the outputs were made with: the version of this tool and of typst, and SHA-256 of the
    /// templates of each target and of the wording.
    pub made_with: BTreeMap<String, String>,
    /// Each output, by its name.
    pub outputs: BTreeMap<String, Output>,
}

/// One output.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Output {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// SHA-256 of all sources and all that it was made with: as long as these are the same, so is it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Of a compiled document: SHA-256 of what typst read and was told, which other sources may give too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The version that this tool writes.
pub const SCHEMA_VERSION: u32 = 1;

impl Manifest {
    /// Whether the names in it are plain names of outputs. It may come from anybody's commit, and
    /// what it names is removed when it goes.
    pub fn is_sound(&self) -> bool {
        let plain = |name: &String| {
            let known = [".txt", ".htm", ".pdf"].iter().any(|suffix| name.ends_with(suffix));
            known && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.') && !name.starts_with('.')
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
