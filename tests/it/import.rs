//! `latefile import`. A case is a notice that was filed, or the beginning of one, or a Word draft,
//! with the YAML that is read from it, whole.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cases::cases;
use crate::support::{self, text};

cases! {
    "import", compare:
    arthur_treachers_1998 banco_macro_2019 catalyst_funds_2009 deltona_corp_1994
    erd_waste_corp_1997 exhibits_of_a_submission ferro_corp_2004 input_output_2005
    lumen_orchard_2024 medtox_scientific_1999
    nuo_therapeutics_2022 quantum_corp_2026 seed sino_green_land_2010 successories_2002
    unclear word_tracked_changes word_wingdings_sym
}

fn compare(case: &Path) {
    let files = support::files(case);
    let original = files.keys().find(|name| name.starts_with("original.")).unwrap();
    let output = support::run(case, &["import", original]);
    assert!(output.status.success(), "{}", support::transcript(&output));
    support::expect(&case.join("filing.yaml"), &text(&output.stdout));
    support::expect(&case.join("findings.txt"), &text(&output.stderr));
    // It is YAML, and `check` finds nothing in it but keys that are missing.
    let folder = support::repository(&[("a.yaml", &text(&output.stdout))]);
    let checked = support::run(folder.path(), &["check", "-q", "--message-format", "short"]);
    let others: Vec<String> = text(&checked.stdout)
        .lines()
        .filter(|line| line.contains(" error[") && !line.contains("[missing-key]"))
        .map(str::to_owned)
        .collect();
    assert!(others.is_empty(), "{others:#?}");
}

