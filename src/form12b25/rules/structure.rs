//! Checks the structure of the notice: editions and boxes, tables, signatures, exhibit numbers.

use super::references::resolve;
use super::subject::Subject;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{
    Block, ExhibitNumber, Explanation, Letter, RichText, Table, exhibits,
};
use crate::form12b25::wording;

/// The edition must exist and have a box for the report.
pub(super) fn edition(subject: &Subject<'_>) -> Vec<Finding> {
    match wording::edition(subject.editions, subject.filing) {
        Ok((_, note)) => note.into_iter().collect(),
        Err(finding) => vec![finding],
    }
}

/// The OMB box of the form shows when the approval expires.
pub(super) fn omb_box(subject: &Subject<'_>) -> Vec<Finding> {
    let print = &subject.filing.print;
    if !print.omb_box || print.omb_expires.is_some() {
        return Vec::new();
    }
    vec![rule::OMB_DATE.at("print.omb_box", "the OMB box has no date of expiry")]
}

/// A transition report must have a box: only some forms have one (form, second list).
pub(super) fn transition_box(subject: &Subject<'_>) -> Vec<Finding> {
    let report = &subject.filing.report;
    let Ok((edition, _)) = wording::edition(subject.editions, subject.filing) else {
        return Vec::new();
    };
    if !report.transition || edition.wording.transition_forms.contains(&report.form.box_form()) {
        return Vec::new();
    }
    let message = format!(
        "edition {} has no transition box for Form {}; no box will be ticked",
        edition.name, report.form
    );
    vec![rule::TRANSITION_BOX_MISSING.at("report.transition", message)]
}

/// 17 CFR 240.12b-25(a): the notice gives the reasons in reasonable detail. An amendment need not
/// repeat them.
pub(super) fn narrative(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.filing.narrative.is_some() || subject.filing.amendment.is_some() {
        return Vec::new();
    }
    let finding = rule::NARRATIVE_MISSING
        .at("narrative", "Part III is empty: the notice gives no reason for the delay");
    vec![finding.hint("state the reasons in reasonable detail under `narrative`")]
}

/// A row must have a cell for each column, and `align` an entry for each. Only the first column can
/// be without a head.
pub(super) fn tables(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in rich_texts(subject) {
        let RichText::Blocks(blocks) = text else { continue };
        for (i, block) in blocks.iter().enumerate() {
            if let Block::Table(table) = block {
                table_shape(table, &path.index(i).key("table"), &mut findings);
            }
        }
    }
    findings
}

fn table_shape(table: &Table, path: &YamlPath, findings: &mut Vec<Finding>) {
    let columns = table.columns.len();
    let shape = |path: YamlPath, what: &str, count: usize| {
        rule::TABLE_SHAPE.at(path, format!("{what} {count}, but there are {columns} columns"))
    };
    for (i, _) in table.columns.iter().enumerate().skip(1).filter(|(_, head)| head.0.is_none()) {
        let message = format!("column {} has no head", i + 1);
        let finding = rule::TABLE_SHAPE.at(path.key("columns").index(i), message);
        findings.push(finding.hint("only the first column can be without one"));
    }
    for (i, row) in table.rows.iter().enumerate().filter(|(_, row)| row.cells.len() != columns) {
        let finding =
            shape(path.key("rows").index(i), "the number of cells in this row is", row.cells.len());
        findings.push(finding.hint("an empty cell is `null`"));
    }
    if let Some(align) = table.align.as_ref().filter(|align| align.len() != columns) {
        findings.push(shape(path.key("align"), "the number of alignments is", align.len()));
    }
}

/// Returns the rich texts of a filing with their paths.
pub(super) fn rich_texts<'a>(subject: &Subject<'a>) -> Vec<(YamlPath, &'a RichText)> {
    let filing = subject.filing;
    let at = YamlPath::parse;
    let mut all = Vec::new();
    all.extend(
        filing.amendment.iter().map(|a| (at("amendment.explanatory_note"), &a.explanatory_note)),
    );
    all.extend(filing.narrative.iter().map(|text| (at("narrative"), text)));
    for (i, missing) in filing.prior_reports.missing.iter().enumerate() {
        all.extend(
            missing
                .explanation
                .iter()
                .map(|t| (at("prior_reports.missing").index(i).key("explanation"), t)),
        );
    }
    if let Some(Explanation::Text(text)) =
        filing.results_change.as_ref().and_then(|r| r.explanation.as_ref())
    {
        all.push((at("results_change.explanation"), text));
    }
    all.extend(
        filing
            .attachments
            .iter()
            .enumerate()
            .map(|(i, a)| (at("attachments").index(i).key("body"), &a.body)),
    );
    all.extend(
        filing
            .letters
            .iter()
            .enumerate()
            .map(|(i, l)| (at("letters").index(i).key("body"), &l.body)),
    );
    all
}

