//! What all outputs of a run are made with, beside their sources: hashed once for the run.

use std::collections::BTreeMap;

use crate::diagnostics::source::sha256;
use crate::edgar::Format;
use crate::form12b25::model::{EditionName, Filing};
use crate::form12b25::wording::{self, Edition};
use crate::pipeline::compile;
use crate::pipeline::render::Templates;

/// The hashes.
#[derive(Debug)]
pub(super) struct MadeWith {
    /// The tool, typst and the templates, as manifests name them.
    shared: BTreeMap<String, String>,
    /// Each edition's wording.
    wordings: BTreeMap<EditionName, String>,
    /// What typst is told, and the layout.
    typesetting: String,
}

impl MadeWith {
    /// Of the templates of a run and the version of its typst.
    pub(super) fn new(templates: &Templates, typst_version: &str) -> MadeWith {
        let own = |format: Format| {
            let texts: Vec<String> =
                templates.texts(format).map(|(n, t)| format!("{n}\0{t}\0")).collect();
            (format!("templates.{}", format.templates()), sha256(texts.concat().as_bytes()))
        };
        let tool = [("latefile", env!("CARGO_PKG_VERSION")), ("typst", typst_version)];
        let tool = tool.map(|(name, version)| (name.to_owned(), version.to_owned()));
        let wording = |edition: &Edition| {
            (edition.name.clone(), sha256(templates.wording_text(&edition.name).as_bytes()))
        };
        let settings = compile::settings(typst_version);
        let layout = templates.layout();
        let version = env!("CARGO_PKG_VERSION");
        MadeWith {
            shared: Format::all().map(own).chain(tool).collect(),
            wordings: templates.editions.iter().map(wording).collect(),
            typesetting: sha256(format!("{version}\0{settings}\0{layout}").as_bytes()),
        }
    }

    /// Of one filing, as its manifest names it.
    pub(super) fn of(&self, filing: &Filing, editions: &[Edition]) -> BTreeMap<String, String> {
        let mut all = self.shared.clone();
        if let Ok((edition, _)) = wording::edition(editions, filing)
            && let Some(hash) = self.wordings.get(&edition.name)
        {
            all.insert(format!("wording/{}", edition.name), hash.clone());
        }
        all
    }

    /// What a compiled document is known by: its source, and all that typst is told beside it.
    pub(super) fn key(&self, typst: &str) -> String {
        sha256(format!("{}\0{typst}", self.typesetting).as_bytes())
    }
}
