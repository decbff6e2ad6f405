//! Reads the text after the signature, around the printed text beneath it: letters, attachments and other
//! text.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::reader::Reader;
use super::signature;
use super::value::cleaned;
use crate::import::letters;
use crate::import::notice::{Block, Notice};
use crate::import::richtext;
use crate::pipeline::render::Templates;

/// The printed words of the form's editions, three by three.
static PRINTED: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let files = Templates::built_in_files().into_iter();
    let editions = files.filter(|(name, _)| name.starts_with("wording/"));
    editions.flat_map(|(_, text)| threes(&text)).collect()
});

/// Reads the text after the signature, whose range is given.
pub(super) fn read(reader: &Reader<'_>, range: Range<usize>, notice: &mut Notice) {
    let end = range.start + signature::end(&reader.text[range.clone()], notice);
    keep(reader, end..range.end, notice);
    let all = range.end..reader.text.len();
    let printed = ["instruction", "evidence", "attention", "general", "data-submissions"];
    let ends = printed.iter().filter_map(|place| reader.words.find_all(place, all.clone()).pop());
    let Some(printed) = ends.map(|range| range.end).max() else {
        return keep(reader, all, notice);
    };
    let from = reader.text[printed..].find('\n').map_or(reader.text.len(), |at| printed + at);
    let (mut start, mut end) = (range.end, range.end);
    for paragraph in reader.text[range.end..from].split_inclusive("\n\n") {
        if is_printed(paragraph) {
            keep(reader, start..end, notice);
            start = end + paragraph.len();
        }
        end += paragraph.len();
    }
    keep(reader, start..end, notice);
    keep(reader, from..reader.text.len(), notice);
}

/// Keeps the text of a range as a letter, as attachments, or as text that belongs to no key.
fn keep(reader: &Reader<'_>, range: Range<usize>, notice: &mut Notice) {
    let from = range.start;
    let rest = cleaned(&reader.prose(range));
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

/// Whether half of the words of a paragraph, or all of a heading, are those of the form.
fn is_printed(paragraph: &str) -> bool {
    let threes = threes(paragraph);
    let printed = threes.iter().filter(|three| PRINTED.contains(*three)).count();
    is_heading(paragraph) || (!threes.is_empty() && 2 * printed >= threes.len())
}

/// Whether a line is a heading of the form, or the number of a page.
fn is_heading(line: &str) -> bool {
    const WORDS: [&str; 8] =
        ["general", "instruction", "instructions", "attention", "official", "text", "page", "form"];
    let line = line.to_lowercase();
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| WORDS.contains(&word))
}

/// Returns each word of a text with the two after it.
fn threes(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(3).map(|three| three.join(" ")).collect()
}
