//! The rules that judge prose, on narratives that they must catch and as many that they must leave
//! alone. `tests/cases/disclosure/<rule>.yaml` has both, and under `missed` what a reader would
//! catch and they do not: a limit that is known. `findings.txt` is all that is said of those they
//! catch.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::support;

/// A narrative, and what else of the notice matters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Narrative {
    name: String,
    narrative: String,
    #[serde(default = "annual")]
    form: String,
    period_ended: Option<String>,
    filer_status: Option<String>,
    relief: Option<String>,
    #[serde(default)]
    anticipated: bool,
    explanation: Option<String>,
    statement: Option<Statement>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    signed_by: String,
    date: Option<String>,
    body: String,
}

fn annual() -> String {
    "10-K".to_owned()
}

/// The rules of a file that is about more than one.
const PROMISE: &[&str] = &[
    "promise-without-relief",
    "promise-contradicted",
    "promise-beyond-extension",
    "deadline-misstated",
];

/// The notice around a narrative. Each is of a registrant of its own.
fn notice(number: usize, group: &str, told: &Narrative) -> Value {
    let quarter = told.form == "10-Q";
    let period = told
        .period_ended
        .clone()
        .unwrap_or(if quarter { "2025-09-30" } else { "2025-12-31" }.to_owned());
    let relief = if group == "promise-without-relief" { "none" } else { "sought" };
    let explanation = told
        .explanation
        .clone()
        .or_else(|| told.anticipated.then(|| "A loss of $3 million.".to_owned()));
    let letter = told.statement.as_ref().map(|statement| {
        json!({
            "kind": "accountant-statement", "date": statement.date.as_deref().unwrap_or("2026-03-30"),
            "body": statement.body, "signed": true, "signed_by": statement.signed_by,
        })
    });
    json!({
        "report": {
            "form": told.form, "period_ended": period, "distributed": "2025-12-15", "transmitted": "2026-02-20",
        },
        "registrant": {
            "name": "Quiet Harbor, Inc.", "cik": format!("{:010}", number + 1), "filer_status": told.filer_status.as_deref().unwrap_or("non-accelerated"),
            "address": { "street": "1 Pier Road", "city": "Portland" },
        },
        "relief": told.relief.as_deref().unwrap_or(relief),
        "narrative": told.narrative,
        "contact": { "name": "Jane Roe", "phone": "207-555-0100" },
        "prior_reports": { "all_filed": true },
        "results_change": { "anticipated": told.anticipated, "explanation": explanation },
        "signature": {
            "signed": false, "name": "Jane Roe", "title": "Chief Financial Officer", "signer": "executive-officer",
        },
        "letters": letter.into_iter().collect::<Vec<_>>(),
    })
}

/// A narrative with its file, its group and what was found of it.
struct Judged {
    file: String,
    group: String,
    told: Narrative,
    found: Vec<(String, String)>,
}

/// All narratives, judged in one run.
fn judged() -> Vec<Judged> {
    let folder = support::folder();
    fs::create_dir(folder.path().join("filings")).unwrap();
    let mut all = Vec::new();
    for (name, bytes) in support::files(&support::root().join("tests/cases/disclosure")) {
        let Some(file) = name.strip_suffix(".yaml") else { continue };
        let groups: BTreeMap<String, Vec<Narrative>> =
            serde_yaml::from_slice(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (group, narratives) in groups {
            for told in narratives {
                let yaml = serde_yaml::to_string(&notice(all.len(), &group, &told)).unwrap();
                fs::write(folder.path().join(format!("filings/{}.yaml", all.len())), yaml).unwrap();
                all.push(Judged {
                    file: file.to_owned(),
                    group: group.clone(),
                    told,
                    found: Vec::new(),
                });
            }
        }
    }
    let output = support::run(folder.path(), &["check", "--message-format", "json"]);
    for line in support::text(&output.stdout).lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        let file = finding["file"].as_str().unwrap();
        let number: usize =
            file.trim_start_matches("filings/").trim_end_matches(".yaml").parse().unwrap();
        let said = |key: &str| finding[key].as_str().unwrap().to_owned();
        assert_ne!(finding["severity"], "error", "{file}: {}", said("message"));
        all[number].found.push((said("code"), said("message")));
    }
    all
}

/// The rules that a narrative is a test of.
fn rules(judged: &Judged) -> Vec<&str> {
    if judged.file == "promise" { PROMISE.to_vec() } else { vec![&judged.file] }
}

#[test]
fn prose_is_caught_and_left_alone() {
    let all = judged();
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for one in &all {
        let hit = |rule: &str| one.found.iter().any(|(code, _)| code == rule);
        let wanted = match one.group.as_str() {
            "catch" => Some(one.file.as_str()),
            "leave" | "missed" => None,
            group => Some(group),
        };
        let right = match wanted {
            Some(rule) => hit(rule),
            None => !rules(one).into_iter().any(hit),
        };
        counts.entry(&one.file).or_default()[usize::from(wanted.is_none())] += 1;
        if !right {
            wrong.push(format!("{} {} {}: {:?}", one.file, one.group, one.told.name, one.found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        counts.len() >= 8
            && counts.values().all(|[catch, leave]| *catch >= 10 && leave >= catch || *leave >= 20),
        "{counts:?}"
    );
}

#[test]
fn what_is_said_of_prose_is_as_expected() {
    let all = judged();
    let lines = all
        .iter()
        .filter(|one| !matches!(one.group.as_str(), "leave" | "missed"))
        .flat_map(|one| {
            let rules = rules(one);
            let found = one.found.iter().filter(move |(code, _)| rules.contains(&code.as_str()));
            found.map(|(code, message)| format!("{}: warning[{code}]: {message}\n", one.told.name))
        });
    support::expect(
        &support::root().join("tests/cases/disclosure/findings.txt"),
        &lines.collect::<String>(),
    );
}
