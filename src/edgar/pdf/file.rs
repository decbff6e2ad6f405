//! Reads the objects of a PDF file, from its first byte to its last, with a bound on the bytes that
//! all streams together unpack to.
//!
//! The cross-reference table is not followed: a file may have several, wrong ones among them, and a
//! linter must see every object that any reader might find.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr2;

use super::object::{Budget, Dictionary, Fault, Lexer, Object};
use super::streams::{Unpacked, Unpacker};

/// The maximum size of all unpacked streams of a file together, in bytes.
pub(super) const UNPACKED: usize = 64 * 1024 * 1024;
/// The maximum length of the white space and comments between a dictionary and its stream, in
/// bytes.
// Without it, many dictionaries before one long comment would each read that comment.
const BETWEEN: usize = 1024;
/// The maximum number of objects in a file.
const OBJECTS: usize = 200_000;

/// An object with its number, and the range of its stream if it has one.
pub(super) struct Entry {
    pub(super) number: u32,
    pub(super) object: Object,
    stream: Option<Range<usize>>,
}

/// A file that has been read.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    /// In the order of the file; a number may occur more than once.
    pub(super) entries: Vec<Entry>,
    /// Trailers, and the dictionaries of cross-reference streams.
    pub(super) trailers: Vec<Dictionary>,
    /// The numbers of the objects that cannot be read.
    pub(super) unreadable: Vec<u32>,
    /// Whether reading stopped at a bound.
    pub(super) too_much: bool,
    /// The index of the last entry of each number.
    latest: HashMap<u32, usize>,
    /// How many bytes more the streams may unpack to.
    left: usize,
    unpacker: Unpacker,
    budget: Budget,
}

