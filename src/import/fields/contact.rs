//! Reads Part IV (1): the person to contact.

use std::sync::LazyLock;

use regex::Regex;

use super::reader::Reader;
use crate::import::notice::Notice;
use crate::import::plain::{one_line, trimmed};

static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:\+|\b011)[\s(]*\d[\d\s().-]{7,20}\d|\(?\b\d{3}\)?[\s./-]{0,4}\d{3}[\s.-]{0,3}\d{4}\b",
    )
    .ok()
});

static CAPTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\(?\s*(?:area\s+code|telephone\s+number|name)\s*\)?(?:\s+and\s+telephone\s+number)?[:\s]*").ok()
});

pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    let Some(prompt) = &reader.parts.contact else { return };
    let end = reader.parts.all_filed.as_ref().map_or(reader.parts.end, |range| range.start);
    let text = &reader.text[prompt.end..reader.before_number(end, '2').max(prompt.end)];
    let text = text.trim_start_matches([' ', '.', ':', '\n']);
    let text = text.strip_prefix("to this notification").unwrap_or(text);
    let text = CAPTION.as_ref().map_or(text.into(), |pattern| pattern.replace_all(text, "\n"));
    let phone = PHONE.as_ref().and_then(|pattern| pattern.find(&text));
    let (before, after) = match &phone {
        Some(phone) => (&text[..phone.start()], &text[phone.end()..]),
        None => (&*text, ""),
    };
    let named = |text: &str| {
        let mut lines = text
            .split(['\n', '\t'])
            .map(trimmed)
            .filter(|line| line.chars().any(char::is_alphabetic));
        lines.next().map(|line| line.trim_end_matches([',', '-', ':']).trim().to_owned())
    };
    notice.contact_name = named(before).or_else(|| named(after)).filter(|name| name.len() < 120);
    notice.contact_phone = phone.map(|phone| one_line(phone.as_str()));
}
