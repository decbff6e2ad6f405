//! `latefile` turns YAML sources into SEC Form 12b-25 notifications of late filing and the letters
//! that go with them, as EDGAR text, EDGAR HTML and typeset PDF.
//!
//! A filing is loaded, validated, rendered, compiled and written; [`pipeline`] is the module to read
//! first. Modules are listed in the order of docs/architecture.md: each imports only those above it.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")
)]

pub mod diagnostics;

pub mod edgar;

pub mod form12b25;

pub mod pipeline;

pub mod package;

pub mod review;

pub mod start;

pub mod cli;

pub mod command;
