//! `latefile guide`: shows a document of the guide, or lists them. On a terminal, a pager shows it.

use super::{CLEAN, Terminal, stop};
use crate::cli::Guide;
use crate::start::guide;

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &Guide, terminal: &Terminal) -> anyhow::Result<u8> {
    let ignores_signals = stop::end_on_signal()?;
    match args.topic {
        None => terminal.print(&guide::contents())?,
        Some(topic) => {
            let text = topic.text();
            if !terminal.is_shown() || args.no_pager || !stop::paged(&text, &ignores_signals) {
                terminal.print(&text)?;
            }
        }
    }
    Ok(CLEAN)
}
