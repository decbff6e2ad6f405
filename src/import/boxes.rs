//! Check boxes: every way in which notices draw one becomes the same two characters, and a box is
//! assigned to the label beside it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::edgar::flow::{EMPTY, SPANS, TICKED};

/// Boxes that are drawn with punctuation wherever they are: `[X]`, `(x)`, `|X|`, `/X/`, `_X_`.
static DRAWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\[[ \t_]*(?P<a>[xX]{0,2}|[✓√✔*])[ \t_]*\]|\{[ \t]*(?P<h>[xX]?)[ \t]*\}|\((?:[ \t_]*(?P<b>[xX✓√✔])[ \t_]*|[ \t_]+)\)",
        r"|\|[ \t]?(?P<c>[xX_])[ \t]?\||(?P<f>/)[ \t]?(?P<d>[xX]?)[ \t]?/(?P<g>[ \t])",
        r"|_+(?P<e>[xX✓√])_+",
    ))
    .ok()
});

/// Boxes that are one only before a label: a bare `X` or `x`, a line to write on, and the letters that
/// a font of symbols shows as boxes.
static BEFORE_LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?m)(?P<before>^|[\s:|)])(?P<box>[xXþý✓√✔]|_+|[o¨□])(?P<gap>[ \t]*\n?[ \t]*|[ \t]+)",
        r"(?P<label>(?i:forms?\s|transition\s+report|yes\b|no\b)|\([abc]\))",
    ))
    .ok()
});

/// A line to write on, or an `X`, that is a box after `Yes` or `No`.
static AFTER_LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?P<label>yes|no)(?P<gap>[ \t]{0,3}:?[ \t]{0,3})(?P<box>_+|\bx\b)").ok()
});

/// A box that is the whole of a cell or of a line.
static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)(?P<before>^|\t)[ ]*(?P<box>[xXþý✓√✔¨])[ ]*(?P<after>\t|$)").ok()
});

/// Returns a text in which each box is one of [`TICKED`] and [`EMPTY`].
pub(super) fn normalised(text: &str) -> String {
    let text: String = text.chars().map(plain).collect();
    let text = replaced(&DRAWN, &text, |found| {
        let mark = ["a", "b", "c", "d", "e", "h"].iter().find_map(|name| found.name(name));
        let ticked = mark.is_some_and(|mark| !matches!(mark.as_str(), "" | "_"));
        let after = found.name("g").map_or("", |gap| gap.as_str());
        format!("{}{after}", of(ticked))
    });
    // Twice: the label of one box can be the start of the next match.
    let before_label = |text: &str| {
        replaced(&BEFORE_LABEL, text, |found| {
            let ticked = matches!(&found["box"], "x" | "X" | "þ" | "ý" | "✓" | "√" | "✔");
            format!("{}{}{}{}", &found["before"], of(ticked), &found["gap"], &found["label"])
        })
    };
    let text = before_label(&before_label(&text));
    let text = replaced(&AFTER_LABEL, &text, |found| {
        format!("{}{}{}", &found["label"], &found["gap"], of(!found["box"].starts_with('_')))
    });
    replaced(&ALONE, &text, |found| {
        format!("{}{}{}", &found["before"], of(&found["box"] != "¨"), &found["after"])
    })
}

fn of(ticked: bool) -> char {
    if ticked { TICKED } else { EMPTY }
}

/// Returns the same box for each character that is one.
fn plain(c: char) -> char {
    match c {
        '☑' | '☒' | '■' | '◼' | '⌧' | '⊠' | '🗹' | '🗷' | '\u{F0FE}' | '\u{F0FD}' | '\u{F078}' => {
            TICKED
        }
        '☐' | '❑' | '❏' | '❒' | '⬜' | '□' | '◻' | '\u{F0A8}' | '\u{F06F}' | '\u{F071}' => {
            EMPTY
        }
        other => other,
    }
}

fn replaced(pattern: &Option<Regex>, text: &str, with: impl Fn(&Captures<'_>) -> String) -> String {
    pattern.as_ref().map_or_else(|| text.to_owned(), |p| p.replace_all(text, with).into_owned())
}

/// A label with its box: `None` if it has none, or two that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled {
    /// The range of the label in the text.
    pub(super) label: Range<usize>,
    /// Whether its box is ticked.
    pub(super) ticked: Option<bool>,
}

