//! The words of a PDF, from what its pages show and what its fonts say that the signs mean. It
//! reads what typst writes (ISO 32000-1, 9.4 and 9.10): fonts with codes of two bytes and a table
//! to Unicode, spaces as signs of their own. Anything else comes out as other words, never as
//! fewer.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::words::{Pages, Word, spelled, split};
use super::content::{Piece, pieces};
use super::file::File;
use super::object::Fault;
use super::pages::{self, Pages as Sheets};

/// How many rows the tables of all fonts are read to: every code of some of them.
const ROWS: usize = 1 << 19;
/// How much text a sign can be, in units of UTF-16; those of Arabic phrases are twenty.
const SIGN: usize = 32;
/// How much text is read, in bytes; a notice has some 20,000.
const TEXT: usize = 4 << 20;

/// The characters that the codes of a font stand for.
#[derive(Default)]
pub(super) struct Signs {
    /// The codes in their order, those that come again behind one another, with the place of the
    /// characters in the text.
    codes: Vec<(u16, Range<usize>)>,
    /// Whether each of the codes is the one before and one, as typst numbers them.
    counted: bool,
    text: String,
}

impl Signs {
    /// Of some codes and their characters.
    #[cfg(test)]
    pub(super) fn of(rows: &[(u16, &str)]) -> Signs {
        let mut signs = Signs::default();
        rows.iter().for_each(|(code, text)| signs.add(*code, text.encode_utf16()));
        signs
    }

    /// Adds a code behind all others.
    fn add(&mut self, code: u16, units: impl Iterator<Item = u16>) {
        let start = self.text.len();
        self.text
            .extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        self.codes.push((code, start..self.text.len()));
    }

    /// The characters of a code, the last that were given for it.
    fn sign(&self, code: u16) -> Option<&str> {
        // Where each code stands once, and none is left out, they count the rows.
        let first = self.codes.first()?.0;
        let row = self.codes.get(usize::from(code.checked_sub(first)?)).filter(|_| self.counted);
        let row = row.or_else(|| {
            self.codes[..self.codes.partition_point(|(known, _)| *known <= code)].last()
        });
        let (_, place) = row.filter(|(known, _)| *known == code)?;
        Some(&self.text[place.clone()])
    }

    /// Adds what two-byte codes show to a text; a code that the font says nothing of is U+FFFD.
    pub(super) fn read(&self, codes: &[u8], text: &mut String) {
        for code in codes.chunks(2) {
            let code = u16::from_be_bytes([code[0], code.get(1).copied().unwrap_or_default()]);
            match self.sign(code) {
                Some(sign) if !sign.is_empty() => text.push_str(sign),
                _ => text.push(char::REPLACEMENT_CHARACTER),
            }
        }
    }

    /// Reads a table to Unicode: `<code> <text>` and `<first> <last> <text>`; no more rows than are
    /// left.
    fn parse(table: &[u8], left: &mut usize) -> Signs {
        let table = String::from_utf8_lossy(table);
        let mut signs = Signs::default();
        for (begin, end, size) in
            [("beginbfchar", "endbfchar", 2), ("beginbfrange", "endbfrange", 3)]
        {
            for section in table.split(begin).skip(1) {
                let section = section.split(end).next().unwrap_or_default();
                let fields: Vec<&str> = section
                    .split('<')
                    .skip(1)
                    .filter_map(|field| field.split('>').next())
                    .collect();
                for row in fields.chunks_exact(size) {
                    signs.row(row, left);
                }
            }
        }
        signs.codes.sort_by_key(|(code, _)| *code);
        signs.counted =
            signs.codes.windows(2).all(|pair| pair[0].0.checked_add(1) == Some(pair[1].0));
        signs
    }

    fn row(&mut self, row: &[&str], left: &mut usize) {
        let code = |field: &str| u16::from_str_radix(field, 16).ok();
        let units: Vec<u16> = (row[row.len() - 1].as_bytes().chunks(4).take(SIGN))
            .filter_map(|digits| u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok())
            .collect();
        let (Some(first), Some(last), Some((end, start))) =
            (code(row[0]), code(row[row.len() - 2]), units.split_last())
        else {
            return;
        };
        for (n, code) in (0..=u16::MAX).zip(first..=last).take(*left) {
            *left -= 1;
            self.add(code, start.iter().copied().chain([end.wrapping_add(n)]));
        }
    }
}

/// The words of a file; none if it asks for more work than a document is worth.
pub(in super::super) fn words(bytes: &[u8]) -> Option<Pages> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_to_unicode_is_read() {
        let signs = Signs::parse(
            b"2 beginbfchar\n<0001> <0041>\n<0002> <00660069>\nendbfchar\n1 beginbfrange\n<0003> <0004> <0061>\nendbfrange",
            &mut 4,
        );
        let mut text = String::new();
        signs.read(&[0, 1, 0, 2, 0, 4, 0, 9], &mut text);
        assert_eq!(text, "Afib\u{FFFD}");
    }
}
