//! Formats the results as a calendar (RFC 5545) with an all-day event for each date. The same
//! filings give the same bytes, and an event keeps its UID when its date changes or the file of its
//! filing is renamed.

use std::collections::HashSet;

use super::entry::Entry;
use super::text::{cited, subject};
use crate::form12b25::deadline::{DeadlineQuery, Inputs, Value};
use crate::form12b25::model::CivilDate;

/// The most octets of a content line, without its line break (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// Formats the results with known dates.
pub(super) fn calendar(entries: &[Entry], alarms: bool) -> String {
    let head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//latefile//latefile due//EN",
        "CALSCALE:GREGORIAN",
    ];
    let mut lines: Vec<String> = head.map(str::to_owned).to_vec();
    // A notice and its amendment are about one report, whose dates are in the calendar once.
    let mut reports = HashSet::new();
    for entry in entries.iter().filter(|entry| reports.insert(uid_of_report(entry))) {
        lines.extend(events(entry, alarms));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn events(entry: &Entry, alarms: bool) -> Vec<String> {
    let Some(dates) = entry.result.dates else { return Vec::new() };
    let form = entry.query.report.form;
    let notice = form.submission_type(false);
    // Without relief, no day is later than the report's due date.
    let with_relief = entry.filing.as_ref().is_none_or(|filing| filing.relief);
    [
        ("due", dates.due, format!("Form {form} due")),
        (
            "notice-due",
            dates.notice,
            format!("{notice} due by 5:30 p.m. Eastern if Form {form} is late"),
        ),
        ("extended-due", dates.extended, format!("Form {form} due with relief under Rule 12b-25")),
    ]
    .into_iter()
    .filter(|(kind, ..)| with_relief || *kind != "extended-due")
    .flat_map(|(kind, date, what)| event(entry, kind, date, &what, alarms))
    .collect()
}

fn event(entry: &Entry, kind: &str, date: CivilDate, what: &str, alarms: bool) -> Vec<String> {
    let mut description = vec![subject(&entry.query)];
    description.extend(entry.result.steps.iter().map(cited));
    let name = entry.filing.as_ref().map(|filing| format!("{}: ", filing.name)).unwrap_or_default();
    let tried = entry.tried.map(|status| format!(" ({status})")).unwrap_or_default();
    let summary = format!("{name}{what}{tried}");
    let alarm = alarms.then(|| alarm(&summary)).into_iter().flatten();
    [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}+{kind}@latefile", uid_of_report(entry)),
        // The end of the period instead of the time of writing, which would change with every run.
        // There is no SEQUENCE (RFC 5545, 3.8.7.4): it counts revisions, which this program does
        // not record. A number derived from the date would decrease if the date moved back, and
        // readers drop a lower number. A subscriber reads the whole calendar each time; without
        // METHOD it is not a scheduling message, so no event has to be newer than another.
        format!("DTSTAMP:{}T000000Z", basic(entry.query.report.period_ended)),
        format!("DTSTART;VALUE=DATE:{}", basic(date)),
        format!("DTEND;VALUE=DATE:{}", basic(date.plus_days(1))),
        format!("SUMMARY:{}", escaped(&summary)),
        format!("DESCRIPTION:{}", escaped(&description.join("\n"))),
        "TRANSP:TRANSPARENT".to_owned(),
    ]
    .into_iter()
    .chain(alarm)
    .chain(["END:VEVENT".to_owned()])
    .collect()
}

/// Returns an alarm at nine o'clock in the morning on the day before. An all-day event begins at
/// midnight of the reader's own time (RFC 5545, 3.6.6).
fn alarm(summary: &str) -> [String; 5] {
    [
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION:{}", escaped(summary)),
        "TRIGGER:-PT15H".to_owned(),
        "END:VALARM".to_owned(),
    ]
}

/// Returns the part of a UID that identifies the report: its CIK, form and period, so that no other
/// registrant's report has it and a file can be renamed; or the whole query, which has no
/// registrant and so no `ReportKey`.
fn uid_of_report(entry: &Entry) -> String {
    let DeadlineQuery { report, status, .. } = &entry.query;
    if let Some(key) = entry.filing.as_ref().and_then(|filing| filing.report.as_ref()) {
        let parts = [Some(key.name()), entry.tried.map(|status| status.to_string())];
        return parts.into_iter().flatten().collect::<Vec<_>>().join("+");
    }
    let inputs = Inputs::of(report, *status);
    let given = inputs.given().filter(|(input, _)| input.flag != "transition");
    let given = given.map(|(input, value)| match value {
        Value::Yes => input.flag.to_owned(),
        Value::Status(status) => status.to_string(),
        // Not `due`: calendars have been subscribed to that know the event by this UID.
        Value::Day(date) if input.flag == "due" => format!("given-{date}"),
        Value::Day(date) => format!("{}-{date}", input.flag),
    });
    let transition = report.transition.then(|| "transition".to_owned());
    let form = report.form.to_string().to_lowercase();
    let parts = [Some(form), transition, Some(report.period_ended.to_string())];
    parts.into_iter().flatten().chain(given).collect::<Vec<_>>().join("+")
}

/// `20260331`
fn basic(date: CivilDate) -> String {
    date.to_string().replace('-', "")
}

/// Escapes a text as the value of a property (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Folds a content line between characters, and ends it.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > WIDTH {
            // The space that begins a folded line counts.
            out += "\r\n ";
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_at_75_octets() {
        assert_eq!(folded(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
        assert_eq!(folded(&"x".repeat(76)), format!("{}\r\n x\r\n", "x".repeat(75)));
        let text = "é€😀".repeat(60);
        let lines = folded(&text);
        assert!(lines.split("\r\n").all(|l| l.len() <= 75));
        assert_eq!(lines.trim_end_matches("\r\n").replace("\r\n ", ""), text);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("A, B; C\\D\nE\tF: \"G\""), "A\\, B\\; C\\\\D\\nE F: \"G\"");
    }
}
