//! Where two formats part, and how that is told: the words that only one of them has, and the last
//! that both have.

use crate::edgar::words::shown;

/// How many words that both have are told.
const BEHIND: usize = 4;

/// How many words of a difference are told.
const TOLD: usize = 12;

/// How many words are looked through for the place where two formats agree again.
const APART: usize = 600;

/// Where two formats part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Difference {
    /// The last words that they share.
    pub(in super::super) behind: Vec<String>,
    /// What the HTML says there.
    pub(in super::super) html: Vec<String>,
    /// What the other says there.
    pub(in super::super) other: Vec<String>,
}

/// How many words of each pass before both go on with the same words. Words that only one of them
/// has are likelier than words in the place of others.
fn apart(one: &[&str], two: &[&str]) -> (usize, usize) {
    const SAME: usize = 4;
    let agree = |(a, b): &(usize, usize)| {
        let (Some(one), Some(two)) = (one.get(*a..), two.get(*b..)) else { return false };
        let length = SAME.min(one.len()).min(two.len());
        one[..length] == two[..length] && (length == SAME || one.len() == two.len())
    };
    let only_one = (0..=APART).flat_map(|n| [(n, 0), (0, n)]);
    let both = (0..=APART).flat_map(|sum| (0..=sum).map(move |a| (a, sum - a)));
    only_one.chain(both).find(agree).unwrap_or((one.len(), two.len()))
}

/// Words in backticks, the first of them if they are many.
fn quoted(words: &[String]) -> String {
    let more = if words.len() > TOLD { " …" } else { "" };
    format!("`{}{more}`", words[..words.len().min(TOLD)].join(" "))
}

impl Difference {
    /// The difference between the words that the HTML goes on with and those of the other.
    pub(super) fn between(behind: &[&str], html: &[&str], other: &[&str]) -> Difference {
        let (missing, more) = apart(html, other);
        let told = |words: &[&str]| words.iter().map(|word| shown(word).to_owned()).collect();
        Difference {
            behind: told(&behind[behind.len().saturating_sub(BEHIND)..]),
            html: told(&html[..missing]),
            other: told(&other[..more]),
        }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.html.len() + self.other.len()
    }

    /// The difference as a sentence about two files.
    pub(in super::super) fn message(&self, html: &str, other: &str) -> String {
        let behind = if self.behind.is_empty() {
            String::new()
        } else {
            format!(" behind `… {}`", self.behind.join(" "))
        };
        match (self.html.is_empty(), self.other.is_empty()) {
            (false, true) => {
                format!("`{html}` says {}{behind}, and `{other}` does not", quoted(&self.html))
            }
            (true, _) => {
                format!("`{other}` says {}{behind}, and `{html}` does not", quoted(&self.other))
            }
            _ => format!(
                "`{html}` says {}{behind}, and `{other}` {}",
                quoted(&self.html),
                quoted(&self.other)
            ),
        }
    }
}