/// `see` must name Part III, an attachment or an exhibit of the notice.
pub(super) fn see_nothing(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let change = filing.results_change.as_ref();
    let Some(Explanation::See(see)) = change.and_then(|r| r.explanation.as_ref()) else {
        return Vec::new();
    };
    if resolve(filing, &see.folded()).is_some() {
        return Vec::new();
    }
    let titles = filing.attachments.iter().map(|a| a.title.folded());
    let names: Vec<String> =
        titles.chain(exhibits(&filing.letters).into_iter().flatten()).collect();
    let finding = rule::SEE_NOTHING.at(
        "results_change.explanation.see",
        format!("no attachment or exhibit of the notice is `{see}`"),
    );
    vec![match names.as_slice() {
        [] => finding.hint("add it under `attachments`, or write `Part III` if it is there"),
        names => finding.hint(format!("the notice has: {}", names.join(", "))),
    }]
}

/// Regulation S-T Rule 302(b): the signature page is signed before the name is typed.
pub(super) fn unsigned(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let mut open = Vec::new();
    if !filing.signature.signed {
        open.push((YamlPath::parse("signature.signed"), "the notice is not signed".to_owned()));
    }
    for (i, registrant) in filing.co_registrants.iter().enumerate() {
        if registrant.signature.as_ref().is_some_and(|s| !s.signed) {
            let path = YamlPath::parse("co_registrants").index(i).key("signature").key("signed");
            open.push((path, format!("`{}` has not signed", registrant.name.folded())));
        }
    }
    for (i, letter) in filing.letters.iter().enumerate().filter(|(_, l)| l.signed == Some(false)) {
        let path = YamlPath::parse("letters").index(i).key("signed");
        open.push((path, format!("the letter of `{}` is not signed", letter.name())));
    }
    let finding = |(path, message): (YamlPath, String)| {
        rule::UNSIGNED.at(path, message).hint("its signature line stays empty until `signed: true`")
    };
    open.into_iter().map(finding).collect()
}

/// A letter has no title, and an exhibit that is not a letter has no key of letters.
pub(super) fn letter_keys(subject: &Subject<'_>) -> Vec<Finding> {
    let letters = subject.filing.letters.iter().enumerate();
    let finding = |(i, letter): (usize, &Letter)| {
        let wrong = keys_of_other_kind(letter);
        let path = YamlPath::parse("letters").index(i).key(wrong.first()?);
        let (this, hint) = if letter.is_plain_exhibit() {
            ("an exhibit", "delete what only a letter has, or name the kind of letter")
        } else {
            ("a letter", "delete the title; only `kind: exhibit` has one")
        };
        let wrong: Vec<String> = wrong.iter().map(|key| format!("`{key}`")).collect();
        let message = format!("{this} has no {}", wrong.join(", "));
        Some(rule::LETTER_KEY.at(Spot::Key(path), message).hint(hint))
    };
    letters.filter_map(finding).collect()
}

/// Returns the keys of a letter that its kind does not have.
fn keys_of_other_kind(letter: &Letter) -> Vec<&'static str> {
    let of_letters = [
        ("letterhead", letter.letterhead.is_some()),
        ("date", letter.date.is_some()),
        ("to", !letter.to.is_empty()),
        ("re", !letter.re.is_empty()),
        ("salutation", letter.salutation.is_some()),
        ("closing", letter.closing.is_some()),
        ("signed", letter.signed.is_some()),
        ("signed_by", letter.signed_by.is_some()),
        ("signed_title", letter.signed_title.is_some()),
    ];
    let of_exhibits = [("title", letter.title.is_some())];
    let other = if letter.is_plain_exhibit() { &of_letters[..] } else { &of_exhibits };
    other.iter().filter(|(_, is_there)| *is_there).map(|(key, _)| *key).collect()
}

/// Letters must have different exhibit numbers, and a cover letter none: it is not an exhibit.
pub(super) fn exhibit_numbers(subject: &Subject<'_>) -> Vec<Finding> {
    let letters = &subject.filing.letters;
    let numbers = exhibits(letters);
    let mut findings = Vec::new();
    for (i, letter) in letters.iter().enumerate() {
        let Some(said) = letter.exhibit.as_ref().map(ExhibitNumber::as_str) else { continue };
        let path = YamlPath::parse("letters").index(i).key("exhibit");
        if !letter.kind.is_exhibit() {
            findings.push(
                rule::EXHIBIT_NUMBER.at(path, "a cover letter is not an exhibit and has no number"),
            );
        } else if numbers[..i].iter().flatten().any(|number| number == said) {
            findings.push(
                rule::EXHIBIT_NUMBER
                    .at(path, format!("`{said}` is the number of an earlier letter")),
            );
        }
    }
    findings
}
