//! Filings as submissions: the samples packaged and read back, what does not fit told at its place
//! in the YAML, and what stands against a live package.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::cases::{self, cases};
use crate::support::{self, SOUND, expect, repository, run, text, transcript};

/// The samples in a folder of their own.
fn samples() -> tempfile::TempDir {
    let folder = support::folder();
    for part in ["filings", "templates"] {
        support::copy(&support::root().join(part), &folder.path().join(part));
    }
    folder
}

/// The packages in a folder, by their paths.
fn packages(folder: &Path) -> BTreeMap<String, String> {
    support::files(folder).into_iter().map(|(name, bytes)| (name, text(&bytes))).collect()
}

/// What stands between the tags of a name, each time.
fn values<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("{name}>");
    let inside = |piece: &'a str| piece.split_once("</").map(|(value, _)| value);
    xml.split(&open).skip(1).step_by(2).filter_map(inside).collect()
}

/// The documents of a package: names, types, bytes.
fn documents(xml: &str) -> Vec<(String, String, Vec<u8>)> {
    let kinds = values(xml, "conformedDocumentType");
    let contents = values(xml, "contents");
    let names = values(xml, "conformedName").into_iter().zip(kinds).zip(contents);
    names
        .map(|((name, kind), packed)| {
            (name.to_owned(), kind.to_owned(), BASE64.decode(packed).unwrap())
        })
        .collect()
}

/// Holds a package against the schema of its namespace, where `xmllint` is installed.
pub(crate) fn schema_verdict(path: &Path, namespace: &str) -> Option<bool> {
    let schema = support::root().join(format!("tests/schemas/edgar/{namespace}.xsd"));
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .arg(path)
        .output()
        .ok()?;
    Some(output.status.success())
}

#[test]
fn every_sample_reads_back_with_the_documents_of_out() {
    let folder = samples();
    let args = ["package", "--templates", "templates", "-qq", "--to", "made"];
    let output = run(folder.path(), &args);
    assert_eq!(transcript(&output), "-- stderr\n-- exit 0\n");
    let made = packages(&folder.path().join("made"));
    let filings = support::files(&support::root().join("filings"));
    let ids: Vec<String> =
        filings.keys().filter(|name| !name.starts_with("registrants")).cloned().collect();
    assert_eq!(made.len(), ids.len());
    let mut copies = 0;
    for (name, xml) in &made {
        let path = format!("made/{name}");
        let output = run(folder.path(), &["package", "--check", &path, "--deny", "warnings"]);
        assert_eq!(
            (text(&output.stdout).as_str(), output.status.code()),
            ("", Some(0)),
            "{}",
            transcript(&output)
        );
        let id = name.strip_suffix("/submission.xml").unwrap();
        let out = support::root().join("out").join(id);
        let parts = documents(xml);
        for (document, _, bytes) in &parts {
            assert!(
                fs::read(out.join(document)).unwrap() == *bytes,
                "{id}: {document} is that of out/"
            );
        }
        let suffix = if xml.contains("form12b25.htm") { "htm" } else { "txt" };
        let stems = |suffix: &str| {
            support::files(&out).keys().filter(|name| name.ends_with(suffix)).count()
        };
        let copied = parts.iter().filter(|(name, ..)| name.ends_with(".pdf")).count();
        assert_eq!(parts.len() - copied, stems(suffix), "{id}: each document once");
        copies += copied;
        let family = values(xml, "submissionType")[0];
        let namespace = match family.trim_end_matches("/A") {
            "NT-NCEN" => "singlefilersc",
            "NT-NCSR" | "NT-NSAR" => "coregsc",
            _ => "coreg",
        };
        assert!(xml.contains(&format!("=\"http://www.sec.gov/edgar/{namespace}\"")), "{family}");
        assert_ne!(schema_verdict(&folder.path().join(&path), namespace), Some(false), "{id}");
    }
    assert!(copies > 0, "a sample asks for PDF copies");
}

#[test]
fn every_run_writes_the_same_bytes() {
    let folder = samples();
    let only = ["filings/igene-1997-10-k.yaml", "filings/arbor-lane-2025-n-csr.yaml"];
    for (to, zone) in [("a", "UTC"), ("b", "Pacific/Kiritimati")] {
        let output = support::latefile(folder.path())
            .args(["package", "-q", "--to", to])
            .args(only)
            .env("TZ", zone)
            .output();
        assert!(output.unwrap().status.success());
    }
    assert_eq!(packages(&folder.path().join("a")), packages(&folder.path().join("b")));
    let time = |folder: &Path| {
        fs::metadata(folder.join("a/igene-1997-10-k/submission.xml")).unwrap().modified().unwrap()
    };
    let before = time(folder.path());
    run(folder.path(), &["package", "-q", "--to", "a", only[0], only[1]]);
    assert_eq!(before, time(folder.path()), "what is the same is not written again");
}

#[test]
fn only_pdf_copies_need_typst() {
    let folder = repository(&[
        ("plain.yaml", SOUND),
        (
            "copied.yaml",
            &(SOUND.replace("0009990001", "0009990002") + "edgar: {pdf_copies: true}\n"),
        ),
    ]);
    let without = |args: &[&str]| {
        let mut command = support::latefile(folder.path());
        command.args(["package", "--to", "made", "--message-format", "short"]).args(args);
        command
            .env("PATH", "")
            .env("HOME", "/nonexistent")
            .env_remove("XDG_CACHE_HOME")
            .output()
            .unwrap()
    };
    let output = without(&["filings/plain.yaml", "--typst", "/nonexistent/typst"]);
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    let output = without(&[]);
    assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
    assert!(text(&output.stderr).contains("there is no typst"), "{}", transcript(&output));
    assert_eq!(
        packages(&folder.path().join("made")).into_keys().collect::<Vec<_>>(),
        ["plain/submission.xml"]
    );
}

