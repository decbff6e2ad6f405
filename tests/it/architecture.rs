//! The plan of the house, held against the code: a file imports only rooms above its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support;

/// The rooms from the ground up; CONTRIBUTING.md says what each is for.
const ROOMS: &[&str] = &[
    "source",
    "finding",
    "rule",
    "secret",
    "filing",
    "deadline",
    "glyphs",
    "harmless",
    "count",
    "paragraph",
    "edgar",
    "wording",
    "load",
    "validate",
    "render",
    "compile",
    "manifest",
    "write",
    "pipeline",
    "schema",
    "scaffold",
    "watch",
    "git",
    "package",
    "docket",
    "serve",
    "redline",
    "pager",
    "report",
    "cli",
    "command",
    "main",
];

/// Rooms that know each other: a finding has a spot in a source, a source places it.
const TOGETHER: &[(&str, &str)] = &[("source", "finding")];

/// The room a file is in.
fn room(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The text of a file without its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap()
}

fn sources() -> BTreeMap<String, String> {
    let src = support::root().join("src");
    let ours = |name: &str| name.ends_with(".rs") && !name.ends_with("/tests.rs");
    support::files(&src)
        .into_iter()
        .filter(|(n, _)| ours(n))
        .map(|(n, b)| (n, support::text(&b)))
        .collect()
}

#[test]
fn a_file_imports_only_rooms_above_its_own() {
    let height = |room: &str| {
        ROOMS
            .iter()
            .position(|r| *r == room)
            .unwrap_or_else(|| panic!("`{room}` has no place in the plan"))
    };
    let mut wrong = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| *name != "lib.rs") {
        let own = room(Path::new(name));
        let pieces: Vec<&str> = code(text).split("crate::").skip(1).collect();
        for piece in pieces {
            let used: String =
                piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let together = TOGETHER.contains(&(own.as_str(), used.as_str()));
            if used != own && !together && height(&used) >= height(&own) {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn contributing_knows_every_room() {
    let map = fs::read_to_string(support::root().join("CONTRIBUTING.md")).unwrap();
    let missing: Vec<_> = ROOMS.iter().filter(|room| !map.contains(&format!("`{room}"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn serde_yaml_and_typst_have_one_place_each() {
    let naming = |what: &str| -> Vec<String> {
        sources()
            .into_iter()
            .filter(|(_, text)| code(text).contains(what))
            .map(|(name, _)| name)
            .collect()
    };
    assert_eq!(
        naming("serde_yaml::"),
        ["load/mod.rs", "load/tree.rs", "source/walk.rs", "wording.rs"]
    );
    assert_eq!(
        naming("Command::new"),
        ["compile/mod.rs", "compile/process.rs", "git.rs", "pager.rs"]
    );
    let mut writers = naming("fs::write");
    writers.retain(|name| name != "compile/process.rs" && name != "command/templates.rs");
    assert!(writers.is_empty(), "{writers:?} write; write.rs alone should");
}

#[test]
fn no_template_opts_out_of_escaping() {
    for (name, bytes) in support::files(&support::root().join("templates")) {
        let text = support::text(&bytes);
        for word in ["safe", "set_global", "raw"] {
            let used = text
                .split("{{")
                .skip(1)
                .any(|t| t.split("}}").next().unwrap().contains(&format!("| {word}")));
            assert!(!used && !text.contains("{% raw"), "{name} uses `{word}`");
        }
    }
}

#[test]
fn every_rule_has_a_failing_case() {
    let cases = support::files(&support::root().join("tests"));
    let all: String = cases.values().map(|bytes| support::text(bytes)).collect();
    let untold: Vec<&str> = latefile::diagnostics::rule::ALL
        .iter()
        .map(|r| r.code)
        .filter(|c| !all.contains(&format!("[{c}]")))
        .collect();
    assert!(untold.is_empty(), "no test shows {untold:?}");
}
