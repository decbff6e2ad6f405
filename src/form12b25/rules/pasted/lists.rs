//! Finds the items of lists among the lines of a paragraph. In prose that is wrapped by hand a line
//! can begin with a dash or a number by chance: there one alone is not enough.

use std::ops::Range;

use super::super::pattern::pattern;
use super::markers::{Kind, Marker, Ordinal, marker};
use super::run::{Content, List, Run, paragraphs};
use crate::diagnostics::source::{Line, Position};
use crate::form12b25::model::fold;

// Numbers in running text, some of which are at the start of a line where it is wrapped by hand.
pattern!(
    RUN_IN,
    r"[;:,.]\s(?:and\s|or\s)?(?:\((?:[0-9]{1,2}|[a-z]|[ivx]{1,5})\)|[0-9a-z]\)|[2-9]\.)(?:\s|$)",
);

/// The bullets that are not also in prose, inside a line.
const INLINE: [char; 6] = ['•', '●', '◦', '▪', '■', '➢'];

/// The fewest words of a numbered item after a line that does not end as one before a list does.
const SHORTEST_BY_CHANCE: usize = 3;

/// Divides lines before the bullets inside them, as `reasons: • the close; • the audit` has them.
pub(super) fn with_inline_bullets(lines: Vec<Line>) -> Vec<Line> {
    let mut all = Vec::with_capacity(lines.len());
    for mut line in lines {
        // Fast path: few lines have a bullet.
        if line.text.is_ascii() {
            line.text.truncate(line.text.trim_end().len());
            all.push(line);
            continue;
        }
        let is_start = |(at, _): &(usize, char)| {
            let before = &line.text[..*at];
            before.ends_with([' ', '\t']) && ends_item(before.trim_end())
        };
        let mut starts: Vec<usize> = vec![0];
        let bullets = line.text.char_indices().filter(|(_, c)| INLINE.contains(c));
        starts.extend(bullets.filter(is_start).map(|(at, _)| at));
        let ends = starts.iter().skip(1).copied().chain([line.text.len()]);
        for (start, end) in starts.iter().copied().zip(ends.collect::<Vec<_>>()) {
            let column = line.start.column + line.text[..start].chars().count();
            let text = line.text[start..end].trim_end().to_owned();
            all.push(Line { text, start: Position { column, ..line.start } });
        }
    }
    all
}

/// Whether a text ends as the text before an item of a list does.
fn ends_item(text: &str) -> bool {
    text.ends_with([':', ';', ',', '.', '—', '–'])
        || text.ends_with(" and")
        || text.ends_with(" or")
}

