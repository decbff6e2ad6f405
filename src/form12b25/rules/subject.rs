//! The subject of the checks: a filing, with the dates and the prose that several of them need.

use super::prose::Prose;
use crate::form12b25::deadline::Dates;
use crate::form12b25::model::Filing;
use crate::form12b25::wording::Edition;

/// What a check may look at.
pub(super) struct Subject<'a> {
    /// The filing.
    pub(super) filing: &'a Filing,
    /// The editions of the form, in the order of their first days.
    pub(super) editions: &'a [Edition],
    /// Part III as sentences with their topics, if it is there.
    pub(super) narrative: Option<Prose>,
    /// The dates of the report, and the last ones that they can be, if they are known.
    pub(super) dates: Option<(Dates, Dates)>,
}
