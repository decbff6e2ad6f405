//! Part III, or another rich text, as a reader takes it: sentences, each of which knows its place
//! in the YAML. What they mean is the rules' business.

use std::ops::Range;

use super::pattern::pattern;
use super::topics::{Topic, Topics};
use crate::diagnostics::finding::Spot;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{Block, CivilDate, RichText, Text, fold_onto};

/// A rich text without its tables, by paragraphs and items of lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Prose {
    passages: Vec<Passage>,
}

/// One scalar of the YAML: its paragraphs in lines, white space folded.
#[derive(Debug, Clone, PartialEq)]
struct Passage {
    path: YamlPath,
    text: String,
    sentences: Vec<(Range<usize>, Topics)>,
}

/// A sentence with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence<'a> {
    passage: &'a Passage,
    start: usize,
    topics: Topics,
    /// Its text.
    pub(super) text: &'a str,
}

impl Prose {
    /// The prose of the rich text at a path; its sentences are on no topic yet.
    pub(super) fn of(text: &RichText, path: &YamlPath) -> Prose {
        let mut passages = Vec::new();
        match text {
            RichText::Paragraphs(text) => passages.push(Passage::of(text, path.clone())),
            RichText::Blocks(blocks) => {
                for (i, block) in blocks.iter().enumerate() {
                    let path = path.index(i);
                    match block {
                        Block::Paragraphs(text) => passages.push(Passage::of(text, path)),
                        Block::List(items) => {
                            let list = path.key("list");
                            let items = items.iter().enumerate();
                            passages
                                .extend(items.map(|(j, item)| Passage::of(item, list.index(j))));
                        }
                        Block::Table(_) => {}
                    }
                }
            }
        }
        Prose { passages }
    }

    /// The same, with its sentences on their topics.
    pub(super) fn with_topics(mut self) -> Prose {
        for Passage { text, sentences, .. } in &mut self.passages {
            sentences.iter_mut().for_each(|(at, topics)| *topics = Topics::of(&text[at.clone()]));
        }
        self
    }

    /// Its sentences, in order.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.passages.iter().flat_map(|passage| {
            let text = |at: &Range<usize>| &passage.text[at.clone()];
            passage.sentences.iter().map(move |(at, topics)| Sentence {
                passage,
                start: at.start,
                topics: *topics,
                text: text(at),
            })
        })
    }

    /// Its sentences on a topic.
    pub(super) fn sentences_on(&self, topic: Topic) -> impl Iterator<Item = Sentence<'_>> {
        self.sentences().filter(move |sentence| sentence.is_on(topic))
    }

    /// Its words, a legend's too.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.passages.iter().flat_map(|passage| words(&passage.text))
    }
}

/// The words of a text, each without the marks around it.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let bare = |word: &'_ str| !word.is_empty();
    text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '—' | '–'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(move |word| bare(word))
}

impl Passage {
    fn of(text: &Text, path: YamlPath) -> Passage {
        let text = in_lines(text.as_str());
        let sentences = without_legend(&text, sentences(&text));
        let sentences = sentences.into_iter().map(|at| (at, Topics::default())).collect();
        Passage { path, text, sentences }
    }
}

impl<'a> Sentence<'a> {
    /// Whether it is on a topic; of a part of a sentence, whether the whole is.
    pub(super) fn is_on(&self, topic: Topic) -> bool {
        self.topics.include(topic)
    }

    /// The place of a piece of it.
    pub(super) fn spot(&self, piece: Range<usize>) -> Spot {
        let start = self.start + piece.start;
        let phrase = &self.text[piece];
        let before = self.passage.text[..start].matches(phrase).count();
        Spot::Within(self.passage.path.clone(), phrase.to_owned(), before)
    }

    /// Its independent clauses: each can say yes or no for itself.
    pub(super) fn clauses(self) -> impl Iterator<Item = Sentence<'a>> {
        pattern!(
            JOINT,
            r"(?i);|,? but |,? however,?|,? although |,? though |,? and (?:therefore ",
            r"|accordingly )?(?:it )?(?:now |currently )?(?:expects?|anticipates?|intends?|plans?",
            r"|will|believes?)\b",
        );
        let mut starts = vec![0];
        starts.extend(
            JOINT.find_iter(self.text).map(|joint| joint.start()).filter(|start| *start > 0),
        );
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([self.text.len()]).collect();
        let clause = move |(start, end): (usize, usize)| Sentence {
            start: self.start + start,
            text: &self.text[start..end],
            ..self
        };
        starts.into_iter().zip(ends).map(clause)
    }
}

pattern!(LEGEND, r"(?i)\bforward-looking\b");
pattern!(LEGEND_GOES_ON, r"(?i)\b{legend}\b");

/// The sentences without a legend on forward-looking statements: it begins with a sentence that
/// says so, and goes on while the sentences speak as legends do.
fn without_legend(text: &str, mut sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if LEGEND.is_match(text) {
        let mut legend = false;
        sentences.retain(|at| {
            let sentence = &text[at.clone()];
            legend = LEGEND.is_match(sentence) || (legend && LEGEND_GOES_ON.is_match(sentence));
            !legend
        });
    }
    sentences
}