/// Assigns the boxes of a group to its labels. A box is before its label, unless the group begins
/// with a label and ends with a box.
pub(super) fn assigned(text: &str, group: Range<usize>, labels: &[Range<usize>]) -> Vec<Labelled> {
    let boxes: Vec<(usize, bool)> = text[group.clone()]
        .char_indices()
        .filter(|(_, c)| matches!(*c, TICKED | EMPTY))
        .map(|(at, c)| (group.start + at, c == TICKED))
        .collect();
    let (Some(first), Some(first_box)) = (labels.first(), boxes.first()) else {
        return labels
            .iter()
            .map(|label| Labelled { label: label.clone(), ticked: None })
            .collect();
    };
    let last_box = boxes[boxes.len() - 1].0;
    // All boxes in one cell, and all labels in the next.
    let apart = last_box < first.start || labels.iter().all(|label| label.end <= first_box.0);
    if apart && boxes.len() == labels.len() && labels.len() > 1 {
        let pairs = labels.iter().zip(&boxes);
        return pairs
            .map(|(label, (_, ticked))| Labelled { label: label.clone(), ticked: Some(*ticked) })
            .collect();
    }
    let after = first.start < first_box.0 && labels.last().is_some_and(|l| l.end <= last_box);
    let box_of = |label: &Range<usize>| {
        let near = if after {
            let next = labels.get(labels.partition_point(|l| l.start <= label.start));
            let own = boxes.get(boxes.partition_point(|(at, _)| *at < label.end));
            own.filter(|(at, _)| next.is_none_or(|next| *at < next.start))
        } else {
            // Labels that follow one box share it, as `Form 10-K and Form 10-KSB` does.
            boxes[..boxes.partition_point(|(at, _)| *at < label.start)].last()
        };
        near.map(|(_, ticked)| *ticked)
    };
    labels.iter().map(|l| Labelled { label: l.clone(), ticked: box_of(l) }).collect()
}

/// Returns which of two answers the one box of a group is beside: the nearest, or neither if the box is
/// between them, as far from one as from the other.
pub(super) fn beside(text: &str, at: usize, answers: [&Range<usize>; 2]) -> Option<usize> {
    let [one, other] = answers;
    if at < one.start {
        return Some(0);
    }
    if other.end <= at {
        return Some(1);
    }
    let is_near = |gap: &str| !gap.contains(['\t', '\n']);
    let (before, after) = (&text[one.end..at], &text[at + TICKED.len_utf8()..other.start]);
    match (is_near(before) || before.starts_with(':'), is_near(after)) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}

/// Whether a group has a box whose cell spans several rows, and whether it is ticked.
pub(super) fn spanning(text: &str) -> Option<bool> {
    let at = text.find(SPANS)? + SPANS.len_utf8();
    text[at..]
        .trim_start()
        .chars()
        .next()
        .filter(|c| matches!(*c, TICKED | EMPTY))
        .map(|c| c == TICKED)
}

/// Whether the box before a text is ticked, or `None` if there is no box.
pub(super) fn before(text: &str, label: &str) -> Option<bool> {
    let before = text[..text.find(label)?].trim_end();
    before.chars().next_back().filter(|c| matches!(*c, TICKED | EMPTY)).map(|c| c == TICKED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_of_a_box_is_read() {
        for (text, expected) in [
            ("[X] Form 10-K [ ] Form 20-F [] Form 11-K", "☒ Form 10-K ☐ Form 20-F ☐ Form 11-K"),
            ("|X| Form 10-K |_| Form 20-F", "☒ Form 10-K ☐ Form 20-F"),
            ("____ Form 10-K _X__ Form 10-Q", "☐ Form 10-K ☒ Form 10-Q"),
            (" X Form 10-K  _ Form 20-F", " ☒ Form 10-K  ☐ Form 20-F"),
            ("ý Form 10-K\no Form 20-F", "☒ Form 10-K\n☐ Form 20-F"),
            ("X\t(a)\tThe reasons", "☒\t(a)\tThe reasons"),
            ("( X ) Yes ( ) No", "☒ Yes ☐ No"),
            ("/X/ Yes / / No", "☒ Yes ☐ No"),
            ("Yes _X_ No ___", "Yes ☒ No ☐"),
            ("[XX] Yes {X} No [*] (a)", "☒ Yes ☒ No ☒ (a)"),
            ("Section 13 or 15(d) and/or 12b-25(b)", "Section 13 or 15(d) and/or 12b-25(b)"),
        ] {
            assert_eq!(normalised(text), expected);
        }
    }

    #[test]
    fn a_box_belongs_to_the_label_beside_it() {
        let ticked = |text: &str| {
            let labels: Vec<_> = ["Yes", "No"]
                .iter()
                .map(|label| text.find(label).map(|at| at..at + label.len()).unwrap())
                .collect();
            let all = assigned(text, 0..text.len(), &labels);
            all.into_iter().map(|labelled| labelled.ticked).collect::<Vec<_>>()
        };
        assert_eq!(ticked("☒ Yes ☐ No"), [Some(true), Some(false)]);
        assert_eq!(ticked("Yes ☒ No ☐"), [Some(true), Some(false)]);
        assert_eq!(ticked("☐\n☒\nYes\nNo"), [Some(false), Some(true)]);
        assert_eq!(ticked("Yes No"), [None, None]);
    }

    #[test]
    fn one_box_belongs_to_the_answer_that_is_nearer() {
        for (text, expected) in [
            ("☒ Yes\tNo", Some(0)),
            ("Yes\t☒ No", Some(1)),
            ("Yes ☒\tNo", Some(0)),
            ("Yes:\t☒\tNo:", Some(0)),
            ("Yes\tNo ☒", Some(1)),
            ("Yes ☒ No", None),
        ] {
            let place = |label: &str| text.find(label).map(|at| at..at + label.len()).unwrap();
            let at = text.find(TICKED).unwrap();
            assert_eq!(beside(text, at, [&place("Yes"), &place("No")]), expected, "{text}");
        }
    }
}
