//! Reads the syntax of PDF objects (ISO 32000-1, 7.2 and 7.3), with bounds on depth and work.

use ecow::EcoString;

/// The maximum depth of arrays and dictionaries inside one another.
// Objects are read by recursion, so this also bounds the stack.
const DEEPEST: usize = 64;

/// The number of bytes kept of a string or a name; no check needs a longer one.
const KEPT: usize = 256;

/// The maximum number of objects in memory, nested ones included.
// Some 300 MB at worst.
const OBJECTS: usize = 3_000_000;

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    /// A number without a fraction.
    Integer(i64),
    Name(EcoString),
    /// A string, cut off after its first bytes.
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    /// A reference to an object, by its number.
    Reference(u32),
    /// An operator of a content stream, or a word such as `obj`.
    Word(EcoString),
    /// Null, a Boolean or a number with a fraction.
    Other,
}

/// A dictionary's entries, sorted by key; equal keys keep the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Dictionary(Vec<(EcoString, Object)>);

impl Dictionary {
    /// A dictionary with the given entries.
    pub(super) fn of(mut entries: Vec<(EcoString, Object)>) -> Dictionary {
        // For a binary search: a hostile file can cause any number of look-ups in a large one. The
        // sort is stable, so the last of equal keys stays the last.
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Dictionary(entries)
    }

    /// All entries.
    pub(super) fn entries(&self) -> &[(EcoString, Object)] {
        &self.0
    }

    /// Returns the value of a key, or `None` if the key is absent.
    // The last of equal keys, as in most readers.
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        let end = self.0.partition_point(|(known, _)| known.as_str() <= key);
        self.0[..end].last().filter(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Returns the value of a key if it is a name, else the empty name.
    pub(super) fn name(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Object::Name(name)) => name,
            _ => "",
        }
    }

    /// Returns the value of a key if it is an integer, else `None`.
    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key) {
            Some(Object::Integer(number)) => Some(*number),
            _ => None,
        }
    }
}

impl Object {
    /// Returns the dictionary, or `None` if the object is another type.
    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        if let Object::Dictionary(dictionary) = self { Some(dictionary) } else { None }
    }

    /// Returns the items of an array; any other object is its own only item.
    pub(super) fn items(&self) -> &[Object] {
        if let Object::Array(items) = self { items } else { std::slice::from_ref(self) }
    }
}

/// Why an object could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is malformed, or the bytes end.
    Malformed,
    /// It exceeds a bound.
    TooMuch,
}

/// The work that reading may still cost.
pub(super) struct Budget {
    /// Bytes read plus tokens begun.
    steps: usize,
    /// Objects in memory.
    objects: usize,
}

impl Budget {
    /// A budget for reading a number of bytes.
    pub(super) fn of(bytes: usize) -> Budget {
        // A byte may be read several times: as a candidate, as a token, as part of a stream.
        Budget { steps: 8 * bytes + 4096, objects: OBJECTS }
    }

    /// Renews the steps for a number of bytes; earlier objects stay in memory and keep counting.
    pub(super) fn refill(&mut self, bytes: usize) {
        self.steps = Budget::of(bytes).steps;
    }
}

/// Reads objects from bytes, beginning at an offset.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// Shared by all lexers of one pass.
    budget: &'a mut Budget,
    /// The items of all open arrays and dictionaries, those of the innermost last.
    // One stack for all levels saves an allocation for each array.
    items: Vec<Object>,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0xC | b'\r' | b' ')
}

/// For each byte, whether it is a regular character (ISO 32000-1, 7.2.2).
// A table, since this is asked of every byte of a file.
const REGULAR: [bool; 256] = {
    let mut regular = [true; 256];
    let others = b"\0\t\n\x0C\r ()<>[]{}/%";
    let mut n = 0;
    while n < others.len() {
        regular[others[n] as usize] = false;
        n += 1;
    }
    regular
};

