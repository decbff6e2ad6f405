//! The words of a text, and the search for printed phrases among them, tolerant of misprints.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The printed phrases of the form, by place.
const CAPTIONS: &str = include_str!("captions.txt");

/// The phrases of each place, each as its words.
static PHRASES: LazyLock<HashMap<&str, Vec<Vec<&str>>>> = LazyLock::new(|| {
    let lines = CAPTIONS.lines().filter(|line| !line.starts_with('#'));
    let place = |line: &'static str| {
        let (name, phrases) = line.split_once(": ")?;
        Some((name, phrases.split(" | ").map(|phrase| phrase.split(' ').collect()).collect()))
    };
    lines.filter_map(place).collect()
});

/// A word: letters and digits, in lower case.
#[derive(Debug)]
struct Word {
    range: Range<usize>,
    text: String,
}

/// The words of a text.
#[derive(Debug)]
pub(super) struct Words(Vec<Word>);

impl Words {
    /// Divides a text into words.
    pub(super) fn of(text: &str) -> Words {
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        for (at, c) in text.char_indices() {
            let is_letter = c.is_alphanumeric();
            match words.last_mut().filter(|_| open && is_letter) {
                Some(word) => {
                    word.range.end = at + c.len_utf8();
                    word.text.extend(c.to_lowercase());
                }
                None if is_letter => words
                    .push(Word { range: at..at + c.len_utf8(), text: c.to_lowercase().collect() }),
                None => {}
            }
            open = is_letter;
        }
        Words(words)
    }

    /// Finds the first phrase of a place of the form that begins in a range of the text.
    pub(super) fn find(&self, place: &str, within: Range<usize>) -> Option<Range<usize>> {
        let start = self.0.partition_point(|word| word.range.start < within.start);
        let end = self.0.partition_point(|word| word.range.start < within.end);
        let phrases = PHRASES.get(place)?;
        let at = |first| phrases.iter().find_map(|phrase| self.matches(first, end, phrase));
        (start..end).find_map(at)
    }

    /// Finds all phrases of a place of the form that begin in a range of the text.
    pub(super) fn find_all(&self, place: &str, within: Range<usize>) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        let mut from = within.start;
        while let Some(found) = self.find(place, from..within.end) {
            from = found.end;
            all.push(found);
        }
        all
    }

    /// Returns the range of a phrase that begins with a word, or `None` if too many words differ.
    fn matches(&self, first: usize, end: usize, phrase: &[&str]) -> Option<Range<usize>> {
        if !alike(&self.0.get(first)?.text, phrase[0]) {
            return None;
        }
        let most = phrase.len() / 6;
        let (mut at, mut part, mut faults, mut last) = (first, 0, 0, first);
        while part < phrase.len() {
            let same = |at: usize, part: usize| {
                at < end && phrase.get(part).is_some_and(|word| alike(&self.0[at].text, word))
            };
            if same(at, part) {
                (last, at, part) = (at, at + 1, part + 1);
                continue;
            }
            faults += 1;
            if faults > most {
                return None;
            }
            if same(at + 1, part) {
                at += 1; // a word too many
            } else if same(at, part + 1) {
                part += 1; // a word is missing
            } else {
                (at, part) = (at + 1, part + 1);
            }
        }
        Some(self.0[first].range.start..self.0[last].range.end)
    }

    /// Returns the start of the heading `PART` and a Roman number that ends at most a few words
    /// before an offset, or the offset.
    pub(super) fn heading_before(&self, offset: usize, number: &str) -> usize {
        let end = self.0.partition_point(|word| word.range.start < offset);
        let near = end.saturating_sub(10)..end;
        let word = |at: usize| self.0.get(at).map_or("", |word| word.text.as_str());
        let is_heading = |at: &usize| {
            // Letters are set apart in some: `P ART IV`.
            let (first, second, third) = (word(*at), word(at + 1), word(at + 2));
            (first == "part" && second == number)
                || (first == "p" && second == "art" && third == number)
                || first == format!("part{number}")
        };
        near.rev().find(is_heading).map_or(offset, |at| self.0[at].range.start)
    }
}

/// Whether two words are the same, but for a misprint of one letter in a long word.
fn alike(word: &str, printed: &str) -> bool {
    word == printed
        || (printed.len() > 4
            && word.len().abs_diff(printed.len()) <= 1
            && word.as_bytes().first() == printed.as_bytes().first()
            && strsim::damerau_levenshtein(word, printed) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_with_misprints() {
        for (place, text, found) in [
            ("part-1", "PART I -- REGISTRANT  INFORMATION\nA", Some("REGISTRANT  INFORMATION")),
            (
                "nothing",
                "Nothing in the form shall be contrued to imply that the Commission has verified any information contained herein.",
                Some(
                    "Nothing in the form shall be contrued to imply that the Commission has verified any information contained herein",
                ),
            ),
            ("period", "For the fiscal year ended: May 1", Some("For the fiscal year ended")),
            ("check-one", "(Check\nOne)", Some("Check\nOne")),
            ("name", "the name of a registrant", None),
        ] {
            let range = Words::of(text).find(place, 0..text.len());
            assert_eq!(range.map(|range| &text[range]), found, "{text}");
        }
    }
}
