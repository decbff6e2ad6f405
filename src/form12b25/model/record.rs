//! What the repository keeps of a notice: that it was filed, and what was judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::codes::Accession;
use super::date::CivilDate;
use super::text::Text;

/// That the notice was filed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filed {
    /// The filing date.
    pub date: CivilDate,
    /// EDGAR's accession number.
    pub accession: Accession,
}

/// A finding that somebody has judged.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The code of the rule.
    pub rule: Text,
    /// Why it does not apply.
    pub because: Text,
}