impl<'a> File<'a> {
    /// Reads a file. A file that meets a bound keeps the objects before it.
    pub(super) fn read(bytes: &'a [u8]) -> File<'a> {
        let mut file = File {
            bytes,
            entries: Vec::new(),
            trailers: Vec::new(),
            unreadable: Vec::new(),
            too_much: false,
            latest: HashMap::new(),
            left: UNPACKED,
            unpacker: Unpacker::default(),
            budget: Budget::of(bytes.len()),
        };
        if file.scan().and_then(|()| file.packed()).is_err() {
            file.too_much = true;
        }
        file
    }

    /// Reads the object after each `N G obj` and the dictionary after each `trailer`.
    fn scan(&mut self) -> Result<(), Fault> {
        let mut at = 0;
        while let Some((from, head)) = self.next_head(at) {
            let mut lexer = Lexer::new(self.bytes, from, &mut self.budget);
            let read = lexer.object();
            let mut end = lexer.at.max(from);
            match (head, read) {
                (_, Err(Fault::TooMuch)) => return Err(Fault::TooMuch),
                (Some(number), Ok(Some(object))) => {
                    let stream = self.stream(&object, end);
                    end = stream.as_ref().map_or(end, |range| range.end);
                    self.add(number, object, stream)?;
                }
                (Some(number), _) => {
                    self.unreadable.push(number);
                    end = from; // the next object may begin inside a broken one
                }
                (None, Ok(Some(Object::Dictionary(trailer)))) => self.trailers.push(trailer),
                (None, _) => end = from,
            }
            at = end;
            if self.unreadable.len() > OBJECTS {
                return Err(Fault::TooMuch);
            }
        }
        Ok(())
    }

    /// Returns the offset after the next `obj` or `trailer`, with the number of an object.
    fn next_head(&self, mut at: usize) -> Option<(usize, Option<u32>)> {
        loop {
            let rest = self.bytes.get(at..)?;
            // Fast path: `obj` has a `b`, `trailer` an `l`, and both letters are rare.
            let found = at + memchr2(b'b', b'l', rest)?;
            at = found + 1;
            let before = &self.bytes[..found];
            if self.bytes[found..].starts_with(b"bj") && before.ends_with(b"o") {
                if let Some(number) = number_before(&before[..found - 1]) {
                    return Some((found + 2, Some(number)));
                }
            } else if self.bytes[found..].starts_with(b"ler") && before.ends_with(b"trai") {
                return Some((found + 3, None));
            }
        }
    }

    /// Adds an object.
    fn add(
        &mut self,
        number: u32,
        object: Object,
        stream: Option<Range<usize>>,
    ) -> Result<(), Fault> {
        if self.entries.len() >= OBJECTS {
            return Err(Fault::TooMuch);
        }
        // A cross-reference stream does the work of a trailer (ISO 32000-1, 7.5.8).
        if let Some(dictionary) = object.dictionary().filter(|d| d.name("Type") == "XRef") {
            self.trailers.push(dictionary.clone());
        }
        self.latest.insert(number, self.entries.len());
        self.entries.push(Entry { number, object, stream });
        Ok(())
    }

    /// Returns the range of the stream after a dictionary, or `None` if none follows.
    fn stream(&mut self, object: &Object, at: usize) -> Option<Range<usize>> {
        let dictionary = object.dictionary()?;
        let near = &self.bytes[..self.bytes.len().min(at.saturating_add(BETWEEN))];
        let mut budget = Budget::of(BETWEEN);
        let mut lexer = Lexer::new(near, at, &mut budget);
        lexer.skip().ok()?;
        let rest = self.bytes[lexer.at..].strip_prefix(b"stream")?;
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        let start = self.bytes.len() - rest.len();
        let length = dictionary.integer("Length").and_then(|length| usize::try_from(length).ok());
        let ends = |length: &usize| {
            let after = rest.get(*length..).unwrap_or_default();
            let after = after.strip_prefix(b"\r").unwrap_or(after);
            after.strip_prefix(b"\n").unwrap_or(after).starts_with(b"endstream")
        };
        // A wrong `Length` is common, so the end of the stream decides.
        let length = length.filter(ends).or_else(|| find(rest, b"endstream")).unwrap_or(rest.len());
        Some(start..start + length)
    }

    /// Reads the objects inside object streams (ISO 32000-1, 7.5.7).
    fn packed(&mut self) -> Result<(), Fault> {
        let encrypted = self.is_encrypted();
        for index in 0..self.entries.len() {
            let Some(dictionary) =
                self.entries[index].object.dictionary().filter(|d| d.name("Type") == "ObjStm")
            else {
                continue;
            };
            let first = dictionary.integer("First").and_then(|first| usize::try_from(first).ok());
            let number = self.entries[index].number;
            match (self.unpack(index)?, first) {
                (Some(bytes), Some(first)) => self.members(&bytes, first)?,
                _ if encrypted => {} // its bytes mean nothing without the key
                _ => self.unreadable.push(number),
            }
        }
        Ok(())
    }

    /// Reads the members of an unpacked object stream, whose first member is at `first`.
    fn members(&mut self, bytes: &[u8], first: usize) -> Result<(), Fault> {
        self.budget.refill(bytes.len());
        let mut heads = Vec::new();
        let mut lexer = Lexer::new(bytes.get(..first).unwrap_or_default(), 0, &mut self.budget);
        while let Ok(Some(Object::Integer(number))) = lexer.object() {
            let Ok(Some(Object::Integer(offset))) = lexer.object() else { break };
            if let (Ok(number), Ok(offset)) = (u32::try_from(number), usize::try_from(offset)) {
                heads.push((number, offset));
            }
        }
        for (number, offset) in heads {
            let at = first.saturating_add(offset).min(bytes.len());
            match Lexer::new(bytes, at, &mut self.budget).object() {
                Ok(Some(object)) => self.add(number, object, None)?,
                Err(Fault::TooMuch) => return Err(Fault::TooMuch),
                _ => self.unreadable.push(number),
            }
        }
        Ok(())
    }

    /// Returns the unpacked stream of an entry, or `None` if it has no stream or an unknown filter.
    ///
    /// # Errors
    /// The streams of the file unpack to more than the bound.
    pub(super) fn unpack(&mut self, index: usize) -> Result<Option<Vec<u8>>, Fault> {
        let entry = &self.entries[index];
        let (Some(range), Some(dictionary)) = (&entry.stream, entry.object.dictionary()) else {
            return Ok(None);
        };
        match self.unpacker.unpack(dictionary, &self.bytes[range.clone()], &mut self.left) {
            Unpacked::Bytes(bytes) => Ok(Some(bytes)),
            Unpacked::Unknown => Ok(None),
            Unpacked::TooMuch => Err(Fault::TooMuch),
        }
    }

    /// Resets the bound on unpacked bytes, for a second pass over the streams.
    pub(super) fn refill(&mut self) {
        self.left = UNPACKED;
    }

    /// Returns the index of the last object with a number, or `None` if there is none.
    // The last one counts: an incremental update appends a new version (ISO 32000-1, 7.5.6).
    pub(super) fn find(&self, number: u32) -> Option<usize> {
        self.latest.get(&number).copied()
    }

    /// Returns the object itself, or the one that it refers to.
    // One step only: a PDF has no chains of references, and a circle would not end.
    pub(super) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        match object {
            Object::Reference(number) => {
                self.find(*number).map_or(&Object::Other, |index| &self.entries[index].object)
            }
            other => other,
        }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.trailers
            .iter()
            .any(|trailer| trailer.get("Encrypt").is_some_and(|value| *value != Object::Other))
    }

