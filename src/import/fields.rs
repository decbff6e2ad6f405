//! Reads the fields of a notice from its flow, part by part, between the printed words of the form.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::boxes::{self, Labelled};
use super::letters;
use super::notice::{Block, Notice, Relief};
use super::plain::{is_rule, one_line, trimmed};
use super::richtext;
use super::signature;
use super::words::Words;
use crate::edgar::flow::{EMPTY, Flow, SPANS, TICKED};
use crate::form12b25::rules::days;

static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bforms?\s+(10-?\s?K(?:SB)?|20-?\s?F|11-?\s?K|10-?\s?Q(?:SB)?|10-?\s?D|N-?\s?SAR|N-?\s?CEN|N-?\s?CSR)\b").ok()
});
static LETTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9A-Za-z)])\(([abc])\)").ok());
static YES_NO: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b(yes|no)\b").ok());
static FILE_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:SEC|commission)\s+file\s+(?:number|no\.?|#)(?s:.{0,160}?)\b(\d{1,3}-\d{3,6}(?:-\d{2})?)\b").ok()
});
static CUSIP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)CUSIP\s+(?:number|no\.?|#)[\s:]*([0-9]{3}[0-9A-Z]{2}[0-9A-Z*@#][ -]?[0-9A-Z]{2}[ -]?[0-9])\b").ok()
});
static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:\+|\b011)[\s(]*\d[\d\s().-]{7,20}\d|\(?\b\d{3}\)?[\s./-]{0,4}\d{3}[\s.-]{0,3}\d{4}\b",
    )
    .ok()
});
static CITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<city>[^,]+),\s*(?P<state>[A-Za-z][A-Za-z. ]{1,20}?),?\s+(?P<zip>\d{5}(?:-\d{4})?)$",
    )
    .ok()
});
static CAPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\(?\s*(?:area\s+code|telephone\s+number|name)\s*\)?(?:\s+and\s+telephone\s+number)?[:\s]*").ok()
});

/// The places of a notice's parts in its text.
struct Parts {
    registrant: Option<Range<usize>>,
    relief: Option<Range<usize>>,
    below: Option<Range<usize>>,
    contact: Option<Range<usize>>,
    all_filed: Option<Range<usize>>,
    anticipated: Option<Range<usize>>,
    signed: Option<Range<usize>>,
    end: usize,
}

