//! `latefile schema`: the JSON Schema of a filing, for editors and other validators.

use super::{CLEAN, product};
use crate::start::schema;

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run() -> anyhow::Result<u8> {
    product(&schema::text())?;
    Ok(CLEAN)
}
