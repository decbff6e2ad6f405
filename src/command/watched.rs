//! A run that watches its sources, and reads its settings again when they change.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Terminal, ensure_folders, plan};
use crate::cli::{Common, PROJECT_FILE};
use crate::pipeline::Plan;
use crate::review::watch::Watch;

/// A run with its settings.
pub(super) struct Watched {
    pub(super) common: Common,
    pub(super) terminal: Terminal,
    pub(super) plan: Plan,
    pub(super) watch: Watch,
}

impl Watched {
    /// Starts to watch the sources of a plan and the files of the settings.
    ///
    /// # Errors
    /// A folder is not there or cannot be watched.
    pub(super) fn new(plan: Plan, common: Common) -> anyhow::Result<Watched> {
        let watch = Watch::new(&plan.filings, plan.templates.as_deref(), files(&common))?;
        Ok(Watched { terminal: Terminal::new(&common), common, plan, watch })
    }

    /// Returns the run by the settings as they are now.
    ///
    /// # Errors
    /// A file of the settings is wrong, or a folder cannot be used. The watch waits for another
    /// change of these files.
    pub(super) fn again(&mut self) -> anyhow::Result<Watched> {
        let common = self.common.again()?;
        self.watch.set_settings(files(&common));
        ensure_folders(&common)?;
        let plan = Plan {
            filings: common.filings.clone(),
            out: common.out.clone(),
            calendar: Arc::new(plan::calendar(&common)?),
            templates: common.templates.clone(),
            ..self.plan.clone()
        };
        Watched::new(plan, common)
    }
}

/// Returns the files that settings are read from; not all need exist.
fn files(common: &Common) -> Vec<PathBuf> {
    let project = common.project.folder.join(PROJECT_FILE);
    std::iter::once(project).chain(common.closed_days.clone()).collect()
}

/// `filings is gone; waiting for it to come back`
pub(super) fn gone(folder: &Path) -> String {
    format!("{} is gone; waiting for it to come back", folder.display())
}
