//! Reads a letter, such as an auditor's statement, by its date, salutation and closing.

use std::sync::LazyLock;

use regex::Regex;

use super::notice::{Block, Day, Letter};
use super::plain::{one_line, trimmed};
use super::richtext;
use crate::form12b25::rules::days;

static SALUTATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?im)^[ \t]*(to\s+whom\s+it\s+may\s+concern|dear\b[^\n]{0,80}|gentlemen|ladies\s+and\s+gentlemen)[ \t]*[:,][ \t]*$").ok()
});
static CLOSING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?im)^[ \t]*((?:very\s+truly|sincerely|respectfully|yours|truly|best|kind|regards)[^\n]{0,30})[ \t]*$").ok()
});
static SIGNED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)/\s?s\s?/[ \t]*([^\n]*)").ok());
static RE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?im)^[ \t]*re[ \t]*:[ \t]*").ok());
static AUDITOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:independent\s+(?:registered\s+public\s+)?(?:auditors?|account(?:ing|ants?))|(?:audit|review)\s+of\s+(?:the|its)|our\s+(?:audit|review))").ok()
});

/// Reads a letter, or returns `None` if a text has no salutation.
pub(super) fn read(text: &str) -> Option<Letter> {
    let salutation = SALUTATION.as_ref()?.find(text)?;
    let (head, rest) = (&text[..salutation.start()], &text[salutation.end()..]);
    let closing = CLOSING.as_ref()?.find_iter(rest).last();
    let signed = SIGNED.as_ref()?.captures(rest);
    let sign = signed.as_ref().and_then(|found| found.get(0));
    let ends = [closing.map(|found| found.start()), sign.map(|found| found.start())];
    let end = ends.into_iter().flatten().min().unwrap_or(rest.len());
    let after = &rest[sign.map_or(end, |sign| sign.end())..];
    let named = |line: &str| Some(one_line(trimmed(line))).filter(|line| !line.is_empty());
    let signed_by = signed.as_ref().and_then(|found| named(&found[1]));
    let (about, head) = match RE.as_ref()?.find(head) {
        Some(re) => (lines(&head[re.end()..]), &head[..re.start()]),
        None => (Vec::new(), head),
    };
    // The date has a line of its own.
    let is_alone = |(at, _): &(std::ops::Range<usize>, _)| {
        let start = head[..at.start].rfind('\n').map_or(0, |line| line + 1);
        let end = head[at.end..].find('\n').map_or(head.len(), |line| at.end + line);
        trimmed(&head[start..end]).len() <= at.len() + 1
    };
    let date = days(head).filter(is_alone).last();
    let (date, place) =
        date.map_or((None, 0..0), |(at, day)| (Some(Day::of(&head[at.clone()], day)), at));
    // The sender is above the date or beneath it; the addressee is the last paragraph.
    let is_short = |line: &&str| line.chars().count() <= 60 && !line.trim_end().ends_with('.');
    let above = &head[..place.start];
    let above = if above.lines().all(|line| is_short(&line)) { above } else { "" };
    let mut paragraphs: Vec<Vec<String>> = head[place.end..].split("\n\n").map(lines).collect();
    paragraphs.retain(|lines| !lines.is_empty());
    let is_staff =
        |lines: &Vec<String>| lines.iter().any(|line| line.to_lowercase().contains("commission"));
    let to = paragraphs.pop_if(|lines| is_staff(lines)).unwrap_or_default();
    let letterhead: Vec<String> =
        lines(above).into_iter().chain(paragraphs.into_iter().flatten()).collect();
    let body: Vec<Block> = richtext::blocks(rest[..end].trim());
    Some(Letter {
        is_statement: AUDITOR.as_ref()?.is_match(&rest[..end]),
        letterhead,
        date,
        to,
        re: about,
        salutation: one_line(salutation.as_str()),
        body,
        closing: closing.and_then(|found| named(found.as_str())),
        signed: sign.is_some(),
        signed_by: signed_by.or_else(|| lines(after).into_iter().next()),
    })
}

/// Returns the lines of a text that have words.
fn lines(text: &str) -> Vec<String> {
    let lines = text.split(['\n', '\t']).map(|line| one_line(trimmed(line)));
    lines.filter(|line| line.chars().any(char::is_alphanumeric)).collect()
}
