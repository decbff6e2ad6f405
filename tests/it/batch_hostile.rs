//! What stands in the way of a build: no output is believed that is no file, nothing is waited for,
//! and what stops a build hides nothing that it found.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::support::{self, SOUND, fails, repository, succeeds, transcript};

const TEXT: &[&str] = &["build", "--formats", "text,html", "--message-format", "short"];

/// Runs the binary, which is to end within seconds, and answers all that it said.
fn soon(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("timeout");
    command
        .args(["-s", "KILL", "20", env!("CARGO_BIN_EXE_latefile")])
        .args(args)
        .current_dir(folder);
    transcript(&command.output().unwrap())
}

/// Makes a pipe that nobody writes to.
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn an_output_that_is_no_file_is_neither_believed_nor_waited_for() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let out = folder.path().join("out");
    let whole = support::files(&out);
    let kept = folder.path().join("kept");
    for name in ["form12b25.txt", "form12b25.htm", "manifest.json"] {
        let path = out.join("a").join(name);
        let change = |change: &dyn Fn()| {
            fs::rename(&path, &kept).unwrap();
            change();
            let said = soon(folder.path(), &[TEXT, &["--check"]].concat());
            assert!(
                said.contains("error[stale]") && said.ends_with("-- exit 1\n"),
                "{name}: {said}"
            );
            let said = soon(folder.path(), TEXT);
            assert!(said.ends_with("-- exit 0\n"), "{name}: {said}");
            assert!(fs::symlink_metadata(&path).unwrap().is_file(), "{name}: {said}");
            assert_eq!(whole, support::files(&out));
        };
        change(&|| pipe(&path));
        change(&|| symlink(&kept, &path).unwrap());
        change(&|| symlink("/dev/zero", &path).unwrap());
        change(&|| fs::File::create(&path).unwrap().set_len(8 << 30).unwrap());
    }
    // Neither is a folder that is a link, whatever is in it.
    let moved = folder.path().join("moved");
    fs::rename(out.join("a"), &moved).unwrap();
    symlink(&moved, out.join("a")).unwrap();
    let said = fails(folder.path(), TEXT, 2);
    assert!(said.contains("error: `out/a` is a symbolic link to"), "{said}");
    let said = fails(folder.path(), &[TEXT, &["--check"]].concat(), 1);
    assert!(said.contains("is missing"), "{said}");
}

#[test]
fn a_lock_that_is_no_file_is_told() {
    let folder = repository(&[("a.yaml", SOUND)]);
    fs::create_dir(folder.path().join("out")).unwrap();
    pipe(&folder.path().join("out/.lock"));
    let said = soon(folder.path(), TEXT);
    assert!(said.contains("out/.lock is not a file"), "{said}");
    assert!(said.ends_with("-- exit 2\n"), "{said}");
}

#[test]
fn outputs_without_a_source_that_cannot_be_removed_hide_no_finding() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    fs::write(folder.path().join("filings/a.yaml"), SOUND.replace("10-K", "10-Y")).unwrap();
    fs::remove_file(folder.path().join("filings/b.yaml")).unwrap();
    fs::remove_file(folder.path().join("out/b/form12b25.txt")).unwrap();
    fs::create_dir(folder.path().join("out/b/form12b25.txt")).unwrap();
    let said = fails(folder.path(), TEXT, 2);
    assert!(said.contains("cannot remove out/b/form12b25.txt"), "{said}");
    assert!(said.contains("filings/a.yaml:1:16: error"), "what was found before is told: {said}");
    assert!(said.contains("1 filing · 0 rebuilt · 0 PDFs compiled · 1 with errors"), "{said}");
}

#[test]
fn outputs_without_a_source_go_with_what_a_killed_run_left_or_are_told() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", SOUND), ("c.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let out = folder.path().join("out");
    fs::write(out.join("b/.latefile-x"), "half").unwrap();
    fs::write(out.join("c/manifest.json"), "<<<<<<< HEAD\n").unwrap();
    for name in ["b", "c"] {
        fs::remove_file(folder.path().join(format!("filings/{name}.yaml"))).unwrap();
    }
    let told = "out/c/manifest.json:1:1: error[stale]: `c` has no source any more, and its manifest cannot be read";
    for more in [&["--check"][..], &[]] {
        let said = fails(folder.path(), &[TEXT, more].concat(), 1);
        assert!(said.contains(told), "{said}");
    }
    assert!(!out.join("b").exists());
    fs::remove_dir_all(out.join("c")).unwrap();
    succeeds(folder.path(), TEXT);
}
