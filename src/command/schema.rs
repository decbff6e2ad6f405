//! `latefile schema`: prints the JSON Schema of a filing or of a shared file, for editors and
//! other validators.

use super::{CLEAN, Terminal};
use crate::cli::Schema;
use crate::start::schema;

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &Schema, terminal: &Terminal) -> anyhow::Result<u8> {
    terminal.print_document(&schema::text(args.document))?;
    Ok(CLEAN)
}