/// Whether a byte can be part of a name, a number or a word.
pub(super) fn is_regular(byte: u8) -> bool {
    REGULAR[usize::from(byte)]
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, budget: &'a mut Budget) -> Lexer<'a> {
        Lexer { bytes, at, budget, items: Vec::new() }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Charges one step, and one more for each byte read since `from`.
    fn spend(&mut self, from: usize) -> Result<(), Fault> {
        let steps = self.at - from + 1;
        self.budget.steps = self.budget.steps.checked_sub(steps).ok_or(Fault::TooMuch)?;
        Ok(())
    }

    /// Skips white space and comments.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let from = self.at;
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                self.run(|byte| !matches!(byte, b'\n' | b'\r'));
            } else if !is_space(byte) {
                break;
            } else {
                self.at += 1;
            }
        }
        self.spend(from)
    }

    /// Reads the bytes that satisfy a condition, up to the first that does not.
    fn run(&mut self, of: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !of(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Reads the next object. Returns `None` at the end of the bytes.
    pub(super) fn object(&mut self) -> Result<Option<Object>, Fault> {
        self.items.clear(); // a malformed object leaves items
        self.nested(DEEPEST)
    }

    fn nested(&mut self, depth: usize) -> Result<Option<Object>, Fault> {
        self.skip()?;
        let from = self.at;
        let Some(byte) = self.peek() else { return Ok(None) };
        let object = match byte {
            b'/' => {
                self.at += 1;
                Object::Name(name(self.run(is_regular)))
            }
            b'(' => Object::Text(self.literal()?),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.dictionary(depth.checked_sub(1).ok_or(Fault::TooMuch)?)?
            }
            b'<' => Object::Text(self.hexadecimal()?),
            b'[' => {
                self.at += 1;
                let first = self.items(depth.checked_sub(1).ok_or(Fault::TooMuch)?, b"]")?;
                Object::Array(self.items.split_off(first))
            }
            _ if is_regular(byte) => word(self.run(is_regular)),
            _ => return Err(Fault::Malformed),
        };
        // At most `KEPT` bytes, since the parts of strings and arrays have been charged already.
        self.spend(from.max(self.at.saturating_sub(KEPT)))?;
        Ok(Some(object))
    }

    /// Reads objects up to a closing mark, and returns the index of the first in `items`.
    fn items(&mut self, depth: usize, close: &[u8]) -> Result<usize, Fault> {
        let first = self.items.len();
        loop {
            self.skip()?;
            if self.bytes.get(self.at..).unwrap_or_default().starts_with(close) {
                self.at += close.len();
                return Ok(first);
            }
            match self.nested(depth)?.ok_or(Fault::Malformed)? {
                // A reference is `number generation R`, so it is known at its end only.
                Object::Word(word) if word == "R" => {
                    let [.., Object::Integer(number), Object::Integer(_)] = self.items[first..]
                    else {
                        return Err(Fault::Malformed);
                    };
                    self.items.truncate(self.items.len() - 2);
                    self.items.push(u32::try_from(number).map_or(Object::Other, Object::Reference));
                }
                Object::Word(_) => return Err(Fault::Malformed),
                object => {
                    self.budget.objects =
                        self.budget.objects.checked_sub(1).ok_or(Fault::TooMuch)?;
                    self.items.push(object);
                }
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Object, Fault> {
        self.at += 2;
        let first = self.items(depth, b">>")?;
        let mut entries = Vec::with_capacity((self.items.len() - first) / 2);
        let mut items = self.items.drain(first..);
        while let Some(key) = items.next() {
            let (Object::Name(key), Some(value)) = (key, items.next()) else {
                return Err(Fault::Malformed);
            };
            entries.push((key, value));
        }
        drop(items);
        Ok(Object::Dictionary(Dictionary::of(entries)))
    }

    /// Reads a string in parentheses; escapes are skipped, not decoded.
    fn literal(&mut self) -> Result<Vec<u8>, Fault> {
        let from = self.at;
        let (mut kept, mut open) = (Vec::new(), 0_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                self.spend(from)?;
                return Ok(kept);
            }
            if kept.len() < KEPT && self.at > from + 1 {
                kept.push(byte);
            }
        }
        self.spend(from)?;
        Err(Fault::Malformed)
    }

    /// Reads a string of hexadecimal digits.
    fn hexadecimal(&mut self) -> Result<Vec<u8>, Fault> {
        let from = self.at;
        self.at += 1;
        let digits = self.run(|byte| byte != b'>');
        self.at += 1;
        self.spend(from)?;
        if self.at > self.bytes.len() {
            Err(Fault::Malformed)
        } else {
            Ok(hexadecimal(digits, KEPT))
        }
    }
}

/// Decodes hexadecimal digits, up to `most` bytes. Other characters are skipped.
pub(super) fn hexadecimal(digits: &[u8], most: usize) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|d| u8::try_from(d).ok())
        .take(2 * most)
        .collect();
    // A missing last digit counts as 0 (ISO 32000-1, 7.3.4.3).
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// Decodes the `#xx` escapes of a name.
fn name(raw: &[u8]) -> EcoString {
    // Undecoded, `/Java#53cript` would pass the checks, while readers run it.
    let raw = &raw[..raw.len().min(KEPT)];
    if !raw.contains(&b'#') {
        return text(raw);
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, after)) = rest.split_first() {
        let digit = |i: usize| {
            after
                .get(i)
                .and_then(|b| char::from(*b).to_digit(16))
                .and_then(|d| u8::try_from(d).ok())
        };
        if let (b'#', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            bytes.push(high << 4 | low);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    text(&bytes)
}

fn text(bytes: &[u8]) -> EcoString {
    std::str::from_utf8(bytes)
        .map_or_else(|_| String::from_utf8_lossy(bytes).as_ref().into(), EcoString::from)
}

fn word(raw: &[u8]) -> Object {
    match raw {
        b"true" | b"false" | b"null" => Object::Other,
        _ if raw.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')) => {
            let number = std::str::from_utf8(raw).ok().and_then(|digits| digits.parse().ok());
            number.map_or(Object::Other, Object::Integer)
        }
        _ => Object::Word(text(&raw[..raw.len().min(KEPT)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Option<Object>, Fault> {
        Lexer::new(bytes, 0, &mut Budget::of(bytes.len())).object()
    }

    #[test]
    fn objects_are_read() {
        let object =
            read(b"<</A#42 [1 0 R (a\\)(b)c) <4f6> -1.5 true]/C<</D/E%x\n>>>>").unwrap().unwrap();
        let dictionary = object.dictionary().unwrap();
        let expected = [
            Object::Reference(1),
            Object::Text(b"a\\(b)c".to_vec()),
            Object::Text(b"O\x60".to_vec()),
            Object::Other,
            Object::Other,
        ];
        assert_eq!(dictionary.get("AB").unwrap().items(), expected);
        assert_eq!(dictionary.get("C").unwrap().dictionary().unwrap().name("D"), "E");
        let twice = read(b"<</B 1/A 2/B 3/C 4>>").unwrap().unwrap();
        let twice = twice.dictionary().unwrap();
        assert_eq!(
            ["A", "B", "C", "D"].map(|key| twice.integer(key)),
            [Some(2), Some(3), Some(4), None]
        );
    }

    #[test]
    fn malformed_and_excessive_input_is_rejected() {
        for bytes in [
            &b"[1 0"[..],
            b"<</A>>",
            b"<</A 1",
            b"(a",
            b"<4",
            b"[endobj]",
            b"[R]",
            b">",
            b"<<1 2>>",
            b"(\\",
        ] {
            assert_eq!(read(bytes), Err(Fault::Malformed), "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(read(b"  % only a comment"), Ok(None));
        assert_eq!(read("[".repeat(1000).as_bytes()), Err(Fault::TooMuch));
        for budget in [Budget { steps: 5, objects: 99 }, Budget { steps: 999, objects: 5 }] {
            assert_eq!(
                Lexer::new(b"[1 2 3 4 5 6]", 0, &mut { budget }).object(),
                Err(Fault::TooMuch)
            );
        }
    }
}
