//! Reads what follows the printed text beneath the signature: letters, attachments and other text.

use super::reader::Reader;
use super::value::cleaned;
use crate::import::letters;
use crate::import::notice::{Block, Notice};
use crate::import::richtext;

/// Reads what follows the printed text beneath the signature.
pub(super) fn read(reader: &Reader<'_>, notice: &mut Notice) {
    let all = reader.parts.end..reader.text.len();
    let printed = ["instruction", "evidence", "attention", "general", "data-submissions"];
    let ends = printed.iter().filter_map(|place| reader.words.find_all(place, all.clone()).pop());
    let Some(printed) = ends.map(|range| range.end).max() else { return };
    let from = reader.text[printed..].find('\n').map_or(reader.text.len(), |at| printed + at);
    let rest = cleaned(&reader.prose(from..reader.text.len()));
    if let Some(letter) = letters::read(&rest) {
        return notice.letters.push(letter);
    }
    let mut blocks = richtext::blocks(&rest);
    notice.attachments.extend(richtext::attachments(&mut blocks, true));
    let rest = blocks.iter().map(Block::words).collect::<Vec<_>>().join("\n\n");
    if rest.chars().filter(|c| c.is_alphabetic()).count() > 3 {
        notice.leftover.push((reader.at(from.min(reader.text.len())), rest));
    }
}
