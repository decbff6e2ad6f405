//! Documents that break EDGAR's rules, and some that stand at their limits, with what `latefile
//! lint` says of them, whole.

use std::fs;
use std::path::{Path, PathBuf};

use latefile::edgar::{blocks, pdf_words};
use latefile::pipeline::render::consistency::{DocumentText, text_words};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::cases::cases;
use crate::hostile;
use crate::support::{self, SOUND, expect, repository, run, transcript};

/// The folder of the cases.
fn folder() -> PathBuf {
    support::root().join("tests/cases/lint")
}

/// Lints all documents of a case, in the order of their names.
fn lint(case: &Path, more: &[&str]) -> std::process::Output {
    let files = support::files(&case.join("documents"));
    let names: Vec<String> = files.keys().map(|name| format!("documents/{name}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    run(case, &[&["lint"], more, &names].concat())
}

/// The documents of this repository.
fn outputs(suffix: &str) -> Vec<(String, Vec<u8>)> {
    let all = support::files(&support::root().join("out"));
    all.into_iter().filter(|(name, _)| name.ends_with(suffix)).collect()
}

cases! {
"lint", compare_findings:
control_references html html5_entities inline_xbrl names second_body second_hyphens served text;
besides: "formats" "pdf" }

fn compare_findings(case: &Path) {
    expect(&case.join("findings.txt"), &transcript(&lint(case, &[])));
}

mod format {
    crate::cases::each! { super::compare_format: human short json github }
}

fn compare_format(format: &str) {
    let output = lint(&folder().join("formats"), &["--message-format", format]);
    expect(&folder().join(format!("formats/{format}.txt")), &transcript(&output));
}

#[test]
fn sarif_has_the_expected_results() {
    let output = lint(&folder().join("formats"), &["--message-format", "sarif"]);
    let mut document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = document["runs"][0]["results"].as_array_mut().unwrap();
    for result in results.iter_mut() {
        result.as_object_mut().unwrap().remove("ruleIndex"); // it moves with the table of rules
    }
    let results = format!("{:#}\n", serde_json::Value::from(std::mem::take(results)));
    expect(&folder().join("formats/sarif-results.txt"), &results);
}

#[test]
fn documents_at_the_limits_have_no_findings() {
    for name in ["text/documents/limits.txt", "html/documents/limits.htm"] {
        let output = run(&folder(), &["lint", name]);
        assert_eq!(transcript(&output), "-- stderr\n1 file · 0 errors · 0 warnings\n-- exit 0\n");
    }
}

#[test]
fn a_folder_is_its_documents() {
    let folder = support::folder();
    let path = folder.path();
    for (name, text) in [
        ("out/a/form12b25.txt", "a\tb\n"),
        ("out/a/manifest.json", "{}"),
        ("out/b/NOTICE.HTML", "<html></html>"),
        ("out/.git/c.txt", "a\tb\n"),
        ("sources/a.yaml", "a: 1\n"),
    ] {
        fs::create_dir_all(path.join(name).parent().unwrap()).unwrap();
        fs::write(path.join(name), text).unwrap();
    }
    let short = ["--message-format", "short"];
    let output = run(path, &[&["lint", "out"], &short[..]].concat());
    let found = support::text(&output.stdout);
    let files: std::collections::BTreeSet<&str> =
        found.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files.into_iter().collect::<Vec<_>>(), ["out/a/form12b25.txt", "out/b/NOTICE.HTML"]);
    assert!(support::text(&output.stderr).starts_with("2 files · "), "{}", transcript(&output));
    // Nothing that is checked is no clean result.
    assert_eq!(
        transcript(&run(path, &["lint", "sources"])),
        "-- stderr\nerror: there is no document in `sources`: no .txt, .htm or .pdf\n\
         0 files · 0 errors · 0 warnings\n-- exit 2\n"
    );
}

#[test]
fn our_documents_have_no_findings_but_a_waived_one() {
    let told = |(name, bytes): (String, Vec<u8>)| {
        let file = name.rsplit('/').next().unwrap().to_owned();
        let found = latefile::edgar::lint(&file, &bytes);
        found.into_iter().map(move |f| format!("{name}: [{}] {}", f.rule.code, f.message))
    };
    let html: Vec<String> =
        outputs(".htm").into_iter().chain(outputs(".pdf")).flat_map(told).collect();
    assert_eq!(html, [""; 0]);
    let text: Vec<String> = outputs(".txt").into_iter().flat_map(told).collect();
    let waived = "odell-sons-2025-10-k/form12b25.txt: [tag-in-text] `<Data` looks like a tag, but not one that EDGAR knows";
    assert_eq!(text, [waived], "but what the filing itself waives");
}

#[test]
fn an_unreadable_file_does_not_stop_the_others() {
    let folder = support::folder();
    fs::write(folder.path().join("a.txt"), "2^10\n").unwrap();
    fs::create_dir(folder.path().join("b.txt")).unwrap();
    fs::write(folder.path().join("c.txt"), "sound\n").unwrap();
    let output = run(
        folder.path(),
        &["lint", "gone.txt", "b.txt", "a.txt", "c.txt", "a.txt", "--message-format", "short"],
    );
    let expected = "\
a.txt:1:2: error[edgar-character]: `^` (U+005E) is outside EDGAR's alphabet
-- stderr
error: cannot read gone.txt: No such file or directory (os error 2)
error: there is no document in `b.txt`: no .txt, .htm or .pdf
3 files · 1 error · 0 warnings
-- exit 2
";
    assert_eq!(transcript(&output), expected);
    assert_eq!(run(folder.path(), &["lint"]).status.code(), Some(2));
    assert_eq!(run(folder.path(), &["lint", "c.txt"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["lint", "a.txt"]).status.code(), Some(1));
}

#[test]
fn warnings_fail_only_if_denied() {
    let folder = support::folder();
    fs::write(folder.path().join("a.txt"), "a\tb\n").unwrap();
    for (arguments, code) in
        [(&["lint", "a.txt"][..], 0), (&["lint", "a.txt", "--deny", "warnings"], 1)]
    {
        assert_eq!(run(folder.path(), arguments).status.code(), Some(code));
    }
    let quiet = run(folder.path(), &["lint", "-qq", "a.txt"]);
    assert_eq!(transcript(&quiet), "-- stderr\n-- exit 0\n");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = support::folder();
    for (name, length) in
        [("most.txt", latefile::edgar::LARGEST), ("more.txt", latefile::edgar::LARGEST + 1)]
    {
        fs::write(folder.path().join(name), "x\n".repeat(length / 2 + 1).split_at(length).0)
            .unwrap();
    }
    let output = run(
        folder.path(),
        &["lint", "most.txt", "more.txt", "/dev/zero", "--message-format", "short"],
    );
    let said = support::text(&output.stdout);
    let told =
        "more.txt:1:1: error[document-size]: the document is larger than 32 MB, and is not checked";
    assert!(said.lines().any(|line| line == told) && !said.contains("most.txt:"), "{said}");
    assert_eq!(output.status.code(), Some(1), "a device that never ends is read no further");
}

/// A repository whose templates differ from the built-in ones by one file, and were built without
/// it.
fn built_then_changed(name: &str, change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = repository(&[("a.yaml", SOUND)]);
    let output = run(folder.path(), &["build"]);
    assert!(output.status.success(), "{}", transcript(&output));
    let built_in = fs::read_to_string(support::root().join("templates").join(name)).unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine").join(name), change(&built_in)).unwrap();
    folder
}

#[test]
fn build_writes_no_document_that_edgar_refuses() {
    let changes: [(&str, &str, &str, &str); 6] = [
        ("form12b25.htm", "<h1", "<span>x</span><h1", "mine/form12b25.htm"),
        ("form12b25.htm", "</body>", "<script></script></body>", "mine/form12b25.htm"),
        ("form12b25.htm", "<h1", "<a href=\"https://example.com/\">x</a><h1", "mine/form12b25.htm"),
        ("form12b25.htm", "</body>", "</body>\n<p>late</p>", "mine/form12b25.htm"),
        ("form12b25.txt", "{{ wording.title", "<DOCUMENT>\n{{ wording.title", "mine/form12b25.txt"),
        ("letter.htm", "</body>", "&bogus;</body>", "mine/letter.htm"),
    ];
    for (name, old, new, place) in changes {
        let folder = built_then_changed(name, |template| {
            assert!(template.contains(old), "{name} has {old}");
            template.replacen(old, new, 1)
        });
        let before = support::files(&folder.path().join("out"));
        let output = run(
            folder.path(),
            &[
                "build",
                "--templates",
                "mine",
                "--message-format",
                "short",
                "--formats",
                "text,html",
            ],
        );
        let said = support::text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
        assert!(said.starts_with(place), "{said}");
        assert_eq!(said.lines().count(), 1, "once, though every specimen has it: {said}");
        assert_eq!(support::files(&folder.path().join("out")), before, "{new}");
    }
}

#[test]
fn build_names_the_place_in_document_and_template() {
    let folder = built_then_changed("form12b25.htm", |template| {
        template.replacen("<h1", "<span>x</span><h1", 1)
    });
    let output = run(folder.path(), &["build", "--templates", "mine"]);
    let said = support::text(&output.stdout);
    let line = |path: PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        text.lines().position(|line| line.contains("<h1")).unwrap() + 1
    };
    let template = line(folder.path().join("mine/form12b25.htm"));
    assert!(said.starts_with("error[html-element]: form12b25.htm:"), "{said}");
    assert!(said.contains(&format!("--> mine/form12b25.htm:{template}:1\n")), "{said}");
    let help = "= help: use `<font>`, which takes the same `style`; the template put it\n           there, and nothing was written\n";
    assert!(said.contains(help), "{said}");
}

#[test]
fn build_writes_no_pdf_that_edgar_drops() {
    let folder = built_then_changed("layout.typ", |layout| {
        layout.replacen("\n  body\n}", "\n  body\n  link(\"https://example.com/\")[x]\n}", 1)
    });
    let before = support::files(&folder.path().join("out"));
    let output = run(folder.path(), &["build", "--templates", "mine", "--message-format", "short"]);
    let said = support::text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    assert!(
        said.starts_with(
            "filings/a.yaml:1:1: error[pdf-link]: form12b25.pdf: page 2: a link to an address"
        ),
        "{said}"
    );
    assert_eq!(support::files(&folder.path().join("out")), before);
}

/// Documents to be spoiled: whatever this repository has of a kind, and the cases.
fn seeds(suffix: &str) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = outputs(suffix).into_iter().map(|(_, bytes)| bytes).collect();
    all.extend(
        support::files(&folder())
            .into_iter()
            .filter(|(n, _)| n.ends_with(suffix))
            .map(|(_, bytes)| bytes),
    );
    all
}

