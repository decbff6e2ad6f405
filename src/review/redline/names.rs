//! How the values of a filing's keys are compared, and what a sentence calls the keys.

use crate::form12b25::keys;

/// How the value of a key is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    /// As one value, or key by key if it is a mapping.
    Plain,
    /// Rich text, by its words.
    Prose,
    /// Part II.
    Relief,
    /// Whether something is signed, by what a sentence calls it.
    Signed(&'static str),
    /// A list whose items have names.
    Items {
        /// The key of the name.
        by: &'static str,
        /// What an item is called, before its name.
        noun: &'static str,
    },
}

/// How the value of a key is compared; the key without numbers.
pub(super) fn treatment(pattern: &str) -> Treatment {
    match pattern {
        "narrative" | "amendment.explanatory_note" | "results_change.explanation" => {
            Treatment::Prose
        }
        "attachments.body" | "letters.body" | "prior_reports.missing.explanation" => {
            Treatment::Prose
        }
        "relief" => Treatment::Relief,
        "signature.signed" | "co_registrants.signature.signed" => Treatment::Signed("notice"),
        "letters.signed" => Treatment::Signed("it"),
        "co_registrants" => Treatment::Items { by: "name", noun: "co-registrant" },
        "prior_reports.missing" => Treatment::Items { by: "report", noun: "missing report" },
        "attachments" => Treatment::Items { by: "title", noun: "attachment" },
        "letters" => Treatment::Items { by: "signed_by", noun: "letter of" },
        "waive" => Treatment::Items { by: "rule", noun: "waiver of" },
        "registrant.series" | "co_registrants.series" => {
            Treatment::Items { by: "id", noun: "series" }
        }
        "signature.for" | "co_registrants.signature.for" => {
            Treatment::Items { by: "name", noun: "signing entity" }
        }
        _ => Treatment::Plain,
    }
}

/// What a key is called; a key that the form does not have, by itself.
pub(super) fn name(pattern: &str) -> String {
    keys::at(pattern).map_or_else(|| format!("`{pattern}`"), |(_, key)| key.name.clone())
}

/// The place of a key in the order of the form.
pub(super) fn order(pattern: &str) -> usize {
    keys::at(pattern).map_or(usize::MAX, |(place, _)| place)
}
