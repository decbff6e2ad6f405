//! The template files: those built into the tool, and a folder's over them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use include_dir::{Dir, include_dir};
use serde::Serialize;
use walkdir::{DirEntry, WalkDir};

use super::engine::{Engine, TemplateFault, fault};
use super::seen::{Values, WORDING};
use super::text::WIDTH;
use crate::diagnostics::finding::{Finding, Located, Spot, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position, Source, Sources};
use crate::edgar::{Format, PerFormat, Target};
use crate::form12b25::documents::{DocumentKind, planned};
use crate::form12b25::model::{EditionName, Filing, Scalar};
use crate::form12b25::specimens;
use crate::form12b25::wording::{self, Edition};

/// The files as they are in the repository.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The static layout that every Typst document imports.
const LAYOUT: &str = "layout.typ";

/// What findings print before the name of a built-in file.
const BUILT_IN_SHOWN: &str = "<built-in>/";

/// A template file: where it came from, and its text.
#[derive(Debug, Clone)]
struct File {
    shown: String,
    text: String,
}

/// A file to put over a built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Its path below the folder of templates, with `/`.
    pub name: String,
    /// Its path as findings print it.
    pub shown: String,
    /// What it holds; none if it is a symbolic link, which is not followed.
    pub bytes: Option<Vec<u8>>,
}

/// All templates, ready to render.
#[derive(Debug)]
pub struct Templates {
    /// The editions of the form, in the order of their first days.
    pub editions: Vec<Edition>,
    /// The wording of each edition as templates see it: what is confirmed, and all of it.
    wordings: Vec<[Values; 2]>,
    files: BTreeMap<String, File>,
    engines: PerFormat<Engine>,
}

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

    /// The templates, those of a folder over the built-in ones. Inside, what is wrong with them: a
    /// file that overrides nothing, one that cannot be read, a name that no view has, a specimen
    /// filing that does not render.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn load(folder: Option<&Path>) -> anyhow::Result<Result<Templates, Vec<Located>>> {
        let own = folder.map(read).transpose()?;
        Ok(Templates::over(own.as_deref()))
    }

    /// The same from files at hand instead of a folder's.
    pub fn over(own: Option<&[Own]>) -> Result<Templates, Vec<Located>> {
        let mut files = built_in_files();
        let mut findings = Vec::new();
        overlay(own.unwrap_or_default(), &mut files, &mut findings);
        let editions = editions(&files, &mut findings);
        let engines = match PerFormat::of(|format| engine(format, &files)).transposed() {
            Ok(engines) if findings.is_empty() => engines,
            engines => {
                findings.extend(engines.err().unwrap_or_default());
                return Err(findings);
            }
        };
        let printed = |edition: &Edition| {
            let values = |unconfirmed| {
                Values::of(&edition.printed(unconfirmed)).map_err(|error| fault(&error))
            };
            Ok([values(false)?, values(true)?])
        };
        let wordings = match editions.iter().map(printed).collect() {
            Ok(wordings) => wordings,
            Err(TemplateFault { message, .. }) => {
                return Err(vec![located(rule::WORDING.at(Spot::File, message))]);
            }
        };
        let templates = Templates { editions, wordings, files, engines };
        let faults = if own.is_some() { templates.trial() } else { Vec::new() };
        if faults.is_empty() { Ok(templates) } else { Err(faults) }
    }

    /// The built-in files, each a name and its text.
    pub fn built_in_files() -> Vec<(String, String)> {
        built_in_files().into_iter().map(|(name, file)| (name, file.text)).collect()
    }

    /// The engine of a format.
    pub(super) fn engine(&self, format: Format) -> &Engine {
        &self.engines[format]
    }

    /// An engine for text documents in lines of another width.
    ///
    /// # Errors
    /// None that the engine of the usual width would not have.
    pub(super) fn narrow(&self, width: usize) -> Result<Engine, TemplateFault> {
        Engine::new(Target::Text, self.texts(Format::TEXT), width)
    }

    /// The static layout that every Typst document imports.
    pub fn layout(&self) -> &str {
        self.files.get(LAYOUT).map_or("", |file| &file.text)
    }

    /// A spot in the static layout.
    pub fn in_layout(&self, position: Position) -> Spot {
        let place = Place { file: self.shown(LAYOUT), position };
        Spot::Elsewhere(place, self.line(LAYOUT, position))
    }

    /// Texts of the files that a format's documents depend on, beside the wording.
    pub fn texts(&self, format: Format) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter(move |(name, _)| name.ends_with(format.template_ending()))
            .map(|(n, f)| (n.as_str(), f.text.as_str()))
    }

    /// The wording of an edition as templates see it.
    pub(super) fn wording(&self, edition: &Edition, unconfirmed: bool) -> Option<&Values> {
        let at = self.editions.iter().position(|known| known.name == edition.name)?;
        self.wordings.get(at).map(|wordings| &wordings[usize::from(unconfirmed)])
    }

    /// The text of an edition's wording file.
    pub fn wording_text(&self, edition: &EditionName) -> &str {
        self.files.get(&format!("wording/{edition}.yaml")).map_or("", |file| &file.text)
    }

    /// A template's path as findings print it.
    pub(super) fn shown(&self, name: &str) -> String {
        self.files.get(name).map_or_else(|| name.to_owned(), |file| file.shown.clone())
    }

    /// Whether a template is the user's own.
    pub(super) fn is_own(&self, name: &str) -> bool {
        self.files.get(name).is_some_and(|file| !file.shown.starts_with(BUILT_IN_SHOWN))
    }

    /// The text of a template.
    pub(super) fn text(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |file| &file.text)
    }

    /// A line of a template.
    pub(super) fn line(&self, name: &str, position: Position) -> String {
        self.files.get(name).map(|file| line_of(&file.text, position)).unwrap_or_default()
    }

    /// Finds what is wrong before any filing is rendered: names that no view has, then the
    /// specimens, which take every branch of the built-in templates.
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
        if findings.is_empty() {
            findings.extend(
                specimens
                    .iter()
                    .filter_map(|filing| super::render(filing, self, &formats).err())
                    .flatten(),
            );
        }
        let mut located: Vec<Located> = findings.into_iter().map(located).collect();
        crate::diagnostics::finding::sort(&mut located);
        // One place that breaks a rule breaks it in many specimens, at another line of each.
        located.dedup_by(|b, a| {
            a == b
                || (a.place == b.place
                    && a.finding.rule == b.finding.rule
                    && a.finding.rule != &rule::TEMPLATE)
        });
        located
    }

    fn unknown_name<'a>(
        &self,
        template: &str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Finding {
        let text = self.files.get(template).map_or("", |file| file.text.as_str());
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

/// The engine of a format, with its templates among some files.
fn engine(format: Format, files: &BTreeMap<String, File>) -> Result<Engine, Located> {
    let ending = format.template_ending();
    let own = files.iter().filter(|(name, _)| name.ends_with(ending) && *name != LAYOUT);
    let own = own.map(|(name, file)| (name.as_str(), file.text.as_str()));
    Engine::new(format.target(), own, WIDTH).map_err(|fault| {
        let file = files.get(&fault.file);
        let shown = || format!("templates for {}", format.templates());
        let line = file.map(|f| line_of(&f.text, fault.position)).unwrap_or_default();
        let place =
            Place { file: file.map_or_else(shown, |f| f.shown.clone()), position: fault.position };
        located(rule::TEMPLATE.at(Spot::Elsewhere(place, line), fault.message))
    })
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

fn built_in_files() -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    let folders = BUILT_IN.dirs().flat_map(Dir::files);
    for file in BUILT_IN.files().chain(folders) {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let text = file.contents_utf8().unwrap_or_default().to_owned();
        files.insert(name.clone(), File { shown: format!("{BUILT_IN_SHOWN}{name}"), text });
    }
    files
}

/// The files of a folder of templates, by path. Symbolic links are not followed.
///
/// # Errors
/// The folder cannot be read.
pub fn read(folder: &Path) -> anyhow::Result<Vec<Own>> {
    anyhow::ensure!(folder.is_dir(), "there is no directory `{}` of templates", folder.display());
    let mut all = Vec::new();
    let visible =
        |e: &DirEntry| e.depth() == 0 || !e.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(folder)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let bytes = || {
            fs::read(entry.path())
                .with_context(|| format!("cannot read {}", entry.path().display()))
        };
        all.push(Own {
            name: relative.to_string_lossy().replace('\\', "/"),
            shown: crate::pipeline::load::files::shown(entry.path()),
            bytes: entry.file_type().is_file().then(bytes).transpose()?,
        });
    }
    Ok(all)
}

