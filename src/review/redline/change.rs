//! The redline as data: the filings that changed, and how.

use super::documents::DocumentDiff;
use super::facts::Fact;
use super::revision::Side;
use crate::diagnostics::finding::Located;
use crate::form12b25::model::Filing;

/// The changes between two revisions.
#[derive(Debug)]
pub struct Redline {
    /// The old revision.
    pub old: Side,
    /// The new revision.
    pub new: Side,
    /// The notices that were filed and change, by id.
    pub filed: Vec<FiledChange>,
    /// Changes that belong to no one filing: templates, shared files, names.
    pub others: Vec<Fact>,
    /// The filings that changed, by id.
    pub filings: Vec<FilingDiff>,
    /// The number of filings that did not change.
    pub unchanged: usize,
}

/// A filed notice that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct FiledChange {
    /// The id of the filing, the new one if it has two.
    pub id: String,
    /// The record of its filing in the old revision.
    pub record: Record,
    /// The finding, with its place in the source.
    pub found: Located,
}

/// The record of a filing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The filing date, or `None` if only an old manifest says that the notice was filed.
    pub date: Option<String>,
    /// EDGAR's accession number, which manifests do not have.
    pub accession: Option<String>,
}

/// The kind of a filing's change.
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
    /// The kind of its change.
    pub kind: ChangeKind,
    /// The id of the filing that it was compared with, if that is another: its own former id, or
    /// that of the notice that it amends.
    pub against: Option<String>,
    /// `NT 10-K`, the registrant and the period; `None` if neither revision can be read.
    pub title: Option<Title>,
    /// The changes of its data, in sentences.
    pub facts: Vec<Fact>,
    /// The documents that changed.
    pub documents: Vec<DocumentDiff>,
}

/// The title of a filing.
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
