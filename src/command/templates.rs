//! `latefile templates`: lists the built-in templates, or writes them to a folder to be changed.

use std::fs;

use anyhow::{Context as _, bail};

use super::{CLEAN, Terminal};
use crate::cli::{Common, Eject, PROJECT_FILE};
use crate::diagnostics::count::count;
use crate::pipeline::folder;
use crate::pipeline::render::Templates;

/// Runs the command.
///
/// # Errors
/// The folder is not new or empty, or cannot be written.
pub fn run(args: &Eject, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let files = Templates::built_in_files();
    let Some(folder) = &args.eject else {
        terminal.print(&files.iter().map(|(name, _)| format!("{name}\n")).collect::<String>())?;
        return Ok(CLEAN);
    };
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is not empty; nothing was written", folder.display());
    }
    for (name, text) in &files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        folder::make(parent)?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let number = count(files.len(), "template");
    let shown = folder.display();
    // The path in the project file is relative to that file.
    let root = folder::resolve(&common.project.folder.join("."))?;
    let next = match folder::resolve(folder)?.strip_prefix(root) {
        Ok(below) => format!("{PROJECT_FILE} names them: templates = \"{}\"", below.display()),
        Err(_) => format!("`{} --templates {shown}` uses them", common.command_line("build")),
    };
    terminal.say(&format!("{number} written to {shown}; {next}"));
    Ok(CLEAN)
}
