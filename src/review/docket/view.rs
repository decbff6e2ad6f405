//! The views of the docket's templates: texts as they are shown, and the keys that rows are sorted
//! by.

use std::collections::BTreeMap;

use serde::Serialize;

use super::entries::{Docket, Entry, Said, Standing};
use super::links::encoded;
use super::timeline::{self, Panel, short};
use crate::diagnostics::characters::visible;
use crate::diagnostics::count::{grouped, many};
use crate::diagnostics::finding::Severity;
use crate::edgar::Format;
use crate::form12b25::documents::{self, short_name};
use crate::form12b25::model::{CivilDate, Scalar as _};
use crate::pipeline::Shard;
use crate::pipeline::manifest::Manifest;

/// Pictures that are shown; the earlier ones are folded.
const SHOWN: usize = 6;

/// The whole page.
#[derive(Debug, Serialize)]
pub(super) struct View {
    version: &'static str,
    /// `Part 3 of 10`, if these filings are not all.
    part: Option<String>,
    tallies: Vec<Tally>,
    types: Vec<String>,
    rows: Vec<Row>,
    panels: Vec<Panel>,
    earlier: Vec<Panel>,
    others: Vec<Line>,
}

/// The page of one document.
#[derive(Debug, Serialize)]
pub(super) struct Reading {
    row: Row,
    /// The document's title and format.
    title: String,
    /// Where the page is, and where the document itself.
    here: String,
    source: String,
}

impl Reading {
    /// Of a document of a filing, by its file's name.
    pub(super) fn of(entry: &Entry, name: &str) -> Reading {
        let row = row(0, entry, "/view/");
        let at = |folder: &str| format!("{folder}{}/{}", encoded(&entry.id), encoded(name));
        let here = at("/view/");
        let title = row.documents.iter().find_map(|files| {
            let link = files.links.iter().find(|link| link.href == here)?;
            Some(format!("{}, {}", files.name, link.format))
        });
        Reading { row, title: title.unwrap_or_else(|| visible(name)), here, source: at("/out/") }
    }
}

/// A count at the head of the page.
#[derive(Debug, Serialize)]
struct Tally {
    number: String,
    noun: String,
    class: &'static str,
}

#[derive(Debug, Serialize)]
struct Row {
    number: usize,
    id: String,
    name: String,
    others: Vec<String>,
    submission: String,
    period: Option<Period>,
    period_sort: String,
    state: State,
    standing: Option<State>,
    due: Option<Day>,
    notice_due: Option<Day>,
    extended: Option<Day>,
    no_relief: bool,
    /// The rank of its gravest finding: `0` for an error, `3` for none.
    worst: usize,
    /// The number of findings of that rank.
    gravest: Option<Tally>,
    /// The first finding of that rank, unless it is a note, and the number of others that are shown.
    first: Option<Line>,
    more: usize,
    standing_findings: Vec<Line>,
    /// Notes and waived findings.
    folded: Vec<Line>,
    documents: Vec<Files>,
}

/// The period of a report.
#[derive(Debug, Serialize)]
struct Period {
    kind: &'static str,
    date: String,
}

/// A word about a filing, its class, and its date if there is one.
#[derive(Debug, Serialize)]
struct State {
    word: &'static str,
    class: &'static str,
    date: Option<String>,
}

/// A date as people read it, and as machines do.
#[derive(Debug, Serialize)]
struct Day {
    iso: String,
    date: String,
    weekday: &'static str,
}

/// A finding.
#[derive(Debug, Serialize)]
struct Line {
    severity: String,
    code: String,
    message: Vec<Piece>,
    hint: Vec<Piece>,
    waived: Option<String>,
    place: Option<String>,
}

/// A piece of a message: backticks are around values.
#[derive(Debug, Serialize)]
struct Piece {
    text: String,
    value: bool,
}

