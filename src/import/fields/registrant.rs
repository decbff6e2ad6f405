//! Reads Part I: the names and the address of the registrant.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::reader::Reader;
use super::value::{is_nothing, values};
use crate::import::notice::{Notice, Registrant};

static CITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<city>[^,]+),\s*(?P<state>[A-Za-z][A-Za-z. ]{1,20}?),?\s+(?P<zip>\d{5}(?:-\d{4})?)$",
    )
    .ok()
});

/// The captions of a registrant, in their order.
const CAPTIONS: [&str; 4] = ["name", "former", "street", "city"];

/// Reads the registrants.
pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    let Some(part) = &reader.parts.registrant else { return };
    // What else is on the line of the heading is part of it.
    let rest = reader.text[part.end..].find('\n').filter(|length| *length < 60);
    let start = part.end + rest.unwrap_or(0);
    let end = reader.parts.relief.as_ref().map_or(reader.text.len(), |relief| {
        reader.words.heading_before(relief.start, "ii").max(start)
    });
    let captions = captions(reader, start..end);
    let Some((_, first)) = captions.first() else { return };
    // Values are above their captions, or after them.
    let above = !values(&reader.text[start..first.start]).is_empty();
    let mut all: Vec<Registrant> = Vec::new();
    for (n, (name, range)) in captions.iter().enumerate() {
        if *name == CAPTIONS[0] || all.is_empty() {
            all.push(Registrant::default());
        }
        let value = if above {
            let from = if n == 0 { start } else { captions[n - 1].1.end };
            values(&reader.text[from..range.start])
        } else {
            let to = captions.get(n + 1).map_or(end, |(_, next)| next.start);
            values(&reader.text[range.end..to])
        };
        all.last_mut().into_iter().for_each(|registrant| set(name, value.clone(), registrant));
    }
    let numbers = std::mem::take(&mut notice.registrant);
    let mut all = all.into_iter();
    notice.registrant = all.next().unwrap_or_default();
    (notice.registrant.file_number, notice.registrant.cusip) = (numbers.file_number, numbers.cusip);
    notice.co_registrants = all.collect();
}

/// Returns the captions of the registrants, each with its name.
fn captions(reader: &Reader<'_>, within: Range<usize>) -> Vec<(&'static str, Range<usize>)> {
    let names = reader.words.find_all(CAPTIONS[0], within.clone());
    let starts = names.iter().skip(1).map(|range| range.start);
    let ends: Vec<usize> = starts.chain([within.end]).collect();
    let mut all = Vec::new();
    let mut from = within.start;
    for end in ends {
        let mut found = Vec::new();
        for name in CAPTIONS {
            let range = reader.words.find(name, from..end);
            from = range.as_ref().map_or(from, |range| range.end);
            found.extend(range.map(|range| (name, range)));
        }
        // A name alone is no further registrant.
        if all.is_empty() || found.len() > 1 {
            all.append(&mut found);
        }
    }
    all
}

/// Sets the value of a caption.
fn set(name: &str, mut lines: Vec<String>, registrant: &mut Registrant) {
    let whole = lines.join(" ");
    if lines.is_empty() || whole.len() > 300 {
        return;
    }
    match name {
        "name" => registrant.name = Some(whole),
        "former" => registrant.former_name = Some(whole).filter(|name| !is_nothing(name)),
        "street" => registrant.street = lines,
        _ => {
            // Further lines are not of the address.
            if lines.len() > 1 && lines[0].chars().any(|c| c.is_ascii_digit()) {
                lines.truncate(1);
            }
            city(&lines.join(" "), registrant);
        }
    }
}

fn city(line: &str, registrant: &mut Registrant) {
    let line = line.trim_end_matches(['.', ',']).trim();
    match CITY.as_ref().and_then(|pattern| pattern.captures(line)) {
        Some(parts) => {
            registrant.city = Some(parts["city"].trim().to_owned());
            registrant.state = Some(parts["state"].trim().to_owned());
            registrant.zip = Some(parts["zip"].to_owned());
        }
        None => registrant.city = Some(line.to_owned()),
    }
}
