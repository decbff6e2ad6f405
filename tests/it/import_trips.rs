//! Round trips: the documents of a filing are imported, and the filing that comes of it builds
//! documents with the same words and boxes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::corpus;
use crate::support;

/// The formats whose documents are imported.
const FORMATS: [&str; 2] = ["txt", "htm"];
/// Keys of a report, a registrant and a filing that no form shows, or that its letters need, and the
/// second signature of a combined notice.
const OF_REPORT: [&str; 4] = ["erisa_plan", "unit_investment_trust", "distributed", "transmitted"];
const OF_REGISTRANT: [&str; 3] = ["cik", "filer_status", "signature"];
const OF_FILING: [&str; 4] = ["edgar", "waive", "letters", "print"];

#[test]
fn the_documents_of_the_samples_are_imported_and_built_again() {
    let folder = support::folder();
    support::copy(&support::root().join("filings"), &folder.path().join("filings"));
    assert!(round_trip(folder.path()) > 30);
}

#[test]
fn the_documents_of_generated_filings_are_imported_and_built_again() {
    generated(100);
}

#[test]
#[ignore = "takes half a minute; `make trips` runs it"]
fn the_documents_of_a_thousand_filings_are_imported_and_built_again() {
    generated(1000);
}

fn generated(count: usize) {
    let folder = support::folder();
    corpus::write(&folder.path().join("filings"), count).expect("filings");
    assert_eq!(round_trip(folder.path()), 2 * 2 * count);
}

/// Builds the filings of a folder, imports each of their forms, builds what comes of it, and compares
/// the documents. Returns the number of comparisons.
fn round_trip(folder: &Path) -> usize {
    build(folder);
    let sources = sources(folder);
    let mut faults = String::new();
    let mut compared = 0;
    for format in FORMATS {
        let again = folder.join(format);
        import(folder, &again, format, &sources);
        build(&again);
        let differences: Vec<String> = sources
            .par_iter()
            .flat_map_iter(|(id, _)| FORMATS.map(|other| (id, other)))
            .map(|(id, other)| {
                let name = format!("form12b25.{other}");
                let first = words(&folder.join("out").join(id).join(&name));
                let second = words(&again.join("out").join(flat(id)).join(&name));
                difference(&first, &second).map_or_else(String::new, |difference| {
                    format!("{id}, imported from .{format}, in .{other}: {difference}\n")
                })
            })
            .collect();
        compared += differences.len();
        let _ = write!(faults, "{}", differences.concat());
    }
    assert!(faults.is_empty(), "{faults}");
    compared
}

fn build(folder: &Path) {
    support::succeeds(folder, &["build", "--formats", "text,html", "-q"]);
}

/// Returns the filings of a folder, each with its id and with its registrants written out.
fn sources(folder: &Path) -> Vec<(String, Value)> {
    let filings = folder.join("filings");
    let mut all = Vec::new();
    for (name, bytes) in support::files(&filings) {
        let Some(id) = name.strip_suffix(".yaml").filter(|id| !id.starts_with("registrants/"))
        else {
            continue;
        };
        let mut filing: Value = serde_yaml::from_slice(&bytes).expect("YAML");
        let registrant = filing["registrant"].take();
        filing["registrant"] = written_out(registrant, &filings);
        if let Some(others) = filing.get_mut("co_registrants").and_then(Value::as_array_mut) {
            others.iter_mut().for_each(|other| *other = written_out(other.take(), &filings));
        }
        all.push((id.to_owned(), filing));
    }
    all
}

fn written_out(registrant: Value, filings: &Path) -> Value {
    let shared = registrant.as_str().or(registrant["use"].as_str());
    let Some(shared) = shared else { return registrant };
    let path = filings.join(format!("registrants/{shared}.yaml"));
    let text = fs::read_to_string(path).expect("a registrant");
    let mut whole: Map<String, Value> = serde_yaml::from_str(&text).expect("YAML");
    whole.extend(registrant.as_object().cloned().unwrap_or_default());
    whole.remove("use");
    whole.into()
}

/// An id without folders.
fn flat(id: &str) -> String {
    id.replace('/', "--")
}

/// Imports a format's documents, and writes the filings with the keys that no document shows.
fn import(folder: &Path, again: &Path, format: &str, sources: &[(String, Value)]) {
    let originals = again.join("originals");
    fs::create_dir_all(&originals).expect("a folder");
    fs::create_dir_all(again.join("filings")).expect("a folder");
    for (id, _) in sources {
        let document = folder.join("out").join(id).join(format!("form12b25.{format}"));
        fs::copy(document, originals.join(format!("{}.{format}", flat(id)))).expect("a document");
    }
    let names: Vec<String> =
        sources.iter().map(|(id, _)| format!("originals/{}.{format}", flat(id))).collect();
    let mut args = vec!["import", "-q", "--to", "imported"];
    args.extend(names.iter().map(String::as_str));
    support::succeeds(again, &args);
    sources.par_iter().for_each(|(id, source)| {
        let text = fs::read_to_string(again.join(format!("imported/{}.yaml", flat(id))));
        let mut filing: Value = serde_yaml::from_str(&text.expect("a filing")).expect("YAML");
        take(&OF_FILING, source, &mut filing);
        take(&OF_REPORT, &source["report"], &mut filing["report"]);
        take(&["signer"], &source["signature"], &mut filing["signature"]);
        take(&OF_REGISTRANT, &source["registrant"], &mut filing["registrant"]);
        let others = source["co_registrants"].as_array().cloned().unwrap_or_default();
        for (n, other) in others.iter().enumerate() {
            take(&OF_REGISTRANT, other, &mut filing["co_registrants"][n]);
        }
        let text = serde_json::to_string_pretty(&filing).expect("JSON, which is YAML");
        fs::write(again.join(format!("filings/{}.yaml", flat(id))), text).expect("a file");
    });
}

/// Copies keys that are there.
fn take(keys: &[&str], from: &Value, to: &mut Value) {
    for key in keys {
        if let Some(value) = from.get(key) {
            to[key] = value.clone();
        }
    }
}

/// The words and boxes of a document, spelled as EDGAR's texts spell them, without rules.
fn words(path: &Path) -> Vec<String> {
    let document = fs::read_to_string(path).unwrap_or_default();
    let is_html = path.extension().is_some_and(|suffix| suffix == "htm");
    let text = if is_html {
        latefile::edgar::html_flow(&document, 0..document.len()).text
    } else {
        document
    };
    let text = text.replace('\u{2612}', "[X]").replace('\u{2610}', "[ ]");
    let spelled = latefile::edgar::spell(&text).expect("a text of EDGAR's alphabet");
    let is_rule =
        |word: &&str| word.len() > 2 && word.chars().all(|c| matches!(c, '-' | '_' | '='));
    spelled.split_whitespace().filter(|word| !is_rule(word)).map(str::to_owned).collect()
}

/// Returns the first difference.
fn difference(first: &[String], second: &[String]) -> Option<String> {
    let same = first.iter().zip(second).take_while(|(a, b)| a == b).count();
    let around = |words: &[String]| {
        let near = words.iter().skip(same.saturating_sub(4)).take(12).cloned();
        near.collect::<Vec<_>>().join(" ")
    };
    (first != second).then(|| format!("`{}` became `{}`", around(first), around(second)))
}
