//! The model of the data that an EDGAR submission needs besides the documents.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::optional::or_default;
use super::scalar::{Scalar, choice, scalar};
use super::text::Text;
use crate::edgar::Format;

/// The data that an EDGAR submission needs besides the documents.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Edgar {
    /// The format of the official document; never both.
    #[serde(deserialize_with = "or_default")]
    pub official: Official,
    /// Whether the submission has unofficial PDF copies (Regulation S-T Rule 104).
    #[serde(deserialize_with = "or_default")]
    pub pdf_copies: bool,
    /// The person whom EDGAR may call about the submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<SenderContact>,
    /// Addresses that EDGAR notifies.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub notify: Vec<Text>,
    /// Exchanges that receive the filing; left out, `NONE`.
    #[serde(deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub sros: Vec<Sro>,
    /// The registration form of an investment company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend(
        "type" = ["string"],
        "enum" = ["N-1A", "N-1", "N-2", "N-3", "N-4", "N-5", "N-6", "S-1 or S-3", "S-6"]
    ))]
    pub investment_company_type: Option<Text>,
}

/// The submission's sender.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SenderContact {
    /// Name of the person whom EDGAR may call about the submission.
    pub name: Text,
    /// Telephone.
    pub phone: Text,
}

/// The format of the official document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Official(Format);

impl Official {
    /// Returns the format.
    pub fn format(self) -> Format {
        self.0
    }
}

impl Default for Official {
    fn default() -> Official {
        Official(Format::HTML)
    }
}

impl Scalar for Official {
    const FORMAT: &'static str = "official";
    const EXPECTING: &'static str = "a format of an official document";
    const TYPES: &'static [&'static str] = &["string"];
    const VALUES: &'static [&'static str] = &Format::OFFICIAL_NAMES;

    fn parse(text: &str) -> Result<Official, String> {
        let format = Format::named(text).filter(|format| format.is_official());
        format.map(Official).ok_or_else(|| format!("`{text}` is not {}", Official::EXPECTING))
    }
}

impl fmt::Display for Official {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

scalar!(Official);

choice! {
    /// Self-regulatory organizations, by EDGAR's codes (EDGARLink schema eis_Common).
    Sro, "sro", "an exchange that EDGAR knows" {
        /// None.
        None = "NONE",
        /// NYSE American.
        Amex = "AMEX",
        /// NYSE Arca.
        Arca = "ARCA",
        /// Nasdaq BX.
        Bse = "BSE",
        /// Cboe.
        Cboe = "CBOE",
        /// NYSE Chicago.
        Chx = "CHX",
        /// FINRA.
        Finra = "FINRA",
        /// Nasdaq ISE.
        Ise = "ISE",
        /// Nasdaq.
        Nasd = "NASD",
        /// National Stock Exchange.
        Nsx = "NSX",
        /// NYSE.
        Nyse = "NYSE",
        /// Pacific Exchange.
        Pcx = "PCX",
        /// Nasdaq PHLX.
        Phlx = "PHLX",
    }
}
