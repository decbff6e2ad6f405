//! Findings and their places: sources with the line and column of any path, the rule table, and the
//! formats in which findings are printed. It does not depend on the form.

pub mod characters;
pub mod count;
pub mod deny;
pub mod example;
pub mod finding;
pub mod fix;
pub mod paragraph;
pub mod report;
pub mod rule;
pub mod secret;
pub mod source;
pub mod workflow_commands;
