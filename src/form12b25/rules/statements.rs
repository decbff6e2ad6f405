//! Checks the statements of other persons under Rule 12b-25(c) against the persons named in Part
//! III. Prose can be misread, so the findings are warnings at most. `representations.rs` checks box
//! (c).

use super::disclosure::own_words;
use super::pattern::pattern;
use super::placeholders::is_unfinished;
use super::prose::Prose;
use super::subject::Subject;
use super::third_person::{INABILITY, persons, unable};
use super::topics::{FIRM_ENDING, Topic};
use super::words::LETTER;
use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{Filing, FormType, Letter, LetterKind};

/// Returns the statements that are attached, each with its path.
fn statements(filing: &Filing) -> impl Iterator<Item = (YamlPath, &Letter)> {
    let letters = filing
        .letters
        .iter()
        .enumerate()
        .filter(|(_, l)| l.kind == LetterKind::AccountantStatement);
    letters.map(|(i, letter)| (YamlPath::parse("letters").index(i), letter))
}

/// If Part III names a person as the cause and relief is sought, a statement must be attached.
pub(super) fn named(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let Some(prose) = subject.narrative.as_ref().filter(|_| filing.relief.is_promised()) else {
        return Vec::new();
    };
    if statements(filing).next().is_some() {
        return Vec::new();
    }
    let Some(named) = unable(prose, &filing.report) else { return Vec::new() };
    let message = format!(
        "Part III names another person as a cause (`{}`), relief is sought, and no statement of \
         that person is attached",
        named.quote
    );
    let finding = rule::STATEMENT_ABSENT.at(named.spot, message);
    // Regulation S-X Rule 10-01(d): interim statements are reviewed, and no report is filed.
    if filing.report.form.box_form() == FormType::F10Q {
        let hint = "a Form 10-Q requires no report on a review (Regulation S-X, Rule 10-01(d)); \
                    attach the statement if another opinion, report or certification is late";
        return vec![Finding { severity: Severity::Note, ..finding.hint(hint) }];
    }
    let hint = "attach its signed statement of the specific reasons, `kind: accountant-statement`";
    vec![finding.hint(hint)]
}

/// If a statement is attached, Part III must name its signer or another person as a cause.
pub(super) fn unexplained(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(prose) = &subject.narrative else { return Vec::new() };
    let named = || prose.sentences().any(|sentence| persons(sentence).next().is_some());
    if statements(subject.filing).next().is_none() || named() {
        return Vec::new();
    }
    let text = prose.sentences().map(|s| s.text).collect::<Vec<_>>().join(" ").to_lowercase();
    let unnamed = statements(subject.filing)
        .filter(|(_, letter)| !senders(letter).any(|name| text.contains(&name)));
    let finding = |(path, letter): (YamlPath, &Letter)| {
        let signer = letter.name();
        let message = format!(
            "the statement of `{signer}` is attached, and Part III names no other person as a cause"
        );
        rule::STATEMENT_UNEXPLAINED
            .at(path.key("kind"), message)
            .hint("say in Part III what that person could not furnish")
    };
    unnamed.map(finding).collect()
}

/// Returns the names that a letter is from, in lower case.
fn senders(letter: &Letter) -> impl Iterator<Item = String> + '_ {
    let head = letter.letterhead.as_ref().map(|head| &head.name);
    [letter.signed_by.as_ref(), head].into_iter().flatten().map(|name| name.folded().to_lowercase())
}

pattern!(CANNOT, r"(?i)\b{statement of inability}\b|n[’']t\b");

/// The date, the signer and the reason of a statement must fit the notice.
pub(super) fn fit(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let mut findings = Vec::new();
    for (path, letter) in statements(filing) {
        let end = filing.report.period_ended;
        if let Some(date) = letter.date.filter(|date| *date <= end) {
            let message = format!("the statement is dated {date}, and the period ended on {end}");
            findings.push(
                rule::STATEMENT_EARLY
                    .at(path.key("date"), message)
                    .hint("attach the statement for this report"),
            );
        }
        findings.extend(signer(subject, letter, &path));
        findings.extend(reason(letter, &path));
    }
    findings
}

/// The signer must be the other person: not the registrant, and not a firm that Part III does not
/// name.
fn signer(subject: &Subject<'_>, letter: &Letter, path: &YamlPath) -> Option<Finding> {
    let filing = subject.filing;
    let signer = letter.name();
    let ours =
        filing.registrants().map(|r| r.name.folded()).chain([filing.signature.name.folded()]);
    if ours.into_iter().any(|name| name.eq_ignore_ascii_case(&signer)) {
        let message = format!("`{signer}` signs the statement, and also the notice");
        let hint = "the statement is that of the person who is unable to furnish what is required";
        return Some(rule::STATEMENT_SIGNER.at(path.key("signed_by"), message).hint(hint));
    }
    let sentences = subject.narrative.iter().flat_map(|prose| prose.sentences());
    let unable = sentences
        .filter(|sentence| sentence.is_on(Topic::Firm) && INABILITY.is_match(sentence.text));
    let named = unable.flat_map(|sentence| persons(sentence).map(move |at| &sentence.text[at]));
    let firms: Vec<&str> = named.filter(|name| FIRM_ENDING.is_match(name)).collect();
    let same = |firm: &str| {
        let firm = bare(firm);
        senders(letter).any(|sender| bare(&sender).contains(&firm) || firm.contains(&bare(&sender)))
    };
    let (first, rest) = firms.split_first()?;
    if same(first) || rest.iter().any(|firm| same(firm)) {
        return None;
    }
    let message = format!("the statement is signed by `{signer}`, and Part III names `{first}`");
    Some(rule::STATEMENT_SIGNER.at(path.key("signed_by"), message))
}

/// Returns the letters and digits of a name in lower case, so that spellings with `&`, `and` and
/// commas are equal.
fn bare(name: &str) -> String {
    name.to_lowercase().replace(" and ", "").chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A statement must say that its signer is unable, and why.
fn reason(letter: &Letter, path: &YamlPath) -> Option<Finding> {
    let body = path.key("body");
    let prose = Prose::of(&letter.body, &body);
    if prose.texts().any(is_unfinished) {
        return None;
    }
    let text: Vec<&str> = prose.sentences().map(|s| s.text).collect();
    let message = if !text.iter().any(|sentence| CANNOT.is_match(sentence)) {
        "the statement does not say that its signer is unable to furnish anything"
    } else if own_words(&prose, &LETTER, FEWEST_OWN_WORDS).len() < FEWEST_OWN_WORDS {
        "the statement gives no specific reason: all its words are stock phrases"
    } else {
        return None;
    };
    let hint = "it states the specific reasons why the signer is unable to furnish the required \
                opinion, report or certification in time";
    Some(rule::STATEMENT_REASON.at(body, message).hint(hint))
}

/// A statement with fewer words of its own gives no reason.
const FEWEST_OWN_WORDS: usize = 2;
