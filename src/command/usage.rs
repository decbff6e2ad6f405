//! Parses the command line; prints the help, and the errors in the arguments.

use std::ffi::OsString;

use clap::error::Error;
use clap::{Parser as _, ValueEnum as _};

use super::{CANNOT_GO_ON, CLEAN, Terminal};
use crate::cli::{Cli, Color};
use crate::diagnostics::characters::{is_invisible, visible};
use crate::diagnostics::report::MessageFormat;

/// Parses the arguments of the process.
///
/// # Errors
/// The exit code, once the help or the error is printed.
pub fn parse() -> Result<Cli, u8> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    Cli::try_parse_from(&arguments).map_err(|error| print(&error, &arguments))
}

/// Prints the help or an error, and returns the exit code.
fn print(error: &Error, arguments: &[OsString]) -> u8 {
    let format = format(arguments).unwrap_or(MessageFormat::Human);
    let terminal = Terminal::with_format(format, Color::Auto);
    if error.use_stderr() {
        match with_visible_arguments(error, arguments) {
            Some(error) => terminal.usage(&error, is_environment_visible()),
            None => terminal.usage(error, false),
        }
        return CANNOT_GO_ON;
    }
    match terminal.help(error) {
        Ok(()) => CLEAN,
        Err(error) => {
            terminal.error(&error);
            CANNOT_GO_ON
        }
    }
}

/// Returns the error that the arguments give with their invisible characters as numbers, or `None`
/// if it is another one.
fn with_visible_arguments(error: &Error, arguments: &[OsString]) -> Option<Error> {
    // clap puts the arguments among its own escape sequences.
    let shown = arguments.iter().map(|argument| visible(&argument.to_string_lossy()));
    Cli::try_parse_from(shown).err().filter(|other| other.kind() == error.kind())
}

/// Whether no variable of the environment that clap may show has an invisible character.
fn is_environment_visible() -> bool {
    let mut shown =
        std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"LATEFILE_"));
    shown.all(|(_, value)| !value.to_string_lossy().contains(is_invisible))
}

/// Returns the format of findings that arguments ask for, or `None` if they do not.
fn format(arguments: &[OsString]) -> Option<MessageFormat> {
    const FLAG: &str = "--message-format";
    let mut words = arguments.iter().map(|word| word.to_string_lossy());
    let mut format = None;
    while let Some(word) = words.next().filter(|word| word != "--") {
        let value = match word.strip_prefix(FLAG) {
            Some("") => words.next().map(|value| value.into_owned()),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        format = value.and_then(|value| MessageFormat::from_str(&value, false).ok()).or(format);
    }
    format
}
