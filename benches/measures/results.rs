//! Figures as tables and as a chart. A run of all parts puts them into BENCHMARKS.md.

use std::fmt::Write as _;
use std::fs;
use std::thread;

use anyhow::Context as _;

use crate::chart::{self, Bar};

/// The file of results, and the chart that it shows.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/BENCHMARKS.md");
const CHART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/benchmarks.svg");
/// The marks around the table.
const BEGIN: &str = "<!-- table: begin -->\n";
const END: &str = "<!-- table: end -->\n";

/// The figures of a part.
pub(crate) struct Measure {
    /// The work, and the number of filings.
    pub(crate) title: String,
    pub(crate) rows: Vec<Row>,
    /// The bars of the chart, if it shows this part.
    pub(crate) bars: Vec<Bar>,
}

/// A line of a table.
pub(crate) struct Row {
    name: String,
    /// One for each run that counts, or why there is none.
    figures: Result<Vec<f64>, String>,
    unit: &'static str,
    /// The most that the median should be.
    goal: Option<f64>,
    /// Whether it is printed only.
    detail: bool,
}

impl Row {
    fn new(name: impl Into<String>, figures: Result<Vec<f64>, String>, unit: &'static str) -> Row {
        Row { name: name.into(), figures, unit, goal: None, detail: false }
    }

    /// Seconds, run by run.
    pub(crate) fn seconds(name: impl Into<String>, figures: &[f64]) -> Row {
        Row::new(name, Ok(figures.to_vec()), "s")
    }

    /// Ratios, run by run.
    pub(crate) fn ratio(name: impl Into<String>, figures: Vec<f64>) -> Row {
        Row::new(name, Ok(figures), "")
    }

    /// Peaks of memory in MB, run by run.
    pub(crate) fn memory(name: impl Into<String>, figures: &[f64]) -> Row {
        let known = if figures.is_empty() {
            Err("not known on this system".to_owned())
        } else {
            Ok(figures.to_vec())
        };
        Row::new(name, known, "MB")
    }

    /// Something that could not be measured, and why.
    pub(crate) fn missing(name: impl Into<String>, why: impl Into<String>) -> Row {
        Row::new(name, Err(why.into()), "")
    }

    /// The same, with the most that its median should be.
    pub(crate) fn goal(self, most: f64) -> Row {
        Row { goal: Some(most), ..self }
    }

    /// The same, printed only.
    pub(crate) fn detail(self) -> Row {
        Row { detail: true, ..self }
    }

    fn line(&self) -> String {
        let name = &self.name;
        match &self.figures {
            Err(why) => format!("| {name} | {why} | | |"),
            Ok(figures) => {
                let (median, least, most) = spread(figures);
                let goal = self.goal.map_or(String::new(), |goal| self.verdict(median, goal));
                let median = format!("{} {}", digits(median), self.unit);
                let (median, range) = (median.trim_end(), [digits(least), digits(most)].join("–"));
                format!("| {name} | {median} | {range} | {goal} |")
            }
        }
    }

    /// The goal, and by how much it is missed.
    fn verdict(&self, median: f64, goal: f64) -> String {
        let limit = format!("≤ {goal} {}", self.unit);
        let limit = limit.trim_end();
        if median <= goal {
            limit.to_owned()
        } else {
            format!("{limit}, **missed** by {:.0} %", (median / goal - 1.0) * 100.0)
        }
    }
}

/// Three digits that count.
pub(crate) fn digits(figure: f64) -> String {
    let decimals = match figure.abs() {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        0.1.. => 3,
        _ => 4,
    };
    format!("{figure:.decimals$}")
}

/// The median, the least and the most.
pub(crate) fn spread(figures: &[f64]) -> (f64, f64, f64) {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
    let last = sorted.len().saturating_sub(1);
    (f64::midpoint(at(last / 2), at(last.div_ceil(2))), at(0), at(last))
}

/// Prints the table of a part, with its details.
pub(crate) fn print(measure: &Measure) {
    #[expect(clippy::print_stdout, reason = "a benchmark is run to see its figures")]
    {
        println!("{}", table(&[measure], |_| true));
    }
}

/// Writes the table and the chart of all parts.
///
/// # Errors
/// A file cannot be read or written, or has no place for the table.
pub(crate) fn record(measures: &[Measure], runs: usize) -> anyhow::Result<()> {
    let text = fs::read_to_string(FILE).with_context(|| format!("cannot read {FILE}"))?;
    let (before, rest) =
        text.split_once(BEGIN).with_context(|| format!("{FILE} has no {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("{FILE} has no {END}"))?;
    let table = table(&measures.iter().collect::<Vec<_>>(), |row| !row.detail);
    let machine = machine();
    let whole = format!("{before}{BEGIN}{table}\nMedians of {runs} runs; {machine}.\n{END}{after}");
    fs::write(FILE, whole).with_context(|| format!("cannot write {FILE}"))?;
    let charted = measures.iter().filter(|measure| !measure.bars.is_empty());
    for Measure { title, bars, .. } in charted {
        let title = format!("{title}: seconds");
        fs::write(CHART, chart::svg(&title, bars))
            .with_context(|| format!("cannot write {CHART}"))?;
    }
    Ok(())
}

fn table(measures: &[&Measure], is_shown: impl Fn(&Row) -> bool) -> String {
    let mut table = String::from("| | median | range | goal |\n| --- | ---: | ---: | --- |\n");
    for measure in measures {
        // A string takes all.
        let _ = writeln!(table, "| **{}** | | | |", measure.title);
        for row in measure.rows.iter().filter(|row| is_shown(row)) {
            let _ = writeln!(table, "{}", row.line());
        }
    }
    table
}

/// The processor and how many of it there are.
fn machine() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map(|(_, name)| name);
    format!(
        "{}, {cores} cores, {}",
        model.unwrap_or("a processor of unknown make"),
        std::env::consts::OS
    )
}
