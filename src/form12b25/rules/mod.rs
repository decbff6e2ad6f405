//! Checks a filing that has been parsed against the rules. Each check is a row of a table; it
//! returns all its findings, and prints none.

mod characters;
mod dates;
mod deadlines;
mod denial;
mod disclosure;
mod doubt;
mod duplicates;
mod explanation;
mod extension;
mod identity;
mod inputs;
mod matters;
mod mentions;
mod names;
mod own_dates;
mod own_facts;
mod own_name;
mod pasted;
mod pattern;
mod placeholders;
mod promise;
mod prose;
mod reading;
mod references;
mod representations;
mod results;
mod sentences;
mod statements;
mod structure;
mod subject;
mod texts;
mod third_person;
mod topics;
mod until;
mod waivers;
mod words;

use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::source::{Source, YamlPath};
use crate::form12b25::deadline::Calendar;
use crate::form12b25::model::Filing;
use crate::form12b25::wording::Edition;
use prose::Prose;
use subject::Subject;

pub(crate) use dates::days;
pub use duplicates::{OriginalNotice, duplicate, duplicates, waives_duplicate};
pub use waivers::{unknown_rule, waive, waive_in_batch};

/// The checks, in the order of the form.
const CHECKS: &[fn(&Subject<'_>) -> Vec<Finding>] = &[
    structure::edition,
    structure::omb_box,
    structure::transition_box,
    identity::portion,
    identity::amended_report,
    identity::file_numbers,
    structure::narrative,
    disclosure::reasons,
    disclosure::electronics,
    statements::named,
    statements::unexplained,
    statements::fit,
    promise::promises,
    doubt::contradiction,
    extension::stated,
    own_facts::report,
    own_name::registrant,
    own_dates::due,
    own_dates::weekdays,
    structure::tables,
    structure::see_nothing,
    structure::unsigned,
    structure::exhibit_numbers,
    structure::letter_keys,
    representations::prior_reports,
    representations::results_change,
    results::contradiction,
    explanation::figures,
    representations::statement,
    representations::statement_box,
    representations::promise,
    representations::authority,
    representations::dates,
    representations::filing_dates,
    inputs::impossible,
    inputs::without_effect,
    deadlines::known,
    deadlines::late,
    deadlines::early,
    deadlines::may_move,
    pasted::pasted,
    placeholders::placeholders,
    characters::texts,
    names::typed,
];

// Compiling takes as long as checking some hundred filings.
/// Compiles the patterns of the topics, so that it can happen while files are read.
pub fn prepare() {
    topics::prepare();
}

/// Returns the findings of all rules on a filing, before waivers.
pub fn validate(
    filing: &Filing,
    source: &Source,
    editions: &[Edition],
    calendar: &Calendar,
) -> Vec<Finding> {
    let part_three = YamlPath::parse("narrative");
    let narrative =
        filing.narrative.as_ref().map(|text| Prose::of(text, &part_three).with_topics());
    let subject = Subject {
        filing,
        source,
        editions,
        calendar,
        narrative,
        dates: deadlines::dates(filing, calendar),
    };
    CHECKS.iter().flat_map(|check| check(&subject)).collect()
}

/// Whether the documents of a filing with these findings can be rendered.
pub fn passes(findings: &[Finding]) -> bool {
    findings.iter().all(|f| f.severity != Severity::Error || f.waived.is_some())
}
