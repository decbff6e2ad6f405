//! States the changes in the data of a filing, in sentences. Every key is compared, also one that
//! is not named here, so that no change is left out.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::align::Pair;
use super::blackline;
use super::blocks::Block;
use super::diff::Counts;
use super::names::{CompareAs, compare_as, name, order};
use super::pair;
use crate::diagnostics::count::grouped;
use crate::edgar::blocks::BlockKind;
use crate::form12b25::deadline::{self, Calendar, DeadlineQuery};
use crate::form12b25::model::{Filing, Head, Piece, RichText, Text};

/// A change in the data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// The key in the source, or the subject of the change if it is not a key.
    pub key: String,
    /// A sentence without a full stop.
    pub sentence: String,
    /// The value before, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
    /// The value after, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
}

impl Fact {
    /// A fact without values.
    pub(super) fn plain(key: &str, sentence: impl Into<String>) -> Fact {
        Fact { key: key.to_owned(), sentence: sentence.into(), old: None, new: None }
    }
}

/// All that changed from one version of a filing to the other.
pub(super) fn of(old: &Filing, new: &Filing, calendars: [&Calendar; 2]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let (before, after) = (old.submission_type(), new.submission_type());
    if before != after {
        facts.push(Fact::plain("", format!("submission type changes from {before} to {after}")));
    }
    let values = (serde_json::to_value(old), serde_json::to_value(new));
    if let (Ok(before), Ok(after)) = values {
        let mut walk =
            Walk { letters: pair::letters(&old.letters, &new.letters), facts: Vec::new() };
        walk.value(&At::default(), Some(&before), Some(&after));
        facts.append(&mut walk.facts);
    }
    dates([old, new], calendars, &mut facts);
    facts
}

/// The changes of the report's dates.
fn dates(filings: [&Filing; 2], calendars: [&Calendar; 2], facts: &mut Vec<Fact>) {
    let [before, after] = [0, 1]
        .map(|side| deadline::answer(&DeadlineQuery::of(filings[side]), calendars[side]).dates);
    let each = |pick: fn(deadline::Dates) -> crate::form12b25::model::CivilDate| {
        (before.map(pick), after.map(pick))
    };
    let named = [("due date", each(|d| d.due)), ("notice due date", each(|d| d.notice))];
    for (name, (before, after)) in
        named.into_iter().chain([("extended due date", each(|d| d.extended))])
    {
        let sentence = match (before, after) {
            (Some(before), Some(after)) if before != after => {
                format!("{name} moves from {before} to {after}")
            }
            (Some(before), None) => format!("{name}, {before}, is no longer known"),
            (None, Some(after)) => format!("{name} is known now: {after}"),
            _ => continue,
        };
        let value = |date: Option<crate::form12b25::model::CivilDate>| {
            date.map(|date| Value::String(date.to_string()))
        };
        facts.push(Fact { key: String::new(), sentence, old: value(before), new: value(after) });
    }
}

/// A place in the data.
#[derive(Debug, Clone, Default)]
struct At {
    /// The key as a source has it: `letters[0].date`.
    key: String,
    /// The key without numbers, by which it is known: `letters.date`.
    pattern: String,
    /// The beginning of a sentence: `letter of Berenson & Company LLP: `.
    about: String,
}

impl At {
    fn key(&self, key: &str) -> At {
        let join = |own: &str| if own.is_empty() { key.to_owned() } else { format!("{own}.{key}") };
        At { key: join(&self.key), pattern: join(&self.pattern), about: self.about.clone() }
    }

    fn item(&self, index: usize, about: &str) -> At {
        let about = format!("{}{about}: ", self.about);
        At { key: format!("{}[{index}]", self.key), pattern: self.pattern.clone(), about }
    }
}

struct Walk {
    letters: Vec<Pair>,
    facts: Vec<Fact>,
}

