//! Form 12b-25: the model of a notice, its due dates, its rules and its official wording. Everything that
//! knows the form is here; nothing here touches a file.

pub mod deadline;
pub mod documents;
pub mod model;
pub mod report_key;
pub mod rules;
pub mod specimens;
pub mod wording;
