//! `latefile import` guesses nothing: a key that the original does not have stays out.

use serde_json::Value;

use crate::support::{self, text};

/// The text of a notice of the repository.
fn original() -> String {
    let path = support::root().join("out/quillfeather-2025-10-k/form12b25.txt");
    std::fs::read_to_string(path).expect("a document")
}

/// Replaces a part of the notice, which it has.
fn with(from: &str, to: &str) -> String {
    let original = original();
    assert!(original.contains(from), "{from}");
    original.replace(from, to)
}

/// Imports a text, and returns the filing, its YAML and the findings.
fn import(original: &str) -> (Value, String, String) {
    let folder = support::folder();
    std::fs::write(folder.path().join("a.txt"), original).expect("a file");
    let output = support::run(folder.path(), &["import", "a.txt"]);
    assert!(output.status.success(), "{}", support::transcript(&output));
    let yaml = text(&output.stdout);
    let findings = text(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    (serde_yaml::from_str(&yaml).expect("YAML"), yaml, findings)
}

/// The lines of the signature, from its conformed signature on.
fn signature() -> String {
    let original = original();
    let from = original.find("                              By: /s/").expect("a signature");
    let to = original.find("INSTRUCTION:").expect("an instruction");
    original[from..to].to_owned()
}

/// A box of Part II that is not drawn is neither ticked nor empty.
#[test]
fn a_box_that_is_not_drawn_is_not_read() {
    let relief = |a: &str, b: &str, c: &str| {
        let text = original().replace("  [X]  |", "       |");
        let draw = |text: &str, letter: &str, drawn: &str| {
            text.replace(&format!("       | ({letter})"), &format!(" {drawn} ({letter})"))
        };
        let text = draw(&draw(&draw(&text, "a", a), "b", b), "c", c).replace("       |  ", "  ");
        let (filing, yaml, findings) = import(&text.replace("       |\n", "\n"));
        let unread = ["reasons_not_eliminable", "filed_within_extension", "statement_attached"]
            .map(|key| findings.contains(&format!("`relief.{key}` was not read")));
        let keys = ["reasons_not_eliminable", "filed_within_extension", "statement_attached"]
            .map(|key| filing["relief"][key].as_bool());
        for (key, unread) in keys.iter().zip(unread) {
            assert_eq!(key.is_none() && filing["relief"].is_object(), unread, "{yaml}{findings}");
        }
        (filing["relief"].as_str().map(str::to_owned), keys)
    };
    let none = [None; 3];
    let sought = Some("sought".to_owned());
    assert_eq!(relief("[X]", "[X]", "[ ]"), (None, [Some(true), Some(true), Some(false)]));
    assert_eq!(relief("[X]", "[X]", ""), (None, [Some(true), Some(true), None]));
    assert_eq!(relief("[X]", "[ ]", ""), (None, [Some(true), Some(false), None]));
    assert_eq!(relief("[X]", "", "[X]"), (None, [Some(true), None, Some(true)]));
    assert_eq!(relief("", "", "[X]"), (None, [None, None, Some(true)]));
    assert_eq!(relief("[X]", "", ""), (sought, none));
    assert_eq!(relief("", "", ""), (None, none));
}

/// A name is only read from a line that has one.
#[test]
fn no_signer_is_invented() {
    let title = "Chief Financial Officer";
    let block = |by: &str| format!("By: {by}\n    ------\n    Lucinda Marchbanks\n    {title}\n\n");
    let named = (Some("Lucinda Marchbanks"), Some(title));
    for (signature, (name, title)) in [
        (String::new(), (None, None)),
        ("Signature\n\n(Name and Title)\n\n".to_owned(), (None, None)),
        ("Quillfeather Home Brands, Inc.\n\n".to_owned(), (None, None)),
        ("The Company thanks its auditors.\n\n".to_owned(), (None, None)),
        ("By: [signature to come]\nName: [to come]\nTitle: [to come]\n\n".to_owned(), (None, None)),
        (block("Lucinda Marchbanks"), named),
        (block("L. Marchbanks"), named),
        (block("[signature to come]"), named),
        (block("________________"), named),
        (block("/s/ Lucinda Marchbanks"), named),
        (block("/s/ [signature to come]"), named),
    ] {
        let (filing, yaml, _) = import(&with(&self::signature(), &signature));
        let found = &filing["signature"];
        assert_eq!(found["name"].as_str(), name, "{signature}\n{yaml}");
        assert_eq!(found["title"].as_str(), title, "{signature}\n{yaml}");
        let other = original().replace(&self::signature(), &signature);
        let other = other.replace("INSTRUCTION: ", "").replace("ATTENTION", "");
        assert_eq!(import(&other).0["signature"]["name"].as_str(), name, "{signature}");
    }
}

/// `03/04/2026` is March 4 or April 3; a day with one reading is read.
#[test]
fn a_day_with_two_readings_is_not_read() {
    for (day, read) in [
        ("03/04/2026", None),
        ("03-04-2026", None),
        ("3.4.26", None),
        ("03/03/2026", Some("2026-03-03")),
        ("03/31/2026", Some("2026-03-31")),
        ("2026-03-04", Some("2026-03-04")),
        ("March 4, 2026", Some("2026-03-04")),
    ] {
        let notice =
            with("For Period Ended: December 31, 2025", &format!("For Period Ended: {day}"));
        let notice = notice.replace("Date: March 31, 2026", &format!("Date: {day}"));
        let letter = format!(
            "\nBirch LLP\n\n{day}\n\nDear Sirs:\n\nOur audit is not complete.\n\nYours truly,\n\nBirch LLP\n"
        );
        let (filing, yaml, findings) = import(&(notice + &letter));
        let keys = [
            (
                "report.period_ended",
                &filing["report"]["period_ended"],
                "  # period_ended: not read",
            ),
            ("signature.date", &filing["signature"]["date"], "  # date: not read"),
            ("letters[0].date", &filing["letters"][0]["date"], "    # date: not read"),
        ];
        // A letter has no day in figures with hyphens or points.
        let of_letter = usize::from(!day.contains(['.', '-']) || day.starts_with("2026"));
        for (key, found, comment) in keys.into_iter().take(2 + of_letter) {
            assert_eq!(found.as_str(), read, "{day} {key}\n{yaml}");
            assert_eq!(yaml.contains(comment), read.is_none(), "{day} {key}\n{yaml}");
            let reported =
                findings.contains(&format!("`{key}` was not read: its month or its day"));
            assert_eq!(reported, read.is_none(), "{day} {key}\n{findings}");
        }
        let original = "AMENDED NOTIFICATION (originally filed ";
        let amended = with("NOTIFICATION OF LATE FILING", &format!("{original}{day})"));
        let (filing, _, findings) = import(&amended);
        assert_eq!(filing["amendment"]["original_filed"].as_str(), read, "{day}");
        let reported = findings.contains("`amendment.original_filed` was not read: its month");
        assert_eq!(reported, read.is_none(), "{day}\n{findings}");
    }
}

/// Text below the signature is kept and reported, wherever it is.
#[test]
fn text_below_the_signature_is_kept() {
    let second = "By: /s/ Pat Example\nPat Example\nController\n\n";
    let paragraph = "The Company moves its office to Bangor in April.\n\n";
    let exhibit = "Exhibit A\n\nNet sales rose by a tenth.\n\n";
    let place = "INSTRUCTION: The form may be signed";
    let original = original();
    let cut = original.find(place).expect("an instruction");
    for (added, words) in [
        (second, &["Pat Example", "Controller"][..]),
        (paragraph, &["The Company moves its office to Bangor in April."]),
        (exhibit, &["title: Exhibit A", "Net sales rose by a tenth."]),
    ] {
        let middle =
            original.find("                                  ATTENTION").expect("a heading");
        let notices = [
            format!("{}{added}", &original[..cut]),
            format!("{}{added}{}", &original[..cut], &original[cut..]),
            format!("{}{added}{}", &original[..middle], &original[middle..]),
            format!("{original}\n{added}"),
        ];
        for (n, notice) in notices.iter().enumerate() {
            let (filing, yaml, findings) = import(notice);
            for words in words {
                assert!(yaml.contains(words), "{n} {words}\n{yaml}");
            }
            let is_kept = added == exhibit || findings.contains("belongs to no key");
            assert!(is_kept, "{n} {added}\n{findings}");
            assert_eq!(filing["signature"]["name"], "Lucinda Marchbanks", "{yaml}");
        }
    }
    let (_, _, findings) = import(&original);
    assert!(!findings.contains("belongs to no key"), "{findings}");
    let (_, _, findings) = import(&original[..cut]);
    assert!(!findings.contains("belongs to no key"), "{findings}");
}
