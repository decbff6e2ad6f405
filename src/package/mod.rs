//! Filings as EDGARLink Online submissions: one XML file with the documents inside; and such a file
//! read back. Packages are made in memory; `write.rs` writes them.

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

/// The name of a package in the folder of its filing.
pub const NAME: &str = "submission.xml";

/// The registrants of some filings.
pub fn ciks(made: &[RenderedFiling]) -> BTreeSet<Cik> {
    made.iter()
        .flat_map(|made| made.filing.registrants())
        .map(|registrant| registrant.cik.clone())
        .collect()
}

/// The package of a filing: its bytes, unless something stands against it, and what making it
/// found.
///
/// # Errors
/// The tool could not go on.
pub fn assemble(
    made: &RenderedFiling,
    terms: &Terms,
    credentials: &Credentials,
) -> anyhow::Result<(Option<Vec<u8>>, Vec<Located>)> {
    let (submission, mut found) = submission::compose(made, terms.live, credentials);
    found.extend(exposed(&submission, made));
    if terms.live {
        found.extend(live::findings(&made.filing));
    }
    let mut found: Vec<Located> =
        found.into_iter().map(|finding| finding.locate(&made.sources)).collect();
    terms.settle(&mut found);
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

/// A secret that its file is not the only one to hold. No line is shown: it could be the one.
fn exposed(submission: &Submission, made: &RenderedFiling) -> Vec<Finding> {
    let sources = std::iter::once(&made.sources.main)
        .chain(made.sources.shared.iter().map(|(_, source)| source));
    let mut findings = Vec::new();
    for (cik, ccc) in
        submission.filers.iter().filter_map(|filer| Some((&filer.cik, filer.ccc.as_ref()?)))
    {
        let mut tell = |source: &Source, message: String| {
            let place = Place { file: source.path.clone(), position: Position::START };
            let finding = rule::CCC_EXPOSED.at(Spot::Elsewhere(place, String::new()), message);
            findings.push(finding.hint("delete it, and have EDGAR generate a new one"));
        };
        for source in sources.clone().filter(|source| ccc.is_in(source.text.as_bytes())) {
            tell(source, format!("the CCC of CIK {cik} stands in this file"));
        }
        for part in submission.documents.iter().filter(|part| ccc.is_in(&part.bytes)) {
            tell(&made.sources.main, format!("the CCC of CIK {cik} stands in `{}`", part.name));
        }
    }
    findings
}
