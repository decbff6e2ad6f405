//! Reads Part I: the names and the address of the registrant.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::reader::Reader;
use super::value::{is_nothing, values};
use crate::import::notice::Notice;

static CITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<city>[^,]+),\s*(?P<state>[A-Za-z][A-Za-z. ]{1,20}?),?\s+(?P<zip>\d{5}(?:-\d{4})?)$",
    )
    .ok()
});

pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    let Some(part) = &reader.parts.registrant else { return };
    // What else is on the line of the heading is part of it.
    let rest = reader.text[part.end..].find('\n').filter(|length| *length < 60);
    let part = part.start..part.end + rest.unwrap_or(0);
    let end = reader.parts.relief.as_ref().map_or(reader.text.len(), |relief| {
        reader.words.heading_before(relief.start, "ii").max(part.end)
    });
    let mut captions: Vec<(&'static str, Range<usize>)> = Vec::new();
    for name in ["name", "former", "street", "city"] {
        let from = captions.last().map_or(part.end, |(_, last)| last.end);
        let found = reader.words.find(name, from..end);
        captions.extend(found.map(|range| (name, range)));
    }
    let Some((_, first)) = captions.first() else { return };
    // Values are above their captions, or after them.
    let above = !values(&reader.text[part.end..first.start]).is_empty();
    for (n, (name, range)) in captions.iter().enumerate() {
        let value = if above {
            let from = if n == 0 { part.end } else { captions[n - 1].1.end };
            values(&reader.text[from..range.start])
        } else {
            let to = captions.get(n + 1).map_or(end, |(_, next)| next.start);
            values(&reader.text[range.end..to])
        };
        registrant_value(name, value, notice);
    }
}

fn registrant_value(name: &str, mut lines: Vec<String>, notice: &mut Notice) {
    let whole = lines.join(" ");
    if lines.is_empty() || whole.len() > 300 {
        return;
    }
    match name {
        "name" => notice.name = Some(whole),
        "former" => notice.former_name = Some(whole).filter(|name| !is_nothing(name)),
        "street" => notice.street = lines,
        _ => {
            // Further lines are not of the address.
            if lines.len() > 1 && lines[0].chars().any(|c| c.is_ascii_digit()) {
                lines.truncate(1);
            }
            city(&lines.join(" "), notice);
        }
    }
}

fn city(line: &str, notice: &mut Notice) {
    let line = line.trim_end_matches(['.', ',']).trim();
    match CITY.as_ref().and_then(|pattern| pattern.captures(line)) {
        Some(parts) => {
            notice.city = Some(parts["city"].trim().to_owned());
            notice.state = Some(parts["state"].trim().to_owned());
            notice.zip = Some(parts["zip"].to_owned());
        }
        None => notice.city = Some(line.to_owned()),
    }
}
