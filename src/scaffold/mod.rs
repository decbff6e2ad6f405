//! What there is before there is anything: the text of a new filing. Pure but for `place`,
//! which looks where a new file may stand; writing is `write.rs`'s.

mod dates;
mod filing;
mod form;
mod place;

pub use filing::{Wanted, text};
pub use form::Asked;
pub use place::{Place, place};
