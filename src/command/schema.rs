//! `latefile schema`: prints the JSON Schema of a filing, for editors and other validators.

use super::{CLEAN, Terminal};
use crate::start::schema;

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(terminal: &Terminal) -> anyhow::Result<u8> {
    terminal.print_document(&schema::text())?;
    Ok(CLEAN)
}
