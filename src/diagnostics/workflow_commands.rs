//! Breaks the sequences in a text that the runner of a workflow would take for commands to itself.
//! It reads them from the log of a step, also from text that comes from a source file.

use std::borrow::Cow;

/// The start of a command, after white space at the start of a line.
const START: &str = "::";
/// Starts of older commands, anywhere in a line, after `##`.
const OLDER: [&str; 2] = ["[", "vso["];

/// Returns the text with a space inside each such sequence.
// Source: actions/runner, src/Runner.Common/ActionCommand.cs.
pub fn broken(text: &str) -> Cow<'_, str> {
    if !text.contains(START) && !has_older(text) {
        return Cow::Borrowed(text);
    }
    let mut all = String::with_capacity(text.len() + 8);
    // The runner ends a line at a carriage return, too.
    for line in text.split_inclusive(['\n', '\r']) {
        let command = line.trim_start();
        let line = match command.strip_prefix(START) {
            Some(rest) => {
                all += &line[..line.len() - command.len()];
                all += ": :";
                rest
            }
            None => line,
        };
        all += &without_older(line, " #");
    }
    Cow::Owned(all)
}

/// Returns JSON text with an escape inside each such sequence, which does not change its strings.
pub(crate) fn broken_json(json: &str) -> Cow<'_, str> {
    // No line of it begins with a colon.
    without_older(json, "\\u0023")
}

/// Replaces the second `#` of each older command.
fn without_older<'t>(text: &'t str, second: &str) -> Cow<'t, str> {
    if !has_older(text) {
        return Cow::Borrowed(text);
    }
    let mut all = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find("##") {
        let (before, after) = (&rest[..=at], &rest[at + 1..]);
        all += before;
        rest = after;
        if is_older(&after[1..]) {
            all += second;
            rest = &after[1..];
        }
    }
    all += rest;
    Cow::Owned(all)
}

fn has_older(text: &str) -> bool {
    text.match_indices('#').any(|(at, _)| text[at + 1..].strip_prefix('#').is_some_and(is_older))
}

/// Whether a text after `##` makes it an older command.
fn is_older(after: &str) -> bool {
    OLDER
        .iter()
        .any(|mark| after.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_broken() {
        for (text, expected) in [
            ("a ::error::b", "a ::error::b"),
            ("::error::b", ": :error::b"),
            (" \t\u{A0}\u{2028}::error::b\nc", " \t\u{A0}\u{2028}: :error::b\nc"),
            ("a\n  ::add-mask::b\r::c", "a\n  : :add-mask::b\r: :c"),
            (":::a", ": ::a"),
            ("a ##[error]b ##vso[c]##VSO[", "a # #[error]b # #vso[c]# #VSO["),
            ("### [a] ####[b]é##", "### [a] ### #[b]é##"),
            ("::##[a]", ": :# #[a]"),
        ] {
            assert_eq!(broken(text), expected);
            assert_eq!(broken(expected), expected);
        }
        let json = broken_json("\"###[a]\"");
        assert_eq!(json, "\"##\\u0023[a]\"");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some("###[a]"));
    }
}
