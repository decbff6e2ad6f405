//! Which filing was which: by id, then, of those that are left, the same report of the same
//! registrant, then the same text. And which letter was which.

use std::collections::BTreeSet;

use super::align::Pair;
use super::side::Side;
use crate::form12b25::model::{Cik, CivilDate, Filing, FormType, Letter};
use crate::pipeline::load::files::Entry;

/// Two files hold one filing under two names if they have this many lines in common.
const ONE_FILE: f64 = 0.6;
/// More files than these that came and went at once are not held against each other by their text.
const MOST: usize = 10_000;

/// A filing as it is told from others.
#[derive(Debug)]
pub(super) struct Notice {
    cik: Cik,
    registrant: String,
    form: FormType,
    period_ended: CivilDate,
    transition: bool,
    distributed: Option<CivilDate>,
    portion: Option<String>,
}

impl Notice {
    pub(super) fn of(filing: &Filing) -> Notice {
        Notice {
            cik: filing.registrant.cik.clone(),
            registrant: filing.registrant.name.folded(),
            form: filing.report.form,
            period_ended: filing.report.period_ended,
            transition: filing.report.transition,
            distributed: filing.report.distributed,
            portion: filing.report.portion.as_ref().map(|portion| portion.folded()),
        }
    }

    /// Whether both are of the same report of the same registrant.
    fn is(&self, other: &Notice) -> bool {
        let dates = |notice: &Notice| {
            (notice.form, notice.period_ended, notice.transition, notice.distributed)
        };
        dates(self) == dates(other) && self.cik == other.cik && self.portion == other.portion
    }

    /// Whether one could be a corrected version of the other.
    fn is_near(&self, other: &Notice) -> bool {
        (self.cik == other.cik || self.registrant == other.registrant)
            && (self.form == other.form || self.period_ended == other.period_ended)
    }
}

/// A filing that is on one side only.
struct Single<'a> {
    entry: &'a Entry,
    bytes: &'a [u8],
    /// Its lines, without the space around them.
    lines: BTreeSet<&'a [u8]>,
    /// Its notice, and the number of its amendment if it is one.
    notice: Option<(Notice, Option<Option<u32>>)>,
}

impl<'a> Single<'a> {
    fn of(side: &'a Side, entry: &'a Entry) -> Single<'a> {
        let notice = |filing: Filing| {
            (Notice::of(&filing), filing.amendment.map(|amendment| amendment.number))
        };
        let bytes = side.bytes(entry);
        let lines = bytes
            .split(|b| *b == b'\n')
            .map(<[u8]>::trim_ascii)
            .filter(|line| !line.is_empty())
            .collect();
        Single { entry, bytes, lines, notice: side.load(entry).filing.map(notice) }
    }

    /// How many lines two files have in common, of all that they have, from 0 to 1.
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

/// The renamed filings among those that went and those that came: the old entry and the new.
pub(super) fn renames<'a>(
    old: (&'a Side, &[&'a Entry]),
    new: (&'a Side, &[&'a Entry]),
) -> Vec<(&'a Entry, &'a Entry)> {
    if old.1.is_empty() || new.1.is_empty() {
        return Vec::new();
    }
    let went: Vec<Single<'_>> = old.1.iter().map(|entry| Single::of(old.0, entry)).collect();
    let came: Vec<Single<'_>> = new.1.iter().map(|entry| Single::of(new.0, entry)).collect();
    let mut taken =
        Taken { pairs: Vec::new(), old: vec![false; went.len()], new: vec![false; came.len()] };
    taken.take(&went, &came, |o, n| o.bytes == n.bytes);
    taken.take(&went, &came, |o, n| match (&o.notice, &n.notice) {
        (Some(o), Some(n)) => o.0.is(&n.0) && o.1 == n.1,
        _ => false,
    });
    if went.len() * came.len() <= MOST {
        taken.take(&went, &came, |o, n| {
            let near = match (&o.notice, &n.notice) {
                (Some(o), Some(n)) => o.0.is_near(&n.0) && o.1.is_some() == n.1.is_some(),
                _ => true,
            };
            near && o.same_lines(n) >= ONE_FILE
        });
    }
    taken.pairs.into_iter().map(|(o, n)| (went[o].entry, came[n].entry)).collect()
}

/// What is paired already.
struct Taken {
    pairs: Vec<(usize, usize)>,
    old: Vec<bool>,
    new: Vec<bool>,
}

impl Taken {
    /// Pairs what is still free and fits.
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
/// order of the sides.
pub(super) fn amended<'a>(
    id: &str,
    amendment: &Filing,
    sides: &[(&'a Side, &[(&'a Entry, Filing)])],
) -> Option<(&'a Side, &'a Entry)> {
    let number = amendment.amendment.as_ref()?.number.unwrap_or(u32::MAX);
    let notice = Notice::of(amendment);
    let rank = |filing: &Filing| match &filing.amendment {
        None => Some(0),
        Some(earlier) => earlier.number.filter(|own| *own < number),
    };
    sides.iter().find_map(|(side, filings)| {
        let same = filings
            .iter()
            .filter(|(entry, filing)| entry.id != id && Notice::of(filing).is(&notice));
        let ranked = same.filter_map(|(entry, filing)| Some((rank(filing)?, *entry)));
        ranked.max_by_key(|(rank, _)| *rank).map(|(_, entry)| (*side, entry))
    })
}

/// Which letter was which: of the same kind and signer, then of the same kind; in the order of the
/// new ones, those that went behind the one they stood behind.
pub(super) fn letters(old: &[Letter], new: &[Letter]) -> Vec<Pair> {
    let mut old_of: Vec<Option<usize>> = vec![None; new.len()];
    let fits: [fn(&Letter, &Letter) -> bool; 2] = [
        |o, n| o.kind == n.kind && o.signed_by.folded() == n.signed_by.folded(),
        |o, n| o.kind == n.kind,
    ];
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
