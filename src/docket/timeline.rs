//! The dates of all filings as pictures: one for each stretch of days in which something is due. Filings
//! with the same three dates share a row, so that a season of a thousand notices is as readable as one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Entry;
use crate::filing::{CivilDate, Scalar as _, Weekday};

/// The width of a picture in its own units, which are CSS pixels on a phone.
const WIDTH: i32 = 360;
/// Room at both sides of the days, for the dates that stand beside the first and the last mark.
const SIDE: i32 = 62;
/// The height of the axis, and of a row.
const AXIS: i32 = 26;
const ROW: i32 = 64;
/// The days that a picture spans at most. More would bring two marks of neighbouring days together.
const SPAN: i32 = 24;
/// The days from the first date to the last that a row may span. Rule 12b-25 gives 15 at most; a manifest
/// is anybody's, and a picture of a century is none.
const LONGEST: i32 = 31;
/// The characters of a name that fit beside the types of notices.
const NAME: usize = 36;

/// One picture.
#[derive(Debug, Serialize)]
pub(super) struct Panel {
    /// The months that it shows.
    title: String,
    width: i32,
    height: i32,
    /// Where the days begin and end.
    left: i32,
    right: i32,
    weekends: Vec<Band>,
    /// The Mondays, and what they are called.
    ticks: Vec<Tick>,
    rows: Vec<Row>,
}

/// A Saturday and a Sunday, or one of them at an edge.
#[derive(Debug, Serialize)]
struct Band {
    x: String,
    width: String,
}

#[derive(Debug, Serialize)]
struct Tick {
    x: String,
    label: String,
}

/// The filings with the same three dates.
#[derive(Debug, Serialize)]
struct Row {
    /// Their numbers in the table, with blanks between.
    filings: String,
    name: String,
    types: String,
    /// Heights of the name, the marks and the date below them.
    top: i32,
    middle: i32,
    bottom: i32,
    due: Tick,
    notice: Tick,
    extended: Tick,
}

type Dates = [CivilDate; 3];

/// The pictures, the latest first; the rows of each in the order of their dates.
pub(super) fn panels(entries: &[Entry]) -> Vec<Panel> {
    let mut rows: BTreeMap<Dates, Vec<usize>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(dates) = dates(entry) {
            rows.entry(dates).or_default().push(number);
        }
    }
    let mut stretches: Vec<Vec<(Dates, Vec<usize>)>> = Vec::new();
    for (dates, filings) in rows {
        match stretches.last_mut() {
            Some(stretch) if days(stretch[0].0[0], dates[2]) <= SPAN => stretch.push((dates, filings)),
            _ => stretches.push(vec![(dates, filings)]),
        }
    }
    stretches.iter().rev().map(|stretch| panel(stretch, entries)).collect()
}

/// The three dates of a filing, if they are such.
fn dates(entry: &Entry) -> Option<Dates> {
    let facts = entry.facts.as_ref()?;
    let date = |text: &Option<String>| CivilDate::parse(text.as_ref()?).ok();
    let dates = [date(&facts.due)?, date(&facts.notice_due)?, date(&facts.extended_due)?];
    (dates.is_sorted() && days(dates[0], dates[2]) <= LONGEST).then_some(dates)
}

/// The days from one date to a later one; what is longer than any row or picture is only that.
fn days(from: CivilDate, to: CivilDate) -> i32 {
    (0..=SPAN.max(LONGEST)).find(|&days| from.plus_days(days) >= to).unwrap_or(i32::MAX)
}

fn panel(stretch: &[(Dates, Vec<usize>)], entries: &[Entry]) -> Panel {
    let first = stretch.iter().map(|(dates, _)| dates[0]).min().unwrap_or(stretch[0].0[0]).plus_days(-1);
    let last = stretch.iter().map(|(dates, _)| dates[2]).max().unwrap_or(stretch[0].0[2]).plus_days(1);
    let span = days(first, last).clamp(1, SPAN + LONGEST);
    let day = f64::from(WIDTH - 2 * SIDE) / f64::from(span + 1);
    let at = |days: i32, within: f64| format!("{:.1}", f64::from(SIDE) + (f64::from(days) + within) * day);
    let all: Vec<(i32, CivilDate)> = (0..=span).map(|days| (days, first.plus_days(days))).collect();
    let monday = |(_, date): &&(i32, CivilDate)| date.weekday() == Weekday::Monday;
    let weekend = |(n, date): &(i32, CivilDate)| {
        let days = match date.weekday() {
            Weekday::Saturday => f64::from((span - n + 1).min(2)),
            Weekday::Sunday if *n == 0 => 1.0,
            _ => return None,
        };
        Some(Band { x: at(*n, 0.0), width: format!("{:.1}", days * day) })
    };
    let mark = |date: CivilDate| Tick { x: at(days(first, date), 0.5), label: short(date) };
    let row = |(number, (dates, filings)): (usize, &(Dates, Vec<usize>))| {
        let top = AXIS + ROW * i32::try_from(number).unwrap_or(0);
        Row {
            filings: filings.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            name: name(filings, entries),
            types: types(filings, entries),
            top: top + 20,
            middle: top + 36,
            bottom: top + 54,
            due: mark(dates[0]),
            notice: mark(dates[1]),
            extended: mark(dates[2]),
        }
    };
    let rows: Vec<Row> = stretch.iter().enumerate().map(row).collect();
    Panel {
        title: title(first.plus_days(1), last.plus_days(-1)),
        width: WIDTH,
        height: AXIS + ROW * i32::try_from(rows.len()).unwrap_or(0) + 4,
        left: SIDE,
        right: WIDTH - SIDE,
        weekends: all.iter().filter_map(weekend).collect(),
        ticks: all.iter().filter(monday).map(|(n, d)| Tick { x: at(*n, 0.5), label: short(*d) }).collect(),
        rows,
    }
}

/// `March 2026`, `March and April 2026`, `December 2025 and January 2026`
fn title(first: CivilDate, last: CivilDate) -> String {
    let month = |date: CivilDate| date.long().split(' ').next().unwrap_or_default().to_owned();
    let ((from, _, _), (to, _, _)) = (first.parts(), last.parts());
    match (month(first), month(last)) {
        (a, b) if from == to && a == b => format!("{a} {from}"),
        (a, b) if from == to => format!("{a} and {b} {from}"),
        (a, b) => format!("{a} {from} and {b} {to}"),
    }
}

/// `Mar 31`
pub(super) fn short(date: CivilDate) -> String {
    let long = date.long();
    format!("{} {}", long.get(..3).unwrap_or_default(), date.parts().2)
}

/// The name of the only filing, or of the first and how many more there are.
fn name(filings: &[usize], entries: &[Entry]) -> String {
    let first = filings.first().map_or("", |number| entries[*number].name());
    let more = if filings.len() > 1 { format!(" and {} more", filings.len() - 1) } else { String::new() };
    let room = NAME - more.len().min(NAME);
    let first = crate::harmless::harmless(first);
    if first.chars().count() <= room {
        return first + &more;
    }
    let cut: String = first.chars().take(room - 1).collect();
    format!("{}\u{2026}{more}", cut.trim_end_matches([' ', ',']))
}

/// The types of the notices: one, or how many kinds.
fn types(filings: &[usize], entries: &[Entry]) -> String {
    let each = filings.iter().filter_map(|number| entries[*number].facts.as_ref());
    let mut types: Vec<&str> = each.map(|facts| facts.submission_type.as_str()).collect();
    types.sort_unstable();
    types.dedup();
    match types.as_slice() {
        [only] => (*only).to_owned(),
        many => format!("{} types", many.len()),
    }
}
