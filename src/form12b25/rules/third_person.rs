//! Finds the clause of Part III that names another person as the cause of the delay: unable to
//! finish its work, or slow. `statements.rs` compares that with the statements.

use std::ops::Range;

use super::pattern::pattern;
use super::prose::{Prose, Sentence};
use super::topics::{PERSON, Topic};
use crate::diagnostics::finding::Spot;
use crate::form12b25::model::{FormType, Report, fold};

// A firm by its name. Matched only if the sentence has an ending: a name can begin anywhere.
pattern!(
    FIRM,
    r"\b[A-Z][\w&.’'-]*(?:,?\s+(?:&\s+|and\s+)?[A-Z][\w&.’'-]*){0,5},?\s+(?:LLP|L\.L\.P\.|P\.C\.",
    r"|PLLC|P\.L\.L\.C\.|CPAs?\b)",
);

// Before a person who is the registrant's own, or not a person at all.
pattern!(OWN, r"(?i)\b{own people}\s+$");

// Before a person who is given something, or is engaged or dismissed.
pattern!(
    OBJECT,
    r"(?i)\b{dealings}\s+",
    r"(?:(?:of|the|its|our|their|a|an|new|such)\s+|(?-i:[A-Z])[\w&.’',-]*\s+|",
    r"(?:independent|registered|public|accounting|external|new|former|current)\s+){0,7}$",
);

// `due to its auditor's …`: the cause, although an object.
pattern!(DUE_TO, r"(?i)\b(?:due|owing|attributable)\s+to\s+(?:the\s+|its\s+|our\s+)?$");

pattern!(INABILITY, r"(?i)\b{inability}\b");

pattern!(WORK, r"(?i)\b{work}\w*");

// Another subject of the sentence.
pattern!(OTHER_SUBJECT, r"(?i)\b{other subjects}\b|;");
// The person informed the registrant of the inability.
pattern!(
    INFORMED,
    r"(?i)\b(?:has|have|had)?\s*(?:informed|advised|notified|told",
    r"|indicated\s+to)\s+(?:the\s+)?(?:company|registrant|issuer|partnership|fund|trust|plan|us",
    r"|management|board|audit\s+committee)(?:[’']s\s+\w+)?\s+(?:\w+\s+){0,4}?that\s+(?:it|they)?",
);
// Before the person: the denial that the person is the cause.
pattern!(
    OTHER_CAUSE,
    r"(?i)\b(?:(?:is|are|was|were|be)\s+not|neither)\s+(?:\w+ly\s+)?(?:because|due|owing|related",
    r"|attributable|the\s+result|a\s+result|caused)\b|\bunrelated\b|\bdid\s+not\s+(?:result",
    r"|relate)\b",
);
// After an inability: its denial, or the registrant as its cause.
pattern!(
    NOT_UNABLE,
    r"(?i)^\s+(?:withdrawn|required|expected|obliged|resigned|qualified|expressed|raised",
    r"|identified|responsible)\b|^\s+by\s+(?:the\s+)?(?:company|registrant|its|our)\b",
);
pattern!(GOES_ON, r"(?i)^(?:It|They|That\s+firm|The\s+firm|The\s+former)\b");

// The person comes last: "the inability of …", "has not received … from …", "more time for … to …".
pattern!(
    OF_PERSON,
    r"(?i)\b(?:(?:inability|failure|delays?)\s+(?:of|by|on\s+the\s+part\s+of|at|caused\s+by)",
    r"|(?:not\s+(?:yet\s+)?|yet\s+to\s+)(?:be(?:en)?\s+)?(?:receive|obtain|complete|deliver",
    r"|furnish|issue|provide|sign|perform)d?\b.*?\b(?:from|by)",
    r"|await(?:s|ing|ed)?|waiting\s+(?:for|on)|(?:additional|more|further|sufficient",
    r"|extra)\s+time\s+(?:\w+\s+){0,3}?(?:for|by)|to\s+(?:allow|permit|enable|give))\b",
);

