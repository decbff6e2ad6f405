//! Many filings in one run: documents are compiled together and come out as if each had been alone;
//! what did not change is not made again; parts of a run give what the whole gives.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::support::{self, SOUND, fails, repository, run, succeeds, text, transcript};
use latefile::edgar::Format;
use latefile::pipeline::compile::Choice;
use latefile::pipeline::load::{self, SharedFiles};
use latefile::pipeline::render::{self, Templates};

/// The outputs of a folder without the manifests.
fn documents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = support::files(&folder.join("out"));
    all.retain(|name, _| !name.ends_with("manifest.json") && name != ".lock");
    all
}

/// How many documents a build compiled, by its closing line.
fn compiled(folder: &Path, more: &[&str]) -> usize {
    let output = run(folder, &[&["build", "--message-format", "short"], more].concat());
    assert!(output.status.success(), "{}", transcript(&output));
    let said = text(&output.stderr);
    assert!(!said.contains(['\r', '\x1b']), "a bar is for terminals: {said}");
    let part = said
        .split(" · ")
        .find(|part| part.contains(" compiled"))
        .unwrap_or_else(|| panic!("{said}"));
    part.split(' ').next().unwrap().parse().unwrap()
}

/// Twelve filings of one registrant and one of another, both shared.
fn two_registrants() -> tempfile::TempDir {
    let shared = "name: NAME\ncik: \"9990001\"\nfiler_status: non-accelerated\naddress: {street: 1 Way, city: Troy}\n";
    let filing = |id: &str, year: u32| {
        let start = SOUND.find("registrant:").unwrap();
        let end = SOUND.find("relief:").unwrap();
        let text = format!("{}registrant: {{use: {id}}}\n{}", &SOUND[..start], &SOUND[end..]);
        text.replace("2025", &year.to_string()).replace("2026", &(year + 1).to_string())
    };
    let (one, other) = (
        shared.replace("NAME", "Harbor, Inc."),
        shared.replace("NAME", "Cliff, Inc.").replace("01", "02"),
    );
    let folder =
        repository(&[("registrants/harbor.yaml", &one), ("registrants/cliff.yaml", &other)]);
    for year in 2008..2020 {
        fs::write(folder.path().join(format!("filings/h{year}.yaml")), filing("harbor", year))
            .unwrap();
    }
    fs::write(folder.path().join("filings/c.yaml"), filing("cliff", 2019)).unwrap();
    folder
}

#[test]
fn documents_that_are_compiled_together_have_the_bytes_of_single_compiles() {
    let found = load::find(&support::root().join("filings"), &[]).unwrap();
    let (registrants, _) = SharedFiles::load(&found);
    let templates = Templates::built_in().unwrap();
    let all: Vec<_> = found
        .filings
        .iter()
        .flat_map(|entry| {
            render::render(
                &load::load(entry, &registrants).filing.unwrap(),
                &entry.id,
                &templates,
                &[Format::PDF],
            )
            .unwrap()
        })
        .collect();
    assert!(all.len() > 20, "tables and documents of several pages are among them");
    let sources: Vec<&str> = all.iter().map(|document| document.text(Format::PDF)).collect();
    let typst = Choice::Named(support::typst()).find(&AtomicBool::new(false)).unwrap();
    let together = typst
        .session(templates.layout())
        .unwrap()
        .compile_all(&sources, &AtomicBool::new(false))
        .unwrap();
    assert_eq!(together.note, None);
    for (document, made) in all.iter().zip(together.documents) {
        let alone =
            typst.session(templates.layout()).unwrap().compile(document.text(Format::PDF)).unwrap();
        assert!(made == Some(alone), "{} differs", document.stem);
    }
}

