//! Reads a plain text as a flow: lines, paragraphs between empty lines, columns as cells.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostics::source::Walk;
use crate::edgar::container;
use crate::edgar::flow::{Flow, SPANS};

/// The tags of EDGAR's plain texts.
static TAGS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)</?(?:PAGE|TABLE|CAPTION|S|C|FN|F\d+|TEXT|R)>").ok());
/// A line of a rule, or a page number.
static RULE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[\s\-_=*.~|]*$|^\s*-\s*\d{1,3}\s*-\s*$").ok());
/// The number of a page, alone on its line.
static PAGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*(?:page\s+)?\d{1,2}\s*$").ok());
/// The space between two columns.
static COLUMN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\t+| {3,}").ok());

/// A line of rules, one for each column.
static RULER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*[-=_]{2,}(?:\s+[-=_]{2,})+\s*$").ok());
/// The space between two columns of a table that has such a line.
static RULED_COLUMN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\t+| {2,}").ok());

/// Reads the text that a range of a file has.
pub(super) fn flow(file: &str, document: Range<usize>) -> Flow {
    let mut flow = Flow::default();
    let mut walk = Walk::new(file, document.start);
    let mut start = document.start;
    let barless = barless(&file[document.clone()]);
    let lines: Vec<&str> = file[document].split_inclusive('\n').collect();
    for ((whole, line), column) in lines.iter().zip(barless.lines()).zip(columns(&lines)) {
        let place = walk.to(start + whole.len() - whole.trim_start().len());
        start += whole.len();
        let line = container::as_filed(line);
        // It marks where the columns of a table begin, between its heads and its rows.
        if line.trim_start().starts_with("<S>") {
            continue;
        }
        let line = TAGS.as_ref().map_or(line.into(), |tags| tags.replace_all(line, ""));
        let line = line.trim();
        if line.is_empty() {
            flow.paragraph();
            continue;
        }
        if is_rule(line) {
            flow.line();
            continue;
        }
        flow.mark(place);
        // A table that was saved as text has a bar before each cell.
        let line = line.strip_prefix('|').filter(|rest| !rest.contains('|')).unwrap_or(line);
        for (n, cell) in column.iter().flat_map(|pattern| pattern.split(line.trim())).enumerate() {
            if n > 0 {
                flow.cell();
            }
            flow.push(cell);
        }
        flow.line();
    }
    flow.paragraph();
    flow
}

/// Returns the pattern of the space between two columns for each line: in a paragraph with a ruler, two
/// blanks will do.
fn columns(lines: &[&str]) -> Vec<&'static Option<Regex>> {
    let paragraphs = lines.chunk_by(|_, line| !line.trim().is_empty());
    let column = |paragraph: &[&str]| {
        let is_ruler = |line: &&str| RULER.as_ref().is_some_and(|ruler| ruler.is_match(line));
        if paragraph.iter().any(is_ruler) { &*RULED_COLUMN } else { &*COLUMN }
    };
    paragraphs.flat_map(|lines| std::iter::repeat_n(column(lines), lines.len())).collect()
}

/// Returns a text without the bars that span several lines beside a box; the box is before the first
/// line then. The lines stay the same in number.
fn barless(text: &str) -> Cow<'_, str> {
    if !text.contains('|') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut barless: Vec<String> = Vec::with_capacity(lines.len());
    for run in lines.chunk_by(|one, next| one.trim().is_empty() == next.trim().is_empty()) {
        let sides: Option<Vec<(&str, &str)>> = run.iter().map(|line| beside_bar(line)).collect();
        match sides.filter(|sides| sides.len() > 2) {
            Some(sides) if sides.iter().filter(|(drawn, _)| !drawn.is_empty()).count() == 1 => {
                let drawn: String = sides.iter().map(|(drawn, _)| *drawn).collect();
                let before = format!("{SPANS}\t{drawn}\t");
                barless.push(before + sides[0].1);
                barless.extend(sides[1..].iter().map(|(_, text)| (*text).to_owned()));
            }
            _ => barless.extend(run.iter().map(|line| (*line).to_owned())),
        }
    }
    Cow::Owned(barless.join("\n"))
}

/// Divides a line at its bar, before which there is at most a drawn box, or returns `None` if it has
/// no bar.
fn beside_bar(line: &str) -> Option<(&str, &str)> {
    let is_drawn = |c: char| {
        c.is_whitespace()
            || !(c.is_alphanumeric() || c == '"')
            || matches!(c, 'x' | 'X' | 'o' | 'ý' | 'þ')
    };
    let end = line.find(|c| !is_drawn(c)).unwrap_or(line.len());
    let bar = line[..end].rfind('|')?;
    Some((line[..bar].trim(), &line[bar + 1..]))
}

/// Whether a line is drawn, or the number of a page.
pub(super) fn is_rule(line: &str) -> bool {
    // A single mark, or one in brackets, may be a box.
    line.len() > 2 && RULE.as_ref().is_some_and(|rule| rule.is_match(line))
        || PAGE.as_ref().is_some_and(|page| page.is_match(line))
}

/// Returns a text without rules and punctuation around it.
pub(super) fn trimmed(text: &str) -> &str {
    let is_rule = |c: char| {
        c.is_whitespace() || matches!(c, ':' | '_' | '-' | '=' | '|' | '*' | '–' | '—' | SPANS)
    };
    let text = text.trim_matches(is_rule);
    // The brackets of the captions above and below it.
    let text = text.trim_end_matches(|c: char| is_rule(c) || c == '(');
    let text = text.trim_start_matches(|c: char| is_rule(c) || c == ')');
    // Dots that lead from a caption to its value.
    let text = if text.starts_with("..") { text.trim_start_matches(['.', ' ']) } else { text };
    // A full stop that is apart from the text was part of a rule.
    text.strip_suffix(" .").or(text.strip_suffix("\t.")).unwrap_or(text).trim()
}

/// Returns a text in one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
