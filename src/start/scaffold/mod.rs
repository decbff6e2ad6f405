//! What there is before there is anything: the text of a new filing, and the files of a new
//! repository. Pure but for `place`, which looks where a new file may stand; writing is
//! `write.rs`'s.

mod dates;
mod filing;
mod place;
mod repository;

pub use filing::{Wanted, text};
pub use place::{Place, place};
pub use repository::{EXAMPLE, files};
