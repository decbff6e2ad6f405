//! Reads the signature of a notice: date, conformed signature, name and title.

use std::sync::LazyLock;

use regex::Regex;

use super::notice::Notice;
use super::plain::{one_line, trimmed};
use crate::form12b25::rules::days;

static SIGNED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)/\s?s\s?/\s*([^\n\t]*)").ok());
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?P<label>by|name|title|its|date|dated)\s*:+\s*(?P<rest>.*)$").ok()
});
/// A line that is printed, and no value: `(Signature)`, `(Name and Title)`.
static PRINTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\(?(?:signature|name|title|print(?:ed)? name|name and title|registrant|date)\)?$",
    )
    .ok()
});
/// The words that titles have.
static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:president|officer|chief|treasurer|secretary|director|controller|comptroller|partner|manager|chairman|chairwoman|chair|trustee|principal|counsel|attorney|member|agent|administrator|executive|CFO|CEO|COO)\b").ok()
});

/// Reads the signature in the text of its part.
pub(super) fn read(text: &str, notice: &mut Notice) {
    notice.signed_date = days(text).next().map(|(_, day)| day);
    let conformed = SIGNED.as_ref().and_then(|pattern| pattern.captures(text));
    let mark = conformed.as_ref().and_then(|found| found.get(0));
    let spelled = conformed.as_ref().map(|found| trimmed(&found[1]).to_owned());
    if mark.is_some() {
        notice.signed = Some(true);
    }
    let mut lines = Vec::new();
    let mut label_of = |line: &str| {
        let found = LABEL.as_ref().and_then(|pattern| pattern.captures(line));
        match found {
            Some(found) => {
                lines.push((found["label"].to_lowercase(), trimmed(&found["rest"]).to_owned()))
            }
            None => lines.push((String::new(), trimmed(line).to_owned())),
        }
    };
    // Dates beside the signature are no names.
    let after = mark.map_or(0, |mark| mark.end());
    if let Some(spelled) = &spelled {
        label_of(spelled);
    }
    for line in text[after..].split(['\n', '\t']) {
        label_of(line);
    }
    let values = |label: &str| {
        lines
            .iter()
            .find(|(name, rest)| name == label && !rest.is_empty())
            .map(|(_, rest)| rest.clone())
    };
    let is_value = |line: &str| {
        line.chars().any(char::is_alphabetic)
            && days(line).next().is_none()
            && !PRINTED.as_ref().is_some_and(|printed| printed.is_match(line))
    };
    let mut plain: Vec<String> = lines
        .iter()
        .filter(|(label, rest)| (label.is_empty() || label == "by") && is_value(rest))
        .map(|(_, rest)| one_line(rest))
        .collect();
    plain.truncate(6);
    let is_title = |line: &str| TITLE.as_ref().is_some_and(|title| title.is_match(line));
    let conformed_name = spelled.as_deref().filter(|name| is_value(name)).map(one_line);
    let mut name = values("name");
    let mut title = values("title").or_else(|| values("its"));
    if name.is_none() {
        // The name beneath the signature, or else the signature's.
        let beneath = plain
            .iter()
            .skip(usize::from(conformed_name.is_some()))
            .find(|line| !is_title(line) || line.contains(','));
        let beneath = beneath.filter(|line| alike(line, conformed_name.as_deref()));
        name = beneath.cloned().or_else(|| conformed_name.clone());
    }
    if let Some((person, rest)) = name.clone().and_then(|name| split(&name))
        && is_title(&rest)
    {
        name = Some(person);
        title = title.or(Some(rest));
    }
    if title.is_none() {
        title = name.as_deref().and_then(|name| beneath(&text[after..], name, &is_title));
    }
    notice.conformed = conformed_name.filter(|conformed| name.as_ref() != Some(conformed));
    (notice.signer_name, notice.signer_title) = (name, title);
}

/// Returns the title beneath a name: the lines after it up to the end of a paragraph that has a title's
/// word.
fn beneath(text: &str, name: &str, is_title: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut lines = text.split('\n').map(|line| one_line(trimmed(line)));
    // The name may be part of the line, after a label or before a comma.
    lines.find(|line| line.ends_with(name) || line.starts_with(name))?;
    let mut title: Vec<String> = Vec::new();
    let mut ended = false;
    for line in lines {
        ended |= line.is_empty() && title.iter().any(|line| is_title(line));
        // A title's second line may be in brackets.
        if ended && !line.is_empty() && !line.starts_with('(') {
            break;
        }
        if days(&line).next().is_some() || LABEL.as_ref().is_some_and(|l| l.is_match(&line)) {
            break;
        }
        let is_printed = PRINTED.as_ref().is_some_and(|printed| printed.is_match(&line));
        if line.chars().any(char::is_alphabetic) && !is_printed {
            title.push(line);
        }
    }
    let words = title.join(" ");
    (is_title(&words) && words.len() < 200).then_some(words)
}

/// Whether a line may be the name of the one who signed.
fn alike(line: &str, conformed: Option<&str>) -> bool {
    let Some(conformed) = conformed else { return true };
    let last = |name: &str| {
        let name = name.split(',').next().unwrap_or(name);
        name.split_whitespace().next_back().unwrap_or_default().to_lowercase()
    };
    last(line) == last(conformed)
}

/// Divides `Jane Roe, Ph.D., President` before its title.
fn split(line: &str) -> Option<(String, String)> {
    let starts_title = |(at, _): &(usize, &str)| {
        let next = line[at + 1..].split(',').next().unwrap_or_default();
        TITLE.as_ref().is_some_and(|title| title.is_match(next))
    };
    let (at, _) = line.match_indices(',').find(starts_title)?;
    Some((line[..at].trim().to_owned(), line[at + 1..].trim().to_owned()))
}
