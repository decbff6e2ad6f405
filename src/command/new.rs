//! `latefile new`: writes a new filing with comments, and never overwrites a file.

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use super::{CLEAN, Terminal, ensure_own, stop};
use crate::cli::{Common, New};
use crate::form12b25::wording::Edition;
use crate::pipeline::load::{self, files};
use crate::pipeline::render::Templates;
use crate::pipeline::write;
use crate::start::scaffold::{self, NewFiling};

/// Runs the command.
///
/// # Errors
/// The path cannot be that of a filing, a flag has no effect for the form, the file exists, or it
/// cannot be written; or the folder of filings is a symbolic link.
pub fn run(args: &New, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    stop::end_on_signal()?;
    ensure_own(&common.filings)?;
    let place = scaffold::place(&common.filings, &args.path)?;
    let text = scaffold::text(&NewFiling {
        arguments: &place.arguments,
        id: &place.id,
        report: args.inputs.query(args.form, args.period_ended)?,
        amendment: args.amendment || args.form.amendment,
        registrants: &registrants(&common.filings)?,
        editions: &editions(common)?,
    })?;
    let shown = files::shown(&place.path);
    if !write::create(&place.path, text.as_bytes())? {
        bail!("there is a `{shown}` already; nothing was written");
    }
    terminal.say(&format!(
        "{shown} written; fill in the empty keys, then run `latefile check {}`",
        place.arguments
    ));
    Ok(CLEAN)
}

/// Returns the ids of the shared registrants.
fn registrants(filings: &Path) -> anyhow::Result<Vec<String>> {
    // The first filing of a repository creates the folder.
    if !filings.is_dir() {
        return Ok(Vec::new());
    }
    Ok(load::find(filings, &[])?.registrants.into_iter().map(|entry| entry.id).collect())
}

/// Returns the editions of the form.
pub(super) fn editions(common: &Common) -> anyhow::Result<Vec<Edition>> {
    // Fall back to the built-in editions: `check` and `build` report broken templates.
    let renderings = stop::if_late(common, &Arc::default())?;
    let own = Templates::load(common.templates.as_deref(), &renderings)?;
    Ok(own.or_else(|_| Templates::built_in())?.editions)
}
