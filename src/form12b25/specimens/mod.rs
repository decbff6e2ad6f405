//! Built-in filings that between them take every branch of the built-in templates.

use super::model::{Filing, FilingAsWritten};

/// The specimens' sources.
pub const SOURCES: [&str; 4] = [
    include_str!("full.yaml"),
    include_str!("bare.yaml"),
    include_str!("amendment.yaml"),
    include_str!("transition.yaml"),
];

/// The specimens.
#[expect(clippy::expect_used, reason = "the specimens are built in; a test parses them")]
pub fn all() -> Vec<Filing> {
    let parsed = |text: &&str| {
        let raw: FilingAsWritten = serde_yaml::from_str(text).ok()?;
        raw.resolve(|entry| entry.resolve(None), |_, entry| entry.written_out())
    };
    SOURCES.iter().map(|text| parsed(text).expect("a specimen is a filing")).collect()
}
