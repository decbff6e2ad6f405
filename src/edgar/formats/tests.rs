//! The proof that a format is a row and its templates: a build of the tests has a fourth row.

use super::{Row, Target};

/// A format that no release has.
pub(super) const SCRATCH: Row = Row {
    name: "scratch",
    label: "Scratch",
    noun: "scratch",
    help: "A format that only tests have",
    suffix: "scr",
    other_suffixes: &[],
    content_type: "text/x-scratch",
    template_ending: ".tem",
    target: Target::Text,
    kind: None,
    official: false,
};
