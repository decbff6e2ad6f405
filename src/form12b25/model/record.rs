//! The record of a notice: its filing, and the findings that do not count.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::Accession;
use super::date::CivilDate;
use super::text::Text;

/// The filing of the notice.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filed {
    /// The filing date.
    pub date: CivilDate,
    /// EDGAR's accession number.
    pub accession: Accession,
}

/// A finding that does not count.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The code of the rule.
    pub rule: Text,
    /// Why it does not apply here.
    pub because: Text,
}
