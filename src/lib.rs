//! SEC Form 12b-25 notices of late filing, and the letters that go with them, from YAML: as EDGAR
//! text, EDGAR HTML and typeset PDF.
//!
//! This is the library of the command `latefile`. It promises no stable API: any version may
//! rename, change or remove any item. Build on the command, its exit codes and its JSON instead.
//!
//! A filing is loaded, validated, rendered, compiled and written; [`pipeline`] is the module to
//! read first. Modules are listed in the order of their layers: each imports only those above it.
//!
//! # Example
//!
//! Checks a document of any origin against EDGAR's rules:
//!
//! ```
//! let html = "<html><head><title>A</title></head><body><p><span>Late</span></p></body></html>";
//! let findings = latefile::edgar::lint("letter.htm", html.as_bytes());
//!
//! let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
//! assert_eq!(codes, ["html-element"]); // EDGAR does not accept `<span>`
//! ```

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")
)]

pub mod diagnostics;

pub mod edgar;

pub mod form12b25;

pub mod pipeline;

pub mod package;

pub mod import;

pub mod review;

pub mod start;

pub mod cli;

pub mod command;
