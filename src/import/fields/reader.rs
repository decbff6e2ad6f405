//! A notice's text, with its words and the places of the form's parts in it.

use std::ops::Range;

use crate::edgar::flow::Flow;
use crate::import::boxes;
use crate::import::notice::Origin;
use crate::import::words::Words;

/// The places of a notice's parts in its text.
pub(super) struct Parts {
    pub(super) registrant: Option<Range<usize>>,
    pub(super) relief: Option<Range<usize>>,
    pub(super) below: Option<Range<usize>>,
    pub(super) contact: Option<Range<usize>>,
    pub(super) all_filed: Option<Range<usize>>,
    pub(super) anticipated: Option<Range<usize>>,
    pub(super) signed: Option<Range<usize>>,
    /// The end of the signature.
    pub(super) end: usize,
}

impl Parts {
    /// Finds the parts in their order.
    fn of(words: &Words, text: &str) -> Parts {
        let all = 0..text.len();
        let mut from = 0;
        let mut next = |place: &str| {
            let found = words.find(place, from..all.end);
            from = found.as_ref().map_or(from, |range| range.end);
            found
        };
        let registrant =
            next("part-1").or_else(|| next("part-1-alone")).or_else(|| next("portion"));
        let relief = next("relief");
        let below = next("state-below").or_else(|| next("part-3"));
        let contact = next("contact");
        let all_filed = next("all-filed");
        let anticipated = next("anticipated");
        let signed = next("signed");
        let ends = ["instruction", "attention"].map(|place| words.find(place, from..all.end));
        let end = ends.into_iter().flatten().map(|range| range.start).min();
        let end = end.map_or(all.end, |end| before_heading(&text[..end]));
        Parts { registrant, relief, below, contact, all_filed, anticipated, signed, end }
    }
}

/// Returns the length of a text without the heading at its end: `INSTRUCTION:`, `ATTENTION`.
fn before_heading(text: &str) -> usize {
    let before = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let headings = ["general instructions", "instructions", "instruction", "attention"];
    let is_heading = |heading: &&&str| {
        let at = before.len().checked_sub(heading.len());
        at.and_then(|at| before.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(heading))
    };
    headings.iter().find(is_heading).map_or(text.len(), |heading| before.len() - heading.len())
}

/// A notice's text, with its words and its parts.
pub(super) struct Reader<'a> {
    flow: &'a Flow,
    pub(super) text: String,
    pub(super) words: Words,
    pub(super) parts: Parts,
    /// Whether the places in the original are paragraphs and not lines.
    paragraphs: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(flow: &'a Flow, paragraphs: bool) -> Reader<'a> {
        let text = boxes::normalised(&flow.text);
        let words = Words::of(&text);
        let parts = Parts::of(&words, &text);
        Reader { flow, text, words, parts, paragraphs }
    }

    /// Returns the place in the original of the first word from an offset on.
    pub(super) fn at(&self, offset: usize) -> Origin {
        let rest = &self.text[offset..];
        let word = offset + rest.len() - rest.trim_start().len();
        let position = self.flow.place_at(&self.text, word);
        Origin { position, is_paragraph: self.paragraphs }
    }

    /// Returns the range of the signature, if there is one.
    pub(super) fn signature(&self) -> Option<Range<usize>> {
        let signed = self.parts.signed.as_ref()?;
        Some(signed.end..self.parts.end.max(signed.end))
    }

    /// Returns a text as the original has it: what looks like a box in prose is none. A line that
    /// the range has a part of is left as it is.
    pub(super) fn prose(&self, range: Range<usize>) -> String {
        let breaks = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
        let text = &self.text[range.clone()];
        let first = breaks(&self.text[..range.start]);
        let whole = self.flow.text.split('\n').skip(first);
        let is_cut = |n: usize| {
            let starts_whole = n > 0 || self.text[..range.start].ends_with('\n');
            let ends_whole = n < breaks(text) || self.text[range.end..].starts_with('\n');
            !(starts_whole && ends_whole)
        };
        let lines = text.split('\n').zip(whole).enumerate();
        let lines = lines.map(|(n, (cut, whole))| if is_cut(n) { cut } else { whole });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Returns an offset without the number of a question before it: `(2)`.
    pub(super) fn before_number(&self, offset: usize, number: char) -> usize {
        let before = self.text[..offset].trim_end();
        let numbers = [format!("({number})"), format!("{number}.")];
        numbers.iter().find_map(|number| before.strip_suffix(number)).unwrap_or(before).len()
    }
}
