//! The syntax of PDF objects (ISO 32000-1, 7.2 and 7.3), read with a bound on depth and on work: a
//! hostile file is given up, never followed. Names come with their `#xx` undone, or a forbidden one
//! could hide behind them.

use ecow::EcoString;

/// The deepest that arrays and dictionaries are read into one another.
const DEEPEST: usize = 64;

/// How much of a string or a name is kept, in bytes; none that matters here is longer.
const KEPT: usize = 256;

/// How many objects are held at the same time, those inside others counted: some 300 MB at the
/// worst.
const OBJECTS: usize = 3_000_000;

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    /// A number without a fraction.
    Integer(i64),
    Name(EcoString),
    /// The first bytes of a string.
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    /// A reference to an object, by its number.
    Reference(u32),
    /// An operator of a content stream, or a word such as `obj`.
    Word(EcoString),
    /// Null, a truth value, a number with a fraction.
    Other,
}

/// A dictionary by its keys, with each as often as the file has it, in the file's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Dictionary(Vec<(EcoString, Object)>);

impl Dictionary {
    /// Sorted, for a file may ask a large one as often as it likes.
    pub(super) fn of(mut entries: Vec<(EcoString, Object)>) -> Dictionary {
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Dictionary(entries)
    }

    /// All entries.
    pub(super) fn entries(&self) -> &[(EcoString, Object)] {
        &self.0
    }

    /// The value of a key; the last one, as most readers have it.
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        let end = self.0.partition_point(|(known, _)| known.as_str() <= key);
        self.0[..end].last().filter(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// The value of a key if it is a name.
    pub(super) fn name(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Object::Name(name)) => name,
            _ => "",
        }
    }

    /// The value of a key if it is an integer.
    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key) {
            Some(Object::Integer(number)) => Some(*number),
            _ => None,
        }
    }
}

impl Object {
    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        if let Object::Dictionary(dictionary) = self { Some(dictionary) } else { None }
    }

    /// The items of an array; of anything else, itself.
    pub(super) fn items(&self) -> &[Object] {
        if let Object::Array(items) = self { items } else { std::slice::from_ref(self) }
    }
}

/// Why an object could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is malformed, or the bytes end.
    Malformed,
    /// It asks for more work than a file is worth.
    TooMuch,
}

/// How much reading may cost.
pub(super) struct Budget {
    /// Bytes looked at, tokens begun.
    steps: usize,
    /// Objects held at the same time.
    objects: usize,
}

impl Budget {
    /// For reading so many bytes a few times over: as a candidate, as a token, as part of a stream.
    pub(super) fn of(bytes: usize) -> Budget {
        Budget { steps: 8 * bytes + 4096, objects: OBJECTS }
    }

    /// For reading so many bytes more; the objects of before are still held.
    pub(super) fn refill(&mut self, bytes: usize) {
        self.steps = Budget::of(bytes).steps;
    }
}

/// A place in some bytes, from which objects are read.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// Shared by all that is read for one purpose.
    budget: &'a mut Budget,
    /// The items of arrays and dictionaries that are not closed yet, those of the innermost last.
    items: Vec<Object>,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0xC | b'\r' | b' ')
}

/// Whether a byte is part of a name, a number or a word, by its value.
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

/// Whether a byte is part of a name, a number or a word.
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

    /// Takes as many steps as there are bytes behind `from`, and one.
    fn spend(&mut self, from: usize) -> Result<(), Fault> {
        let steps = self.at - from + 1;
        self.budget.steps = self.budget.steps.checked_sub(steps).ok_or(Fault::TooMuch)?;
        Ok(())
    }

    /// Goes on behind white space and comments.
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

    /// The bytes from here on that are of a kind.
    fn run(&mut self, of: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !of(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// The next object; none at the end of the bytes.
    pub(super) fn object(&mut self) -> Result<Option<Object>, Fault> {
        self.items.clear(); // what was broken off left some
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
        self.spend(from.max(self.at.saturating_sub(KEPT)))?;
        Ok(Some(object))
    }

    /// Objects up to a closing mark, with references put together: the place of the first of them.
    fn items(&mut self, depth: usize, close: &[u8]) -> Result<usize, Fault> {
        let first = self.items.len();
        loop {
            self.skip()?;
            if self.bytes.get(self.at..).unwrap_or_default().starts_with(close) {
                self.at += close.len();
                return Ok(first);
            }
            match self.nested(depth)?.ok_or(Fault::Malformed)? {
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

    /// A string in parentheses.
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

/// The bytes that hexadecimal digits stand for, at most so many.
pub(super) fn hexadecimal(digits: &[u8], most: usize) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .filter_map(|d| u8::try_from(d).ok())
        .take(2 * most)
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

/// A name with its `#xx` undone.
fn name(raw: &[u8]) -> EcoString {
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
    fn what_is_malformed_or_too_much_is_told() {
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
