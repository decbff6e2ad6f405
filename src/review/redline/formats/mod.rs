//! The formats of a redline: for a terminal, for a comment on a pull request, as a page, as JSON. A
//! new format is one file and one line here.

mod boxes;
mod excerpt;
mod html;
mod json;
mod layout;
mod markdown;
mod phrases;
mod sections;
mod terminal;

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use terminal::terminal;
