//! `build`: everything from nothing, over the bare typst that it cannot do without; and what is
//! left to do when nothing has changed, or one filing has.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

use super::{add, add_peer, against, cold, folder, latefile, over, remove, thousands};
use crate::floor::Bare;
use crate::peers::{BINDING, TYPST};
use crate::process::{Contender, Measured, turns};
use crate::results::{Row, Setting, record};
use crate::sources;

/// Where each contender stands in a turn.
struct Places {
    build: usize,
    floor: usize,
    pdf: usize,
    binding: Result<usize, String>,
    jinja: Result<usize, String>,
    nothing: usize,
}

/// A change is small against a build that finds nothing to do: more turns of these two tell it from
/// noise.
const TURNS_OF_CHANGE: usize = 3;

/// Measures and records.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, setting: &Setting) -> anyhow::Result<()> {
    let folder = &folder("build", filings)?;
    let typst = &Bare::find()?;
    let sources = &sources::render(folder)?;
    let lonely = sources.lonely()?;
    let changed = &Changed::new(folder, &lonely.id)?;
    let out = |name: &str| folder.join(name);
    let (whole_out, pdf_out, bare_out) = (&out("out"), &out("out-pdf"), &out("out-bare"));
    let mut all = Vec::new();
    let from_nothing = || remove(whole_out).and_then(|()| changed.undo());
    let in_bundles =
        Contender::here(|| typst.bundles(sources, bare_out)).after(|| remove(bare_out));
    let places = Places {
        build: add(&mut all, latefile(folder, &["build"]).after(from_nothing)),
        floor: add(&mut all, in_bundles),
        pdf: add(&mut all, cold(folder, &["build", "--formats", "pdf"], "out-pdf")),
        binding: add_peer(&mut all, &BINDING, &sources.folder, folder, typst),
        jinja: add_peer(&mut all, &TYPST, &out("filings"), folder, typst),
        nothing: add(&mut all, latefile(folder, &["build"])),
    };
    let measured = turns("build", setting.runs, &mut all)?;
    sources.same(pdf_out, bare_out)?;
    for (peer, _) in [(&BINDING, &places.binding), (&TYPST, &places.jinja)]
        .iter()
        .filter(|(_, index)| index.is_ok())
    {
        sources.all_in(&out(&peer.out()))?;
    }
    let mut changes = [
        latefile(folder, &["build"]),
        latefile(folder, &["build"]).after(|| changed.turn()),
        Contender::here(|| typst.single(sources, lonely, bare_out)),
    ];
    let changes = turns("build, one filing changed", TURNS_OF_CHANGE * setting.runs, &mut changes)?;
    let [nothing, one, bare] = changes.try_into().ok().context("three contenders")?;
    let mut rows = rows(&places, &measured, filings, sources.documents.len());
    rows.extend(rows_of_change(&nothing, &one, &bare));
    record("build", setting, &rows)
}

fn rows_of_change(nothing: &Measured, one: &Measured, bare: &Measured) -> [Row; 3] {
    let more = one.with(nothing, |one, nothing| one - nothing);
    let compiles = more.iter().zip(&bare.seconds).map(|(more, bare)| more / bare).collect();
    [
        Row::seconds("`latefile build`, one filing changed", &one.seconds),
        Row::seconds("bare typst, the document of that filing", &bare.seconds),
        Row::ratio("what the change adds, in bare compiles", compiles).goal(1.5),
    ]
}

fn rows(places: &Places, measured: &[Measured], filings: usize, documents: usize) -> Vec<Row> {
    let of = |place: usize| &measured[place];
    let (build, floor, pdf) = (of(places.build), of(places.floor), of(places.pdf));
    let nothing = of(places.nothing);
    let before = [
        Row::seconds(
            format!("`latefile build`, {} filings from nothing", thousands(filings)),
            &build.seconds,
        ),
        Row::seconds(
            format!("bare typst, the same {} sources in bundles", thousands(documents)),
            &floor.seconds,
        ),
        Row::ratio("`latefile build` over bare typst", build.over(floor)).goal(1.15),
        Row::seconds("`latefile build --formats pdf`, from nothing", &pdf.seconds),
    ];
    let pdfs = "`latefile build --formats pdf` over the binding";
    let peers = [
        against(&BINDING, &places.binding, measured, (pdfs, pdf), Some(0.85)),
        against(&TYPST, &places.jinja, measured, (&over(&TYPST), build), Some(0.7)),
    ];
    let after = [
        Row::memory("memory of `latefile build` from nothing", &build.peaks),
        Row::seconds("`latefile build`, nothing changed", &nothing.seconds),
        Row::ratio("nothing changed over from nothing", nothing.over(build)).goal(0.015),
    ];
    before.into_iter().chain(peers.into_iter().flatten()).chain(after).collect()
}

/// A filing that somebody changes, and changes back.
struct Changed {
    path: PathBuf,
    text: String,
}

impl Changed {
    fn new(folder: &Path, id: &str) -> anyhow::Result<Changed> {
        let path = folder.join(format!("filings/{id}.yaml"));
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Changed { path, text })
    }

    /// Another telephone number of the contact, which the form prints; the next time the first
    /// again.
    fn turn(&self) -> anyhow::Result<()> {
        let now = fs::read_to_string(&self.path)
            .with_context(|| format!("cannot read {}", self.path.display()))?;
        let changed = self.text.replacen("-555-0", "-555-9", 1);
        ensure!(changed != self.text, "{} has no telephone number to change", self.path.display());
        self.write(if now == self.text { &changed } else { &self.text })
    }

    fn undo(&self) -> anyhow::Result<()> {
        self.write(&self.text)
    }

    fn write(&self, text: &str) -> anyhow::Result<()> {
        fs::write(&self.path, text).with_context(|| format!("cannot write {}", self.path.display()))
    }
}
