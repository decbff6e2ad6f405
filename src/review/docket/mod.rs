//! The docket: all filings with their dates, findings and documents, as one self-contained page.
//! The data of a filing come from its manifest. Findings, and filings that were never built, come
//! from the sources, if there are any.

mod entries;
mod links;
mod page;
mod timeline;
mod view;

pub use entries::{Docket, Entry, Said, Standing};
pub use links::from_to;
pub use page::{Live, docket_page, reading_page};
