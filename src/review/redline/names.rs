//! How the value of each key of a filing is compared, and the key's name in a sentence.

use crate::form12b25::keys;

/// How the value of a key is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CompareAs {
    /// As one value, or key by key if it is a mapping.
    Plain,
    /// Rich text, by its words.
    Prose,
    /// Part II.
    Relief,
    /// Whether something is signed; with its name in a sentence.
    Signed(&'static str),
    /// A list whose items have names.
    Items {
        /// The key of the name.
        by: &'static str,
        /// The noun before an item's name.
        noun: &'static str,
    },
}

/// How the value of a key is compared. The key has no numbers: `letters.date`.
pub(super) fn compare_as(pattern: &str) -> CompareAs {
    match pattern {
        "narrative" | "amendment.explanatory_note" | "results_change.explanation" => {
            CompareAs::Prose
        }
        "attachments.body" | "letters.body" | "prior_reports.missing.explanation" => {
            CompareAs::Prose
        }
        "relief" => CompareAs::Relief,
        "signature.signed" | "co_registrants.signature.signed" => CompareAs::Signed("notice"),
        "letters.signed" => CompareAs::Signed("it"),
        "co_registrants" => CompareAs::Items { by: "name", noun: "co-registrant" },
        "prior_reports.missing" => CompareAs::Items { by: "report", noun: "missing report" },
        "attachments" => CompareAs::Items { by: "title", noun: "attachment" },
        "letters" => CompareAs::Items { by: "signed_by", noun: "letter of" },
        "waive" => CompareAs::Items { by: "rule", noun: "waiver of" },
        "registrant.series" | "co_registrants.series" => {
            CompareAs::Items { by: "id", noun: "series" }
        }
        "signature.for" | "co_registrants.signature.for" => {
            CompareAs::Items { by: "name", noun: "signing entity" }
        }
        _ => CompareAs::Plain,
    }
}

/// The name of a key, or the key itself in backticks if the form does not have it.
pub(super) fn name(pattern: &str) -> String {
    keys::at(pattern).map_or_else(|| format!("`{pattern}`"), |(_, key)| key.name.clone())
}

/// The place of a key in the order of the form.
pub(super) fn order(pattern: &str) -> usize {
    keys::at(pattern).map_or(usize::MAX, |(place, _)| place)
}
