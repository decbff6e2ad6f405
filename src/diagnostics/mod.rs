//! What is wrong, and where: sources with the line and column of any path in them, findings, the rule
//! table, and findings printed as text. Knows nothing of the form.

pub mod characters;
pub mod count;
pub mod finding;
pub mod paragraph;
pub mod report;
pub mod rule;
pub mod secret;
pub mod source;
