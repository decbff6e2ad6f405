//! What changed between two revisions of a repository of notices: for each filing the facts, in
//! sentences from the data, and the blackline, the rendered documents with their insertions and
//! deletions. [`compare`] is the page to read first.

mod align;
mod blackline;
mod blocks;
mod documents;
mod facts;
mod findings;
pub mod formats;
mod moves;
mod names;
mod notices;
mod pair;
mod rtags;
mod side;
mod table;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rayon::prelude::*;

use notices::Notices;

use crate::form12b25::model::Filing;
use crate::pipeline::load::Loaded;
use crate::pipeline::load::files::Entry;
use crate::pipeline::render::Templates;

pub use blackline::{BlockDiff, Body, Counts, RowDiff, State};
pub use documents::DocumentDiff;
pub use facts::Fact;
pub use rtags::{Marked, marked};
pub use side::{Origin, Side};
pub use words::{Op, Span};

/// What changed between two sides.
#[derive(Debug)]
pub struct Redline {
    /// What the user called the old side.
    pub old: String,
    /// What the user called the new side.
    pub new: String,
    /// Changes that belong to no one filing: templates, shared registrants, names.
    pub others: Vec<Fact>,
    /// The filings that changed, by id.
    pub filings: Vec<FilingDiff>,
    /// How many did not.
    pub unchanged: usize,
}

/// What became of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It changed.
    Changed,
    /// It has another id, and may have changed.
    Renamed,
}

/// A filing that changed.
#[derive(Debug)]
pub struct FilingDiff {
    /// Its id, the new one if it has two.
    pub id: String,
    /// What became of it.
    pub fate: Fate,
    /// What it was held against, if that had another id: itself before, or the notice that it
    /// amends.
    pub against: Option<String>,
    /// `NT 10-K`, the registrant and the period; none if no side could be read.
    pub title: Option<Title>,
    /// What changed, in sentences.
    pub facts: Vec<Fact>,
    /// The documents that changed.
    pub documents: Vec<DocumentDiff>,
}

/// What a filing is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// EDGAR's submission type.
    pub submission_type: String,
    /// The registrant's name.
    pub registrant: String,
    /// The end of the report's period, as `December 31, 2025`.
    pub period_ended: String,
}

impl Title {
    fn of(filing: &Filing) -> Title {
        Title {
            submission_type: filing.submission_type(),
            registrant: filing.registrant.name.folded(),
            period_ended: filing.report.period_ended.long(),
        }
    }
}

/// A filing on both sides, or on one.
struct Pairing<'a> {
    fate: Fate,
    old: Option<(&'a Side, &'a Entry)>,
    new: Option<(&'a Side, &'a Entry)>,
    /// Whether its file is the same on both sides; the shared registrants that it uses may not be.
    same_bytes: bool,
}

/// Both sides' templates, or why there are none.
struct Layouts {
    old: Result<Arc<Templates>, String>,
    new: Result<Arc<Templates>, String>,
    same: bool,
}

/// Compares two sides; with `only`, just these ids.
///
/// # Errors
/// The built-in templates cannot be read.
pub fn compare(old: &Side, new: &Side, only: &[String]) -> anyhow::Result<Redline> {
    let layouts = layouts(old, new);
    let registrants_same = findings::registrants(old, new).is_empty();
    // Broken templates are told once, and show no filing.
    let layouts_same = layouts.same || layouts.old.is_err() || layouts.new.is_err();
    let mut all = pairings(old, new);
    all.retain(|pairing| {
        only.is_empty() || pairing.ids().any(|id| only.iter().any(|wanted| wanted == id))
    });
    let total = all.len();
    let is_same = |pairing: &Pairing<'_>| pairing.same_bytes && registrants_same && layouts_same;
    // Where nothing changed at all, nothing is loaded.
    let others = if all.iter().all(is_same) {
        Notices::default()
    } else {
        Notices::of(old, new, registrants_same)
    };
    all.retain(|pairing| !is_same(pairing) || others.differ(pairing));
    let context =
        Context { layouts: &layouts, built_in: &Templates::built_in()?, notices: &others };
    let of = |pairing: Pairing<'_>| context.filing(&others.against(pairing));
    let mut filings: Vec<FilingDiff> = all.into_par_iter().filter_map(of).collect();
    filings.sort_by(|a, b| a.id.cmp(&b.id));
    let beyond = if only.is_empty() { findings::others(old, new, &layouts) } else { Vec::new() };
    let changed = filings.len();
    Ok(Redline {
        old: old.label.clone(),
        new: new.label.clone(),
        others: beyond,
        filings,
        unchanged: total - changed,
    })
}

