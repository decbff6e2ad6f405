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
