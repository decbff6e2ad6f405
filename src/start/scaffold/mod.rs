//! Creates the text of a new filing and the files of a new repository. Pure except `place`, which
//! resolves paths; `pipeline/write.rs` writes the files.

mod carried;
mod dates;
mod filing;
mod place;
mod repository;
mod yaml;

pub use carried::Earlier;
pub use filing::{NewFiling, text};
pub use place::{Place, place};
pub use repository::{EXAMPLE, files};
