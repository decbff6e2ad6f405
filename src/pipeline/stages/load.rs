//! The first stage: loads a file into a filing. The module `load` does the work.

use crate::pipeline::draft::Draft;
use crate::pipeline::load::{self, files::Entry};
use crate::pipeline::run::Run;
use crate::pipeline::timings::Stage;

/// Loads the filing that has this number in the order of paths.
pub(crate) fn load(run: &Run<'_>, number: usize, entry: &Entry) -> Draft {
    let loaded = run.time(Stage::Load, || load::load(entry, &run.shared));
    Draft::new(number, loaded)
}
