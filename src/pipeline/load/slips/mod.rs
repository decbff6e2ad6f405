//! Finds the slip of typing that breaks a YAML file, or that gives it another meaning.
//!
//! Each slip that a line may have comes with the edits that repair it, and YAML itself and the
//! schema say which repair is the best.

mod brackets;
mod indents;
mod items;
mod lines;
mod pieces;
mod quotes;
mod sections;
mod signs;
mod slip;
mod texts;
mod trial;

use std::cmp::Reverse;

use serde_json::Value;

use super::raw::MOST_BYTES;
use super::schema_check::SchemaCheck;
use crate::diagnostics::characters::meant;
use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;
use lines::Lines;
use slip::{Kind, Slip};
use trial::{Outcome, Rank, entries, finding, outcome, rank};

/// The most bytes that are parsed in search of a slip: each repair costs a parse of the file.
const MOST_TRIED: usize = 4 * MOST_BYTES;
/// The most repairs that are tried.
const MOST_REPAIRS: usize = 600;

/// The most repairs that are tried for a text that YAML accepts, whose findings are mostly no slips.
const MOST_OF_PARSED: usize = 60;
/// The most aliases of a text that is searched for a slip. No filing has as many.
const MOST_ALIASES: usize = 50;
/// The most lines that are searched for a slip.
const MOST_LINES: usize = 2000;

/// Returns the finding about a broken text: the slip that breaks it, or the parser's if there is
/// none.
pub(super) fn of_broken(text: &str, error: Finding, schema: &SchemaCheck) -> Finding {
    let Spot::At(place) = error.spot else { return error };
    if !is_slip(&error.message) {
        return error;
    }
    let lines = Lines::of(text, schema.names(), schema.sections());
    let at = (place.line - 1).min(lines.all.len().saturating_sub(1));
    if let Some(tab) = lines.all.get(at).and_then(|_| indents::tab(&lines, at)) {
        return tab.finding(text);
    }
    let mut best: Option<(Rank, Slip)> = None;
    let mut tries = tries(text);
    let mut attempt = |slips: Vec<Slip>| {
        for slip in slips.into_iter().take(tries) {
            tries -= 1;
            let rank = rank(&slip, text, place, schema);
            if let Some(rank) = rank.filter(|rank| best.as_ref().is_none_or(|(b, _)| rank < b)) {
                best = Some((rank, slip));
            }
        }
        (tries > 0).then(|| best.as_ref().map(|(rank, _)| (rank.0, rank.1)))
    };
    // These are rare, and can break the text far below.
    for nth in (0..=at).rev().take(MOST_LINES) {
        attempt(signs::colons(&lines, nth));
        attempt(sections::no_colon(&lines, nth).into_iter().collect());
        attempt(sections::text_beside(&lines, nth).into_iter().collect());
        attempt(signs::hyphens(&lines, nth));
        attempt(quotes::open_quote(&lines, nth));
    }
    // Others are on the line of the error, or not far above it.
    for nth in (0..=at).rev().take(MOST_LINES).chain((at + 1..lines.all.len()).take(1)) {
        let near = match attempt(of_line(&lines, nth)) {
            Some(Some((0, 0))) => 3,
            Some(Some((0, _))) => 12,
            Some(_) => usize::MAX,
            None => 0,
        };
        if at.saturating_sub(nth) > near {
            break;
        }
    }
    best.map_or(error, |(_, slip)| finding(&slip, text, schema))
}

/// Returns the finding about a key that occurs twice: a list item without its hyphen, if a hyphen
/// repairs the text better than the end of the key.
pub(super) fn of_duplicate(text: &str, error: Finding, schema: &SchemaCheck) -> Finding {
    let lines = Lines::of(text, schema.names(), schema.sections());
    let Spot::At(place) = error.spot else { return error };
    let nth = place.line - 1;
    if nth >= lines.all.len().min(MOST_LINES) {
        return error;
    }
    let worth = |text: &str| match outcome(text, schema) {
        Outcome::Parsed { findings, .. } => (0, findings.len()),
        Outcome::Broken(next) => (1, usize::MAX - next.line),
    };
    let items = items::second(&lines, nth, |key| schema.has_items(key));
    let repairs = items.into_iter().take(tries(text).min(MOST_OF_PARSED));
    let best =
        repairs.map(|slip| (worth(&slip.repaired(text)), slip)).min_by_key(|(worth, _)| *worth);
    match best {
        Some((with, slip)) if with <= worth(&items::without(&lines, nth)) => {
            let finding = finding(&slip, text, schema);
            Finding { rule: error.rule, message: error.message, ..finding }
        }
        _ => error,
    }
}

