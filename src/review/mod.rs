//! Shows filings to people: the redline of two revisions, the docket of all filings, both over
//! HTTP, and the watch on the sources.

pub mod docket;
pub mod git;
pub mod page;
pub mod pager;
pub mod redline;
pub mod serve;
pub mod watch;
