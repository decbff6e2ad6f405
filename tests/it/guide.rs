//! The guide: each document is a topic that reads well in 80 columns, and each example of
//! docs/filing.md is a part of a filing without findings.

use std::collections::BTreeSet;
use std::fs;

use latefile::start::guide::{TOPICS, Topic};
use serde_yaml::{Mapping, Value};

use crate::support::{self, SOUND, fails, run, text, transcript};

/// The documents for people who change the code.
const OF_THE_CODE: [&str; 1] = ["architecture"];
/// The contents of the book that `make docs` writes.
const SUMMARY: &str = "SUMMARY";

#[test]
fn each_document_is_a_topic() {
    let docs = fs::read_dir(support::root().join("docs")).unwrap();
    let names = docs.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: BTreeSet<String> = names
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .filter(|name| !OF_THE_CODE.contains(&name.as_str()) && name != SUMMARY)
        .collect();
    assert_eq!(names, TOPICS.iter().map(|topic| topic.name.to_owned()).collect());
}

#[test]
fn the_book_has_each_document_once() {
    let docs = support::root().join("docs");
    let summary = fs::read_to_string(docs.join(format!("{SUMMARY}.md"))).unwrap();
    let mut chapters: Vec<&str> =
        summary.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    chapters.sort_unstable();
    let all = support::files(&docs);
    let documents = all.keys().filter(|name| name.ends_with(".md") && !name.starts_with(SUMMARY));
    assert_eq!(chapters, documents.collect::<Vec<_>>());
}

#[test]
fn the_pages_of_the_book_link_to_its_pages_alone() {
    let docs = support::root().join("docs");
    for (name, bytes) in support::files(&docs) {
        if !name.ends_with(".md") {
            continue;
        }
        let folder = docs.join(&name).parent().unwrap().to_owned();
        for link in text(&bytes).split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let page = link.split('#').next().unwrap();
            let inside = page.starts_with("https://") || page.is_empty() || {
                let target = folder.join(page).canonicalize();
                target.is_ok_and(|target| target.starts_with(docs.canonicalize().unwrap()))
            };
            assert!(inside, "{name}: {link}");
        }
    }
}

#[test]
fn a_topic_has_all_words_of_its_document_in_eighty_columns() {
    for topic in TOPICS {
        let shown = topic.text();
        for line in shown.lines().filter(|line| !line.starts_with("    ")) {
            let link = line.contains("://") || !line.trim().contains(' ');
            assert!(line.chars().count() <= 80 || link, "{}: {line}", topic.name);
        }
        assert!(!shown.contains("\n\n\n") && !shown.contains("\n<!--") && !shown.contains("]("));
        let words: BTreeSet<&str> = shown.split_whitespace().collect();
        // The heads of a table, which are above its rule, are not shown.
        let lines: Vec<&str> = topic.markdown.lines().collect();
        let is_head = |at: usize| lines.get(at + 1).is_some_and(|line| line.starts_with("|---"));
        let all = lines.iter().enumerate().filter(|(at, _)| !is_head(*at));
        let all = all.flat_map(|(_, line)| line.split_whitespace());
        for word in all.filter(|word| word.len() > 3) {
            let plain = word.chars().all(|c| c.is_ascii_alphanumeric());
            assert!(
                !plain || words.contains(word) || shown.contains(word),
                "{}: {word}",
                topic.name
            );
        }
    }
}

#[test]
fn the_guide_lists_its_topics_and_shows_one() {
    let folder = support::folder();
    let list = transcript(&run(folder.path(), &["guide"]));
    support::expect(&support::root().join("tests/cases/starting/guide.txt"), &list);
    let shown = run(folder.path(), &["guide", "filing"]);
    assert!(shown.status.success());
    assert_eq!(text(&shown.stdout), Topic::named("filing").unwrap().text());
    assert!(fails(folder.path(), &["guide", "fling"], 2).contains("'filing'"));
}

/// The blocks of a language in a document.
fn blocks<'d>(document: &'d str, language: &str) -> Vec<&'d str> {
    let mark = format!("```{language}\n");
    document.split(mark.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn each_example_of_a_filing_is_without_findings() {
    let examples = blocks(Topic::named("filing").unwrap().markdown, "yaml");
    assert!(examples.len() >= 6);
    // A file that the examples after it share begins with its path.
    let path_of =
        |example: &str| Some(example.strip_prefix("# filings/")?.lines().next()?.to_owned());
    let (shared, examples): (Vec<&str>, Vec<&str>) =
        examples.into_iter().partition(|example| path_of(example).is_some());
    for example in examples {
        let mut filing: Mapping = serde_yaml::from_str(SOUND).unwrap();
        filing.extend(serde_yaml::from_str::<Mapping>(example).unwrap());
        // The example as it is written, and the other keys of a sound filing.
        let of_example: Mapping = serde_yaml::from_str(example).unwrap();
        filing.retain(|key, _| !of_example.contains_key(key));
        let rest = serde_yaml::to_string(&Value::Mapping(filing)).unwrap();
        let folder = support::repository(&[("a.yaml", &format!("{example}\n{rest}"))]);
        for file in &shared {
            let path = folder.path().join("filings").join(path_of(file).unwrap());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let output = run(folder.path(), &["check", "--deny", "warnings"]);
        assert!(output.status.success(), "{example}\n{}", transcript(&output));
        let built = run(folder.path(), &["build", "--formats", "text,html"]);
        assert!(built.status.success(), "{example}\n{}", transcript(&built));
    }
}
