//! Notes the positions of the short values of a file that is written as most are: with each key of
//! the top level, and of the mappings in it, at the start of a line.

use serde_json::{Map, Value};

use crate::diagnostics::source::{Position, Segment, YamlPath};
use crate::edgar;

/// A line with a key at its start, after its indent.
struct Entry<'a> {
    /// The number of the line, from 1.
    number: usize,
    indent: usize,
    key: &'a str,
    /// The text after the colon.
    rest: &'a str,
}

/// A line that has more than a comment: its number from 1, its indent and its text after that.
type Line<'a> = (usize, usize, &'a str);

/// Returns the positions of the scalars of two levels, or of fewer if the file is written otherwise.
// To look for the position of a value elsewhere, the file is parsed again.
pub(super) fn places(text: &str, tree: &Value) -> Vec<(YamlPath, Position)> {
    let lines = lines(text);
    let Some((top, root)) = tree.as_object().and_then(|root| Some((entries(&lines, root)?, root)))
    else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (at, (from, entry)) in top.iter().enumerate() {
        let key = |entry: &Entry<'_>| Segment::Key(entry.key.to_owned());
        let Some(section) = root.get(entry.key).and_then(Value::as_object) else {
            let position = entry.scalar(&root[entry.key]);
            all.extend(position.map(|position| (YamlPath(vec![key(entry)]), position)));
            continue;
        };
        let to = top.get(at + 1).map_or(lines.len(), |(next, _)| *next);
        let below = if entry.rest.trim().is_empty() { &lines[from + 1..to] } else { &[] };
        for (_, inner) in entries(below, section).into_iter().flatten() {
            let position = inner.scalar(&section[inner.key]);
            let path = || YamlPath(vec![key(entry), key(&inner)]);
            all.extend(position.map(|position| (path(), position)));
        }
    }
    all
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut all = Vec::new();
    for (number, line) in (1..).zip(edgar::lines(text)) {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        if !matches!(line.as_bytes().get(indent), None | Some(b'#')) {
            all.push((number, indent, &line[indent..]));
        }
    }
    all
}

/// Returns the entries of a mapping with their numbers among its lines, or `None` if some are not at
/// the start of a line.
// The first line says that this is a mapping, and at which indent its keys are. A line of a text can
// look like one with a key: then there are more of them than keys.
fn entries<'a>(
    lines: &[Line<'a>],
    mapping: &Map<String, Value>,
) -> Option<Vec<(usize, Entry<'a>)>> {
    let (_, indent, _) = *lines.first()?;
    let mut all = Vec::with_capacity(mapping.len());
    for (at, (number, own, content)) in lines.iter().enumerate() {
        if *own > indent {
            continue;
        }
        let (key, rest) = content.split_once(':').filter(|_| *own == indent)?;
        let is_word = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if !is_word || !(rest.is_empty() || rest.starts_with(' ')) || !mapping.contains_key(key) {
            return None;
        }
        all.push((at, Entry { number: *number, indent, key, rest }));
    }
    (all.len() == mapping.len()).then_some(all)
}

impl Entry<'_> {
    /// Returns the position of a scalar on the line of its key, or `None` if it is another value or
    /// elsewhere.
    fn scalar(&self, value: &Value) -> Option<Position> {
        let is_scalar = matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_));
        let text = self.rest.trim_start_matches(' ');
        let is_here =
            text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '"' | '\''));
        let column = self.indent + self.key.len() + 1 + (self.rest.len() - text.len()) + 1;
        (is_scalar && is_here).then_some(Position { line: self.number, column })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let tree = parse(text).ok().unwrap().tree;
        let shown = |(path, at): (YamlPath, Position)| format!("{path} {}:{}", at.line, at.column);
        places(text, &tree).into_iter().map(shown).collect()
    }

    #[test]
    fn scalars_of_two_levels_are_found() {
        let text = "# x\na: 1\n\nb:\n  c: \"x\ny: z\"\n";
        assert_eq!(found(text), [""; 0]);
        let text = "# x\na: 1\n\nb:\n  c: \"x\n    y: z\"\n  # d: e\n  d:   true\n  e: {f: 1}\ng: é\nh:\n- i: 1\n";
        assert_eq!(found(&text.replace("- i", "  - i")), ["a 2:4", "b.c 5:6", "b.d 8:8"]);
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn other_files_have_none() {
        for text in [
            "{a: 1}",
            "\"a\": 1\n",
            "? a\n: 1\n",
            "--- \na: 1\n",
            "  a: \"x\na: y\"\n",
            "a: \"x\na: y\"\nb: 1\n",
            "\"a\": \"x\na: y\"\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_mapping_that_is_written_otherwise_has_none() {
        for text in ["a: 1\nb: {c: 1}\n", "a: 1\nb: &x\n  c: 1\n", "a: 1\nb:\n  \"c\": 1\n"] {
            assert_eq!(found(text), ["a 1:4"], "{text}");
        }
    }
}
