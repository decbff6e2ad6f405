//! Relates the filings of both revisions: which notice amends which, and which is a second one for
//! the same report.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::change::ChangeKind;
use super::pair;
use super::pairing::Pairing;
use super::revision::Revision;
use crate::form12b25::model::Filing;
use crate::form12b25::rules;
use crate::form12b25::wording::Edition;
use crate::pipeline::load::Loaded;
use crate::pipeline::load::files::Entry;

/// The filings of both revisions, the new ones first.
#[derive(Default)]
pub(super) struct Notices<'a> {
    sides: Vec<Notified<'a>>,
}

/// The filings of a revision that can be read.
struct Notified<'a> {
    side: &'a Revision,
    filings: Vec<(&'a Entry, Filing)>,
    /// The id of the first notice, by the id of the second.
    first: BTreeMap<&'a str, &'a str>,
}

/// All filings of a revision that can be read.
pub(super) fn of_side(side: &Revision) -> Vec<(&Entry, Filing)> {
    side.files
        .filings
        .par_iter()
        .filter_map(|entry| Some((entry, side.load(entry).filing?)))
        .collect()
}

impl<'a> Notified<'a> {
    fn of(side: &'a Revision, filings: Vec<(&'a Entry, Filing)>) -> Notified<'a> {
        let notices: Vec<Option<rules::OriginalNotice>> =
            filings.iter().map(|(_, filing)| rules::OriginalNotice::of(filing)).collect();
        let known =
            notices.iter().enumerate().filter_map(|(at, notice)| Some((at, notice.as_ref()?)));
        let id = |at: usize| filings[at].0.id.as_str();
        let first =
            rules::duplicates(known).into_iter().map(|(at, first)| (id(at), id(first))).collect();
        Notified { side, first, filings }
    }
}

impl<'a> Notices<'a> {
    /// Loads all filings of both revisions. If the shared files are the same, it loads an unchanged
    /// file once.
    pub(super) fn of(old: &'a Revision, new: &'a Revision, same_shared: bool) -> Notices<'a> {
        let after = of_side(new);
        let known: BTreeMap<&str, &(&Entry, Filing)> =
            after.iter().map(|own| (own.0.id.as_str(), own)).collect();
        let filing = |entry: &Entry| match known.get(entry.id.as_str()).filter(|_| same_shared) {
            Some((same, filing)) if new.bytes(same) == old.bytes(entry) => Some(filing.clone()),
            _ => old.load(entry).filing,
        };
        let before = old
            .files
            .filings
            .par_iter()
            .filter_map(|entry| Some((entry, filing(entry)?)))
            .collect();
        drop(known);
        Notices { sides: vec![Notified::of(new, after), Notified::of(old, before)] }
    }

    fn first(&self, side: &Revision, entry: &Entry) -> Option<&str> {
        let own = self.sides.iter().find(|own| std::ptr::eq(own.side, side))?;
        own.first.get(entry.id.as_str()).copied()
    }

    /// Whether a filing is a second notice in one revision only, or of another first notice.
    pub(super) fn differ(&self, pairing: &Pairing<'_>) -> bool {
        let first = |side: Option<(&Revision, &Entry)>| {
            side.and_then(|(side, entry)| self.first(side, entry)).map(str::to_owned)
        };
        first(pairing.old) != first(pairing.new)
    }

    /// Loads a filing with the rules' findings, also the one about a second notice.
    pub(super) fn load_checked(
        &self,
        side: &Revision,
        entry: &Entry,
        editions: &[Edition],
    ) -> Loaded {
        let mut loaded = side.load_checked(entry, editions);
        if let Some(filing) = &loaded.filing {
            let mut found = self.first(side, entry).map(rules::duplicate).into_iter().collect();
            rules::waive_in_batch(filing, &mut found);
            loaded.findings.extend(found);
        }
        loaded
    }

    /// The pairing, in which a new amendment has the notice that it amends as its old version.
    pub(super) fn against(&self, pairing: Pairing<'a>) -> Pairing<'a> {
        let (ChangeKind::Added, Some((side, entry))) = (pairing.kind, pairing.new) else {
            return pairing;
        };
        let Some(own) = self.sides.iter().find(|own| std::ptr::eq(own.side, side)) else {
            return pairing;
        };
        let amendment = own
            .filings
            .iter()
            .find(|(other, filing)| other.id == entry.id && filing.amendment.is_some());
        let Some((_, amendment)) = amendment else { return pairing };
        let sides: Vec<(&'a Revision, &[(&'a Entry, Filing)])> =
            self.sides.iter().map(|own| (own.side, own.filings.as_slice())).collect();
        Pairing { old: pair::amended(&entry.id, amendment, &sides), ..pairing }
    }
}
