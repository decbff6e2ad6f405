//! The documents of a notice as data: which there are, what they are called, and what their
//! templates see. Nothing here knows a format.

mod form;
mod kind;
mod letter;
mod planned;
mod rich;
mod stems;
mod views;

pub use form::ONE_BOX;
pub use kind::DocumentKind;
pub use planned::{Planned, View, planned};
pub use stems::{FORM, short_name};
