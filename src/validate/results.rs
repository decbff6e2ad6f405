//! Part IV (3) against what is written: a Part III that speaks of matters which change results, and an
//! explanation without a figure. Judged from prose, so warnings at most.

use super::Subject;
use super::prose::{Prose, Sentence, pattern};
use super::topics::Topic;
use crate::filing::{Block, Explanation, FormType, RichText};
use crate::finding::{Finding, Spot};
use crate::rule;
use crate::source::YamlPath;

// What the SEC found undisclosed in its cases of 2021 and 2023 over hollow notices.
pattern!(
    MATTER,
    r"(?i)\b(?:restat(?:e|es|ed|ing|ements?)|non-?reliance|no\s+longer\s+be\s+relied\s+(?:up)?on|not\s+be\s+relied\s+(?:up)?on|errors?|misstate(?:d|ments?)|misappl(?:ied|ication)|misclassif\w+",
    r"|(?:incorrectly|improperly|erroneously)\s+(?:record|recogni|classif|present|account|appl|capitali|report|consolidat|translat|calculat)\w+|(?:accounting|financial)\s+irregularit(?:y|ies)|irregularities",
    r"|material\s+weakness(?:es)?|impair(?:ments?|ed)|investigat(?:ions?|e|es|ed|ing)|internal\s+inquiry|subpoenas?|misconduct|fraud(?:ulent)?)\b",
);

// The same words about something else.
pattern!(
    ELSEWHERE,
    r"(?i)amended\s+and\s+restated|restated\s+(?:\w+\s+)?(?:certificate|articles|by-?laws|charter|credit|loan|agreement|memorandum|indenture|lease|limited|operating|deed|plan|note)|restat\w+\s+(?:the|this|that|its)\s+(?:original\s+)?(?:notif|form\s+12b)",
    r"|(?:impair(?:ed|ing)?|investigat\w+)\s+(?:\w+\s+){0,2}ability|(?:visually|hearing)\s+impair\w+|(?:visual|hearing)\s+impairments?|(?:less|any|and)\s+(?:\w+\s+){0,2}(?:any\s+)?impairment|impairment\s+(?:tests?|testing|policy)|error\s+(?:message|code|log|report)s?|(?:human|typographical|spelling|printing|translation|transmission|formatting|validation|software)\s+errors?|trial\s+and\s+error|as\s+restated\b|Bureau\s+of\s+Investigation",
);
pattern!(
    INQUIRY,
    r"(?i)\b(?:audit\s+committee|special\s+committee|independent|internal|SEC|Securities\s+and\s+Exchange|Department\s+of\s+Justice|accounting|financial\s+(?:reporting|statements)|revenue|whistle-?blower|outside\s+counsel|allegations?|enforcement)\b",
);
pattern!(INCIDENT, r"(?i)\b(?:incident|intrusion|cyber\w*|ransomware|network|accident|antitrust|competition)\b");
pattern!(
    PAST,
    r"(?i)\b(?:was|were|been|fully|since)\s+(?:fully\s+|been\s+)?remediated\b|\bpreviously\s+(?:reported|disclosed|restated)\b|\bas\s+reported\s+at\s+the\s+time\b|\bcompleted\s+(?:the|its|a)\s+restatement\b|\b(?:in|during|for)\s+(?:fiscal\s+)?(?:year\s+)?(?:19|20)[0-9]{2}\b.*\b(?:was|were)\s+(?:closed|concluded|terminated|completed|settled|resolved)\b",
);

