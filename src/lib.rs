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

pub mod package;

pub mod cli;
pub mod command;
pub mod diagnostics;
pub mod form12b25;
pub mod review;
pub mod start;
