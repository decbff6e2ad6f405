//! What the keys of a filing are called in a sentence, and how their values are compared.

/// How the value of a key is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Treatment {
    /// As one value, or key by key if it is a mapping.
    Plain,
    /// Rich text, by its words.
    Prose,
    /// Part II.
    Relief,
    /// Whether something is signed.
    Signed,
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
        "signature.signed" | "letters.signed" | "co_registrants.signature.signed" => {
            Treatment::Signed
        }
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

/// What a key is called; a key that is not listed, by itself.
pub(super) fn name(pattern: &str) -> String {
    let own = pattern.strip_prefix("co_registrants.").unwrap_or(pattern);
    let registrant =
        pattern.strip_prefix("co_registrants.").map(|rest| format!("registrant.{rest}"));
    let known =
        |key: &str| NAMES.iter().find(|(own, _)| *own == key).map(|(_, name)| (*name).to_owned());
    known(pattern)
        .or_else(|| known(registrant.as_deref()?))
        .or_else(|| known(own))
        .unwrap_or(format!("`{pattern}`"))
}

/// Where a key stands among others: in the order of the form.
pub(super) fn order(pattern: &str) -> usize {
    let own = pattern.replace("co_registrants.", "registrant.");
    let is = |key: &str| {
        key.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    NAMES.iter().position(|(key, _)| is(key)).unwrap_or(NAMES.len())
}

/// Keys and what they are called, in the order of the form.
const NAMES: &[(&str, &str)] = &[
    ("report.form", "form of the report"),
    ("report.period_ended", "period ended"),
    ("report.transition", "transition report"),
    ("report.portion", "portion of the report"),
    ("report.due.date", "due date given in place of the computed one"),
    ("report.due.because", "reason of that due date"),
    ("report.erisa_plan", "ERISA plan"),
    ("report.distributed", "distribution date"),
    ("report.transmitted", "date of transmission to shareholders"),
    ("report.determined", "date of the decision on the fiscal year"),
    ("report.unit_investment_trust", "unit investment trust"),
    ("amendment.number", "amendment number"),
    ("amendment.explanatory_note", "explanatory note"),
    ("amendment.original_filed", "date of the original filing"),
    ("registrant.name", "registrant name"),
    ("registrant.former_name", "former name"),
    ("registrant.cik", "CIK"),
    ("registrant.file_number", "SEC file number"),
    ("registrant.cusip", "CUSIP number"),
    ("registrant.filer_status", "filer status"),
    ("registrant.address.street", "address, street"),
    ("registrant.address.city", "address, city"),
    ("registrant.address.state", "address, state"),
    ("registrant.address.zip", "address, ZIP code"),
    ("registrant.address.country", "address, country"),
    ("registrant.series", "series"),
    ("registrant.series.classes", "classes"),
    ("co_registrants", "co-registrants"),
    ("relief", "Part II"),
    ("narrative", "narrative"),
    ("contact.name", "contact name"),
    ("contact.phone", "contact telephone"),
    ("prior_reports.all_filed", "Part IV (2)"),
    ("prior_reports.missing", "missing reports"),
    ("prior_reports.missing.explanation", "explanation"),
    ("prior_reports.missing.report", "report"),
    ("results_change.anticipated", "Part IV (3)"),
    ("results_change.explanation", "Part IV (3), explanation"),
    ("attachments", "attachments"),
    ("attachments.title", "title"),
    ("attachments.place", "place"),
    ("attachments.body", "text"),
    ("signature.signed", "notice"),
    ("signature.date", "signature date"),
    ("signature.name", "signer"),
    ("signature.title", "signer’s title"),
    ("signature.signer", "signer’s capacity"),
    ("signature.for", "signing entities"),
    ("signature.for.name", "name"),
    ("signature.for.capacity", "capacity"),
    ("signature.conformed", "conformed signature"),
    ("letters", "letters"),
    ("letters.kind", "kind"),
    ("letters.letterhead.name", "letterhead, name"),
    ("letters.letterhead.tagline", "letterhead, tagline"),
    ("letters.letterhead.lines", "letterhead, lines"),
    ("letters.date", "date"),
    ("letters.to", "addressee"),
    ("letters.re", "subject"),
    ("letters.salutation", "salutation"),
    ("letters.body", "text"),
    ("letters.closing", "complimentary close"),
    ("letters.signed", "it"),
    ("letters.signed_by", "signer"),
    ("letters.signed_title", "signer’s title"),
    ("letters.exhibit", "exhibit number"),
    ("edition", "edition of the form"),
    ("print.instructions", "instructions printed"),
    ("print.omb_box", "OMB box"),
    ("filed.date", "filing date"),
    ("filed.accession", "accession number"),
    ("waive", "waivers"),
    ("waive.because", "reason"),
    ("edgar.official", "official document of the submission"),
    ("edgar.pdf_copies", "PDF copies in the submission"),
];
