//! `build`: everything from nothing, over the bare typst that it cannot do without; and what is
//! left to do when nothing has changed, or one filing has.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

use super::{add, add_peer, against, folder, latefile, remove, thousands};
use crate::floor::Bare;
use crate::peers::TYPST;
use crate::process::{Contender, Measured, turns};
use crate::results::{Measure, Row};
use crate::sources;

/// Where each contender stands in a turn.
struct Places {
    build: usize,
    floor: usize,
    jinja: Result<usize, String>,
    nothing: usize,
}

/// A change is small against a build that finds nothing to do: more turns of these two tell it from
/// noise.
const TURNS_OF_CHANGE: usize = 3;

/// Measures.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, runs: usize) -> anyhow::Result<Measure> {
    let folder = &folder("build", filings)?;
    let typst = &Bare::find()?;
    let sources = &sources::render(folder)?;
    let lonely = sources.lonely()?;
    let changed = &Changed::new(folder, &lonely.id)?;
    let out = |name: &str| folder.join(name);
    let (whole_out, bare_out) = (&out("out"), &out("out-bare"));
    let mut all = Vec::new();
    let from_nothing = || remove(whole_out).and_then(|()| changed.undo());
    let in_bundles =
        Contender::here(|| typst.bundles(sources, bare_out)).after(|| remove(bare_out));
    let places = Places {
        build: add(&mut all, latefile(folder, &["build"]).after(from_nothing)),
        floor: add(&mut all, in_bundles),
        jinja: add_peer(&mut all, &TYPST, &out("filings"), folder, typst),
        nothing: add(&mut all, latefile(folder, &["build"])),
    };
    let measured = turns("build", runs, &mut all)?;
    sources.same(whole_out, bare_out)?;
    if places.jinja.is_ok() {
        sources.all_in(&out(&TYPST.out()))?;
    }
    let mut changes = [
        latefile(folder, &["build"]),
        latefile(folder, &["build"]).after(|| changed.turn()),
        Contender::here(|| typst.single(sources, lonely, bare_out)),
    ];
    let changes = turns("build, one filing changed", TURNS_OF_CHANGE * runs, &mut changes)?;
    let [nothing, one, bare] = changes.try_into().ok().context("three contenders")?;
    let rows = rows(&places, &measured).into_iter().chain(rows_of_change(&nothing, &one, &bare));
    let title = format!("{} filings to text, HTML and PDF", thousands(filings));
    Ok(Measure { title, rows: rows.collect(), bars: Vec::new() })
}

fn rows_of_change(nothing: &Measured, one: &Measured, bare: &Measured) -> [Row; 3] {
    let more = one.with(nothing, |one, nothing| one - nothing);
    let compiles = more.iter().zip(&bare.seconds).map(|(more, bare)| more / bare).collect();
    [
        Row::seconds("one filing changed", &one.seconds).detail(),
        Row::seconds("bare typst, the document of that filing", &bare.seconds).detail(),
        Row::ratio("what a change adds, in bare compiles", compiles).goal(1.5),
    ]
}

fn rows(places: &Places, measured: &[Measured]) -> Vec<Row> {
    let of = |place: usize| &measured[place];
    let (build, floor, nothing) = (of(places.build), of(places.floor), of(places.nothing));
    let before = [
        Row::seconds("time", &build.seconds),
        Row::seconds("bare typst, the same sources in bundles", &floor.seconds).detail(),
        Row::ratio("over bare typst, the same sources in bundles", build.over(floor)).goal(1.08),
    ];
    let after = [
        Row::memory("memory without typst", &build.peaks),
        Row::seconds("time, nothing changed", &nothing.seconds),
        Row::ratio("nothing changed, over from nothing", nothing.over(build)).goal(0.015),
    ];
    let peer = against(&TYPST, &places.jinja, measured, build, Some(0.95));
    before.into_iter().chain(peer).chain(after).collect()
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
