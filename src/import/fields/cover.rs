//! Reads the cover of a notice: the form, the period, the portion, the file number and the CUSIP number.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::reader::Reader;
use super::value::{cleaned, first_day, floor, is_nothing, not_read};
use crate::edgar::flow::{EMPTY, SPANS, TICKED};
use crate::import::boxes;
use crate::import::notice::{Amendment, Day, Notice, Registrant};
use crate::import::plain::one_line;
use crate::import::richtext;

static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:forms?[\s:]+)?(10-?\s?K(?:SB)?|20-?\s?F|11-?\s?K|10-?\s?Q(?:SB)?|10-?\s?D|N-?\s?SAR|N-?\s?CEN|N-?\s?CSR)\b").ok()
});

static FILE_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:SEC|commission)\s+file\s+(?:number|no\.?|#)(?s:.{0,160}?)\b(\d{1,3}-\d{3,6}(?:-\d{2})?)\b").ok()
});
/// A file number beneath the name of one of several registrants; its caption may be above all of them.
static ITS_FILE_NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,3}-\d{3,6}(?:-\d{2})?)\b").ok());
static ITS_CUSIP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b([0-9]{3}[0-9A-Z]{5}[0-9])\b").ok());

/// The title of an amendment, with its number or without.
static AMENDMENT_NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\bamendment\s+(?:no\.?|number|#)\s*(\d{1,2})\b").ok());
static AMENDED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\bamended\s+notification\b|\b12b-25\s?/A\b").ok());
static ORIGINALLY_FILED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\boriginally\s+filed(?:\s+on)?\b").ok());
static CUSIP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)CUSIP\s+(?:number|no\.?|#)[\s:]*([0-9]{3}[0-9A-Z]{2}[0-9A-Z*@#][ -]?[0-9A-Z]{2}[ -]?[0-9])\b").ok()
});

pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    let end = cover_end(reader);
    let check = reader.words.find("check-one", 0..end).map_or(0, |range| range.end);
    let transitions = reader.words.find_all("transition-report", 0..end);
    let special = reader.words.find("transition-period", 0..end);
    let mut periods = reader.words.find_all("period", 0..end).into_iter();
    let usual = periods
        .find(|found| special.as_ref().is_none_or(|special| !special.contains(&found.start)));
    let stop = [usual.as_ref(), transitions.first()].into_iter().flatten();
    let list_end = stop.map(|range| range.start).filter(|at| *at > check).min().unwrap_or(end);
    let group = transitions.first().map_or(end, |first| before_boxes(reader, first.start));
    let group = group..transitions_end(reader, &transitions, end);
    let labels = boxes::assigned(&reader.text, group, &transitions);
    let ticked = labels.iter().find(|label| label.ticked == Some(true)).map(|l| &l.label);
    notice.transition = ticked.is_some();
    form(reader, check..list_end, ticked, notice);
    let first_box = transitions.first().map_or(end, |range| range.start);
    let before = usual.as_ref().filter(|range| range.end <= first_box).map_or(end, |_| first_box);
    let of_usual = day(reader, usual.as_ref(), before);
    let of_special = day(reader, special.as_ref(), end).filter(|_| notice.transition);
    let caption = if of_special.is_some() { &special } else { &usual };
    let found = of_special.or(of_usual);
    notice.period_ended = found.and_then(Day::certain);
    if notice.period_ended.is_none() {
        let place = caption.as_ref().map(|range| reader.at(range.start));
        let why = found.map_or("there is no date", |_| Day::EITHER);
        notice.unread.insert("report.period_ended", not_read(why, place));
    }
    portion(reader, end, notice);
    notice.registrant.file_number = number(&FILE_NUMBER, &reader.text[..end]);
    notice.registrant.cusip = number(&CUSIP, &reader.text[..end]);
    amendment(reader, end, notice);
}

/// Gives each of several registrants the numbers beneath its name on the cover.
pub(super) fn numbers(reader: &Reader<'_>, notice: &mut Notice) {
    if notice.co_registrants.is_empty() {
        return;
    }
    let cover = one_line(&reader.text[..cover_end(reader)]);
    let mut all: Vec<&mut Registrant> =
        notice.co_registrants.iter_mut().chain([&mut notice.registrant]).collect();
    let starts: Vec<Option<usize>> =
        all.iter().map(|one| one.name.as_deref().and_then(|name| cover.find(name))).collect();
    if starts.iter().any(Option::is_none) {
        return;
    }
    for (registrant, start) in all.iter_mut().zip(&starts) {
        let next = starts.iter().filter(|other| *other > start).flatten().min();
        let own = &cover[start.unwrap_or(0)..next.copied().unwrap_or(cover.len())];
        registrant.file_number = number(&ITS_FILE_NUMBER, own);
        registrant.cusip = number(&ITS_CUSIP, own);
    }
}

