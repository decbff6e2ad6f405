//! Reads the answers to Part IV (2) and (3), with the explanation of the change in results.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::reader::Reader;
use super::value::{cleaned, not_read};
use crate::edgar::flow::{EMPTY, TICKED};
use crate::import::boxes;
use crate::import::notice::{Block, Notice};
use crate::import::plain::{one_line, trimmed};
use crate::import::richtext;

static YES_NO: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(yes|no)\b").ok());

pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    if let Some(question) = &reader.parts.all_filed {
        prior_reports(reader, question, notice);
    }
    if let Some(question) = &reader.parts.anticipated {
        results_change(reader, question, notice);
    }
}

/// Reads the answer to Part IV (2), and the reports that are named after a no.
fn prior_reports(reader: &Reader<'_>, question: &Range<usize>, notice: &mut Notice) {
    let ends = [&reader.parts.anticipated, &reader.parts.signed];
    let next = ends.into_iter().flatten().map(|range| range.start).min();
    let end = reader.before_number(next.unwrap_or(reader.parts.end), '3').max(question.end);
    let (answer, after) = answer(reader, question.end..end);
    notice.all_filed = answer;
    if answer == Some(false) {
        let identify = reader.words.find("identify", question.end..end);
        let from = after.max(identify.map_or(0, |range| range.end));
        let rest = cleaned(&reader.prose(from..end));
        notice.missing = Some(one_line(&rest)).filter(|text| text.chars().any(char::is_alphabetic));
    }
    if answer.is_none() {
        let why = not_read("its boxes do not say", Some(reader.at(question.start)));
        notice.unread.insert("prior_reports.all_filed", why);
    }
}

/// Reads the answer to Part IV (3), and the explanation of the change.
fn results_change(reader: &Reader<'_>, question: &Range<usize>, notice: &mut Notice) {
    let end = reader.parts.signed.as_ref().map_or(reader.parts.end, |range| range.start);
    let end = end.max(question.end);
    let (answer, after) = answer(reader, question.end..end);
    notice.anticipated = answer;
    let prompt = reader.words.find_all("explanation", question.end..end).pop();
    let from = after.max(prompt.map_or(0, |range| range.end));
    let to = charter_start(reader, from..end, notice).max(from);
    let text = cleaned(&reader.prose(from..to));
    let text = text.trim_start_matches([' ', '.', ')', ':', '\n', '\t']);
    let mut blocks = richtext::blocks(text);
    notice.attachments = richtext::attachments(&mut blocks, false);
    if answer == Some(true) {
        notice.see = see(&blocks);
        notice.explanation = blocks;
    } else if !blocks.is_empty() {
        let rest = blocks.iter().map(Block::words).collect::<Vec<_>>().join("\n\n");
        notice.leftover.push((reader.at(from), rest));
    }
    if answer.is_none() {
        let why = not_read("its boxes do not say", Some(reader.at(question.start)));
        notice.unread.insert("results_change.anticipated", why);
    }
}

/// `Yes` or `No` in a text, and whether it is the first.
type Label = (Range<usize>, bool);

/// Returns the answer to a question, and the end of its last label or box.
fn answer(reader: &Reader<'_>, within: Range<usize>) -> (Option<bool>, usize) {
    let text = &reader.text;
    let words: Vec<Label> = YES_NO
        .iter()
        .flat_map(|pattern| pattern.find_iter(&text[within.clone()]))
        .map(|m| {
            let range = within.start + m.start()..within.start + m.end();
            (range, m.as_str().eq_ignore_ascii_case("yes"))
        })
        .collect();
    let labels = labels(text, &words);
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else {
        return answer_in_words(reader, within, &words);
    };
    let boxes = text[within.clone()].char_indices().filter(|(_, c)| is_box(*c));
    let ends = boxes.map(|(at, c)| within.start + at + c.len_utf8());
    let last_box = ends.filter(|at| *at <= last.0.end + 40).max().unwrap_or(last.0.end);
    let start = text[..first.0.start].trim_end_matches(|c: char| c.is_whitespace() || is_box(c));
    let group = start.len()..last_box.max(last.0.end);
    let end = group.end;
    let answer = match ticked(text, group, &labels)[..] {
        [yes] => Some(yes),
        _ => None,
    };
    (answer, end)
}

