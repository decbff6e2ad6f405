//! Compares the representations of the form with the filing: answers with their explanations, boxes
//! with letters, dates with one another.

use super::subject::Subject;
use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{
    FormType, Letter, LetterKind, Registrant, Relief, Signature, Signer,
};

/// Part IV (2): the answer No needs a list of reports, and Yes excludes one.
pub(super) fn prior_reports(subject: &Subject<'_>) -> Vec<Finding> {
    let prior = &subject.filing.prior_reports;
    match (prior.all_filed, prior.missing.is_empty()) {
        (false, true) => vec![
            rule::MISSING_REPORTS
                .at("prior_reports.missing", "Part IV (2) is answered No, and no report is named")
                .hint("list each under `prior_reports.missing`"),
        ],
        (true, false) => vec![
            rule::MISSING_REPORTS
                .at(
                    "prior_reports.missing",
                    "Part IV (2) is answered Yes, and a report is named that was not filed",
                )
                .hint("answer `all_filed: false`, or delete the list"),
        ],
        _ => Vec::new(),
    }
}

/// Part IV (3): the answer Yes needs an explanation, and No excludes one.
pub(super) fn results_change(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(change) = &subject.filing.results_change else { return Vec::new() };
    match (change.anticipated, &change.explanation) {
        (true, None) => vec![
            rule::EXPLANATION_MISSING
                .at(
                    "results_change.explanation",
                    "Part IV (3) is answered Yes, and the change is not explained",
                )
                .hint("explain it in words and figures, or say why it cannot be estimated"),
        ],
        (false, Some(_)) => vec![
            rule::EXPLANATION_OF_NOTHING
                .at(
                    "results_change.explanation",
                    "Part IV (3) is answered No, and a change is explained",
                )
                .hint("answer `anticipated: true`, or delete the explanation"),
        ],
        _ => Vec::new(),
    }
}

/// If box (c) of Part II is ticked by its own key, the statement must be among the letters.
pub(super) fn statement(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let ticked = matches!(filing.relief, Relief::Each(boxes) if boxes.statement_attached);
    if !ticked || filing.letters.iter().any(|l| l.kind == LetterKind::AccountantStatement) {
        return Vec::new();
    }
    let finding = rule::STATEMENT_MISSING
        .at("relief.statement_attached", "box (c) is ticked, and no statement is attached");
    vec![finding.hint("add the letter, `kind: accountant-statement`, or leave the box empty")]
}

/// If a statement is attached, box (c) of Part II must not be left empty by its own key.
pub(super) fn statement_box(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let empty = matches!(filing.relief, Relief::Each(boxes) if !boxes.statement_attached);
    let at =
        filing.letters.iter().position(|letter| letter.kind == LetterKind::AccountantStatement);
    let Some(at) = at.filter(|_| empty) else { return Vec::new() };
    let message = format!(
        "box (c) is empty, and the statement of `{}` is attached",
        filing.letters[at].name()
    );
    vec![rule::STATEMENT_UNTICKED.at("relief.statement_attached", message)]
}

/// Part II: box (a) without box (b) gives no relief.
pub(super) fn promise(subject: &Subject<'_>) -> Vec<Finding> {
    match subject.filing.relief {
        Relief::Each(boxes) if boxes.reasons_not_eliminable && !boxes.filed_within_extension => {
            let message = "box (a) without box (b): the report will not count as filed on time";
            vec![rule::RELIEF_WITHOUT_PROMISE.at("relief.filed_within_extension", message)]
        }
        _ => Vec::new(),
    }
}

/// The instruction to the signature: a representative files evidence of authority.
pub(super) fn authority(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let shown = |letter: &Letter| {
        // EX-24 is the power of attorney (17 CFR 229.601).
        let power =
            letter.exhibit.as_ref().is_some_and(|exhibit| exhibit.as_str().starts_with("EX-24"));
        letter.kind == LetterKind::Authority || power
    };
    if filing.letters.iter().any(shown) {
        return Vec::new();
    }
    signatures(subject)
        .filter(|(_, signature)| signature.signer == Signer::AuthorizedRepresentative)
        .map(|(path, signature)| {
            let message = format!(
                "`{}` signs as a representative, without evidence of authority",
                signature.name.folded()
            );
            let finding = rule::AUTHORITY_MISSING.at(path.key("signer"), message);
            // The administrator of a plan signs its annual report by the plan's own terms.
            let of_plan = filing.report.form == FormType::F11K;
            finding
                .severity(if of_plan { Severity::Warning } else { Severity::Error })
                .hint("add the letter, `kind: authority`")
        })
        .collect()
}

/// A signature must not be before the period's end, and a letter not after the signature.
pub(super) fn dates(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let end = filing.report.period_ended;
    let early = |(path, signature): (YamlPath, &Signature)| {
        let date = signature.date.filter(|date| *date < end)?;
        let message = format!("signed on {date}, before the period ended on {end}");
        Some(rule::SIGNED_BEFORE_PERIOD_END.at(path.key("date"), message))
    };
    let late = |(i, letter): (usize, &Letter)| {
        // A cover letter goes with the submission, which follows the signature.
        let (signed, date) = (filing.signature.date?, letter.date?);
        if !letter.kind.is_exhibit() || date <= signed {
            return None;
        }
        let message = format!("the letter is dated {date}, after the signature of {signed}");
        Some(
            rule::LETTER_AFTER_SIGNATURE
                .at(YamlPath::parse("letters").index(i).key("date"), message),
        )
    };
    signatures(subject)
        .filter_map(early)
        .chain(filing.letters.iter().enumerate().filter_map(late))
        .collect()
}

/// A notice must not be filed before it is signed, nor an amendment signed before the notice that
/// it amends is filed.
pub(super) fn filing_dates(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let Some(signed) = filing.signature.date else { return Vec::new() };
    let filed = filing.filed.as_ref().map(|filed| filed.date).filter(|filed| *filed < signed).map(
        |filed| {
            let message = format!("filed on {filed}, before it was signed on {signed}");
            rule::FILING_DATES.at("filed.date", message)
        },
    );
    let original = filing
        .amendment
        .as_ref()
        .and_then(|a| a.original_filed)
        .filter(|original| *original > signed);
    let original = original.map(|original| {
        let message = format!(
            "the notice that this one amends was filed on {original}, after the amendment was \
             signed on {signed}"
        );
        rule::FILING_DATES.at("amendment.original_filed", message)
    });
    filed.into_iter().chain(original).collect()
}

/// Returns all signatures with their paths.
fn signatures<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (YamlPath, &'a Signature)> {
    let own = |(i, registrant): (usize, &'a Registrant)| {
        Some((
            YamlPath::parse("co_registrants").index(i).key("signature"),
            registrant.signature.as_ref()?,
        ))
    };
    let filing = subject.filing;
    std::iter::once((YamlPath::parse("signature"), &filing.signature))
        .chain(filing.co_registrants.iter().enumerate().filter_map(own))
}
