//! What people would use instead of `latefile`, on few filings, for it is slow.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::{add, add_peer, against, cold, folder, remove, thousands};
use crate::chart::Bar;
use crate::floor::Bare;
use crate::peers::{PANDOC, Peer, TYPST, WEASYPRINT};
use crate::process::{Contender, Measured, turns};
use crate::results::{Measure, Row, spread};
use crate::sources;

/// Each peer with the most that `latefile` should take of its time, where there is a goal.
const PEERS: &[(&Peer, Option<f64>)] = &[(&TYPST, Some(0.7)), (&WEASYPRINT, None), (&PANDOC, None)];

/// Measures.
///
/// # Errors
/// A contender fails, or a file cannot be written.
pub(crate) fn measure(filings: usize, runs: usize) -> anyhow::Result<Measure> {
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
    let measured = turns("peers", runs, &mut all)?;
    sources.same(bundled, single)?;
    sources.same(&folder.join("out"), bundled)?;
    let [build, floor, singles] = [build, floor, singles].map(|index| &measured[index]);
    let mut rows = vec![
        Row::seconds("time", &build.seconds),
        Row::seconds("bare typst, the same sources in bundles", &floor.seconds).detail(),
        Row::ratio("over bare typst, the same sources in bundles", build.over(floor)).goal(1.2),
        Row::seconds("bare typst, a process for each document", &singles.seconds).detail(),
        Row::ratio("over bare typst, a process for each document", build.over(singles)),
    ];
    let bar =
        |name: &str, of: &Measured| Bar { name: name.to_owned(), seconds: spread(&of.seconds).0 };
    let mut bars = vec![bar("latefile", build)];
    for ((peer, goal), done) in PEERS.iter().zip(done) {
        if let Ok(place) = done {
            sources.all_in(&folder.join(peer.out()))?;
            bars.push(bar(peer.name, &measured[place]));
        }
        rows.extend(against(peer, &done, &measured, build, *goal));
    }
    let title = format!("{} filings to text, HTML and PDF", thousands(filings));
    Ok(Measure { title, rows, bars })
}
