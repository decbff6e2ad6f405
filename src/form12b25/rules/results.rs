//! Compares Part IV (3) with the prose: with matters in Part III that change results, and with an
//! explanation without a figure. Prose can be misread, so the findings are warnings at most.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::pattern::pattern;
use super::prose::{Prose, Sentence};
use super::subject::Subject;
use super::topics::{MATTER, Topic};
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{Block, Explanation, FormType, RichText};

// The same words about another subject.
pattern!(ELSEWHERE, r"(?i){other matters}");
pattern!(INQUIRY, r"(?i)\b{inquiries}\b");
pattern!(INCIDENT, r"(?i)\b{incidents}\b");
// Past matters: remediated, or reported in an amended report.
pattern!(
    PAST,
    r"(?i)\b(?:was|were|been|fully|since)\s+(?:fully\s+|been\s+)?remediated\b",
    r"|\bas\s+reported\s+at\s+the\s+time\b|\bcompleted\s+(?:the|its|a)\s+restatement\b",
    r"|\brestated\b.*\bin\s+(?:a|an|its)\s+(?:amended\s+)?(?:Form\s+)?10-[KQ]/A",
);
pattern!(YEAR, r"\b((?:19|20)[0-9]{2})\b");
// A condition is not a statement.
pattern!(IF, r"(?i)\b(?:if|unless|whether\s+or\s+not)\s+(?:\S+\s+){0,4}$");

// Before the word: its denial.
pattern!(
    NONE_BEFORE,
    r"(?i)\b(?:no|never|without|none\s+of|free\s+(?:of|from)|absence\s+of|rather\s+than",
    r"|instead\s+of)\s+(?:(?:[^\s;]+\s+){0,5}|(?:[^\s;,]+\s+){0,10})$|\b(?:nor",
    r"|neither)\b[,\s]+(?:[^\s;]+\s+){0,12}$",
    r"|\b(?:not|n[’']t)\s+(?:\w+\s+){0,2}?(?:expect|anticipat|believ|identif|result|relat|reflect",
    r"|involv|aware|find|found|disclos|reveal|indicat|caus(?:e|ed|ing)|constitut|requir|lead|led",
    r"|contain|concern|the\s+(?:result|subject)|a\s|an\s|any\s|uncover|discover|detect|give|given",
    r"|affect|arise|arisen|been\s+(?:any|identif|found))\w*\s*(?:[^\s;]+\s+){0,16}$",
    r"|\b(?:is|are|was|were|be)\s+not\s+(?:\w+ly\s+)?(?:because|due|owing|attributable",
    r"|the\s+correction)\b\s*(?:[^\s;]+\s+){0,12}$",
);
pattern!(
    TURN,
    r"(?i)\b(?:until|but|however|except|although)\b|,\s+(?:it|we|they|management",
    r"|the\s+\w+)\s+(?:has|have|had|did|is|are|will|expects?)\b",
);
// After the word: its denial.
pattern!(
    NONE_AFTER,
    r"(?i)^\s*(?:[^\s;,]+\s+){0,5}?(?:is|are|was|were|will|has|have|would)\s+(?:not",
    r"|neither)\s+(?:be\s+|been\s+|currently\s+)?(?:expect|requir|necess|need|anticipat|found",
    r"|identif|discover|warrant|believ|recorded|present|involv)\w*",
);

// `restate no prior period`; `the inquiry did not concern the accounting`.
pattern!(
    NOTHING_AFTER,
    r"(?i)^\s+(?:no|none|nothing)\b|^\s+(?:did|does)\s+not\s+(?:concern|relate|involve|affect)\b"
);
// A statement that a matter is small does not deny it.
pattern!(
    SMALL,
    r"(?i)^\s*(?:\S+\s+){0,2}?(?:to\s+be|will\s+be|is|are)\s+(?:\w+\s+)?(?:material|significant)"
);

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
    let year = filing.report.period_ended.parts().0;
    let all: Vec<Matter> =
        prose.sentences_on(Topic::Matter).flat_map(|s| matters(s, year)).collect();
    // The last mention of a matter decides.
    let last: BTreeMap<&str, &Matter<'_>> =
        all.iter().map(|matter| (matter.topic.as_str(), matter)).collect();
    let is_open = |topic: &str| last.get(topic).is_some_and(|last| !last.denied);
    let mut seen: Vec<&Matter> = Vec::new();
    for matter in all.iter().filter(|matter| !matter.denied && is_open(&matter.topic)) {
        if !seen.iter().any(|other| other.topic == matter.topic) {
            seen.push(matter);
        }
    }
    let words: Vec<String> = seen.iter().map(|matter| format!("`{}`", matter.word())).collect();
    let Some(first) = seen.first() else { return Vec::new() };
    let message = format!("Part III speaks of {}, and Part IV (3) answers No", words.join(", "));
    let hint = "if it will change results significantly, answer `anticipated: true` and explain it \
                in words and figures";
    vec![rule::RESULTS_CONTRADICTION.at(first.sentence.spot(first.at.clone()), message).hint(hint)]
}

/// A mention of a matter in Part III.
struct Matter<'a> {
    sentence: Sentence<'a>,
    at: Range<usize>,
    topic: String,
    /// Whether Part III denies it.
    denied: bool,
}

impl<'a> Matter<'a> {
    fn word(&self) -> &'a str {
        &self.sentence.text[self.at.clone()]
    }
}

/// Returns the part that the forms of a word share.
fn topic(word: &str) -> String {
    // `restat` of restate, restated and restatement; `invest` of investigate and investigation.
    word.chars().take(6).collect::<String>().to_lowercase()
}

/// Returns the matters that a sentence mentions. A sentence on years before the last one has none.
fn matters(sentence: Sentence<'_>, year: i16) -> Vec<Matter<'_>> {
    let text = sentence.text;
    let mut years =
        YEAR.find_iter(text).filter_map(|found| found.as_str().parse::<i16>().ok()).peekable();
    if PAST.is_match(text) || (years.peek().is_some() && years.all(|said| said < year - 1)) {
        return Vec::new();
    }
    let elsewhere: Vec<_> = ELSEWHERE.find_iter(text).map(|found| found.range()).collect();
    let about_others = LazyCell::new(|| !INQUIRY.is_match(text) || INCIDENT.is_match(text));
    let is_elsewhere = |found: &regex::Match<'_>| {
        let inquiry = matches!(topic(found.as_str()).as_str(), "invest" | "inquir" | "allega");
        (inquiry && *about_others)
            || elsewhere.iter().any(|at| at.start < found.end() && found.start() < at.end)
    };
    let matter = |found: regex::Match<'_>| {
        let (before, after) = (&text[..found.start()], &text[found.end()..]);
        let none = NONE_BEFORE.find(before).is_some_and(|none| !TURN.is_match(none.as_str()));
        let none = none
            || NONE_AFTER.is_match(after)
            || NOTHING_AFTER.is_match(after)
            || IF.is_match(before);
        Matter { sentence, at: found.range(), topic: topic(found.as_str()), denied: none }
    };
    let small = |matter: &Matter<'_>| matter.denied && SMALL.is_match(&text[matter.at.end..]);
    MATTER
        .find_iter(text)
        .filter(|found| !is_elsewhere(found))
        .map(matter)
        .filter(|matter| !small(matter))
        .collect()
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
