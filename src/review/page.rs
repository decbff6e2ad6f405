//! Makes a page, such as the docket: a template in a frame that all pages share, with its style and
//! script inline, and a policy under which nothing else runs or loads.

use anyhow::{Context as _, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::edgar::{self, Target};
use crate::pipeline::render::{Engine, TemplateFault};

/// The frame, which a page's template extends. The suffix makes the engine escape.
const FRAME: (&str, &str) = ("page.htm", include_str!("page.htm"));

/// A finished page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The HTML.
    pub html: String,
    /// Its content security policy, for the HTTP header; the page itself states as much of it as a
    /// `meta` element can.
    pub policy: String,
}

/// The parts that a page is made of.
pub(super) struct Parts<'a> {
    /// The templates by their names; the first is the page's.
    pub(super) templates: &'a [(&'a str, &'a str)],
    /// The style sheet.
    pub(super) style: &'a str,
    /// The script, or nothing.
    pub(super) script: &'a str,
    /// The policy's directives beyond style and script, each with a space before and `;` after.
    pub(super) directives: &'a str,
}

#[derive(Serialize)]
struct View<'a, V> {
    #[serde(flatten)]
    view: V,
    policy: &'a str,
}

impl Parts<'_> {
    /// The page of a view.
    ///
    /// # Errors
    /// A template is wrong; no view can be.
    pub(super) fn page(&self, view: impl Serialize) -> anyhow::Result<Page> {
        let name = self.templates.first().map_or("", |(name, _)| name);
        let fault = |fault: TemplateFault| anyhow!("{name}: {}", fault.message);
        let templates = std::iter::once(FRAME).chain(self.templates.iter().copied());
        let engine = Engine::new(Target::Html, templates, edgar::MOST_COLUMNS).map_err(fault)?;
        let policy = self.policy();
        let html = engine.render(name, &View { view, policy: &policy }).map_err(fault)?;
        // No text can look like these two elements: the engine escapes its angle brackets.
        let html = fill(&html, "style", self.style).context("no place for the style")?;
        let html = if self.script.is_empty() {
            html
        } else {
            fill(&html, "script", self.script).context("no place for the script")?
        };
        Ok(Page { html, policy })
    }

    /// The policy: this style, this script, and the page's other directives.
    fn policy(&self) -> String {
        let mut policy = format!("default-src 'none'; style-src {};", hash(self.style));
        if !self.script.is_empty() {
            policy += &format!(" script-src {};", hash(self.script));
        }
        format!("{policy}{} base-uri 'none'; form-action 'none'", self.directives)
    }
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())))
}

/// Fills the empty element of a name, or returns `None` if there is none.
fn fill(html: &str, element: &str, text: &str) -> Option<String> {
    let (before, after) = html.split_once(&format!("<{element}></{element}>"))?;
    Some(format!("{before}<{element}>{text}</{element}>{after}"))
}
