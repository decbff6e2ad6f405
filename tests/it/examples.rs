//! The examples of `latefile rules CODE`, run: the first text of each triggers its rule and no
//! other, the second triggers nothing. Notes do not count, unless the rule is one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use latefile::diagnostics::example::{Example, Examples, Kind};
use latefile::diagnostics::finding::{Rule, Severity};
use latefile::diagnostics::rule;
use serde_json::Value as Json;
use serde_yaml::Value;

use crate::support::{self, SOUND};

/// The rules that another always accompanies, with that other.
const WITH: [(&str, &str); 3] = [
    ("registrant-broken", "missing-key"),
    ("letterhead-broken", "missing-key"),
    ("package-file-number", "file-number-class"),
];

/// Returns the top-level entries of a text of YAML, as text.
fn entries(yaml: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        match all.last_mut() {
            Some(last) if line.starts_with([' ', '-', '\n']) => last.push_str(line),
            _ => all.push(line.to_owned()),
        }
    }
    all
}

/// Puts the values of a mapping over those of another.
fn merge(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Mapping(base), Value::Mapping(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

/// Returns a sound filing with the keys of a fragment in the place of its own. Texts remain as they
/// are written, since a rule may be about that.
fn filing(fragment: &str) -> String {
    let mut all = entries(SOUND);
    for mut entry in entries(fragment) {
        let (key, _) = entry.split_once(':').expect("a key");
        let place = all.iter().position(|other| other.starts_with(&format!("{key}:")));
        if let (Some(place), Ok(over)) = (place, serde_yaml::from_str::<Value>(&entry))
            && over.as_mapping().is_some_and(|keys| keys.values().all(Value::is_mapping))
        {
            let mut value = serde_yaml::from_str(&all[place]).unwrap();
            merge(&mut value, over);
            entry = serde_yaml::to_string(&value).unwrap();
        }
        match place {
            Some(place) => all[place] = entry,
            None => all.push(entry),
        }
    }
    all.concat()
}

/// Writes the files of an example: those after a comment with a path, or one.
fn write(folder: &Path, text: &str) {
    let text =
        if text.starts_with('#') { text.to_owned() } else { format!("# filings/a.yaml\n{text}") };
    for file in format!("\n{text}").split("\n# ").skip(1) {
        let (name, fragment) = file.split_once('\n').unwrap_or((file, ""));
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let whole = ["/registrants/", "/letterheads/"].iter().any(|folder| name.contains(folder));
        fs::write(path, if whole { fragment.to_owned() } else { filing(fragment) + "\n" }).unwrap();
    }
}

/// Returns a document with a text in it.
fn document(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Html if !text.starts_with("<html") => format!(
            "<html>\n<head><title>NT 10-K</title></head>\n<body>\n{text}\n</body>\n</html>\n"
        ),
        Kind::Html | Kind::Text => text.to_owned(),
        _ => "<html><head><title>NT 10-K</title></head><body><p>Late.</p></body></html>".to_owned(),
    }
}

/// Returns the codes of the findings in a text, without those of notes and waived findings.
fn found(example: &Example, text: &str, rule: &Rule) -> BTreeSet<String> {
    let folder = support::folder();
    let lint = |name: &str| {
        fs::write(folder.path().join(name), document(example.kind, text)).unwrap();
        vec!["lint".to_owned(), name.to_owned()]
    };
    let args = match example.kind {
        Kind::Filing | Kind::Package => {
            write(folder.path(), text);
            vec![if example.kind == Kind::Filing { "check" } else { "package" }.to_owned()]
        }
        Kind::Text => lint("a.txt"),
        Kind::Html => lint("a.htm"),
        Kind::Name => lint(text),
        Kind::Words => return BTreeSet::new(),
    };
    let args: Vec<&str> =
        args.iter().map(String::as_str).chain(["--message-format", "json"]).collect();
    let output = support::run(folder.path(), &args);
    let printed = support::text(&output.stdout);
    let findings = printed.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    findings
        .filter(|finding| finding["waived"].is_null())
        .filter(|finding| finding["severity"] != "note" || rule.severity == Severity::Note)
        .map(|finding| finding["code"].as_str().expect("a code").to_owned())
        .filter(|code| rule.severity != Severity::Note || code == rule.code)
        .collect()
}

#[test]
fn each_example_triggers_its_rule_alone() {
    let examples = Examples::read();
    let mut wrong = Vec::new();
    for rule in rule::ALL {
        let example = examples.of(rule).expect("an example");
        if example.kind == Kind::Words {
            continue;
        }
        let with = WITH.iter().filter(|(code, _)| *code == rule.code).map(|(_, other)| *other);
        let expected: BTreeSet<String> =
            [rule.code].into_iter().chain(with).map(str::to_owned).collect();
        let first = found(example, &example.triggers, rule);
        let second = found(example, &example.does_not, rule);
        if first != expected || !second.is_empty() {
            wrong.push(format!("{}: {first:?}, {second:?}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
