//! Compares printed texts with the limits of the outputs: EDGAR's ASCII, the fonts of the PDF, the
//! tags that EDGAR reads, the length of a line.

use super::subject::Subject;
use super::texts;
use crate::diagnostics::characters::number;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Trail, YamlPath};
use crate::edgar;
use crate::edgar::glyphs;
use crate::form12b25::model::{Filing, Waiver};

/// Keys with texts that no document prints.
const UNPRINTED: &[&str] = &["waive", "edgar", "filed", "edition"];

/// Every printed text must fit the outputs.
pub(super) fn texts(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    texts::visit(subject.filing, &is_printed, &mut |text, trail| {
        findings.extend(characters(text, trail, subject.filing));
        // `<<date>>`, a field of a template, is a placeholder.
        let tags = edgar::tags(text).filter(|tag| tag.edgar || !text[..tag.start].ends_with('<'));
        findings.extend(tags.map(|tag| tag_finding(&tag, trail)));
        findings.extend(long_word(text, trail));
    });
    findings
}

fn is_printed(trail: &Trail<'_>) -> bool {
    match trail {
        Trail::Key(Trail::Start, key) => !UNPRINTED.contains(key),
        Trail::Key(Trail::Key(Trail::Start, "report"), "due") => false, // a note for the repository
        _ => true,
    }
}

fn within(trail: &Trail<'_>, piece: &str) -> Spot {
    Spot::Within(trail.path(), piece.to_owned(), 0)
}

/// Every character must have a spelling in EDGAR's ASCII, which a note shows, and a glyph in the
/// fonts of the PDF.
fn characters(text: &str, trail: &Trail<'_>, filing: &Filing) -> Vec<Finding> {
    // Fast path: most texts are ASCII, which every output has.
    if edgar::is_spelled(text) {
        return Vec::new();
    }
    let at = |c: char| within(trail, &c.to_string());
    let advice = "write it in Latin letters";
    let glyph = glyphs::missing(text).map(|c| {
        let message = format!("the fonts of the PDF have no `{c}` ({})", number(c));
        rule::NOT_IN_FONTS.at(at(c), message).hint(advice)
    });
    let spelling = match edgar::unspelled(text) {
        Some(c) => {
            let mut message = format!("`{c}` ({}) has no spelling in a text document", number(c));
            // One finding for both, but for a waiver of the first, which does not help the PDF.
            let waived = |waiver: &Waiver| waiver.rule.as_str() == rule::NOT_IN_TEXT.code;
            let both = glyph.as_ref().is_some_and(|glyph| glyph.spot == at(c));
            if both && !filing.waive.iter().any(waived) {
                message += ", and the fonts of the PDF do not have it";
                return vec![rule::NOT_IN_TEXT.at(at(c), message).hint(advice)];
            }
            rule::NOT_IN_TEXT.at(at(c), message).hint(advice)
        }
        None => transliterated(text, trail.path()),
    };
    std::iter::once(spelling).chain(glyph).collect()
}

/// A text must not contain a tag: EDGAR reads its own tags also in text documents.
fn tag_finding(tag: &edgar::Tag<'_>, trail: &Trail<'_>) -> Finding {
    let shown = format!("`{}`", tag.text);
    if tag.edgar {
        rule::EDGAR_TAG
            .at(within(trail, tag.text), format!("EDGAR would read {shown} as a tag of its own"))
            .hint("put a space after the `<`, or spell it out")
    } else {
        rule::TAG_IN_TEXT
            .at(within(trail, tag.text), format!("{shown} looks like a tag in the text document"))
            .hint("if it is a name, waive this; else put a space after the `<`")
    }
}

/// A word must fit on a line of a text document.
fn long_word(text: &str, trail: &Trail<'_>) -> Option<Finding> {
    if !may_have_long_word(text) {
        return None;
    }
    let word = text.split_whitespace().find(|word| word.chars().count() > edgar::LONG_WORD)?;
    let length = word.chars().count();
    let message = format!("a word of {length} characters may be broken over two lines");
    Some(rule::LONG_WORD.at(within(trail, word), message))
}

/// Whether a text has a run of more bytes without a space than a long word has.
fn may_have_long_word(text: &str) -> bool {
    // Fast path: such a run contains one of the bytes at every `LONG_WORD` + 1. Only around these
    // is there a search.
    let letter = |byte: &&u8| !byte.is_ascii_whitespace();
    (edgar::LONG_WORD..text.len()).step_by(edgar::LONG_WORD + 1).any(|at| {
        let (before, from) = text.as_bytes().split_at(at);
        let after = from.iter().take_while(letter).count();
        after > 0 && before.iter().rev().take_while(letter).count() + after > edgar::LONG_WORD
    })
}

/// Returns one note for the value, with its first characters.
fn transliterated(text: &str, path: YamlPath) -> Finding {
    const SHOWN: usize = 4;
    let mut changed: Vec<(usize, char)> = Vec::new();
    for (at, c) in edgar::outside(text) {
        if changed.iter().all(|(_, other)| *other != c) {
            changed.push((at, c));
        }
    }
    // `N°` is spelled as one: with the character before it.
    let with_lead = |at: usize, c: char| {
        let lead = text[..at].chars().next_back().filter(|lead| edgar::is_ascii(*lead))?;
        let both = format!("{lead}{c}");
        let alone = |c: char| Some(edgar::spell(&c.to_string()).ok()?.trim().to_owned());
        let apart = [alone(lead)?, alone(c)?];
        let spelled = edgar::spell(&both).ok()?.trim().to_owned();
        let is_one = spelled != apart.concat() && spelled != apart.join(" ");
        is_one.then(|| format!("`{both}` as `{spelled}`"))
    };
    let spelled = |(at, c): &(usize, char)| {
        if let Some(both) = with_lead(*at, *c) {
            return both;
        }
        let own = c.to_string();
        let ascii = edgar::spell(&own).map(|s| s.trim().to_owned()).unwrap_or_default();
        match (ascii.as_str(), c.is_whitespace()) {
            (_, true) => format!("{} as a space", number(*c)),
            ("", _) => format!("`{c}` as nothing"),
            (ascii, _) => format!("`{c}` as `{ascii}`"),
        }
    };
    let mut parts: Vec<String> = changed.iter().take(SHOWN).map(spelled).collect();
    if changed.len() > SHOWN {
        parts.push(format!("and {} more", changed.len() - SHOWN));
    }
    let first = changed.first().map(|(_, c)| c.to_string()).unwrap_or_default();
    rule::TRANSLITERATED
        .at(Spot::Within(path, first, 0), format!("the text document spells {}", parts.join(", ")))
}
