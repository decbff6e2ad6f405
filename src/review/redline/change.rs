//! A redline as data: the filings that changed, and how.

use super::documents::DocumentDiff;
use super::facts::Fact;
use crate::form12b25::model::Filing;

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
pub enum ChangeKind {
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
    pub kind: ChangeKind,
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
    pub(super) fn of(filing: &Filing) -> Title {
        Title {
            submission_type: filing.submission_type(),
            registrant: filing.registrant.name.folded(),
            period_ended: filing.report.period_ended.long(),
        }
    }
}
