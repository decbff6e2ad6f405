//! The rules that read prose, on narratives that they must catch and as many that they must leave
//! alone. `tests/cases/disclosure/<rule>/narratives.yaml` has both, under `noted` those of which the
//! finding is a note, and under `missed` those that a reader would catch and the rule does not: a
//! known limit. `findings.txt` has every message on the narratives that the rule catches.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::cases::{self, cases};
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
    attachment: Option<Attachment>,
    see: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attachment {
    title: String,
    body: String,
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

/// The rules of the case that is about more than one.
const PROMISE: &[&str] = &[
    "promise-without-relief",
    "promise-contradicted",
    "promise-beyond-extension",
    "deadline-misstated",
];

/// The rules of the case on the facts of the filing.
const OWN_FACTS: &[&str] = &[
    "narrative-period",
    "narrative-form",
    "due-date-misstated",
    "deadline-misstated",
    "promise-past",
    "promise-beyond-extension",
    "weekday-mismatch",
    "prior-reports-contradiction",
];

/// The rules of the case on the reasons in Part III.
const STOCK: &[&str] = &["narrative-stock", "narrative-short", "see-nothing"];

/// The notice around a narrative. Each is of a registrant of its own.
fn notice(number: usize, group: &str, told: &Narrative) -> Value {
    let quarter = told.form == "10-Q";
    let period = told
        .period_ended
        .clone()
        .unwrap_or(if quarter { "2025-09-30" } else { "2025-12-31" }.to_owned());
    let relief = if group == "promise-without-relief" { "none" } else { "sought" };
    let explanation = match (&told.explanation, &told.see) {
        (Some(text), _) => json!(text),
        (None, Some(see)) => json!({ "see": see }),
        (None, None) => json!(told.anticipated.then_some("A loss of $3 million.")),
    };
    let attachment = told.attachment.as_ref().map(|attachment| {
        json!({
            "title": attachment.title, "body": attachment.body, "place": "after-signature",
        })
    });
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
        "attachments": attachment.into_iter().collect::<Vec<_>>(),
        "letters": letter.into_iter().collect::<Vec<_>>(),
    })
}

/// A narrative with its group, and the code, severity and message of each of its findings.
struct Checked {
    group: String,
    told: Narrative,
    found: Vec<Found>,
}

/// A finding, as its code, severity and message.
type Found = (String, String, String);

/// The narratives of a case, checked in one run.
fn checked(case: &Path) -> Vec<Checked> {
    let text = fs::read_to_string(case.join("narratives.yaml")).unwrap();
    let groups: BTreeMap<String, Vec<Narrative>> = serde_yaml::from_str(&text).unwrap();
    let narratives = groups.into_iter().flat_map(|(group, narratives)| {
        let checked = move |told| Checked { group: group.clone(), told, found: Vec::new() };
        narratives.into_iter().map(checked)
    });
    let mut all: Vec<Checked> = narratives.collect();
    let folder = support::folder();
    fs::create_dir(folder.path().join("filings")).unwrap();
    for (number, one) in all.iter().enumerate() {
        let yaml = serde_yaml::to_string(&notice(number, &one.group, &one.told)).unwrap();
        fs::write(folder.path().join(format!("filings/{number}.yaml")), yaml).unwrap();
    }
    let output = support::run(folder.path(), &["check", "--message-format", "json"]);
    for line in support::text(&output.stdout).lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        let file = finding["file"].as_str().unwrap();
        let number: usize =
            file.trim_start_matches("filings/").trim_end_matches(".yaml").parse().unwrap();
        let said = |key: &str| finding[key].as_str().unwrap().to_owned();
        // A letter in another form is read, although the documents cannot spell it.
        let spelling = said("code").starts_with("not-in-");
        assert!(spelling || said("severity") != "error", "{file}: {}", said("message"));
        all[number].found.push((said("code"), said("severity"), said("message")));
    }
    all
}

cases! {
    "disclosure", catch_and_leave:
    electronic_difficulty explanation_without_figure interactive_data narrative_registrant
    narrative_stock own_facts promise
    results_contradiction statement_absent statement_reason
}

fn catch_and_leave(case: &Path) {
    let rule = cases::name(case);
    let rules = match rule {
        "promise" => PROMISE,
        "narrative-stock" => STOCK,
        "own-facts" => OWN_FACTS,
        _ => &[rule],
    };
    let mut wrong = Vec::new();
    let [mut catch, mut leave] = [0, 0];
    let mut messages = String::new();
    for Checked { group, told, found } in checked(case) {
        let found: Vec<_> =
            found.into_iter().filter(|(code, ..)| rules.contains(&code.as_str())).collect();
        let expected = match group.as_str() {
            "catch" | "noted" => Some(rule),
            "leave" | "missed" => None,
            group => Some(group),
        };
        let right = match expected {
            Some(rule) => found.iter().any(|(code, severity, _)| {
                code == rule && (group != "noted" || severity == "note")
            }),
            None => found.is_empty(),
        };
        if !right {
            wrong.push(format!("{group} {}: {found:?}", told.name));
        }
        if expected.is_none() {
            leave += 1;
            continue;
        }
        catch += 1;
        for (code, severity, message) in found {
            messages += &format!("{}: {severity}[{code}]: {message}\n", told.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(catch >= 10 && leave >= catch || leave >= 20, "{catch} to catch, {leave} to leave");
    support::expect(&case.join("findings.txt"), &messages);
}
