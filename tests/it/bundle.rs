//! Documents can be compiled many at a time: a bundle of all samples gives the bytes of single
//! compiles. It holds only while layouts use no counter but the page's, no state, query or label.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::support;
use latefile::load::files;
use latefile::load::{self, Registrants};
use latefile::render::{self, Templates};

/// The typst that the tool would use.
fn typst() -> PathBuf {
    let on_path = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .map(|dir| dir.join("typst"))
        .find(|p| p.is_file());
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache"));
    let cached = cache.join(format!("latefile/typst-{0}/bin/typst", latefile::compile::VERSION));
    std::env::var_os("LATEFILE_TYPST")
        .map(PathBuf::from)
        .or(cached.is_file().then_some(cached))
        .or(on_path)
        .expect("typst; `make typst` installs it")
}

#[test]
fn a_bundle_gives_the_bytes_of_single_compiles() {
    let found = files::find(&support::root().join("filings"), &[]).unwrap();
    let (registrants, _) = Registrants::load(&found);
    let templates = Templates::built_in().unwrap();
    let folder = support::folder();
    let mut main = String::new();
    let mut names = Vec::new();
    for entry in &found.filings {
        let filing = load::load(entry, &registrants).filing.unwrap();
        for document in render::render(&filing, &templates).unwrap() {
            let source = format!("{}.typ", names.len());
            fs::write(folder.path().join(&source), &document.typst).unwrap();
            let name = format!("{}/{}.pdf", entry.id, document.stem);
            writeln!(main, "#document(\"{name}\", include \"{source}\")").unwrap();
            names.push(name);
        }
    }
    assert!(names.len() > 20, "tables and documents of several pages are among them");
    fs::write(folder.path().join("layout.typ"), templates.layout()).unwrap();
    fs::write(folder.path().join("main.typ"), main).unwrap();
    let output = Command::new(typst())
        .args(["compile", "--features", "bundle", "--format", "bundle", "--root", ".", "--ignore-system-fonts"])
        .args(["--pdf-standard", "a-2a,ua-1", "main.typ", "bundle"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", support::transcript(&output));
    for name in names {
        let bundled = fs::read(folder.path().join("bundle").join(&name)).unwrap();
        let single = fs::read(support::root().join("out").join(&name)).unwrap();
        assert!(bundled == single, "{name} differs");
    }
}
