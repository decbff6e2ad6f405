//! The kinds of changes of sources, templates or settings.

use std::path::PathBuf;

use crate::pipeline::load::files::Entry;

/// The event that ends a wait.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// The text of these filings, and nothing else.
    Filings(Vec<Entry>),
    /// Something that several filings may depend on: a shared file, a template, a name that is
    /// new or gone, a folder that is back.
    Everything,
    /// A file of the settings, on which everything depends.
    Settings,
    /// A watched folder no longer exists; the watch waits for it.
    Gone(PathBuf),
    /// The run is to end.
    Stopped,
}
