//! Compares two revisions of a repository of notices: for each filing the facts, sentences about
//! its data, and the blackline, the rendered documents with their insertions and deletions. Start
//! reading at [`compare`].

mod align;
mod blackline;
mod blocks;
mod change;
mod diff;
mod documents;
mod facts;
mod filed;
mod findings;
pub mod formats;
mod moves;
mod names;
mod notices;
mod outputs;
mod pair;
mod pairing;
mod revision;
mod rtags;
mod table;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rayon::prelude::*;

use filed::{FiledOutputs, Version};
use notices::Notices;
use pairing::{Layouts, Pairing, layouts, pairings};

use crate::form12b25::deadline::Calendar;
use crate::pipeline::load::Loaded;
use crate::pipeline::load::files::Entry;
use crate::pipeline::render::Templates;

pub use change::{ChangeKind, FiledChange, FilingDiff, Record, Redline, Title};
pub use diff::{BlockDiff, Body, Counts, RowDiff, State};
pub use documents::DocumentDiff;
pub use facts::Fact;
pub use revision::{Origin, Revision, Side};
pub use rtags::{Marked, marked};
pub use words::{Op, Span};

/// Compares two revisions; with `only`, just the filings of these ids.
///
/// # Errors
/// The built-in templates cannot be read.
pub fn compare(old: &Revision, new: &Revision, only: &[String]) -> anyhow::Result<Redline> {
    let layouts = layouts(old, new);
    let shared_same = findings::shared_files(old, new).is_empty();
    let calendars_same = old.calendar == new.calendar;
    // Broken templates are reported once, and no filing is listed for them.
    let layouts_same = layouts.same || layouts.old.is_err() || layouts.new.is_err();
    let mut all = pairings(old, new);
    all.retain(|pairing| {
        only.is_empty() || pairing.ids().any(|id| only.iter().any(|wanted| wanted == id))
    });
    let total = all.len();
    let outputs = FiledOutputs::compare(old, new, &all)?;
    let is_same = |pairing: &Pairing<'_>| {
        let same_source = pairing.same_bytes && shared_same && layouts_same && calendars_same;
        same_source && outputs.difference(pairing).is_none()
    };
    // Where nothing changed at all, nothing is loaded.
    let others = if all.iter().all(is_same) {
        Notices::default()
    } else {
        Notices::of(old, new, shared_same)
    };
    all.retain(|pairing| !is_same(pairing) || others.differ(pairing));
    let context = Context {
        layouts: &layouts,
        calendars: [&old.calendar, &new.calendar],
        built_in: &Templates::built_in()?,
        notices: &others,
        outputs: &outputs,
    };
    let of = |pairing: Pairing<'_>| context.filing(&others.against(pairing));
    let changes: Vec<(FilingDiff, Option<FiledChange>)> =
        all.into_par_iter().filter_map(of).collect();
    let (mut filings, filed): (Vec<FilingDiff>, Vec<_>) = changes.into_iter().unzip();
    filings.sort_by(|a, b| a.id.cmp(&b.id));
    let mut filed: Vec<FiledChange> = filed.into_iter().flatten().collect();
    if only.is_empty() {
        filed.extend(outputs.orphans(old));
    }
    filed.sort_by(|a, b| a.id.cmp(&b.id));
    let beyond = if only.is_empty() { findings::others(old, new, &layouts) } else { Vec::new() };
    let changed = filings.len();
    Ok(Redline {
        old: old.side(),
        new: new.side(),
        filed,
        others: beyond,
        filings,
        unchanged: total - changed,
    })
}

/// The data that all filings of a comparison share.
struct Context<'a> {
    layouts: &'a Layouts,
    /// Those of both sides.
    calendars: [&'a Calendar; 2],
    built_in: &'a Templates,
    notices: &'a Notices<'a>,
    outputs: &'a FiledOutputs,
}

impl Context<'_> {
    /// The changes of a filing, and the finding that it was filed; or `None` if there are none.
    fn filing(&self, pairing: &Pairing<'_>) -> Option<(FilingDiff, Option<FiledChange>)> {
        let layouts = self.layouts;
        let load = |side: Option<(&Revision, &Entry)>,
                    templates: &Result<Arc<Templates>, String>| {
            let editions =
                templates.as_ref().map_or(&self.built_in.editions, |templates| &templates.editions);
            side.map(|(side, entry)| self.notices.load_checked(side, entry, editions))
        };
        let (old, new) = (load(pairing.old, &layouts.old), load(pairing.new, &layouts.new));
        let outputs = self.outputs.difference(pairing);
        if pairing.same_bytes
            && layouts.same
            && self.calendars[0] == self.calendars[1]
            && outputs.is_none()
            && findings::same_shared_files(old.as_ref()?, new.as_ref()?)
        {
            return None;
        }
        let filed = |loaded: &Option<Loaded>| {
            loaded.as_ref().and_then(|loaded| loaded.filing.as_ref()).cloned()
        };
        let (old_filing, new_filing) = (filed(&old), filed(&new));
        let versions = ((old.as_ref(), old_filing.as_ref()), (new.as_ref(), new_filing.as_ref()));
        let mut facts = self.facts(pairing, versions.0, versions.1);
        // A version that cannot be read as a filing is no version without documents.
        let read =
            |loaded: &Option<Loaded>| loaded.as_ref().is_none_or(|loaded| loaded.filing.is_some());
        let compared = if read(&old) && read(&new) {
            documents::compare(
                (old_filing.as_ref(), &layouts.old),
                (new_filing.as_ref(), &layouts.new),
            )
        } else {
            Default::default()
        };
        let documents::Compared { documents, facts: more, changed } = compared;
        facts.extend(more);
        facts.extend(outputs.filter(|_| !changed).and_then(findings::outputs));
        let filed = filed::of(pairing, versions.0, versions.1, changed, outputs);
        if facts.is_empty() {
            let sentence = match (documents.is_empty(), pairing.same_bytes) {
                (true, true) => return None,
                (true, false) => {
                    "the source says the same in another way: only its layout or its comments changed"
                }
                (false, _) => "the source says the same; the templates make something else of it",
            };
            facts.push(Fact::plain("", sentence));
        }
        let id = pairing.new.or(pairing.old).map(|(_, entry)| entry.id.clone())?;
        let against = pairing.old.map(|(_, entry)| entry.id.clone()).filter(|old| *old != id);
        let title = new_filing.as_ref().or(old_filing.as_ref()).map(Title::of);
        let diff = FilingDiff { id, kind: pairing.kind, against, title, facts, documents };
        Some((diff, filed))
    }

    /// The changes of a filing's data and findings.
    fn facts(&self, pairing: &Pairing<'_>, old: Version<'_>, new: Version<'_>) -> Vec<Fact> {
        let mut facts = findings::fate(pairing, new.1);
        if let (Some(old), Some(new)) = (old.1, new.1) {
            facts.extend(facts::of(old, new, self.calendars));
            facts.extend(findings::edition(old, new, self.layouts));
        }
        if pairing.kind != ChangeKind::Added {
            facts.extend(findings::sources(old.0, new.0));
        }
        facts.extend(findings::unreadable(old.0, new.0));
        facts.extend(findings::findings(pairing.kind, old.0, new.0));
        facts
    }
}
