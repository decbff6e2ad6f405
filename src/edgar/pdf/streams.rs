//! Unpacks PDF streams (ISO 32000-1, 7.4), up to a bound. Filters of images, and those that
//! no maker of text documents uses, are unknown.

use std::borrow::Cow;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_PARSE_ZLIB_HEADER,
    TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::object::{Dictionary, Object, hexadecimal};

/// The maximum number of filters of one stream.
const FILTERS: usize = 4;

/// The result of unpacking a stream.
pub(super) enum Unpacked {
    Bytes(Vec<u8>),
    /// The filter is unknown, or cannot read the bytes.
    Unknown,
    /// The bytes exceed the bound.
    TooMuch,
}

/// Unpacks streams.
// One set of inflate's tables, 10 kB, serves all streams.
#[derive(Default)]
pub(super) struct Unpacker(Box<DecompressorOxide>);

impl Unpacker {
    /// Unpacks a stream, and subtracts its size before, between and after the filters from `left`.
    // All sizes count, not only the last: a file can have one stream unpacked again and again, and
    // its last filter may return no bytes.
    pub(super) fn unpack(
        &mut self,
        dictionary: &Dictionary,
        raw: &[u8],
        left: &mut usize,
    ) -> Unpacked {
        let filters =
            dictionary.get("Filter").or_else(|| dictionary.get("F")).map_or(&[][..], Object::items);
        let Some(rest) = left.checked_sub(raw.len()) else { return Unpacked::TooMuch };
        *left = rest;
        if filters.len() > FILTERS || predicted(dictionary) {
            return Unpacked::Unknown;
        }
        let mut bytes = Cow::Borrowed(raw);
        for filter in filters {
            let Object::Name(filter) = filter else { return Unpacked::Unknown };
            let unpacked = match filter.as_str() {
                "FlateDecode" | "Fl" => self.flate(&bytes, *left),
                "ASCIIHexDecode" | "AHx" => {
                    let end = bytes.iter().position(|byte| *byte == b'>').unwrap_or(bytes.len());
                    Unpacked::Bytes(hexadecimal(&bytes[..end], bytes.len()))
                }
                "ASCII85Decode" | "A85" => ascii85(&bytes),
                _ => Unpacked::Unknown,
            };
            let Unpacked::Bytes(unpacked) = unpacked else { return unpacked };
            let Some(rest) = left.checked_sub(unpacked.len()) else { return Unpacked::TooMuch };
            (*left, bytes) = (rest, Cow::Owned(unpacked));
        }
        Unpacked::Bytes(bytes.into_owned())
    }

    /// Inflates bytes, up to `most` of them. Of a stream that is cut off it returns the beginning.
    fn flate(&mut self, bytes: &[u8], most: usize) -> Unpacked {
        // Pages unpack to about five times their size, so one allocation is mostly enough.
        const GROWTH: usize = 6;
        const MINIMUM: usize = 1024;
        self.0.init();
        let flags = TINFL_FLAG_PARSE_ZLIB_HEADER
            | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
            | TINFL_FLAG_HAS_MORE_INPUT; // else a stream that is cut off is malformed
        // One byte more than the bound, so that a stream of exactly its size differs from a longer.
        let size = |length: usize| length.clamp(MINIMUM, most.max(MINIMUM) + 1);
        let mut out = vec![0; size(bytes.len().saturating_mul(GROWTH))];
        let (mut rest, mut length) = (bytes, 0);
        loop {
            let (status, read, written) = decompress(&mut self.0, rest, &mut out, length, flags);
            (rest, length) = (&rest[read..], length + written);
            if length > most {
                return Unpacked::TooMuch;
            }
            match status {
                TINFLStatus::HasMoreOutput => out.resize(size(2 * out.len()), 0),
                TINFLStatus::Done => break,
                _ if length == 0 => return Unpacked::Unknown,
                _ => break, // readers show the beginning of a broken stream
            }
        }
        out.truncate(length);
        Unpacked::Bytes(out)
    }
}

/// Whether the bytes are differences between neighbours, as in images and cross-reference streams.
fn predicted(dictionary: &Dictionary) -> bool {
    let parameters = dictionary.get("DecodeParms").map_or(&[][..], Object::items);
    parameters
        .iter()
        .filter_map(Object::dictionary)
        .any(|p| p.integer("Predictor").is_some_and(|p| p > 1))
}

/// Decodes base 85 (ISO 32000-1, 7.4.3).
fn ascii85(bytes: &[u8]) -> Unpacked {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut group, mut count) = (0_u32, 0);
    for byte in bytes.iter().copied().take_while(|byte| *byte != b'~') {
        match byte {
            // An abbreviation for four zero bytes.
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            _ if byte.is_ascii_whitespace() || byte == 0 => {}
            _ => return Unpacked::Unknown,
        }
    }
    // A last group of n characters means n - 1 bytes; one character alone means nothing.
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..count - 1]);
    }
    Unpacked::Bytes(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(filter: &str, raw: &[u8], most: usize) -> Option<Vec<u8>> {
        let dictionary = Dictionary::of(vec![("Filter".into(), Object::Name(filter.into()))]);
        match Unpacker::default().unpack(&dictionary, raw, &mut (raw.len() + most)) {
            Unpacked::Bytes(bytes) => Some(bytes),
            Unpacked::Unknown => None,
            Unpacked::TooMuch => Some(b"too much".to_vec()),
        }
    }

    #[test]
    fn streams_are_unpacked_up_to_the_bound() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&[b'a'; 5000], 6);
        assert_eq!(of("FlateDecode", &packed, 5000), Some(vec![b'a'; 5000]));
        assert_eq!(of("FlateDecode", &packed, 4999), Some(b"too much".to_vec()));
        assert_eq!(of("ASCIIHexDecode", b"61 62 6>c", 9), Some(b"ab`".to_vec()));
        assert_eq!(of("ASCII85Decode", b"9jqo^BlbD-~>", 99), Some(b"Man is d".to_vec()));
        assert_eq!(of("LZWDecode", b"x", 9), None);
        assert_eq!(of("FlateDecode", b"not packed", 9), None);
    }
}
