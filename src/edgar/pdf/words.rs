//! The words of a PDF, from what its pages show and what its fonts say that the signs mean. It
//! reads what typst writes (ISO 32000-1, 9.4 and 9.10): fonts with codes of two bytes and a table
//! to Unicode, spaces as signs of their own. Anything else comes out as other words, never as
//! fewer.

use std::collections::BTreeMap;

use super::super::words::{Pages, Word, spelled, split};
use super::content::{Piece, pieces};
use super::file::File;
use super::object::Fault;
use super::pages::{self, Pages as Sheets};
use super::signs::Signs;

/// How many rows the tables of all fonts are read to: every code of some of them.
const ROWS: usize = 1 << 19;
/// How much text is read, in bytes; a notice has some 20,000.
const TEXT: usize = 4 << 20;

/// The words of a file; none if it asks for more work than a document is worth.
pub fn words(bytes: &[u8]) -> Option<Pages> {
    let mut file = File::read(bytes);
    let sheets = pages::pages(&file).ok()?;
    of_pages(&mut file, &sheets)
}

/// The words of a file's pages; none if they ask for more work than a document is worth.
pub(super) fn of_pages(file: &mut File<'_>, sheets: &Sheets) -> Option<Pages> {
    file.refill();
    read(file, sheets).ok()
}

fn read(file: &mut File<'_>, sheets: &Sheets) -> Result<Pages, Fault> {
    let (mut rows, mut left) = (ROWS, TEXT);
    let mut known: BTreeMap<u32, Signs> = BTreeMap::new();
    let mut said = Pages::default();
    let (mut words, mut artifacts) = (Text::default(), Text::default());
    for (content, fonts) in sheets.contents.iter().zip(&sheets.fonts) {
        for (_, font) in fonts {
            if !known.contains_key(font) {
                let signs = signs(file, *font, &mut rows)?;
                known.insert(*font, signs);
            }
        }
        let Some(bytes) = file.unpack(*content)? else { continue };
        let font = |name: &[u8]| {
            let found = fonts.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok();
            found.and_then(|found| known.get(&fonts[found].1))
        };
        pieces(&bytes, &mut left, font, |piece: Piece<'_>| {
            let to = if piece.artifact {
                (&mut artifacts, &mut said.artifacts)
            } else {
                (&mut words, &mut said.words)
            };
            to.0.add(piece.text, to.1);
        })?;
    }
    Ok(said)
}

fn signs(file: &mut File<'_>, font: u32, rows: &mut usize) -> Result<Signs, Fault> {
    let font = file.find(font).and_then(|index| file.entries[index].object.dictionary());
    let table = match font.and_then(|font| font.get("ToUnicode")) {
        Some(super::object::Object::Reference(number)) => file.find(*number),
        _ => None,
    };
    let Some(table) = table else { return Ok(Signs::default()) };
    Ok(file.unpack(table)?.map_or_else(Signs::default, |table| Signs::parse(&table, rows)))
}

/// Pieces of lines, one behind the other.
#[derive(Default)]
struct Text {
    /// Whether the last piece ended with a space.
    spaced: bool,
}

impl Text {
    fn add(&mut self, piece: &str, words: &mut Vec<Word>) {
        let text = spelled(piece);
        let joins = !self.spaced && !text.starts_with(char::is_whitespace);
        split(&text, joins, words);
        self.spaced = text.ends_with(char::is_whitespace);
    }
}
