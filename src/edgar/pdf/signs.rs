//! Maps the codes of a font to characters, by its table to Unicode (ISO 32000-1, 9.10.3).

use std::ops::Range;

/// The maximum length of the text of one code, in units of UTF-16.
// Ligatures of whole Arabic phrases have twenty.
const SIGN: usize = 32;

/// The characters of a font's codes.
#[derive(Default)]
pub(super) struct Signs {
    /// The codes, sorted, with the ranges of their characters in `text`; a code may occur twice.
    codes: Vec<(u16, Range<usize>)>,
    /// Whether each code is one more than the code before, as typst numbers them.
    consecutive: bool,
    // One string for all codes: most have one character, and an allocation each would cost more.
    text: String,
}

impl Signs {
    /// A table of codes and their characters.
    #[cfg(test)]
    pub(super) fn of(rows: &[(u16, &str)]) -> Signs {
        let mut signs = Signs::default();
        rows.iter().for_each(|(code, text)| signs.add(*code, text.encode_utf16()));
        signs
    }

    /// Appends a code and its characters.
    fn add(&mut self, code: u16, units: impl Iterator<Item = u16>) {
        let start = self.text.len();
        self.text
            .extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        self.codes.push((code, start..self.text.len()));
    }

    /// Returns the characters of a code, or `None` if the table lacks it.
    // The last row of a code counts, as in most readers.
    fn sign(&self, code: u16) -> Option<&str> {
        // Fast path: consecutive codes are indexes of their rows.
        let first = self.codes.first()?.0;
        let row =
            self.codes.get(usize::from(code.checked_sub(first)?)).filter(|_| self.consecutive);
        let row = row.or_else(|| {
            self.codes[..self.codes.partition_point(|(known, _)| *known <= code)].last()
        });
        let (_, place) = row.filter(|(known, _)| *known == code)?;
        Some(&self.text[place.clone()])
    }

    /// Appends the characters of two-byte codes to a text; an unknown code becomes U+FFFD.
    pub(super) fn read(&self, codes: &[u8], text: &mut String) {
        for code in codes.chunks(2) {
            let code = u16::from_be_bytes([code[0], code.get(1).copied().unwrap_or_default()]);
            match self.sign(code) {
                Some(sign) if !sign.is_empty() => text.push_str(sign),
                _ => text.push(char::REPLACEMENT_CHARACTER),
            }
        }
    }

    /// Reads a table to Unicode, of at most `left` rows: `<code> <text>` or
    /// `<first> <last> <text>`.
    pub(super) fn parse(table: &[u8], left: &mut usize) -> Signs {
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
        // Stable, so that the last row of a code stays the last.
        signs.codes.sort_by_key(|(code, _)| *code);
        signs.consecutive =
            signs.codes.windows(2).all(|pair| pair[0].0.checked_add(1) == Some(pair[1].0));
        signs
    }

    /// Adds the codes of one row; the last unit of their text counts up with the code.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_to_unicode_is_read() {
        let signs = Signs::parse(
            b"2 beginbfchar\n<0001> <0041>\n<0002> <00660069>\nendbfchar\n\
              1 beginbfrange\n<0003> <0004> <0061>\nendbfrange",
            &mut 4,
        );
        let mut text = String::new();
        signs.read(&[0, 1, 0, 2, 0, 4, 0, 9], &mut text);
        assert_eq!(text, "Afib\u{FFFD}");
    }
}
