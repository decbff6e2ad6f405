//! Compares the documents of a filing with those of another version: the form, then each letter
//! with its former version.

use std::sync::Arc;

use super::blackline;
use super::blocks::of_html;
use super::diff::{BlockDiff, Counts, State};
use super::facts::Fact;
use super::pair;
use crate::edgar::{Format, listed};
use crate::form12b25::model::Filing;
use crate::pipeline::render::{self, Document, Templates};

/// A document that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentDiff {
    /// The name of its files without suffix, the new one if it has two.
    pub stem: String,
    /// Its former stem, if that is another.
    pub was: Option<String>,
    /// Its change.
    pub state: State,
    /// All of its blocks, also the unchanged ones.
    pub blocks: Vec<BlockDiff>,
    /// The old and the new version in HTML, empty if there is none.
    pub html: [String; 2],
}

impl DocumentDiff {
    /// Compares two versions of a document, in HTML.
    pub fn between(stem: &str, old: &str, new: &str) -> DocumentDiff {
        let blocks = blackline::compare(&of_html(old), &of_html(new));
        let html = [old.to_owned(), new.to_owned()];
        DocumentDiff { stem: stem.to_owned(), was: None, state: State::Changed, blocks, html }
    }

    /// The numbers of its words that changed.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.blocks)
    }
}

/// The formats whose layouts are compared.
const FORMATS: [Format; 3] = [Format::TEXT, Format::HTML, Format::PDF];

type Templated<'a> = (Option<&'a Filing>, &'a Result<Arc<Templates>, String>);

/// The comparison of a filing's documents.
#[derive(Default)]
pub(super) struct Compared {
    /// The documents whose text changed.
    pub(super) documents: Vec<DocumentDiff>,
    pub(super) facts: Vec<Fact>,
    /// Whether a document differs in any format, is new or is gone.
    pub(super) changed: bool,
}

/// Compares the documents of a filing.
pub(super) fn compare(old: Templated<'_>, new: Templated<'_>) -> Compared {
    let (before, after) = (rendered(old), rendered(new));
    let mut facts = Vec::new();
    for (version, fault) in [("old", before.as_ref().err()), ("new", after.as_ref().err())] {
        let sentence = fault.map(|fault| format!("the {version} version cannot be shown: {fault}"));
        facts.extend(sentence.map(|sentence| Fact::plain("", sentence)));
    }
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (Ok(_), Err(_)) => return Compared { facts, changed: true, ..Compared::default() },
        // Only the data show whether a document that cannot be made any more would change.
        (Err(_), _) => {
            return Compared { facts, changed: old.0 != new.0, ..Compared::default() };
        }
    };
    let (mut documents, mut changed) = (Vec::new(), false);
    for (old, new) in pairs(old.0, new.0, &before, &after) {
        let Some(stem) = new.or(old).map(|document| document.stem.clone()) else { continue };
        let was = old
            .filter(|_| new.is_some())
            .map(|document| document.stem.clone())
            .filter(|was| *was != stem);
        changed |= match (old, new) {
            (Some(old), Some(new)) => !formats_of(old, new).is_empty() || was.is_some(),
            _ => true,
        };
        let state = match (old, new) {
            (Some(_), Some(_)) => State::Changed,
            (Some(_), None) => State::Deleted,
            (None, _) => State::Inserted,
        };
        if let Some(was) = &was {
            facts.push(Fact::plain("letters", format!("{was} becomes {stem}")));
        }
        let html = [old, new].map(|document| document.map_or("", |own| own.text(Format::HTML)));
        let blocks = blackline::compare(&of_html(html[0]), &of_html(html[1]));
        if blocks.iter().any(|block| block.state != State::Same) {
            let html = html.map(str::to_owned);
            documents.push(DocumentDiff { stem, was, state, blocks, html });
        } else if let (Some(old), Some(new)) = (old, new) {
            facts.extend(layout(&stem, old, new));
        }
    }
    Compared { documents, facts, changed }
}

/// The documents of a filing; empty if there is no filing.
fn rendered((filing, templates): Templated<'_>) -> Result<Vec<Document>, String> {
    let Some(filing) = filing else { return Ok(Vec::new()) };
    let templates =
        templates.as_ref().map_err(|fault| format!("the templates are broken: {fault}"))?;
    render::render(filing, &filing.registrant.name.folded(), templates, &FORMATS).map_err(
        |findings| {
            findings.first().map_or_else(|| "no document".to_owned(), |first| first.message.clone())
        },
    )
}

/// The documents of both versions in pairs.
fn pairs<'a>(
    old: Option<&Filing>,
    new: Option<&Filing>,
    before: &'a [Document],
    after: &'a [Document],
) -> Vec<(Option<&'a Document>, Option<&'a Document>)> {
    let letters =
        |filing: Option<&Filing>| filing.map(|filing| filing.letters.clone()).unwrap_or_default();
    let mut all = vec![(before.first(), after.first())];
    for pair in pair::letters(&letters(old), &letters(new)) {
        let at =
            |documents: &'a [Document], at: Option<usize>| at.and_then(|at| documents.get(at + 1));
        all.push((at(before, pair.old), at(after, pair.new)));
    }
    all
}

/// The fact that a document has another layout but the same words.
fn layout(stem: &str, old: &Document, new: &Document) -> Option<Fact> {
    let changed = formats_of(old, new);
    let formats = listed(&changed, "and");
    let sentence = format!("{stem} is laid out otherwise as {formats}, and says the same");
    (!changed.is_empty()).then(|| Fact::plain("", sentence))
}

/// The formats in which two documents differ.
fn formats_of(old: &Document, new: &Document) -> Vec<&'static str> {
    let changed = Format::all().filter(|format| old.rendered[*format] != new.rendered[*format]);
    changed.map(Format::noun).collect()
}
