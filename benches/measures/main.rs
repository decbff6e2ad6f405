//! What `make bench` measures: each part compares `latefile` with programs that do the least that
//! the task could take, and with what people would use instead, and writes its figures to
//! BENCHMARKS.md. Tests hold no time; these figures are read by people.

mod corpus;
mod floor;
mod parts;
mod peers;
mod process;
mod results;
mod sources;
mod writing;

use std::env;
use std::path::Path;

use anyhow::Context as _;
use clap::{Parser, ValueEnum};

use results::Setting;

/// Measures the speed of `latefile`.
#[derive(Parser)]
struct Args {
    /// The parts to measure; all of them if none is named
    parts: Vec<Part>,
    /// Runs that count, instead of those that a part has
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    runs: Option<u16>,
    /// Filings, instead of those that a part has; the figures are then printed and not recorded
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..))]
    filings: Option<u32>,
    /// Cargo says this to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

/// A part of the measures, with a table of its own.
#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// Loading and judging 10,000 filings
    Check,
    /// Building 1,000 filings from nothing, with nothing changed, and with one changed
    Build,
    /// Building 100 filings, and what people would use instead
    Peers,
    /// Text and HTML of 10,000 filings
    Text,
}

impl Part {
    /// How many filings there are, unless an argument says otherwise.
    fn filings(self) -> usize {
        match self {
            Part::Check | Part::Text => 10_000,
            Part::Build => 1_000,
            Part::Peers => 100,
        }
    }

    /// How many runs count, unless an argument says otherwise: fewer where one takes minutes.
    fn runs(self) -> usize {
        match self {
            Part::Check => 7,
            Part::Build | Part::Text => 5,
            Part::Peers => 3,
        }
    }

    fn measure(self, filings: usize, setting: &Setting) -> anyhow::Result<()> {
        match self {
            Part::Check => parts::check::measure(filings, setting),
            Part::Build => parts::build::measure(filings, setting),
            Part::Peers => parts::peers::measure(filings, setting),
            Part::Text => parts::text::measure(filings, setting),
        }
    }
}

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    if let [verb, folder] = words.as_slice()
        && verb == parts::check::PARSE
    {
        return parts::check::parse(Path::new(folder));
    }
    let args = Args::parse();
    let parts = if args.parts.is_empty() { Part::value_variants() } else { &args.parts };
    for part in parts {
        let setting = Setting {
            runs: args.runs.map_or(part.runs(), usize::from),
            command: command(&words),
            recorded: args.filings.is_none(),
        };
        let filings = args.filings.map(usize::try_from).transpose().context("so many filings")?;
        part.measure(filings.unwrap_or(part.filings()), &setting)?;
    }
    Ok(())
}

/// What was typed to come here.
fn command(words: &[String]) -> String {
    let words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| *word != "--bench").collect();
    if words.is_empty() {
        "make bench".to_owned()
    } else {
        format!("cargo bench --bench measures -- {}", words.join(" "))
    }
}
