//! The documents that a filing is to have, before they are rendered.

use serde::Serialize;

use super::kind::{DocumentKind, Naming};
use super::stems::Names;
use super::views::{ExhibitView, FormView, LetterView};
use super::{form, letter};
use crate::form12b25::model::{Filing, Letter, exhibits};
use crate::form12b25::wording::Edition;

/// A document that a filing is to have.
#[derive(Debug)]
pub struct Planned<'a> {
    /// Its kind.
    pub kind: DocumentKind,
    /// The name of its files, without suffix: `form12b25`, `ex99-1`, `cover`.
    pub stem: String,
    /// Its type in a submission: `NT 10-K`, `EX-99.1`, `COVER`.
    pub edgar_type: String,
    filing: &'a Filing,
    letter: Option<(&'a Letter, Option<String>)>,
}

/// The view of a document.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum View {
    /// Of the form; the wording of its edition is not part of it, since it is the same for many
    /// filings.
    Form(Box<FormView>),
    /// Of a letter.
    Letter(Box<LetterView>),
    /// Of an exhibit that is not a letter.
    Exhibit(Box<ExhibitView>),
}

/// The documents of a filing: the form, then its letters.
pub fn planned(filing: &Filing) -> Vec<Planned<'_>> {
    let mut names = Names::default();
    let letters = filing.letters.iter().zip(exhibits(&filing.letters));
    let letters = letters.map(|(letter, exhibit)| {
        (DocumentKind::Letter(letter.kind), exhibit.clone(), Some((letter, exhibit)))
    });
    let all = std::iter::once((DocumentKind::Form, None, None)).chain(letters);
    all.map(|(kind, exhibit, letter)| Planned {
        kind,
        stem: names.stem(kind, exhibit.as_deref()),
        edgar_type: match kind.row().naming {
            Naming::Submission => filing.submission_type(),
            Naming::Exhibit => exhibit.unwrap_or_default(),
            Naming::Numbered(edgar_type) => edgar_type.to_owned(),
        },
        filing,
        letter,
    })
    .collect()
}

impl Planned<'_> {
    /// What its template sees, on an edition.
    pub fn view(&self, edition: &Edition) -> View {
        match &self.letter {
            None => View::Form(Box::new(form::form(self.filing, edition))),
            Some((letter, exhibit)) if letter.is_plain_exhibit() => {
                View::Exhibit(Box::new(letter::exhibit(self.filing, letter, exhibit.as_deref())))
            }
            Some((letter, exhibit)) => {
                View::Letter(Box::new(letter::letter(self.filing, letter, exhibit.as_deref())))
            }
        }
    }
}
