//! Runs git, as the only module that does: whether git ignores a file, which matters for a package
//! with a secret in it; the files of a revision, which a redline compares; the files that git did
//! not check out; and how git is set up. A repository's content is untrusted: it is read as stored, without filters,
//! converters, hooks and pagers.

mod command;
mod ignored;
mod objects;
mod reason;
mod repository;
mod setup;
mod sparse;

pub use ignored::keeps_out;
pub use objects::{Kind, Object, Stored};
pub use repository::{Commit, Repository};
pub use setup::{Setup, attribute, setup};
pub use sparse::not_checked_out;
