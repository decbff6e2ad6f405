//! `latefile schema`: prints the JSON Schema of a filing, for editors and other validators.

use super::{CLEAN, print};
use crate::start::schema;

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run() -> anyhow::Result<u8> {
    print(&schema::text())?;
    Ok(CLEAN)
}
