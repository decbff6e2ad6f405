//! Regular expressions for prose, declared next to the rules that use them and compiled once.

use std::ops::Deref;
use std::sync::OnceLock;

use regex::Regex;

use super::words::with_lists;

/// Declares a pattern, compiled at its first match.
macro_rules! pattern {
    ($name:ident, $($part:expr),+ $(,)?) => {
        pub(super) static $name: crate::form12b25::rules::pattern::Pattern =
            crate::form12b25::rules::pattern::Pattern::new(&[$($part),+]);
    };
}
pub(super) use pattern;

/// A pattern for prose.
pub(super) struct Pattern {
    parts: &'static [&'static str],
    regex: OnceLock<Regex>,
}

impl Pattern {
    /// Makes a pattern from its parts, in order.
    pub(super) const fn new(parts: &'static [&'static str]) -> Pattern {
        Pattern { parts, regex: OnceLock::new() }
    }

    /// Returns its regular expression, with the word lists in place of their names.
    pub(super) fn text(&self) -> String {
        let text = with_lists(&self.parts.concat());
        // Prose has its white space folded, and no rule needs letters beyond Latin. With ASCII
        // boundaries, regex can use its fast engine also for text with curly quotes.
        text.replace(r"\b", r"(?-u:\b)")
            .replace(r"\s", r"[ \u{A0}]")
            .replace(r"\w", r"[0-9A-Za-z_À-ɏ]")
    }
}

impl Deref for Pattern {
    type Target = Regex;

    #[expect(
        clippy::expect_used,
        reason = "patterns are built in; between them, the tests' narratives use every one"
    )]
    fn deref(&self) -> &Regex {
        self.regex.get_or_init(|| Regex::new(&self.text()).expect("a pattern"))
    }
}
