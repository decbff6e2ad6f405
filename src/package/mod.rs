//! Makes EDGARLink Online submissions of filings, and checks existing ones. A package is one XML
//! file that contains the documents. It is made in memory; `pipeline/write.rs` writes it.

mod business;
mod contents;
mod credentials;
mod document;
mod documents;
mod family;
mod finding;
mod live;
mod order;
mod read;
mod schema;
mod shape;
mod submission;
mod xml;

use std::collections::BTreeSet;

use anyhow::Context as _;

use crate::diagnostics::finding::{Finding, Located, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position, Source};
use crate::form12b25::model::Cik;
use crate::pipeline::RenderedFiling;
use submission::Submission;

pub use contents::{Checked, check};
pub use credentials::Credentials;
pub use live::Terms;
pub use read::LARGEST;

/// The file name of a package in the folder of its filing.
pub const NAME: &str = "submission.xml";

/// Returns the CIKs of all registrants of the filings.
pub fn ciks(made: &[RenderedFiling]) -> BTreeSet<Cik> {
    made.iter()
        .flat_map(|made| made.filing.registrants())
        .map(|registrant| registrant.cik.clone())
        .collect()
}

/// Returns the bytes of a filing's package, or `None` if there is an error, and the findings of
/// making it.
///
/// # Errors
/// The XML cannot be written.
pub fn assemble(
    made: &RenderedFiling,
    terms: &Terms,
    credentials: &Credentials,
) -> anyhow::Result<(Option<Vec<u8>>, Vec<Located>)> {
    let (submission, mut found) = submission::compose(made, terms.live, credentials);
    found.extend(exposed_codes(&submission, made));
    if terms.live {
        found.extend(live::findings(&made.filing));
    }
    let mut found: Vec<Located> =
        found.into_iter().map(|finding| finding.locate(&made.sources)).collect();
    // Before the refusals: an accepted warning does not refuse a live package.
    terms.waive_accepted(&mut found);
    if terms.live {
        let all: Vec<Located> = made.findings.iter().chain(&found).cloned().collect();
        found.extend(live::refusals(&all));
    }
    if found.iter().any(|found| found.finding.severity == Severity::Error) {
        return Ok((None, found));
    }
    let bytes = xml::bytes(&submission).context("cannot make the XML of a package")?;
    Ok((Some(bytes), found))
}

/// Reports a CCC that also occurs in a source or in a document of the package.
fn exposed_codes(submission: &Submission, made: &RenderedFiling) -> Vec<Finding> {
    let sources = std::iter::once(&made.sources.main)
        .chain(made.sources.shared.iter().map(|(_, source)| source));
    let mut findings = Vec::new();
    for (cik, ccc) in
        submission.filers.iter().filter_map(|filer| Some((&filer.cik, filer.ccc.as_ref()?)))
    {
        for source in sources.clone().filter(|source| ccc.is_in(source.text.as_bytes())) {
            findings.push(exposed(source, format!("this file contains the CCC of CIK {cik}")));
        }
        for part in submission.documents.iter().filter(|part| ccc.is_in(&part.bytes)) {
            let message = format!("`{}` contains the CCC of CIK {cik}", part.name);
            findings.push(exposed(&made.sources.main, message));
        }
    }
    findings
}

fn exposed(source: &Source, message: String) -> Finding {
    // No line of the file is shown: it could be the one with the code.
    let place = Place { file: source.path.clone(), position: Position::START };
    rule::CCC_EXPOSED
        .at(Spot::Elsewhere(place, String::new()), message)
        .hint("delete it, and have EDGAR generate a new one")
}
