//! Divides the text of a part into paragraphs, lists and tables by their shape.

use std::sync::LazyLock;

use regex::Regex;

use super::notice::{Attachment, Block, Table};
use super::plain::is_rule;
use crate::edgar::flow::CELL;

/// The mark of an item of a list at the start of a line.
static ITEM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[•·▪●○◦‣⁃]\s*|[-–*]\s+)").ok());
/// An amount in a table, or the dash in its place.
static AMOUNT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:\$?\(?\$?[0-9][0-9,.]*\)?%?\)?|--?|[–—])$").ok());
/// The heading of a text that is no part of an explanation.
static HEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:.{0,60}\bforward[- ]looking\b.{0,40}|cautionary\b.{0,80}|(?:annex|appendix|schedule|exhibit|attachment)\s+[A-Z0-9.]{1,5}\b.{0,80})$").ok()
});

fn matches(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Returns the blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for paragraph in text.split("\n\n") {
        let lines: Vec<&str> = paragraph
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !is_rule(line))
            .collect();
        let rows: Vec<Vec<String>> = lines.iter().map(|line| cells(line)).collect();
        if rows.len() > 1 && 2 * rows.iter().filter(|row| row.len() > 1).count() > rows.len() {
            blocks.push(Block::Table(table(rows)));
        } else {
            paragraphs(&lines, &mut blocks);
        }
    }
    blocks
}

/// Returns a table. A first row with one cell is its caption.
fn table(mut rows: Vec<Vec<String>>) -> Table {
    let has_caption = rows.len() > 2 && rows[0].len() == 1;
    let caption = has_caption.then(|| rows.remove(0).remove(0));
    Table { caption, rows }
}

/// Returns the cells of a row that have text.
fn cells(line: &str) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for cell in line.split(CELL).map(str::trim).filter(|cell| !cell.is_empty()) {
        match cells.last_mut() {
            // The sign of an amount may have a cell of its own.
            Some(last) if matches!(last.as_str(), "$" | "(" | "$(" | "$ (") => last.push_str(cell),
            Some(last) if matches!(cell, ")" | "%" | ")%") => last.push_str(cell),
            // Narrow columns have one blank between them.
            _ if cell.contains(' ') && cell.split(' ').all(|word| matches(&AMOUNT, word)) => {
                cells.extend(cell.split(' ').map(str::to_owned));
            }
            _ => cells.push(cell.to_owned()),
        }
    }
    cells
}

/// Adds the lines of a paragraph: as one, or as the items of a list.
fn paragraphs(lines: &[&str], blocks: &mut Vec<Block>) {
    let is_item = |line: &&str| matches(&ITEM, line);
    let is_list =
        lines.first().is_some_and(is_item) || lines.iter().filter(|l| is_item(l)).count() > 1;
    for (n, line) in lines.iter().enumerate() {
        let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if is_list && is_item(&text.as_str()) {
            let text = ITEM.as_ref().map_or(text.as_str().into(), |item| item.replace(&text, ""));
            match blocks.last_mut() {
                _ if text.is_empty() => {}
                Some(Block::List(items)) => items.push(text.into_owned()),
                _ => blocks.push(Block::List(vec![text.into_owned()])),
            }
            continue;
        }
        let open = match blocks.last_mut().filter(|_| n > 0) {
            Some(Block::Paragraph(paragraph)) => Some(paragraph),
            Some(Block::List(items)) => items.last_mut(),
            _ => None,
        };
        match open {
            Some(open) => {
                open.push(' ');
                open.push_str(&text);
            }
            None => blocks.push(Block::Paragraph(text)),
        }
    }
}

/// Takes the texts with a heading of their own, such as a legend about forward-looking statements,
/// from the end of some blocks.
pub(super) fn attachments(blocks: &mut Vec<Block>, after_signature: bool) -> Vec<Attachment> {
    let is_heading = |block: &Block| matches!(block, Block::Paragraph(text) if matches(&HEADING, text.trim_end_matches(':')));
    let Some(first) = blocks.iter().position(is_heading) else { return Vec::new() };
    let mut all: Vec<Attachment> = Vec::new();
    for block in blocks.drain(first..) {
        match block {
            Block::Paragraph(text) if matches(&HEADING, text.trim_end_matches(':')) => {
                let title = text.trim_end_matches(':').to_owned();
                all.push(Attachment { title, after_signature, body: Vec::new() });
            }
            block => all.last_mut().into_iter().for_each(|last| last.body.push(block.clone())),
        }
    }
    // A heading without a text is none.
    let (all, alone): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| !one.body.is_empty());
    blocks.extend(alone.into_iter().map(|one| Block::Paragraph(one.title)));
    all
}
