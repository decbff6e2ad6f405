//! Hashes of the inputs that all outputs of a run share: the tool, typst, templates, wording and
//! closed days.

use std::collections::BTreeMap;

use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::form12b25::deadline::Calendar;
use crate::form12b25::model::{EditionName, Filing};
use crate::form12b25::wording::{self, Edition};
use crate::pipeline::compile;
use crate::pipeline::render::Templates;

/// The shared inputs of a run, hashed once.
#[derive(Debug)]
pub(super) struct MadeWith {
    /// The tool, typst, the templates and the closed days, as manifests name them.
    shared: BTreeMap<String, String>,
    /// The hash of each edition's wording.
    wordings: BTreeMap<EditionName, String>,
    /// The hash of the tool's version, typst's version and flags, and the layout.
    typesetting: String,
}

impl MadeWith {
    /// Hashes the templates and the calendar of a run, with the version of its typst.
    pub(super) fn new(templates: &Templates, calendar: &Calendar, typst_version: &str) -> MadeWith {
        let own = |format: Format| {
            // A null byte ends each part, so that two lists of files never give one text.
            let texts: Vec<String> =
                templates.texts(format).map(|(n, t)| format!("{n}\0{t}\0")).collect();
            (format!("templates.{}", format.templates()), sha256(texts.concat().as_bytes()))
        };
        let tool = [("latefile", env!("CARGO_PKG_VERSION")), ("typst", typst_version)];
        let tool = tool.map(|(name, version)| (name.to_owned(), version.to_owned()));
        let wording = |edition: &Edition| {
            (edition.name.clone(), sha256(templates.wording_text(&edition.name).as_bytes()))
        };
        let closed_days = calendar.added().map(|hash| ("closed_days".to_owned(), hash.to_owned()));
        let settings = compile::settings(typst_version);
        let layout = templates.layout();
        let version = env!("CARGO_PKG_VERSION");
        MadeWith {
            shared: Format::all().map(own).chain(tool).chain(closed_days).collect(),
            wordings: templates.editions.iter().map(wording).collect(),
            typesetting: sha256(format!("{version}\0{settings}\0{layout}").as_bytes()),
        }
    }

    /// Returns the inputs of one filing, as its manifest names them.
    pub(super) fn of(&self, filing: &Filing, editions: &[Edition]) -> BTreeMap<String, String> {
        let mut all = self.shared.clone();
        if let Ok((edition, _)) = wording::edition(editions, filing)
            && let Some(hash) = self.wordings.get(&edition.name)
        {
            all.insert(format!("wording/{}", edition.name), hash.clone());
        }
        all
    }

    /// Returns the key of a compiled document: a hash of all that its bytes depend on.
    pub(super) fn key(&self, typst: &str) -> String {
        sha256(format!("{}\0{typst}", self.typesetting).as_bytes())
    }
}