fn layouts(old: &Side, new: &Side) -> Layouts {
    let content = |side: &Side| -> Vec<(String, Option<Vec<u8>>)> {
        side.own.iter().flatten().map(|own| (own.name.clone(), own.bytes.clone())).collect()
    };
    let same = content(old) == content(new);
    let new_templates = new.templates();
    Layouts {
        old: if same { new_templates.clone() } else { old.templates() },
        new: new_templates,
        same,
    }
}

/// All filings of both sides: the same ids, renamed ones, and those on one side only.
fn pairings<'a>(old: &'a Side, new: &'a Side) -> Vec<Pairing<'a>> {
    let mut all = Vec::new();
    let mut gone: Vec<&Entry> = Vec::new();
    for entry in &old.files.filings {
        match new.entry(&entry.id) {
            Some(same) => all.push(Pairing {
                fate: Fate::Changed,
                old: Some((old, entry)),
                new: Some((new, same)),
                same_bytes: old.bytes(entry) == new.bytes(same),
            }),
            None => gone.push(entry),
        }
    }
    let mut came: Vec<&Entry> =
        new.files.filings.iter().filter(|entry| old.entry(&entry.id).is_none()).collect();
    for (before, after) in pair::renames((old, &gone), (new, &came)) {
        gone.retain(|entry| entry.id != before.id);
        came.retain(|entry| entry.id != after.id);
        let (old, new) = (Some((old, before)), Some((new, after)));
        all.push(Pairing { fate: Fate::Renamed, old, new, same_bytes: false });
    }
    let one = |fate, old, new| Pairing { fate, old, new, same_bytes: false };
    all.extend(gone.into_iter().map(|entry| one(Fate::Removed, Some((old, entry)), None)));
    all.extend(came.into_iter().map(|entry| one(Fate::Added, None, Some((new, entry)))));
    all
}

impl Pairing<'_> {
    fn ids(&self) -> impl Iterator<Item = &str> {
        self.old.iter().chain(&self.new).map(|(_, entry)| entry.id.as_str())
    }
}

/// What all filings of a comparison share.
struct Context<'a> {
    layouts: &'a Layouts,
    built_in: &'a Templates,
    notices: &'a Notices<'a>,
}

impl Context<'_> {
    /// What changed in one filing; nothing if all is the same.
    fn filing(&self, pairing: &Pairing<'_>) -> Option<FilingDiff> {
        let layouts = self.layouts;
        let load = |side: Option<(&Side, &Entry)>, templates: &Result<Arc<Templates>, String>| {
            let editions =
                templates.as_ref().map_or(&self.built_in.editions, |templates| &templates.editions);
            side.map(|(side, entry)| self.notices.judged(side, entry, editions))
        };
        let (old, new) = (load(pairing.old, &layouts.old), load(pairing.new, &layouts.new));
        if pairing.same_bytes
            && layouts.same
            && findings::same_registrants(old.as_ref()?, new.as_ref()?)
        {
            return None;
        }
        let filed = |loaded: &Option<Loaded>| {
            loaded.as_ref().and_then(|loaded| loaded.filing.as_ref()).cloned()
        };
        let (old_filing, new_filing) = (filed(&old), filed(&new));
        let mut facts = findings::fate(pairing, new_filing.as_ref());
        if let (Some(old), Some(new)) = (&old_filing, &new_filing) {
            facts.extend(facts::of(old, new));
            facts.extend(findings::edition(old, new, layouts));
        }
        if pairing.fate != Fate::Added {
            facts.extend(findings::sources(old.as_ref(), new.as_ref()));
        }
        facts.extend(findings::unreadable(old.as_ref(), new.as_ref()));
        facts.extend(findings::findings(pairing.fate, old.as_ref(), new.as_ref()));
        // A version that cannot be read as a filing is no version without documents.
        let read =
            |loaded: &Option<Loaded>| loaded.as_ref().is_none_or(|loaded| loaded.filing.is_some());
        let (documents, more) = if read(&old) && read(&new) {
            documents::compare(
                (old_filing.as_ref(), &layouts.old),
                (new_filing.as_ref(), &layouts.new),
            )
        } else {
            Default::default()
        };
        facts.extend(more);
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
        Some(FilingDiff { id, fate: pairing.fate, against, title, facts, documents })
    }
}