/// A change of some bytes at a place: bytes put in, taken out, doubled or overwritten.
fn spoil(
    bytes: &mut Vec<u8>,
    (kind, place, length, with): (u8, prop::sample::Index, usize, Vec<u8>),
) {
    if bytes.is_empty() {
        return bytes.extend(with);
    }
    let at = place.index(bytes.len());
    let end = (at + length).min(bytes.len());
    match kind {
        0 => drop(bytes.splice(at..at, with)),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let piece = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, piece));
        }
        3 => bytes.truncate(at),
        _ => drop(bytes.splice(at..end, with)),
    }
}

/// Pieces that mean something to one of the readers, among any others.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&'static [u8]> = vec![
        b"<",
        b">",
        b"</",
        b"<!--",
        b"-->",
        b"&",
        b"&#",
        b"&#x",
        b";",
        b"\"",
        b"<table>",
        b"<b>",
        b"<p>",
        b"<td>",
        b"<TABLE>",
        b"<S>",
        b"<PAGE>",
        b"\r",
        b"\n",
        b"\t",
        b"\xEF\xBB\xBF",
        b"\xFF",
        b"\xE2\x80",
        b"<<",
        b">>",
        b"[",
        b"]",
        b"(",
        b")",
        b"obj",
        b"1 0 obj",
        b"endobj",
        b"stream\n",
        b"endstream",
        b"/Type /ObjStm",
        b"/Length 9",
        b"/Filter /FlateDecode",
        b"trailer",
        b"startxref",
        b"%%EOF",
        b" R",
        b"1 0 R",
        b"/Kids [1 0 R]",
        b"<![CDATA[",
        b"<title>",
        b"<plaintext>",
    ];
    prop_oneof![
        prop::sample::select(known).prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 0..16),
        (any::<u8>(), 1..400_usize).prop_map(|(byte, count)| vec![byte; count]),
    ]
}

