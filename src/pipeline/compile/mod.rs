//! Compiles Typst sources to PDFs of PDF/A-2a and PDF/UA-1.
//!
//! `typst` finds the binary, `process` runs it once, in a private folder of `root`, `session`
//! compiles many documents in few runs.

mod process;
mod root;
mod session;
mod typst;
mod wait;

pub use process::{FLAGS, settings};
pub(super) use root::sweep;
pub use session::{BUNDLE, Compiled, Fault, TypstSession};
pub use typst::{Choice, RUST_FOR_TYPST, Typst, VERSION};

#[cfg(test)]
mod tests;
