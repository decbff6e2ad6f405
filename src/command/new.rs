//! `latefile new`: writes a new filing with comments, empty or with parts of an earlier one, and never
//! overwrites a file.

use std::path::Path;
use std::sync::Arc;

use anyhow::{anyhow, bail};

use super::{CLEAN, Terminal, ensure_own, plan, stop};
use crate::cli::{Common, New};
use crate::diagnostics::finding::did_you_mean;
use crate::diagnostics::source::Source;
use crate::form12b25::deadline::{INPUTS, PartialQuery};
use crate::form12b25::model::{
    FilerStatus, FilingAsWritten, RegistrantEntry, RegistrantKeys, Scalar as _, Text,
};
use crate::form12b25::wording::Edition;
use crate::pipeline::load::files::{self, Entry, Files, SharedKind};
use crate::pipeline::load::{self, SharedFiles};
use crate::pipeline::render::Templates;
use crate::pipeline::write;
use crate::start::scaffold::{self, Earlier, NewFiling};

/// Runs the command.
///
/// # Errors
/// The path cannot be that of a filing, a flag has no effect for the form, the file exists, or it
/// cannot be written; there is no such earlier filing or registrant; the file of closed days is wrong;
/// or the folder of filings is a symbolic link.
pub fn run(args: &New, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    stop::end_on_signal()?;
    ensure_own(&common.filings)?;
    let place = scaffold::place(&common.filings, common.names_filings(), &args.path)?;
    let files = all_files(&common.filings)?;
    let earlier = args.from.as_deref().map(|path| earlier(common, path)).transpose()?;
    let (registrant, status) = registrant(args, earlier.as_ref(), &files)?;
    let mut report = args.inputs.query(args.form, args.period_ended)?;
    report.inputs.status = report.inputs.status.or(status.filter(|_| has_status(&report)));
    let text = scaffold::text(&NewFiling {
        arguments: &place.arguments,
        id: &place.id,
        report,
        amendment: args.amendment || args.form.amendment,
        registrants: &ids(&files),
        registrant: registrant.as_ref(),
        earlier: earlier.as_ref().map(|EarlierFiling { entry, source, filing }| Earlier {
            id: &entry.id,
            text: &source.text,
            filing,
        }),
        editions: &editions(common)?,
        calendar: &plan::calendar(common)?,
    })?;
    let shown = files::shown(&place.path);
    if !write::create(&place.path, text.as_bytes())? {
        bail!("there is a `{shown}` already; nothing was written");
    }
    let from = earlier.map(|earlier| format!(" from {}", earlier.entry.id)).unwrap_or_default();
    terminal.say(&format!(
        "{shown} written{from}; fill in the empty keys, then run `{} {}`",
        common.command_line("check"),
        place.id
    ));
    Ok(CLEAN)
}

/// Returns all files below the folder of filings, which the first filing of a repository creates.
fn all_files(filings: &Path) -> anyhow::Result<Files> {
    if filings.is_dir() { load::find(filings, &[]) } else { Ok(Files::default()) }
}

/// Returns the ids of the shared registrants.
fn ids(files: &Files) -> Vec<String> {
    files.shared(SharedKind::Registrant).iter().map(|entry| entry.id.clone()).collect()
}

/// The filing that a new one begins with.
struct EarlierFiling {
    entry: Entry,
    source: Source,
    filing: FilingAsWritten,
}

/// Reads the filing that a new one begins with.
///
/// # Errors
/// There is none, there are several, or it has errors.
fn earlier(common: &Common, path: &Path) -> anyhow::Result<EarlierFiling> {
    let found = load::find(&common.filings, &[path.to_owned()])?.filings;
    let shown = files::shown(path);
    let [entry] = found.as_slice() else {
        bail!("--from takes one filing, and `{shown}` has {}; name one by its id", found.len());
    };
    let (source, filing) = load::as_written(entry);
    let broken = || {
        let check = common.command_line("check");
        anyhow!("`{}` has errors; see `{check} {}`", entry.shown, entry.id)
    };
    Ok(EarlierFiling { entry: entry.clone(), source, filing: filing.ok_or_else(broken)? })
}

/// Returns the registrant, if it is known, and its filer status. A `--status` other than that of a
/// shared registrant replaces it.
///
/// # Errors
/// There is no such shared registrant.
fn registrant(
    args: &New,
    earlier: Option<&EarlierFiling>,
    files: &Files,
) -> anyhow::Result<(Option<RegistrantEntry>, Option<FilerStatus>)> {
    let entry = match &args.registrant {
        Some(id) => Some(RegistrantEntry::Shared(shared(id, files)?)),
        None => earlier.map(|earlier| earlier.filing.registrant.clone()),
    };
    let Some(entry) = entry else { return Ok((None, None)) };
    let keys = match &entry {
        RegistrantEntry::Shared(id) => {
            RegistrantKeys { shared: Some(id.clone()), ..RegistrantKeys::default() }
        }
        RegistrantEntry::Keys(keys) => keys.as_ref().clone(),
    };
    let Some(id) = &keys.shared else { return Ok((Some(entry), keys.filer_status)) };
    let (shared, _) = SharedFiles::load(files);
    let known = keys.filer_status.or(shared.registrant(id.as_str()).and_then(|k| k.filer_status));
    Ok(match args.inputs.status {
        Some(_) if args.inputs.status != known => {
            let keys = RegistrantKeys { filer_status: args.inputs.status, ..keys };
            (Some(RegistrantEntry::Keys(Box::new(keys))), args.inputs.status)
        }
        _ => (Some(entry), known),
    })
}

/// Returns the id of a shared registrant as a text.
///
/// # Errors
/// There is none with this id.
fn shared(id: &str, files: &Files) -> anyhow::Result<Text> {
    let ids = ids(files);
    if ids.iter().any(|known| known == id) {
        return Text::parse(id).map_err(|error| anyhow!(error));
    }
    let hint = match did_you_mean(id, ids.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it would be the file `registrants/{id}.yaml` in the filings"),
    };
    bail!("there is no shared registrant `{id}`; {hint}")
}

/// Whether the due date of a report depends on the filer status.
fn has_status(report: &PartialQuery) -> bool {
    let status = INPUTS.iter().find(|input| input.name() == "filer_status");
    status.is_some_and(|input| input.affects(report.form, report.inputs.transition))
}

/// Returns the editions of the form.
pub(super) fn editions(common: &Common) -> anyhow::Result<Vec<Edition>> {
    // Fall back to the built-in editions: `check` and `build` report broken templates.
    let renderings = stop::if_late(common, &Arc::default())?;
    let own = Templates::load(common.templates.as_deref(), &renderings)?;
    Ok(own.or_else(|_| Templates::built_in())?.editions)
}
