//! Built-in filings that between them take every branch of the built-in templates. They are
//! rendered before any filing, so that a changed template is judged whole.

use std::collections::BTreeSet;

use super::{templates, view};
use crate::filing::Filing;
use crate::load;
use crate::wording::{self, Edition};

/// The specimens' sources.
const SOURCES: &[&str] = &[
    include_str!("specimens/full.yaml"),
    include_str!("specimens/bare.yaml"),
    include_str!("specimens/amendment.yaml"),
    include_str!("specimens/transition.yaml"),
];

/// The specimens.
#[expect(clippy::expect_used, reason = "the specimens are built in; a test loads them")]
pub(super) fn all() -> Vec<Filing> {
    SOURCES.iter().map(|text| load::built_in(text).expect("a specimen is a filing")).collect()
}

/// The top-level names that some form's view has.
pub(super) fn form_names(editions: &[Edition]) -> BTreeSet<String> {
    let names = |filing: &Filing| {
        let (edition, _) = wording::edition(editions, filing).ok()?;
        Some(templates::names(&view::form(filing, edition)))
    };
    all().iter().filter_map(names).flatten().collect()
}

/// The top-level names that some letter's view has.
pub(super) fn letter_names() -> BTreeSet<String> {
    let filings = all();
    let letters = filings.iter().flat_map(|f| f.letters.iter().map(move |l| view::letter(f, l, Some("EX-99.1"))));
    letters.flat_map(|view| templates::names(&view)).collect()
}
