//! Findings in every format, whole, and the rule table as it is printed.

use std::path::PathBuf;

use crate::support;

const FORMATS: [&str; 5] = ["human", "short", "json", "github", "sarif"];

fn case() -> PathBuf {
    support::root().join("tests/cases/messages")
}

fn check(folder: &std::path::Path, format: &str, more: &[&str]) -> std::process::Output {
    support::run(folder, &[&["check", "--message-format", format], more].concat())
}

/// The standard output as JSON.
fn json(output: &std::process::Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The official schema of SARIF. One of its patterns has a lone bracket, which wants an escape
/// today.
pub(crate) fn sarif() -> jsonschema::Validator {
    let schema =
        std::fs::read_to_string(support::root().join("tests/schemas/sarif-2.1.0.json")).unwrap();
    let schema = schema.replace("{2}]?$", r"{2}\\]?$");
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

mod format {
    crate::cases::each! { super::compare: human short json github sarif }
}

fn compare(format: &str) {
    let output = check(&case(), format, &[]);
    support::expect(&case().join(format!("{format}.txt")), &support::transcript(&output));
}

#[test]
fn every_format_has_the_same_count_and_no_invisible_character() {
    let count = |format: &str| support::text(&check(&case(), format, &[]).stdout).lines().count();
    let findings =
        json(&check(&case(), "sarif", &[]))["runs"][0]["results"].as_array().unwrap().len();
    assert_eq!([count("short"), count("json"), count("github")], [findings; 3]);
    for format in FORMATS {
        let text = support::text(&check(&case(), format, &[]).stdout);
        assert!(!text.contains('\u{202E}'), "{format} lets a bidirectional character through");
    }
}

#[test]
fn messages_show_invisible_characters_by_their_number() {
    const STATUS: &str = "filer_status: non-accelerated";
    let document = "<html><body><sp\u{3164}an>x</span></body></html>";
    for (from, to, shown) in [
        ("form: 10-K", "form: \"10\u{AD}-K\"", "`10U+00AD-K`"),
        ("form: 10-K", "form: \"10-\u{180B}K\"", "`10-U+180BK`"),
        ("form: 10-K", "form: \"10-K\u{FE0F}\"", "`10-KU+FE0F`"),
        (STATUS, "filer_status: \"non\u{3164}accelerated\"", "`nonU+3164accelerated`"),
        (STATUS, "filer_status: \"non\u{115F}accelerated\"", "`nonU+115Faccelerated`"),
        (STATUS, "filer_status: \"non\u{FFA0}accelerated\"", "`nonU+FFA0accelerated`"),
    ] {
        let filing = support::SOUND.replace(from, to);
        assert_ne!(filing, support::SOUND);
        let folder = support::repository(&[("a.yaml", &filing)]);
        let output = support::text(&check(folder.path(), "short", &[]).stdout);
        assert!(output.contains(shown), "{shown}: {output}");
    }
    let folder = support::folder();
    std::fs::write(folder.path().join("a.htm"), document).unwrap();
    let lint = ["lint", "--message-format", "short", "a.htm"];
    let output = support::text(&support::run(folder.path(), &lint).stdout);
    assert!(output.contains("`<spU+3164an>`"), "{output}");
}

#[test]
fn every_json_message_has_the_same_fields() {
    let output = check(&case(), "json", &[]);
    for line in support::text(&output.stdout).lines() {
        let message: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(line).unwrap();
        let fields: Vec<&str> = message.keys().map(String::as_str).collect();
        let known =
            "authority code column end_column file fix hint line message severity version waived";
        assert_eq!(fields.join(" "), known);
        assert_eq!(message["version"], 1);
    }
    let text = support::text(&output.stdout);
    let key =
        text.lines().find(|line| line.contains("\\u202e")).expect("the key with the character");
    let key: serde_json::Value = serde_json::from_str(key).unwrap();
    assert!(
        key["message"].as_str().unwrap().contains('\u{202E}'),
        "a JSON string says what was typed"
    );
}

#[test]
fn sarif_is_valid_with_and_without_findings() {
    let clean = support::repository(&[("sound.yaml", support::SOUND)]);
    let empty = support::repository(&[]);
    std::fs::create_dir(empty.path().join("filings")).unwrap();
    for (folder, arguments) in [
        (case(), &[][..]),
        (case(), &["-q"]),
        (clean.path().to_owned(), &[]),
        (empty.path().to_owned(), &[]),
    ] {
        let document = json(&check(&folder, "sarif", arguments));
        let faults: Vec<String> = sarif().iter_errors(&document).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
    assert!(
        !sarif().is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })),
        "the schema has teeth"
    );
}

#[test]
fn quiet_leaves_the_messages_that_count() {
    let unsigned = support::SOUND.replace("signed: true", "signed: false");
    let folder = support::repository(&[("unsigned.yaml", &unsigned)]);
    for format in FORMATS {
        for (arguments, shown, code) in [
            (&["-q"][..], true, 0),
            (&["-qq"], false, 0),
            (&["-qq", "--deny", "warnings"], true, 1),
        ] {
            let output = check(folder.path(), format, arguments);
            assert_eq!(output.status.code(), Some(code), "{format}");
            assert_eq!(support::text(&output.stderr), "", "{format}");
            assert_eq!(
                support::text(&output.stdout).contains("filings/unsigned.yaml"),
                shown,
                "{format}"
            );
        }
    }
}

