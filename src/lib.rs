//! `latefile` turns YAML sources into SEC Form 12b-25 notifications of late filing and the letters
//! that go with them, as EDGAR text, EDGAR HTML and typeset PDF.
//!
//! A filing is loaded, validated, rendered, compiled and written; [`pipeline`] is the page to read
//! first. Rooms stand in the order of CONTRIBUTING.md: each imports only rooms above its own.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")
)]

pub mod edgar;

pub mod pipeline;

pub mod docket;
pub mod git;
pub mod package;
pub mod pager;
pub mod redline;
pub mod scaffold;
pub mod schema;
pub mod serve;
pub mod watch;

pub mod cli;
pub mod command;
pub mod diagnostics;
pub mod form12b25;