// The year of another report.
pattern!(
    YEAR,
    r"(?i)\b(?:report|form\s+\S+|filing)\s+(?:\S+\s+){0,3}?for\s+(?:fiscal\s+)?(?:the\s+",
    r"(?:fiscal\s+)?year\s+)?((?:19|20)[0-9]{2})\b",
);
pattern!(NO_SIGN, r"(?i)\bno\s+(?:indication|reason|suggestion|sign)\b");
pattern!(
    OF_WHOM,
    r"^\s+of\s+(?:the\s+|its\s+|our\s+)?\w[\w’'&-]*(?:\s+\w[\w’'&%-]*){0,7}?\s*(,|$)"
);
pattern!(APPOSITION, r",[^,;]*,");

/// The most persons of a sentence that can be the cause; each costs a search of the sentence.
const MOST_PERSONS: usize = 12;

// The person waits for the registrant, whose own delay is the cause.
pattern!(
    WAITS,
    r"(?i)\b(?:once|until|unless|after|when|as\s+soon\s+as|because|since|before)\s+(?:the\s+|its\s+)?",
    r"{registrant}\s+(?:has|had|have|is|was|did|does|will|can|could|only|provid|complet|deliver|suppl",
    r"|finish|furnish|giv|answer|respond|pays?\b)",
    r"|^(?:as\s+a\s+result\s+of|because\s+of|due\s+to|owing\s+to|for)\s+(?:the\s+foregoing|the\s+above",
    r"|these|this|those|that|such)\b",
);
// Another predicate of a sentence whose subject is not the person.
pattern!(COORDINATED, r"(?i)\band\s+(?:also\s+|therefore\s+|so\s+|thus\s+)?$");
pattern!(
    BEGINS,
    r"(?i)(?:^|[,;:]|\b(?:because|since|as|that|while|when|and|but|although))\s*",
    r"(?:(?:the|its|our|their|an?|\w+[’']s)\s+){0,3}$",
);
// Slowness or loss of the person, before or after.
pattern!(SLOW_OF, r"(?i)\b{slowness}\s+(?:of|at|by|in|on\s+the\s+part\s+of|(?:at|with)\s+which)\b");
pattern!(SLOW, r"(?i)^(?:[’']s?)?\s+(?:\w+\s+){0,2}?{slowness}\b|\b{slow persons}\b");
pattern!(CAUSED, r"(?i)\b(?:due|owing|owed|because|caused?|attributable|results?|late|delay\w*)\b");
// The end of a clause. A comma in a date or a name ends none.
pattern!(
    CLAUSE_END,
    r"(?i)[;:.]?\s*$|[;:]|,\s+(?:and|but|because|since|as|which|who|while|although|so|due|owing",
    r"|where)\b|\s(?:because|since|although)\b",
);

/// A clause of Part III that names a person as the cause.
pub(super) struct Named {
    pub(super) spot: Spot,
    pub(super) quote: String,
}

/// Returns the first clause of Part III that names a person as unable, or `None` if there is none.
pub(super) fn unable(prose: &Prose, report: &Report) -> Option<Named> {
    let sentences: Vec<Sentence<'_>> = prose.sentences().collect();
    sentences.iter().enumerate().find_map(|(i, sentence)| {
        let persons = causes(*sentence, report);
        if persons.is_empty() {
            return None;
        }
        let next = sentences.get(i + 1).filter(|next| GOES_ON.is_match(next.text));
        let waits = [Some(sentence), next].into_iter().flatten().any(|s| WAITS.is_match(s.text));
        if waits || is_earlier(sentence.text, report) {
            return None;
        }
        persons.iter().find_map(|at| clause(*sentence, at, next))
    })
}

/// Returns the persons of a sentence that can be the cause, each with its apposition.
fn causes(sentence: Sentence<'_>, report: &Report) -> Vec<Range<usize>> {
    let text = sentence.text;
    let mut all: Vec<Range<usize>> = persons(sentence).collect();
    all.sort_by_key(|at| at.start);
    // The administrator of a plan signs the plan's own notice.
    let itself = |at: &Range<usize>| text[at.clone()].to_lowercase().starts_with("plan admin");
    all.retain(|at| report.form != FormType::F11K || !itself(at));
    all.truncate(MOST_PERSONS);
    // `its auditor, Roe & Doe LLP,` is one person.
    all.dedup_by(|one, last| {
        let same = one.start <= last.end || IN_APPOSITION.is_match(&text[last.end..one.start]);
        if same {
            last.end = last.end.max(one.end);
        }
        same
    });
    all.retain(|at| {
        let before = &text[..at.start];
        let start = before.rfind([',', ';']).map_or(0, |comma| comma + 1);
        !OTHER_CAUSE.is_match(&before[start..])
    });
    all
}