/// A notice's text, with its words and its parts.
pub(super) struct Reader<'a> {
    pub(super) flow: &'a Flow,
    pub(super) text: String,
    pub(super) words: Words,
    parts: Parts,
    /// The name of the places in the original: `line` or `paragraph`.
    place: &'static str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(flow: &'a Flow, paragraphs: bool) -> Reader<'a> {
        let text = boxes::normalised(&flow.text);
        let words = Words::of(&text);
        let all = 0..text.len();
        let after =
            |found: &Option<Range<usize>>, from: usize| found.as_ref().map_or(from, |r| r.end);
        let registrant = words.find("part-1", all.clone());
        let mut from = after(&registrant, 0);
        let relief = words.find("relief", from..all.end);
        from = after(&relief, from);
        let below = words.find("state-below", from..all.end);
        from = after(&below, from);
        let contact = words.find("contact", from..all.end);
        from = after(&contact, from);
        let all_filed = words.find("all-filed", from..all.end);
        from = after(&all_filed, from);
        let anticipated = words.find("anticipated", from..all.end);
        from = after(&anticipated, from);
        let signed = words.find("signed", from..all.end);
        from = after(&signed, from);
        let instruction = words.find("instruction", from..all.end);
        let attention = words.find("attention", from..all.end);
        let end = [instruction, attention].into_iter().flatten().map(|r| r.start).min();
        let end = end.unwrap_or(all.end);
        let parts =
            Parts { registrant, relief, below, contact, all_filed, anticipated, signed, end };
        let place = if paragraphs { "paragraph" } else { "line" };
        Reader { flow, text, words, parts, place }
    }

    /// Reads the notice.
    pub(super) fn read(&self) -> Notice {
        let mut notice = Notice::default();
        self.cover(&mut notice);
        self.registrant(&mut notice);
        self.relief(&mut notice);
        self.narrative(&mut notice);
        self.contact(&mut notice);
        self.answers(&mut notice);
        if let Some(signed) = &self.parts.signed {
            signature::read(&self.text[signed.end..self.parts.end.max(signed.end)], &mut notice);
            self.after_signature(&mut notice);
        }
        notice
    }

    /// Names a place in the original: `line 212 of the original`.
    pub(super) fn at(&self, offset: usize) -> String {
        format!("{} {} of the original", self.place, self.flow.line_at(&self.text, offset))
    }

    /// The start of Part I, up to which the cover is.
    fn cover_end(&self) -> usize {
        let part = self.parts.registrant.as_ref();
        part.map_or(self.text.len(), |part| self.words.heading_before(part.start, "i"))
    }

    fn cover(&self, notice: &mut Notice) {
        let end = self.cover_end();
        let check = self.words.find("check-one", 0..end).map_or(0, |range| range.end);
        let transitions = self.words.find_all("transition-report", 0..end);
        let transition_period = self.words.find("transition-period", 0..end);
        let period = self.words.find_all("period", 0..end);
        let period = period.into_iter().find(|found| {
            transition_period.as_ref().is_none_or(|transition| found.start != transition.start)
        });
        let stop = [period.as_ref(), transitions.first()].into_iter().flatten();
        let list_end = stop.map(|range| range.start).filter(|at| *at > check).min().unwrap_or(end);
        let boxed = transitions.first().map_or(end, |first| self.before_boxes(first.start));
        let labels = boxes::assigned(
            &self.text,
            boxed..self.transitions_end(&transitions, end),
            &transitions,
        );
        let ticked = labels.iter().find(|label| label.ticked == Some(true)).map(|l| &l.label);
        notice.transition = ticked.is_some();
        self.form(check..list_end, ticked, notice);
        let date = |from: &Option<Range<usize>>, to: usize| {
            let from = from.as_ref()?.end;
            let near = floor(&self.text, (from + 90).min(to.max(from)));
            let text = &self.text[from..near];
            days(text).next().map(|(_, day)| day)
        };
        let first_box = transitions.first().map_or(end, |range| range.start);
        let usual = date(
            &period,
            if period.as_ref().is_some_and(|p| p.end <= first_box) { first_box } else { end },
        );
        let special = date(&transition_period, end);
        notice.period_ended = if notice.transition { special.or(usual) } else { usual };
        if notice.period_ended.is_none() {
            let place = period.as_ref().map(|range| self.at(range.start));
            notice.unread.insert("report.period_ended", not_read("there is no date", place));
        }
        self.portion(end, notice);
        let group = |pattern: &Option<Regex>| {
            pattern
                .as_ref()?
                .captures(&self.text[..end])?
                .get(1)
                .map(|m| m.as_str().trim().to_owned())
        };
        notice.file_number = group(&FILE_NUMBER);
        notice.cusip = group(&CUSIP);
    }

    /// Returns the start of the boxes just before an offset.
    fn before_boxes(&self, offset: usize) -> usize {
        let is_box = |c: char| c.is_whitespace() || matches!(c, TICKED | EMPTY | SPANS);
        self.text[..offset].trim_end_matches(is_box).len()
    }

    /// Returns the end of the list of transition reports: that of its last label with a box after it.
    fn transitions_end(&self, transitions: &[Range<usize>], end: usize) -> usize {
        let Some(last) = transitions.last() else { return end };
        let line = self.text[last.end..].find('\n').map_or(self.text.len(), |at| last.end + at);
        line.min(end).max(last.end)
    }

    /// Reads the form from the list of boxes, or from the ticked box of a transition report.
    fn form(&self, list: Range<usize>, transition: Option<&Range<usize>>, notice: &mut Notice) {
        let found: Vec<(Range<usize>, &str)> = FORM
            .iter()
            .flat_map(|pattern| pattern.captures_iter(&self.text[list.clone()]))
            .filter_map(|found| {
                let (whole, name) = (found.get(0)?, found.get(1)?);
                Some((list.start + whole.start()..list.start + whole.end(), name.as_str()))
            })
            .collect();
        let labels: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
        let assigned = boxes::assigned(&self.text, list.clone(), &labels);
        let mut ticked: Vec<(&Labelled, &str)> = assigned
            .iter()
            .zip(&found)
            .filter(|(labelled, _)| labelled.ticked == Some(true))
            .map(|(labelled, (_, name))| (labelled, *name))
            .collect();
        // `Form 10-K and Form 10-KSB` share a box: the first is meant unless it says otherwise.
        ticked.dedup_by(|second, first| {
            !self.text[first.0.label.end..second.0.label.start].contains([TICKED, EMPTY])
        });
        notice.form = match ticked[..] {
            [(_, name)] => form_named(name),
            _ => None,
        };
        let of_transition = || {
            let pattern = FORM.as_ref()?;
            let end = floor(&self.text, transition?.end + 12);
            form_named(pattern.captures(&self.text[transition?.start..end])?.get(1)?.as_str())
        };
        // Some tick nothing but the box of the transition report.
        if ticked.is_empty() {
            notice.form = of_transition();
        }
        if notice.form.is_none() {
            let why =
                if ticked.is_empty() { "no box is ticked" } else { "several boxes are ticked" };
            let place = labels.first().map(|label| self.at(label.start));
            notice.unread.insert("report.form", not_read(why, place));
        }
    }

    fn portion(&self, end: usize, notice: &mut Notice) {
        let Some(prompt) = self.words.find("portion", 0..end) else { return };
        let value = one_line(&self.text[prompt.end..end.max(prompt.end)]);
        let value = value.trim_start_matches([':', '.']).trim();
        let lower = value.to_lowercase();
        let whole = lower.contains("entire") || lower.contains("all items");
        if !value.is_empty() && !is_nothing(value) && !whole && value.len() < 400 {
            notice.portion = Some(value.to_owned());
        }
    }

    fn registrant(&self, notice: &mut Notice) {
        let Some(part) = &self.parts.registrant else { return };
        // What else is on the line of the heading is part of it.
        let rest = self.text[part.end..].find('\n').filter(|length| *length < 60);
        let part = part.start..part.end + rest.unwrap_or(0);
        let end = self.parts.relief.as_ref().map_or(self.text.len(), |relief| {
            self.words.heading_before(relief.start, "ii").max(part.end)
        });
        let mut captions: Vec<(&'static str, Range<usize>)> = Vec::new();
        for name in ["name", "former", "street", "city"] {
            let from = captions.last().map_or(part.end, |(_, last)| last.end);
            let found = self.words.find(name, from..end);
            captions.extend(found.map(|range| (name, range)));
        }
        let Some((_, first)) = captions.first() else { return };
        // Values are above their captions, or after them.
        let above = !values(&self.text[part.end..first.start]).is_empty();
        for (n, (name, range)) in captions.iter().enumerate() {
            let value = if above {
                let from = if n == 0 { part.end } else { captions[n - 1].1.end };
                values(&self.text[from..range.start])
            } else {
                let to = captions.get(n + 1).map_or(end, |(_, next)| next.start);
                values(&self.text[range.end..to])
            };
            self.registrant_value(name, value, notice);
        }
    }

    fn registrant_value(&self, name: &str, mut lines: Vec<String>, notice: &mut Notice) {
        let whole = lines.join(" ");
        if lines.is_empty() || whole.len() > 300 {
            return;
        }
        match name {
            "name" => notice.name = Some(whole),
            "former" => notice.former_name = Some(whole).filter(|name| !is_nothing(name)),
            "street" => notice.street = lines,
            _ => {
                // Further lines are not of the address.
                if lines.len() > 1 && lines[0].chars().any(|c| c.is_ascii_digit()) {
                    lines.truncate(1);
                }
                self.city(&lines.join(" "), notice);
            }
        }
    }

    fn city(&self, line: &str, notice: &mut Notice) {
        let line = line.trim_end_matches(['.', ',']).trim();
        match CITY.as_ref().and_then(|pattern| pattern.captures(line)) {
            Some(parts) => {
                notice.city = Some(parts["city"].trim().to_owned());
                notice.state = Some(parts["state"].trim().to_owned());
                notice.zip = Some(parts["zip"].to_owned());
            }
            None => notice.city = Some(line.to_owned()),
        }
    }

    fn relief(&self, notice: &mut Notice) {
        let Some(prompt) = &self.parts.relief else { return };
        let end = self.parts.below.as_ref().map_or(self.text.len(), |below| {
            self.words.heading_before(below.start, "iii").max(prompt.end)
        });
        let from =
            self.words.find("check-box", prompt.end..end).map_or(prompt.end, |range| range.end);
        let text = &self.text[from..end];
        if let Some(ticked) = boxes::spanning(text) {
            notice.relief = Some(Relief::One(ticked));
            return;
        }
        let mut drawn: [Option<bool>; 3] = [None; 3];
        let mut single = None;
        let letters: Vec<(usize, usize)> = LETTER
            .iter()
            .flat_map(|pattern| pattern.captures_iter(text))
            .filter_map(|found| {
                let letter = found.get(1)?;
                Some((letter.start() - 1, usize::from(letter.as_str().as_bytes()[0] - b'a')))
            })
            .collect();
        for (at, c) in text.char_indices().filter(|(_, c)| matches!(*c, TICKED | EMPTY)) {
            let after = text[at + c.len_utf8()..].trim_start();
            let next = letters.iter().find(|(start, _)| {
                *start > at && text[at + c.len_utf8()..*start].trim().is_empty()
            });
            let current = letters.iter().rev().find(|(start, _)| *start < at);
            match (next, current) {
                (Some((_, letter)), _) => drawn[*letter] = drawn[*letter].or(Some(c == TICKED)),
                (None, Some((_, letter))) => drawn[*letter] = drawn[*letter].or(Some(c == TICKED)),
                (None, None) if !after.is_empty() => single = single.or(Some(c == TICKED)),
                (None, None) => {}
            }
        }
        notice.relief = match (single, drawn) {
            (Some(ticked), [None, None, None]) => Some(Relief::One(ticked)),
            (_, [None, None, None]) => None,
            (_, [a, b, c]) => Some(match [a, b, c].into_iter().flatten().collect::<Vec<_>>()[..] {
                // One box alone is the form's.
                [ticked] => Relief::One(ticked),
                _ => Relief::Each([a, b, c].map(|drawn| drawn == Some(true))),
            }),
        };
        if notice.relief.is_none() {
            let place = Some(self.at(prompt.start));
            notice.unread.insert("relief", not_read("no box is drawn", place));
        }
    }

    fn narrative(&self, notice: &mut Notice) {
        let Some(below) = &self.parts.below else { return };
        let near = floor(&self.text, (below.end + 900).min(self.text.len()));
        let Some(prompt) = self.words.find("prescribed", below.end..near) else { return };
        let mut from = prompt.end;
        let sheets = self
            .words
            .find("extra-sheets", from..floor(&self.text, (from + 80).min(self.text.len())));
        if let Some(sheets) = sheets {
            from = sheets.end;
        }
        let end = self.parts.contact.as_ref().map_or(self.parts.end, |contact| {
            self.words.heading_before(contact.start, "iv").max(from)
        });
        let end = if end == self.parts.contact.as_ref().map_or(0, |c| c.start) {
            self.number_before(end)
        } else {
            end
        };
        let text =
            self.text[from..end.max(from)].trim_start_matches([' ', '.', ')', ']', ':', ',']);
        notice.narrative = richtext::blocks(&cleaned(text));
        if notice.narrative.is_empty() {
            notice.unread.insert("narrative", not_read("it is empty", Some(self.at(prompt.start))));
        }
    }

    /// Returns an offset without the number `(1)` before it.
    fn number_before(&self, offset: usize) -> usize {
        let before = self.text[..offset].trim_end();
        before.strip_suffix("(1)").or(before.strip_suffix("1.")).unwrap_or(before).len()
    }

    fn contact(&self, notice: &mut Notice) {
        let Some(prompt) = &self.parts.contact else { return };
        let end = self.parts.all_filed.as_ref().map_or(self.parts.end, |range| range.start);
        let text = &self.text[prompt.end..self.number_start(end).max(prompt.end)];
        let text = text.trim_start_matches([' ', '.', ':', '\n']);
        let text = text.strip_prefix("to this notification").unwrap_or(text);
        let text = CAPTION.as_ref().map_or(text.into(), |pattern| pattern.replace_all(text, "\n"));
        let phone = PHONE.as_ref().and_then(|pattern| pattern.find(&text));
        let (before, after) = match &phone {
            Some(phone) => (&text[..phone.start()], &text[phone.end()..]),
            None => (&*text, ""),
        };
        let named = |text: &str| {
            let mut lines = text
                .split(['\n', '\t'])
                .map(trimmed)
                .filter(|line| line.chars().any(char::is_alphabetic));
            lines.next().map(|line| line.trim_end_matches([',', '-', ':']).trim().to_owned())
        };
        notice.contact_name =
            named(before).or_else(|| named(after)).filter(|name| name.len() < 120);
        notice.contact_phone = phone.map(|phone| one_line(phone.as_str()));
    }

    /// Returns an offset without the number of a question before it: `(2)`.
    fn number_start(&self, offset: usize) -> usize {
        let before = self.text[..offset].trim_end();
        let number =
            ["(2)", "(3)", "2.", "3."].iter().find_map(|number| before.strip_suffix(number));
        number.unwrap_or(before).len()
    }

    fn answers(&self, notice: &mut Notice) {
        let ends = [&self.parts.anticipated, &self.parts.signed];
        let next = |from: usize| {
            ends.iter()
                .filter_map(|range| range.as_ref())
                .map(|range| range.start)
                .filter(|at| *at > from)
                .min()
        };
        if let Some(question) = &self.parts.all_filed {
            let end =
                self.number_start(next(question.end).unwrap_or(self.parts.end)).max(question.end);
            let (answer, after) = self.answer(question.end..end);
            notice.all_filed = answer;
            if answer == Some(false) {
                let identify =
                    self.words.find("identify", question.end..end).map_or(0, |range| range.end);
                let rest = cleaned(&self.text[after.max(identify)..end]);
                notice.missing =
                    Some(one_line(&rest)).filter(|text| text.chars().any(char::is_alphabetic));
            }
            if answer.is_none() {
                let why = not_read("its boxes do not say", Some(self.at(question.start)));
                notice.unread.insert("prior_reports.all_filed", why);
            }
        }
        if let Some(question) = &self.parts.anticipated {
            let end = self
                .parts
                .signed
                .as_ref()
                .map_or(self.parts.end, |range| range.start)
                .max(question.end);
            let (answer, after) = self.answer(question.end..end);
            notice.anticipated = answer;
            let prompt = self
                .words
                .find_all("explanation", question.end..end)
                .last()
                .map_or(0, |range| range.end);
            let from = after.max(prompt);
            let to = self.charter_start(from..end);
            let text = cleaned(
                self.text[from..to.max(from)].trim_start_matches([' ', '.', ')', ':', '\n', '\t']),
            );
            let mut blocks = richtext::blocks(&text);
            notice.attachments = richtext::attachments(&mut blocks, false);
            if answer == Some(true) {
                notice.see = see(&blocks);
                notice.explanation = blocks;
            } else if !blocks.is_empty() {
                let rest = blocks.iter().map(Block::words).collect::<Vec<_>>().join("\n\n");
                notice.leftover.push((self.at(from), rest));
            }
            if answer.is_none() {
                let why = not_read("its boxes do not say", Some(self.at(question.start)));
                notice.unread.insert("results_change.anticipated", why);
            }
        }
    }

    /// Reads what follows the printed text beneath the signature.
    fn after_signature(&self, notice: &mut Notice) {
        let all = self.parts.end..self.text.len();
        let printed = ["instruction", "evidence", "attention", "general", "data-submissions"];
        let ends = printed.iter().filter_map(|place| self.words.find_all(place, all.clone()).pop());
        let Some(printed) = ends.map(|range| range.end).max() else { return };
        let from = self.text[printed..].find('\n').map_or(self.text.len(), |at| printed + at);
        let rest = cleaned(&self.text[from..]);
        if let Some(letter) = letters::read(&rest) {
            return notice.letters.push(letter);
        }
        let mut blocks = richtext::blocks(&rest);
        notice.attachments.extend(richtext::attachments(&mut blocks, true));
        let rest = blocks.iter().map(Block::words).collect::<Vec<_>>().join("\n\n");
        if rest.chars().filter(|c| c.is_alphabetic()).count() > 3 {
            notice.leftover.push((self.at(from.min(self.text.len())), rest));
        }
    }

    /// Returns the start of the registrant's name above the signature.
    fn charter_start(&self, within: Range<usize>) -> usize {
        let Some(caption) = self.words.find("charter", within.clone()) else { return within.end };
        let before =
            self.text[within.start..caption.start].trim_end_matches(['(', ' ', '\n', '\t']);
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        within.start + line
    }

    /// Returns the answer to a question, and the end of its last label or box.
    fn answer(&self, within: Range<usize>) -> (Option<bool>, usize) {
        let text = &self.text[within.clone()];
        let words: Vec<(Range<usize>, bool)> = YES_NO
            .iter()
            .flat_map(|pattern| pattern.find_iter(text))
            .map(|m| {
                (
                    within.start + m.start()..within.start + m.end(),
                    m.as_str().eq_ignore_ascii_case("yes"),
                )
            })
            .collect();
        // `If answer is no, identify` is part of the question.
        let beside_box = |range: &Range<usize>| {
            let around = |text: &str, back: bool| {
                let trimmed = if back { text.trim_end() } else { text.trim_start() };
                let c = if back { trimmed.chars().next_back() } else { trimmed.chars().next() };
                matches!(c, Some(TICKED | EMPTY))
            };
            around(&self.text[..range.start], true) || around(&self.text[range.end..], false)
        };
        let mut labels: Vec<&(Range<usize>, bool)> =
            words.iter().filter(|(range, _)| beside_box(range)).collect();
        labels.truncate(2);
        let last_box = text
            .char_indices()
            .filter(|(_, c)| matches!(*c, TICKED | EMPTY))
            .map(|(at, c)| within.start + at + c.len_utf8());
        let (Some(first), Some(last)) = (labels.first(), labels.last()) else {
            return self.answer_in_words(within.clone(), &words);
        };
        let last_box = last_box.filter(|at| *at <= last.0.end + 40).max().unwrap_or(last.0.end);
        let group = self.before_boxes(first.0.start)..last_box.max(last.0.end);
        let ranges: Vec<Range<usize>> = labels.iter().map(|(range, _)| range.clone()).collect();
        let assigned = boxes::assigned(&self.text, group.clone(), &ranges);
        let ticked: Vec<bool> = assigned
            .iter()
            .zip(&labels)
            .filter(|(labelled, _)| labelled.ticked == Some(true))
            .map(|(_, (_, yes))| *yes)
            .collect();
        let answer = match ticked[..] {
            [yes] => Some(yes),
            _ => None,
        };
        (answer, group.end)
    }

    /// Returns the answer of a notice that has a word in place of boxes.
    fn answer_in_words(
        &self,
        within: Range<usize>,
        words: &[(Range<usize>, bool)],
    ) -> (Option<bool>, usize) {
        let alone = |range: &Range<usize>| {
            let line_start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let line_end =
                self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at);
            trimmed(&self.text[line_start..line_end]).len() <= range.len() + 1
        };
        let mut answers = words.iter().filter(|(range, _)| alone(range));
        match (answers.next(), answers.next()) {
            (Some((range, yes)), None) => (Some(*yes), range.end),
            _ => (None, within.start),
        }
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

fn not_read(why: &str, place: Option<String>) -> String {
    match place {
        Some(place) => format!("not read: {why}, {place}"),
        None => format!("not read: {why}"),
    }
}

/// Returns the lines of a value, without rules and what surrounds a caption.
fn values(text: &str) -> Vec<String> {
    let lines =
        text.split('\n').map(trimmed).filter(|line| line.chars().any(char::is_alphanumeric));
    lines.map(str::to_owned).collect::<Vec<_>>().iter().map(|line| one_line(line)).collect()
}

/// Returns a text without rules, boxes and marks.
fn cleaned(text: &str) -> String {
    let lines = text.split('\n').filter(|line| line.trim().is_empty() || !is_rule(line.trim()));
    lines.collect::<Vec<_>>().join("\n").replace(SPANS, "").trim().to_owned()
}

/// Whether a value says that there is none.
fn is_nothing(value: &str) -> bool {
    let letters: String =
        value.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    matches!(letters.as_str(), "" | "na" | "none" | "notapplicable")
}

/// Returns the offset of a character at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
