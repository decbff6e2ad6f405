//! Makes the docket's pages from the views of the docket and of one document.

use serde::Serialize;

use super::entries::{Docket, Entry};
use super::view::{Reading, View};
use crate::review::page::{Page, Parts};

const DOCKET: (&str, &str) = ("docket.htm", include_str!("docket.htm"));
const READING: (&str, &str) = ("reading.htm", include_str!("reading.htm"));
const PARTS: (&str, &str) = ("parts.htm", include_str!("parts.htm"));
const STYLE: &str = include_str!("docket.css");
/// Filters and sorts.
const SCRIPT: &str = include_str!("docket.js");
/// Waits for the next build, where the page is served.
const LIVE: &str = include_str!("live.js");

/// The parts of a page that only a served page has.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Live<'a> {
    /// Distinguishes this state from another.
    pub version: &'a str,
    /// The tool's error, if it could not go on, or its current activity.
    pub notice: Option<&'a str>,
}

#[derive(Serialize)]
struct Served<'a, V> {
    #[serde(flatten)]
    view: V,
    live: Option<Live<'a>>,
}

/// The page of a docket that finds the outputs at `out`, a reference that ends in `/` or is empty.
///
/// # Errors
/// None that a docket could have; a template is at fault then.
pub fn docket_page(docket: &Docket, out: &str, live: Option<Live<'_>>) -> anyhow::Result<Page> {
    let script = live.map_or(SCRIPT.to_owned(), |_| format!("{SCRIPT}{LIVE}"));
    let parts = Parts {
        templates: &[DOCKET, PARTS],
        style: STYLE,
        script: &script,
        directives: if live.is_some() { " connect-src 'self';" } else { "" },
    };
    parts.page(Served { view: View::of(docket, out), live })
}

/// The page of one document of a filing, with the filing's findings. It is served at
/// `/view/ID/NAME`, and the document itself at `/out/ID/NAME`.
///
/// # Errors
/// As for the docket.
pub fn reading_page(entry: &Entry, name: &str, live: Live<'_>) -> anyhow::Result<Page> {
    let parts = Parts {
        templates: &[READING, PARTS],
        style: STYLE,
        script: LIVE,
        directives: " connect-src 'self'; frame-src 'self';",
    };
    parts.page(Served { view: Reading::of(entry, name), live: Some(live) })
}
