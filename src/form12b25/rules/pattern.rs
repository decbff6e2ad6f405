//! Regular expressions for prose: declared beside the rules that use them, compiled once.

use std::ops::Deref;
use std::sync::OnceLock;

use regex::Regex;

use super::words::with_lists;

/// Declares a pattern, which is compiled when it is first matched.
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
    /// Of its parts, one behind the other.
    pub(super) const fn new(parts: &'static [&'static str]) -> Pattern {
        Pattern { parts, regex: OnceLock::new() }
    }

    /// Its text. White space in prose is folded, so that a space is a space; and letters beyond
    /// Latin are no matter here. With boundaries of that kind the fast matcher need not give up at
    /// the first curly quote.
    pub(super) fn text(&self) -> String {
        let text = with_lists(&self.parts.concat());
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
