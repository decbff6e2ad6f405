//! Two lists side by side: what stands in both, what was changed, added or left out. The same for
//! paragraphs, sentences, rows and words; nothing here knows what they are.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Items of the two lists that belong together; one of the two at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
}

/// The largest product of two lengths that is compared item by item; longer lists that have nothing in
/// common are replaced as a whole, so that no document costs more than it is worth.
const MOST: usize = 16_000_000;
/// The same for finding which changed items are alike.
const MOST_ALIKE: usize = 40_000;

/// Aligns two lists. `alike` says of two items that are not equal how much one is the other, from 0 to
/// 1, or that they cannot be; `weight` how much an item is.
pub(super) fn align<T: Ord>(
    old: &[T],
    new: &[T],
    alike: impl Fn(&T, &T) -> Option<f64>,
    weight: impl Fn(&T) -> usize,
) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    for (same, old_at, new_at) in runs(old, new, Algorithm::Patience) {
        if same {
            pairs.extend(old_at.zip(new_at).map(|(o, n)| Pair { old: Some(o), new: Some(n) }));
        } else {
            gap(old, new, old_at, new_at, &alike, &weight, &mut pairs);
        }
    }
    pairs
}

/// The runs of two lists, in order: whether they are the same in both, and where.
pub(super) fn runs<T: Ord>(old: &[T], new: &[T], algorithm: Algorithm) -> Vec<(bool, Range<usize>, Range<usize>)> {
    let mut known: BTreeMap<&T, usize> = BTreeMap::new();
    let mut number = |item| {
        let next = known.len();
        *known.entry(item).or_insert(next)
    };
    let numbers: (Vec<usize>, Vec<usize>) =
        (old.iter().map(&mut number).collect(), new.iter().map(&mut number).collect());
    let (old, new) = (&numbers.0, &numbers.1);
    let head = old.iter().zip(new).take_while(|(o, n)| o == n).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(o, n)| o == n).count();
    let (old_mid, new_mid) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut all = Vec::new();
    push(&mut all, true, 0..head, 0..head);
    if old_mid.len().saturating_mul(new_mid.len()) > MOST {
        push(&mut all, false, head..old.len() - tail, head..new.len() - tail);
    } else {
        for op in capture_diff_slices(algorithm, old_mid, new_mid) {
            let (o, n) = (op.old_range(), op.new_range());
            let same = matches!(op, DiffOp::Equal { .. });
            push(&mut all, same, o.start + head..o.end + head, n.start + head..n.end + head);
        }
    }
    push(&mut all, true, old.len() - tail..old.len(), new.len() - tail..new.len());
    all
}

/// Adds a run, to the last one if that is of the same kind.
fn push(all: &mut Vec<(bool, Range<usize>, Range<usize>)>, same: bool, old: Range<usize>, new: Range<usize>) {
    if old.is_empty() && new.is_empty() {
        return;
    }
    match all.last_mut() {
        Some((kind, last_old, last_new)) if *kind == same => {
            last_old.end = old.end;
            last_new.end = new.end;
        }
        _ => all.push((same, old, new)),
    }
}

/// Aligns what differs between two equal runs: the pairs that are most alike, in order.
fn gap<T>(
    old: &[T],
    new: &[T],
    old_at: Range<usize>,
    new_at: Range<usize>,
    alike: &impl Fn(&T, &T) -> Option<f64>,
    weight: &impl Fn(&T) -> usize,
    pairs: &mut Vec<Pair>,
) {
    let (rows, columns) = (old_at.len(), new_at.len());
    let single = |pairs: &mut Vec<Pair>, o: Range<usize>, n: Range<usize>| {
        pairs.extend(o.map(|at| Pair { old: Some(at), new: None }));
        pairs.extend(n.map(|at| Pair { old: None, new: Some(at) }));
    };
    if rows == 0 || columns == 0 || rows * columns > MOST_ALIKE {
        return single(pairs, old_at, new_at);
    }
    // best[i][j]: the most that the items from i and from j on are alike.
    let mut best = vec![0.0_f64; (rows + 1) * (columns + 1)];
    let mut likeness = vec![0.0_f64; rows * columns];
    let at = |i: usize, j: usize| i * (columns + 1) + j;
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let (o, n) = (&old[old_at.start + i], &new[new_at.start + j]);
            let size = f64::from(u32::try_from(weight(o) + weight(n)).unwrap_or(u32::MAX));
            likeness[i * columns + j] = alike(o, n).map_or(0.0, |like| like * size);
            let both = best[at(i + 1, j + 1)] + likeness[i * columns + j];
            best[at(i, j)] = both.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut done_old, mut done_new) = (old_at.start, new_at.start);
    while i < rows && j < columns {
        let here = best[at(i, j)];
        let like = likeness[i * columns + j];
        if like > 0.0 && here <= best[at(i + 1, j + 1)] + like {
            let (o, n) = (old_at.start + i, new_at.start + j);
            single(pairs, done_old..o, done_new..n);
            pairs.push(Pair { old: Some(o), new: Some(n) });
            (done_old, done_new) = (o + 1, n + 1);
            (i, j) = (i + 1, j + 1);
        } else if here <= best[at(i + 1, j)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    single(pairs, done_old..old_at.end, done_new..new_at.end);
}

/// How many words two lists have in common, of all that they have, from 0 to 1.
pub(super) fn likeness(old: &[String], new: &[String]) -> f64 {
    fn sorted(words: &[String]) -> Vec<&str> {
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words
    }
    let (old, new) = (sorted(old), sorted(new));
    let (mut i, mut j, mut common) = (0, 0, 0_u32);
    while i < old.len() && j < new.len() {
        match old[i].cmp(new[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j) = (i + 1, j + 1);
                common += 1;
            }
        }
    }
    let all = u32::try_from(old.len() + new.len()).unwrap_or(u32::MAX);
    if all == 0 { 1.0 } else { f64::from(2 * common) / f64::from(all) }
}