/// Whether a message may be about a slip: it is the parser's own, or about a tag.
fn is_slip(message: &str) -> bool {
    let other = ["a filing cannot have merge keys", "the file ", "aliases ", "invalid type"];
    !other.iter().any(|start| message.starts_with(start))
}

/// The number of repairs that are tried for a text.
fn tries(text: &str) -> usize {
    // A parse then takes much longer than the length of the text says.
    if aliases(text) > MOST_ALIASES {
        return 0;
    }
    (MOST_TRIED / text.len().max(1)).clamp(8, MOST_REPAIRS)
}

/// Returns the number of signs that may stand for an anchored value.
fn aliases(text: &str) -> usize {
    let is_alias = |signs: &&[u8]| {
        matches!(signs[0], b' ' | b',' | b'[' | b'{' | b'-' | b'\n')
            && signs[1] == b'*'
            && signs[2] > b' '
    };
    text.as_bytes().windows(3).filter(is_alias).count()
}

/// Returns the slips that a line may have.
fn of_line(lines: &Lines<'_>, nth: usize) -> Vec<Slip> {
    [
        indents::text,
        items::missing_hyphen,
        indents::of_line,
        texts::of_line,
        quotes::of_line,
        brackets::of_line,
    ]
    .iter()
    .flat_map(|slips| slips(lines, nth))
    .collect()
}

/// Returns the findings of the schema on a text, with each slip instead of those that it causes.
pub(super) fn of_parsed(
    text: &str,
    tree: &Value,
    mut findings: Vec<Finding>,
    schema: &SchemaCheck,
) -> Vec<Finding> {
    // A file that is JSON comes from a program, which makes no slips.
    if text.starts_with('{') || findings.is_empty() && !may_hide_entry(text, schema) {
        return findings;
    }
    let lines = Lines::of(text, schema.names(), schema.sections());
    let all_entries = entries(tree);
    let mut better = Vec::new();
    let numbers = 0..lines.all.len().min(MOST_LINES);
    let slips = numbers.clone().flat_map(|nth| of_parsed_line(&lines, nth, findings.is_empty()));
    for slip in slips.take(tries(text).min(MOST_OF_PARSED)) {
        if let Outcome::Parsed { findings: rest, entries } = outcome(&slip.repaired(text), schema) {
            let grown = slip.kind.hides_entries() && entries > all_entries;
            if rest.len() < findings.len() || grown && rest.len() == findings.len() {
                better.push((rest, slip));
            }
        }
    }
    better.sort_by_key(|(rest, slip)| (rest.len(), slip.kind, Reverse(slip.edits.len())));
    let before = findings.clone();
    let mut accepted: Vec<Slip> = Vec::new();
    for (rest, slip) in better {
        let is_caused = |finding: &Finding| before.contains(finding) && !rest.contains(finding);
        let caused = findings.iter().filter(|finding| is_caused(finding)).count();
        let new: Vec<_> =
            rest.iter().filter(|finding| !before.contains(finding)).cloned().collect();
        // A mapping in quotes has no wrong keys: no proof that it is meant as text.
        let quoted = matches!(slip.kind, Kind::Head | Kind::Bracket | Kind::Colon);
        // Keys that are known where they are may just be empty, as in a new filing.
        let is_unknown = |f: &&Finding| is_caused(f) && f.rule.code == rule::UNKNOWN_KEY.code;
        let proven = slip.kind != Kind::Indent || findings.iter().any(|f| is_unknown(&f));
        let helps = proven && caused > new.len() && (!quoted || new.is_empty())
            || slip.kind.hides_entries() && caused == new.len();
        if helps && !accepted.iter().any(|other| other.overlaps(&slip)) {
            findings.retain(|finding| !is_caused(finding));
            findings.extend(new);
            accepted.push(slip);
        }
    }
    // That above blocks is certain, though these can have slips of their own.
    let certain: Vec<Slip> = numbers
        .flat_map(|nth| [sections::sign_of_blocks(&lines, nth), texts::anchor(&lines, nth)])
        .flatten()
        .collect();
    for slip in certain {
        if accepted.iter().all(|other| other.at != slip.at) {
            accepted.push(slip);
        }
    }
    findings.extend(accepted.iter().map(|slip| finding(slip, text, schema)));
    findings
}

