//! Measures whether the time for prose grows with its length: each phrase of the word lists is
//! repeated in one sentence of 60, 240 and 960 KiB, and some other phrases also as sentences and
//! paragraphs. `cargo bench --bench prose` prints the worst ratios of two neighbouring sizes; the
//! goal is 6. `-- build` also renders text and HTML.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops at what is wrong"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use latefile::edgar::Format;
use latefile::form12b25::deadline::Calendar;
use latefile::pipeline;
use latefile::pipeline::load::files::Entry;
use latefile::pipeline::load::{self, SharedFiles};
use latefile::pipeline::render::{self, Templates};
use regex_syntax::hir::{Class, Hir, HirKind};
use rustix::time::{ClockId, clock_gettime};

/// The sizes, in KiB; a source has at most 1,024.
const SIZES: [usize; 3] = [60, 240, 960];
/// Rounds, of which the best counts.
const ROUNDS: usize = 2;
/// The most that four times the text may take, in times of the smaller text.
const GOAL: f64 = 6.0;
/// Shorter times say nothing about growth.
const NOISE: f64 = 0.02;
/// The number of texts that are listed.
const LISTED: usize = 15;

/// Phrases beside those of the word lists: of patterns, of dates, of marks.
const PHRASES: [&str; 21] = [
    "10-K",
    "December 31, 2025 we will file within fifteen calendar days the auditor",
    "we will file the Form 10-K by April 14, 2026",
    "it has not received from",
    "the inability of",
    "no error",
    "neither the error nor",
    "extended to April 30, 2026",
    "EDGAR",
    "XBRL",
    "Roe & Doe LLP",
    "forward-looking",
    "$5",
    "2025",
    "3/3/2026",
    "“quoted”",
    "U.S.",
    "(",
    "<b>",
    "§",
    "a",
];

/// A filing with a text in Part III, and no change of results.
fn filing(text: &str) -> String {
    let (head, tail) = SOUND.split_once("narrative:").unwrap();
    let tail = tail.split_once("contact:").unwrap().1;
    format!("{head}narrative: |\n  {}\ncontact:{tail}", text.trim().replace('\n', "\n  "))
}

#[path = "../tests/it/support.rs"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "only the sound filing is used")]
mod support;
use support::SOUND;

/// Returns a phrase of each line of the word lists.
fn listed() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/form12b25/rules/words");
    let mut all: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        // The files without lists have words that no pattern looks for.
        let lists = text.lines().skip_while(|line| !line.starts_with('['));
        let lines = lists.filter(|line| !line.is_empty() && !line.starts_with(['[', '#']));
        all.extend(lines.filter_map(sample));
    }
    all
}

/// Returns the units that texts repeat.
fn units() -> Vec<String> {
    let listed = listed();
    let person = listed.iter().map(|phrase| format!("the auditor {phrase} "));
    let alone = PHRASES.iter().flat_map(|phrase| {
        [format!("{phrase} "), format!("The {phrase} went. "), format!("{phrase}\n\n")]
    });
    person.chain(alone).collect()
}

/// Returns a text that a phrase of a word list matches.
fn sample(phrase: &str) -> Option<String> {
    // `<2>` is at most two words.
    let expression = regex::Regex::new("<[0-9]> ?").unwrap().replace_all(phrase, "").into_owned();
    let mut text = String::new();
    write(&regex_syntax::parse(&expression).ok()?, &mut text);
    Some(text)
}

/// Writes a text that an expression matches: the first choice of each, once.
fn write(expression: &Hir, text: &mut String) {
    match expression.kind() {
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            text.extend(class.iter().map(|range| range.start()).find(|c| c.is_alphanumeric()));
        }
        HirKind::Repetition(repetition) => write(&repetition.sub, text),
        HirKind::Capture(capture) => write(&capture.sub, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, text)),
        HirKind::Alternation(choices) => write(&choices[0], text),
        HirKind::Class(_) | HirKind::Empty | HirKind::Look(_) => {}
    }
}

/// Returns a text of a size, in KiB, that repeats a unit.
fn repeated(unit: &str, size: usize) -> String {
    let lines = 1 + unit.matches('\n').count();
    // The two spaces before each line count too.
    unit.repeat(size * 1024 / (unit.len() + 2 * (lines - 1)))
}

/// Returns the time in seconds to load and check a filing with a text, and to render it if
/// `renders` is set.
fn time(text: &str, renders: bool, (templates, calendar): (&Templates, &Calendar)) -> f64 {
    let bytes = filing(text).into_bytes();
    let name = "a.yaml".to_owned();
    let entry = Entry { path: name.clone().into(), shown: name.clone(), name, id: "a".to_owned() };
    let start = processor_time();
    let mut loaded = load::load_bytes(&entry, bytes, &SharedFiles::default());
    pipeline::apply_rules(&mut loaded, &templates.editions, calendar);
    black_box(pipeline::place(loaded.findings, &loaded.sources));
    if let Some(filing) = loaded.filing.filter(|_| renders) {
        let _ = black_box(render::render(&filing, "a", templates, &[Format::TEXT, Format::HTML]));
    }
    processor_time() - start
}

/// Returns the processor's time of this thread, in seconds: others may be busy.
fn processor_time() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn main() {
    let renders = std::env::args().any(|arg| arg == "build");
    let with = (&Templates::built_in().unwrap(), &Calendar::built_in());
    let mut all = Vec::new();
    for unit in units() {
        let once = |size| time(&repeated(&unit, size), renders, with);
        let times = SIZES.map(|size| (0..ROUNDS).map(|_| once(size)).fold(f64::MAX, f64::min));
        let ratio = |n: usize| if times[n] < NOISE { 0.0 } else { times[n] / times[n - 1] };
        all.push((ratio(1).max(ratio(2)), times, unit));
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let over = all.iter().filter(|(ratio, ..)| *ratio > GOAL).count();
    println!("{} texts, {over} over a ratio of {GOAL}; the worst:", all.len());
    for (ratio, [small, middle, large], unit) in all.iter().take(LISTED) {
        println!("{ratio:6.1}  {small:.3} s  {middle:.3} s  {large:.3} s  {unit:?}");
    }
    let slowest = all.iter().max_by(|a, b| a.1[2].total_cmp(&b.1[2]));
    if let Some((_, times, unit)) = slowest {
        println!("the slowest: {:.3} s  {unit:?}", times[2]);
    }
}