impl Walk {
    fn say(&mut self, at: &At, sentence: String, old: Option<&Value>, new: Option<&Value>) {
        let sentence = format!("{}{sentence}", at.about);
        self.facts.push(Fact {
            key: at.key.clone(),
            sentence,
            old: old.cloned(),
            new: new.cloned(),
        });
    }

    fn value(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>) {
        if old == new {
            return;
        }
        match compare_as(&at.pattern) {
            CompareAs::Prose => return self.prose(at, old, new),
            CompareAs::Relief => return self.relief(at, old, new),
            CompareAs::Signed(subject) => {
                let said = if new == Some(&Value::Bool(true)) {
                    "is signed now"
                } else {
                    "is no longer signed"
                };
                return self.say(at, format!("{subject} {said}"), old, new);
            }
            CompareAs::Items { by, noun } => return self.items(at, old, new, by, noun),
            CompareAs::Plain => {}
        }
        let object = |value: Option<&Value>| value.is_none_or(Value::is_object);
        if object(old) && object(new) {
            for key in keys(at, old, new) {
                self.value(
                    &at.key(&key),
                    old.and_then(|v| v.get(&key)),
                    new.and_then(|v| v.get(&key)),
                );
            }
            return;
        }
        self.scalar(at, old, new);
    }

    fn scalar(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>) {
        let name = name(&at.pattern);
        let sentence = match (old, new) {
            (Some(old), Some(new)) => {
                format!("{name} changes from {} to {}", shown(old), shown(new))
            }
            (None, Some(new)) => format!("{name} is added: {}", shown(new)),
            (Some(old), None) => format!("{name}, {}, is left out", shown(old)),
            (None, None) => return,
        };
        self.say(at, sentence, old, new);
    }

    /// `narrative: 38 words added, 12 deleted`
    fn prose(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>) {
        let blocks = blackline::compare(&blocks(old), &blocks(new));
        let sentence = format!("{}: {}", name(&at.pattern), words(Counts::of(&blocks)));
        self.say(at, sentence, old, new);
    }

    /// Part II, paragraph by paragraph.
    fn relief(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>) {
        const PARAGRAPHS: [(&str, &str); 3] = [
            ("a", "reasons_not_eliminable"),
            ("b", "filed_within_extension"),
            ("c", "statement_attached"),
        ];
        let is = |value: Option<&Value>, key: &str| match value {
            Some(Value::Object(each)) => each.get(key) == Some(&Value::Bool(true)),
            value => value == Some(&Value::String("sought".to_owned())),
        };
        for (letter, key) in PARAGRAPHS {
            let said = match (is(old, key), is(new, key)) {
                (true, false) => "no longer represented",
                (false, true) => "represented now",
                _ => continue,
            };
            self.say(at, format!("Part II ({letter}) is {said}"), None, None);
        }
        let each = |value: Option<&Value>| value.is_some_and(Value::is_object);
        if each(old) != each(new) {
            let (before, after) = ("one box for (a) to (c)", "a box for each of (a) to (c)");
            let (before, after) = if each(new) { (before, after) } else { (after, before) };
            self.say(at, format!("Part II changes from {before} to {after}"), old, new);
        }
    }

