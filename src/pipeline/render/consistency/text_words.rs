//! Reads the words of a text document in order; a table is read by columns, and so are the two sides
//! of a bar.

use std::ops::Range;

use crate::edgar::words::{Word, split, with_boxes};
use crate::edgar::{MOST_TABLE_COLUMNS, lines};

/// Returns the words of a text document in reading order.
pub fn text_words(text: &str) -> Vec<Word> {
    let text = with_boxes(text);
    let lines: Vec<&str> =
        lines(&text).map(without_line_end).filter(|line| !is_of_tags(line)).collect();
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while at < lines.len() {
        let end = region(&lines, at);
        match lines[at..end].iter().position(|line| columns(line).is_some()) {
            Some(rule) => {
                let columns = columns(lines[at + rule]).unwrap_or_default();
                by_columns(&lines[at..end], rule, &columns, &mut words);
            }
            None => match bar(&lines[at..end]) {
                Some(bar) => beside(&lines[at..end], bar, &mut words),
                None => lines[at..end].iter().for_each(|line| split(line, true, &mut words)),
            },
        }
        at = end.max(at + 1);
    }
    words
}

/// Returns a line without its line feed, and the carriage return before that.
fn without_line_end(line: &str) -> &str {
    line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line))
}

/// Returns the end of the lines from here to the next empty one.
fn region(lines: &[&str], at: usize) -> usize {
    lines[at..].iter().position(|line| line.is_empty()).map_or(lines.len(), |length| at + length)
}

/// Whether a line has only the tags that EDGAR needs around a table and its columns.
fn is_of_tags(line: &str) -> bool {
    const TAGS: &[&str] = &["<TABLE>", "</TABLE>", "<CAPTION>", "<S>", "<C>"];
    line.starts_with('<') && line.split_whitespace().all(|word| TAGS.contains(&word))
}

/// Returns the column of the bar that spans lines of a text document, before which there is at most a
/// check box in one of them, or `None` if there is no such bar.
fn bar(lines: &[&str]) -> Option<usize> {
    let bar = lines.first()?.find('|')?;
    let has_bar = lines.iter().all(|line| line.as_bytes().get(bar) == Some(&b'|'));
    let before = lines.iter().map(|line| line.get(..bar).map(str::trim));
    let before: Vec<&str> = before.collect::<Option<_>>()?;
    let boxes = before.iter().filter(|text| !text.is_empty()).count();
    let is_box = |text: &&str| text.is_empty() || (text.starts_with('[') && text.ends_with(']'));
    (has_bar && lines.len() > 2 && boxes == 1 && before.iter().all(is_box)).then_some(bar)
}

/// Reads the words before a bar, and then those after it.
fn beside(lines: &[&str], bar: usize, words: &mut Vec<Word>) {
    lines.iter().for_each(|line| split(&line[..bar], true, words));
    lines.iter().for_each(|line| split(&line[bar + 1..], true, words));
}

/// Returns the columns of a table's rule, which are dashes with two or more spaces between them, or
/// `None` if the line is not such a rule.
fn columns(line: &str) -> Option<Vec<Range<usize>>> {
    // No table is wider, and each line of a table is read once for each column.
    let fits = line.len() <= MOST_TABLE_COLUMNS;
    if !fits || line.bytes().any(|byte| !matches!(byte, b'-' | b' ')) {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.bytes().enumerate().filter(|(_, byte)| *byte == b'-') {
        match columns.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            Some(last) if last.end + 1 == at => return None,
            _ => columns.push(at..at + 1),
        }
    }
    (columns.len() > 1).then_some(columns)
}

/// Reads the words of a table, column by column.
fn by_columns(lines: &[&str], rule: usize, columns: &[Range<usize>], words: &mut Vec<Word>) {
    for (n, column) in columns.iter().enumerate() {
        let start = if n == 0 { 0 } else { column.start };
        let end = columns.get(n + 1).map_or(usize::MAX, |next| next.start);
        for (_, line) in lines.iter().enumerate().filter(|(i, _)| *i != rule) {
            let cell = line.get(start.min(line.len())..end.min(line.len())).unwrap_or_default();
            split(cell, true, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edgar::words::shown;

    fn text(text: &str) -> String {
        text_words(text).iter().map(|word| shown(word.word())).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rules_are_not_words_and_a_box_is_one_word() {
        assert_eq!(
            text("----\n[ ] Yes   [X] No\n\nDate: ____\n  - a -- b"),
            "[ ] Yes [X] No Date - a -- b"
        );
    }

    #[test]
    fn a_table_is_read_by_columns() {
        let table = "              2025\nIn thousands    Net  2024\n------------  -----  ----\n\
                     Net revenue   1,200   900\nof stores\nCosts           800   700\n\n\
                     Then a paragraph.";
        let expected = "In thousands Net revenue of stores Costs 2025 Net 1,200 800 2024 900 700 \
                        Then a paragraph.";
        assert_eq!(text(table), expected);
    }

    #[test]
    fn a_box_before_a_bar_is_read_before_the_clauses() {
        let clauses =
            "Lead\n\n       | (a) One\n       |\n  [X]  | (b) Two\n       |     more\n\nEnd";
        assert_eq!(text(clauses), "Lead [X] (a) One (b) Two more End");
        assert_eq!(text("a | b\nc | d"), "a | b c | d");
    }

    #[test]
    fn the_tags_of_a_wide_table_are_no_words() {
        let table =
            "<TABLE>\n<CAPTION>\nA     B\n----  ---\n<S>   <C>\nx       1\ny       2\n</TABLE>";
        assert_eq!(text(table), "A x y B 1 2");
    }

    #[test]
    fn a_heading_after_a_table_is_not_part_of_it() {
        let table = "A     B\n----  ---\nx     1\n\n      Title\n\nText";
        assert_eq!(text(table), "A x B 1 Title Text");
    }
}
