//! Compares two texts sentence by sentence, then word by word, so that a sentence that moved is one
//! change and not many.

use similar::Algorithm;

use super::align::{align, runs};

/// The change of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Op {
    /// They are in both texts.
    Equal,
    /// They were deleted.
    Delete,
    /// They were inserted.
    Insert,
    /// They moved away, to the place with the same number.
    MoveAway(usize),
    /// They moved here, from the place with the same number.
    MoveHere(usize),
}

impl Op {
    /// Whether the words are in the old text.
    pub fn is_old(self) -> bool {
        matches!(self, Op::Equal | Op::Delete | Op::MoveAway(_))
    }

    /// Whether the words are in the new text.
    pub fn is_new(self) -> bool {
        matches!(self, Op::Equal | Op::Insert | Op::MoveHere(_))
    }
}

/// Words with the same change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Their change.
    pub op: Op,
    /// The words; never none.
    pub words: Vec<String>,
}

impl Span {
    /// The words with a space between.
    pub fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// The least similarity of two versions of one sentence.
const ONE_SENTENCE: f64 = 0.5;

/// The spans that turn one text into the other. Spans of whole sentences are not joined yet: each
/// may have moved.
pub(super) fn compare(old: &[String], new: &[String]) -> Vec<Span> {
    let (old_parts, new_parts) = (sentences(old), sentences(new));
    if old_parts.len().max(new_parts.len()) < 2 {
        return word_by_word(old, new);
    }
    let alike =
        |_: &&[String], _: &&[String], like: f64| Some(like).filter(|like| *like >= ONE_SENTENCE);
    let mut spans = Vec::new();
    for pair in align(&old_parts, &new_parts, alike) {
        match (pair.old.map(|at| old_parts[at]), pair.new.map(|at| new_parts[at])) {
            (Some(o), Some(n)) => spans.extend(word_by_word(o, n)),
            (Some(o), None) => add(&mut spans, Op::Delete, o),
            (None, Some(n)) => add(&mut spans, Op::Insert, n),
            (None, None) => {}
        }
    }
    spans
}

/// The sentences of a text.
// A wrong end does no harm: sentences only limit the extent of a comparison.
fn sentences(words: &[String]) -> Vec<&[String]> {
    let ends = |at: usize| {
        let word = words[at].trim_end_matches(['”', '"', '’', '\'', ')', ']']);
        let next = words.get(at + 1).and_then(|word| word.chars().find(|c| c.is_alphanumeric()));
        word.ends_with(['.', '?', '!', ';']) && next.is_none_or(|c| !c.is_lowercase())
    };
    let mut all = Vec::new();
    let mut start = 0;
    for at in 0..words.len() {
        if at + 1 == words.len() || ends(at) {
            all.push(&words[start..=at]);
            start = at + 1;
        }
    }
    all
}

/// The words deleted and inserted between two equal runs.
#[derive(Default)]
struct Step<'a> {
    equal: &'a [String],
    out: Vec<&'a String>,
    into: Vec<&'a String>,
}

fn word_by_word(old: &[String], new: &[String]) -> Vec<Span> {
    // A check box is compared as one, ticked or not: the old stands beside the new.
    let keys = |words: &[String], starts: &[usize]| -> Vec<Vec<String>> {
        let unit =
            |ends: &[usize]| words[ends[0]..ends[1]].iter().map(|own| boxless(own).to_owned());
        starts.windows(2).map(|ends| unit(ends).collect()).collect()
    };
    let (old_starts, new_starts) = (units(old), units(new));
    let (old_keys, new_keys) = (keys(old, &old_starts), keys(new, &new_starts));
    let mut steps: Vec<Step<'_>> = vec![Step::default()];
    for (same, o, n) in runs(&old_keys, &new_keys, Algorithm::Myers) {
        let o = &old[old_starts[o.start]..old_starts[o.end]];
        let n = &new[new_starts[n.start]..new_starts[n.end]];
        if same {
            ticked(o, n, &mut steps);
        } else if let Some(step) = steps.last_mut() {
            step.out.extend(o);
            step.into.extend(n);
        }
    }
    let mut spans = Vec::new();
    for step in legible(steps) {
        add(&mut spans, Op::Equal, step.equal);
        add(&mut spans, Op::Delete, step.out);
        add(&mut spans, Op::Insert, step.into);
    }
    spans
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The starts of the units that change as a whole, and the end of the last: words, dates such as
/// `March 31, 2026`, amounts such as `$6.1 million`.
// "30, becomes 31," says nothing without its month.
fn units(words: &[String]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut at = 0;
    while at < words.len() {
        at += unit(&words[at..]);
        starts.push(at);
    }
    starts
}

/// The number of words of the first unit.
fn unit(words: &[String]) -> usize {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let digits = |word: &str, most: usize| {
        let number = word.trim_end_matches([',', '.', ';', ':', ')']);
        (1..=most).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let scale =
        |word: &str| ["million", "billion", "thousand"].iter().any(|own| word.starts_with(own));
    let month = word(0).trim_start_matches(['(', '“', '"']);
    if MONTHS.contains(&month) && digits(word(1), 2) {
        let has_year = word(1).ends_with(',') && word(2).len() >= 4 && digits(word(2), 4);
        return if has_year { 3 } else { 2 };
    }
    if word(0).trim_start_matches('(').starts_with('$') && scale(word(1)) { 2 } else { 1 }
}

const BOX: &str = "☐";

fn is_box(word: &str) -> bool {
    matches!(word, "☐" | "☑" | "☒")
}

/// A word, a check box as an empty one.
pub(super) fn boxless(word: &str) -> &str {
    if is_box(word) { BOX } else { word }
}

/// An equal run in which check boxes may have been ticked or cleared.
fn ticked<'a>(old: &'a [String], new: &'a [String], steps: &mut Vec<Step<'a>>) {
    let mut rest = old;
    let mut new = new;
    while let Some(at) = rest.iter().zip(new).position(|(o, n)| o != n) {
        steps.push(Step { equal: &rest[..at], out: vec![&rest[at]], into: vec![&new[at]] });
        (rest, new) = (&rest[at + 1..], &new[at + 1..]);
    }
    if !rest.is_empty() {
        steps.push(Step { equal: rest, ..Step::default() });
    }
}

impl Step<'_> {
    fn boxed(&self) -> bool {
        self.out.iter().chain(&self.into).any(|word| is_box(word))
    }
}