cases! { "package", compare_findings: fields live; besides: "check" }

fn compare_findings(case: &Path) {
    let folder = support::folder();
    support::copy(&case.join("filings"), &folder.path().join("filings"));
    let live: &[&str] = if cases::name(case) == "live" { &["--live"] } else { &[] };
    let output = run(folder.path(), &[&["package"], live].concat());
    let made: Vec<String> = packages(&folder.path().join("packages")).into_keys().collect();
    let said = format!("{}-- packages\n{}\n", transcript(&output), made.join("\n"));
    expect(&case.join("findings.txt"), &said);
}

#[test]
fn fields_are_spelled_as_edgar_does() {
    let folder = support::folder();
    support::copy(
        &support::root().join("tests/cases/package/fields/filings"),
        &folder.path().join("filings"),
    );
    run(folder.path(), &["package", "filings/sound.yaml"]);
    let xml = packages(&folder.path().join("packages")).remove("sound/submission.xml").unwrap();
    let head = xml.split("<com:contents>").next().unwrap();
    expect(&support::root().join("tests/cases/package/fields/sound.xml"), head);
    assert_eq!(documents(&xml)[0].0, "form12b25.txt");
}

#[test]
fn documents_have_their_types() {
    let letters = "\
letters:
  - {kind: cover, date: 2026-03-31, body: We file this notice., signed: true, signed_by: Jane Roe}
  - {kind: authority, date: 2026-03-31, body: Jane Roe may sign., signed: true, signed_by: John Roe, exhibit: EX-24}
  - {kind: accountant-statement, date: 2026-03-31, body: We cannot., signed: true, signed_by: A LLP}
  - {kind: accountant-statement, date: 2026-03-31, body: Nor can we., signed: true, signed_by: B LLP}
amendment: {explanatory_note: This amendment adds the statements., original_filed: 2026-03-31}
edgar: {pdf_copies: true}
";
    let folder = repository(&[("a.yaml", &(SOUND.to_owned() + letters))]);
    let output = run(folder.path(), &["package", "--to", "made", "-q"]);
    assert!(output.status.success(), "{}", transcript(&output));
    let xml = packages(&folder.path().join("made")).remove("a/submission.xml").unwrap();
    let kinds: Vec<String> =
        documents(&xml).iter().map(|(name, kind, _)| format!("{name} {kind}")).collect();
    let expected = [
        "form12b25.htm NT 10-K/A",
        "form12b25.pdf NT 10-K/A",
        "cover.htm COVER",
        "cover.pdf COVER",
        "ex24.htm EX-24",
        "ex24.pdf EX-24",
        "ex99-1.htm EX-99.1",
        "ex99-1.pdf EX-99.1",
        "ex99-2.htm EX-99.2",
        "ex99-2.pdf EX-99.2",
    ];
    assert_eq!(kinds, expected);
    let output = run(folder.path(), &["package", "--check", "made/a/submission.xml"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), String::new()));
}

#[test]
fn a_warning_is_accepted_by_its_code() {
    let folder = repository(&[(
        "a.yaml",
        &SOUND.replace("  filer_status", "  file_number: 811-12345\n  filer_status"),
    )]);
    let live = |more: &[&str]| {
        run(folder.path(), &[&["package", "--live", "--message-format", "short"], more].concat())
    };
    assert_eq!(live(&[]).status.code(), Some(1));
    let output =
        live(&["--accept", "file-number-class", "--accept", "notice-late", "--deny", "warnings"]);
    let expected = "\
filings/a.yaml:5:16: warning[file-number-class]: `811-12345` is not of the class of a registrant that files Form 10-K (waived)
-- stderr
note: `notice-late` was accepted, but does not occur
1 filing · 1 LIVE package in packages, without CCCs · 0 errors · 0 warnings · 1 waived
-- exit 0
";
    assert_eq!(transcript(&output), expected);
    let xml = packages(&folder.path().join("packages")).remove("a/submission.xml").unwrap();
    assert_eq!(
        (values(&xml, "liveTestFlag"), values(&xml, "filerCcc")),
        (vec!["LIVE"], vec!["NO-CCC-0"])
    );
    for (arguments, told) in [
        (
            &["--accept", "file-number-clas"][..],
            "there is no rule `file-number-clas` to accept; did you mean `file-number-class`?",
        ),
        (
            &["--accept", "unsigned"],
            "`unsigned` cannot be accepted: a notice is signed before it is filed",
        ),
    ] {
        let output = live(arguments);
        assert_eq!(transcript(&output), format!("-- stderr\nerror: {told}\n-- exit 2\n"));
    }
    assert_eq!(run(folder.path(), &["package", "--accept", "notice-late"]).status.code(), Some(2));
}

#[test]
fn sources_and_outputs_are_refused_as_targets() {
    let folder = repository(&[("a.yaml", SOUND)]);
    for to in ["filings", "filings/packages", "out", "out/x"] {
        let output = run(folder.path(), &["package", "--to", to]);
        assert_eq!(output.status.code(), Some(2), "{to}");
    }
    assert_eq!(packages(folder.path()).len(), 1);
    let output = run(folder.path(), &["package", "gone.yaml"]);
    assert_eq!(transcript(&output), "-- stderr\nerror: there is no `gone.yaml`\n-- exit 2\n");
}

#[test]
fn broken_templates_make_no_package() {
    let folder = repository(&[("a.yaml", SOUND)]);
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/form12b25.htm"), "{{ nothing }").unwrap();
    let output =
        run(folder.path(), &["package", "--templates", "mine", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    assert!(text(&output.stdout).contains("error[template]"), "{}", transcript(&output));
    assert!(!folder.path().join("packages").exists());
}
