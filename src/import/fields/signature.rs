//! Reads the signature of a notice: date, conformed signature, name and title.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::reader::Reader;
use super::value::{first_day, not_read};
use crate::import::notice::{Day, Notice};
use crate::import::plain::{one_line, trimmed};

static SIGNED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)/\s?s\s?/\s*([^\n\t]*)").ok());
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?P<label>by|name|title|its|date|dated)\s*:+\s*(?P<rest>.*)$").ok()
});
/// A line that is printed, and no value: `(Signature)`, `(Name and Title)`.
static PRINTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^[(\[]?\s*(?:(?:general )?instructions?|attention|signatures?|by|its|registrant|date|dated",
        r"|(?:please )?(?:(?:print|type)(?:ed|d)?(?: or | and |/)?)*\s*(?:name|title)s?",
        r"(?:(?: and |,? & | or |/|, ?)(?:title|position|capacity)s?)?",
        r"(?: of (?:the )?(?:person|officer|signer|signatory|registrant)\b.*)?",
        r"|(?:authorized )?signature(?: of .*)?|(?:exact )?name of (?:the )?registrant\b.*",
        r"|area code|telephone number|typed or printed)\s*[)\]]?\s*:?$",
    ))
    .ok()
});
/// The words of a name: letters in capitals, initials, and particles such as `van`.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?:\p{Lu}[\p{L}'’.\-]*|(?i:de|del|della|di|da|dos|du|la|le|van|von|der|den|ter|y|bin|al|el)",
        r#"|["“(]\p{Lu}[\p{L}.]*["”)]),?\s+){1,6}\p{Lu}[\p{L}'’.\-]*\.?"#,
        r"(?:,\s*(?:[\p{L}.]{1,6}))*$",
    ))
    .ok()
});
/// The words that only the name of an entity, or a heading, has.
static NO_PERSON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:inc|incorporated|corp|corporation|company|co|ltd|limited|llc|l\.l\.c|lp|l\.p|llp|plc",
        r"|trust|fund|funds|bank|bancorp|holdings|group|partners|n\.a|exhibit|annex|appendix|schedule",
        r"|attachment|part|form|instructions?|attention|signatures?|statements?|report|commission",
        r"|explanation|narrative|registrant|notification|duly|authorized)\b",
    ))
    .ok()
});
static BY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?im)^[ \t]*by\b|/\s?s\s?/").ok());
/// An entity that signs for the registrant, with its capacity.
static THROUGH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?im)^[ \t]*by[ \t]*:?\s+(?P<name>[^\n\t/]{3,90}?(?:\n[^\n\t/]{1,90}?)?),?\s+",
        r"(?P<capacity>(?:(?:its|as|the)\s+)?(?:(?:sole|managing|co-|master|plan|investment)\s*)*",
        r"(?:general\s+partners?|member|owner|partner|manager|sponsor|depositor|servicer|trustee",
        r"|administrator|advis[eo]r))[ \t]*[,.]?[ \t]*$",
    ))
    .ok()
});
/// The words that titles have.
static TITLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:president|officer|chief|treasurer|secretary|director|controller|comptroller|partner|manager|chairman|chairwoman|chair|trustee|principal|counsel|attorney|member|agent|administrator|executive|CFO|CEO|COO)\b").ok()
});

