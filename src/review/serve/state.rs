//! The served state: the docket, and a version of each of its pages.

use std::collections::BTreeMap;

use crate::diagnostics::source::sha256;
use crate::review::docket::{Docket, Live, docket_page, reading_page};
use crate::review::page::Page;

/// The docket as it is served.
#[derive(Debug)]
pub struct State {
    docket: Docket,
    /// A note above the docket: why there was no build, or that one is running.
    notice: Option<String>,
    /// The version of the docket.
    whole: String,
    /// The version of each filing, by its id.
    filings: BTreeMap<String, String>,
}

impl State {
    /// The state of a docket. Versions are hashes, so that neither a build that changes nothing nor
    /// another run of the server reloads a page.
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

    /// The version of a filing, or of the docket if there is no such filing.
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

    /// The page of one of a filing's documents, or `None` if there is no such filing.
    pub(super) fn document(&self, id: &str, name: &str) -> Option<anyhow::Result<Page>> {
        let entry = self.docket.entries.iter().find(|entry| entry.id == id)?;
        Some(reading_page(entry, name, self.live(self.version(id))))
    }
}
