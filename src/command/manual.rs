//! `latefile manual`: writes the manual pages, one for the program and one for each command, from the
//! same definition as the help.

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::{CLEAN, Terminal};
use crate::cli::{Cli, Manual};
use crate::diagnostics::count::count;
use crate::pipeline::write;

/// Runs the command.
///
/// # Errors
/// Standard output or the folder cannot be written.
pub fn run(args: &Manual, terminal: &Terminal) -> anyhow::Result<u8> {
    let pages = pages()?;
    let Some(folder) = &args.dir else {
        terminal
            .print_document(&pages.iter().map(|(_, text)| text.as_str()).collect::<String>())?;
        return Ok(CLEAN);
    };
    for (name, text) in &pages {
        write::replace(&folder.join(name), text.as_bytes())?;
    }
    terminal.say(&format!("{} written to {}", count(pages.len(), "page"), folder.display()));
    Ok(CLEAN)
}

/// Returns the pages, each as the name of its file and its text.
fn pages() -> anyhow::Result<Vec<(String, String)>> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let page = |command: &clap::Command| {
        let man = Man::new(command.clone())
            .date(" ") // an empty one would be left out, and the next two take its place
            .source(concat!("latefile ", env!("CARGO_PKG_VERSION")))
            .manual("latefile");
        let mut text = Vec::new();
        man.render(&mut text)?;
        Ok((man.get_filename(), String::from_utf8(text)?))
    };
    std::iter::once(&program).chain(program.get_subcommands()).map(page).collect()
}
