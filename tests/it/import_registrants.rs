//! `latefile import --registrant` and `latefile init --import`: notices become a part of a
//! repository.

use std::fs;

use crate::support::{self, text};

/// A document of the repository's outputs, in a folder as last year's notice.
fn document(id: &str) -> String {
    fs::read_to_string(support::root().join(format!("out/{id}/form12b25.txt"))).expect("a document")
}

#[test]
fn registrants_are_shared_and_named() {
    let folder = support::folder();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    let first = document("quillfeather-2025-10-k");
    fs::write(folder.path().join("first.txt"), &first).expect("a file");
    fs::write(folder.path().join("second.txt"), first.replace("2025", "2024")).expect("a file");
    let moved = first.replace("Street and Number):     ", "Street and Number):     1 New Lane, ");
    assert_ne!(first, moved);
    fs::write(folder.path().join("moved.txt"), moved).expect("a file");
    fs::write(folder.path().join("three.txt"), document("harbor-point/2025-10-q")).expect("a file");
    let files = ["first.txt", "second.txt", "moved.txt", "three.txt"];
    let mut args = vec!["import", "--registrant", "--to", "filings"];
    args.extend(files);
    let output = support::run(folder.path(), &args);
    assert!(output.status.success(), "{}", support::transcript(&output));
    let said = text(&output.stderr);
    let shared = "filings/registrants/quillfeather-home-brands-inc.yaml";
    assert!(said.contains(&format!("{shared} written\nfilings/first.yaml written\n")), "{said}");
    assert!(said.contains(&format!("{shared} kept\nfilings/second.yaml written\n")), "{said}");

    assert!(read(shared).contains("\nname: Quillfeather Home Brands, Inc.\n"), "{}", read(shared));
    for name in ["filings/first.yaml", "filings/second.yaml"] {
        let filing = read(name);
        assert!(filing.contains("\nregistrant: quillfeather-home-brands-inc\n"), "{filing}");
    }
    // Another address replaces that of the file.
    let filing = read("filings/moved.yaml");
    let own =
        "\nregistrant:\n  use: quillfeather-home-brands-inc\n  name: Quillfeather Home Brands";
    assert!(filing.contains(own) && filing.contains("1 New Lane"), "{filing}");
    let filing = read("filings/three.yaml");
    let others = "co_registrants:\n  - harbor-point-electric-company\n  - harbor-point-gas-trans";
    assert!(filing.contains(others), "{filing}");
    // The names are resolved.
    let checked = support::run(folder.path(), &["check", "-q", "--message-format", "short"]);
    let said = text(&checked.stdout);
    let faults: Vec<&str> =
        said.lines().filter(|l| l.contains("error[") && !l.contains("[missing-key]")).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A shared file of the same name is only used if its CIK or file number is that of the notice, and
/// neither is another.
#[test]
fn a_registrant_of_the_same_name_is_not_taken_for_the_same_company() {
    let original = document("quillfeather-2025-10-k");
    let number = original.lines().next().expect("a line").split(": ").nth(1).expect("a number");
    let without = original.replace(number, "");
    for (keys, notice, is_used) in [
        (format!("file_number: \"{}\"", number.trim()), &original, true),
        (format!("cik: \"0000000007\"\nfile_number: \"{}\"", number.trim()), &original, true),
        ("file_number: 001-77777".to_owned(), &original, false),
        ("cik: \"0000000007\"".to_owned(), &original, false),
        ("cusip: \"777777777\"".to_owned(), &original, false),
        (format!("file_number: \"{}\"", number.trim()), &without, false),
        ("no YAML: [".to_owned(), &original, false),
    ] {
        let folder = support::folder();
        let path = "filings/registrants/quillfeather-home-brands-inc.yaml";
        fs::create_dir_all(folder.path().join("filings/registrants")).expect("a folder");
        let shared = format!("name: Quillfeather Home Brands, Inc.\n{keys}\n");
        fs::write(folder.path().join(path), &shared).expect("a file");
        fs::write(folder.path().join("a.txt"), notice).expect("a file");
        let args = ["import", "a.txt", "--registrant", "--to", "filings"];
        let output = support::run(folder.path(), &args);
        assert!(output.status.success(), "{}", support::transcript(&output));
        let filing = fs::read_to_string(folder.path().join("filings/a.yaml")).expect("a file");
        let named = filing.contains("\n  use: quillfeather-home-brands-inc\n");
        assert_eq!(named, is_used, "{keys}\n{filing}");
        assert!(filing.contains("\n  name: Quillfeather Home Brands, Inc.\n"), "{filing}");
        let said = text(&output.stderr);
        assert_eq!(said.contains("`registrant` was not read as"), !is_used, "{said}");
        assert_eq!(fs::read_to_string(folder.path().join(path)).expect("a file"), shared);
    }
}

#[test]
fn a_repository_begins_with_a_notice() {
    let folder = support::folder();
    fs::write(folder.path().join("Last Year.txt"), document("igene-1997-10-k")).expect("a file");
    let said = support::fails(folder.path(), &["init", "new", "--import", "gone.txt"], 2);
    assert!(said.contains("cannot read gone.txt"), "{said}");
    assert!(!folder.path().join("new/README.md").exists(), "nothing is written after an error");
    support::succeeds(folder.path(), &["init", "new", "--import", "Last Year.txt"]);
    let filings = support::files(&folder.path().join("new/filings"));
    assert_eq!(filings.keys().collect::<Vec<_>>(), ["last-year.yaml"], "and no example");
    let filing = text(&filings["last-year.yaml"]);
    assert!(
        filing.starts_with("# yaml-language-server: $schema=../schema/filing.json\n"),
        "{filing}"
    );
}

/// The header of a submission has the CIK of each registrant.
#[test]
fn the_registrants_of_a_header_are_matched_by_name() {
    let folder = support::folder();
    let filer = |name: &str, cik: &str| {
        format!(
            "FILER:\n\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t{name}\n\t\tCENTRAL INDEX KEY:\t{cik}\n\n"
        )
    };
    let submission = format!(
        "<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\tNT 10-Q\n{}{}{}{}</SEC-HEADER>\n<DOCUMENT>\n<TYPE>NT 10-Q\n<TEXT>\n{}</TEXT>\n</DOCUMENT>\n",
        filer("HARBOR POINT GAS TRANSMISSION L P", "0000000003"),
        filer("HARBOR POINT ELECTRIC CO", "0000000002"),
        filer("HARBOR POINT ENERGY CORP /ME/", "0000000001"),
        filer("HARBOR POINT WATER CO", "0000000004"),
        document("harbor-point/2025-10-q")
    );
    fs::write(folder.path().join("a.txt"), submission).expect("a file");
    let yaml = text(&support::run(folder.path(), &["import", "a.txt"]).stdout);
    let filing: serde_json::Value = serde_yaml::from_str(&yaml).expect("YAML");
    let shown = |registrant: &serde_json::Value| {
        format!("{} {}", registrant["cik"], registrant["name"]).replace('"', "")
    };
    assert_eq!(shown(&filing["registrant"]), "0000000001 Harbor Point Energy Corporation");
    let others = filing["co_registrants"].as_array().expect("a list");
    assert_eq!(
        others.iter().map(shown).collect::<Vec<_>>(),
        [
            "0000000002 Harbor Point Electric Company",
            "0000000003 Harbor Point Gas Transmission, L.P.",
            "0000000004 HARBOR POINT WATER CO"
        ]
    );
}
