//! Checks the explanation of a change in results in Part IV (3): whether it has figures. Prose can
//! be misread, so the findings are warnings at most.

use super::pattern::pattern;
use super::placeholders::is_unfinished;
use super::prose::Prose;
use super::references::{references, resolve};
use super::subject::Subject;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{Block, Explanation, RichText};

pattern!(
    FIGURE,
    r"(?i)[$€£¥%]\s?[0-9]|\(?[0-9]+\.[0-9]+\)|\bin\s+(?:thousands|millions)\b.*[0-9]",
    r"|\b[0-9]{4}:\s*[0-9]|\(0\.[0-9]+\)|[0-9]\s?[%€£¥]",
    r"|\b(?:US|USD|EUR|GBP|CAD|AUD|CHF|JPY|RMB|CNY|HKD|SEK|NOK|DKK|INR|BRL|MXN|ILS|KRW",
    r"|SGD)\s?\$?\s?[0-9]",
    r"|\b[0-9]{1,3}(?:,[0-9]{3})+\b|\b[0-9]+(?:\.[0-9]+)?\s+{numbers in words}\b",
    r"|\b(?:percent|per\s+cent|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    r"|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety",
    r"|hundred)(?:[- ]\w+)?\s+(?:thousand|million|billion|dollars|cents|euros|times|percentage)",
    r"|doubl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupled|halv(?:e|ed|ing)|(?:by|around|about|nearly",
    r"|almost|than)\s+half|half\s+(?:of\s+what|as|the)|one[- ](?:third|quarter|fifth)",
    r"|two[- ]thirds|three[- ]quarters|tenfold|twofold|nil|(?:to|at|of)\s+zero|break-?even",
    r"|no\s+revenues?)\b",
);
pattern!(NO_ESTIMATE, r"(?i)\b{no estimate}\b");
pattern!(ESTIMATE, r"(?i)\b{estimates}\w*");

/// If Part IV (3) is answered Yes, the explanation must have figures, or say why it has none. They
/// can also be in a text to which it refers.
pub(super) fn figures(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let change = filing.results_change.as_ref().filter(|change| change.anticipated);
    let place = match change.and_then(|change| change.explanation.as_ref()) {
        Some(Explanation::Text(text)) => {
            Some((YamlPath::parse("results_change.explanation"), text))
        }
        Some(Explanation::See(see)) => resolve(filing, &see.folded()),
        None => None,
    };
    let Some((path, text)) = place else { return Vec::new() };
    let prose = Prose::of(text, &path);
    let elsewhere = || {
        let found = references(filing, &prose).found;
        found.iter().any(|(path, text)| is_quantified(text, &Prose::of(text, path)))
    };
    // Of a text that is still to be written, only that is reported.
    if is_quantified(text, &prose) || prose.texts().any(is_unfinished) || elsewhere() {
        return Vec::new();
    }
    let spot = prose.sentences().next().map_or(Spot::Value(path), |s| s.spot(0..s.text.len()));
    let message =
        "the explanation of the change in results has no figure, and no reason why there is none";
    vec![rule::EXPLANATION_WITHOUT_FIGURE.at(spot, message).advised()]
}

/// Whether a text has a figure, or says why it has none.
fn is_quantified(text: &RichText, prose: &Prose) -> bool {
    has_table_of_figures(text)
        || prose.sentences().any(|s| {
            FIGURE.is_match(s.text) || (NO_ESTIMATE.is_match(s.text) && ESTIMATE.is_match(s.text))
        })
}

/// Whether a table of the text has a figure in a row.
fn has_table_of_figures(text: &RichText) -> bool {
    let RichText::Blocks(blocks) = text else { return false };
    let figure = |cell: &crate::form12b25::model::Cell| {
        cell.0.as_ref().is_some_and(|t| t.as_str().contains(|c: char| c.is_ascii_digit()))
    };
    blocks.iter().any(
        |block| matches!(block, Block::Table(table) if table.rows.iter().flat_map(|row| &row.cells).any(figure)),
    )
}
