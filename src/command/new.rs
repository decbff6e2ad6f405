//! `latefile new`: a commented source to start a notice from, in a file that was not there.

use std::path::Path;

use anyhow::bail;

use super::{CLEAN, Terminal};
use crate::cli::{Common, New};
use crate::form12b25::wording::Edition;
use crate::pipeline::load::files;
use crate::pipeline::render::Templates;
use crate::pipeline::write;
use crate::start::scaffold::{self, Wanted};

/// Runs the command.
///
/// # Errors
/// The path cannot be a filing's, the flags are not for the form, or there is a file already, or it
/// cannot be written.
pub fn run(args: &New, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let place = scaffold::place(&common.filings, &args.path)?;
    let text = scaffold::text(&Wanted {
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
        "{shown} written; fill in what stands empty, then run `latefile check {}`",
        place.arguments
    ));
    Ok(CLEAN)
}

/// The ids of the shared registrants; none of a folder that is not there yet.
fn registrants(filings: &Path) -> anyhow::Result<Vec<String>> {
    if !filings.is_dir() {
        return Ok(Vec::new());
    }
    Ok(files::find(filings, &[])?.registrants.into_iter().map(|entry| entry.id).collect())
}

/// The editions of the form. Templates that are broken are not this command's to tell of.
fn editions(common: &Common) -> anyhow::Result<Vec<Edition>> {
    let own = Templates::load(common.templates.as_deref())?;
    Ok(own.or_else(|_| Templates::built_in())?.editions)
}
