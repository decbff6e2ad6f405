//! The lines of a YAML text that may be broken: their indents, list items, keys and values.

use std::collections::BTreeSet;
use std::ops::Range;

/// A line of a text.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// The offset of its first byte in the text.
    pub(super) start: usize,
    /// Its text without the line break.
    pub(super) text: &'a str,
    /// The number of spaces at its head.
    pub(super) indent: usize,
    /// The columns of the hyphens of list items at its head, from 0.
    pub(super) dashes: Vec<usize>,
    /// The column of its content after these, from 0.
    pub(super) column: usize,
    /// The word before its first colon, if a space or nothing follows.
    pub(super) key: Option<&'a str>,
    /// The range of its value in the text, without white space around it.
    pub(super) value: Range<usize>,
    /// Whether it is a line of the text below a `|` or a `>`.
    pub(super) in_block: bool,
    /// Whether a text below a `|` ends before it, by its looks.
    pub(super) ends_text: bool,
}

impl<'a> Line<'a> {
    fn of(start: usize, text: &'a str) -> Line<'a> {
        let indent = text.len() - text.trim_start_matches(' ').len();
        let (mut column, mut dashes) = (indent, Vec::new());
        while let Some(rest) = text[column..].strip_prefix("- ") {
            dashes.push(column);
            column = text.len() - rest.trim_start_matches(' ').len();
        }
        let content = &text[column..];
        let key = word(content).filter(|key| {
            let after = content[key.len()..].strip_prefix(':');
            after.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        let from = column + key.map_or(0, |key| key.len() + 1);
        let value = &text[from..];
        let value_start = start + text.len() - value.trim_start().len();
        let value = value_start..value_start + value.trim().len();
        Line { start, text, indent, dashes, column, key, value, in_block: false, ends_text: false }
    }

    /// Whether it has nothing but a comment.
    pub(super) fn is_blank(&self) -> bool {
        let content = self.text[self.indent..].trim_start();
        content.is_empty() || content.starts_with('#')
    }

    /// Whether its value begins a block scalar: `|`, `>-`.
    pub(super) fn is_header(&self) -> bool {
        let value = &self.text[self.value.start - self.start..self.value.end - self.start];
        let value = value.split(" #").next().unwrap_or_default().trim_end();
        value.strip_prefix(['|', '>']).is_some_and(|rest| {
            rest.len() <= 2 && rest.bytes().all(|b| matches!(b, b'+' | b'-' | b'1'..=b'9'))
        })
    }

    /// The column that the text below a `|` on this line must exceed.
    pub(super) fn parent(&self) -> usize {
        if self.key.is_some() { self.column } else { *self.dashes.last().unwrap_or(&self.column) }
    }

    /// The offset of its content after indent and hyphens.
    pub(super) fn content(&self) -> usize {
        self.start + self.column
    }

    /// The offset of its end.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Returns the word at the start of a text that could be a key, or `None` if there is none.
pub(super) fn word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    let word = &text[..end.unwrap_or(text.len())];
    word.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(word)
}

/// A text by lines, and the keys that a filing can have.
pub(super) struct Lines<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// Its lines.
    pub(super) all: Vec<Line<'a>>,
    /// The names of keys.
    pub(super) known: &'a BTreeSet<String>,
    /// Those whose values can be mappings or lists.
    pub(super) sections: &'a BTreeSet<String>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(
        text: &'a str,
        known: &'a BTreeSet<String>,
        sections: &'a BTreeSet<String>,
    ) -> Lines<'a> {
        let mut all: Vec<Line<'a>> = Vec::new();
        let mut start = 0;
        let mut dashes = BTreeSet::new();
        // The column that the lines of a block scalar exceed, and their indent.
        let mut block: Option<(usize, Option<usize>)> = None;
        for ended in text.split_inclusive('\n') {
            let mut line = Line::of(start, ended.trim_end_matches('\n'));
            start += ended.len();
            let empty = line.text.trim_start_matches(' ').is_empty();
            if let Some((parent, body)) = &mut block {
                if !empty && line.indent > *parent {
                    body.get_or_insert(line.indent);
                }
                line.in_block = empty || body.is_some_and(|body| line.indent >= body);
            }
            line.ends_text = !line.in_block
                && (line.key.is_some_and(|key| key.starts_with(|c: char| c.is_ascii_lowercase()))
                    || line.dashes.iter().any(|dash| dashes.contains(dash)));
            if line.ends_text {
                block = None;
            }
            if !line.in_block && line.is_header() {
                block = Some((line.parent(), None));
            }
            if block.is_none() {
                dashes.extend(line.dashes.iter().copied());
            }
            all.push(line);
        }
        Lines { text, all, known, sections }
    }

    /// Whether a filing can have a key.
    pub(super) fn is_known(&self, key: &str) -> bool {
        self.known.contains(key)
    }

    /// The lines above one that are more than a comment and not in a block scalar, from the bottom.
    pub(super) fn above(&self, number: usize) -> impl Iterator<Item = &Line<'a>> {
        self.all[..number].iter().rev().filter(|line| !line.in_block && !line.is_blank())
    }

    /// The lines below one that are more than a comment and not in a block scalar.
    pub(super) fn after(&self, number: usize) -> impl Iterator<Item = &Line<'a>> {
        self.all[number + 1..].iter().filter(|line| !line.in_block && !line.is_blank())
    }

    /// The numbers of a line and of those below it that are indented by more than `column`, without
    /// empty ones at the end.
    pub(super) fn below(&self, first: usize, column: usize) -> Range<usize> {
        let rest = &self.all[first + 1..];
        let inside = |line: &Line<'_>| line.indent > column || line.text.trim().is_empty();
        let mut end = rest.iter().position(|line| !inside(line)).unwrap_or(rest.len()) + first + 1;
        while end > first + 1 && self.all[end - 1].text.trim().is_empty() {
            end -= 1;
        }
        first..end
    }

    /// The value of a line.
    pub(super) fn value(&self, line: &Line<'_>) -> &'a str {
        &self.text[line.value.clone()]
    }
}
