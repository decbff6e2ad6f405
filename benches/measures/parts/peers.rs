//! What people would use instead of `latefile`, on few filings, for it is slow.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::{add, add_peer, against, cold, folder, over, remove, thousands};
use crate::floor::Bare;
use crate::peers::{PANDOC, Peer, TYPST, WEASYPRINT};
use crate::process::{Contender, turns};
use crate::results::{Row, Setting, record};
use crate::sources;

/// Each peer with the most that `latefile` should take of its time, where there is a goal.
const PEERS: &[(&Peer, Option<f64>)] =
    &[(&TYPST, Some(0.7)), (&WEASYPRINT, Some(0.1)), (&PANDOC, None)];

/// Measures and records.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, setting: &Setting) -> anyhow::Result<()> {
    let folder = &folder("peers", filings)?;
    let typst = &Bare::find()?;
    let sources = &sources::render(folder)?;
    let (bundled, single) = (&folder.join("out-bare"), &folder.join("out-single"));
    let rooms = || {
        remove(single)?;
        let mut rooms = sources
            .documents
            .iter()
            .filter_map(|d| single.join(&d.pdf).parent().map(Path::to_owned));
        rooms.try_for_each(|room| {
            fs::create_dir_all(&room).with_context(|| format!("cannot make {}", room.display()))
        })
    };
    let mut all = Vec::new();
    let build = add(&mut all, cold(folder, &["build"], "out"));
    let floor = add(
        &mut all,
        Contender::here(|| typst.bundles(sources, bundled)).after(|| remove(bundled)),
    );
    let singles = add(&mut all, Contender::here(|| typst.singles(sources, single)).after(rooms));
    let filings_of = folder.join("filings");
    let done: Vec<_> = PEERS
        .iter()
        .map(|(peer, _)| add_peer(&mut all, peer, &filings_of, folder, typst))
        .collect();
    let measured = turns("peers", setting.runs, &mut all)?;
    sources.same(bundled, single)?;
    sources.same(&folder.join("out"), bundled)?;
    let [build, floor, singles] = [build, floor, singles].map(|index| &measured[index]);
    let mut rows = vec![
        Row::seconds(
            format!("`latefile build`, {} filings from nothing", thousands(filings)),
            &build.seconds,
        ),
        Row::seconds("bare typst, the same sources in bundles", &floor.seconds),
        Row::ratio("`latefile build` over bare typst in bundles", build.over(floor)),
        Row::seconds("bare typst, a process for each document", &singles.seconds),
        Row::ratio("`latefile build` over that", build.over(singles)),
    ];
    for ((peer, goal), done) in PEERS.iter().zip(done) {
        if done.is_ok() {
            sources.all_in(&folder.join(peer.out()))?;
        }
        rows.extend(against(peer, &done, &measured, (&over(peer), build), *goal));
    }
    record("peers", setting, &rows)
}
