//! Built-in filings that between them take every branch of the built-in templates. They are
//! rendered before any filing, so that a changed template is judged whole.

use std::collections::BTreeSet;

use super::{templates, view};
use crate::form12b25::model::Filing;
use crate::form12b25::wording::{self, Edition};
use crate::pipeline::load;

/// The specimens' sources.
const SOURCES: &[&str] = &[
    include_str!("specimens/full.yaml"),
    include_str!("specimens/bare.yaml"),
    include_str!("specimens/amendment.yaml"),
    include_str!("specimens/transition.yaml"),
];

/// The specimens.
#[expect(clippy::expect_used, reason = "the specimens are built in; a test loads them")]
pub(super) fn all() -> Vec<Filing> {
    SOURCES.iter().map(|text| load::built_in(text).expect("a specimen is a filing")).collect()
}

/// The top-level names that some form's view has.
pub(super) fn form_names(editions: &[Edition]) -> BTreeSet<String> {
    let names = |filing: &Filing| {
        let (edition, _) = wording::edition(editions, filing).ok()?;
        Some(templates::names(&view::form(filing, edition)))
    };
    all().iter().filter_map(names).flatten().chain([view::WORDING.to_owned()]).collect()
}

/// The top-level names that some letter's view has.
pub(super) fn letter_names() -> BTreeSet<String> {
    let filings = all();
    let letters = filings
        .iter()
        .flat_map(|f| f.letters.iter().map(move |l| view::letter(f, l, Some("EX-99.1"))));
    letters.flat_map(|view| templates::names(&view)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edgar::Format;
    use crate::pipeline::render::Templates;

    /// A template with a mark behind every tag that begins a branch: `if`, `elif`, `else`, `for`.
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
            let engine = crate::pipeline::render::Engine::new(
                format.target(),
                own,
                crate::pipeline::render::text::WIDTH,
            )
            .unwrap();
            let templates = Templates::built_in().unwrap();
            for filing in all() {
                let (edition, _) = wording::edition(&templates.editions, &filing).unwrap();
                let view = templates.form(&filing, edition).unwrap();
                rendered += &engine.render_seen(&format!("form12b25{suffix}"), &view).unwrap();
                for (letter, exhibit) in
                    filing.letters.iter().zip(crate::form12b25::model::exhibits(&filing.letters))
                {
                    let view = view::letter(&filing, letter, exhibit.as_deref());
                    rendered += &engine.render(&format!("letter{suffix}"), &view).unwrap();
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
            let mut findings = crate::form12b25::rules::validate(&filing, &editions);
            findings.retain(|f| f.rule.code != "narrative-missing");
            assert!(crate::form12b25::rules::passes(&findings), "{findings:#?}");
        }
    }
}
