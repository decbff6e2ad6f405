//! Text and HTML alone: what the tool itself takes, without typst, and how it grows.

use anyhow::Context as _;

use super::{cold, folder, remove, thousands};
use crate::process::{Contender, turns};
use crate::results::{Row, Setting, record};
use crate::writing::Writing;

const BUILD: &[&str] = &["build", "--formats", "text,html"];

/// Measures and records.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, setting: &Setting) -> anyhow::Result<()> {
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
    let measured = turns("text", setting.runs, &mut contenders)?;
    let [of_large, least, of_middle, of_small] =
        measured.try_into().ok().context("four contenders")?;
    let name =
        |filings| format!("`latefile build --formats text,html`, {} filings", thousands(filings));
    let grown = of_large.with(&of_middle, |large, middle| large / (10.0 * middle));
    let rows = [
        Row::seconds(name(sizes[0]), &of_large.seconds),
        Row::seconds("the sources read and the same bytes written", &least.seconds),
        Row::ratio("ratio, run by run", of_large.over(&least)).goal(3.0),
        Row::seconds(name(sizes[1]), &of_middle.seconds),
        Row::seconds(name(sizes[2]), &of_small.seconds),
        Row::ratio(
            format!("{} over ten times {}", thousands(sizes[0]), thousands(sizes[1])),
            grown,
        )
        .goal(1.1),
        Row::memory(format!("memory at {} filings", thousands(sizes[0])), &of_large.peaks)
            .goal(200.0),
        Row::memory(format!("memory at {} filings", thousands(sizes[1])), &of_middle.peaks),
    ];
    record("text", setting, &rows)
}
