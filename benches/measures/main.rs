//! The measures of `make bench`: each part compares `latefile` with programs that do the least that
//! the task could take, and with what people would use instead. Tests hold no time; these figures
//! are read by people.

mod chart;
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

use results::Measure;

/// Measures the speed of `latefile`. A run of all parts writes BENCHMARKS.md.
#[derive(Parser)]
struct Args {
    /// The parts to measure, whose figures are printed only
    parts: Vec<Part>,
    /// Runs that count
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Filings, instead of those that a part has; the figures are printed only
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..))]
    filings: Option<u32>,
    /// Cargo says this to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

/// A part of the measures.
#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// The first documents of a new repository
    First,
    /// Building 100 filings, and what people would use instead
    Peers,
    /// Building 1,000 filings from nothing, with nothing changed, and with one changed
    Build,
    /// Text and HTML of 10,000 filings
    Text,
    /// Loading and checking 10,000 filings
    Check,
}

impl Part {
    /// How many filings there are, unless an argument says otherwise.
    fn filings(self) -> usize {
        match self {
            Part::First => 1,
            Part::Peers => 100,
            Part::Build => 1_000,
            Part::Check | Part::Text => 10_000,
        }
    }

    fn measure(self, filings: usize, runs: usize) -> anyhow::Result<Measure> {
        match self {
            Part::First => parts::first::measure(runs),
            Part::Peers => parts::peers::measure(filings, runs),
            Part::Build => parts::build::measure(filings, runs),
            Part::Text => parts::text::measure(filings, runs),
            Part::Check => parts::check::measure(filings, runs),
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
    let runs = usize::from(args.runs);
    let filings = args.filings.map(usize::try_from).transpose().context("so many filings")?;
    let mut measures = Vec::new();
    for part in parts {
        let measure = part.measure(filings.unwrap_or(part.filings()), runs)?;
        results::print(&measure);
        measures.push(measure);
    }
    if args.parts.is_empty() && filings.is_none() {
        results::record(&measures, runs)?;
    }
    Ok(())
}