/// A document in its formats.
#[derive(Debug, Serialize)]
struct Files {
    name: String,
    links: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct Link {
    href: String,
    format: &'static str,
}

impl View {
    /// Of a docket whose page finds the outputs at `out`, a reference that ends in `/` or is empty.
    pub(super) fn of(docket: &Docket, out: &str) -> View {
        let rows: Vec<Row> =
            docket.entries.iter().enumerate().map(|(n, entry)| row(n, entry, out)).collect();
        let mut types: Vec<String> =
            rows.iter().map(|row| row.submission.clone()).filter(|t| !t.is_empty()).collect();
        types.sort();
        types.dedup();
        let mut panels = timeline::panels(&docket.entries);
        let earlier = panels.split_off(panels.len().min(SHOWN));
        let others = docket.others.iter().map(line).collect();
        let part = |shard: Shard| format!("Part {} of {}", shard.number, shard.of);
        View {
            version: env!("CARGO_PKG_VERSION"),
            part: docket.shard.map(part),
            tallies: tallies(docket),
            types,
            rows,
            panels,
            earlier,
            others,
        }
    }
}

/// `16 notices`, and those of the other counts that are not zero.
fn tallies(docket: &Docket) -> Vec<Tally> {
    let entries = &docket.entries;
    let facts = |test: fn(&Manifest) -> bool| {
        entries.iter().filter(|e| e.facts.as_ref().is_some_and(test)).count()
    };
    let others = |severity| {
        docket.others.iter().filter(|s| !s.is_waived() && s.remark.severity == severity).count()
    };
    let found = |severity| {
        entries.iter().map(|entry| entry.count(severity)).sum::<usize>() + others(severity)
    };
    let standing = |standing| entries.iter().filter(|entry| entry.standing == standing).count();
    let tally = |number, noun: &str, class| (number, Tally::of(number, noun, class));
    let plural = |number, noun: &str, class| tally(number, &many(number, noun), class);
    let mut all = vec![plural(entries.len(), "notice", "").1];
    let rest = [
        plural(found(Severity::Error), "error", "error"),
        plural(found(Severity::Warning), "warning", "warning"),
        tally(facts(|facts| facts.signed_on.is_none() && !facts.filed), "not signed", ""),
        tally(facts(|facts| facts.filed), "filed", ""),
        tally(standing(Standing::Unbuilt), "not built", "warning"),
        tally(standing(Standing::Stale), "changed since the build", "warning"),
        tally(standing(Standing::Orphaned), "without a source", "warning"),
    ];
    all.extend(rest.into_iter().filter(|(number, _)| *number > 0).map(|(_, tally)| tally));
    all
}

impl Tally {
    fn of(number: usize, noun: &str, class: &'static str) -> Tally {
        Tally { number: grouped(number), noun: noun.to_owned(), class }
    }
}

fn row(number: usize, entry: &Entry, out: &str) -> Row {
    let facts = entry.facts.as_ref();
    let day =
        |get: fn(&Manifest) -> &Option<String>| facts.and_then(|facts| day(get(facts).as_deref()?));
    let (stands, folded): (Vec<&Said>, Vec<&Said>) =
        entry.findings.iter().partition(|s| s.counts());
    let ranks = [Severity::Error, Severity::Warning, Severity::Note];
    let worst = ranks.iter().position(|severity| entry.count(*severity) > 0);
    let gravest = worst.map(|rank| (ranks[rank], entry.count(ranks[rank])));
    let first = stands.iter().find(|said| gravest.is_some_and(|(s, _)| said.remark.severity == s));
    Row {
        number,
        id: visible(&entry.id),
        name: visible(entry.name()),
        others: facts.map_or(Vec::new(), |f| {
            f.registrants.iter().skip(1).map(|name| visible(name)).collect()
        }),
        submission: facts.map_or(String::new(), |facts| visible(&facts.submission_type)),
        period: facts.and_then(period),
        period_sort: facts.map_or(String::new(), |facts| visible(&facts.period_ended)),
        state: state(facts),
        standing: standing(entry.standing),
        due: day(|facts| &facts.due),
        notice_due: day(|facts| &facts.notice_due),
        extended: facts.and_then(|facts| self::day(facts.extended_to()?)),
        no_relief: facts.is_some_and(|facts| facts.relief_sought == Some(false)),
        worst: worst.unwrap_or(ranks.len()),
        gravest: gravest.map(|(severity, number)| tally_of(severity, number)),
        first: first.map(|said| line(said)),
        more: stands.len().saturating_sub(1),
        standing_findings: stands.into_iter().map(line).collect(),
        folded: folded.into_iter().map(line).collect(),
        documents: facts.map_or(Vec::new(), |facts| documents(&entry.id, facts, out)),
    }
}

/// `2 warnings`
fn tally_of(severity: Severity, number: usize) -> Tally {
    let class = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    Tally::of(number, &many(number, class), class)
}

/// The report's period and its end.
fn period(facts: &Manifest) -> Option<Period> {
    let date = CivilDate::parse(&facts.period_ended).ok()?;
    let kind = if facts.transition { "Transition period ended" } else { "Period ended" };
    Some(Period { kind, date: format!("{}, {}", short(date), date.parts().0) })
}

fn day(text: &str) -> Option<Day> {
    let date = CivilDate::parse(text).ok()?;
    let (year, _, _) = date.parts();
    let weekday = date.weekday_name().get(..3)?;
    Some(Day { iso: date.to_string(), date: format!("{}, {year}", short(date)), weekday })
}

/// Filed, signed or neither.
fn state(facts: Option<&Manifest>) -> State {
    let on = |word, class, date: Option<&String>| {
        let date = date.and_then(|date| day(date)).map(|day| day.date);
        State { word, class, date }
    };
    match facts {
        None => on("Cannot be read", "unread", None),
        Some(facts) if facts.filed => on("Filed", "filed", facts.filed_on.as_ref()),
        Some(facts) if facts.signed_on.is_some() => {
            on("Signed", "signed", facts.signed_on.as_ref())
        }
        Some(_) => on("Not signed", "unsigned", None),
    }
}

fn standing(standing: Standing) -> Option<State> {
    let word = match standing {
        Standing::Built => return None,
        Standing::Stale => "Changed since the build",
        Standing::Unbuilt => "Not built",
        Standing::Orphaned => "Its source is gone",
    };
    Some(State { word, class: "stale", date: None })
}

fn line(said: &Said) -> Line {
    Line {
        severity: said.remark.severity.to_string(),
        code: visible(&said.remark.code),
        message: pieces(&said.remark.message),
        hint: said.hint.as_deref().map_or(Vec::new(), pieces),
        waived: said.remark.waived.as_deref().map(visible),
        place: said.place.as_deref().map(visible),
    }
}

/// Text, a value, text and so on. An unpaired backtick is text.
fn pieces(message: &str) -> Vec<Piece> {
    let message = visible(message);
    let parts: Vec<&str> = message.split('`').collect();
    let paired = parts.len() % 2 == 1;
    if !paired {
        return vec![Piece { text: message, value: false }];
    }
    let piece = |(n, text): (usize, &&str)| Piece { text: (*text).to_owned(), value: n % 2 == 1 };
    parts
        .iter()
        .enumerate()
        .map(piece)
        .filter(|piece| piece.value || !piece.text.is_empty())
        .collect()
}

/// The documents that there are, the form first.
fn documents(id: &str, facts: &Manifest, out: &str) -> Vec<Files> {
    let mut stems: BTreeMap<(bool, &str), Vec<Link>> = BTreeMap::new();
    for format in Format::all() {
        let of_format = |name: &&String| Format::of_output(name) == Some(format);
        for name in facts.outputs.keys().filter(of_format) {
            let Some((stem, _)) = name.rsplit_once('.') else { continue };
            let href = format!("{out}{}/{}", encoded(id), encoded(name));
            let link = Link { href, format: format.label() };
            stems.entry((stem != documents::FORM, stem)).or_default().push(link);
        }
    }
    stems.into_iter().map(|((_, stem), links)| Files { name: short_name(stem), links }).collect()
}
