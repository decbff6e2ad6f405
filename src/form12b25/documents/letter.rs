//! The views of a letter and of another exhibit.

use super::kind::DocumentKind;
use super::rich::{blocks, folded, names};
use super::views::{DocumentView, ExhibitView, LetterView, LetterheadView};
use crate::form12b25::model::{CivilDate, Filing, Letter};

/// The view of a letter; `exhibit` is `EX-99.1` and the like, none for a cover letter.
pub(super) fn letter(filing: &Filing, letter: &Letter, exhibit: Option<&str>) -> LetterView {
    let signed_by = letter.name();
    let letterhead = letter.letterhead.as_ref();
    let author = letterhead.map_or_else(|| signed_by.clone(), |head| head.name.folded());
    LetterView {
        document: DocumentView::new(
            format!("{}: {}", DocumentKind::Letter(letter.kind).title(), names(filing).join(", ")),
            author,
            letter.date.unwrap_or_else(|| filing.document_date()),
        ),
        kind: letter.kind.to_string(),
        exhibit: exhibit.map(marked),
        letterhead: letterhead.map(|head| LetterheadView {
            name: head.name.folded(),
            tagline: folded(head.tagline.as_ref()),
            lines: head.lines.folded(),
        }),
        date: letter.date.map(CivilDate::long),
        to: letter.to.folded(),
        re: letter.re.folded(),
        salutation: folded(letter.salutation.as_ref()),
        body: blocks(&letter.body),
        closing: folded(letter.closing.as_ref()),
        conformed: (letter.signed == Some(true)).then(|| format!("/s/ {signed_by}")),
        signed_title: folded(letter.signed_title.as_ref()),
        signed_by,
    }
}

/// The view of an exhibit that is not a letter.
pub(super) fn exhibit(filing: &Filing, letter: &Letter, exhibit: Option<&str>) -> ExhibitView {
    let (title, registrants) = (letter.name(), names(filing).join(", "));
    ExhibitView {
        document: DocumentView::new(
            format!("{title}: {registrants}"),
            registrants,
            filing.document_date(),
        ),
        exhibit: exhibit.map(marked).unwrap_or_default(),
        title,
        body: blocks(&letter.body),
    }
}

/// Returns the mark on an exhibit: `Exhibit 99.1` for `EX-99.1`.
fn marked(exhibit: &str) -> String {
    exhibit.replacen("EX-", "Exhibit ", 1)
}
