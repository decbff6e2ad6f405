//! Bare typst: the least that compiling the same sources could take. It has the flags that
//! `latefile` gives it; that both make the same bytes is looked at in each measure.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use latefile::pipeline::compile::{FLAGS, VERSION};
use rayon::prelude::*;

use crate::sources::{Source, Sources};

/// The typst that `latefile` would use.
pub(crate) struct Bare(PathBuf);

impl Bare {
    /// Finds it where `latefile` looks for it.
    ///
    /// # Errors
    /// There is none of the version.
    pub(crate) fn find() -> anyhow::Result<Bare> {
        let path = env::var_os("PATH").unwrap_or_default();
        let named = env::var_os("LATEFILE_TYPST").map(PathBuf::from);
        let cache = env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
        let installed = cache.map(|dir| dir.join(format!("latefile/typst-{VERSION}/bin/typst")));
        let found = env::split_paths(&path).map(|dir| dir.join("typst"));
        let answers = |path: &PathBuf| {
            let said = Command::new(path).arg("--version").output();
            said.is_ok_and(|said| said.stdout.starts_with(format!("typst {VERSION}").as_bytes()))
        };
        let typst = named.into_iter().chain(found).chain(installed).find(answers);
        typst
            .map(Bare)
            .with_context(|| format!("there is no typst {VERSION}; `make typst` installs it"))
    }

    /// The program.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Compiles all bundles of some sources, as many at a time as there are processors.
    ///
    /// # Errors
    /// Typst does not start, or fails.
    pub(crate) fn bundles(&self, sources: &Sources, out: &Path) -> anyhow::Result<()> {
        let compile = |bundle: &String| {
            let mut command = self.command(&sources.folder);
            command.args(["--format", "bundle", bundle]).arg(out);
            run(command)
        };
        sources.bundles.par_iter().with_max_len(1).try_for_each(compile)
    }

    /// Compiles each document in a process of its own, as many at a time as there are processors.
    /// The folders of the PDFs are there.
    ///
    /// # Errors
    /// Typst does not start, or fails.
    pub(crate) fn singles(&self, sources: &Sources, out: &Path) -> anyhow::Result<()> {
        sources
            .documents
            .par_iter()
            .with_max_len(1)
            .try_for_each(|document| self.single(sources, document, out))
    }

    /// Compiles one document.
    ///
    /// # Errors
    /// Typst does not start, or fails.
    pub(crate) fn single(
        &self,
        sources: &Sources,
        document: &Source,
        out: &Path,
    ) -> anyhow::Result<()> {
        let mut command = self.command(&sources.folder);
        command.arg(&document.file).arg(out.join(&document.pdf));
        run(command)
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["compile", "--root", ".", "--jobs", "1"]).args(FLAGS).current_dir(folder);
        command
    }
}

fn run(mut command: Command) -> anyhow::Result<()> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}
