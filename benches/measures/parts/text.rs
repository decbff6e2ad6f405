//! Text and HTML alone: what the tool itself takes, without typst, and how it grows.

use anyhow::Context as _;

use super::{cold, folder, remove, thousands};
use crate::process::{Contender, turns};
use crate::results::{Measure, Row};
use crate::writing::Writing;

const BUILD: &[&str] = &["build", "--formats", "text,html"];

/// Measures.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, runs: usize) -> anyhow::Result<Measure> {
    let sizes = [filings, filings / 10, filings / 100];
    let [large, middle, small] =
        &[folder("text", sizes[0])?, folder("text", sizes[1])?, folder("text", sizes[2])?];
    turns("text, once for its bytes", 0, &mut [cold(large, BUILD, "out-copied")])?;
    let writing = Writing::new(&large.join("filings"), &large.join("out-copied"))?;
    let out = &large.join("out-least");
    let mut contenders = [
        cold(large, BUILD, "out"),
        Contender::here(|| writing.run(out)).after(|| remove(out)),
        cold(middle, BUILD, "out"),
        cold(small, BUILD, "out"),
    ];
    let measured = turns("text", runs, &mut contenders)?;
    let [of_large, least, of_middle, of_small] =
        measured.try_into().ok().context("four contenders")?;
    let [all, tenth, hundredth] = sizes.map(thousands);
    let grown = of_large.with(&of_middle, |large, middle| large / (10.0 * middle));
    Ok(Measure {
        title: format!("`latefile build --formats text,html`, {all} filings"),
        rows: vec![
            Row::seconds("time", &of_large.seconds),
            Row::seconds("reading the sources and writing the same bytes", &least.seconds).detail(),
            Row::ratio(
                "over reading the sources and writing the same bytes",
                of_large.over(&least),
            )
            .goal(7.0),
            Row::seconds(format!("time, {tenth} filings"), &of_middle.seconds).detail(),
            Row::seconds(format!("time, {hundredth} filings"), &of_small.seconds).detail(),
            Row::ratio(format!("over ten times {tenth} filings"), grown).goal(1.1),
            Row::memory("memory", &of_large.peaks).goal(200.0),
            Row::memory(format!("memory, {tenth} filings"), &of_middle.peaks).detail(),
        ],
        bars: Vec::new(),
    })
}
