//! A person's look at the filings: what changed between two revisions, all filings on one page, both over
//! HTTP, and a watch on the sources.

pub mod docket;
pub mod git;
pub mod page;
pub mod pager;
pub mod redline;
pub mod serve;
pub mod watch;
