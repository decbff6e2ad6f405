//! The model of the subject report, and of an amendment of the notice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::form::FormType;
use super::optional::or_default;
use super::rich_text::RichText;
use super::text::Text;

/// The subject report: the report that will be late.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The form of the report that will be late.
    pub form: FormType,
    /// The end of its period; of a transition report, the end of the transition period.
    pub period_ended: CivilDate,
    /// Whether it is a transition report.
    #[serde(default, deserialize_with = "or_default")]
    pub transition: bool,
    /// The Items that are late, if only some are. Items 10 to 14 of Form 10-K alone are due after 120
    /// days (General Instruction G(3)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portion: Option<Text>,
    /// A due date that replaces the computed one, such as that of a first 10-Q after an offering
    /// (17 CFR 240.13a-13(a)).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// 11-K: whether the plan is subject to ERISA.
    #[serde(default, deserialize_with = "or_default")]
    pub erisa_plan: bool,
    /// 10-D: the distribution date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distributed: Option<CivilDate>,
    /// N-CSR: the date on which the report was sent to shareholders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transmitted: Option<CivilDate>,
    /// The date of the decision to change the fiscal year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub determined: Option<CivilDate>,
    /// N-CEN: whether the registrant is a unit investment trust.
    #[serde(default, deserialize_with = "or_default")]
    pub unit_investment_trust: bool,
}

/// A due date that replaces the computed one, with the reason.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// The prescribed due date.
    pub date: CivilDate,
    /// Why the computed date does not apply.
    pub because: Text,
}

/// The amendment of a notice.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// The number of the amendment, if the registrant counts them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 999))]
    pub number: Option<u32>,
    /// The explanatory note: the passages that are amended, and why.
    pub explanatory_note: RichText,
    /// The date on which the original notice was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_filed: Option<CivilDate>,
}
