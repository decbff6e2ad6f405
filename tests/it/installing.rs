//! How both Makefiles get a typst on a machine that lacks it, with a stand-in for cargo; and
//! the versions that the documents name.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;
use std::process::Command;

use latefile::pipeline::compile::{RUST_FOR_TYPST, VERSION};

use crate::support::{self, text, transcript};

/// The system programs that the Makefiles and their stand-ins use.
const TOOLS: [&str; 11] =
    ["awk", "cut", "dirname", "env", "git", "grep", "ln", "make", "mkdir", "sh", "uname"];

/// A new repository with one of the two Makefiles, and the only folder of programs on PATH.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    /// A machine with cargo, whose subcommand `binstall` is there or not, and without typst.
    fn new(makefile: Option<&str>, has_binstall: bool) -> Machine {
        let machine = Machine { folder: support::folder() };
        for folder in ["bin", "home"] {
            fs::create_dir(machine.path(folder)).unwrap();
        }
        let path = std::env::var_os("PATH").unwrap();
        for tool in TOOLS {
            let mut all = std::env::split_paths(&path).map(|dir| dir.join(tool));
            let found = all.find(|file| file.is_file()).unwrap_or_else(|| panic!("no {tool}"));
            symlink(found, machine.path("bin").join(tool)).unwrap();
        }
        machine.program("cc", "exit 0");
        machine.program("pkg-config", "exit 0");
        // It notes its arguments and the documents that are there by then, and links the typst of
        // this machine into the folder after `--root`.
        let cargo = format!(
            "echo \"$1 $2\" >> '{asked}'\n\
             [ \"$1\" != build ] || exit 0\n\
             [ \"$1\" != binstall ] || {has_binstall} || exit 101\n\
             [ \"$2\" != -V ] || exit 0\n\
             [ ! -f out/example-2025-10-k/form12b25.htm ] || echo 'with HTML' >> '{asked}'\n\
             while [ \"$1\" != --root ]; do shift; done\n\
             mkdir -p \"$2/bin\" && ln -s '{typst}' \"$2/bin/typst\"",
            asked = machine.path("asked").display(),
            typst = support::typst().display(),
        );
        machine.program("cargo", &cargo);
        support::succeeds(machine.folder.path(), &["init", "here"]);
        if let Some(makefile) = makefile {
            fs::write(machine.path("here/Makefile"), makefile).unwrap();
        }
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs `make`, and returns its transcript.
    fn make(&self, args: &[&str]) -> String {
        let mut make = Command::new(self.path("bin/make"));
        make.args(args).arg(format!("LATEFILE={}", env!("CARGO_BIN_EXE_latefile")));
        make.current_dir(self.path("here")).env("PATH", self.path("bin"));
        make.env("HOME", self.path("home"));
        for variable in ["LATEFILE_TYPST", "XDG_CACHE_HOME", "MAKEFLAGS", "MAKELEVEL"] {
            make.env_remove(variable);
        }
        transcript(&make.output().unwrap())
    }

    /// The calls of cargo, but for those that build latefile.
    fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.path("asked")).unwrap_or_default();
        asked.lines().filter(|line| !line.starts_with("build")).map(str::to_owned).collect()
    }
}

/// The Makefile of a new repository, which is there already, and that of this one.
fn makefiles() -> [Option<String>; 2] {
    [None, Some(fs::read_to_string(support::root().join("Makefile")).unwrap())]
}

