//! Loads the templates, and tests those of a folder on the specimens before any filing is rendered.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::asked::tags;
use super::passages;
use super::rendering::render;
use super::renderings::Renderings;
use super::template_context::WORDING;
use super::templates::{TemplateOverride, Templates, line_of, located, read};
use crate::diagnostics::finding::{Finding, Located, Spot, did_you_mean, sort};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position};
use crate::edgar::Format;
use crate::form12b25::documents::{DocumentKind, planned};
use crate::form12b25::model::Filing;
use crate::form12b25::specimens;
use crate::form12b25::wording::{self, Edition};
use crate::pipeline::place::{LISTED, not_listed};

/// The name of every specimen in messages.
const SPECIMEN: &str = "<built-in>/specimen";

impl Templates {
    /// Loads the built-in templates.
    ///
    /// # Errors
    /// None in practice: a test loads them.
    pub fn built_in() -> anyhow::Result<Templates> {
        match Templates::load(None, &Arc::default())? {
            Ok(templates) => Ok(templates),
            Err(findings) => {
                anyhow::bail!("a built-in template is broken: {}", findings[0].finding.message)
            }
        }
    }

    /// Loads the built-in templates and those of a folder that override them. The inner error has
    /// the findings in them: a file that overrides nothing or cannot be read, a name that no view
    /// has, a specimen that does not render. All renderings are listed in `renderings` meanwhile.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn load(
        folder: Option<&Path>,
        renderings: &Arc<Renderings>,
    ) -> anyhow::Result<Result<Templates, Vec<Located>>> {
        let own = folder.map(read).transpose()?;
        Ok(Templates::over(own.as_deref(), renderings))
    }

    /// Loads the built-in templates and those files in memory that override them.
    ///
    /// # Errors
    /// The findings in the files.
    pub fn over(
        own: Option<&[TemplateOverride]>,
        renderings: &Arc<Renderings>,
    ) -> Result<Templates, Vec<Located>> {
        let templates = Templates::assemble(own.unwrap_or_default(), renderings)?;
        // A test renders the built-in templates; a run need not do it again.
        let faults = if own.is_some() { templates.trial() } else { Vec::new() };
        if faults.is_empty() { Ok(templates) } else { Err(faults) }
    }

    /// Finds the faults of templates: names that no view has, and then those that the specimens
    /// show.
    fn trial(&self) -> Vec<Located> {
        let specimens = specimens::all();
        let mut findings = self.unknown_names(&specimens);
        let passages = self.passages();
        // Either would fail in many specimens, with a less clear message.
        if findings.is_empty() && passages.is_empty() {
            let formats: Vec<Format> = Format::all().collect();
            let faults = |filing| render(filing, SPECIMEN, self, &formats).err();
            findings.extend(specimens.iter().filter_map(faults).flatten());
        }
        let mut located: Vec<Located> = findings.into_iter().map(located).chain(passages).collect();
        sort(&mut located);
        // One place that breaks a rule breaks it in many specimens, at another line of each.
        located.dedup_by(|b, a| {
            a == b
                || (a.place == b.place
                    && a.finding.rule == b.finding.rule
                    && a.finding.rule != &rule::TEMPLATE)
        });
        located
    }

    /// Finds the passages in which templates and wording do not agree.
    pub(super) fn passages(&self) -> Vec<Located> {
        let built_in = Templates::built_in_layouts();
        passages::check(&self.layouts(), built_in.iter().map(String::as_str), &self.worded())
    }

    /// Finds the names in templates that no view of a specimen has.
    fn unknown_names(&self, specimens: &[Filing]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let known = DocumentKind::TEMPLATES.map(|t| (t, known_names(t, specimens, &self.editions)));
        for format in Format::all() {
            for (template, known) in &known {
                let name = format!("{template}.{}", format.templates());
                let names = self.engine(format).names(&name);
                let unknown: Vec<&String> =
                    names.iter().filter(|name| !known.contains(*name)).collect();
                let listed = unknown.iter().take(LISTED);
                findings.extend(listed.map(|unknown| self.unknown_name(&name, unknown, known)));
                if unknown.len() > LISTED {
                    let place = Place { file: self.shown(&name), position: Position::START };
                    let spot = Spot::Elsewhere(place, String::new());
                    findings.push(not_listed(unknown.len() - LISTED, spot));
                }
            }
        }
        findings
    }

    /// Returns the finding about a name that no view has, with the known names as a hint.
    fn unknown_name(&self, template: &str, name: &str, known: &BTreeSet<String>) -> Finding {
        let text = self.text(template);
        let position = Position::of_offset(text, place_of_name(text, name).unwrap_or(0));
        let place = Place { file: self.shown(template), position };
        let spot = Spot::Elsewhere(place, line_of(text, position));
        let finding = rule::TEMPLATE.at(spot, format!("the view has no `{name}`"));
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        match did_you_mean(name, known.iter().copied()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint(format!("it has: {}", known.join(", "))),
        }
    }
}

/// Returns the offset of the first whole word `name` inside `{{ }}` or `{% %}`, or `None` if there
/// is none.
fn place_of_name(text: &str, name: &str) -> Option<usize> {
    // Tera lists the names that a template uses, but not their places.
    tags(text).find_map(|(start, tag)| Some(start + whole_word(tag, name)?))
}

/// Returns the offset of the first whole word `name` in a text, or `None` if there is none.
fn whole_word(text: &str, name: &str) -> Option<usize> {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(word) && !after.is_some_and(|c| word(c) && c != '.')
    })
}

/// Returns the top-level names of the views that a template gets for these filings.
fn known_names(template: &str, filings: &[Filing], editions: &[Edition]) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for filing in filings {
        let Ok((edition, _)) = wording::edition(editions, filing) else { continue };
        let documents = planned(filing).into_iter().filter(|d| d.kind.template() == template);
        for document in documents {
            known.extend(names(&document.view(edition)));
            known.extend(document.kind.has_wording().then(|| WORDING.to_owned()));
        }
    }
    known
}

/// Returns the top-level names of a view.
fn names(view: &impl Serialize) -> Vec<String> {
    match serde_json::to_value(view) {
        Ok(serde_json::Value::Object(entries)) => entries.keys().cloned().collect(),
        _ => Vec::new(),
    }
}