    /// A list of things that have names: those that came, those that went, those that changed.
    fn items(&mut self, at: &At, old: Option<&Value>, new: Option<&Value>, by: &str, noun: &str) {
        let list =
            |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
        let (old, new) = (list(old), list(new));
        let pairs =
            if at.pattern == "letters" { self.letters.clone() } else { pairs(&old, &new, by) };
        let kept: Vec<usize> =
            pairs.iter().filter(|pair| pair.new.is_some()).filter_map(|pair| pair.old).collect();
        for pair in &pairs {
            let (before, after) = (pair.old.map(|i| &old[i]), pair.new.map(|i| &new[i]));
            let called = |item: &Value| {
                // An exhibit that is not a letter has a title in the place of a signer.
                let is_named = item.get(by).is_some();
                let (by, noun) = if is_named { (by, noun) } else { ("title", "exhibit") };
                let name = item.get(by).map(shown).unwrap_or_default();
                if noun.is_empty() { name } else { format!("{noun} {name}") }
            };
            match (before, after) {
                (Some(before), Some(after)) => {
                    let inner = at.item(pair.new.unwrap_or(0), &called(after));
                    self.value_of_item(&inner, before, after);
                }
                (None, Some(after)) => {
                    let because = after
                        .get("because")
                        .map(|b| format!(", because: {}", shown(b)))
                        .unwrap_or_default();
                    self.say(at, format!("{} is added{because}", called(after)), None, Some(after));
                }
                (Some(before), None) => {
                    self.say(at, format!("{} is removed", called(before)), Some(before), None)
                }
                (None, None) => {}
            }
        }
        if kept.windows(2).any(|pair| pair[0] > pair[1]) {
            self.say(at, format!("{} stand in another order", name(&at.pattern)), None, None);
        }
    }

    /// An item that stayed, whose keys are compared one by one.
    fn value_of_item(&mut self, at: &At, old: &Value, new: &Value) {
        match (old.as_object(), new.as_object()) {
            (Some(_), Some(_)) => {
                for key in keys(at, Some(old), Some(new)) {
                    self.value(&at.key(&key), old.get(&key), new.get(&key));
                }
            }
            _ if old != new => self.scalar(at, Some(old), Some(new)),
            _ => {}
        }
    }
}

/// The keys of both mappings, in the order of the form.
fn keys(at: &At, old: Option<&Value>, new: Option<&Value>) -> Vec<String> {
    let of = |value: Option<&Value>| -> Vec<String> {
        value.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.clone()).collect()
    };
    let mut all = of(new);
    all.extend(of(old).into_iter().filter(|key| new.is_none_or(|new| new.get(key).is_none())));
    all.sort_by_cached_key(|key| order(&at.key(key).pattern));
    all
}

/// Items with the same name; then registrants with the same CIK, or of other things, if as many are
/// left on both sides, those in the same order.
fn pairs(old: &[Value], new: &[Value], by: &str) -> Vec<Pair> {
    let mut old_of: Vec<Option<usize>> = vec![None; new.len()];
    let known_by = |item: &Value, by: &str| item.get(by).map(shown);
    for by in [by, "cik"] {
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, item) in
            old.iter().enumerate().rev().filter(|(at, _)| !old_of.contains(&Some(*at)))
        {
            known_by(item, by).into_iter().for_each(|name| known.entry(name).or_default().push(at));
        }
        for (item, old) in new.iter().zip(&mut old_of).filter(|(_, old)| old.is_none()) {
            *old = known_by(item, by).and_then(|name| known.get_mut(&name)?.pop());
        }
    }
    let mut left: Vec<usize> = (0..old.len()).filter(|at| !old_of.contains(&Some(*at))).collect();
    let open = old_of.iter().filter(|old| old.is_none()).count();
    let told_apart =
        matches!(by, "rule" | "id") || new.iter().any(|item| item.get("cik").is_some());
    if left.len() == open && !told_apart {
        let mut rest = left.drain(..);
        old_of.iter_mut().filter(|old| old.is_none()).for_each(|old| *old = rest.next());
    }
    let kept = old_of.iter().enumerate().map(|(n, o)| Pair { old: *o, new: Some(n) });
    kept.chain(left.iter().map(|o| Pair { old: Some(*o), new: None })).collect()
}

/// `38 words added, 12 deleted, 20 moved`
pub(super) fn words(counts: Counts) -> String {
    let parts = [(counts.inserted, "added"), (counts.deleted, "deleted"), (counts.moved, "moved")];
    let mut said: Vec<String> = Vec::new();
    for (number, what) in parts.into_iter().filter(|(number, _)| *number > 0) {
        let noun = match (said.is_empty(), number) {
            (false, _) => "",
            (true, 1) => " word",
            (true, _) => " words",
        };
        said.push(format!("{}{noun} {what}", grouped(number)));
    }
    if said.is_empty() { "the same words, divided otherwise".to_owned() } else { said.join(", ") }
}