#[test]
fn a_document_that_typst_refuses_costs_its_neighbours_nothing() {
    let bad = SOUND.replace("Quiet Harbor", "Bad Harbor");
    let names: Vec<String> = (0..9).map(|n| format!("f{n}.yaml")).collect();
    let filings: Vec<(&str, &str)> = names
        .iter()
        .enumerate()
        .map(|(n, name)| (name.as_str(), if n % 4 == 3 { &*bad } else { SOUND }))
        .collect();
    for (breaks, told) in [
        ("#unknown", "typst on `form12b25.pdf`: main.typ:"),
        (
            "#set document(title: none)",
            "typst on `form12b25.pdf`: error: PDF/UA-1 error: missing document title",
        ),
    ] {
        let folder = repository(&filings);
        let template = fs::read_to_string(support::root().join("templates/form12b25.typ")).unwrap();
        let template = template.replacen(
            "#masthead(",
            &format!("{{% if registrants[0].name == \"Bad Harbor, Inc.\" %}}{breaks}{{% endif %}}\n#masthead("),
            1,
        );
        fs::create_dir(folder.path().join("templates")).unwrap();
        fs::write(folder.path().join("templates/form12b25.typ"), template).unwrap();
        let said = fails(
            folder.path(),
            &["build", "--templates", "templates", "--message-format", "short"],
            1,
        );
        let told: Vec<&str> = said.lines().filter(|line| line.contains(told)).collect();
        assert_eq!(told.len(), 2, "{said}");
        assert!(told[0].starts_with("filings/f3.yaml:1:1: error[typesetting]: "), "{said}");
        let pdfs =
            documents(folder.path()).into_keys().filter(|name| name.ends_with(".pdf")).count();
        assert_eq!(pdfs, 7, "{said}");
    }
}

#[test]
fn a_typst_that_breaks_off_over_many_documents_compiles_them_one_by_one() {
    let folder = two_registrants();
    succeeds(folder.path(), &["build"]);
    let whole = support::files(&folder.path().join("out"));
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    let path = folder.path().join("typst");
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in *\"format bundle\"*) kill -ABRT $$ ;; *) exec '{}' \"$@\" ;; esac\n",
        support::typst().display()
    );
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let output = run(
        folder.path(),
        &["build", "--typst", &path.to_string_lossy(), "--message-format", "short"],
    );
    assert!(output.status.success(), "{}", transcript(&output));
    let notes = text(&output.stderr)
        .lines()
        .filter(|line| line.starts_with("note: typst was killed over "))
        .count();
    assert_eq!(notes, 1, "{}", transcript(&output));
    assert_eq!(whole, support::files(&folder.path().join("out")));
}

#[test]
fn a_changed_registrant_is_made_again_and_no_other() {
    let folder = two_registrants();
    assert_eq!(compiled(folder.path(), &[]), 13);
    let before = support::files(&folder.path().join("out"));
    let path = folder.path().join("filings/registrants/cliff.yaml");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("1 Way", "2 Way")).unwrap();
    assert_eq!(compiled(folder.path(), &[]), 1);
    let after = support::files(&folder.path().join("out"));
    let changed: Vec<&str> =
        after.iter().filter(|(n, b)| before.get(*n) != Some(b)).map(|(n, _)| n.as_str()).collect();
    assert_eq!(
        changed,
        ["c/form12b25.htm", "c/form12b25.pdf", "c/form12b25.txt", "c/manifest.json"]
    );
    assert_eq!(compiled(folder.path(), &["--force"]), 13);
    assert_eq!(after, support::files(&folder.path().join("out")));
}

#[test]
fn a_fresh_clone_compiles_nothing() {
    let folder = two_registrants();
    succeeds(folder.path(), &["build"]);
    let clone = support::folder();
    for part in ["filings", "out"] {
        support::copy(&folder.path().join(part), &clone.path().join(part));
    }
    let mut command = support::latefile(clone.path());
    // Without a typst that could be found: it is not even looked for.
    command
        .args(["build", "-q"])
        .env("PATH", "")
        .env("HOME", clone.path())
        .env_remove("XDG_CACHE_HOME");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", transcript(&output));
}

