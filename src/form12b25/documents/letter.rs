//! The view of a letter.

use super::kind::DocumentKind;
use super::rich::{blocks, folded, names};
use super::views::{DocumentView, LetterView, LetterheadView};
use crate::form12b25::model::{Filing, Letter};

/// The view of a letter; `exhibit` is `EX-99.1` and the like, none for a cover letter.
pub(super) fn letter(filing: &Filing, letter: &Letter, exhibit: Option<&str>) -> LetterView {
    let signed_by = letter.signed_by.folded();
    let letterhead = letter.letterhead.as_ref();
    let author = letterhead.map_or_else(|| signed_by.clone(), |head| head.name.folded());
    LetterView {
        document: DocumentView::new(
            format!("{}: {}", DocumentKind::Letter(letter.kind).title(), names(filing).join(", ")),
            author,
            letter.date,
        ),
        kind: letter.kind.to_string(),
        exhibit: exhibit.map(|e| e.replacen("EX-", "Exhibit ", 1)),
        letterhead: letterhead.map(|head| LetterheadView {
            name: head.name.folded(),
            tagline: folded(head.tagline.as_ref()),
            lines: head.lines.folded(),
        }),
        date: letter.date.long(),
        to: letter.to.folded(),
        re: letter.re.folded(),
        salutation: folded(letter.salutation.as_ref()),
        body: blocks(&letter.body),
        closing: folded(letter.closing.as_ref()),
        conformed: letter.signed.then(|| format!("/s/ {signed_by}")),
        signed_title: folded(letter.signed_title.as_ref()),
        signed_by,
    }
}
