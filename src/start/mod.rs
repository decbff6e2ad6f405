//! Creates new filings and repositories, the schema for editors, and the guide.

pub mod guide;
pub mod scaffold;
pub mod schema;
