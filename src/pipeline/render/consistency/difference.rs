//! The difference between two formats: the words that only one of them has, and the last shared
//! ones.

use crate::edgar::words::shown;

/// The most shared words that a message has.
const SHARED: usize = 4;

/// The most words of a difference that a message has.
const SHOWN: usize = 12;

/// The most words that are searched for the place where two formats agree again.
const APART: usize = 600;

/// The first difference between two formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Difference {
    /// The last words that both have.
    pub(in super::super) shared: Vec<String>,
    /// The words that only the HTML has.
    pub(in super::super) html: Vec<String>,
    /// The words that only the other format has.
    pub(in super::super) other: Vec<String>,
}

/// Returns the number of words in each before both continue with the same words.
fn apart(one: &[&str], two: &[&str]) -> (usize, usize) {
    /// The number of words that must be the same.
    const SAME: usize = 4;
    let agree = |(a, b): &(usize, usize)| {
        let (Some(one), Some(two)) = (one.get(*a..), two.get(*b..)) else { return false };
        let length = SAME.min(one.len()).min(two.len());
        one[..length] == two[..length] && (length == SAME || one.len() == two.len())
    };
    // Words that only one of them has are more likely than words in place of others.
    let only_one = (0..=APART).flat_map(|n| [(n, 0), (0, n)]);
    let both = (0..=APART).flat_map(|sum| (0..=sum).map(move |a| (a, sum - a)));
    only_one.chain(both).find(agree).unwrap_or((one.len(), two.len()))
}

/// Puts words in backticks, or the first ones if there are many.
fn quoted(words: &[String]) -> String {
    let more = if words.len() > SHOWN { " …" } else { "" };
    format!("`{}{more}`", words[..words.len().min(SHOWN)].join(" "))
}

impl Difference {
    /// Finds the difference between the words that follow the shared ones in two formats.
    pub(super) fn between(shared: &[&str], html: &[&str], other: &[&str]) -> Difference {
        let (missing, more) = apart(html, other);
        let readable = |words: &[&str]| words.iter().map(|word| shown(word).to_owned()).collect();
        Difference {
            shared: readable(&shared[shared.len().saturating_sub(SHARED)..]),
            html: readable(&html[..missing]),
            other: readable(&other[..more]),
        }
    }

    /// The number of words that only one format has.
    pub(super) fn len(&self) -> usize {
        self.html.len() + self.other.len()
    }

    /// Describes the difference between two files.
    pub(in super::super) fn message(&self, html: &str, other: &str) -> String {
        let after = if self.shared.is_empty() {
            String::new()
        } else {
            format!(" after `… {}`", self.shared.join(" "))
        };
        match (self.html.is_empty(), self.other.is_empty()) {
            (false, true) => {
                format!("`{html}` says {}{after}, and `{other}` does not", quoted(&self.html))
            }
            (true, _) => {
                format!("`{other}` says {}{after}, and `{html}` does not", quoted(&self.other))
            }
            _ => format!(
                "`{html}` says {}{after}, and `{other}` {}",
                quoted(&self.html),
                quoted(&self.other)
            ),
        }
    }
}
