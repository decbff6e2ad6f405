//! Compares Part IV (3) with the prose: with matters in Part III that change results, and with an
//! explanation without a figure. Prose can be misread, so the findings are warnings at most.

use super::matters::{self, Matter};
use super::pattern::pattern;
use super::prose::{Prose, Sentence};
use super::subject::Subject;
use crate::diagnostics::finding::{Finding, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{Block, Explanation, FormType, RichText};

/// Whether the report has earnings statements at all.
fn has_earnings(form: FormType) -> bool {
    !matches!(form, FormType::F10D | FormType::NCen)
}

/// If Part IV (3) is answered No, Part III must not mention a matter that changes results.
pub(super) fn contradiction(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let denied = filing.results_change.as_ref().is_some_and(|change| !change.anticipated);
    let Some(prose) =
        subject.narrative.as_ref().filter(|_| denied && has_earnings(filing.report.form))
    else {
        return Vec::new();
    };
    let seen = matters::stated(prose, filing.report.period_ended.parts().0);
    let Some(first) = seen.first() else { return Vec::new() };
    let words: Vec<String> = seen.iter().map(|matter| format!("`{}`", matter.word())).collect();
    let spot = first.sentence.spot(first.at.clone());
    if seen.iter().all(Matter::is_weakness) {
        let message = format!(
            "Part III speaks of {}, and Part IV (3) answers No; a weakness alone changes no results",
            words.join(", ")
        );
        let hint = "if it let errors into the accounts that change results significantly, answer \
                    `anticipated: true`";
        let finding = rule::RESULTS_CONTRADICTION.at(spot, message).hint(hint);
        return vec![finding.severity(Severity::Note)];
    }
    let message = format!("Part III speaks of {}, and Part IV (3) answers No", words.join(", "));
    let hint = "if it will change results significantly, answer `anticipated: true` and explain it \
                in words and figures";
    vec![rule::RESULTS_CONTRADICTION.at(spot, message).hint(hint)]
}

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

/// If Part IV (3) is answered Yes, the explanation must have figures, or say why it has none.
pub(super) fn figures(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let Some(change) = filing.results_change.as_ref().filter(|change| change.anticipated) else {
        return Vec::new();
    };
    let (text, path) = match &change.explanation {
        Some(Explanation::Text(text)) => (text, YamlPath::parse("results_change.explanation")),
        Some(Explanation::See(see)) => {
            let Some((at, attachment)) = filing.attachment(see) else { return Vec::new() };
            (&attachment.body, YamlPath::parse("attachments").index(at).key("body"))
        }
        None => return Vec::new(),
    };
    if has_table_of_figures(text) {
        return Vec::new();
    }
    let prose = Prose::of(text, &path);
    let figure = |s: &Sentence<'_>| FIGURE.is_match(s.text);
    let excused = |s: &Sentence<'_>| NO_ESTIMATE.is_match(s.text) && ESTIMATE.is_match(s.text);
    if prose.sentences().any(|s| figure(&s) || excused(&s)) {
        return Vec::new();
    }
    let spot = prose.sentences().next().map_or(Spot::Value(path), |s| s.spot(0..s.text.len()));
    let message =
        "the explanation of the change in results has no figure, and no reason why there is none";
    vec![rule::EXPLANATION_WITHOUT_FIGURE.at(spot, message).advised()]
}

/// Whether a table of the text has a figure in a row.
fn has_table_of_figures(text: &RichText) -> bool {
    let RichText::Blocks(blocks) = text else { return false };
    let figure = |cell: &crate::form12b25::model::Cell| {
        cell.0.as_ref().is_some_and(|t| t.as_str().contains(|c: char| c.is_ascii_digit()))
    };
    blocks.iter().any(
        |block| matches!(block, Block::Table(table) if table.rows.iter().flatten().any(figure)),
    )
}