/// Reads the signature in the range of its part.
pub(super) fn read(reader: &Reader<'_>, range: Range<usize>, notice: &mut Notice) {
    let text = &reader.text[range.clone()];
    let day = first_day(text);
    notice.signed_date = day.and_then(Day::certain);
    if day == Some(Day::Either) {
        let mut lines = text.split_inclusive('\n').scan(range.start, |end, line| {
            *end += line.len();
            Some((*end - line.len(), line))
        });
        let line = lines.find(|(_, line)| first_day(line).is_some());
        let place = line.map_or(range.start, |(start, _)| start);
        notice.unread.insert("signature.date", not_read(Day::EITHER, Some(reader.at(place))));
    }
    let signed = SIGNED.as_ref().and_then(|pattern| pattern.captures(text));
    let mark = signed.as_ref().and_then(|found| found.get(0));
    notice.signed = mark.map(|_| true);
    // Dates beside the signature are no names.
    let after = &text[mark.map_or(0, |mark| mark.end())..];
    let spelled = signed.as_ref().map(|found| trimmed(&found[1]).trim_matches(['"', '“', '”']));
    notice.through = through(&text[..mark.map_or(text.len(), |mark| mark.end())]);
    let after = after_entities(after, &notice.through);
    let lines: Vec<(String, String)> =
        spelled.into_iter().chain(after.split(['\n', '\t'])).map(labelled).collect();
    let value = |label: &str| {
        let mut named = lines.iter().filter(|(name, rest)| name == label && is_value(rest));
        named.next().map(|(_, rest)| rest.clone())
    };
    let conformed = spelled.filter(|name| is_value(name)).map(one_line);
    let mut name = value("name").or_else(|| name_beneath(&lines, conformed.as_deref()));
    let mut title = value("title").or_else(|| value("its"));
    if let Some((person, rest)) = name.as_deref().and_then(split).filter(|(_, t)| is_title(t)) {
        name = Some(person);
        title = title.or(Some(rest));
    }
    title = title.or_else(|| name.as_deref().and_then(|name| title_beneath(after, name)));
    notice.conformed = conformed.filter(|conformed| name.as_ref() != Some(conformed));
    (notice.signer_name, notice.signer_title) = (name, title);
}

/// Returns the end of the signature that was read in a text: after it is text of another kind, or
/// another signature.
pub(super) fn end(text: &str, notice: &Notice) -> usize {
    let mark = SIGNED.as_ref().and_then(|pattern| pattern.find(text));
    let (name, title) = (notice.signer_name.as_deref(), notice.signer_title.as_deref());
    let from = mark.map_or(0, |mark| mark.start());
    let named = name.and_then(|name| text[from..].find(name)).map(|at| from + at);
    let start = named.max(mark.map(|mark| mark.start())).unwrap_or(0);
    let mut is_signed = start > 0;
    let registrants = notice.co_registrants.iter().chain([&notice.registrant]);
    let names = registrants.filter_map(|registrant| registrant.name.as_deref());
    let through = notice.through.iter().flat_map(|(name, capacity)| [name.as_str(), capacity]);
    let known = names.chain(name).chain(title).chain(through);
    let known: Vec<String> = known.map(str::to_lowercase).collect();
    let is_known = |line: &str| {
        let line = one_line(line).to_lowercase();
        let line = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')');
        !is_value(line) || line.contains("undersigned") || known.iter().any(|k| k.contains(line))
    };
    let mut end = start;
    for (n, line) in text[start..].split_inclusive(['\n', '\t']).enumerate() {
        let (label, rest) = labelled(line);
        let is_other = match label.as_str() {
            "by" => std::mem::replace(&mut is_signed, true) && n > 0,
            // The name and the title may share a line.
            _ => n > 0 && !is_known(&rest) && !rest.split(',').all(is_known),
        };
        let is_second = n > 0 && SIGNED.as_ref().is_some_and(|pattern| pattern.is_match(line));
        if is_other || is_second || n == 0 && start == 0 && !is_known(&rest) && label != "by" {
            break;
        }
        end += line.len();
    }
    end
}

/// Returns the entities through which a registrant signs: `By: Example GP, LLC, its General Partner`. A
/// person signs after the last of them.
fn through(text: &str) -> Vec<(String, String)> {
    let last = BY.iter().flat_map(|pattern| pattern.find_iter(text)).last();
    let above = &text[..last.map_or(0, |by| by.start())];
    let found = THROUGH.iter().flat_map(|pattern| pattern.captures_iter(above));
    found.map(|found| (one_line(&found["name"]), one_line(&found["capacity"]))).collect()
}

/// Returns the text after the last of the entities that it has.
fn after_entities<'a>(text: &'a str, through: &[(String, String)]) -> &'a str {
    let ends = through
        .iter()
        .filter_map(|(_, capacity)| Some(text.find(capacity.as_str())? + capacity.len()));
    &text[ends.max().unwrap_or(0)..]
}

