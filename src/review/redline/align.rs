//! Aligns two lists: which items are in both, changed, added or left out. Paragraphs, sentences,
//! rows and words are all aligned here.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// An item of each list that belong together, or an item of one list alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
}

/// The largest product of two lengths that is compared item by item. Longer lists are replaced as a
/// whole.
// A diff of two lists with nothing in common takes time in proportion to this product.
const MOST: usize = 16_000_000;
/// The largest product of two lengths for which the most similar items are looked for.
// Each pair of items is compared word by word, so the bound is lower.
const MOST_ALIKE: usize = 40_000;

/// An item that is aligned by its words.
pub(super) trait Worded {
    /// All of its words, in any order.
    fn words(&self) -> Vec<&str>;
}

impl Worded for &[String] {
    fn words(&self) -> Vec<&str> {
        self.iter().map(String::as_str).collect()
    }
}

impl Worded for Vec<String> {
    fn words(&self) -> Vec<&str> {
        self.iter().map(String::as_str).collect()
    }
}

/// Aligns two lists. For two items that differ, `alike` takes the share of words that they have in
/// common, from 0 to 1, and returns their similarity, or `None` if they cannot be a pair.
pub(super) fn align<T: Ord + Worded>(
    old: &[T],
    new: &[T],
    alike: impl Fn(&T, &T, f64) -> Option<f64>,
) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    // Patience aligns on the items that occur once, so that repeated items do not tear runs apart.
    for (same, old_at, new_at) in runs(old, new, Algorithm::Patience) {
        if same {
            pairs.extend(old_at.zip(new_at).map(|(o, n)| Pair { old: Some(o), new: Some(n) }));
        } else {
            align_unmatched(
                (&old[old_at.clone()], old_at.start),
                (&new[new_at.clone()], new_at.start),
                &alike,
                &mut pairs,
            );
        }
    }
    pairs
}

/// The runs of two lists, in order: whether they are the same in both, and where.
pub(super) fn runs<T: Ord>(
    old: &[T],
    new: &[T],
    algorithm: Algorithm,
) -> Vec<(bool, Range<usize>, Range<usize>)> {
    // The diff compares numbers instead of items, whose comparison may take long.
    let mut known: BTreeMap<&T, usize> = BTreeMap::new();
    let mut number = |item| {
        let next = known.len();
        *known.entry(item).or_insert(next)
    };
    let numbers: (Vec<usize>, Vec<usize>) =
        (old.iter().map(&mut number).collect(), new.iter().map(&mut number).collect());
    let (old, new) = (&numbers.0, &numbers.1);
    // Most documents change in one place: equal ends are cut off before the bound applies.
    let head = old.iter().zip(new).take_while(|(o, n)| o == n).count();
    let tail =
        old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(o, n)| o == n).count();
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

/// Adds a run, or extends the last one if it is of the same kind.
fn push(
    all: &mut Vec<(bool, Range<usize>, Range<usize>)>,
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
) {
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

/// Items between two equal runs, and where they begin.
type Part<'a, T> = (&'a [T], usize);

/// Aligns the items between two equal runs by the most similar pairs, in order.
fn align_unmatched<T: Worded>(
    old: Part<'_, T>,
    new: Part<'_, T>,
    alike: &impl Fn(&T, &T, f64) -> Option<f64>,
    pairs: &mut Vec<Pair>,
) {
    let (mut done_old, mut done_new) = (0, 0);
    let mut single = |o: usize, n: usize, pairs: &mut Vec<Pair>| {
        pairs.extend((done_old..o).map(|at| Pair { old: Some(old.1 + at), new: None }));
        pairs.extend((done_new..n).map(|at| Pair { old: None, new: Some(new.1 + at) }));
        (done_old, done_new) = (o + 1, n + 1);
    };
    if old.0.len() * new.0.len() <= MOST_ALIKE {
        for (o, n) in most_similar_pairs(old.0, new.0, alike) {
            single(o, n, pairs);
            pairs.push(Pair { old: Some(old.1 + o), new: Some(new.1 + n) });
        }
    }
    single(old.0.len(), new.0.len(), pairs);
}

/// The pairs, in order, whose similarities have the largest sum.
fn most_similar_pairs<T: Worded>(
    old: &[T],
    new: &[T],
    alike: &impl Fn(&T, &T, f64) -> Option<f64>,
) -> Vec<(usize, usize)> {
    let (rows, columns) = (old.len(), new.len());
    let (old_bags, new_bags): (Vec<_>, Vec<_>) =
        (old.iter().map(sorted).collect(), new.iter().map(sorted).collect());
    // most[i][j]: the largest sum for the items from i and from j on.
    let mut most = vec![0.0_f64; (rows + 1) * (columns + 1)];
    let mut likes = vec![0.0_f64; rows * columns];
    let at = |i: usize, j: usize| i * (columns + 1) + j;
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let (o, n) = (&old_bags[i], &new_bags[j]);
            let like = alike(&old[i], &new[j], similarity(o, n)).unwrap_or(0.0);
            // Long items count more, else two pairs of short ones would outweigh a paragraph.
            let like = like * number(o.len() + n.len() + 1);
            likes[i * columns + j] = like;
            most[at(i, j)] =
                (most[at(i + 1, j + 1)] + like).max(most[at(i + 1, j)]).max(most[at(i, j + 1)]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        let like = likes[i * columns + j];
        if like > 0.0 && most[at(i, j)] <= most[at(i + 1, j + 1)] + like {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if most[at(i, j)] <= most[at(i + 1, j)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn sorted<T: Worded>(item: &T) -> Vec<&str> {
    let mut words = item.words();
    words.sort_unstable();
    words
}

/// The share of words that two sorted lists have in common, from 0 to 1 (Dice's coefficient).
fn similarity(old: &[&str], new: &[&str]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < old.len() && j < new.len() {
        match old[i].cmp(new[j]) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                (i, j) = (i + 1, j + 1);
                common += 1;
            }
        }
    }
    let all = old.len() + new.len();
    if all == 0 { 1.0 } else { number(2 * common) / number(all) }
}
