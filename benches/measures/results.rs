//! BENCHMARKS.md: the table of each measure stands between two marks and is replaced; the words
//! around it are people's.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread;

use anyhow::Context as _;

/// The file of results.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/BENCHMARKS.md");

/// A line of a table.
pub(crate) struct Row {
    name: String,
    /// One for each run that counts, or why there is none.
    figures: Result<Vec<f64>, String>,
    unit: &'static str,
    /// The most that the middle figure should be.
    goal: Option<f64>,
}

impl Row {
    /// Seconds, run by run.
    pub(crate) fn seconds(name: impl Into<String>, figures: &[f64]) -> Row {
        Row { name: name.into(), figures: Ok(figures.to_vec()), unit: "s", goal: None }
    }

    /// Ratios, run by run.
    pub(crate) fn ratio(name: impl Into<String>, figures: Vec<f64>) -> Row {
        Row { name: name.into(), figures: Ok(figures), unit: "", goal: None }
    }

    /// Peaks of memory in MB, run by run.
    pub(crate) fn memory(name: impl Into<String>, figures: &[f64]) -> Row {
        let known = if figures.is_empty() {
            Err("not known on this system".to_owned())
        } else {
            Ok(figures.to_vec())
        };
        Row { name: name.into(), figures: known, unit: "MB", goal: None }
    }

    /// Something that could not be measured, and why.
    pub(crate) fn missing(name: impl Into<String>, why: impl Into<String>) -> Row {
        Row { name: name.into(), figures: Err(why.into()), unit: "", goal: None }
    }

    /// The same, with the most that its middle figure should be.
    pub(crate) fn goal(self, most: f64) -> Row {
        Row { goal: Some(most), ..self }
    }

    fn line(&self) -> String {
        let figure =
            |figure: f64| format!("{} {}", digits(figure), self.unit).trim_end().to_owned();
        let goal = self
            .goal
            .map(|goal| format!("≤ {goal} {}", self.unit).trim_end().to_owned())
            .unwrap_or_default();
        match &self.figures {
            Err(why) => format!("| {} | {why} | | | {goal} | |", self.name),
            Ok(figures) => {
                let (median, least, most) = spread(figures);
                let met = self.goal.map_or(String::new(), |goal| verdict(median, goal));
                format!(
                    "| {} | {} | {} | {} | {goal} | {met} |",
                    self.name,
                    figure(median),
                    figure(least),
                    figure(most)
                )
            }
        }
    }
}

/// `yes`, or by how much a goal is missed.
fn verdict(median: f64, goal: f64) -> String {
    if median <= goal {
        "yes".to_owned()
    } else {
        format!("**no**, by {:.0} %", (median / goal - 1.0) * 100.0)
    }
}

/// Three digits that count.
fn digits(figure: f64) -> String {
    let decimals = match figure.abs() {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        0.1.. => 3,
        _ => 4,
    };
    format!("{figure:.decimals$}")
}

/// The middle, the least and the most.
fn spread(figures: &[f64]) -> (f64, f64, f64) {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
    let last = sorted.len().saturating_sub(1);
    (f64::midpoint(at(last / 2), at(last.div_ceil(2))), at(0), at(last))
}

/// How a measure was taken.
pub(crate) struct Setting {
    /// Runs that count.
    pub(crate) runs: usize,
    /// What was typed.
    pub(crate) command: String,
    /// Whether the table goes to the file; else it is only printed.
    pub(crate) recorded: bool,
}

/// Prints a measure's table, and puts it in the place of the last one.
///
/// # Errors
/// The file cannot be read or written, or has no place for this measure.
pub(crate) fn record(measure: &str, setting: &Setting, rows: &[Row]) -> anyhow::Result<()> {
    let table = table(setting, rows);
    #[expect(clippy::print_stdout, reason = "a benchmark is run to see its figures")]
    {
        println!("{table}");
    }
    if !setting.recorded {
        return Ok(());
    }
    let text = fs::read_to_string(FILE).with_context(|| format!("cannot read {FILE}"))?;
    let (begin, end) =
        (format!("<!-- {measure}: begin -->\n"), format!("<!-- {measure}: end -->\n"));
    let (before, rest) =
        text.split_once(&begin).with_context(|| format!("{FILE} has no {begin}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("{FILE} has no {end}"))?;
    let whole = format!("{before}{begin}{table}{end}{after}");
    fs::write(FILE, whole).with_context(|| format!("cannot write {}", Path::new(FILE).display()))
}

fn table(setting: &Setting, rows: &[Row]) -> String {
    let mut table = String::from(
        "| | median | least | most | goal | met |\n| --- | ---: | ---: | ---: | ---: | --- |\n",
    );
    for row in rows {
        let _ = writeln!(table, "{}", row.line()); // a string takes all
    }
    let Setting { runs, command, .. } = setting;
    format!(
        "{table}\n{runs} runs in turns, after one that does not count; `{command}`; {}.\n",
        machine()
    )
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