fn is_box(c: char) -> bool {
    matches!(c, TICKED | EMPTY)
}

/// Returns the labels of the boxes: the first word beside a box, and the other answer near it, whose
/// box may not be drawn. `If answer is no, identify` is part of the question.
fn labels<'a>(text: &str, words: &'a [Label]) -> Vec<&'a Label> {
    let is_boxed = |(range, _): &Label| {
        let after = text[range.end..].trim_start_matches([':', ' ', '\t', '\n']);
        text[..range.start].trim_end().ends_with(is_box) || after.starts_with(is_box)
    };
    let Some(boxed) = words.iter().position(is_boxed) else { return Vec::new() };
    let is_other = |n: &usize| {
        let ((one, yes), (other, other_yes)) = (&words[boxed.min(*n)], &words[boxed.max(*n)]);
        yes != other_yes && other.start - one.end <= 40
    };
    let near = [boxed + 1, boxed.wrapping_sub(1)];
    let other = near.into_iter().filter(|n| *n < words.len()).find(is_other);
    let mut labels: Vec<_> = [Some(boxed), other].into_iter().flatten().collect();
    labels.sort_unstable();
    labels.into_iter().map(|n| &words[n]).collect()
}

/// Returns the answers whose box is ticked.
fn ticked(text: &str, group: Range<usize>, labels: &[&Label]) -> Vec<bool> {
    let mut boxes = text[group.clone()].char_indices().filter(|(_, c)| is_box(*c));
    if let ([one, other], (Some((at, TICKED)), None)) = (labels, (boxes.next(), boxes.next())) {
        let place = boxes::beside(text, group.start + at, [&one.0, &other.0]);
        return place.map(|n| labels[n].1).into_iter().collect();
    }
    let ranges: Vec<Range<usize>> = labels.iter().map(|(range, _)| range.clone()).collect();
    let assigned = boxes::assigned(text, group, &ranges).into_iter().zip(labels);
    let ticked = assigned.filter(|(labelled, _)| labelled.ticked == Some(true));
    ticked.map(|(_, (_, yes))| *yes).collect()
}

/// Returns the answer of a notice that has a word in place of boxes.
fn answer_in_words(
    reader: &Reader<'_>,
    within: Range<usize>,
    words: &[(Range<usize>, bool)],
) -> (Option<bool>, usize) {
    let alone = |range: &Range<usize>| {
        let line_start = reader.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end =
            reader.text[range.end..].find('\n').map_or(reader.text.len(), |at| range.end + at);
        trimmed(&reader.text[line_start..line_end]).len() <= range.len() + 1
    };
    let mut answers = words.iter().filter(|(range, _)| alone(range));
    match (answers.next(), answers.next()) {
        (Some((range, yes)), None) => (Some(*yes), range.end),
        _ => (None, within.start),
    }
}

/// Returns the start of the registrants' names above the signature.
fn charter_start(reader: &Reader<'_>, within: Range<usize>, notice: &Notice) -> usize {
    let caption = reader.words.find("charter", within.clone());
    let has_caption = caption.is_some();
    let end = caption.map_or(within.end, |caption| caption.start);
    let names = notice.co_registrants.iter().chain([&notice.registrant]);
    let names: Vec<&String> = names.filter_map(|registrant| registrant.name.as_ref()).collect();
    let mut start = end;
    loop {
        let before = reader.text[within.start..start].trim_end_matches(['(', ' ', '\n', '\t']);
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || "-_=(".contains(c));
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let is_name =
            |line: &str| names.iter().any(|name| name.eq_ignore_ascii_case(&one_line(line)));
        // Names of several registrants are above each other.
        if (start != end || !has_caption) && !is_name(&before[line..]) {
            return start;
        }
        start = within.start + line;
    }
}

/// Returns the text that an explanation refers to, if it is no more than that.
fn see(blocks: &[Block]) -> Option<String> {
    let [Block::Paragraph(text)] = blocks else { return None };
    let rest = text.strip_prefix("See ").or(text.strip_prefix("see "))?.trim_end_matches('.');
    let rest = rest.trim_start_matches("attached ").trim();
    (rest.split(' ').count() <= 3 && rest.starts_with(|c: char| c.is_uppercase()))
        .then(|| rest.to_owned())
}
