//! Tests that the specimens take every branch of the templates, and that they have no errors.

use super::text::WIDTH;
use super::{Engine, Templates};
use crate::diagnostics::source::Source;
use crate::edgar::Format;
use crate::form12b25::deadline;
use crate::form12b25::documents::planned;
use crate::form12b25::rules;
use crate::form12b25::specimens::{SOURCES, all};
use crate::form12b25::wording;
use crate::pipeline::load;

/// Adds a mark after every tag of a template that begins a branch: `if`, `elif`, `else`, `for`.
fn marked(name: &str, text: &str, marks: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{%") {
        let end = start + rest[start..].find("%}").expect("a tag ends") + 2;
        out.push_str(&rest[..end]);
        let word = rest[start + 2..end].trim_start_matches('-').trim_start();
        if ["if ", "elif ", "else", "for "].iter().any(|tag| word.starts_with(tag)) {
            let mark = format!(
                "@@{name}:{}#{}@@",
                text[..text.len() - rest.len() + end].lines().count(),
                marks.len()
            );
            out.push_str(&mark);
            marks.push(mark);
        }
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn the_specimens_take_every_branch_of_every_template() {
    let files = Templates::built_in_files();
    let mut marks = Vec::new();
    let mut rendered = String::new();
    for format in [Format::TEXT, Format::HTML, Format::PDF] {
        let suffix = format.template_ending();
        let own: Vec<(String, String)> = files
            .iter()
            .filter(|(name, _)| name.ends_with(suffix) && name != "layout.typ")
            .map(|(name, text)| (name.clone(), marked(name, text, &mut marks)))
            .collect();
        let own = own.iter().map(|(n, t)| (n.as_str(), t.as_str()));
        let engine = Engine::new(format.target(), own, WIDTH).unwrap();
        let templates = Templates::built_in().unwrap();
        for filing in all() {
            let (edition, _) = wording::edition(&templates.editions, &filing).unwrap();
            for document in planned(&filing) {
                let view = templates.view(&filing, &document, edition).unwrap();
                let name = format!("{}{suffix}", document.kind.template());
                rendered += &engine.render_context(&name, &view).unwrap();
            }
        }
    }
    assert!(marks.len() > 100, "{} branches", marks.len());
    let untaken: Vec<&String> = marks.iter().filter(|mark| !rendered.contains(*mark)).collect();
    assert!(untaken.is_empty(), "no specimen takes {untaken:?}");
}

#[test]
fn specimens_have_no_errors() {
    let editions = Templates::built_in().unwrap().editions;
    for filing in all() {
        let mut findings =
            rules::validate(&filing, &Source::named(""), &editions, deadline::built_in());
        findings.retain(|f| f.rule.code != "narrative-missing");
        assert!(rules::passes(&findings), "{findings:#?}");
    }
}

#[test]
fn specimens_are_filings_as_users_write_them() {
    let loaded: Vec<_> = SOURCES.iter().map(|text| load::built_in(text).unwrap()).collect();
    assert_eq!(loaded, all());
}

#[test]
fn the_built_in_templates_print_every_passage_and_no_other() {
    let found = Templates::built_in().unwrap().passages();
    assert!(found.is_empty(), "{found:#?}");
}
