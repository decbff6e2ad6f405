//! `latefile serve`.
use super::{CLEAN, Terminal};
use crate::cli::{Common, Serve};

/// Runs.
///
/// # Errors
/// x
pub fn run(_: &Serve, _: &Common, _: &Terminal) -> anyhow::Result<u8> {
    Ok(CLEAN)
}
