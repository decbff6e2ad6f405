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