// Before the word: that there is none.
pattern!(
    NONE_BEFORE,
    r"(?i)\b(?:no|never|without|none\s+of|free\s+(?:of|from)|absence\s+of|rather\s+than|instead\s+of)\s+(?:(?:[^\s;]+\s+){0,5}|(?:[^\s;,]+\s+){0,10})$|\b(?:nor|neither)\b[,\s]+(?:[^\s;]+\s+){0,12}$",
    r"|\b(?:not|n[’']t)\s+(?:\w+\s+){0,2}?(?:expect|anticipat|believ|identif|result|relat|reflect|involv|aware|find|found|disclos|reveal|indicat|cause|because|due|attribut|constitut|requir|lead|led|contain|concern|the\s+(?:result|subject)|a\s|an\s|any\s|uncover|discover|detect|give|given|affect|arise|arisen|been\s+(?:any|identif|found))\w*\s*(?:[^\s;]+\s+){0,16}$",
);
pattern!(
    TURN,
    r"(?i)\b(?:until|but|however|except|although)\b|,\s+(?:it|we|they|management|the\s+\w+)\s+(?:has|have|had|did|is|are|will|expects?)\b"
);
// Behind it: that it is not needed.
pattern!(
    NONE_BEHIND,
    r"(?i)^\s*(?:[^\s;,]+\s+){0,5}?(?:is|are|was|were|will|has|have|would)\s+(?:not|neither)\s+(?:be\s+|been\s+|currently\s+)?(?:expect|requir|necess|need|anticipat|found|identif|discover|warrant|believ|recorded|present|involv)\w*"
);

/// Whether the statements that the report will hold are earnings statements at all.
fn has_earnings(form: FormType) -> bool {
    !matches!(form, FormType::F10D | FormType::NCen)
}

/// Part III speaks of a matter that changes results, and Part IV (3) answers No.
pub(super) fn contradiction(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let denied = filing.results_change.as_ref().is_some_and(|change| !change.anticipated);
    let Some(prose) = subject.narrative.as_ref().filter(|_| denied && has_earnings(filing.report.form)) else {
        return Vec::new();
    };
    let told: Vec<Matter> = prose.sentences_on(Topic::Matter).flat_map(|sentence| matters(&sentence)).collect();
    let denied = |topic: &str| told.iter().any(|matter| matter.denied && matter.topic() == topic);
    let mut seen: Vec<(Spot, String)> = Vec::new();
    for matter in told.iter().filter(|matter| !denied(&matter.topic())) {
        if !seen.iter().any(|(_, word)| topic(word) == matter.topic()) {
            seen.push((matter.spot.clone(), matter.word.clone()));
        }
    }
    let words: Vec<String> = seen.iter().map(|(_, word)| format!("`{word}`")).collect();
    let Some((spot, _)) = seen.into_iter().next() else { return Vec::new() };
    let message = format!("Part III speaks of {}, and Part IV (3) answers No", words.join(", "));
    let hint =
        "if it will change results significantly, answer `anticipated: true` and explain it in words and figures";
    vec![rule::RESULTS_CONTRADICTION.at(spot, message).hint(hint)]
}

/// A matter that Part III speaks of.
struct Matter {
    spot: Spot,
    word: String,
    /// Whether it says that there is none. Said once, it holds for all of Part III.
    denied: bool,
}

impl Matter {
    fn topic(&self) -> String {
        topic(&self.word)
    }
}

/// What the forms of a word have in common.
fn topic(word: &str) -> String {
    word.chars().take(6).collect::<String>().to_lowercase()
}

/// The matters that a sentence speaks of.
fn matters(sentence: &Sentence<'_>) -> Vec<Matter> {
    let text = sentence.text;
    if PAST.is_match(text) {
        return Vec::new();
    }
    let elsewhere: Vec<_> = ELSEWHERE.find_iter(text).map(|found| found.range()).collect();
    let there = |found: &regex::Match<'_>| {
        let foreign = topic(found.as_str()) == "invest" && (!INQUIRY.is_match(text) || INCIDENT.is_match(text));
        !foreign && !elsewhere.iter().any(|other| other.start < found.end() && found.start() < other.end)
    };
    let matter = |found: regex::Match<'_>| Matter {
        spot: sentence.spot(found.range()),
        word: found.as_str().to_owned(),
        denied: NONE_BEFORE.find(&text[..found.start()]).is_some_and(|none| !TURN.is_match(none.as_str()))
            || NONE_BEHIND.is_match(&text[found.end()..]),
    };
    MATTER.find_iter(text).filter(there).map(matter).collect()
}