/// Reads the facts about an amendment: its number, the first notice's day, and the explanatory note.
fn amendment(reader: &Reader<'_>, end: usize, notice: &mut Notice) {
    let cover = &reader.text[..end];
    let number = number(&AMENDMENT_NUMBER, cover);
    let is_amended = AMENDED.as_ref().is_some_and(|pattern| pattern.is_match(cover));
    if number.is_none() && !is_amended {
        return;
    }
    let caption = ORIGINALLY_FILED.as_ref().and_then(|pattern| pattern.find(cover));
    let filed = caption.and_then(|found| first_day(&cover[found.end()..]));
    if let (Some(caption), Some(Day::Either)) = (caption, filed) {
        let why = not_read(Day::EITHER, Some(reader.at(caption.start())));
        notice.unread.insert("amendment.original_filed", why);
    }
    let heading = reader.words.find("note", 0..end);
    let note = heading.map(|range| cleaned(&reader.prose(range.end..end)));
    notice.amendment = Some(Amendment {
        number,
        original_filed: filed.and_then(Day::certain),
        note: note.map_or(Vec::new(), |text| richtext::blocks(text.trim_start_matches([':', ' ']))),
    });
}

/// Returns the day after a caption.
fn day(reader: &Reader<'_>, caption: Option<&Range<usize>>, to: usize) -> Option<Day> {
    let from = caption?.end;
    let near = floor(&reader.text, (from + 90).min(to.max(from)));
    first_day(&reader.text[from..near])
}

/// Returns the number that a pattern finds.
fn number(pattern: &Option<Regex>, text: &str) -> Option<String> {
    let found = pattern.as_ref()?.captures(text)?;
    found.get(1).map(|number| number.as_str().trim().to_owned())
}

/// The start of Part I, up to which the cover is.
fn cover_end(reader: &Reader<'_>) -> usize {
    let part = reader.parts.registrant.as_ref().or(reader.parts.relief.as_ref());
    part.map_or(reader.text.len(), |part| reader.words.heading_before(part.start, "i"))
}

/// Returns the start of the boxes just before an offset.
fn before_boxes(reader: &Reader<'_>, offset: usize) -> usize {
    let is_box = |c: char| c.is_whitespace() || matches!(c, TICKED | EMPTY | SPANS);
    reader.text[..offset].trim_end_matches(is_box).len()
}

/// Returns the end of the list of transition reports: that of its last label with a box after it.
fn transitions_end(reader: &Reader<'_>, transitions: &[Range<usize>], end: usize) -> usize {
    let Some(last) = transitions.last() else { return end };
    let line = reader.text[last.end..].find('\n').map_or(reader.text.len(), |at| last.end + at);
    line.min(end).max(last.end)
}

/// Reads the form from the list of boxes, or from the ticked box of a transition report.
fn form(
    reader: &Reader<'_>,
    list: Range<usize>,
    transition: Option<&Range<usize>>,
    notice: &mut Notice,
) {
    let text = &reader.text;
    let found: Vec<(Range<usize>, &str)> = FORM
        .iter()
        .flat_map(|pattern| pattern.captures_iter(&text[list.clone()]))
        .filter_map(|found| {
            let (whole, name) = (found.get(0)?, found.get(1)?);
            Some((list.start + whole.start()..list.start + whole.end(), name.as_str()))
        })
        .collect();
    let labels: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    let place = labels.first().map(|label| reader.at(label.start));
    let mut ticked: Vec<(Range<usize>, &str)> = boxes::assigned(text, list, &labels)
        .into_iter()
        .zip(&found)
        .filter(|(labelled, _)| labelled.ticked == Some(true))
        .map(|(labelled, (_, name))| (labelled.label, *name))
        .collect();
    // `Form 10-K and Form 10-KSB` share a box: the first is meant unless it says otherwise.
    ticked.dedup_by(|second, first| !text[first.0.end..second.0.start].contains([TICKED, EMPTY]));
    let why = if ticked.is_empty() { "no box is ticked" } else { "several boxes are ticked" };
    notice.form = match ticked[..] {
        [(_, name)] => form_named(name),
        // Some tick nothing but the box of the transition report.
        [] => transition.and_then(|label| {
            let near = floor(text, label.end + 12);
            form_named(&number(&FORM, &text[label.start..near])?)
        }),
        _ => None,
    };
    if notice.form.is_none() {
        notice.unread.insert("report.form", not_read(why, place));
    }
}

fn portion(reader: &Reader<'_>, end: usize, notice: &mut Notice) {
    let Some(prompt) = reader.words.find("portion", 0..end) else { return };
    let note = reader.words.find("note", prompt.end..end).map_or(end, |range| range.start);
    let value = one_line(&reader.text[prompt.end..note.max(prompt.end)]);
    let value = value.trim_start_matches([':', '.']).trim();
    let lower = value.to_lowercase();
    let whole = lower.contains("entire") || lower.contains("all items");
    if !value.is_empty() && !is_nothing(value) && !whole && value.len() < 400 {
        notice.portion = Some(value.to_owned());
    }
}

/// Returns the form of this name as the YAML has it.
fn form_named(name: &str) -> Option<&'static str> {
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    Some(match name.to_uppercase().as_str() {
        "10K" => "10-K",
        "20F" => "20-F",
        "11K" => "11-K",
        "10Q" => "10-Q",
        "10D" => "10-D",
        "NSAR" => "N-SAR",
        "NCEN" => "N-CEN",
        "NCSR" => "N-CSR",
        "10KSB" => "10-KSB",
        "10QSB" => "10-QSB",
        _ => return None,
    })
}
