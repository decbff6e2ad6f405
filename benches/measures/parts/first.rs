//! The first documents of a new user: a new repository, and the build of its example.

use std::process::Command;

use anyhow::ensure;

use super::{folder, remove};
use crate::floor::Bare;
use crate::process::{Contender, turns};
use crate::results::{Measure, Row};

/// Measures.
///
/// # Errors
/// A contender fails, or makes no PDF.
pub(crate) fn measure(runs: usize) -> anyhow::Result<Measure> {
    Bare::find()?;
    let folder = &folder("first", 0)?;
    let new = folder.join("new");
    let mut both = Command::new("sh");
    both.args(["-c", "\"$0\" init new && cd new && exec \"$0\" build"]);
    both.arg(env!("CARGO_BIN_EXE_latefile")).current_dir(folder);
    let mut contenders = [Contender::process(both).after(|| remove(&new))];
    let measured = turns("first", runs, &mut contenders)?;
    let pdf = new.join("out/example-2025-10-k/form12b25.pdf");
    ensure!(pdf.is_file(), "there is no {}", pdf.display());
    Ok(Measure {
        title: "A new repository".to_owned(),
        rows: vec![
            Row::seconds("`latefile init` and the build of its example", &measured[0].seconds)
                .goal(1.0),
        ],
        bars: Vec::new(),
    })
}
