//! `latefile import`: reads filed notices and Word drafts, and writes the YAML of filings.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;

use super::{CANNOT_GO_ON, CLEAN, Terminal};
use crate::cli::Import;
use crate::import::{self, container};
use crate::pipeline::load::files;
use crate::pipeline::write;

/// Runs the command.
///
/// # Errors
/// The arguments do not fit each other, or standard output cannot be written.
pub fn run(args: &Import, terminal: &Terminal) -> anyhow::Result<u8> {
    let Some(to) = &args.to else {
        let [file] = args.files.as_slice() else {
            bail!("several files need --to, the folder to write to");
        };
        terminal.print_document(&yaml(file)?)?;
        return Ok(CLEAN);
    };
    let is_file = to.extension().is_some_and(|suffix| suffix == "yaml");
    if is_file && args.files.len() > 1 {
        bail!("several files need a folder to write to, and `{}` is a file", to.display());
    }
    let target = |file: &PathBuf| if is_file { to.clone() } else { to.join(name(file)) };
    let written: Vec<_> = args
        .files
        .par_iter()
        .map(|file| {
            let path = target(file);
            let text = yaml(file)?;
            if !write::create(&path, text.as_bytes())? {
                bail!("there is a `{}` already; nothing was written", files::shown(&path));
            }
            Ok(path)
        })
        .collect();
    let mut code = CLEAN;
    for result in written {
        match result {
            Ok(path) => terminal.say(&format!("{} written", files::shown(&path))),
            // The other files are read all the same.
            Err(error) => {
                terminal.error(&error);
                code = CANNOT_GO_ON;
            }
        }
    }
    Ok(code)
}

/// Returns the YAML of a file.
fn yaml(path: &Path) -> anyhow::Result<String> {
    let shown = files::shown(path);
    let mut bytes = Vec::new();
    let most = container::MOST_BYTES + 1;
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.with_context(|| format!("cannot read {shown}"))?;
    let notice = import::read(&bytes).with_context(|| format!("cannot import {shown}"))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok(import::yaml(&notice, &name, None))
}

/// Returns the file name of a filing that can be an id.
fn name(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
    format!("{}.yaml", files::better_id(&stem.replace('/', "-"))).into()
}