#[test]
fn make_writes_text_and_html_before_it_gets_typst() {
    for makefile in makefiles() {
        for has_binstall in [true, false] {
            let machine = Machine::new(makefile.as_deref(), has_binstall);
            let said = machine.make(&["all"]);
            assert!(said.ends_with("-- exit 0\n"), "{said}");
            let notice = "text and HTML are up to date in out/; the PDFs follow once there is a \
                          typst 0.15.1\n";
            assert!(said.contains(notice), "{said}");
            let way: &[&str] = if has_binstall {
                &["binstall -V", "binstall --no-confirm", "with HTML"]
            } else {
                &["binstall -V", "install typst-cli", "with HTML"]
            };
            assert_eq!(machine.asked(), way, "{said}");
            assert!(machine.path("here/out/example-2025-10-k/form12b25.pdf").is_file(), "{said}");
            // It is there now, in the cache.
            let said = machine.make(&["all"]);
            assert!(said.ends_with("-- exit 0\n") && !said.contains(notice), "{said}");
            assert_eq!(machine.asked(), way, "{said}");
        }
    }
}

#[test]
fn a_typst_on_path_is_not_installed_again() {
    for makefile in makefiles() {
        let machine = Machine::new(makefile.as_deref(), true);
        symlink(support::typst(), machine.path("bin/typst")).unwrap();
        for target in ["typst", "all"] {
            let said = machine.make(&[target]);
            assert!(said.ends_with("-- exit 0\n"), "{said}");
        }
        assert_eq!(machine.asked(), [""; 0]);
    }
}

#[test]
fn check_watch_and_serve_do_not_wait_for_typst() {
    for makefile in makefiles() {
        let machine = Machine::new(makefile.as_deref(), true);
        let said = machine.make(&["check"]);
        assert!(said.contains("1 filing · 0 errors · 0 warnings\n"), "{said}");
        for target in ["watch", "serve"] {
            let commands = machine.make(&["-n", target]);
            assert!(commands.ends_with("-- exit 0\n"), "{commands}");
            assert!(!commands.contains("typst"), "{commands}");
        }
        assert_eq!(machine.asked(), [""; 0]);
    }
}

#[test]
fn a_typst_beside_the_program_is_found_first() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    let place = folder.path().join("unpacked");
    fs::create_dir(&place).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_latefile"), place.join("latefile")).unwrap();
    symlink(support::typst(), place.join("typst")).unwrap();
    let link = folder.path().join("linked");
    symlink(place.join("latefile"), &link).unwrap();
    // Neither PATH nor a home folder has one.
    for program in [place.join("latefile"), link] {
        let mut build = Command::new(program);
        build.args(["build", "-q", "--force"]).current_dir(folder.path()).env_clear();
        let output = build.output().unwrap();
        assert_eq!(transcript(&output), "-- stderr\n-- exit 0\n");
    }
    assert!(folder.path().join("out/a/form12b25.pdf").is_file());
}

#[test]
fn the_documents_name_the_versions_that_the_code_needs() {
    let read = |path: &str| fs::read_to_string(support::root().join(path)).unwrap();
    let versions = |path: &str, before: &str| {
        let text = read(path);
        let lines = text.lines().filter_map(|line| line.split_once(before));
        lines.map(|(_, rest)| rest.trim_end_matches('"').to_owned()).collect::<Vec<_>>()
    };
    let own = &versions("Cargo.toml", "rust-version = \"")[0];
    let readme = read("README.md");
    for needed in [
        format!("Rust {own} or newer"),
        format!("Rust {RUST_FOR_TYPST} or newer"),
        format!("typst {VERSION}"),
    ] {
        assert!(readme.contains(&needed), "README.md does not say `{needed}`");
    }
    let scaffold = latefile::start::scaffold::files();
    let (_, readme) = scaffold.iter().find(|(path, _)| *path == "README.md").unwrap();
    assert!(readme.contains(&format!("Rust {RUST_FOR_TYPST} or newer")));
    assert_eq!(versions("Makefile", "TYPST_VERSION := "), [VERSION]);
    assert_eq!(versions(".github/workflows/ci.yml", "RUST_FOR_TYPST: \""), [RUST_FOR_TYPST]);
    let output = Command::new(env!("CARGO_BIN_EXE_latefile")).arg("--version").output().unwrap();
    assert!(text(&output.stdout).contains(&format!("typst: {VERSION}\n")));
}