/// Divides a line into its label, such as `by`, and its value.
fn labelled(line: &str) -> (String, String) {
    match LABEL.as_ref().and_then(|pattern| pattern.captures(line)) {
        Some(found) => (found["label"].to_lowercase(), trimmed(&found["rest"]).to_owned()),
        None => (String::new(), trimmed(line).to_owned()),
    }
}

/// Returns the name beneath a conformed signature, or else the signature's. Without one it is the
/// name on the line `By:`, or a name with a title beneath it.
fn name_beneath(lines: &[(String, String)], conformed: Option<&str>) -> Option<String> {
    if conformed.is_none() {
        return printed_name(lines);
    }
    let mut plain = lines
        .iter()
        .filter(|(label, rest)| (label.is_empty() || label == "by") && is_value(rest))
        .map(|(_, rest)| one_line(rest))
        .take(6)
        .skip(1);
    let beneath = plain.find(|line| !is_title(line) || line.contains(','));
    beneath.filter(|line| alike(line, conformed)).or_else(|| conformed.map(str::to_owned))
}

/// Returns the name of a signature that is not conformed.
fn printed_name(lines: &[(String, String)]) -> Option<String> {
    let words = lines.iter().filter(|(_, rest)| rest.chars().any(char::is_alphanumeric));
    let by = lines.iter().find(|(label, rest)| label == "by" && is_name(rest));
    let by = by.map(|(_, rest)| one_line(rest));
    let is_plain = |label: &str, rest: &str| label.is_empty() && is_name(rest);
    let name = words.clone().find(|(label, rest)| match &by {
        // The printed name may be longer than that on the line.
        Some(by) => is_plain(label, rest) && alike(rest, Some(by)),
        None => is_plain(label, rest),
    });
    let has_title = |name: &str| {
        let beneath = words.clone().skip_while(|(_, rest)| rest != name).nth(1);
        is_title(name) || beneath.is_some_and(|(label, rest)| label != "by" && is_title(rest))
    };
    let name = name.map(|(_, rest)| rest.clone());
    match by {
        Some(by) => Some(name.map_or(by, |name| one_line(&name))),
        None => name.filter(|name| has_title(name)).map(|name| one_line(&name)),
    }
}

/// Whether a line has the form of a person's name, with a title after a comma or without.
fn is_name(line: &str) -> bool {
    let line = one_line(line);
    let name = split(&line).map_or(line, |(name, _)| name);
    let matches = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|p| p.is_match(&name));
    is_value(&name) && matches(&NAME) && !matches(&NO_PERSON) && !is_title(&name)
}

/// Whether a line can be a name or a title. Brackets are where one is to be written.
fn is_value(line: &str) -> bool {
    line.chars().any(char::is_alphabetic)
        && !line.contains(['[', ']', '{', '}', '<', '>'])
        && first_day(line).is_none()
        && !PRINTED.as_ref().is_some_and(|printed| printed.is_match(line))
}

fn is_title(line: &str) -> bool {
    TITLE.as_ref().is_some_and(|title| title.is_match(line))
}

/// Returns the title beneath a name: the lines after it up to the end of a paragraph that has a title's
/// word.
fn title_beneath(text: &str, name: &str) -> Option<String> {
    let mut lines = text.split('\n').map(|line| one_line(trimmed(line)));
    // The name may be part of the line, after a label or before a comma.
    lines.find(|line| line.ends_with(name) || line.starts_with(name))?;
    let mut title: Vec<String> = Vec::new();
    let mut ended = false;
    for line in lines {
        // The name may be on the line `By:` as well as beneath it.
        if title.is_empty() && alike(&line, Some(name)) && !is_title(&line) {
            continue;
        }
        ended |= line.is_empty() && title.iter().any(|line| is_title(line));
        // A title may go on in a paragraph of its own, as in `and Treasurer`.
        let goes_on = is_title(&line) && line.len() < 70 || line.starts_with('(');
        if ended && !line.is_empty() && !goes_on {
            break;
        }
        if first_day(&line).is_some() || LABEL.as_ref().is_some_and(|l| l.is_match(&line)) {
            break;
        }
        if is_value(&line) {
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