/// A text with each paragraph in a line, and each run of white space in it as one space.
fn in_lines(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut between = "";
    for line in text.lines() {
        if line.trim().is_empty() {
            between = "\n";
            continue;
        }
        if !all.is_empty() {
            all.push_str(between);
        }
        fold_onto(&mut all, line);
        between = " ";
    }
    all
}

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "inc", "corp", "co", "ltd", "no", "nos", "mr", "ms", "mrs", "dr", "messrs", "jr", "sr", "st",
    "vs", "sec", "reg", "e.g", "i.e", "approx", "bros", "cf", "art",
];

/// Marks that still belong to the sentence whose full stop they follow.
const CLOSING: [char; 5] = ['"', '”', '’', '\'', ')'];

/// Where the sentences of a text are. A line is a paragraph and ends one.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for line_end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = start;
        for mark in memchr::memchr3_iter(b'.', b'?', b'!', &text.as_bytes()[line..line_end]) {
            let (at, behind) = (line + mark, &text[line + mark + 1..]);
            if at >= start && ends(&text[start..at], behind) {
                let end = text.len() - behind.trim_start_matches(CLOSING).len();
                push(text, start..end, &mut all);
                start = end;
            }
        }
        push(text, start..line_end, &mut all);
        start = line_end;
    }
    all
}

/// Whether a mark between these two texts ends a sentence.
fn ends(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches(CLOSING);
    let next = after.trim_start();
    if next.len() == after.len()
        || next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let initials = word
        .split('.')
        .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    !initials && !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn push(text: &str, at: Range<usize>, all: &mut Vec<Range<usize>>) {
    let piece = &text[at.clone()];
    let start = at.start + (piece.len() - piece.trim_start().len());
    let end = at.start + piece.trim_end().len();
    if start < end {
        all.push(start..end);
    }
}

/// A day as prose spells it, `March 31, 2026`; the pattern has the groups `month`, `day` and
/// `year`.
pub(super) const DAY: &str = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\s+(?P<day>[0-9]{1,2}),?\s+(?P<year>[0-9]{4})";

// As `DAY`, or `Apr. 30, 2026`; as foreign issuers have it, `31 March 2026`; in figures,
// `4/30/2026`.
pattern!(
    DAYS,
    r"\b(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?",
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s+(?P<day>[0-9]{1,2}),?\s+",
    r"(?P<year>[0-9]{4})\b",
    r"|\b(?P<d>[0-9]{1,2})\s+(?P<m>January|February|March|April|May|June|July|August|September",
    r"|October|November|December)\s+(?P<y>[0-9]{4})\b",
    r"|\b(?P<n>[0-9]{1,2})/(?P<nd>[0-9]{1,2})/(?P<ny>[0-9]{4})\b",
);

/// The days that a text names, each with its position.
pub(super) fn days(text: &str) -> impl Iterator<Item = (Range<usize>, CivilDate)> {
    DAYS.captures_iter(text)
        .filter_map(|captures| Some((captures.get(0)?.range(), day(&captures)?)))
}

/// The day that a match spells, if the calendar has it.
fn day(captures: &regex::Captures<'_>) -> Option<CivilDate> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let text = |names: [&str; 3]| {
        names.iter().find_map(|name| captures.name(name)).map(|found| found.as_str())
    };
    let month = text(["month", "m", "n"])?;
    let month = match month.parse() {
        Ok(number) => number,
        Err(_) => i8::try_from(MONTHS.find(month.get(..3)?)? / 3 + 1).ok()?,
    };
    CivilDate::of(
        text(["year", "y", "ny"])?.parse().ok()?,
        month,
        text(["day", "d", "nd"])?.parse().ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form12b25::model::Scalar as _;

    fn prose(text: &str) -> Prose {
        Prose::of(&RichText::Paragraphs(Text::parse(text).unwrap()), &YamlPath::parse("narrative"))
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text = "Acme Co. Ltd. (the “Company”) moved to U.S. Route No. 1 at 5:30 p.m. on\nMay 5. It did not\n\
                    restate. “Why?” asked J. Roe, Inc. (It was.) And\n\nleft";
        let prose = prose(text);
        let found: Vec<&str> = prose.sentences().map(|s| s.text).collect();
        assert_eq!(
            found,
            [
                "Acme Co. Ltd. (the “Company”) moved to U.S. Route No. 1 at 5:30 p.m. on May 5.",
                "It did not restate.",
                "“Why?” asked J. Roe, Inc. (It was.)",
                "And",
                "left"
            ]
        );
    }

    #[test]
    fn a_piece_knows_how_many_others_like_it_stand_before() {
        let prose = prose("An error. No error, and\nan error.");
        let last = prose.sentences().last().unwrap();
        let at = last.text.rfind("error").unwrap();
        assert_eq!(
            last.spot(at..at + 5),
            Spot::Within(YamlPath::parse("narrative"), "error".into(), 2)
        );
    }

    #[test]
    fn days_are_read() {
        let found: Vec<String> = days("on March 31, 2026 or February 30, 2026 or May 5 2025")
            .map(|d| d.1.to_string())
            .collect();
        assert_eq!(found, ["2026-03-31", "2025-05-05"]);
    }
}