/// Editors jump to the place in the original, and only denied findings affect the exit code.
#[test]
fn findings_have_their_place_in_the_original() {
    let case = support::root().join("tests/cases/import/unclear");
    let args = ["import", "original.htm", "--message-format", "short"];
    let output = support::run(&case, &[&args[..], &["--deny", "import-leftover"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let original = fs::read_to_string(case.join("original.htm")).unwrap();
    let mut found = Vec::new();
    for line in text(&output.stderr).lines().filter(|line| line.contains(" warning[")) {
        let parts: Vec<&str> = line.splitn(4, ':').collect();
        let (row, column): (usize, usize) = (parts[1].parse().unwrap(), parts[2].parse().unwrap());
        let text: String =
            original.lines().nth(row - 1).unwrap().chars().skip(column - 1).take(18).collect();
        found.push((parts[3].split(['[', ']']).nth(1).unwrap().to_owned(), text));
    }
    let expected = [
        ("import-unread", "For Period Ended: "),
        ("import-unread", "Have all other per"),
        ("import-leftover", "Printed by the fil"),
    ];
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expected);
    let output = support::run(&case, &[&args[..], &["--deny", "warnings"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(support::run(&case, &args).status.code(), Some(0));
    let output = support::run(&case, &["import", "original.htm", "--message-format", "json"]);
    let lines = text(&output.stderr);
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["code"], "import-unread");
}

/// The value at a path such as `report.form` as a text without white space and quotes.
fn value(filing: &Value, path: &str) -> String {
    let found = path.split('.').try_fold(filing, |value, key| value.get(key));
    words(found.unwrap_or(&Value::Null))
}

/// The words of a value, in their order, spelled as EDGAR's texts spell them.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(" "),
        Value::Object(entries) => {
            let parts = entries.iter().filter(|(key, _)| *key != "align").map(|(_, v)| words(v));
            parts.collect::<Vec<_>>().join(" ")
        }
        Value::String(text) => spelled(text),
        other => other.to_string(),
    }
}

fn spelled(text: &str) -> String {
    let spelled = latefile::edgar::spell(text).expect("a text of EDGAR's alphabet");
    spelled.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Keys whose values every document of a notice shows.
const SHOWN: [&str; 17] = [
    "report.form",
    "report.period_ended",
    "report.portion",
    "registrant.name",
    "registrant.former_name",
    "registrant.file_number",
    "registrant.cusip",
    "registrant.address.city",
    "relief",
    "narrative",
    "contact.name",
    "prior_reports.all_filed",
    "results_change.anticipated",
    "signature.signed",
    "signature.date",
    "signature.name",
    "signature.title",
];

#[test]
fn our_own_documents_are_read_back() {
    let root = support::root();
    let folder = support::folder();
    let mut compared = 0;
    for name in support::files(&root.join("filings")).keys() {
        let Some(id) = name.strip_suffix(".yaml").filter(|id| !id.contains('/')) else { continue };
        let read = |path: &Path| -> Value {
            serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
        };
        let mut source = read(&root.join("filings").join(name));
        let shared = source["registrant"].as_str().or(source["registrant"]["use"].as_str());
        if let Some(shared) = shared {
            let path = root.join(format!("filings/registrants/{shared}.yaml"));
            let mut whole = read(&path);
            if let (Some(own), Some(whole)) =
                (source["registrant"].as_object(), whole.as_object_mut())
            {
                whole.extend(own.clone());
            }
            source["registrant"] = whole;
        }
        for format in ["txt", "htm"] {
            let original = root.join(format!("out/{id}/form12b25.{format}"));
            let to = folder.path().join(format!("{id}.{format}.yaml"));
            let args = ["import", original.to_str().unwrap(), "--to", to.to_str().unwrap()];
            support::succeeds(folder.path(), &args);
            let imported = read(&to);
            for path in SHOWN {
                let (own, back) = (value(&source, path), value(&imported, path));
                // Each document prints an address in its own lines.
                let same = own == back || (path.ends_with("city") && back.starts_with(&own));
                assert!(same, "{id} {format} {path}\n  source {own}\n  import {back}");
                compared += 1;
            }
        }
    }
    assert!(compared > 400, "{compared}");
}

/// The notice of 1998 gives the filing of the repository, but for what the notice does not show, and
/// for the misprints that the filing corrects in the auditor's letter.
#[test]
fn the_seed_gives_the_filing_of_the_repository() {
    let read = |path: &str| -> Value {
        let text = fs::read_to_string(support::root().join(path)).unwrap();
        serde_yaml::from_str(&text).unwrap()
    };
    let imported = read("tests/cases/import/seed/filing.yaml");
    let mut source = read("filings/igene-1997-10-k.yaml");
    for key in ["print", "waive"] {
        source.as_object_mut().unwrap().remove(key);
    }
    for (part, keys) in
        [("registrant", &["cik", "file_number", "filer_status"][..]), ("signature", &["signer"])]
    {
        keys.iter().for_each(|key| _ = source[part].as_object_mut().unwrap().remove(*key));
    }
    for key in ["letterhead", "to", "body"] {
        source["letters"][0][key] = imported["letters"][0][key].clone();
    }
    assert_eq!(imported, source);
}

#[test]
fn what_is_no_notice_is_one_clear_error() {
    let folder = support::folder();
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    file("letter.txt", b"Dear Sirs, nothing here.\n");
    file("a.pdf", b"%PDF-1.7\n");
    file("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file("broken.docx", b"PK\x03\x04broken");
    file("binary", b"\x00\x01\x02");
    file("empty.txt", b"");
    for (name, error) in [
        ("letter.txt", "it is no Form 12b-25: none of its captions is there"),
        ("a.pdf", "it is a PDF; import reads the HTML or the text that was filed, or a Word file"),
        ("old.doc", "it is a Word file of the old format; save it as .docx"),
        ("broken.docx", "it is a damaged archive"),
        ("binary", "it is neither a text nor HTML nor a Word file"),
        ("empty.txt", "it is no Form 12b-25: none of its captions is there"),
        ("gone.txt", "cannot read gone.txt"),
    ] {
        let said = support::fails(folder.path(), &["import", name], 2);
        assert!(said.contains(error), "{name}: {said}");
    }
}

#[test]
fn nothing_is_overwritten_and_one_bad_file_stops_no_other() {
    let folder = support::folder();
    let seed = support::root().join("tests/cases/import/seed/original.txt");
    fs::copy(&seed, folder.path().join("Last Year.txt")).unwrap();
    fs::write(folder.path().join("x.txt"), "x").unwrap();
    let said =
        support::fails(folder.path(), &["import", "x.txt", "Last Year.txt", "--to", "made"], 2);
    assert!(said.contains("made/last-year.yaml written"), "{said}");
    let written = fs::read(folder.path().join("made/last-year.yaml")).unwrap();
    let said = support::fails(folder.path(), &["import", "Last Year.txt", "--to", "made"], 2);
    assert!(said.contains("there is a `made/last-year.yaml` already"), "{said}");
    assert_eq!(fs::read(folder.path().join("made/last-year.yaml")).unwrap(), written);
    support::fails(folder.path(), &["import", "x.txt", "Last Year.txt"], 2);
}

/// The header of a submission fills in what the notice does not have.
#[test]
fn a_whole_submission_is_read_with_its_header_and_its_exhibits() {
    let folder = support::folder();
    let seed =
        fs::read_to_string(support::root().join("tests/cases/import/seed/original.txt")).unwrap();
    let submission = format!(
        "<SEC-HEADER>0000352747-98-000001.hdr.sgml : 19980331\nACCESSION NUMBER:\t\t0000352747-98-000001\n\
         CONFORMED SUBMISSION TYPE:\tNT 10-K\nFILED AS OF DATE:\t\t19980331\nFILER:\n\tCOMPANY DATA:\n\t\t\
         COMPANY CONFORMED NAME:\t\t\tIGENE BIOTECHNOLOGY INC\n\t\tCENTRAL INDEX KEY:\t\t\t0000352747\n\t\tSEC FILE NUMBER:\t0-15888\n\
         </SEC-HEADER>\n<DOCUMENT>\n<TYPE>NT 10-K\n<SEQUENCE>1\n<TEXT>\n{seed}</TEXT>\n</DOCUMENT>\n\
         <DOCUMENT>\n<TYPE>EX-99\n<DESCRIPTION>Press release\n<TEXT>\nIgene announces a delay.\n</TEXT>\n</DOCUMENT>\n"
    );
    fs::write(folder.path().join("0000352747-98-000001.txt"), submission).unwrap();
    let output = support::run(folder.path(), &["import", "0000352747-98-000001.txt"]);
    let yaml = text(&output.stdout);
    for line in [
        "  name: IGENE Biotechnology, Inc.\n",
        "  cik: \"0000352747\"\n",
        "  file_number: 0-15888\n",
        "filed: {date: 1998-03-31, accession: 0000352747-98-000001}\n",
        "  - kind: exhibit\n    title: Press release\n    body: |\n      Igene announces a delay.\n",
    ] {
        assert!(yaml.contains(line), "{line}: {yaml}");
    }
}

/// Control characters, which YAML cannot have, and other faults of headers and names of files.
#[test]
fn headers_that_are_damaged_leave_the_yaml_whole() {
    let folder = support::folder();
    let seed = support::root().join("tests/cases/import/seed/original.txt");
    let submission = format!(
        "<SEC-HEADER>\nACCESSION NUMBER:\t0000352747-98-000001\u{8}\nFILED AS OF DATE:\t19980331\n\
         SEC FILE NUMBER:\t0-\u{1}15888\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>NT 10-K\u{0B}\n<TEXT>\n{}</TEXT>\n</DOCUMENT>\n\
         <DOCUMENT>\n<TYPE>EX-99\u{8}\n<DESCRIPTION>PRESS\u{85} RELEASE\u{8}\n<TEXT>\nIgene announces a delay.\n</TEXT>\n",
        fs::read_to_string(seed).unwrap()
    );
    let name = "a\u{8}\u{FEFF}b.txt";
    fs::write(folder.path().join(name), submission).unwrap();
    let yaml = text(&support::run(folder.path(), &["import", name]).stdout);
    assert!(serde_yaml::from_str::<Value>(&yaml).is_ok(), "{yaml}");
    assert!(yaml.contains("filed: {date: 1998-03-31, accession: 0000352747-98-000001}"), "{yaml}");
    assert!(yaml.contains("PRESS RELEASE"), "{yaml}");
    // A number that is none is left out.
    let submission = fs::read_to_string(folder.path().join(name)).unwrap();
    let wrong = submission.replace("0000352747-98-000001", "0000352747: {98-000001");
    fs::write(folder.path().join("wrong.txt"), wrong).unwrap();
    let yaml = text(&support::run(folder.path(), &["import", "wrong.txt"]).stdout);
    assert!(!yaml.contains("\nfiled:"), "{yaml}");
    assert!(serde_yaml::from_str::<Value>(&yaml).is_ok(), "{yaml}");
}

/// A name, and a change of a document that keeps what it says.
type Drawing = (&'static str, fn(&str) -> String);

/// The ways in which notices draw boxes, and spell captions and headings.
const DRAWINGS: [Drawing; 19] = [
    ("brackets", |text| text.replace("[X]", "(X)").replace("[ ]", "( )")),
    ("bars", |text| text.replace("[X]", "|X|").replace("[ ]", "|_|")),
    ("lines", |text| text.replace("[X]", "_X_").replace("[ ]", "___")),
    ("strokes", |text| text.replace("[X]", "/X/").replace("[ ]", "/ /")),
    ("symbols", |text| text.replace("[X]", "\u{FD}").replace("[ ]", "o")),
    ("narrow", |text| text.replace("[X]", "[x]").replace("[ ]", "[]")),
    ("signs", |text| text.replace("[X]", "\u{2612}").replace("[ ]", "\u{2610}")),
    ("apart", |text| text.replace("PART I", "P ART I")),
    ("period", |text| text.replace("For Period Ended:", "For the fiscal year ended:")),
    ("misprints", |text| {
        text.replace("Nothing in this form", "Nothing in the form")
            .replace("State below in reasonable", "State below in resonable")
            .replace("periodic reports", "periodic report")
    }),
    ("doubled", |text| text.replace("[X]", "[XX]").replace("[ ]", "[  ]")),
    ("squares", |text| text.replace("[X]", "\u{25A0}").replace("[ ]", "\u{25A1}")),
    ("after", |text| {
        text.replace("[X] Yes   [ ] No", "Yes _X_   No ___")
            .replace("[ ] Yes   [X] No", "Yes ___   No _X_")
    }),
    ("one", |text| {
        text.replace("[X] Yes   [ ] No", "X Yes     No").replace("[ ] Yes   [X] No", "Yes     X No")
    }),
    ("barred", |text| {
        let each = text.replace("[X] (", "[X] | (").replace("[ ] (", "[ ] | (");
        each.replace("  [X]  |", "       |").replace("       | (a)", "  [X]  | (a)")
    }),
    ("bare", |text| text.replace("] Form 10", "] 10").replace("PART III -- NARRATIVE\n", "\n")),
    ("paged", |text| text.replace("PART II --", "5\n\n<PAGE>\n\nPART II --")),
    ("preformatted", |text| {
        format!(
            "<html><body><pre>\n{}</pre></body></html>",
            text.replace('&', "&amp;").replace('<', "&lt;")
        )
    }),
    ("indented", |text| text.lines().map(|line| format!("      {line}\n")).collect()),
];

#[test]
fn boxes_and_captions_are_read_however_they_are_printed() {
    let folder = support::folder();
    let path = folder.path().join("a.txt");
    let imported = |document: &str| {
        fs::write(&path, document).unwrap();
        let yaml = text(&support::run(folder.path(), &["import", "a.txt"]).stdout);
        serde_yaml::from_str::<Value>(&yaml).unwrap_or_else(|error| panic!("{error}: {yaml}"))
    };
    for id in ["igene-1997-10-k", "quillfeather-2025-10-k", "osprey-knoll-2025-10-q-a"] {
        let original = support::root().join(format!("out/{id}/form12b25.txt"));
        let original = fs::read_to_string(original).unwrap();
        let expected = imported(&original);
        for (name, draw) in DRAWINGS {
            let changed = draw(&original);
            assert_ne!(changed, original, "{id} {name}");
            let found = imported(&changed);
            for path in SHOWN {
                assert_eq!(value(&found, path), value(&expected, path), "{id} {name} {path}");
            }
        }
    }
}
