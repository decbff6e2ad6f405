//! The lines, comments and keys of a YAML text.

use std::fmt::Write as _;

use super::scalar::scalar;
use crate::diagnostics::characters::visible;
use crate::diagnostics::paragraph::filled;
use crate::import::notice::Notice;

/// The most columns of a line of prose.
pub(super) const COLUMNS: usize = 96;

/// The text that is being written, and the notice.
pub(super) struct Yaml<'a> {
    pub(super) text: String,
    pub(super) notice: &'a Notice,
}

impl Yaml<'_> {
    pub(super) fn line(&mut self, indent: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "");
    }

    pub(super) fn comment(&mut self, indent: usize, text: &str) {
        // The name of a file can have any character.
        for line in filled(&visible(text), COLUMNS - indent - 2, "", "") {
            self.line(indent, &format!("# {line}"));
        }
    }

    /// Leaves an empty line.
    pub(super) fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Writes a key with a value, or the reason why it has none.
    pub(super) fn key(&mut self, indent: usize, key: &str, path: &str, value: Option<&str>) {
        match value {
            Some(value) => self.line(indent, &format!("{key}: {}", scalar(value))),
            None => self.unread(indent, key, path),
        }
    }

    /// Writes the keys that have a value.
    pub(super) fn present(&mut self, indent: usize, keys: &[(&str, &Option<String>)]) {
        for (key, value) in keys {
            if let Some(value) = value {
                self.key(indent, key, "", Some(value));
            }
        }
    }

    pub(super) fn unread(&mut self, indent: usize, key: &str, path: &str) {
        let why = self.notice.unread.get(path).map(ToString::to_string);
        let why = why.as_deref().unwrap_or("not in the original");
        self.comment(indent, &format!("{key}: {why}"));
    }

    /// Writes an empty mapping if nothing but comments follows a key.
    pub(super) fn or_empty(&mut self, before: usize) {
        if self.text[before..].lines().all(|line| line.trim_start().starts_with('#')) {
            self.line(2, "{}");
        }
    }

    pub(super) fn lines(&mut self, indent: usize, key: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.line(indent, &format!("{key}:"));
            lines.iter().for_each(|line| self.line(indent + 2, &format!("- {}", scalar(line))));
        }
    }
}