/// Whether a line may have a key or an item that YAML takes for a part of the text above, or an
/// anchor that is meant as text.
fn may_hide_entry(text: &str, schema: &SchemaCheck) -> bool {
    let mut item = None; // the indent of an item above
    let mut block = false; // whether the line above ends in `|` or `>`
    text.lines().any(|line| {
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let dashed = &line[indent..];
        let is_item = dashed.starts_with("- ");
        let below = std::mem::replace(&mut block, may_begin_block(line));
        if below && is_item {
            return true;
        }
        // The cells of a row that begins `- - ` are as deep as its second hyphen.
        let mut cell = dashed;
        while let Some(rest) = cell.strip_prefix("- ").filter(|rest| rest.starts_with("- ")) {
            cell = rest;
        }
        let innermost = line.len() - cell.len();
        if is_item && item.replace(innermost).is_some_and(|above| indent > above) {
            return true;
        }
        // A list in a list is deeper than the key that it belongs to.
        item = item.filter(|_| is_item && !line.trim_end().ends_with(':'));
        let signs = dashed.bytes().take_while(|byte| matches!(byte, b'-' | b' ')).count();
        let head = &dashed[signs..];
        let letters = head.bytes().take_while(|byte| matches!(byte, b'a'..=b'z' | b'_')).count();
        let (word, rest) = head.split_at(letters);
        let is_key = || schema.names().contains(word);
        let mut after = rest.chars();
        match after.next() {
            Some(':') if !word.is_empty() => match after.next() {
                Some(' ') => after.next() == Some('&'),
                next => next.is_some_and(|c| c != '/') && is_key(),
            },
            // A line of prose may begin with a quote, or with a word before one.
            Some(c) if !c.is_ascii() => match meant(c) {
                Some(' ') if word.is_empty() => true,
                Some('-') if word.is_empty() => dashed.len() == head.len(),
                meant => meant.is_some() && is_key(),
            },
            Some('&') => word.is_empty(),
            _ => dashed.len() > head.len() && !dashed.starts_with("- "),
        }
    })
}

/// Whether a line may end in the sign of a block scalar.
fn may_begin_block(line: &str) -> bool {
    // Fast path: few lines have one anywhere.
    if memchr::memchr2(b'|', b'>', line.as_bytes()).is_none() {
        return false;
    }
    let line = line.split(" #").next().unwrap_or_default().trim_end();
    line.trim_end_matches(['-', '+', '1', '2', '4']).ends_with(['|', '>'])
}

/// Returns the slips that a line may have and YAML accepts.
fn of_parsed_line(lines: &Lines<'_>, nth: usize, is_valid: bool) -> Vec<Slip> {
    let mut slips = signs::colons(lines, nth);
    slips.extend(signs::hyphens(lines, nth));
    slips.extend(indents::deep_item(lines, nth));
    slips.extend(sections::no_colon(lines, nth));
    slips.extend(sections::block_sign(lines, nth));
    if is_valid && lines.all[nth].in_block {
        // A line of prose may begin with the name of a key: `to`, `for`, `report`.
        slips.retain(|slip| slip.kind != Kind::NoColon);
    }
    if !is_valid {
        slips.extend(indents::text(lines, nth));
        slips.extend(sections::text_beside(lines, nth));
        slips.extend(texts::of_line(lines, nth));
        slips.extend(quotes::of_line(lines, nth).into_iter().filter(|s| s.kind != Kind::Unclosed));
        // Keys that are not indented below their own: the others have advice of the schema.
        let above = lines.above(nth).next();
        let line = &lines.all[nth];
        if above.is_some_and(|above| {
            above.value.is_empty() && above.key.is_some() && line.indent <= above.column
        }) {
            slips.extend(indents::of_line(lines, nth));
        }
    }
    slips
}

/// Returns the finding about a conflict that git left in a text, or `None` if there is none.
pub(super) fn conflict(text: &str) -> Option<Finding> {
    // Fast path: no text of a filing begins a line so.
    if !["<<<<<<<", ">>>>>>>", "=======", "|||||||"]
        .iter()
        .any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    {
        return None;
    }
    let mark = |line: &&str| {
        *line == "======="
            || ["<<<<<<< ", ">>>>>>> ", "||||||| "].iter().any(|mark| line.starts_with(mark))
    };
    let (number, line) = (1..).zip(text.lines()).find(|(_, line)| mark(line))?;
    let place = Position { line: number, column: 1 };
    let finding = rule::SYNTAX.at(place, format!("`{}` is a conflict marker of git", &line[..7]));
    Some(finding.width(7).hint("keep one of the two sides, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"))
}
