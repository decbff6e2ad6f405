//! A test for each case, so that one can be run alone and a failure hides no other. The names are
//! listed, because tests are made at compile time; another test compares the list with the disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support;

/// A test of each name; it calls a function with the name.
macro_rules! each {
    ($run:path: $($name:ident)+) => {
        $(#[test]
        fn $name() {
            $run(stringify!($name));
        })+
    };
}

/// A test of each case in a folder of `tests/cases`; it calls a function with the case's path. What
/// else is in the folder is listed too.
macro_rules! cases {
    ($folder:literal, $run:path: $($case:ident)+ $(; besides: $($other:literal)+)?) => {
        $(#[test]
        fn $case() {
            $run(&crate::cases::path($folder, stringify!($case)));
        })+

        #[test]
        fn every_case_has_a_test() {
            crate::cases::compare_with_disk(
                $folder,
                &[$(stringify!($case)),+],
                &[$($($other),+)?],
            );
        }
    };
}

pub(crate) use {cases, each};

/// The path of a case; its test has an underscore for each hyphen.
pub(crate) fn path(folder: &str, case: &str) -> PathBuf {
    support::root().join("tests/cases").join(folder).join(case.replace('_', "-"))
}

/// Compares the entries of a folder with the list of those that have tests.
pub(crate) fn compare_with_disk(folder: &str, cases: &[&str], others: &[&str]) {
    let entries = fs::read_dir(path(folder, "")).expect("the folder of the cases");
    let on_disk: BTreeSet<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    let cases = cases.iter().map(|case| path(folder, case));
    let others = others.iter().map(|other| path(folder, other));
    assert_eq!(cases.chain(others).collect::<BTreeSet<_>>(), on_disk);
}

/// The name of a case.
pub(crate) fn name(case: &Path) -> &str {
    case.file_name().and_then(|name| name.to_str()).expect("a name")
}

#[test]
fn make_bless_runs_every_module_with_expected_files() {
    let makefile = fs::read_to_string(support::root().join("Makefile")).unwrap();
    let filters = makefile.lines().find_map(|line| line.strip_prefix("BLESSED := ")).unwrap();
    for (file, bytes) in support::files(&support::root().join("tests/it")) {
        let module = format!("{}::", file.trim_end_matches(".rs"));
        let compares = support::text(&bytes).lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("expect(") || line.starts_with("support::expect(")
        });
        assert!(!compares || filters.split(' ').any(|f| module.starts_with(f)), "{module}");
    }
}
