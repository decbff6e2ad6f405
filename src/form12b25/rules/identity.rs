//! Checks how the notice identifies the registrant and the report: file numbers, the portion, the
//! report itself.

use super::pattern::pattern;
use super::placeholders::is_unfinished;
use super::subject::Subject;
use super::topics::{AMENDED, Topic};
use crate::diagnostics::characters::meant;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::fix::Fix;
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{FormType, Registrant};

/// The prefix of file numbers under the Investment Company Act.
const FUNDS: &[u32] = &[811];

// Numbers are filed with or without leading zeros. 814 is the prefix of business development
// companies, which file Forms 10-K and 10-Q.
/// The prefixes of file numbers under the Exchange Act and the Securities Act.
const ISSUERS: &[u32] = &[0, 1, 2, 33, 333, 814];

// As the EDGARLink schemas have it (eis_Common).
pattern!(FILE_NUMBER_NAME, r"(?i)^(?:(?:SEC|Commission|File|Number|No)[.:#]*)+");
pattern!(FILE_NUMBER, r"^([0-9]{1,3})-[0-9]{1,8}(?:-[A-Za-z0-9]{1,4})?$");

/// The prefix of each registrant's SEC file number must fit the report.
pub(super) fn file_numbers(subject: &Subject<'_>) -> Vec<Finding> {
    let form = subject.filing.report.form;
    let fund = matches!(form, FormType::NCen | FormType::NCsr | FormType::NSar);
    let paths = std::iter::once(YamlPath::parse("registrant"))
        .chain((0..).map(|i| YamlPath::parse("co_registrants").index(i)));
    let check = |(path, registrant): (YamlPath, &Registrant)| {
        let number = registrant.file_number.as_ref()?.folded();
        let class = FILE_NUMBER.captures(&number).and_then(|found| found[1].parse::<u32>().ok());
        let path = path.key("file_number");
        let Some(class) = class else {
            if is_unfinished(&number) {
                return None;
            }
            let finding =
                rule::FILE_NUMBER_CLASS.at(path, format!("`{number}` is not an SEC file number"));
            return Some(advised(finding, registrant.file_number.as_ref()?.as_str()));
        };
        let (known, hint) = if fund { (FUNDS, "811-") } else { (ISSUERS, "001-, 000-, 333-") };
        if known.contains(&class) {
            return None;
        }
        let message =
            format!("`{number}` is not of the class of a registrant that files Form {form}");
        Some(rule::FILE_NUMBER_CLASS.at(path, message).hint(format!("usual: {hint}")))
    };
    paths.zip(subject.filing.registrants()).filter_map(check).collect()
}

/// Adds advice to the finding about a text that is not a file number, and a fix if it may be one.
fn advised(finding: Finding, text: &str) -> Finding {
    let is_blank = |c: char| c.is_whitespace() || meant(c) == Some(' ');
    let ascii = |c| if meant(c) == Some('-') { '-' } else { c };
    let written: String = text.chars().filter(|c| !is_blank(*c)).map(ascii).collect();
    let bare = FILE_NUMBER_NAME.replace(&written, "");
    let number = match bare.get(..3) {
        Some(class) if is_number_without_dash(&bare) => format!("{class}-{}", &bare[3..]),
        _ => bare.clone().into_owned(),
    };
    if !FILE_NUMBER.is_match(&number) {
        return finding.hint("such as `001-12345`; of a fund `811-12345`");
    }
    // A name before the number is printed, and a dash that is not there could be elsewhere.
    let safe = number == written;
    let fix = Fix { safe, ..Fix::safe_word(text, number.as_str()) };
    finding.hint(format!("write `{number}`")).fix(fix)
}

/// Whether a text is the digits of a file number whose class has its usual three.
fn is_number_without_dash(text: &str) -> bool {
    let class = text.get(..3).and_then(|class| class.parse::<u32>().ok());
    (7..=9).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && class.is_some_and(|class| FUNDS.contains(&class) || ISSUERS.contains(&class))
}

pattern!(
    NOTHING,
    r"(?i)^\W*(?:n\.?/?a\.?|none|nil|not\s+applicable|all(?:\s+of\s+it)?|(?:the\s+)?(?:full|entire",
    r"|whole|complete|annual|quarterly|(?:19|20)[0-9]{2})\s+(?:annual\s+|quarterly\s+)?(?:form",
    r"|report|filing).*)\W*$",
);
pattern!(
    ITEMS,
    r"(?i)[0-9]|\bitems?\b|\bparts?\s+[IV]+\b|\bexhibits?\b|\bannex\b|\bschedules?\b",
    r"|\bfinancial\s+statements?\b|\bcertifications?\b",
);

/// The form's line for a portion must name Items, and is empty if the whole report is late.
pub(super) fn portion(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(portion) =
        subject.filing.report.portion.as_ref().map(crate::form12b25::model::Text::folded)
    else {
        return Vec::new();
    };
    if NOTHING.is_match(&portion) {
        let message = format!("`{portion}` is not a portion of the report");
        return vec![
            rule::PORTION_OF_NOTHING
                .at("report.portion", message)
                .hint("leave the key out when the whole report is late"),
        ];
    }
    if !ITEMS.is_match(&portion) {
        let message = format!("`{portion}` names no Item of the report");
        return vec![
            rule::PORTION_WITHOUT_ITEMS
                .at("report.portion", message)
                .hint("such as `Item 9A`, or `Part III, Items 10 to 14`"),
        ];
    }
    let message =
        "the amendment that brings these Items carries a legend on its cover that lists them";
    vec![rule::PORTION_LEGEND.at("report.portion", message)]
}

pattern!(
    COULD_NOT,
    r"(?i)\b(?:unable|not\s+able|could\s+not|cannot|inability|additional\s+time)\b.*\bfil(?:e|ed",
    r"|ing)\b|\bfil(?:e|ed|ing)\b.*\b(?:unable|could\s+not|cannot)\b",
);
// A clause on a later amendment is a plan, not the report that is late.
pattern!(LATER, r"(?i)\b(?:will|expects?|intends?|anticipates?|plans?)\b");

/// 17 CFR 240.12b-25(a) applies to reports, not to amendments of filed reports.
pub(super) fn amended_report(subject: &Subject<'_>) -> Vec<Finding> {
    let finding = |spot: Spot, matched: &str| {
        let message = format!(
            "the notice seems to be about `{matched}`, an amendment of a report that was filed"
        );
        rule::AMENDED_REPORT
            .at(spot, message)
            .hint("Form 12b-25 is for the report itself; an amended notice is `amendment:`")
    };
    if let Some(portion) = &subject.filing.report.portion
        && let Some(found) = AMENDED.find(portion.as_str())
    {
        let spot = Spot::Within(YamlPath::parse("report.portion"), found.as_str().to_owned(), 0);
        return vec![finding(spot, found.as_str())];
    }
    let sentences = subject.narrative.iter().flat_map(|prose| prose.sentences_on(Topic::Amended));
    let clauses = sentences.flat_map(super::prose::Sentence::clauses);
    let late = clauses.filter(|c| COULD_NOT.is_match(c.text) && !LATER.is_match(c.text));
    let found = late.filter_map(|c| {
        AMENDED.find(c.text).map(|found| finding(c.spot(found.range()), found.as_str()))
    });
    found.take(1).collect()
}
