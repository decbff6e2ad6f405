//! Every printed text against what the outputs can show: EDGAR's ASCII, the fonts of the PDF, the
//! tags that EDGAR reads, the length of a line.

use serde_json::Value;

use super::Subject;
use crate::edgar;
use crate::finding::{Finding, Spot};
use crate::glyphs;
use crate::rule;
use crate::source::{Trail, YamlPath};

/// Keys whose texts no document prints.
const UNPRINTED: &[&str] = &["waive", "edgar", "filed", "edition"];

/// All findings of all printed texts.
pub(super) fn texts(subject: &Subject<'_>) -> Vec<Finding> {
    let Ok(Value::Object(mut tree)) = serde_json::to_value(subject.filing) else { return Vec::new() };
    if let Some(report) = tree.get_mut("report").and_then(Value::as_object_mut) {
        report.remove("due"); // a note for the repository; no document prints it
    }
    let mut findings = Vec::new();
    for (key, value) in tree.iter().filter(|(key, _)| !UNPRINTED.contains(&key.as_str())) {
        visit(value, &Trail::Start.key(key), &mut findings);
    }
    findings
}

fn visit(value: &Value, trail: &Trail<'_>, findings: &mut Vec<Finding>) {
    match value {
        Value::String(text) => judge(text, trail, findings),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| visit(v, &trail.index(i), findings)),
        Value::Object(entries) => entries.iter().for_each(|(k, v)| visit(v, &trail.key(k), findings)),
        _ => {}
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
        findings.push(rule::NOT_IN_FONTS.at(within(&c.to_string()), message).hint("write it in Latin letters"));
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
    if let Some(word) = text.split_whitespace().find(|word| word.chars().count() > edgar::LONG_WORD) {
        let message = format!("a word of {} characters may be broken over two lines", word.chars().count());
        findings.push(rule::LONG_WORD.at(within(word), message));
    }
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
    rule::TRANSLITERATED.at(Spot::Within(path, first, 0), format!("the text document spells {}", parts.join(", ")))
}
