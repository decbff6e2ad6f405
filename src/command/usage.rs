//! Parses the command line; prints the help, and the errors in the arguments.

use std::ffi::OsString;

use clap::error::{Error, ErrorKind};
use clap::{Parser as _, ValueEnum};

use super::{CANNOT_GO_ON, CLEAN, Terminal, version};
use crate::cli::{Cli, Color};
use crate::diagnostics::characters::{is_invisible, visible};
use crate::diagnostics::report::MessageFormat;

/// Parses the arguments of the process. `commit` is that of the build, empty if it is not known.
///
/// # Errors
/// The exit code, once the help, the version or the error is printed.
pub fn parse(commit: &str) -> Result<Cli, u8> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    Cli::try_parse_from(&arguments).map_err(|error| print(&error, &arguments, commit))
}

/// Prints the help, the version or an error, and returns the exit code.
fn print(error: &Error, arguments: &[OsString], commit: &str) -> u8 {
    let format = given(arguments, "--message-format").unwrap_or(MessageFormat::Human);
    let color = given(arguments, "--color").unwrap_or(Color::Auto);
    let terminal = Terminal::with_format(format, color);
    if error.use_stderr() {
        match with_visible_arguments(error, arguments) {
            Some(error) => terminal.usage(&error, is_environment_visible()),
            None => terminal.usage(error, false),
        }
        return CANNOT_GO_ON;
    }
    // Made only when asked for: the editions come from the templates.
    let is_long = arguments.iter().any(|argument| argument == "--version");
    let printed = match error.kind() {
        ErrorKind::DisplayVersion if is_long => {
            version::text(commit).and_then(|text| terminal.print(&text))
        }
        _ => terminal.help(error),
    };
    match printed {
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

/// Returns the value of a flag in arguments that may have errors, or `None` if it is not given.
fn given<T: ValueEnum>(arguments: &[OsString], flag: &str) -> Option<T> {
    let mut words = arguments.iter().map(|word| word.to_string_lossy());
    let mut given = None;
    while let Some(word) = words.next().filter(|word| word != "--") {
        let value = match word.strip_prefix(flag) {
            Some("") => words.next().map(|value| value.into_owned()),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        given = value.and_then(|value| T::from_str(&value, false).ok()).or(given);
    }
    given
}