/// Returns the list in some lines of a paragraph, or `None` if there is none. It continues to the
/// last of the lines.
pub(super) fn run(lines: &[Line], within: Range<usize>) -> Option<Run> {
    let markers: Vec<(usize, Marker<'_>)> =
        within.clone().filter_map(|i| Some((i, marker(&lines[i].text)?))).collect();
    let after =
        |i: usize, ends: fn(&str) -> bool| i == within.start || ends(lines[i - 1].text.trim_end());
    let begins = |at: usize, ordinal: Ordinal<'_>| {
        at == within.start || ordinal.is_first() || after(at, |text| text.ends_with(':'))
    };
    let is_list = |(nth, (at, marker)): (usize, &(usize, Marker<'_>))| {
        let mut later = markers[nth + 1..].iter();
        match marker.kind {
            Kind::Bullet => true,
            Kind::Sign(_) => {
                let first = after(*at, ends_item);
                let is_same = |(i, other): &(usize, Marker<'_>)| {
                    other.kind == marker.kind && (first || *i == at + 1)
                };
                later.any(is_same) || (*at > within.start && after(*at, |text| text.ends_with(':')))
            }
            Kind::Ordinal(ordinal) => {
                let follows = |(_, other): &(usize, Marker<'_>)| match other.kind {
                    Kind::Ordinal(other) => other.follows(ordinal),
                    _ => false,
                };
                begins(*at, ordinal) && later.any(follows)
            }
        }
    };
    let first = markers.iter().enumerate().find(|found| is_list(*found)).map(|(nth, _)| nth)?;
    let (start, marker) = &markers[first];
    let list = items(lines, *start..within.end, marker.kind);
    let is_short = |item: &String| item.split(' ').count() < SHORTEST_BY_CHANCE;
    let by_chance = !after(*start, ends_item) && list.items.iter().any(is_short);
    if list.is_ordered && (by_chance || list.items.iter().any(|item| RUN_IN.is_match(item))) {
        return None;
    }
    Some(Run { lines: *start..within.end, content: Content::List(list) })
}

/// Returns the items of a list whose markers are of a kind.
fn items(lines: &[Line], within: Range<usize>, kind: Kind<'_>) -> List {
    let is_ordered = matches!(kind, Kind::Ordinal(_));
    let same = |other: Kind<'_>| match kind {
        Kind::Ordinal(_) => matches!(other, Kind::Ordinal(_)),
        Kind::Bullet => other == Kind::Bullet,
        Kind::Sign(_) => other == kind,
    };
    let mut items: Vec<String> = Vec::new();
    for line in lines[within].iter().filter(|line| !line.text.trim().is_empty()) {
        match (marker(&line.text).filter(|marker| same(marker.kind)), items.last_mut()) {
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line.text.trim());
            }
            (found, _) => items.push(found.map_or(line.text.trim(), |found| found.rest).to_owned()),
        }
    }
    List { items: items.iter().map(|item| fold(item)).collect(), is_ordered }
}

/// Joins lists with only empty lines between them, and finds those whose items are paragraphs.
pub(super) fn joined(runs: Vec<Run>, lines: &[Line]) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    let mut singles = single_items(&runs, lines);
    singles.extend(runs);
    singles.sort_by_key(|run| run.lines.start);
    for run in singles {
        let kind = |run: &Run| marker(&lines[run.lines.start].text).map(|marker| marker.kind);
        let joins = |last: &&mut Run| {
            let apart = last.lines.end..run.lines.start;
            let both =
                matches!((&last.content, &run.content), (Content::List(_), Content::List(_)));
            both && lines[apart].iter().all(|line| line.text.trim().is_empty())
                && match (kind(last), kind(&run)) {
                    (Some(Kind::Ordinal(_)), Some(Kind::Ordinal(_))) => true,
                    (one, other) => one == other,
                }
        };
        match all.last_mut().filter(joins) {
            Some(last) => {
                last.lines.end = run.lines.end;
                if let (Content::List(own), Content::List(other)) = (&mut last.content, run.content)
                {
                    own.items.extend(other.items);
                }
            }
            None => all.push(run),
        }
    }
    all
}

/// Returns the paragraphs that begin with the same sign as their neighbours, each as a run. Those
/// that begin with numbers are no list: they do not run together, and keep their numbers.
fn single_items(runs: &[Run], lines: &[Line]) -> Vec<Run> {
    let free: Vec<Range<usize>> = paragraphs(lines)
        .into_iter()
        .filter(|at| runs.iter().all(|run| at.end <= run.lines.start || run.lines.end <= at.start))
        .collect();
    let sign = |at: &Range<usize>| match marker(&lines[at.start].text)?.kind {
        Kind::Sign(sign) => Some(sign),
        _ => None,
    };
    let is_near = |one: &Range<usize>, other: &Range<usize>| {
        lines[one.end.min(other.end)..one.start.max(other.start)]
            .iter()
            .all(|line| line.text.trim().is_empty())
    };
    let item = |(nth, at): (usize, &Range<usize>)| {
        let own = sign(at)?;
        let neighbours = [nth.checked_sub(1).and_then(|n| free.get(n)), free.get(nth + 1)];
        let alike = |other: &&Range<usize>| sign(other) == Some(own) && is_near(at, other);
        neighbours.into_iter().flatten().any(|other| alike(&other)).then(|| Run {
            lines: at.clone(),
            content: Content::List(items(lines, at.clone(), Kind::Sign(own))),
        })
    };
    free.iter().enumerate().filter_map(item).collect()
}
