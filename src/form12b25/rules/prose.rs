//! Splits Part III, or another rich text, into sentences with their places in the YAML. The rules
//! interpret the sentences.

use std::ops::Range;

use super::pattern::pattern;
use super::reading::Reading;
use super::sentences::{sentences, without_legend};
use super::topics::{Topic, Topics};
use crate::diagnostics::finding::Spot;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{Block, RichText, Text};

/// A rich text without its tables and headings, in paragraphs and items of lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Prose {
    passages: Vec<Passage>,
}

/// One scalar of the YAML.
#[derive(Debug, Clone, PartialEq)]
struct Passage {
    path: YamlPath,
    reading: Reading,
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
    /// Returns the prose of the rich text at a path, with sentences that have no topics yet.
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
                        Block::Table(_) | Block::Heading(_) => {}
                    }
                }
            }
        }
        Prose { passages }
    }

    /// Returns the same prose with the topics of its sentences.
    pub(super) fn with_topics(mut self) -> Prose {
        for Passage { reading: Reading { text, .. }, sentences, .. } in &mut self.passages {
            sentences.iter_mut().for_each(|(at, topics)| *topics = Topics::of(&text[at.clone()]));
        }
        self
    }

    /// Returns its sentences, in order.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.passages.iter().flat_map(|passage| {
            let text = |at: &Range<usize>| &passage.reading.text[at.clone()];
            passage.sentences.iter().map(move |(at, topics)| Sentence {
                passage,
                start: at.start,
                topics: *topics,
                text: text(at),
            })
        })
    }

    /// Returns its sentences on a topic.
    pub(super) fn sentences_on(&self, topic: Topic) -> impl Iterator<Item = Sentence<'_>> {
        self.sentences().filter(move |sentence| sentence.is_on(topic))
    }

    /// Returns its texts, a line for each paragraph.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.passages.iter().map(|passage| passage.reading.text.as_str())
    }

    /// Returns its words, including those of a legend.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.texts().flat_map(words)
    }
}

/// Returns the words of a text, each without the punctuation around it.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '—' | '–'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

impl Passage {
    fn of(text: &Text, path: YamlPath) -> Passage {
        let reading = Reading::of(text.as_str());
        let sentences = without_legend(&reading.text, sentences(&reading.text));
        let sentences = sentences.into_iter().map(|at| (at, Topics::default())).collect();
        Passage { path, reading, sentences }
    }
}

impl<'a> Sentence<'a> {
    /// Whether it is on a topic. A clause is on the topics of its sentence.
    pub(super) fn is_on(&self, topic: Topic) -> bool {
        self.topics.include(topic)
    }

    /// Whether both are one sentence, and not only of the same words.
    pub(super) fn is_same(self, other: Sentence<'_>) -> bool {
        std::ptr::eq(self.passage, other.passage) && self.start == other.start
    }

    /// Returns the place of a piece of it.
    pub(super) fn spot(&self, piece: Range<usize>) -> Spot {
        let at = self.start + piece.start..self.start + piece.end;
        self.passage.reading.spot(&self.passage.path, at)
    }

    /// Returns its independent clauses, each of which can affirm or deny by itself.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form12b25::model::Scalar as _;

    fn prose(text: &str) -> Prose {
        Prose::of(&RichText::Paragraphs(Text::parse(text).unwrap()), &YamlPath::parse("narrative"))
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text = "Acme Co. Ltd. (the “Company”) moved to U.S. Route No. 1 at 5:30 p.m. on\n\
                    May 5. It did not\nrestate. “Why?” asked J. Roe, Inc. (It was.) And\n\nleft";
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
    fn a_sentence_without_an_end_is_divided() {
        for (text, pieces) in [("word ".repeat(2000), 3), ("é".repeat(5000), 3)] {
            let prose = prose(&text);
            let found: Vec<&str> = prose.sentences().map(|s| s.text).collect();
            assert_eq!(found.len(), pieces);
            let whole = found.join(if text.contains(' ') { " " } else { "" });
            assert_eq!(whole, text.trim());
        }
    }

    #[test]
    fn the_spot_of_a_piece_counts_its_earlier_occurrences() {
        let prose = prose("An error. No error, and\nan error.");
        let last = prose.sentences().last().unwrap();
        let at = last.text.rfind("error").unwrap();
        assert_eq!(
            last.spot(at..at + 5),
            Spot::Within(YamlPath::parse("narrative"), "error".into(), 2)
        );
    }
}
