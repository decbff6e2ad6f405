//! `latefile init`: creates a repository for filings, and keeps the files that exist.

use std::path::Path;

use anyhow::bail;

use super::{CLEAN, Terminal, import};
use crate::cli::{Common, Init};
use crate::diagnostics::count::count;
use crate::pipeline::folder;
use crate::pipeline::load::files;
use crate::pipeline::write;
use crate::start::scaffold;

/// Runs the command.
///
/// # Errors
/// A file cannot be written, one to import cannot be read, or the folder of filings is a symbolic link.
pub fn run(args: &Init, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    if common.names_folders() {
        bail!("a new repository has `filings` and `out`; init does not accept --filings or --out");
    }
    let dir = if args.dir == Path::new(".") { Path::new("") } else { &args.dir };
    let sources = dir.join("filings");
    folder::ensure_usable(&sources)?;
    import::into(&sources, &args.import, terminal, || files_of(dir, args, terminal))?;
    Ok(CLEAN)
}

/// Writes the files of the repository. Filings of the user's own take the place of the example.
fn files_of(dir: &Path, args: &Init, terminal: &Terminal) -> anyhow::Result<()> {
    let sources = dir.join("filings");
    let has_sources = !args.import.is_empty()
        || sources.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    let (mut written, mut kept) = (0, 0);
    for (name, text) in scaffold::files() {
        let path = dir.join(name);
        let shown = files::shown(&path);
        // The example would be built along with real filings.
        if name == scaffold::EXAMPLE && has_sources {
            let reason = if args.import.is_empty() {
                format!("{} has sources", files::shown(&sources))
            } else {
                "the imported notices take its place".to_owned()
            };
            terminal.say(&format!("no example: {reason}"));
        } else if write::create(&path, text.as_bytes())? {
            terminal.say(&format!("wrote {shown}"));
            written += 1;
        } else {
            terminal.say(&format!("kept {shown}"));
            kept += 1;
        }
    }
    let kept = if kept > 0 { format!(" · {kept} kept as they were") } else { String::new() };
    let readme = files::shown(&dir.join("README.md"));
    terminal.say(&format!("{} written{kept}; {readme} says how to go on", count(written, "file")));
    Ok(())
}