/// Any bytes are linted, and their words read; every finding has a place in the document.
#[test]
fn any_bytes_can_be_linted() {
    let kinds = ["form12b25.txt", "form12b25.htm", "form12b25.pdf"];
    let seeds: Vec<Vec<Vec<u8>>> =
        [".txt", ".htm", ".pdf"].iter().map(|suffix| seeds(suffix)).collect();
    let config = Config { cases: 20_000, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let change = (0..5_u8, any::<prop::sample::Index>(), 0..300_usize, piece());
    let strategy = (
        0..3_usize,
        any::<prop::sample::Index>(),
        prop::collection::vec(change, 0..12),
        any::<bool>(),
    );
    let outcome = runner.run(&strategy, |(kind, seed, changes, fresh)| {
        let mut bytes =
            if fresh { Vec::new() } else { seeds[kind][seed.index(seeds[kind].len())].clone() };
        if fresh && kind == 2 {
            bytes.extend(b"%PDF-1.7\n");
        }
        changes.into_iter().for_each(|change| spoil(&mut bytes, change));
        let findings = latefile::edgar::lint(kinds[kind], &bytes);
        match kind {
            0 => drop(text_words(&String::from_utf8_lossy(&bytes))),
            1 => drop(DocumentText::of(&blocks::blocks(&String::from_utf8_lossy(&bytes)))),
            _ => drop(pdf_words(&bytes)),
        }
        prop_assert!(findings.len() <= 120);
        let text = String::from_utf8_lossy(&bytes);
        for finding in findings {
            prop_assert!(!finding.message.is_empty());
            if let latefile::diagnostics::finding::Spot::At(position) = finding.spot {
                let offset = position.offset_in(&text);
                prop_assert_eq!(
                    latefile::diagnostics::source::Position::of_offset(&text, offset),
                    position
                );
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_line_of_very_many_columns_starts_no_table() {
    assert_eq!(text_words(&hostile::columns()).len(), 500_000);
}

#[test]
fn hostile_documents_have_few_findings() {
    for (name, bytes) in hostile::documents() {
        let findings = latefile::edgar::lint(name, &bytes);
        let start = String::from_utf8_lossy(&bytes[..12]);
        assert!((1..=120).contains(&findings.len()), "{start}: {}", findings.len());
    }
}
