//! Finds what drafts leave in texts: blanks, notes of those who draft, legends. Marks that no final
//! text has are errors once the notice is signed; words can be meant.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use super::reading::Reading;
use super::subject::Subject;
use super::texts;
use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::rule;
use crate::diagnostics::source::Trail;

// A blank beside a currency, a percent sign, a unit, a month or a year is one whatever its
// characters are. A bullet is one only there: alone it could be that of a list.
pattern!(
    MARK,
    r"(?i:{marks})|\[\s?(?:(?:{blanks}|(?i:{blanks in brackets}))[\s.,/]{0,2})+\]",
    r"|[$€£¥]\s?(?:{blanks}|_{2,}|\[[^\[\]\n]*\])",
    r"|(?:{blanks}|_{2,}|\[[\s_]?\])\s?(?:%|(?i:{units})\b)",
    r"|(?:_{2,}|\[[\s_]?\])\s(?i:{counted})\b",
    r"|\b{months}\s(?:_+|\[[\s_]?\]|{blanks},?\s(?:19|20)[0-9]{2})",
    r"|(?:_{2,}|\[[\s_]?\])(?:,\s(?:19|20)[0-9_]{2}|\s(?:of\s)?{months}\b)",
    r"|{blanks},\s(?:19|20)[0-9]{2}\b|\b(?:the|of|an?|by|from|than|approximately|about)\s{blanks}",
    r"|\b20(?:_{2}|\[[\s_]{0,2}\])|_+/_+/(?:_+|[0-9]{2,4})|\b[0-9]+-_{2,}",
);

pattern!(
    WORD,
    // Letters in the place of figures
    r"[$€£¥]\s?(?:X|(?i:x{2,}|x[.,]x))(?:[.,]?(?i:x)+)*\b|\b(?i:x)+(?:[.,](?i:x)+)*\s?%",
    r"|\b{months}\s(?i:x){1,2}\b|\b(?i:x){2}\s(?:of\s)?{months}\b|\bxx,\s(?:19|20)[0-9]{2}\b",
    r"|\b(?i:x{2,}|x(?:[.,]x+)+)\s(?i:{units})\b|\b[a-z]+\s(?i:x){2,}\s(?i:{counted})\b",
    r"|(?i:\b{draft words}\b)|\b{capital words}\b|\[(?i:{fields})\]|(?i:^{whole texts}\.?$)",
    // The legend of a draft, with its date or number
    r"|\b(?:Draft|DRAFT)\s(?:of\s|dated\s|[–-]\s)?{months}\s[0-9]{1,2}(?:,\s[0-9]{4})?",
    r"|\b(?i:draft)\s(?:(?:of|as\sof|dated|[–-])\s)?(?:v\.?\s?[0-9]+|(?i:no)\.\s?[0-9]+|\#[0-9]+",
    r"|[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2})\b",
    // Facts in brackets: names of forms, capitals, alternatives, amounts, dates
    r"|\[(?:the\s|its\s)?(?:Form\s)?(?:10-?[KQD]|20-?F|11-?K|N-C(?:SR|EN))(?:/A)?\]",
    r"|\[[A-Z][A-Z0-9\s,.'’&/-]{3,}\]",
    r"|\[[A-Za-z][A-Za-z\s]*/\s?[A-Za-z][A-Za-z\s]*\]",
    r"|\[[A-Za-z][a-z]+[^\[\]\n]*\]\s?[/|]?\s?\[[A-Za-z][a-z]+[^\[\]\n]*\]",
    r"|\[[$€£¥]\s?[0-9][^\[\]\n]*\]|\[[0-9][0-9.,]*\s?(?:%|(?i:{units})\b)[^\[\]\n]*\]",
    r"|\[[0-9][0-9.,]*\]\s?%|\[[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\]|\[{months}\s[0-9]{1,2}(?:,\s[0-9]{4})?\]",
    // Other characters in the place of a text
    r"|[$€£¥]\s?\#+|\#{2,}\s?%|\#{1,3},\#{3}|\#{4,}|[$€£¥]\s?\?+|\?{2,}|\(\?\)|_{3,}",
    r"|\[\*{1,2}\]|\[l\](?:[\s.,%]|$)|\{[A-Za-z][A-Za-z_\s]*\}",
    r"|\b(?:of|to|from|by|approximately|was|were)\s[$€£¥]\s?(?i:million|billion|thousand)\b",
);

pattern!(IN_NAMES, r"\b{draft words in names}\b");

