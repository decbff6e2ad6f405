//! Reads Part II: the boxes of the relief.

use std::sync::LazyLock;

use regex::Regex;

use super::reader::Reader;
use super::value::not_read;
use crate::edgar::flow::{EMPTY, TICKED};
use crate::form12b25::documents::ONE_BOX;
use crate::import::boxes;
use crate::import::notice::{Notice, RELIEF_KEYS, Relief};

static LETTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9A-Za-z)])\(([abc])\)").ok());

/// The reason why a key without a box was not read.
const NOT_DRAWN: &str = "no box is drawn";

pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    let Some(prompt) = &reader.parts.relief else { return };
    let end = reader.parts.below.as_ref().map_or(reader.text.len(), |below| {
        reader.words.heading_before(below.start, "iii").max(prompt.end)
    });
    let check = reader.words.find("check-box", prompt.end..end);
    let text = &reader.text[check.map_or(prompt.end, |range| range.end)..end];
    let one = boxes::spanning(text).or_else(|| boxes::before(text, ONE_BOX));
    let place = Some(reader.at(prompt.start));
    match one.map(Relief::One).map_or_else(|| drawn(text), Ok) {
        Ok(relief) => notice.relief = Some(relief),
        Err(why) => _ = notice.unread.insert("relief", not_read(why, place)),
    }
    if let Some(Relief::Each(drawn)) = notice.relief {
        for (key, _) in RELIEF_KEYS.into_iter().zip(drawn).filter(|(_, drawn)| drawn.is_none()) {
            notice.unread.insert(key, not_read(NOT_DRAWN, place));
        }
    }
}

/// Returns the boxes that are drawn beside the paragraphs, or the one before them.
///
/// # Errors
/// The reason why they say nothing.
fn drawn(text: &str) -> Result<Relief, &'static str> {
    let letters = letters(text);
    let between = |c: char| c.is_whitespace() || c == '|';
    let (mut drawn, mut single) = ([None; 3], None);
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(*c, TICKED | EMPTY)) {
        let end = at + c.len_utf8();
        let next = letters
            .iter()
            .find(|(start, _)| *start > at && text[end..*start].trim_matches(between).is_empty());
        let current = letters.iter().rev().find(|(start, _)| *start < at);
        let drawn = match next.or(current) {
            Some((_, letter)) => &mut drawn[*letter],
            None if text[end..].trim_start().is_empty() => continue,
            None => &mut single,
        };
        *drawn = drawn.or(Some(c == TICKED));
    }
    match (single, &drawn.into_iter().flatten().collect::<Vec<_>>()[..]) {
        // One box alone is the form's.
        (Some(ticked), []) => Ok(Relief::One(ticked)),
        (Some(form), [ticked]) if form != *ticked && drawn[2].is_none() => {
            Err("one of its boxes is ticked, and another is empty")
        }
        (_, [ticked]) if drawn[2].is_none() => Ok(Relief::One(*ticked)),
        // The statement alone says nothing about the relief.
        (_, [false] | []) => Err(NOT_DRAWN),
        _ => Ok(Relief::Each(drawn)),
    }
}

/// Returns the places of `(a)`, `(b)` and `(c)`, each with its number from 0.
fn letters(text: &str) -> Vec<(usize, usize)> {
    let found = LETTER.iter().flat_map(|pattern| pattern.captures_iter(text));
    let letters = found.filter_map(|found| found.get(1));
    letters.map(|l| (l.start() - 1, usize::from(l.as_str().as_bytes()[0] - b'a'))).collect()
}