#[test]
fn notes_are_counted_and_shown_if_asked_for() {
    let curly = support::SOUND.replace("of one subsidiary", "of a subsidiary’s plant");
    assert_ne!(curly, support::SOUND);
    let folder = support::repository(&[("a.yaml", &curly)]);
    for (format, arguments, shown) in [
        ("human", &[][..], false),
        ("short", &[], false),
        ("github", &[], false),
        ("json", &[], true),
        ("sarif", &[], true),
        ("short", &["--notes"], true),
        ("human", &["--deny", "transliterated"], true),
        ("json", &["-q"], false),
    ] {
        let mut command = support::latefile_as_users_have_it(folder.path());
        let command = command.args(["check", "--message-format", format]).args(arguments);
        let output = command.output().unwrap();
        let (out, err) = (support::text(&output.stdout), support::text(&output.stderr));
        assert_eq!(out.contains("’"), shown, "{format} {arguments:?}: {out}");
        let quiet = arguments.contains(&"-q");
        assert_eq!(err.contains("1 note"), !quiet, "{format}: {err}");
        assert_eq!(
            err.contains("1 note (--notes shows it)"),
            !shown && !quiet || arguments.len() == 2,
            "{err}"
        );
    }
}

#[test]
fn messages_for_people_fit_eighty_columns() {
    let cases = support::files(&support::root().join("tests/cases"));
    let human = |name: &str| {
        ["/findings.txt", "/human.txt", "/carets.txt", "/blanks.txt"]
            .iter()
            .any(|end| name.ends_with(end))
            && !["disclosure/", "lint/pdf/"].iter().any(|short| name.starts_with(short)) // one line each
    };
    let texts: Vec<String> = cases
        .iter()
        .filter(|(name, _)| human(name))
        .map(|(_, bytes)| support::text(bytes))
        .collect();
    assert!(texts.len() > 12);
    for line in texts.iter().flat_map(|text| text.lines()) {
        // A path, and a word that a line has for itself, are never broken; nor is the closing line.
        let whole = line.trim_start().starts_with("--> ") || line.trim().split_once(' ').is_none();
        let whole = whole
            || line
                .split_once(' ')
                .is_some_and(|(count, rest)| count.parse::<u32>().is_ok() && rest.contains(" · "));
        assert!(whole || textwrap::core::display_width(line) <= 80, "{line}");
    }
}

#[test]
fn carets_end_with_the_line_and_are_right_after_tabs() {
    let stock = "The Company requires additional time\tto complete the preparation and review of its financial statements \
                 and was unable to do so without unreasonable effort or expense.";
    let narrative =
        support::SOUND.find("narrative:").unwrap()..support::SOUND.find("contact:").unwrap();
    let mut text = support::SOUND.to_owned();
    text.replace_range(narrative, &format!("narrative: \"{stock}\"\n"));
    let text = text.replace("Quiet Harbor", "Quiet\tHarbör");
    let text =
        text.replace("Jane Roe, title: Chief Financial", "Jané\tRoe, title: \tChief\tFinanciäl");
    let folder = support::repository(&[("a.yaml", &text)]);
    let output = check(folder.path(), "human", &[]);
    support::expect(&case().join("carets.txt"), &support::transcript(&output));
}

#[test]
fn pages_of_rules_fit_eighty_columns() {
    let table = support::run(&case(), &["rules"]);
    support::expect(&case().join("rules.txt"), &support::transcript(&table));
    for rule in latefile::diagnostics::rule::ALL {
        let page = support::run(&case(), &["rules", rule.code]);
        let text = support::text(&page.stdout);
        assert!(
            page.status.success() && text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        assert!(!rule.advice.is_empty() && !rule.advice.ends_with('.'), "{}", rule.code);
    }
}

#[test]
fn rules_are_listed_as_json() {
    let all = json(&support::run(&case(), &["rules", "--format", "json"]));
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), latefile::diagnostics::rule::ALL.len());
    let fields = |value: &serde_json::Value| {
        value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ")
    };
    for rule in all {
        assert_eq!(fields(rule), "advice authority code examples orders severity summary waivable");
        assert_eq!(fields(&rule["examples"]), "does_not kind triggers");
    }
    let one = support::run(&case(), &["rules", "--format", "json", "results-contradiction"]);
    support::expect(&case().join("rule.json"), &support::text(&one.stdout));
    assert!(all.contains(&json(&one)[0]));
    let none = support::fails(&case(), &["rules", "--format", "json", "nope"], 2);
    assert!(none.starts_with("-- stderr\nerror: there is no rule `nope`"), "{none}");
}

#[test]
fn a_rule_has_a_page_and_a_wrong_code_a_suggestion() {
    let pages = [
        "narrative-missing",
        "narrative-stock",
        "file-name",
        "html-reference",
        "stale",
        "narative-missing",
        "duplicate",
        "nope",
        "zebra",
    ]
    .map(|code| {
        let output = support::run(&case(), &["rules", code]);
        format!("$ latefile rules {code}\n{}", support::transcript(&output))
    });
    support::expect(&case().join("rule.txt"), &pages.join("\n"));
}
