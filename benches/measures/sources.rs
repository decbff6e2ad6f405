//! The Typst sources of a folder's filings, as `latefile` renders them, laid out for those who
//! compile them bare: each document alone, and in bundles.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context as _, anyhow, ensure};
use latefile::edgar::Format;
use latefile::pipeline;
use latefile::pipeline::compile::BUNDLE;
use latefile::pipeline::render::{self, Templates};
use rayon::prelude::*;

/// A document to be compiled.
pub(crate) struct Source {
    /// The filing's id.
    pub(crate) id: String,
    /// Its Typst source, in the folder of sources.
    pub(crate) file: String,
    /// The PDF to be made, below the folder of outputs.
    pub(crate) pdf: String,
    length: usize,
}

/// Sources on the disk.
pub(crate) struct Sources {
    /// The folder that holds them, the layout and the bundles.
    pub(crate) folder: PathBuf,
    /// The documents.
    pub(crate) documents: Vec<Source>,
    /// The main file of each bundle.
    pub(crate) bundles: Vec<String>,
}

/// Renders all filings of a folder, and writes what comes of it to `typst/` in it.
///
/// # Errors
/// A filing has errors, or a file cannot be written.
pub(crate) fn render(folder: &Path) -> anyhow::Result<Sources> {
    let templates = Templates::built_in()?;
    let (loaded, _) = pipeline::load_all(&folder.join("filings"), &[])?;
    let rendered = loaded.par_iter().map(|loaded| {
        let filing =
            loaded.filing.as_ref().with_context(|| format!("`{}` is no filing", loaded.id))?;
        let documents = render::render(filing, &loaded.id, &templates, &[Format::PDF]);
        let documents =
            documents.map_err(|findings| anyhow!("`{}`: {}", loaded.id, findings[0].message))?;
        Ok(documents.into_iter().map(|document| (&loaded.id, document)).collect())
    });
    let rendered: Vec<Vec<_>> = rendered.collect::<anyhow::Result<_>>()?;
    let folder = folder.join("typst");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let write = |name: &str, text: &str| {
        fs::write(folder.join(name), text)
            .with_context(|| format!("cannot write {name} to {}", folder.display()))
    };
    write("layout.typ", templates.layout())?;
    let mut documents = Vec::new();
    for (number, (id, document)) in rendered.into_iter().flatten().enumerate() {
        let file = format!("{number:05}.typ");
        let typst = document.text(Format::PDF);
        write(&file, typst)?;
        let pdf = format!("{id}/{}", document.name(Format::PDF));
        documents.push(Source { id: id.clone(), file, pdf, length: typst.len() });
    }
    let mut bundles = Vec::new();
    for (number, bundle) in dealt(&documents).iter().enumerate() {
        let file = format!("bundle-{number:03}.typ");
        let lines =
            bundle.iter().map(|d| format!("#document(\"{}\", include \"{}\")\n", d.pdf, d.file));
        write(&file, &lines.collect::<String>())?;
        bundles.push(file);
    }
    Ok(Sources { folder, documents, bundles })
}

/// Whether two files hold the same bytes.
///
/// # Errors
/// One of them cannot be read.
fn same(one: &Path, other: &Path) -> anyhow::Result<bool> {
    let read =
        |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    Ok(read(one)? == read(other)?)
}

/// Documents dealt into bundles of about the same length, as many for each processor.
fn dealt(documents: &[Source]) -> Vec<Vec<&Source>> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let number = documents.len().div_ceil(BUNDLE).next_multiple_of(processors).min(documents.len());
    let mut by_length: Vec<&Source> = documents.iter().collect();
    by_length.sort_by_key(|document| std::cmp::Reverse(document.length));
    let mut bundles = vec![Vec::new(); number];
    for (place, document) in by_length.into_iter().enumerate() {
        bundles[place % number].push(document);
    }
    bundles
}

impl Sources {
    /// A document that is all that its filing has.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn lonely(&self) -> anyhow::Result<&Source> {
        let alone = |source: &&Source| {
            self.documents.iter().filter(|other| other.id == source.id).count() == 1
        };
        self.documents.iter().find(alone).context("every filing has several documents")
    }

    /// Makes sure that two folders hold the same PDF of each document.
    ///
    /// # Errors
    /// A PDF is missing, or differs.
    pub(crate) fn same(&self, one: &Path, other: &Path) -> anyhow::Result<()> {
        for document in &self.documents {
            let (one, other) = (one.join(&document.pdf), other.join(&document.pdf));
            ensure!(same(&one, &other)?, "{} and {} differ", one.display(), other.display());
        }
        Ok(())
    }

    /// Makes sure that a folder holds a PDF of each document.
    ///
    /// # Errors
    /// One is missing.
    pub(crate) fn all_in(&self, out: &Path) -> anyhow::Result<()> {
        let missing = self.documents.iter().find(|document| !out.join(&document.pdf).is_file());
        missing.map_or(Ok(()), |document| Err(anyhow!("{} has no {}", out.display(), document.pdf)))
    }
}