/// All of these at once.
#[expect(clippy::expect_used, reason = "the patterns are built in, and each is a pattern")]
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    let all = [&MARK, &WORD, &IN_NAMES].map(|pattern| format!("(?:{})", pattern.text()));
    Regex::new(&all.join("|")).expect("a pattern")
});

pattern!(KEPT, r"(?i)\b{kept brackets}");

/// A piece of a text that belongs to its draft.
struct Leftover {
    at: Range<usize>,
    /// Whether no final text has it.
    is_mark: bool,
}

/// A blank, a note or a legend of a draft must not be in any text.
pub(super) fn placeholders(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let names: Vec<&str> =
        filing.registrants().map(|registrant| registrant.name.as_str()).collect();
    let mut findings = Vec::new();
    // The reason of a waiver quotes what it is about.
    let includes = |trail: &Trail<'_>| !matches!(trail, Trail::Key(Trail::Start, "waive"));
    texts::visit(filing, &includes, &mut |text, trail| {
        // Fast path: most texts are short and have none.
        if Reading::is_plain(text) && !ANY.is_match(text) {
            return;
        }
        let reading = Reading::of(text);
        let mut leftovers = leftovers(&reading.text);
        leftovers.retain(|found| {
            let words = &reading.text[found.at.clone()];
            found.is_mark || !(is_rule(words, text, trail) || is_of_a_name(words, &names))
        });
        findings.extend(leftovers.iter().map(|found| {
            let spot = reading.spot(&trail.path(), found.at.clone());
            let words = shortened(&reading.text[found.at.clone()]);
            if found.is_mark {
                let finding = rule::PLACEHOLDER.at(spot, format!("`{words}` is a placeholder"));
                let signed = filing.signature.signed;
                finding.severity(if signed { Severity::Error } else { Severity::Warning }).advised()
            } else {
                rule::DRAFT_WORD.at(spot, format!("`{words}` belongs to a draft")).advised()
            }
        }));
    });
    findings
}

/// Whether a text, as it is read, is still to be written or completed.
pub(super) fn is_unfinished(text: &str) -> bool {
    let counts = |found: &Leftover| {
        let words = &text[found.at.clone()];
        found.is_mark || words == text || !words.starts_with('_')
    };
    leftovers(text).iter().any(counts)
}

/// Returns the pieces of a text that belong to a draft, in order and apart from each other.
fn leftovers(text: &str) -> Vec<Leftover> {
    let mut all: Vec<Leftover> = Vec::new();
    if !ANY.is_match(text) {
        return all;
    }
    let marks = MARK.find_iter(text).map(|found| (found.range(), true));
    let words = WORD.find_iter(text).map(|found| (found.range(), false));
    let words = words.filter(|(at, _)| !is_kept(&text[at.clone()]));
    let named = IN_NAMES.find_iter(text).map(|found| (found.range(), false));
    let named = named.filter(|(at, _)| !begins_name(&text[at.end..]));
    for (at, is_mark) in marks.chain(words).chain(named) {
        let at = at.start..at.start + text[at].trim_end().len();
        if is_alteration(text, &at) {
            continue;
        }
        if all.iter().all(|other| at.end <= other.at.start || other.at.end <= at.start) {
            all.push(Leftover { at, is_mark });
        }
    }
    all.sort_by_key(|found| found.at.start);
    all
}

/// Whether brackets change a word of a quotation: `complet[ing]`, `[a]ll`.
fn is_alteration(text: &str, at: &Range<usize>) -> bool {
    text[at.clone()].contains(char::is_lowercase)
        && (text[at.clone()].starts_with('[') && text[..at.start].ends_with(char::is_alphabetic)
            || text[at.clone()].ends_with(']') && text[at.end..].starts_with(char::is_alphabetic))
}

/// Whether brackets in capitals are those of a final document, such as `[LETTERHEAD]`.
fn is_kept(words: &str) -> bool {
    words.starts_with('[') && !words.contains(char::is_lowercase) && KEPT.is_match(words)
}

/// Whether the text after a word continues a name: `TBC Bank`.
fn begins_name(after: &str) -> bool {
    let mut next = after.strip_prefix(' ').unwrap_or_default().chars();
    next.next().is_some_and(|c| c.is_uppercase() || c == '&')
        && next.next().is_some_and(|c| c.is_lowercase() || c == ' ')
}

/// Whether a word is in the name of a registrant and is not the whole of it.
fn is_of_a_name(words: &str, names: &[&str]) -> bool {
    let is_word = words.chars().all(char::is_alphabetic);
    is_word && names.iter().any(|name| name.split(' ').any(|w| w == words) && *name != words)
}

