//! The page itself: the view through its template, with its style and its scripts inside, and a policy
//! that lets nothing else run or load.

use anyhow::{Context as _, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest as _, Sha256};

use super::Docket;
use super::view::View;
use crate::render::{Engine, Target};

/// The template's name; its suffix is what makes the engine escape.
const NAME: &str = "docket.htm";
const TEMPLATE: &str = include_str!("docket.htm");
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
    /// Its content security policy, for whoever sends it; it is in the page too, as far as a page can say it.
    pub policy: String,
}

/// What a served page says beyond a written one.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Live<'a> {
    /// Tells this state from another.
    pub version: &'a str,
    /// Why the tool could not go on, if it could not, or what it is doing.
    pub notice: Option<&'a str>,
}

#[derive(serde::Serialize)]
struct Context<'a> {
    #[serde(flatten)]
    view: View,
    policy: &'a str,
    live: Option<Live<'a>>,
}

impl Page {
    /// The page of a docket that finds the outputs at `out`, a reference that ends in `/` or is empty.
    ///
    /// # Errors
    /// None that a docket could have; a template is at fault then.
    pub fn of(docket: &Docket, out: &str, live: Option<Live<'_>>) -> anyhow::Result<Page> {
        let fault = |fault| anyhow!("{NAME}: {fault:?}");
        let engine = Engine::new(Target::Html, [(NAME, TEMPLATE)].into_iter()).map_err(fault)?;
        let script = live.map_or(SCRIPT.to_owned(), |_| format!("{SCRIPT}{LIVE}"));
        let policy = policy(&script, live.is_some());
        let context = Context { view: View::of(docket, out), policy: &policy, live };
        let html = engine.render(NAME, &context).map_err(fault)?;
        // No text can look like these two: what is text has its angle brackets escaped.
        let html = put(&html, "style", STYLE).and_then(|html| put(&html, "script", &script));
        let html = html.context("the template has no place for style and script")?;
        Ok(Page { html, policy })
    }
}

/// Fills the empty element of a name.
fn put(html: &str, element: &str, text: &str) -> Option<String> {
    let (before, after) = html.split_once(&format!("<{element}></{element}>"))?;
    Some(format!("{before}<{element}>{text}</{element}>{after}"))
}

/// Nothing but this style and this script; where the page is served, also a look at whether it changed.
fn policy(script: &str, live: bool) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())));
    let connect = if live { " connect-src 'self';" } else { "" };
    format!(
        "default-src 'none'; style-src {}; script-src {};{connect} base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(script)
    )
}
