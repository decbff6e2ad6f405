//! `build`: everything from nothing, over the bare typst that it cannot do without; and what is left
//! to do when nothing has changed, or one filing has.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{add, add_peer, against, cold, folder, latefile, over, remove, thousands};
use crate::floor::Bare;
use crate::peers::{BINDING, TYPST};
use crate::process::{Contender, turns};
use crate::results::{Row, Setting, record};
use crate::sources;

/// Measures and records.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, setting: &Setting) -> anyhow::Result<()> {
    let folder = &folder(filings)?;
    let typst = &Bare::find()?;
    let sources = &sources::render(folder)?;
    let lonely = sources.lonely()?;
    let changed = &Changed::new(folder, &lonely.id)?;
    let out = |name: &str| folder.join(name);
    let (bare_out, pdf_out) = (&out("out-bare"), &out("out-pdf"));
    let mut all = Vec::new();
    let from_nothing = || remove(&out("out")).and_then(|()| changed.undo());
    let build = add(&mut all, latefile(folder, &["build"]).after(from_nothing));
    let floor = Contender::here(|| typst.bundles(sources, bare_out)).after(|| remove(bare_out));
    let floor = add(&mut all, floor);
    let pdf = add(&mut all, cold(folder, &["build", "--formats", "pdf"], "out-pdf"));
    let binding = add_peer(&mut all, &BINDING, &sources.folder, folder, typst);
    let jinja = add_peer(&mut all, &TYPST, &out("filings"), folder, typst);
    let nothing = add(&mut all, latefile(folder, &["build"]));
    let one = add(&mut all, latefile(folder, &["build"]).after(|| changed.make()));
    let bare = add(&mut all, Contender::here(|| typst.single(sources, lonely, bare_out)));
    let measured = turns("build", setting.runs, &mut all)?;
    sources.same(pdf_out, bare_out)?;
    for (peer, _) in [(&BINDING, &binding), (&TYPST, &jinja)].into_iter().filter(|(_, index)| index.is_ok()) {
        sources.all_in(&out(&peer.out()))?;
    }
    let [build, floor, pdf, nothing, one, bare] = [build, floor, pdf, nothing, one, bare].map(|index| &measured[index]);
    let documents = sources.documents.len();
    let mut rows = vec![
        Row::seconds(format!("`latefile build`, {} filings from nothing", thousands(filings)), &build.seconds),
        Row::seconds(format!("bare typst, the same {} sources in bundles", thousands(documents)), &floor.seconds),
        Row::ratio("`latefile build` over bare typst", build.over(floor)).goal(1.15),
        Row::seconds("`latefile build --formats pdf`, from nothing", &pdf.seconds),
    ];
    rows.extend(against(&BINDING, &binding, &measured, ("its PDFs over those of the binding", pdf), Some(0.85)));
    rows.extend(against(&TYPST, &jinja, &measured, (&over(&TYPST), build), Some(0.7)));
    let more = one.with(nothing, |one, nothing| one - nothing);
    let compiles = more.iter().zip(&bare.seconds).map(|(more, bare)| more / bare).collect();
    rows.extend([
        Row::seconds("`latefile build`, nothing changed", &nothing.seconds),
        Row::ratio("nothing changed over from nothing", nothing.over(build)).goal(0.015),
        Row::seconds("`latefile build`, one filing changed", &one.seconds),
        Row::seconds("bare typst, the document of that filing", &bare.seconds),
        Row::ratio("what the change adds, in bare compiles", compiles).goal(1.5),
        Row::memory("memory of `latefile build` from nothing", &build.peaks),
    ]);
    record("build", setting, &rows)
}

/// A filing that somebody changes, and changes back.
struct Changed {
    path: PathBuf,
    text: String,
}

impl Changed {
    fn new(folder: &Path, id: &str) -> anyhow::Result<Changed> {
        let path = folder.join(format!("filings/{id}.yaml"));
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Changed { path, text })
    }

    /// Another telephone number of the contact, which the form prints.
    fn make(&self) -> anyhow::Result<()> {
        self.write(&self.text.replacen("-555-0", "-555-9", 1))
    }

    fn undo(&self) -> anyhow::Result<()> {
        self.write(&self.text)
    }

    fn write(&self, text: &str) -> anyhow::Result<()> {
        fs::write(&self.path, text).with_context(|| format!("cannot write {}", self.path.display()))
    }
}
