//! Wraps texts into lines.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::form12b25::model::fold;
use crate::pipeline::render::unbroken;

/// A character as wide as a space, at which no line ends. EDGAR's ASCII lacks it.
// ASCII, so that texts that have it take the fast path too.
const HELD: &str = "^";

/// Returns a check box.
pub(super) fn mark(checked: bool) -> &'static str {
    if checked { "[X]" } else { "[ ]" }
}

/// Wraps a text with a hanging indent.
pub(super) fn hang(text: &str, indent: usize, first: &str, width: usize) -> Vec<String> {
    let lead = format!("{}{first}", " ".repeat(indent));
    let rest = " ".repeat(lead.chars().count());
    fill(text, &lead, &rest, width)
}

/// Wraps a text, with a prefix for the first line and one for the others.
pub(super) fn fill(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let folded = fold(text);
    if folded.is_empty() {
        return vec![first.trim_end().to_owned()];
    }
    // A column of a table may be narrower than a phrase.
    let holds = width.saturating_sub(rest.chars().count()) > unbroken::LONGEST
        && folded.len() + first.len() > width;
    let held = if holds { held(&folded) } else { folded };
    let release = |line: String| if holds { line.replace(HELD, " ") } else { line };
    if let Some(lines) = filled(&held, first, rest, width) {
        return lines.into_iter().map(release).collect();
    }
    // Not the default splitter, which breaks words at their hyphens, as in `12b-25`.
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&held, options).into_iter().map(|line| release(line.into_owned())).collect()
}

/// Replaces the spaces inside phrases by [`HELD`], at which no line ends.
fn held(text: &str) -> String {
    let mut held = String::with_capacity(text.len());
    let mut at = 0;
    for phrase in unbroken::phrases(text) {
        held.push_str(&text[at..phrase.start]);
        held.push_str(&text[phrase.clone()].replace(' ', HELD));
        at = phrase.end;
    }
    held + &text[at..]
}

/// Wraps a text of ASCII as textwrap does. Returns `None` for other texts, and for a word that is
/// longer than a line.
fn filled(folded: &str, first: &str, rest: &str, width: usize) -> Option<Vec<String>> {
    // Fast path for nearly all texts: textwrap splits a text into words and measures each.
    if ![folded, first, rest].into_iter().all(|text| text.is_ascii()) {
        return None;
    }
    let (mut lines, mut left, mut margin) = (Vec::new(), folded, first);
    loop {
        let available = width.checked_sub(margin.len())?;
        if left.len() <= available {
            lines.push([margin, left].concat());
            return Some(lines);
        }
        let end = left.as_bytes()[..=available].iter().rposition(|byte| *byte == b' ')?;
        lines.push([margin, &left[..end]].concat());
        (left, margin) = (&left[end + 1..], rest);
    }
}

/// Pads a text to a width.
pub(super) fn pad(text: &str, width: usize, align: &str) -> String {
    let space = " ".repeat(width.saturating_sub(text.chars().count()));
    match align {
        "center" => [&space[..space.len() / 2], text].concat().trim_end().to_owned(),
        "right" => space + text,
        _ => [text, &space].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: usize = "word-of-thirty-characters--long".len();

    #[test]
    fn lines_are_filled_as_textwrap_does() {
        let text = "The registrant's auditors, Roe & Doe LLP, left on May 5, \
                    and a word-of-thirty-characters--long ends it.";
        for (first, rest) in [("", ""), ("    (a) ", "        "), ("- ", "  "), ("", "          ")]
        {
            for width in 0..text.len() + 12 {
                let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
                let options = options
                    .word_separator(WordSeparator::AsciiSpace)
                    .wrap_algorithm(WrapAlgorithm::FirstFit);
                let expected =
                    textwrap::wrap(text, options.word_splitter(WordSplitter::NoHyphenation));
                match filled(text, first, rest, width) {
                    Some(lines) => assert_eq!(lines, expected, "{first:?} {rest:?} {width}"),
                    None => assert!(
                        width < LONGEST + first.len().max(rest.len()),
                        "{first:?} {rest:?} {width}"
                    ),
                }
            }
        }
    }
}
