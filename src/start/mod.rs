//! Creates new filings and repositories, and the schema for editors.

pub mod scaffold;
pub mod schema;
