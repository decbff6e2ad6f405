//! The kinds of documents that a notice has, one row for each: the stem of their files, their
//! template, their EDGAR type and their titles.

use crate::form12b25::model::LetterKind;

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// The form itself.
    Form,
    /// A letter that goes with it.
    Letter(LetterKind),
}

/// How the files and the EDGAR type of a kind are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// By the stem; the EDGAR type is that of the submission.
    Submission,
    /// By the number of the exhibit.
    Exhibit,
    /// By the stem, with a number from the second on; the EDGAR type is always the same.
    Numbered(&'static str),
}

/// What there is to know of a kind.
pub(super) struct Row {
    pub(super) stem: &'static str,
    pub(super) naming: Naming,
    template: &'static str,
    title: &'static str,
    description: &'static str,
}

/// The name of the form's template, and the stem of its files.
const FORM: &str = "form12b25";
/// The name of the template of all letters.
const LETTER: &str = "letter";
/// The name of the template of the other exhibits.
const PLAIN_EXHIBIT: &str = "exhibit";
/// The start of the stem of an exhibit's files.
const EXHIBIT: &str = "ex";

impl DocumentKind {
    /// The templates of all kinds, without suffix.
    pub const TEMPLATES: [&'static str; 3] = [FORM, LETTER, PLAIN_EXHIBIT];

    /// The table.
    pub(super) const fn row(self) -> Row {
        match self {
            DocumentKind::Form => Row {
                stem: FORM,
                naming: Naming::Submission,
                template: FORM,
                title: "Form 12b-25, Notification of Late Filing",
                description: "Form 12b-25",
            },
            DocumentKind::Letter(LetterKind::AccountantStatement) => Row {
                stem: EXHIBIT,
                naming: Naming::Exhibit,
                template: LETTER,
                title: "Statement under Rule 12b-25(c)",
                description: "Statement under Rule 12b-25(c)",
            },
            DocumentKind::Letter(LetterKind::Cover) => Row {
                stem: "cover",
                naming: Naming::Numbered("COVER"),
                template: LETTER,
                title: "Cover letter",
                description: "Cover letter",
            },
            DocumentKind::Letter(LetterKind::Authority) => Row {
                stem: EXHIBIT,
                naming: Naming::Exhibit,
                template: LETTER,
                title: "Evidence of authority",
                description: "Evidence of authority to sign",
            },
            // The title of its documents is its own.
            DocumentKind::Letter(LetterKind::Exhibit) => Row {
                stem: EXHIBIT,
                naming: Naming::Exhibit,
                template: PLAIN_EXHIBIT,
                title: "Exhibit",
                description: "Exhibit",
            },
        }
    }

    /// The name of its template, without suffix.
    pub fn template(self) -> &'static str {
        self.row().template
    }

    /// Whether its template sees the wording of an edition.
    pub fn has_wording(self) -> bool {
        self == DocumentKind::Form
    }

    /// Its title in the properties of its documents.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// Its description in a submission.
    pub fn description(self) -> &'static str {
        self.row().description
    }
}