/// Joins changes with only an equal word or two between them.
// To a reader, "the" in the middle of a new phrase is not part of the old one.
fn legible(steps: Vec<Step<'_>>) -> Vec<Step<'_>> {
    let changed = |step: &Step<'_>| step.out.len().max(step.into.len());
    let mut all: Vec<Step<'_>> = Vec::new();
    for step in steps {
        let stayed = step.equal.len();
        match all.last_mut() {
            // An empty run begins the list, and stands between two boxes.
            Some(last)
                if stayed <= 2
                    && !step.boxed()
                    && !last.boxed()
                    && changed(last) > stayed
                    && changed(&step) > stayed =>
            {
                last.out.extend(step.equal.iter().chain(step.out));
                last.into.extend(step.equal.iter().chain(step.into));
            }
            _ => all.push(step),
        }
    }
    all
}

fn add<'a>(spans: &mut Vec<Span>, op: Op, words: impl IntoIterator<Item = &'a String>) {
    let words: Vec<String> = words.into_iter().cloned().collect();
    if !words.is_empty() {
        spans.push(Span { op, words });
    }
}

/// Joins neighbours with the same change.
pub(super) fn join(spans: &mut Vec<Span>) {
    spans.dedup_by(|next, last| {
        let same = next.op == last.op;
        if same {
            last.words.append(&mut next.words);
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut spans = compare(&words(old), &words(new));
        join(&mut spans);
        let mark = |span: &Span| match span.op {
            Op::Delete => format!("[-{}-]", span.text()),
            Op::Insert => format!("[+{}+]", span.text()),
            _ => span.text(),
        };
        spans.iter().map(mark).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_replaced_where_they_stand() {
        assert_eq!(shown("Yes ☐ No ☒", "Yes ☒ No ☐"), "Yes [-☐-] [+☒+] No [-☒-] [+☐+]");
        assert_eq!(
            shown("by March 3, then", "by April 4, then"),
            "by [-March 3,-] [+April 4,+] then"
        );
    }

    #[test]
    fn a_word_that_stayed_by_chance_does_not_break_a_phrase() {
        let expected =
            "It was [-lost in the great fire of 1906-] [+found under the old stairs again+] here";
        assert_eq!(
            shown(
                "It was lost in the great fire of 1906 here",
                "It was found under the old stairs again here"
            ),
            expected
        );
    }

    #[test]
    fn a_date_and_an_amount_change_as_a_whole() {
        assert_eq!(
            shown("by March 31, 2026, within", "by March 30, 2026, within"),
            "by [-March 31, 2026,-] [+March 30, 2026,+] within"
        );
        assert_eq!(
            shown("of $6.1 million in all", "of $6.2 million in all"),
            "of [-$6.1 million-] [+$6.2 million+] in all"
        );
    }

    #[test]
    fn a_sentence_that_went_elsewhere_is_one_change() {
        let expected = "[-The audit is late.-] We are sorry. Costs rose. [+The audit is late.+]";
        assert_eq!(
            shown(
                "The audit is late. We are sorry. Costs rose.",
                "We are sorry. Costs rose. The audit is late."
            ),
            expected
        );
    }
}
