//! Templates for use: a folder's over the built-in ones, tried on the specimens before any filing.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::passages;
use super::rendering::render;
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

impl Templates {
    /// The built-in templates.
    ///
    /// # Errors
    /// None that a test would not have found.
    pub fn built_in() -> anyhow::Result<Templates> {
        match Templates::load(None)? {
            Ok(templates) => Ok(templates),
            Err(findings) => {
                anyhow::bail!("a built-in template is broken: {}", findings[0].finding.message)
            }
        }
    }

    /// The templates, those of a folder over the built-in ones. The inner error has the findings in
    /// them: a file that overrides nothing or cannot be read, a name that no view has, a specimen
    /// that does not render.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn load(folder: Option<&Path>) -> anyhow::Result<Result<Templates, Vec<Located>>> {
        let own = folder.map(read).transpose()?;
        Ok(Templates::over(own.as_deref()))
    }

    /// The same from files in memory instead of a folder's.
    pub fn over(own: Option<&[TemplateOverride]>) -> Result<Templates, Vec<Located>> {
        let templates = Templates::assemble(own.unwrap_or_default())?;
        let faults = if own.is_some() { templates.trial() } else { Vec::new() };
        if faults.is_empty() { Ok(templates) } else { Err(faults) }
    }

    /// Finds the faults of templates before any filing is rendered: names that no view has, then
    /// those that the specimens show, which take every branch of the built-in templates.
    fn trial(&self) -> Vec<Located> {
        let mut findings = Vec::new();
        let specimens = specimens::all();
        let formats: Vec<Format> = Format::all().collect();
        let known =
            DocumentKind::TEMPLATES.map(|t| (t, known_names(t, &specimens, &self.editions)));
        for format in Format::all() {
            for (template, known) in &known {
                let name = format!("{template}.{}", format.templates());
                for unknown in
                    self.engine(format).names(&name).iter().filter(|n| !known.contains(*n))
                {
                    findings.push(self.unknown_name(
                        &name,
                        unknown,
                        known.iter().map(String::as_str),
                    ));
                }
            }
        }
        let passages = self.passages();
        if findings.is_empty() && passages.is_empty() {
            findings.extend(
                specimens
                    .iter()
                    .filter_map(|filing| render(filing, self, &formats).err())
                    .flatten(),
            );
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

    /// What is wrong between the templates and the wording.
    pub(super) fn passages(&self) -> Vec<Located> {
        let built_in = Templates::built_in_layouts();
        passages::check(&self.layouts(), built_in.iter().map(String::as_str), &self.worded())
    }

    fn unknown_name<'a>(
        &self,
        template: &str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Finding {
        let text = self.text(template);
        let position = Position::of_offset(text, place_of_name(text, name).unwrap_or(0));
        let place = Place { file: self.shown(template), position };
        let spot = Spot::Elsewhere(place, line_of(text, position));
        let finding = rule::TEMPLATE.at(spot, format!("the view has no `{name}`"));
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        match did_you_mean(name, known.iter().copied()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint(format!("it has: {}", known.join(", "))),
        }
    }
}

/// The first place of a name as a whole word inside `{{ }}` or `{% %}`.
fn place_of_name(text: &str, name: &str) -> Option<usize> {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        let inside =
            text[..*at].rfind(['{', '}']).is_some_and(|brace| text[brace..].starts_with('{'))
                || text[..*at].rfind("{%") > text[..*at].rfind("%}");
        inside && !before.is_some_and(word) && !after.is_some_and(|c| word(c) && c != '.')
    })
}

/// The top-level names of the views that a template sees, of some filings.
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

/// The names of a view's top level.
fn names(view: &impl Serialize) -> Vec<String> {
    match serde_json::to_value(view) {
        Ok(serde_json::Value::Object(entries)) => entries.keys().cloned().collect(),
        _ => Vec::new(),
    }
}
