//! The integration tests: the binary, run on real folders. One test binary, a file for each topic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod architecture;
mod batch;
mod batch_hostile;
mod build;
mod cases;
mod check;
mod checkouts;
mod deny;
mod disclosure;
mod docket;
mod drawing;
mod due;
mod filed;
mod folders;
mod formats;
mod hostile;
mod imports;
mod keys;
mod lint;
mod lint_pdf;
mod messages;
mod package;
mod package_check;
mod package_hostile;
mod package_secret;
mod pdfs;
mod redline;
mod redline_hostile;
mod repositories;
mod samples;
mod schema;
mod secret_lines;
mod seed;
mod serve;
mod starting;
mod stopping;
mod support;
mod templates;
mod terminal;
mod typst;
mod unlisted;
mod verbatim;
mod watch;
mod workflow;