/// Whether a run of underscores is the rule above a footnote: alone on its line, or after the end
/// of a sentence where YAML folds the lines.
fn is_rule(words: &str, text: &str, trail: &Trail<'_>) -> bool {
    const SHORTEST: usize = 5;
    const RICH: [&str; 4] = ["narrative", "explanation", "explanatory_note", "body"];
    if words.len() < SHORTEST || !words.bytes().all(|b| b == b'_') {
        return false;
    }
    let is_block = matches!(trail, Trail::Index(Trail::Key(_, key), _) if RICH.contains(key));
    let is_rich = is_block || matches!(trail, Trail::Key(_, key) if RICH.contains(key));
    if text.trim() == words {
        return is_block;
    }
    let ends_sentence = |(at, _): (usize, &str)| {
        let before = text[..at].trim_end();
        before.is_empty() || (before.len() < at && before.ends_with(['.', ';', ')', '”', '"', '!']))
    };
    is_rich
        && (text.lines().any(|line| line.trim() == words)
            || text.match_indices(words).any(ends_sentence))
}

/// Returns the beginning of long words, for a message.
fn shortened(words: &str) -> String {
    const LONGEST: usize = 80;
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that are found in a text, those of words after a `?`.
    fn found(text: &str) -> Vec<String> {
        let shown = |found: &Leftover| {
            format!("{}{}", if found.is_mark { "" } else { "?" }, &text[found.at.clone()])
        };
        leftovers(text).iter().map(shown).collect()
    }

    #[test]
    fn marks_are_found_whole() {
        for (text, expected) in [
            ("the [●] matter", "[●]"),
            ("by [•], 2026", "[•]"),
            ("net loss of $[●] million", "$[●]"),
            ("a loss of $[__] in", "$[__]"),
            ("a loss of $[ ] in", "$[ ]"),
            ("a loss of $[4.2] million", "$[4.2]"),
            ("a loss of €● in", "€●"),
            ("a loss of $__ million", "$__"),
            ("the [__] report", "[__]"),
            ("the [XX] report", "[XX]"),
            ("the [??] report", "[??]"),
            ("the [—] report", "[—]"),
            ("[●.●]% of sales", "[●.●]"),
            ("rose by ___%", "___%"),
            ("rose by [ ]%", "[ ]%"),
            ("rose by [ ] percent", "[ ] percent"),
            ("sales of ● million", "of ●"),
            ("within __ days", "__ days"),
            ("on March __, 2026", "March __"),
            ("on March ●, 2026", "March ●, 2026"),
            ("on [ ], 2026", "[ ], 2026"),
            ("the __ of March", "__ of March"),
            ("in 20__ or", "20__"),
            ("in 20[__] or", "20[__]"),
            ("on __/__/2026 or", "__/__/2026"),
            ("file number 001-_____", "001-_____"),
            ("approximately ● shares", "approximately ●"),
            ("closing [NTD: KPMG to confirm], and", "[NTD: KPMG to confirm]"),
            ("closing [NTD KPMG to", "[NTD KPMG to"),
            ("closing (NTD: confirm) and", "(NTD: confirm)"),
            ("NTD: confirm with KPMG", "NTD: confirm with KPMG"),
            ("[Note to Draft: update]", "[Note to Draft: update]"),
            ("[note to draft – see Q3]", "[note to draft – see Q3]"),
            ("Note to Draft: confirm the date", "Note to Draft: confirm the date"),
            ("[Drafting Note: check]", "[Drafting Note: check]"),
            ("[Note: check]", "[Note: check]"),
            ("[INSERT REASON]", "[INSERT REASON]"),
            ("[Please describe the reasons]", "[Please describe the reasons]"),
            ("net sales [to come] in", "[to come]"),
            ("[Figures to be confirmed by KPMG]", "[Figures to be confirmed by KPMG]"),
            ("[KPMG to confirm]", "[KPMG to confirm]"),
            ("the loss (to be confirmed) is", "(to be confirmed)"),
            ("on [date] and", "[date]"),
            ("on [Date of Letter] and", "[Date of Letter]"),
            ("in [Year] and", "[Year]"),
            ("[[Company]]", "[[Company]]"),
            ("on <<date>> and", "<<date>>"),
            ("«Company_Name» is", "«Company_Name»"),
            ("«Date» is", "«Date»"),
            ("{{ company.name }} is", "{{ company.name }}"),
            ("${company} is", "${company}"),
            ("{ MERGEFIELD Name } is", "{ MERGEFIELD Name }"),
            ("see Error! Reference source not found. for", "Error! Reference source not found."),
            ("see Error! Bookmark not defined.", "Error! Bookmark not defined."),
            ("Fehler! Verweisquelle konnte nicht", "Fehler! Verweisquelle konnte nicht"),
            ("Click or tap here to enter text.", "Click or tap here to enter text."),
            ("sales of #REF! and", "#REF!"),
            ("sales of #N/A and", "#N/A"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn words_are_found_whole() {
        for (text, expected) in [
            ("The reason is TBD.", "TBD"),
            ("net sales of tbd", "tbd"),
            ("TBC pending KPMG", "TBC"),
            ("[Company] is late", "[Company]"),
            ("[Company Name] is", "[Company Name]"),
            ("[NAME TBD]", "[NAME TBD]"),
            ("[name of auditor] has", "[name of auditor]"),
            ("the [amount] of", "[amount]"),
            ("DRAFT 3/12/26", "DRAFT 3/12/26"),
            ("Draft of March 12, 2026", "Draft of March 12, 2026"),
            ("KPMG draft v3 of", "draft v3"),
            ("DRAFT", "DRAFT"),
            ("DRAFT - The Company", "DRAFT"),
            ("Privileged & Confidential", "Privileged & Confidential"),
            ("PRIVILEGED AND CONFIDENTIAL", "PRIVILEGED AND CONFIDENTIAL"),
            ("Attorney Work Product", "Attorney Work Product"),
            ("ATTORNEY-CLIENT PRIVILEGED", "ATTORNEY-CLIENT PRIVILEGED"),
            ("For discussion purposes only", "For discussion purposes only"),
            ("a loss of $XX million", "$XX"),
            ("a loss of $xx.x million", "$xx.x"),
            ("a loss of XX million", "XX million"),
            ("rose XX% in", "XX%"),
            ("rose XX.X% in", "XX.X%"),
            ("on March XX, 2026", "March XX"),
            ("on xx March 2026", "xx March"),
            ("on xx/xx/2026", "xx/xx/2026"),
            ("on 3/XX/2026", "3/XX/2026"),
            ("in fiscal 20XX", "20XX"),
            ("within XX days of", "within XX days"),
            ("call 207-555-XXXX", "555-XXXX"),
            ("number 001-XXXXX", "001-XXXXX"),
            ("XXXX is late", "XXXX"),
            ("sales of ?? in", "??"),
            ("sales of $? in", "$?"),
            ("sales of $#,### in", "$#"),
            ("INSERT REASON", "INSERT REASON"),
            ("Insert reasons here", "Insert reasons here"),
            ("lorem ipsum", "lorem ipsum"),
            ("the [BRACKETED 10-K] is", "[BRACKETED 10-K]"),
            ("its [Form 10-K] for", "[Form 10-K]"),
            ("it [has/has not] filed", "[has/has not]"),
            ("it [will] [will not] file", "[will] [will not]"),
            ("a loss of [$4.2 million] in", "[$4.2 million]"),
            ("rose [12]% in", "[12]%"),
            ("rose [12%] in", "[12%]"),
            ("by [March 31, 2026] or", "[March 31, 2026]"),
            ("a loss of [*] in", "[*]"),
            ("signed ______ by", "______"),
            ("To be determined.", "To be determined."),
            ("a loss of $ million in", "of $ million"),
            ("{company name} is", "{company name}"),
        ] {
            assert_eq!(found(text), [format!("?{expected}")], "{text}");
        }
    }

    #[test]
    fn brackets_names_and_prose_are_left_alone() {
        for text in [
            "the letter says “an [sic] error” and [Reserved]",
            "Item 9A [Controls] and [1] and [2][3]",
            "[X] Yes [ ] No [x] Form 10-K [_] Form 20-F",
            "[LETTERHEAD OF KPMG LLP] [SIGNATURE PAGE FOLLOWS]",
            "XX Holdings, Vision XX and Trust Series XXX are subsidiaries",
            "Fund XX, 2025 vintage, and Malcolm X",
            "the letter said that “[a]ll [the Company’s] ledgers” were lost",
            "(NTD 5 million) was paid in Taiwan; NTD 5 million",
            "TBC Bank Group and DRAFT Kings were merged",
            "a draft of the audit report, the draft report of 2025",
            "privileged and confidential documents of its attorney work",
            "the amount is to be determined by the court; figures to come",
            "* 2025 sales; • March sales; ● the close",
            "amounts in US$ million; (in $ thousand)",
            "«Vallée» and « Acieries » are marks, as are <Data> and $5",
            "it asked “why?” and “when?”",
            "a list [...] and […] of omissions",
            "[2025] EWHC 123, 17 CFR 240.12b-25(b)(2)",
            "the lender will [confirm]ed its name",
            "the Note [7] and Note 7 to the statements",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
