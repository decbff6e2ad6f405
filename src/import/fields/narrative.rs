//! Reads Part III: the narrative.

use super::reader::Reader;
use super::value::{cleaned, floor, not_read};
use crate::import::notice::Notice;
use crate::import::richtext;

pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    let Some(below) = &reader.parts.below else { return };
    let near = floor(&reader.text, (below.end + 900).min(reader.text.len()));
    let prompt = reader.words.find("prescribed", below.end..near);
    // Of a prompt that is cut off, nothing is left to read.
    if prompt.is_none() && reader.words.find("state-below", below.clone()).is_some() {
        return;
    }
    let mut from = prompt.map_or(below.end, |prompt| prompt.end);
    let sheets = reader
        .words
        .find("extra-sheets", from..floor(&reader.text, (from + 80).min(reader.text.len())));
    if let Some(sheets) = sheets {
        from = sheets.end;
    }
    let end = reader.parts.contact.as_ref().map_or(reader.parts.end, |contact| {
        reader.words.heading_before(contact.start, "iv").max(from)
    });
    let end = if end == reader.parts.contact.as_ref().map_or(0, |c| c.start) {
        reader.before_number(end, '1')
    } else {
        end
    };
    let text = cleaned(&reader.prose(from..end.max(from)));
    notice.narrative = richtext::blocks(text.trim_start_matches([' ', '.', ')', ']', ':', ',']));
    if notice.narrative.is_empty() {
        notice.unread.insert("narrative", not_read("it is empty", Some(reader.at(below.start))));
    }
}
