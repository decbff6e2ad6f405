//! The dates of all filings as pictures: one for each stretch of days in which something is due.
//! Filings with the same three dates share a row, so that a season of a thousand notices is as
//! readable as one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entries::Entry;
use crate::diagnostics::characters::visible;
use crate::diagnostics::count::count;
use crate::form12b25::model::{CivilDate, Scalar as _, Weekday};

/// The width of a picture in its own units, which are CSS pixels on a phone.
const WIDTH: i32 = 360;
/// The margin at both sides of the days, for the dates beside the first and the last mark.
const SIDE: i32 = 38;
/// The height of the axis, and of a row.
const AXIS: i32 = 26;
const ROW: i32 = 64;
/// The most days from the first date of a picture to its last.
// With more, the marks of neighbouring days would touch. Rule 12b-25 gives at most 15, moved over a
// weekend and holidays, but a manifest may have been edited to span a century: it has no picture.
const SPAN: i32 = 20;
/// The days that each picture shows: all pictures have the same scale.
const DAYS: i32 = SPAN + 3;
/// The width of a day.
const DAY: f64 = (WIDTH - 2 * SIDE) as f64 / DAYS as f64;
/// The most filings of a row whose names are shown.
const NAMED: usize = 3;
/// The characters of a name that fit beside the types of notices.
const NAME: usize = 36;

/// One picture.
#[derive(Debug, Serialize)]
pub(super) struct Panel {
    /// The months that it shows.
    title: String,
    /// The first day, its left edge, and the width of a day, for the page's script.
    first: String,
    side: i32,
    day: String,
    width: i32,
    height: i32,
    weekends: Vec<Band>,
    /// The Mondays, with their labels.
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
    /// Heights of the name and of the marks.
    top: i32,
    middle: i32,
    due: Tick,
    notice: Tick,
    /// `None` if no relief is sought.
    extended: Option<Tick>,
}

type Dates = [CivilDate; 3];

/// The filings with the same dates, of those that seek relief or of the others.
struct Group {
    dates: Dates,
    relief: bool,
    filings: Vec<usize>,
}

/// The pictures, the latest first; the rows of each in the order of their dates.
pub(super) fn panels(entries: &[Entry]) -> Vec<Panel> {
    let mut rows: BTreeMap<(Dates, bool), Vec<usize>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(dates) = dates(entry) {
            let relief = entry.facts.as_ref().is_some_and(|facts| facts.extended_to().is_some());
            rows.entry((dates, relief)).or_default().push(number);
        }
    }
    let mut stretches: Vec<Vec<Group>> = Vec::new();
    for ((dates, relief), filings) in rows {
        let group = Group { dates, relief, filings };
        match stretches.last_mut() {
            Some(stretch) if days(stretch[0].dates[0], dates[2]) <= SPAN => stretch.push(group),
            _ => stretches.push(vec![group]),
        }
    }
    stretches.iter().rev().map(|stretch| panel(stretch, entries)).collect()
}

/// The three dates of a filing, if they are such.
fn dates(entry: &Entry) -> Option<Dates> {
    let facts = entry.facts.as_ref()?;
    let date = |text: &Option<String>| CivilDate::parse(text.as_ref()?).ok();
    let dates = [date(&facts.due)?, date(&facts.notice_due)?, date(&facts.extended_due)?];
    (dates.is_sorted() && days(dates[0], dates[2]) <= SPAN).then_some(dates)
}

/// The days from one date to a later one, or `i32::MAX` if there are more than in any picture.
fn days(from: CivilDate, to: CivilDate) -> i32 {
    (0..=DAYS).find(|&days| from.plus_days(days) >= to).unwrap_or(i32::MAX)
}

/// The days that a picture shows, from the day before its first date.
struct Days {
    first: CivilDate,
}

impl Days {
    /// Each with its number, from 0.
    fn each(&self) -> impl Iterator<Item = (i32, CivilDate)> {
        (0..DAYS).map(|number| (number, self.first.plus_days(number)))
    }

    /// A place within a day: 0 is where it begins, 1 where it ends.
    fn x(&self, number: i32, within: f64) -> String {
        format!("{:.1}", f64::from(SIDE) + (f64::from(number) + within) * DAY)
    }

    fn mark(&self, date: CivilDate) -> Tick {
        Tick { x: self.x(days(self.first, date), 0.5), label: short(date) }
    }

    /// The Mondays.
    fn ticks(&self) -> Vec<Tick> {
        self.each()
            .filter(|(_, date)| date.weekday() == Weekday::Monday)
            .map(|(_, date)| self.mark(date))
            .collect()
    }

    fn weekends(&self) -> Vec<Band> {
        let band = |number, days: i32| Band {
            x: self.x(number, 0.0),
            width: format!("{:.1}", f64::from(days) * DAY),
        };
        let begins = |(number, date): (i32, CivilDate)| match date.weekday() {
            Weekday::Saturday => Some(band(number, (DAYS - number).min(2))),
            Weekday::Sunday if number == 0 => Some(band(number, 1)),
            _ => None,
        };
        self.each().filter_map(begins).collect()
    }
}

fn panel(stretch: &[Group], entries: &[Entry]) -> Panel {
    let first = stretch[0].dates[0];
    let last = stretch.iter().map(|group| group.dates[2]).max().unwrap_or(first);
    let days = Days { first: first.plus_days(-1) };
    let row = |(top, Group { dates, relief, filings }): (i32, &Group)| Row {
        filings: filings.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        name: name(filings, entries),
        types: types(filings, entries),
        top: top + 20,
        middle: top + 36,
        due: days.mark(dates[0]),
        notice: days.mark(dates[1]),
        extended: relief.then(|| days.mark(dates[2])),
    };
    let tops = (0..).map(|number| AXIS + ROW * number);
    let rows: Vec<Row> = tops.zip(stretch).map(row).collect();
    Panel {
        title: title(first, last),
        first: days.first.to_string(),
        side: SIDE,
        day: format!("{DAY:.3}"),
        width: WIDTH,
        height: AXIS + ROW * i32::try_from(rows.len()).unwrap_or(0) + 4,
        weekends: days.weekends(),
        ticks: days.ticks(),
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

/// The name of the only filing, or of the first and the number of the others, or the number of all
/// if there are many.
fn name(filings: &[usize], entries: &[Entry]) -> String {
    if filings.len() > NAMED {
        return count(filings.len(), "notice");
    }
    let first = filings.first().map_or("", |number| entries[*number].name());
    let more =
        if filings.len() > 1 { format!(" and {} more", filings.len() - 1) } else { String::new() };
    let most = NAME - more.len().min(NAME);
    let first = visible(first);
    if first.chars().count() <= most {
        return first + &more;
    }
    let cut: String = first.chars().take(most - 1).collect();
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