    /// Whether the file ends with `startxref`, the offset of a cross-reference table, and `%%EOF`.
    pub(super) fn ends_well(&self) -> bool {
        let tail = &self.bytes[self.bytes.len().saturating_sub(1024)..];
        let Some(mark) = find_last(tail, b"startxref") else { return false };
        let mut budget = Budget::of(0);
        let mut lexer = Lexer::new(tail, mark + b"startxref".len(), &mut budget);
        // The offset may be off by some white space; readers accept that.
        let Ok(Some(Object::Integer(place))) = lexer.object() else { return false };
        let table = usize::try_from(place)
            .ok()
            .and_then(|place| self.bytes.get(place..))
            .unwrap_or_default();
        let table =
            &table[table.iter().take(16).take_while(|byte| byte.is_ascii_whitespace()).count()..];
        let head = &table[..table.len().min(32)];
        (head.starts_with(b"xref") || find(head, b"obj").is_some())
            && find(&tail[mark..], b"%%EOF").is_some()
    }
}

/// Returns the number in `12 0 ` at the end of the bytes, or `None` if they end otherwise.
fn number_before(bytes: &[u8]) -> Option<u32> {
    // Two numbers and some spaces; without a bound, each `obj` would split the file so far.
    const LONGEST: usize = 40;
    let tail = &bytes[bytes.len().saturating_sub(LONGEST)..];
    let mut words = tail.split(u8::is_ascii_whitespace).rev().filter(|word| !word.is_empty());
    let digits = |word: &[u8]| word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let generation = words.next()?;
    let number = words.next()?;
    let own = &number[number.len() - digits(number)..];
    (digits(generation) == generation.len()).then_some(())?;
    std::str::from_utf8(own).ok()?.parse().ok()
}

/// Returns the first offset of a piece, or `None` if the bytes lack it.
fn find(bytes: &[u8], piece: &[u8]) -> Option<usize> {
    let first = *piece.first()?;
    let mut at = 0;
    while let Some(found) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        if bytes[at + found..].starts_with(piece) {
            return Some(at + found);
        }
        at += found + 1;
    }
    None
}

/// Returns the last offset of a piece, or `None` if the bytes lack it.
fn find_last(bytes: &[u8], piece: &[u8]) -> Option<usize> {
    bytes.windows(piece.len()).rposition(|window| window == piece)
}
