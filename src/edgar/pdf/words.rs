//! Extracts the words of a PDF, by its fonts' tables to Unicode (ISO 32000-1, 9.4 and 9.10).
//!
//! It reads the PDF that typst writes: fonts with codes of two bytes, and spaces as signs. In
//! other PDF the words may differ, but none are missing.

use std::collections::BTreeMap;

use super::super::words::{Pages, Word, spelled, split};
use super::content::{Piece, pieces};
use super::file::File;
use super::object::Fault;
use super::pages::{self, Pages as Sheets};
use super::signs::Signs;

/// The maximum number of rows in the tables of all fonts together: every code of eight fonts.
const ROWS: usize = 1 << 19;
/// The maximum length of the text, in bytes; a notice has some 20,000.
const TEXT: usize = 4 << 20;

/// Returns the words of a file, or `None` if they exceed a bound.
pub fn words(bytes: &[u8]) -> Option<Pages> {
    let mut file = File::read(bytes);
    let sheets = pages::pages(&file).ok()?;
    of_pages(&mut file, &sheets)
}

/// Returns the words of a file's pages, or `None` if they exceed a bound.
pub(super) fn of_pages(file: &mut File<'_>, sheets: &Sheets) -> Option<Pages> {
    // The check for text may have unpacked the same streams before.
    file.refill();
    read(file, sheets).ok()
}

/// Reads the words of all pages.
fn read(file: &mut File<'_>, sheets: &Sheets) -> Result<Pages, Fault> {
    let (mut rows, mut left) = (ROWS, TEXT);
    let mut known: BTreeMap<u32, Signs> = BTreeMap::new();
    let mut found = Pages::default();
    let (mut words, mut artifacts) = (Text::default(), Text::default());
    for (content, fonts) in sheets.contents.iter().zip(&sheets.fonts) {
        for (_, font) in fonts {
            if !known.contains_key(font) {
                let signs = signs(file, *font, &mut rows)?;
                known.insert(*font, signs);
            }
        }
        let Some(bytes) = file.unpack(*content)? else { continue };
        // The names of fonts are those of the page: `/F1` may be another font on the next.
        let font = |name: &[u8]| {
            let index = fonts.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()?;
            known.get(&fonts[index].1)
        };
        pieces(&bytes, &mut left, font, |piece: Piece<'_>| {
            let to = if piece.artifact {
                (&mut artifacts, &mut found.artifacts)
            } else {
                (&mut words, &mut found.words)
            };
            to.0.add(piece.text, to.1);
        })?;
    }
    Ok(found)
}

/// Reads the table to Unicode of a font.
fn signs(file: &mut File<'_>, font: u32, rows: &mut usize) -> Result<Signs, Fault> {
    let font = file.find(font).and_then(|index| file.entries[index].object.dictionary());
    let table = match font.and_then(|font| font.get("ToUnicode")) {
        Some(super::object::Object::Reference(number)) => file.find(*number),
        _ => None,
    };
    let Some(table) = table else { return Ok(Signs::default()) };
    Ok(file.unpack(table)?.map_or_else(Signs::default, |table| Signs::parse(&table, rows)))
}

/// Joins pieces of lines: a word may be in two of them.
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
