//! BENCHMARKS.md: the table of each measure stands between two marks and is replaced; the words
//! around it are people's.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread;

use anyhow::Context as _;

use crate::process::Spread;

/// The file of results.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/BENCHMARKS.md");

/// A line of a table: what was measured, its figures, their unit.
pub(crate) struct Row(pub(crate) &'static str, pub(crate) Spread, pub(crate) &'static str);

/// Prints a measure's table, and puts it in the place of the last one.
///
/// # Errors
/// The file cannot be read or written, or has no place for this measure.
pub(crate) fn record(measure: &str, runs: usize, rows: &[Row]) -> anyhow::Result<()> {
    let table = table(runs, rows);
    #[expect(clippy::print_stdout, reason = "a benchmark is run to see its figures")]
    {
        println!("{table}");
    }
    let text = fs::read_to_string(FILE).with_context(|| format!("cannot read {FILE}"))?;
    let (begin, end) = (format!("<!-- {measure}: begin -->\n"), format!("<!-- {measure}: end -->\n"));
    let (before, rest) = text.split_once(&begin).with_context(|| format!("{FILE} has no {begin}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("{FILE} has no {end}"))?;
    let whole = format!("{before}{begin}{table}{end}{after}");
    fs::write(FILE, whole).with_context(|| format!("cannot write {}", Path::new(FILE).display()))
}

fn table(runs: usize, rows: &[Row]) -> String {
    let mut table = String::from("| | median | least | most |\n| --- | ---: | ---: | ---: |\n");
    for Row(name, spread, unit) in rows {
        let figure = |figure: f64| format!("{figure:.2} {unit}").trim_end().to_owned();
        let (median, least, most) = (figure(spread.median), figure(spread.least), figure(spread.most));
        let _ = writeln!(table, "| {name} | {median} | {least} | {most} |"); // a string takes all
    }
    format!("{table}\n{runs} runs in turns, after one that does not count; {}.\n", machine())
}

/// The processor and how many of it there are.
fn machine() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|(_, name)| name);
    format!("{}, {cores} cores, {}", model.unwrap_or("a processor of unknown make"), std::env::consts::OS)
}
