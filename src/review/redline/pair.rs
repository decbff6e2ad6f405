//! Pairs the filings of two revisions that have no common id, by report and registrant, then by
//! text; and pairs the letters of two versions.

use std::collections::BTreeSet;

use super::align::Pair;
use super::revision::Revision;
use crate::form12b25::model::{Filing, Letter};
use crate::form12b25::report_key::{ReportKey, same_report};
use crate::pipeline::load::files::Entry;

/// The least share of common lines of two files with one filing under two names.
const ONE_FILE: f64 = 0.6;
/// The most pairs of new and removed files that are compared by their text.
const MOST: usize = 10_000;

/// The report of a filing, and the other data that identify the filing.
#[derive(Debug)]
struct Identity {
    reports: Vec<ReportKey>,
    registrant: String,
    /// The number of the amendment, if the filing is one.
    amendment: Option<Option<u32>>,
}

impl Identity {
    fn of(filing: &Filing) -> Identity {
        Identity {
            reports: ReportKey::all(filing),
            registrant: filing.registrant.name.folded(),
            amendment: filing.amendment.as_ref().map(|amendment| amendment.number),
        }
    }

    /// Whether both are the same notice of the same report.
    fn is(&self, other: &Identity) -> bool {
        self.amendment == other.amendment && same_report(&self.reports, &other.reports)
    }

    /// Whether one could be a corrected version of the other.
    fn is_near(&self, other: &Identity) -> bool {
        let same_kind = self.amendment.is_some() == other.amendment.is_some();
        let (Some(own), Some(its)) = (self.reports.first(), other.reports.first()) else {
            return false;
        };
        let same_registrant = own.same_registrant(its) || self.registrant == other.registrant;
        same_kind && same_registrant && own.could_correct(its)
    }
}

/// A filing that is in one revision only.
struct Single<'a> {
    entry: &'a Entry,
    bytes: &'a [u8],
    /// Its lines, without the space around them.
    lines: BTreeSet<&'a [u8]>,
    /// `None` if the file cannot be read as a filing.
    identity: Option<Identity>,
}

impl<'a> Single<'a> {
    fn of(side: &'a Revision, entry: &'a Entry) -> Single<'a> {
        let bytes = side.bytes(entry);
        let lines = bytes
            .split(|b| *b == b'\n')
            .map(<[u8]>::trim_ascii)
            .filter(|line| !line.is_empty())
            .collect();
        let identity = side.load(entry).filing.as_ref().map(Identity::of);
        Single { entry, bytes, lines, identity }
    }

    /// The share of lines that two files have in common, from 0 to 1.
    fn same_lines(&self, other: &Single<'_>) -> f64 {
        let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let all = self.lines.len() + other.lines.len();
        if all == 0 {
            0.0
        } else {
            2.0 * number(self.lines.intersection(&other.lines).count()) / number(all)
        }
    }
}

/// The renamed filings among the removed and the new ones: the old entry and the new.
pub(super) fn renames<'a>(
    old: (&'a Revision, &[&'a Entry]),
    new: (&'a Revision, &[&'a Entry]),
) -> Vec<(&'a Entry, &'a Entry)> {
    if old.1.is_empty() || new.1.is_empty() {
        return Vec::new();
    }
    let went: Vec<Single<'_>> = old.1.iter().map(|entry| Single::of(old.0, entry)).collect();
    let came: Vec<Single<'_>> = new.1.iter().map(|entry| Single::of(new.0, entry)).collect();
    let mut taken =
        Taken { pairs: Vec::new(), old: vec![false; went.len()], new: vec![false; came.len()] };
    taken.take(&went, &came, |o, n| o.bytes == n.bytes);
    taken.take(&went, &came, |o, n| {
        o.identity.as_ref().zip(n.identity.as_ref()).is_some_and(|(o, n)| o.is(n))
    });
    if went.len() * came.len() <= MOST {
        taken.take(&went, &came, |o, n| {
            let known = o.identity.as_ref().zip(n.identity.as_ref());
            known.is_none_or(|(o, n)| o.is_near(n)) && o.same_lines(n) >= ONE_FILE
        });
    }
    taken.pairs.into_iter().map(|(o, n)| (went[o].entry, came[n].entry)).collect()
}

/// The filings that are paired already.
struct Taken {
    pairs: Vec<(usize, usize)>,
    old: Vec<bool>,
    new: Vec<bool>,
}

impl Taken {
    /// Pairs the filings that are not yet paired and match.
    fn take(
        &mut self,
        went: &[Single<'_>],
        came: &[Single<'_>],
        fits: impl Fn(&Single<'_>, &Single<'_>) -> bool,
    ) {
        for (o, old) in went.iter().enumerate().filter(|(o, _)| !self.old[*o]) {
            let Some(n) = (0..came.len()).find(|n| !self.new[*n] && fits(old, &came[*n])) else {
                continue;
            };
            self.new[n] = true;
            self.pairs.push((o, n));
        }
        self.pairs.iter().for_each(|(o, _)| self.old[*o] = true);
    }
}

/// The notice that an amendment amends: of the same report, with the next lower number, in the
/// order of the revisions.
pub(super) fn amended<'a>(
    id: &str,
    amendment: &Filing,
    sides: &[(&'a Revision, &[(&'a Entry, Filing)])],
) -> Option<(&'a Revision, &'a Entry)> {
    let number = amendment.amendment.as_ref()?.number.unwrap_or(u32::MAX);
    let reports = ReportKey::all(amendment);
    let rank = |filing: &Filing| match &filing.amendment {
        None => Some(0),
        Some(earlier) => earlier.number.filter(|own| *own < number),
    };
    sides.iter().find_map(|(side, filings)| {
        let same = filings.iter().filter(|(entry, filing)| {
            entry.id != id && same_report(&ReportKey::all(filing), &reports)
        });
        let ranked = same.filter_map(|(entry, filing)| Some((rank(filing)?, *entry)));
        ranked.max_by_key(|(rank, _)| *rank).map(|(_, entry)| (*side, entry))
    })
}

/// The letters of both versions in pairs: of the same kind and name, then of the same kind; in
/// the order of the new ones, removed letters after the one that they followed.
pub(super) fn letters(old: &[Letter], new: &[Letter]) -> Vec<Pair> {
    let mut old_of: Vec<Option<usize>> = vec![None; new.len()];
    let fits: [fn(&Letter, &Letter) -> bool; 2] =
        [|o, n| o.kind == n.kind && o.name() == n.name(), |o, n| o.kind == n.kind];
    for fits in fits {
        for (n, letter) in new.iter().enumerate() {
            if old_of[n].is_none() {
                old_of[n] =
                    (0..old.len()).find(|o| !old_of.contains(&Some(*o)) && fits(&old[*o], letter));
            }
        }
    }
    let gone = (0..old.len())
        .filter(|o| !old_of.contains(&Some(*o)))
        .map(|o| Pair { old: Some(o), new: None });
    let gone: Vec<Pair> = gone.collect();
    let kept = old_of.iter().enumerate().map(|(n, o)| Pair { old: *o, new: Some(n) });
    kept.chain(gone).collect()
}