pattern!(
    FIGURE,
    r"(?i)[$€£¥%]\s?[0-9]|[0-9]\s?[%€£¥]|\b(?:US|USD|EUR|GBP|CAD|AUD|CHF|JPY|RMB|CNY|HKD|SEK|NOK|DKK|INR|BRL|MXN|ILS|KRW|SGD)\s?\$?\s?[0-9]|\b[0-9]{1,3}(?:,[0-9]{3})+\b",
    r"|\b[0-9]+(?:\.[0-9]+)?\s+(?:percent|per\s+cent|percentage|basis|thousand|million|billion|cents|dollars|euros|pounds|pesos|yen|rupees|crore|lakh|times|bps)\b",
    r"|\b(?:percent|per\s+cent|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)(?:[- ]\w+)?\s+(?:thousand|million|billion|dollars|cents|euros|times|percentage)|doubl(?:e|ed|ing)|tripl(?:e|ed|ing)|quadrupled|halv(?:e|ed|ing)|half|one[- ](?:third|quarter|fifth)|two[- ]thirds|three[- ]quarters|tenfold|twofold|nil|zero|break-?even|no\s+revenues?)\b",
);
pattern!(
    NO_ESTIMATE,
    r"(?i)\b(?:cannot|can\s?not|could\s+not|unable|not\s+(?:yet\s+|currently\s+|now\s+|presently\s+|reasonably\s+)*(?:be\s+)?(?:able|possible|practicable|practical|feasible|known|determin\w+|estimable|in\s+a\s+position|reasonably|estimat\w+|quantif\w+|complet\w+)|im(?:practicable|possible)|refrain\w*|no\s+(?:reasonable\s+|reliable\s+)?(?:estimate|amount|figure|quantification)|premature|too\s+early|yet\s+to\s+be|until)\b",
);
pattern!(
    ESTIMATE,
    r"(?i)\b(?:estimat|quantif|determin|calculat|measur|amount|figure|extent|magnitude|size|known|range|predict|how\s+much|accuracy|effect)\w*"
);

/// Part IV (3) answers Yes: the explanation has figures, or says why it has none.
pub(super) fn figures(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let Some(change) = filing.results_change.as_ref().filter(|change| change.anticipated) else { return Vec::new() };
    let (text, path) = match &change.explanation {
        Some(Explanation::Text(text)) => (text, YamlPath::parse("results_change.explanation")),
        Some(Explanation::See(see)) => {
            let Some((at, attachment)) = filing.attachment(see) else { return Vec::new() };
            (&attachment.body, YamlPath::parse("attachments").index(at).key("body"))
        }
        None => return Vec::new(),
    };
    let prose = Prose::of(text, &path);
    let figure = |s: &Sentence<'_>| FIGURE.is_match(s.text);
    let excused = |s: &Sentence<'_>| NO_ESTIMATE.is_match(s.text) && ESTIMATE.is_match(s.text);
    if has_table_of_figures(text) || prose.sentences().any(|s| figure(&s) || excused(&s)) {
        return Vec::new();
    }
    let spot = prose.sentences().next().map_or(Spot::Value(path), |s| s.spot(0..s.text.len()));
    let message = "the explanation of the change in results has no figure, and no reason why there is none";
    let hint = "give the amounts of both periods, or say why no reasonable estimate can be made";
    vec![rule::EXPLANATION_WITHOUT_FIGURE.at(spot, message).hint(hint)]
}

/// Whether a table has a figure in a row.
fn has_table_of_figures(text: &RichText) -> bool {
    let RichText::Blocks(blocks) = text else { return false };
    let figure =
        |cell: &crate::filing::Cell| cell.0.as_ref().is_some_and(|t| t.as_str().contains(|c: char| c.is_ascii_digit()));
    blocks.iter().any(|block| matches!(block, Block::Table(table) if table.rows.iter().flatten().any(figure)))
}
