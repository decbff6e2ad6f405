//! The template files: the built-in ones, and those of a folder that override them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use include_dir::{Dir, include_dir};
use walkdir::{DirEntry, WalkDir};

use super::engine::{Engine, TemplateFault, fault};
use super::passages::{TemplateFile, Worded};
use super::renderings::Renderings;
use super::template_context::Values;
use super::text::WIDTH;
use crate::diagnostics::finding::{self, Finding, Located, Spot, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{
    BYTE_ORDER_MARK, Place, Position, Source, Sources, with_line_feeds,
};
use crate::edgar::{Format, PerFormat, Target};
use crate::form12b25::documents::DocumentKind;
use crate::form12b25::model::{EditionName, Scalar};
use crate::form12b25::wording::Edition;
use crate::pipeline::folder;
use crate::pipeline::load;
use crate::pipeline::load::in_file;

/// The files as they are in the repository.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The static layout that every Typst document imports.
const LAYOUT: &str = "layout.typ";

/// The most bytes of a template or a wording file: 18 times the largest that is built in. Commits of
/// anybody may have others, and the time to parse them grows faster than their size.
const MOST_BYTES: usize = 256 * 1024;

/// The most `elif` of a template. The engine overflows the stack of a thread with 5,000.
const MOST_ELIFS: usize = 500;

/// The prefix of a built-in file's name in findings.
const BUILT_IN_SHOWN: &str = "<built-in>/";

/// A template file.
#[derive(Debug, Clone)]
struct File {
    /// Its path as findings print it.
    shown: String,
    text: String,
}

impl File {
    /// Whether it is the user's own.
    fn is_own(&self) -> bool {
        !self.shown.starts_with(BUILT_IN_SHOWN)
    }

    /// Returns it for the check of passages.
    fn view(&self) -> TemplateFile<'_> {
        TemplateFile { shown: &self.shown, text: &self.text, is_own: self.is_own() }
    }
}

/// A file that overrides a built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateOverride {
    /// Its path below the folder of templates, with `/`.
    pub name: String,
    /// Its path as findings print it.
    pub shown: String,
    /// Its contents with line feeds as line ends, or `None` if it is a symbolic link, which is not followed.
    pub bytes: Option<Vec<u8>>,
}

/// All templates, ready to render.
#[derive(Debug)]
pub struct Templates {
    /// The editions of the form, in the order of their first days.
    pub editions: Vec<Edition>,
    /// The wording of each edition as templates see it: the confirmed part, and all of it.
    wordings: Vec<[Values; 2]>,
    files: BTreeMap<String, File>,
    engines: PerFormat<Engine>,
    renderings: Arc<Renderings>,
}

impl Templates {
    /// Assembles the built-in templates and the files that override them, untested.
    ///
    /// # Errors
    /// The findings in the files.
    pub(super) fn assemble(
        own: &[TemplateOverride],
        renderings: &Arc<Renderings>,
    ) -> Result<Templates, Vec<Located>> {
        let mut files = built_in_files();
        let mut findings = Vec::new();
        overlay(own, &mut files, &mut findings);
        let editions = editions(&files, &mut findings);
        // The engines are made even if there are findings, so that one run reports all faults.
        let engines = match PerFormat::of(|format| engine(format, &files)).transposed() {
            Ok(engines) if findings.is_empty() => engines,
            engines => {
                findings.extend(engines.err().unwrap_or_default());
                return Err(findings);
            }
        };
        match editions.iter().map(wordings).collect() {
            Ok(wordings) => {
                let renderings = renderings.clone();
                Ok(Templates { editions, wordings, files, engines, renderings })
            }
            Err(TemplateFault { message, .. }) => {
                Err(vec![located(rule::WORDING.at(Spot::File, message))])
            }
        }
    }

    /// Returns the names and texts of the built-in files.
    pub fn built_in_files() -> Vec<(String, String)> {
        built_in_files().into_iter().map(|(name, file)| (name, file.text)).collect()
    }

    /// Returns the texts of the built-in templates, without the static layout.
    pub(super) fn built_in_layouts() -> Vec<String> {
        let files = built_in_files().into_iter().filter(|(name, _)| is_rendered(name));
        files.map(|(_, file)| file.text).collect()
    }

