//! A slip: a probable mistake of typing, with the edits that would repair it.

use std::ops::Range;

use crate::diagnostics::finding::{Finding, Rule, Severity};
use crate::diagnostics::fix::{Edit, Fix};
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;

/// The kinds of slips. Of two repairs that are equally good, that of the first kind wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A tab in the indentation.
    Tab,
    /// A character that looks like a colon, a space or a quote.
    Lookalike,
    /// A colon or a hyphen without a space after it.
    Stuck,
    /// A key without a colon.
    NoColon,
    /// A key without a colon that has more below it.
    Section,
    /// A text beside the keys or items below it.
    Beside,
    /// A `|` that makes a text of the keys or blocks below it.
    BlockSign,
    /// A text below a `|` that is not indented.
    Unindented,
    /// An apostrophe in single quotes, or a quotation mark in double quotes.
    InnerQuote,
    /// A `#` in the text of a list or mapping in brackets.
    Hash,
    /// A text that begins with a sign that has a meaning in YAML.
    Head,
    /// A list item that is indented more than the one above it.
    DeepItem,
    /// An indent unlike that of the other keys.
    Indent,
    /// A list item without its hyphen.
    Hyphen,
    /// A quote or a bracket that is not closed, or closed twice.
    Unclosed,
    /// A comma or an entry that is missing in brackets.
    Comma,
    /// A text that begins with a bracket.
    Bracket,
    /// A text with `: ` that is not in quotes.
    Colon,
}

impl Kind {
    /// Whether such a slip can make a key or an item a part of the text above it.
    pub(super) fn hides_entries(self) -> bool {
        matches!(
            self,
            Kind::Lookalike | Kind::Stuck | Kind::DeepItem | Kind::Section | Kind::BlockSign
        )
    }
}

/// A slip at a place in a text.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    pub(super) kind: Kind,
    /// The offset of its place.
    pub(super) at: usize,
    /// The number of characters it is about.
    pub(super) width: usize,
    pub(super) message: String,
    pub(super) hint: String,
    /// The pieces of the text to replace, in their order.
    pub(super) edits: Vec<(Range<usize>, String)>,
}

impl Slip {
    /// Returns the text without the slip.
    pub(super) fn repaired(&self, text: &str) -> String {
        let mut all = String::with_capacity(text.len() + 16);
        let mut from = 0;
        for (range, new) in &self.edits {
            all.push_str(text.get(from..range.start).unwrap_or_default());
            all.push_str(new);
            from = range.end;
        }
        all + &text[from..]
    }

    /// Whether its repair and another change the same piece.
    pub(super) fn overlaps(&self, other: &Slip) -> bool {
        let touches = |(a, _): &(Range<usize>, String)| {
            other.edits.iter().any(|(b, _)| a.start <= b.end && b.start <= a.end)
        };
        self.edits.iter().any(touches)
    }

    /// Whether its repair gives a line an indent that is not a multiple of two.
    pub(super) fn is_unusual(&self) -> bool {
        self.kind == Kind::Indent && self.edits.first().is_some_and(|(_, new)| new.len() % 2 == 1)
    }

    /// Returns the finding about the slip.
    pub(super) fn finding(&self, text: &str) -> Finding {
        let rule: &'static Rule =
            if self.kind == Kind::Hash { &rule::COMMENT_IN_TEXT } else { &rule::SYNTAX };
        let finding = rule
            .at(Position::of_offset(text, self.at), self.message.clone())
            .hint(self.hint.clone())
            .width(self.width)
            .severity(Severity::Error);
        let edit = |(range, new): &(Range<usize>, String)| Edit {
            start: Position::of_offset(text, range.start),
            end: Position::of_offset(text, range.end),
            text: new.clone(),
        };
        // That of a `#` shows only that it is one: the text needs quotes. A text beside keys may be
        // the value of one.
        match self.kind {
            Kind::Hash | Kind::Tab | Kind::Beside => finding,
            _ => finding.fix(Fix::unsafe_edits(self.edits.iter().map(edit).collect())),
        }
    }
}

/// Returns a text in single quotes, as YAML writes them.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
