//! Changes of check boxes in words: `was No, is Yes`, `was empty, is ticked`.

use crate::review::redline::{Op, Span};

/// A piece of a text.
pub(super) enum Shown<'a> {
    /// Words with the same change.
    Words(&'a Span),
    /// A check box that was ticked or cleared, as it is now, and the change in words. The last box of
    /// a question has that of the answer.
    Box { old: &'a str, new: &'a str, note: Option<String> },
}

/// The pieces of a text.
pub(super) fn shown(spans: &[Span]) -> Vec<Shown<'_>> {
    let mut all: Vec<Shown<'_>> = Vec::new();
    let mut boxes: Vec<(Option<&str>, bool, bool)> = Vec::new();
    let mut rest = spans;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (
            only_box(first, Op::Delete),
            after.first().map(|next| (only_box(next, Op::Insert), next)),
        ) {
            (Some(was), Some((Some(is), _))) => {
                let label = all.last().and_then(|last| match last {
                    Shown::Words(span) => span.words.last().map(String::as_str),
                    Shown::Box { .. } => None,
                });
                let label = label.filter(|label| matches!(*label, "Yes" | "No"));
                boxes.push((label, is_ticked(was), is_ticked(is)));
                let note = Some(change(is_ticked(was), is_ticked(is)));
                all.push(Shown::Box { old: was, new: is, note });
                rest = &after[1..];
            }
            _ => all.push(Shown::Words(first)),
        }
    }
    if let Some(answer) = answer(&boxes) {
        let mut notes = all.iter_mut().rev().filter_map(|piece| match piece {
            Shown::Box { note, .. } => Some(note),
            Shown::Words(_) => None,
        });
        if let Some(last) = notes.next() {
            *last = Some(answer);
        }
        notes.for_each(|note| *note = None);
    }
    all
}

/// The changes of a text's boxes in words.
pub(super) fn notes(spans: &[Span]) -> Vec<String> {
    let note = |piece: Shown<'_>| match piece {
        Shown::Box { note, .. } => note,
        Shown::Words(_) => None,
    };
    shown(spans).into_iter().filter_map(note).collect()
}

/// The change of an answer, if all boxes that changed are those of `Yes` and `No`.
fn answer(boxes: &[(Option<&str>, bool, bool)]) -> Option<String> {
    let labelled = boxes.iter().all(|(label, ..)| label.is_some()) && boxes.len() > 1;
    let of = |pick: fn(&(Option<&str>, bool, bool)) -> bool| {
        let ticked = boxes.iter().filter(|own| pick(own)).filter_map(|(label, ..)| *label);
        let ticked: Vec<&str> = ticked.collect();
        if ticked.is_empty() { "empty".to_owned() } else { ticked.join(" and ") }
    };
    labelled.then(|| format!("was {}, is {}", of(|own| own.1), of(|own| own.2)))
}

fn change(was: bool, is: bool) -> String {
    let state = |ticked: bool| if ticked { "ticked" } else { "empty" };
    format!("was {}, is {}", state(was), state(is))
}

fn only_box(span: &Span, op: Op) -> Option<&str> {
    match &span.words[..] {
        [word] if span.op == op && is_box(word) => Some(word),
        _ => None,
    }
}

/// Whether a word is a check box.
pub(super) fn is_box(word: &str) -> bool {
    matches!(word, "☐" | "☑" | "☒")
}

fn is_ticked(word: &str) -> bool {
    word != "☐"
}