pattern!(IN_APPOSITION, r"(?i)^(?:,?\s+|\s+\()(?:(?:the|its|our|an?|\w+[’']s)\s+){0,3}$");

/// Whether a sentence is on the report of an earlier year.
fn is_earlier(text: &str, report: &Report) -> bool {
    let year = YEAR.captures(text).and_then(|found| found[1].parse().ok());
    year.is_some_and(|said: i16| said < report.period_ended.parts().0)
}

/// Returns the clause that says that a person is unable or slow: before the person, after it, or in
/// the next sentence, which is about the same person.
fn clause(sentence: Sentence<'_>, at: &Range<usize>, next: Option<&Sentence<'_>>) -> Option<Named> {
    let text = sentence.text;
    let (before, after) = (&text[..at.start], &text[at.end..]);
    let subject = !OBJECT.is_match(before) || DUE_TO.is_match(before);
    let own = subject.then(|| inability_after(after, before)).flatten();
    let leading = || {
        let of = OF_PERSON.find_iter(before).last();
        let slow = SLOW_OF.find_iter(before).last();
        let found = of
            .into_iter()
            .chain(slow)
            .filter(|found| !before[..found.start()].ends_with("no "))
            .find(|found| leads_to(text, found, at))?;
        Some(found.start()..clause_end(text, at.end))
    };
    if let Some(piece) = own.map(|end| at.start..clause_end(text, at.end + end)).or_else(leading) {
        let quote = fold(&text[piece.clone()]);
        return Some(Named { spot: sentence.spot(piece), quote });
    }
    let next = next.filter(|_| subject)?;
    let piece = 0..clause_end(next.text, inability_after(next.text, "")?);
    let quote = format!("{}` of `{}", fold(&next.text[piece.clone()]), &text[at.clone()]);
    Some(Named { spot: next.spot(piece), quote })
}

/// Returns the end of the clause that contains an offset.
fn clause_end(text: &str, from: usize) -> usize {
    CLAUSE_END.find(&text[from..]).map_or(text.len(), |end| from + end.start())
}

/// Returns the ranges of other persons in a sentence.
pub(super) fn persons(sentence: Sentence<'_>) -> impl Iterator<Item = Range<usize>> {
    let text = sentence.text;
    let firm = sentence.is_on(Topic::Firm).then(|| FIRM.find_iter(text)).into_iter().flatten();
    let person =
        sentence.is_on(Topic::Person).then(|| PERSON.find_iter(text)).into_iter().flatten();
    person.chain(firm).map(|found| found.range()).filter(|at| !OWN.is_match(&text[..at.start]))
}

/// Returns the end of the phrase after a person that says they could not finish or were slow, or
/// `None` if there is none.
fn inability_after(text: &str, before: &str) -> Option<usize> {
    let unable = INABILITY.find_iter(text).find(|found| WORK.is_match(&text[found.end()..]));
    let slow = || SLOW.find(text).filter(|_| CAUSED.is_match(before) || CAUSED.is_match(text));
    let found = unable.or_else(slow)?;
    if NOT_UNABLE.is_match(&text[found.end()..]) {
        return None;
    }
    let gap = INFORMED.replace(&text[..found.start()], " ");
    if NO_SIGN.is_match(&gap) || (!BEGINS.is_match(before) && COORDINATED.is_match(&gap)) {
        return None;
    }
    // `of the Plan, Wexcombe Trust Company,` does not name another person.
    let gap = OF_WHOM.replace(&gap, "$1");
    let gap = APPOSITION.replace_all(&gap, " ");
    let rest = text[found.end()..].split([';', ':']).next().unwrap_or_default();
    let end = WORK.find(rest).map_or(found.end(), |work| found.end() + work.end());
    (!OTHER_SUBJECT.is_match(&gap)).then_some(end)
}

/// Whether a phrase is about the person after it, with no other subject in between.
fn leads_to(sentence: &str, before: &regex::Match<'_>, person: &Range<usize>) -> bool {
    let between = &sentence[before.end()..person.start];
    !between.contains(';')
        // Far from the person, the phrase is more likely about something else.
        && between.split_whitespace().count() <= 14
        && !OTHER_SUBJECT.is_match(between)
        && !between.to_lowercase().contains(" to ")
}