/// The blocks of a rich text, or of the reference in its place.
fn blocks(value: Option<&Value>) -> Vec<Block> {
    let Some(value) = value else { return Vec::new() };
    let text = |text: &str| Block::Text {
        kind: BlockKind::Paragraph,
        centred: false,
        words: text.split_whitespace().map(str::to_owned).collect(),
    };
    let Ok(rich) = serde_json::from_value::<RichText>(value.clone()) else {
        return vec![text(&format!("See {}", value.get("see").map(plain).unwrap_or_default()))];
    };
    let cells = |cells: Vec<String>| -> Vec<Vec<String>> {
        cells.iter().map(|cell| cell.split_whitespace().map(str::to_owned).collect()).collect()
    };
    let mut all = Vec::new();
    for piece in rich.blocks() {
        match piece {
            Piece::Paragraph(paragraph) => all.push(text(&paragraph)),
            Piece::Heading(heading) => all.push(text(heading.as_str())),
            Piece::List(items) => all.extend(items.iter().map(|item| text(item.as_str()))),
            Piece::Table(table) => {
                all.extend(table.caption.as_ref().map(|caption| text(caption.as_str())));
                let of = |cell: &crate::form12b25::model::Cell| {
                    cell.0.as_ref().map(Text::folded).unwrap_or_default()
                };
                let head = std::iter::once(cells(table.columns.iter().map(Head::folded).collect()));
                let rows = table.rows.iter().map(|row| cells(row.cells.iter().map(of).collect()));
                all.push(Block::Table(head.chain(rows).collect()));
            }
        }
    }
    all
}

/// A value without quotes, its white space folded.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "Yes".to_owned(),
        Value::Bool(false) => "No".to_owned(),
        Value::String(text) => crate::form12b25::model::fold(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" / "),
        other => other.to_string(),
    }
}

/// A value in a sentence: in quotes if it has spaces, and cut short if it is long.
fn shown(value: &Value) -> String {
    const MOST: usize = 100;
    let text = plain(value);
    let mut short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() {
        short = format!("{} …", short.trim_end());
    }
    if short.contains(' ') { format!("“{short}”") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All texts, numbers and answers of a value, by JSON pointer.
    fn leaves(value: &Value, at: &str, all: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                entries.iter().for_each(|(key, v)| leaves(v, &format!("{at}/{key}"), all))
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, v)| leaves(v, &format!("{at}/{i}"), all))
            }
            _ => all.push(at.to_owned()),
        }
    }

    #[test]
    fn every_change_has_a_sentence() {
        for text in [
            include_str!("../../form12b25/specimens/full.yaml"),
            include_str!("../../form12b25/specimens/amendment.yaml"),
            include_str!("../../form12b25/specimens/transition.yaml"),
            include_str!("../../../filings/arbor-lane-2025-n-csr.yaml"),
        ] {
            let filing = crate::pipeline::load::built_in(text).unwrap();
            let value = serde_json::to_value(&filing).unwrap();
            let mut all = Vec::new();
            leaves(&value, "", &mut all);
            assert!(all.len() > 20, "{all:?}");
            // Part II has three answers and no text.
            for pointer in all.into_iter().filter(|pointer| pointer != "/relief") {
                let mut changed = value.clone();
                let leaf = changed.pointer_mut(&pointer).unwrap();
                *leaf = match &*leaf {
                    Value::Bool(answer) => Value::Bool(!answer),
                    Value::Number(number) => Value::from(number.as_u64().unwrap() + 1),
                    other => Value::String(format!("{} more", plain(other))),
                };
                let letters = pair::letters(&filing.letters, &filing.letters);
                let mut walk = Walk { letters, facts: Vec::new() };
                walk.value(&At::default(), Some(&value), Some(&changed));
                assert!(!walk.facts.is_empty(), "{pointer}");
            }
        }
    }
}