/// Puts files over those that are there.
fn overlay(own: &[Own], files: &mut BTreeMap<String, File>, findings: &mut Vec<Located>) {
    let mut known: BTreeSet<String> = files.keys().cloned().collect();
    known.extend(Format::all().flat_map(|format| {
        DocumentKind::TEMPLATES.map(|template| format!("{template}{}", format.template_ending()))
    }));
    for Own { name, shown, bytes } in own {
        let at = |position| Spot::Elsewhere(Place { file: shown.clone(), position }, String::new());
        let Some(bytes) = bytes else {
            let finding = rule::TEMPLATE.at(at(Position::START), "a symbolic link is not followed");
            findings.push(located(finding.hint("put the file itself here")));
            continue;
        };
        let new_wording =
            name.strip_prefix("wording/").is_some_and(|n| n.ends_with(".yaml") && !n.contains('/'));
        if !known.contains(name) && !new_wording {
            let finding =
                rule::TEMPLATE.at(at(Position::START), format!("`{name}` overrides nothing"));
            findings.push(located(match did_you_mean(name, known.iter().map(String::as_str)) {
                Some(near) => finding.hint(format!("did you mean `{near}`?")),
                None => {
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    finding.hint(format!("the files that can be overridden: {}", known.join(", ")))
                }
            }));
            continue;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => drop(
                files.insert(name.clone(), File { shown: shown.clone(), text: text.to_owned() }),
            ),
            Err(_) => findings
                .push(located(rule::ENCODING.at(at(Position::START), "the template is not UTF-8"))),
        }
    }
}

/// Reads the wording files.
fn editions(files: &BTreeMap<String, File>, findings: &mut Vec<Located>) -> Vec<Edition> {
    let mut editions: Vec<Edition> = Vec::new();
    for (name, file) in files {
        let Some(stem) = name.strip_prefix("wording/").and_then(|n| n.strip_suffix(".yaml")) else {
            continue;
        };
        let read = EditionName::parse(stem)
            .map_err(|message| (message, None))
            .and_then(|n| Edition::read(n, &file.text));
        match read {
            Ok(edition) => editions.push(edition),
            Err((message, at)) => {
                let position =
                    at.map_or(Position::START, |(line, column)| Position { line, column });
                let place = Place { file: file.shown.clone(), position };
                let spot = Spot::Elsewhere(place, line_of(&file.text, position));
                findings.push(located(rule::WORDING.at(spot, message)));
            }
        }
    }
    editions.sort_by_key(|edition| edition.wording.from);
    editions
}

fn line_of(text: &str, position: Position) -> String {
    text.lines().nth(position.line - 1).unwrap_or_default().to_owned()
}

/// A finding whose spot carries its own place.
fn located(finding: Finding) -> Located {
    finding.locate(&Sources::single(Source::named(String::new())))
}
