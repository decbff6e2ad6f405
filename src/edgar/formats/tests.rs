//! Tests that a format needs only a row and its templates, with a fourth row in builds for tests.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Parser as _;

use super::{Format, Row, Target};
use crate::cli::{Cli, Command};
use crate::diagnostics::deny;
use crate::form12b25::deadline::Calendar;
use crate::pipeline::compile::Choice;
use crate::pipeline::{self, Goal, Plan, Summary, write};
use crate::review::docket::{Docket, docket_page};
use crate::review::serve::{Listeners, State};

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

const ID: &str = "igene-1997-10-k";

/// A folder with one filing, and templates for the scratch format.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["filings", "templates"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let source = format!("{ID}.yaml");
    let filings = Path::new(env!("CARGO_MANIFEST_DIR")).join("filings");
    fs::copy(filings.join(&source), folder.path().join("filings").join(&source)).unwrap();
    for template in ["form12b25.tem", "letter.tem", "exhibit.tem"] {
        let path = folder.path().join("templates").join(template);
        fs::write(path, "Scratch: {{ document.title }}\n").unwrap();
    }
    folder
}

/// The formats that the command line reads.
fn formats(names: &str) -> Vec<Format> {
    let cli = Cli::try_parse_from(["latefile", "build", "--formats", names]).unwrap();
    let Command::Build(build) = cli.command else { panic!("another command") };
    build.formats
}

fn plan(folder: &Path, goal: Goal) -> Plan {
    let below = |name: &str| folder.join(name);
    Plan {
        unnamed_templates: None,
        build: "latefile build".into(),
        goal,
        filings: below("filings"),
        out: below("out"),
        only: Vec::new(),
        shard: None,
        calendar: Arc::new(Calendar::built_in()),
        templates: Some(below("templates")),
        typst: Choice::new(None),
        formats: formats("text,html,scratch"),
        force: false,
        jobs: Some(1),
        not_checked_out: |_| Ok(BTreeSet::new()),
        stop: Arc::default(),
        progress: Arc::default(),
        renderings: Arc::default(),
    }
}

fn run(folder: &Path, goal: Goal) -> Summary {
    let summary = pipeline::run(&plan(folder, goal)).unwrap();
    let errors: Vec<_> = summary.findings.iter().filter(|found| deny::counts(found, &[])).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    summary
}

/// The answer of a server of the outputs.
fn served(out: PathBuf, path: &str) -> String {
    let listeners = Listeners::open(Some(0)).unwrap();
    let host = listeners.address().replace("http://", "").replace('/', "");
    let shown = listeners.serve(out, State::new(Docket::default(), None)).unwrap();
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    drop(shown);
    answer
}

#[test]
fn a_format_is_a_row_and_its_templates() {
    let folder = folder();
    let out = folder.path().join("out");
    let names = ["ex99-1.htm", "ex99-1.scr", "ex99-1.txt"];
    let names = [&names[..], &["form12b25.htm", "form12b25.scr", "form12b25.txt"]].concat();

    assert_eq!(run(folder.path(), Goal::Build).changed, 1);
    let written = fs::read_to_string(out.join(ID).join("form12b25.scr")).unwrap();
    assert_eq!(written, "Scratch: IGENE Biotechnology, Inc.: NT 10-K for December 31, 1997\n");
    let manifest = write::manifest(&out, ID).unwrap();
    assert_eq!(manifest.outputs.keys().collect::<Vec<_>>(), names);
    assert!(manifest.made_with.contains_key("templates.tem"));
    assert_eq!(run(folder.path(), Goal::Build).changed, 0);
    run(folder.path(), Goal::Compare);

    let docket = Docket::gather(&plan(folder.path(), Goal::Check), None).unwrap();
    let page = docket_page(&docket, "out/", None).unwrap().html;
    assert!(page.contains(">Scratch</a>"), "{page}");
    let answer = served(out.clone(), &format!("/out/{ID}/form12b25.scr"));
    assert!(answer.contains("content-type: text/x-scratch\r\n"), "{answer}");
    assert!(answer.ends_with(&written), "{answer}");

    let source = |id: &str| folder.path().join("filings").join(format!("{id}.yaml"));
    fs::rename(source(ID), source("renamed")).unwrap();
    assert_eq!(run(folder.path(), Goal::Build).removed.len(), 1);
    assert!(!out.join(ID).exists());
}
