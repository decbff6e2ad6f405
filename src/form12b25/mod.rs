//! Form 12b-25: the model of a notice, its due dates, its rules and its official wording. Everything
//! that knows the form is here; nothing here touches a file. The pipeline needs of it: [`model`] to
//! load, [`rules`] to check and to waive, [`header()`], [`documents::planned`] with a view each, and
//! [`report_key`].

pub mod deadline;
pub mod documents;
mod header;
pub mod keys;
pub mod model;
pub mod report_key;
pub mod rules;
pub mod specimens;
pub mod wording;

pub use header::{Header, header};
