//! A question about due dates with its answer, before either is printed.

use crate::form12b25::deadline::{Answer, Question};
use crate::form12b25::model::FilerStatus;

/// A question, who asks, and its answer.
pub(super) struct Entry {
    /// The filing's id and the registrant's name; none for a bare question.
    pub(super) filing: Option<(String, String)>,
    /// The filer status that the question was asked with, if none was given.
    pub(super) tried: Option<FilerStatus>,
    pub(super) question: Question,
    pub(super) answer: Answer,
}
