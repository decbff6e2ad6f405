//! `latefile new --from`: a filing is rolled forward. Its registrants, contact, attachments,
//! letterheads and settings are kept; its reasons, answers, dates and signatures are not.

use std::fs;
use std::path::Path;

use latefile::form12b25::model::{FilingAsWritten, RegistrantEntry, RegistrantKeys};
use serde_json::{Value, json};

use crate::support::{self, run, text, transcript};

/// A repository with the samples.
fn repository() -> tempfile::TempDir {
    let folder = support::folder();
    support::copy(&support::root().join("filings"), &folder.path().join("filings"));
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

/// The ids of the filings of a folder, without the shared registrants.
fn ids(folder: &Path) -> Vec<String> {
    let files = support::files(&folder.join("filings")).into_keys();
    let ids = files.filter_map(|name| name.strip_suffix(".yaml").map(str::to_owned));
    ids.filter(|id| !id.starts_with("registrants/")).collect()
}

/// A filing as its file writes it, with values in the place of those that stand empty.
fn parse(folder: &Path, path: &str) -> FilingAsWritten {
    serde_yaml::from_str(&read(folder, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The parts of a filing that a new one keeps.
fn kept(filing: &FilingAsWritten) -> Value {
    let registrant = |entry: &RegistrantEntry| match entry {
        RegistrantEntry::Keys(keys) => {
            json!(RegistrantKeys { signature: None, ..keys.as_ref().clone() })
        }
        shared @ RegistrantEntry::Shared(_) => json!(shared),
    };
    let letters: Vec<Value> = filing
        .letters
        .iter()
        .map(|l| json!([l.kind, l.letterhead, l.to, l.salutation, l.closing]))
        .collect();
    json!({
        "registrant": registrant(&filing.registrant),
        "co_registrants": filing.co_registrants.iter().map(registrant).collect::<Vec<_>>(),
        "contact": filing.contact,
        "attachments": filing.attachments,
        "for": filing.signature.through,
        "letters": letters,
        "print": filing.print,
        "edgar": filing.edgar,
    })
}

/// Fills in what `latefile check` asks for, and asserts that it asks for each key that stands empty.
fn fill(folder: &Path, path: &str) {
    let answers = [
        ("period_ended", "2026-12-31"),
        ("relief", "none"),
        ("narrative", "\n  Why."),
        ("body", "\n      Why."),
        ("all_filed", "true"),
        ("anticipated", "false"),
        ("date", "2027-01-01"),
        ("signer", "executive-officer"),
        ("name", "Jane Roe"),
        ("title", "President"),
        ("signed_by", "Jane Roe"),
        ("phone", "207-555-0100"),
    ];
    let output = run(folder, &["check", path, "--message-format", "short"]);
    let mut lines: Vec<String> = read(folder, path).lines().map(str::to_owned).collect();
    for finding in text(&output.stdout).lines() {
        assert!(
            finding.contains("error[missing-key]") || finding.contains("is an empty text"),
            "{finding}\n{}",
            lines.join("\n")
        );
        let number: usize = finding.split(':').nth(1).unwrap().parse().unwrap();
        let key = finding.split('`').nth(1).unwrap().rsplit('.').next().unwrap();
        let answer = answers.iter().find(|(known, _)| *known == key);
        let line = &mut lines[number - 1];
        assert!(line.ends_with([':', '|']), "{finding}");
        *line += &format!(" {}", answer.unwrap_or_else(|| panic!("{finding}")).1);
        *line = line.replace("| \n", "|\n");
    }
    fs::write(folder.join(path), lines.join("\n") + "\n").unwrap();
}

/// Rolls a filing forward, fills in what is asked for, and compares what is kept.
fn roll(folder: &Path, id: &str) {
    let earlier = parse(folder, &format!("filings/{id}.yaml"));
    let path = format!("filings/next/{}.yaml", id.replace('/', "-"));
    let form = earlier.report.form.to_string();
    support::succeeds(folder, &["new", &form, &path, "--from", id]);
    let made = read(folder, &path);
    for empty in ["period_ended:", "relief:", "narrative: |", "  all_filed:", "  signed: false"] {
        assert!(made.lines().any(|line| line.trim() == empty.trim()), "{empty} in\n{made}");
    }
    for gone in ["\nwaive:", "\nfiled:", "\namendment:", "signed: true", "\nedition: 1"] {
        assert!(!made.contains(gone), "{gone} in\n{made}");
    }
    fill(folder, &path);
    let next = parse(folder, &path);
    let mut expected = kept(&earlier);
    if form != "N-CSR" {
        expected["registrant"].as_object_mut().map(|keys| keys.remove("series"));
    }
    let mut found = kept(&next);
    if earlier.contact.is_none() {
        found["contact"].take();
    }
    assert_eq!(found, expected, "{id}\n{}", read(folder, &path));
    assert!(next.waive.is_empty() && next.filed.is_none() && next.amendment.is_none());
}

#[test]
fn each_sample_is_rolled_forward() {
    let folder = repository();
    for id in ids(folder.path()) {
        roll(folder.path(), &id);
    }
}

/// A filing with a text in the place of each `§`, as flow YAML, which has no line to copy.
const HOSTILE: &str = r#"{report: {form: 10-K, period_ended: 2025-12-31},
  registrant: {name: §, former_name: §, cik: "1", file_number: §, cusip: §,
    address: {street: [§, §], city: §, state: §, zip: §, country: §}},
  co_registrants: [{name: §, cik: "2", address: {street: §, city: §},
    signature: {signed: true, date: 2026-03-31, name: §, title: [§, §], signer: executive-officer, for: [{name: §, capacity: §}]}}],
  relief: sought, narrative: §, contact: {name: §, phone: §},
  prior_reports: {all_filed: true}, results_change: {anticipated: true, explanation: §},
  attachments: [{title: §, body: [§, {list: [§, §]}, {table: {columns: [§], rows: [[§], [§]]}}]}],
  signature: {signed: true, date: 2026-03-31, name: §, title: §, signer: executive-officer, for: [{name: §, capacity: §}]},
  letters: [{kind: cover, letterhead: {name: §, tagline: §, lines: [§, §]}, date: 2026-03-31, to: [§, §], re: [§, §],
    salutation: §, body: §, closing: §, signed: true, signed_by: §, signed_title: §}],
  print: {omb_expires: §}, edgar: {contact: {name: §, phone: §}, notify: [§]},
  waive: [{rule: unsigned, because: §}]}"#;

#[test]
fn hostile_texts_are_rolled_forward_as_they_are() {
    let folder = support::folder();
    fs::create_dir(folder.path().join("filings")).unwrap();
    let texts = [
        "a: b",
        "- a",
        "# a",
        "a # b",
        "'a'",
        "\"a\"",
        "it's \"a\"",
        "\\n",
        "yes",
        "No",
        "null",
        "~",
        "010",
        "1e3",
        "2.50",
        "12:30:45",
        "2025-12-31",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "{a",
        "[a]",
        "]",
        "| a",
        "> a",
        "a:",
        "---",
        "a\nb",
        "a\n\n  b\n",
        "\n a\n",
        "\ta\tb",
        "{{ a }} {% b %} {# c #}",
        "é “a” — €",
        "北京",
        "a\u{a0}b",
        "${HOME} `id` $(id)",
        "x, {y: z}",
        "In the earlier notice: ]}",
    ];
    for (number, hostile) in texts.iter().enumerate() {
        let quoted = serde_json::to_string(hostile).unwrap();
        let path = folder.path().join(format!("filings/h{number}.yaml"));
        fs::write(path, HOSTILE.replace('§', &quoted)).unwrap();
        roll(folder.path(), &format!("h{number}"));
    }
}

#[test]
fn what_is_kept_is_as_it_was_written() {
    let folder = repository();
    let run = |line: &str| {
        let output = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert!(output.status.success(), "{}", transcript(&output));
    };
    run(
        "new 10-Q filings/next/combined.yaml --from harbor-point/2025-10-q --period-ended 2026-06-30",
    );
    run(
        "new 10-K filings/next/letter.yaml --from filings/igene-1997-10-k.yaml --status accelerated",
    );
    run("new 10-K filings/next/shared.yaml --registrant quillfeather --period-ended 2026-12-31");
    run("new 10-K filings/next/other.yaml --registrant quillfeather --status accelerated");
    run("new 10-K/A filings/next/amended.yaml --from tamarisk-ridge-2025-10-k");
    let commented = support::SOUND
        .replace("  cik:", "  # As EDGAR has it.\n  cik:")
        .replace("Portland, state", "Portland,  # by the sea\n    state");
    fs::write(folder.path().join("filings/commented.yaml"), commented).unwrap();
    run("new 10-Q filings/next/commented.yaml --from commented --period-ended 2026-03-31");
    // Another status, and a form that has none, are written anew.
    run("new 10-Q filings/next/promoted.yaml --from commented --status accelerated");
    run("new 11-K filings/next/plan.yaml --from commented");
    for name in ["promoted", "plan"] {
        let made = read(folder.path(), &format!("filings/next/{name}.yaml"));
        assert!(!made.contains("non-accelerated\n") && made.contains("Quiet Harbor"), "{made}");
    }
    for name in ["combined", "letter", "shared", "other", "amended", "commented"] {
        let made = read(folder.path(), &format!("filings/next/{name}.yaml"));
        assert!(made.lines().all(|line| !line.ends_with(' ')), "{made}");
        let expected = format!("tests/cases/starting/rolled/{name}.yaml");
        support::expect(&support::root().join(expected), &made);
    }
}

#[test]
fn a_refusal_says_which_filing_or_registrant_is_meant() {
    let folder = repository();
    fs::write(folder.path().join("filings/broken.yaml"), "report: {form: 10-K}\n").unwrap();
    let before = support::files(folder.path());
    let mut said = String::new();
    for line in [
        "10-K filings/a.yaml --from quilfeather-2025-10-k",
        "10-K filings/a.yaml --from filings/nowhere.yaml",
        "10-Q filings/a.yaml --from filings",
        "10-Q filings/a.yaml --from filings/registrants/quillfeather.yaml",
        "10-K filings/a.yaml --from broken",
        "10-K filings/a.yaml --registrant quilfeather",
        "10-K filings/a.yaml --registrant Nobody/x",
        "10-K filings/broken.yaml --from igene-1997-10-k",
    ] {
        let args: Vec<&str> = ["new"].into_iter().chain(line.split(' ')).collect();
        said += &format!("$ latefile new {line}\n{}", support::fails(folder.path(), &args, 2));
    }
    support::expect(&support::root().join("tests/cases/starting/rolled/refused.txt"), &said);
    assert_eq!(before, support::files(folder.path()));
}