    /// Returns the templates, without the static layout.
    pub(super) fn layouts(&self) -> Vec<TemplateFile<'_>> {
        let files = self.files.iter().filter(|(name, _)| is_rendered(name));
        files.map(|(_, file)| file.view()).collect()
    }

    /// Returns the editions with their wording files.
    pub(super) fn worded(&self) -> Vec<Worded<'_>> {
        let file = |edition: &Edition| self.files.get(&wording_file(&edition.name));
        self.editions.iter().filter_map(|edition| Some((edition, file(edition)?.view()))).collect()
    }

    /// Returns the engine of a format.
    pub(super) fn engine(&self, format: Format) -> &Engine {
        &self.engines[format]
    }

    /// Returns the list of renderings in progress.
    pub(super) fn renderings(&self) -> &Renderings {
        &self.renderings
    }

    /// Makes an engine for text documents with lines of another width.
    ///
    /// # Errors
    /// None in practice: the templates are those of the usual engine.
    pub(super) fn narrow(&self, width: usize) -> Result<Engine, TemplateFault> {
        Engine::new(Target::Text, self.texts(Format::TEXT), width)
    }

    /// Returns the static layout that every Typst document imports.
    pub fn layout(&self) -> &str {
        self.files.get(LAYOUT).map_or("", |file| &file.text)
    }

    /// Returns a spot in the static layout.
    pub fn in_layout(&self, position: Position) -> Spot {
        let place = Place { file: self.shown(LAYOUT), position };
        Spot::Elsewhere(place, self.line(LAYOUT, position))
    }

    /// Returns the names and texts of the files that a format's documents depend on, except the
    /// wording.
    pub fn texts(&self, format: Format) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter(move |(name, _)| name.ends_with(format.template_ending()))
            .map(|(n, f)| (n.as_str(), f.text.as_str()))
    }

    /// Returns the wording of an edition as templates see it, or `None` for an unknown edition.
    pub(super) fn wording(&self, edition: &Edition, unconfirmed: bool) -> Option<&Values> {
        let at = self.editions.iter().position(|known| known.name == edition.name)?;
        self.wordings.get(at).map(|wordings| &wordings[usize::from(unconfirmed)])
    }

    /// Returns the text of an edition's wording file; empty if there is none.
    pub fn wording_text(&self, edition: &EditionName) -> &str {
        self.files.get(&wording_file(edition)).map_or("", |file| &file.text)
    }

    /// Returns a template's path as findings print it.
    pub(super) fn shown(&self, name: &str) -> String {
        self.files.get(name).map_or_else(|| name.to_owned(), |file| file.shown.clone())
    }

    /// Whether a template is the user's own.
    pub(super) fn is_own(&self, name: &str) -> bool {
        self.files.get(name).is_some_and(File::is_own)
    }

    /// Returns the text of a template; empty if there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |file| &file.text)
    }

    /// Returns a line of a template; empty if there is none.
    pub(super) fn line(&self, name: &str, position: Position) -> String {
        self.files.get(name).map(|file| line_of(&file.text, position)).unwrap_or_default()
    }
}

/// Converts the wording of an edition into values: the confirmed part, and all of it.
fn wordings(edition: &Edition) -> Result<[Values; 2], TemplateFault> {
    let values =
        |unconfirmed| Values::of(&edition.printed(unconfirmed)).map_err(|error| fault(&error));
    Ok([values(false)?, values(true)?])
}

/// Makes the engine of a format from its templates in `files`.
///
/// # Errors
/// The finding in the first template that cannot be parsed.
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

/// Returns the name of an edition's wording file.
fn wording_file(edition: &EditionName) -> String {
    format!("wording/{edition}.yaml")
}

/// Whether a file is a template that is rendered; the static layout is not.
fn is_rendered(name: &str) -> bool {
    name != LAYOUT && Format::all().any(|format| name.ends_with(format.template_ending()))
}

/// Returns the built-in files, by name.
fn built_in_files() -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    let folders = BUILT_IN.dirs().flat_map(Dir::files);
    for file in BUILT_IN.files().chain(folders) {
        let name = file.path().to_string_lossy().replace('\\', "/");
        // The tool may have been compiled from a clone whose line ends git converted.
        let text = file.contents_utf8().unwrap_or_default().replace("\r\n", "\n");
        files.insert(name.clone(), File { shown: format!("{BUILT_IN_SHOWN}{name}"), text });
    }
    files
}

/// Reads the files of a folder of templates, in the order of paths.
///
/// # Errors
/// The folder cannot be read.
pub fn read(folder: &Path) -> anyhow::Result<Vec<TemplateOverride>> {
    if !folder.is_dir() {
        folder::ensure_exists(folder, "--templates")?;
    }
    let known = known();
    let mut all = Vec::new();
    let visible =
        |e: &DirEntry| e.depth() == 0 || !e.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(folder)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        let entry = entry.map_err(folder::walk_error)?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = relative.to_string_lossy().replace('\\', "/");
        let bytes =
            || if overrides(&name, &known) { read_capped(entry.path()) } else { Ok(Vec::new()) };
        all.push(TemplateOverride {
            shown: crate::pipeline::load::files::shown(entry.path()),
            bytes: entry.file_type().is_file().then(bytes).transpose()?,
            name,
        });
    }
    Ok(all)
}

