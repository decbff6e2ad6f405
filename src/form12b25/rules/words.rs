//! Reads the word lists in `words/`, for patterns and for rules that count words. A pattern names a
//! list in braces, such as `{persons}`. A line of a list is a phrase in the notation of regular
//! expressions, with three differences that keep it legible:
//!
//! - a space is any white space;
//! - `(a|b)` is a choice that captures nothing;
//! - `<2>` is at most two words.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// The files with phrases.
const FILES: [&str; 8] = [
    include_str!("words/denial.txt"),
    include_str!("words/disclosure.txt"),
    include_str!("words/mentions.txt"),
    include_str!("words/placeholders.txt"),
    include_str!("words/promise.txt"),
    include_str!("words/prose.txt"),
    include_str!("words/results.txt"),
    include_str!("words/third_person.txt"),
];

/// The lists of phrases by their names, each as a group of a regular expression.
static GROUPS: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let lists = FILES.iter().flat_map(|file| lists(file));
    lists.map(|(name, phrases)| (name, group(&phrases))).collect()
});

/// Words that any notice could use, whatever its reasons.
pub(super) static STOCK: LazyLock<HashSet<&str>> =
    LazyLock::new(|| plain(include_str!("words/stock.txt")));

/// Further words that any statement of another person could use.
pub(super) static LETTER: LazyLock<HashSet<&str>> =
    LazyLock::new(|| plain(include_str!("words/letter.txt")));

/// Words in the names of many companies.
pub(super) static GENERIC: LazyLock<HashSet<&str>> =
    LazyLock::new(|| plain(include_str!("words/generic.txt")));

/// Ends of names and addresses after a comma.
pub(super) static ENDINGS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| plain(include_str!("words/endings.txt")));

/// Returns a pattern with the lists in place of their names.
pub(super) fn with_lists(pattern: &str) -> String {
    let mut all = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        all += before;
        let list = after.split_once('}').and_then(|(name, tail)| Some((GROUPS.get(name)?, tail)));
        // Other braces count repetitions.
        rest = list.map_or(after, |(_, tail)| tail);
        all += list.map_or("{", |(group, _)| group);
    }
    all + rest
}

/// Returns the lines of a file without comments and empty lines.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Returns the lists of a file, each with its name and phrases, in order.
fn lists(file: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines(file) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => lists.push((name, Vec::new())),
            None => lists.iter_mut().rev().take(1).for_each(|(_, phrases)| phrases.push(line)),
        }
    }
    lists
}

/// Returns the words of a file that has only words.
fn plain(file: &'static str) -> HashSet<&'static str> {
    lines(file).flat_map(str::split_whitespace).collect()
}

/// Returns a list as a group of a regular expression.
fn group(phrases: &[&str]) -> String {
    let phrases: Vec<String> = phrases.iter().map(|phrase| expression(phrase)).collect();
    format!("(?:{})", phrases.join("|"))
}

/// Returns a phrase as a regular expression.
fn expression(phrase: &str) -> String {
    let mut all = String::with_capacity(2 * phrase.len());
    let mut rest = phrase.chars().peekable();
    // In a class, as in `third[- ]party`, each character is itself.
    let mut in_brackets = false;
    while let Some(c) = rest.next() {
        match c {
            '\\' => all.extend([Some('\\'), rest.next()].into_iter().flatten()),
            '<' if !in_brackets => {
                let most: String = rest.by_ref().take_while(|c| *c != '>').collect();
                rest.next_if_eq(&' ');
                all += &format!(r"(?:\w+\s+){{0,{most}}}?");
            }
            ' ' if !in_brackets => all += r"\s+",
            '(' if !in_brackets && rest.peek() != Some(&'?') => all += "(?:",
            c => {
                in_brackets = c == '[' || (in_brackets && c != ']');
                all.push(c);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_become_regular_expressions() {
        for (phrase, expected) in [
            ("audit firm", r"audit\s+firm"),
            ("third[- ]party (reserve|petroleum) x", r"third[- ]party\s+(?:reserve|petroleum)\s+x"),
            ("needs <2> more", r"needs\s+(?:\w+\s+){0,2}?more"),
            (r"(\((15|5)\) )?days", r"(?:\((?:15|5)\)\s+)?days"),
            ("(?-i:may)", "(?-i:may)"),
            ("[^(<]+ x", r"[^(<]+\s+x"),
        ] {
            assert_eq!(expression(phrase), expected);
        }
    }

    #[test]
    fn every_list_has_a_name_of_its_own_phrases_and_a_pattern() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/form12b25/rules");
        let sources: String = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect();
        let all: Vec<_> = FILES.iter().flat_map(|file| lists(file)).collect();
        assert_eq!(all.len(), GROUPS.len());
        for (name, phrases) in all {
            let distinct: HashSet<&&str> = phrases.iter().collect();
            assert!(!phrases.is_empty() && distinct.len() == phrases.len(), "{name}");
            assert!(sources.contains(&format!("{{{name}}}")), "{name}");
        }
    }

    #[test]
    fn lists_replace_their_names_in_patterns() {
        assert_eq!(with_lists(r"\b[0-9]{1,2}{unknown}"), r"\b[0-9]{1,2}{unknown}");
        assert!(with_lists(r"\b{estimates}\w*").starts_with(r"\b(?:estimat|quantif|"));
    }
}
