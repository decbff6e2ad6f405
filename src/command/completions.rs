//! `latefile completions`: prints a shell's script for completing the command line, and answers the
//! script, which asks at each completion. So ids and new flags need no new script.

use std::ffi::OsString;

use anyhow::Context as _;
use clap::CommandFactory as _;
use clap_complete::env::{EnvCompleter, Shells};

use super::{CANNOT_GO_ON, CLEAN, Terminal};
use crate::cli::{BEFORE_WORDS, Cli, Color, Completions};
use crate::diagnostics::report::MessageFormat;

/// The variable of the environment in which a script has the name of its shell.
const VARIABLE: &str = "LATEFILE_COMPLETE";

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &Completions, terminal: &Terminal) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    // The name, not the path: the script may go into a package.
    let name = "latefile";
    completer(&args.shell.to_string())?.write_registration(
        VARIABLE,
        name,
        name,
        name,
        &mut script,
    )?;
    terminal.print_document(&String::from_utf8_lossy(&script))?;
    Ok(CLEAN)
}

/// Answers the script of a shell, and returns the exit code, or `None` if no script asks.
pub fn answer() -> Option<u8> {
    let shell = std::env::var(VARIABLE).ok().filter(|shell| !shell.is_empty())?;
    let terminal = Terminal::with_format(MessageFormat::Human, Color::Never);
    match candidates(&shell).and_then(|text| terminal.print(&text)) {
        Ok(()) => Some(CLEAN),
        Err(error) => {
            terminal.error(&error);
            Some(CANNOT_GO_ON)
        }
    }
}

/// Returns the candidates for the words after `--`, as the script of a shell reads them.
fn candidates(shell: &str) -> anyhow::Result<String> {
    let words: Vec<OsString> =
        std::env::args_os().skip_while(|word| word != BEFORE_WORDS).skip(1).collect();
    let here = std::env::current_dir().ok();
    let mut text = Vec::new();
    completer(shell)?.write_complete(&mut Cli::command(), words, here.as_deref(), &mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Returns the completer of a shell.
///
/// # Errors
/// There is none.
fn completer(shell: &str) -> anyhow::Result<&'static dyn EnvCompleter> {
    let all = Shells::builtins();
    let found = all.0.iter().copied().find(|completer| completer.is(shell));
    found.with_context(|| format!("there are no completions for the shell `{shell}`"))
}
