//! Every printed text against what the outputs can show: EDGAR's ASCII, the fonts of the PDF, the
//! tags that EDGAR reads, the length of a line.

use super::subject::Subject;
use super::texts;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Trail, YamlPath};
use crate::edgar;
use crate::edgar::glyphs;

/// Keys whose texts no document prints.
const UNPRINTED: &[&str] = &["waive", "edgar", "filed", "edition"];

/// All findings of all printed texts.
pub(super) fn texts(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    texts::visit(subject.filing, &is_printed, &mut |text, trail| judge(text, trail, &mut findings));
    findings
}

fn is_printed(trail: &Trail<'_>) -> bool {
    match trail {
        Trail::Key(Trail::Start, key) => !UNPRINTED.contains(key),
        Trail::Key(Trail::Key(Trail::Start, "report"), "due") => false, // a note for the repository
        _ => true,
    }
}

fn judge(text: &str, trail: &Trail<'_>, findings: &mut Vec<Finding>) {
    let within = |needle: &str| Spot::Within(trail.path(), needle.to_owned(), 0);
    match edgar::spell(text) {
        Err(c) => findings.push(
            rule::NOT_IN_TEXT
                .at(
                    within(&c.to_string()),
                    format!("`{c}` (U+{:04X}) has no spelling in a text document", u32::from(c)),
                )
                .hint("write it in Latin letters"),
        ),
        Ok(spelled) if spelled != text => findings.push(transliterated(text, trail.path())),
        Ok(_) => {}
    }
    if let Some(c) = glyphs::missing(text) {
        let message = format!("the fonts of the PDF have no `{c}` (U+{:04X})", u32::from(c));
        findings.push(
            rule::NOT_IN_FONTS
                .at(within(&c.to_string()), message)
                .hint("write it in Latin letters"),
        );
    }
    for tag in edgar::tags(text) {
        let shown = format!("`{}`", tag.text);
        findings.push(if tag.edgar {
            rule::EDGAR_TAG
                .at(within(tag.text), format!("EDGAR would read {shown} as a tag of its own"))
                .hint("put a space after the `<`, or spell it out")
        } else {
            rule::TAG_IN_TEXT
                .at(within(tag.text), format!("{shown} looks like a tag in the text document"))
                .hint("if it is a name, waive this; else put a space after the `<`")
        });
    }
    let long =
        |word: &&str| word.len() > edgar::LONG_WORD && word.chars().count() > edgar::LONG_WORD;
    if let Some(word) =
        may_have_long_word(text).then(|| text.split_whitespace().find(long)).flatten()
    {
        let message =
            format!("a word of {} characters may be broken over two lines", word.chars().count());
        findings.push(rule::LONG_WORD.at(within(word), message));
    }
}

/// Whether more bytes than a long word has stand together without a space. Such a run holds one of
/// the bytes that are so far apart; most texts are settled by looking at what is around these.
fn may_have_long_word(text: &str) -> bool {
    let letter = |byte: &&u8| !byte.is_ascii_whitespace();
    (edgar::LONG_WORD..text.len()).step_by(edgar::LONG_WORD + 1).any(|at| {
        let (before, from) = text.as_bytes().split_at(at);
        let behind = from.iter().take_while(letter).count();
        behind > 0 && before.iter().rev().take_while(letter).count() + behind > edgar::LONG_WORD
    })
}

/// One note for each value, naming the characters.
fn transliterated(text: &str, path: YamlPath) -> Finding {
    const SHOWN: usize = 4;
    let mut changed: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !edgar::is_ascii(*c) && !matches!(c, '\n' | '\t' | '\r')) {
        if !changed.contains(&c) {
            changed.push(c);
        }
    }
    let spelled = |c: &char| {
        let own = c.to_string();
        let ascii = edgar::spell(&own).map(|s| s.trim().to_owned()).unwrap_or_default();
        match (ascii.as_str(), c.is_whitespace()) {
            (_, true) => format!("U+{:04X} as a space", u32::from(*c)),
            ("", _) => format!("`{c}` as nothing"),
            (ascii, _) => format!("`{c}` as `{ascii}`"),
        }
    };
    let mut parts: Vec<String> = changed.iter().take(SHOWN).map(spelled).collect();
    if changed.len() > SHOWN {
        parts.push(format!("and {} more", changed.len() - SHOWN));
    }
    let first = changed.first().map(char::to_string).unwrap_or_default();
    rule::TRANSLITERATED
        .at(Spot::Within(path, first, 0), format!("the text document spells {}", parts.join(", ")))
}
