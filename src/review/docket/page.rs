//! The page itself: the view through its template, with its style and its scripts inside, and a
//! policy that lets nothing else run or load.

use anyhow::{Context as _, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::view::{Reading, View};
use super::{Docket, Entry};
use crate::edgar::{self, Target};
use crate::pipeline::render::Engine;

/// The templates; it is their suffix that makes the engine escape.
const TEMPLATES: [(&str, &str); 3] = [
    ("docket.htm", include_str!("docket.htm")),
    ("parts.htm", include_str!("parts.htm")),
    ("reading.htm", include_str!("reading.htm")),
];
const STYLE: &str = include_str!("docket.css");
/// Filters and sorts.
const SCRIPT: &str = include_str!("docket.js");
/// Waits for the next build, where the page is served.
const LIVE: &str = include_str!("live.js");

/// A finished page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The HTML.
    pub html: String,
    /// Its content security policy, for whoever sends it; it is in the page too, as far as a page
    /// can say it.
    pub policy: String,
}

/// What a served page says beyond a written one.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Live<'a> {
    /// Tells this state from another.
    pub version: &'a str,
    /// Why the tool could not go on, if it could not, or what it is doing.
    pub notice: Option<&'a str>,
}

#[derive(Serialize)]
struct Context<'a, V> {
    #[serde(flatten)]
    view: V,
    policy: &'a str,
    live: Option<Live<'a>>,
}

impl Page {
    /// The page of a docket that finds the outputs at `out`, a reference that ends in `/` or is
    /// empty.
    ///
    /// # Errors
    /// None that a docket could have; a template is at fault then.
    pub fn of(docket: &Docket, out: &str, live: Option<Live<'_>>) -> anyhow::Result<Page> {
        let script = live.map_or(SCRIPT.to_owned(), |_| format!("{SCRIPT}{LIVE}"));
        let more = if live.is_some() { " connect-src 'self';" } else { "" };
        page("docket.htm", View::of(docket, out), &script, more, live)
    }

    /// The page of one document of a filing, which shows it with what is wrong with the filing. It
    /// has its like at `/view/ID/NAME`, and the document itself at `/out/ID/NAME`.
    ///
    /// # Errors
    /// As for the docket.
    pub fn reading(entry: &Entry, name: &str, live: Live<'_>) -> anyhow::Result<Page> {
        page(
            "reading.htm",
            Reading::of(entry, name),
            LIVE,
            " connect-src 'self'; frame-src 'self';",
            Some(live),
        )
    }
}

/// A page from its template.
fn page(
    name: &str,
    view: impl Serialize,
    script: &str,
    more: &str,
    live: Option<Live<'_>>,
) -> anyhow::Result<Page> {
    let fault = |fault| anyhow!("{name}: {fault:?}");
    let engine =
        Engine::new(Target::Html, TEMPLATES.into_iter(), edgar::MOST_COLUMNS).map_err(fault)?;
    let policy = policy(script, more);
    let html = engine.render(name, &Context { view, policy: &policy, live }).map_err(fault)?;
    // No text can look like these two: what is text has its angle brackets escaped.
    let html = put(&html, "style", STYLE).and_then(|html| put(&html, "script", script));
    let html = html.context("the template has no place for style and script")?;
    Ok(Page { html, policy })
}

/// Fills the empty element of a name.
fn put(html: &str, element: &str, text: &str) -> Option<String> {
    let (before, after) = html.split_once(&format!("<{element}></{element}>"))?;
    Some(format!("{before}<{element}>{text}</{element}>{after}"))
}

/// Nothing but this style, this script, and what else the page needs.
fn policy(script: &str, more: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())));
    let (style, script) = (hash(STYLE), hash(script));
    format!(
        "default-src 'none'; style-src {style}; script-src {script};{more} base-uri 'none'; form-action 'none'"
    )
}
