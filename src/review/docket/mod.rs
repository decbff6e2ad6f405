//! The docket: all filings with their dates, findings and documents, as one page that needs nothing
//! but itself. What a filing is comes from its manifest; what is wrong with it from a look at the
//! sources, where they are at hand, which also knows the filings that were never built.

mod entries;
mod links;
mod page;
mod timeline;
mod view;

pub use entries::{Docket, Entry, Said, Standing};
pub use links::from_to;
pub use page::{Live, docket_page, reading_page};
