//! Tests the rules of docs/architecture.md: layers, circles, and the tasks of one module alone.

use std::fs;

use crate::drawing;
use crate::imports::{Imports, layer};
use crate::support;

/// The layers, lowest first; docs/architecture.md describes each.
const LAYERS: &[&str] = &[
    "diagnostics",
    "edgar",
    "form12b25",
    "pipeline",
    "package",
    "import",
    "review",
    "start",
    "cli",
    "command",
    "main",
];

/// The position of a layer, from the lowest.
fn height(layer: &str) -> usize {
    let position = LAYERS.iter().position(|name| *name == layer);
    position.unwrap_or_else(|| panic!("`{layer}` is not a layer of docs/architecture.md"))
}

#[test]
fn a_file_imports_only_lower_layers() {
    let imports = Imports::read();
    let mut wrong = Vec::new();
    for (file, targets) in &imports.arrows {
        let up = targets.iter().filter(|target| height(&layer(target)) > height(&layer(file)));
        wrong.extend(up.map(|target| format!("{file} imports {target}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let circles = Imports::read().circles();
    assert!(circles.is_empty(), "{circles:#?}");
}

/// `cargo test architecture::the_imports_are_counted -- --nocapture` prints the figures.
#[test]
#[allow(clippy::print_stdout, reason = "figures for whoever asks for them")]
fn the_imports_are_counted() {
    let imports = Imports::read();
    let between = imports.between_layers();
    let files = imports.arrows.len();
    let arrows: usize = imports.arrows.values().map(|targets| targets.len()).sum();
    let up = between.keys().filter(|(from, to)| height(to) > height(from)).count();
    println!("{} layers, {} arrows between them, {up} up", LAYERS.len(), between.len());
    println!("{files} files, {arrows} arrows, {} circles", imports.circles().len());
    assert!(files > 150 && arrows > files, "the imports are found");
}

#[test]
fn the_drawing_shows_the_imports() {
    let drawing = support::root().join("docs/architecture.svg");
    support::expect(&drawing, &drawing::svg(LAYERS, &Imports::read()));
}

#[test]
fn the_table_of_modules_is_the_first_sentences_of_the_files() {
    let (begin, end) = ("<!-- modules: begin -->", "<!-- modules: end -->");
    let file = support::root().join("docs/architecture.md");
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let table = drawing::modules_table(LAYERS, &Imports::read());
    support::expect(&file, &format!("{before}{begin}\n{table}\n{end}{after}"));
}

#[test]
fn serde_yaml_and_typst_have_one_place_each() {
    let code = Imports::read().code;
    let naming = |text: &str| -> Vec<&str> {
        code.iter().filter(|(_, code)| code.contains(text)).map(|(file, _)| file.as_str()).collect()
    };
    assert_eq!(
        naming("serde_yaml::"),
        [
            "diagnostics/example.rs",
            "diagnostics/source/walk.rs",
            "form12b25/specimens/mod.rs",
            "form12b25/wording.rs",
            "import/yaml/scalar.rs",
            "pipeline/load/read.rs",
            "pipeline/load/tree.rs",
            "start/scaffold/yaml.rs"
        ]
    );
    assert_eq!(
        naming("Command::new"),
        [
            "pipeline/compile/process.rs",
            "pipeline/compile/typst.rs",
            "review/git/command.rs",
            "review/pager.rs"
        ]
    );
    let mut writers = naming("fs::write");
    writers.retain(|file| !["pipeline/compile/process.rs", "command/templates.rs"].contains(file));
    assert!(writers.is_empty(), "{writers:?} write; pipeline/write.rs alone should");
}

#[test]
fn one_file_prints() {
    let code = Imports::read().code;
    let printing = |text: &str| -> Vec<&str> {
        code.iter().filter(|(_, code)| code.contains(text)).map(|(file, _)| file.as_str()).collect()
    };
    assert_eq!(printing("io::stderr()"), ["command/terminal.rs"]);
    // Of the others, one asks whether it is a terminal, and one keeps others from printing.
    let others = ["command/redline.rs", "command/stop.rs", "command/terminal.rs"];
    assert_eq!(printing("io::stdout()"), others);
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