#[test]
fn what_other_formats_were_left_at_is_known() {
    let folder = repository(&[("a.yaml", SOUND)]);
    assert_eq!(compiled(folder.path(), &[]), 1);
    fs::write(folder.path().join("filings/a.yaml"), SOUND.replace("Portland", "Bangor")).unwrap();
    succeeds(folder.path(), &["build", "--formats", "text,html"]);
    fails(folder.path(), &["build", "--check"], 1);
    assert_eq!(compiled(folder.path(), &[]), 1, "the PDF still said Portland");
    succeeds(folder.path(), &["build", "--check"]);
    // A template of one format changes what the others are held against.
    let template = fs::read_to_string(support::root().join("templates/form12b25.htm")).unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    let own = template.replacen("</body>", "<p>Nobody else says this.</p></body>", 1);
    assert_ne!(own, template);
    fs::write(folder.path().join("templates/form12b25.htm"), own).unwrap();
    succeeds(folder.path(), &["build", "--formats", "pdf"]);
    let said = fails(folder.path(), &["build", "--templates", "templates"], 1);
    assert!(said.contains("error[formats-differ]"), "{said}");
}

#[test]
fn a_manifest_that_was_touched_is_written_again() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), &["build"]);
    let whole = support::files(&folder.path().join("out"));
    let manifest = folder.path().join("out/a/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let from = text.split("\"from\": \"").nth(1).unwrap()[..64].to_owned();
    let changes = [
        text.replace("NT 10-K", "NT 10-Q"),
        text.replace("\n", "\n "),
        text.replace("\"0.1.0\"", "\"0.0.9\""),
        text.replace(&from, &"0".repeat(64)),
        text.replace("\"from\": \"", "\"from\": \"\", \"old\": \""),
        text[..text.len() / 2].to_owned(),
        String::new(),
    ];
    for changed in changes {
        assert_ne!(changed, text);
        fs::write(&manifest, changed).unwrap();
        succeeds(folder.path(), &["build"]);
        assert_eq!(whole, support::files(&folder.path().join("out")));
    }
}

#[test]
fn parts_on_several_machines_give_the_whole() {
    let whole = two_registrants();
    succeeds(whole.path(), &["build"]);
    let machines: Vec<_> = ["1/3", "2/3", "3/3"]
        .map(|shard| {
            let machine = two_registrants();
            let child = support::latefile(machine.path())
                .args(["build", "-q", "--shard", shard])
                .spawn()
                .unwrap();
            (machine, child)
        })
        .into_iter()
        .map(|(machine, mut child)| {
            assert!(child.wait().unwrap().success());
            machine
        })
        .collect();
    let merged = support::folder();
    let mut parts = Vec::new();
    for machine in &machines {
        parts.push(support::files(&machine.path().join("out")).len());
        support::copy(&machine.path().join("out"), merged.path());
    }
    assert!(parts.iter().all(|files| *files > 4), "{parts:?}");
    assert_eq!(support::files(merged.path()), support::files(&whole.path().join("out")));
}

#[test]
fn shards_together_are_the_whole() {
    let filings: Vec<String> = (0..12).map(|i| format!("f{i}.yaml")).collect();
    let filings: Vec<(&str, &str)> = filings.iter().map(|n| (n.as_str(), SOUND)).collect();
    let folder = repository(&filings);
    for shard in ["1/3", "2/3", "3/3"] {
        succeeds(folder.path(), &[TEXT, &["--shard", shard]].concat());
    }
    let sharded = support::files(&folder.path().join("out"));
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    succeeds(folder.path(), TEXT);
    assert_eq!(sharded, support::files(&folder.path().join("out")));
}

#[test]
fn timings_name_every_stage() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let output = run(folder.path(), &[TEXT, &["--timings"]].concat());
    let said = text(&output.stderr);
    for stage in ["load", "validate", "render", "compile", "compare", "write"] {
        assert!(
            said.lines().any(|l| l.trim_start().starts_with(stage)
                && l.contains(" ms ")
                && l.ends_with(" %")),
            "{said}"
        );
    }
}

const TEXT: &[&str] = &["build", "--formats", "text,html", "--message-format", "short"];
