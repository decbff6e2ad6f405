//! What is shown at one moment: the docket, and what tells each of its pages from an earlier one.

use std::collections::BTreeMap;

use crate::diagnostics::source::sha256;
use crate::review::docket::{Docket, Live, docket_page, reading_page};
use crate::review::page::Page;

/// What is shown.
#[derive(Debug)]
pub struct State {
    docket: Docket,
    /// What the pages say beyond the docket: why there was no build, or that one is running.
    notice: Option<String>,
    /// The version of the docket.
    whole: String,
    /// The version of each filing, by its id.
    filings: BTreeMap<String, String>,
}

impl State {
    /// Of a docket. Versions are hashes, so that a build that changes nothing reloads nothing, nor
    /// does another run of the server.
    pub fn new(docket: Docket, notice: Option<String>) -> State {
        let version = |json: serde_json::Result<String>| {
            let json = json.unwrap_or_default(); // strings and numbers always serialise
            sha256(format!("{json}\0{}", notice.as_deref().unwrap_or_default()).as_bytes())
        };
        let whole = version(serde_json::to_string(&docket));
        let each = docket
            .entries
            .iter()
            .map(|entry| (entry.id.clone(), version(serde_json::to_string(entry))));
        let filings = each.collect();
        State { docket, notice, whole, filings }
    }

    /// The version of a filing, or if there is none of that id of the docket.
    pub(super) fn version(&self, id: &str) -> &str {
        self.filings.get(id).unwrap_or(&self.whole)
    }

    fn live<'a>(&'a self, version: &'a str) -> Live<'a> {
        Live { version, notice: self.notice.as_deref() }
    }

    /// The page of the docket.
    pub(super) fn docket(&self) -> anyhow::Result<Page> {
        docket_page(&self.docket, "/view/", Some(self.live(&self.whole)))
    }

    /// The page of one of a filing's documents, if there is such a filing.
    pub(super) fn document(&self, id: &str, name: &str) -> Option<anyhow::Result<Page>> {
        let entry = self.docket.entries.iter().find(|entry| entry.id == id)?;
        Some(reading_page(entry, name, self.live(self.version(id))))
    }
}