/// Reads the bytes of a template, at most one more than it may have.
fn read_capped(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read {}", path.display());
    let file = fs::File::open(path).with_context(cannot)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).with_context(cannot)?;
    Ok(with_line_feeds(bytes))
}

/// Returns the names of the files that can be overridden, except new wording files.
fn known() -> BTreeSet<String> {
    let mut known: BTreeSet<String> = built_in_files().into_keys().collect();
    known.extend(Format::all().flat_map(|format| {
        DocumentKind::TEMPLATES.map(|template| format!("{template}{}", format.template_ending()))
    }));
    known
}

/// Replaces files by those that override them.
fn overlay(
    own: &[TemplateOverride],
    files: &mut BTreeMap<String, File>,
    findings: &mut Vec<Located>,
) {
    let known = known();
    for file in own {
        match override_text(file, &known) {
            Ok(text) => {
                findings.extend(unseen_characters(&file.shown, text));
                let (shown, text) = (file.shown.clone(), text.to_owned());
                files.insert(file.name.clone(), File { shown, text });
            }
            Err(finding) => findings.push(located(finding)),
        }
    }
}

/// Returns the text of a file that overrides one of the `known` files.
///
/// # Errors
/// The finding in the file: it is a symbolic link, it overrides nothing, it is too large, or it is
/// not UTF-8.
fn override_text<'f>(
    file: &'f TemplateOverride,
    known: &BTreeSet<String>,
) -> Result<&'f str, Finding> {
    let TemplateOverride { name, shown, bytes } = file;
    let place = Place { file: shown.clone(), position: Position::START };
    let spot = Spot::Elsewhere(place, String::new());
    let Some(bytes) = bytes else {
        let finding = rule::TEMPLATE.at(spot, "a symbolic link is not followed");
        return Err(finding.hint("put the file itself here"));
    };
    if !overrides(name, known) {
        let finding = rule::TEMPLATE.at(spot, format!("`{name}` overrides nothing"));
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        return Err(match did_you_mean(name, known.iter().copied()) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint(format!("the files that can be overridden: {}", known.join(", "))),
        });
    }
    if bytes.len() > MOST_BYTES {
        let message = format!("the template has more than {} KiB", MOST_BYTES / 1024);
        return Err(rule::TOO_LARGE.at(spot, message).hint("no template is that large"));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| rule::ENCODING.at(spot.clone(), "the template is not UTF-8"))?;
    // Tera calls itself for each, until the stack overflows.
    if text.matches("elif").count() > MOST_ELIFS {
        return Err(
            rule::TEMPLATE.at(spot, format!("the template has more than {MOST_ELIFS} `elif`"))
        );
    }
    Ok(text)
}

/// Whether a file overrides one of the `known` files, or is the wording of a new edition.
fn overrides(name: &str, known: &BTreeSet<String>) -> bool {
    let new_wording =
        || name.strip_prefix("wording/").is_some_and(|n| n.ends_with(".yaml") && !n.contains('/'));
    known.contains(name) || new_wording()
}

/// Finds the invisible characters of a file that overrides a built-in one, except a byte order mark.
fn unseen_characters(shown: &str, text: &str) -> Vec<Located> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).to_owned();
    let source = Source { text, ..Source::named(shown) };
    finding::locate(in_file(&source.text).0, &Sources::single(source))
}

/// Reads the wording files into editions, in the order of their first days.
fn editions(files: &BTreeMap<String, File>, findings: &mut Vec<Located>) -> Vec<Edition> {
    let mut editions: Vec<Edition> = Vec::new();
    for (name, file) in files {
        let Some(stem) = name.strip_prefix("wording/").and_then(|n| n.strip_suffix(".yaml")) else {
            continue;
        };
        let read = EditionName::parse(stem).map_err(|message| (message, None)).and_then(|n| {
            ensure_bounded(&file.text)?;
            Edition::read(n, &file.text)
        });
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

/// Checks that a wording file takes no more time and memory to read than a filing may.
///
/// # Errors
/// The message, with its line and column.
fn ensure_bounded(text: &str) -> Result<(), (String, Option<(usize, usize)>)> {
    let Err(finding) = load::parse_tree(text) else { return Ok(()) };
    let at = if let Spot::At(at) = finding.spot { Some((at.line, at.column)) } else { None };
    Err((finding.message, at))
}

/// Returns the line of a text that a position is in.
pub(super) fn line_of(text: &str, position: Position) -> String {
    text.lines().nth(position.line - 1).unwrap_or_default().to_owned()
}

/// Locates a finding whose spot has its own place.
pub(super) fn located(finding: Finding) -> Located {
    finding.locate(&Sources::single(Source::named(String::new())))
}
