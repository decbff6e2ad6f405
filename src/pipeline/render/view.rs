//! What templates see: a filing as plain strings, laid out by no target. What is absent is left
//! out, so that a template which prints it unasked fails instead of printing nothing.

use serde::Serialize;

use crate::form12b25::model::{
    Align, Attachment, CivilDate, Explanation, Filing, Instructions, Letter, LetterKind, Piece,
    Placement, Registrant, Relief, RichText, Signature, Table, Text,
};
use crate::form12b25::wording::Edition;

/// A document's properties, for titles and PDF metadata.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct DocumentView {
    /// Title.
    pub title: String,
    /// Author: who speaks in the document.
    pub author: String,
    /// Year, month and day, as digits.
    pub year: String,
    /// Month, from 1.
    pub month: String,
    /// Day, from 1.
    pub day: String,
}

impl DocumentView {
    fn new(title: String, author: String, date: CivilDate) -> DocumentView {
        let (year, month, day) = date.parts();
        DocumentView {
            title,
            author,
            year: year.to_string(),
            month: month.to_string(),
            day: day.to_string(),
        }
    }
}

/// The name of an edition's wording beside the view of the form's body: it is the same for many
/// filings.
pub(super) const WORDING: &str = "wording";

/// The view of the form's body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(bound = "")]
#[allow(missing_docs)] // the fields are described in docs/templates.md, which templates' authors read
pub(super) struct FormView {
    pub document: DocumentView,
    pub submission_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amendment: Option<AmendmentView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub omb: Option<OmbView>,
    pub numbers: Vec<NumbersView>,
    pub forms: Vec<BoxView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_ended: Option<String>,
    pub transition_forms: Vec<BoxView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transition_period_ended: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portion: Option<String>,
    pub registrants: Vec<RegistrantView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relief: Option<BoxesView>,
    pub relief_sought: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<Vec<BlockView>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactView>,
    pub prior_reports: PriorReportsView,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_change: Option<ResultsChangeView>,
    pub before_signature: Vec<AttachmentView>,
    pub after_signature: Vec<AttachmentView>,
    pub signatures: Vec<SignatureView>,
    pub print_instruction: bool,
    pub print_general_instructions: bool,
}

/// The view of a letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub(super) struct LetterView {
    pub document: DocumentView,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<LetterheadView>,
    pub date: String,
    pub to: Vec<String>,
    pub re: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salutation: Option<String>,
    pub body: Vec<BlockView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conformed: Option<String>,
    pub signed_by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_title: Option<String>,
}

/// Declares views.
macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[allow(missing_docs)]
        pub(super) struct $name { $($(#[$fmeta])* pub $field: $type),+ }
    )+};
}

views! {
    /// What an amended notification says of itself.
    AmendmentView {
        title: String,
        #[serde(skip_serializing_if = "Option::is_none")] original_filed: Option<String>,
        note: Vec<BlockView>,
    }
    /// The OMB box.
    OmbView { #[serde(skip_serializing_if = "Option::is_none")] expires: Option<String> }
    /// A registrant's two identification boxes; the name only where there are several registrants.
    NumbersView {
        #[serde(skip_serializing_if = "Option::is_none")] registrant: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")] file_number: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")] cusip: Option<String>,
    }
    /// A check box and its label.
    BoxView { label: String, checked: bool }
    /// The three boxes of Part II.
    BoxesView { a: bool, b: bool, c: bool }
    /// Part I of one registrant.
    RegistrantView {
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")] former_name: Option<String>,
        street: Vec<String>,
        city: String,
    }
    /// Part IV (1).
    ContactView {
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")] area_code: Option<String>,
        telephone: String,
    }
    /// Part IV (2).
    PriorReportsView { all_filed: bool, missing: Vec<MissingView> }
    /// A report that was not filed.
    MissingView { report: String, explanation: Vec<BlockView> }
    /// Part IV (3).
    ResultsChangeView {
        anticipated: bool,
        explanation: Vec<BlockView>,
        #[serde(skip_serializing_if = "Option::is_none")] see: Option<String>,
    }
    /// An attachment.
    AttachmentView { title: String, body: Vec<BlockView> }
    /// A signature block: the registrants it signs for, and the signer.
    SignatureView {
        registrants: Vec<String>,
        through: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")] date: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")] conformed: Option<String>,
        name: String,
        title: Vec<String>,
    }
    /// The head of a letter.
    LetterheadView {
        name: String,
        #[serde(skip_serializing_if = "Option::is_none")] tagline: Option<String>,
        lines: Vec<String>,
    }
    /// A block of rich text; `kind` says which of the other fields it has.
    BlockView {
        kind: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")] text: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")] items: Option<Vec<String>>,
        #[serde(skip_serializing_if = "Option::is_none")] caption: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")] columns: Option<Vec<CellView>>,
        #[serde(skip_serializing_if = "Option::is_none")] rows: Option<Vec<Vec<CellView>>>,
    }
    /// A cell of a table.
    CellView { text: String, align: String }
}

/// The view of a filing's form, on an edition.
pub(super) fn form(filing: &Filing, edition: &Edition) -> FormView {
    let wording = &edition.wording;
    let report = &filing.report;
    let period = report.period_ended.long();
    let instructions = filing.print.instructions;
    FormView {
        document: DocumentView::new(
            format!("{}: Form 12b-25, Notification of Late Filing", filing.submission_type()),
            names(filing).join(", "),
            filing.document_date(),
        ),
        submission_type: filing.submission_type(),
        amendment: filing.amendment.as_ref().map(|amendment| AmendmentView {
            title: amendment
                .number
                .map_or("Amended Notification".to_owned(), |n| format!("Amendment No. {n}")),
            original_filed: amendment.original_filed.map(CivilDate::long),
            note: blocks(&amendment.explanatory_note),
        }),
        omb: filing
            .print
            .omb_box
            .then(|| OmbView { expires: folded(filing.print.omb_expires.as_ref()) }),
        numbers: numbers(filing),
        forms: boxes(&wording.form_label, &wording.forms, filing, false),
        transition_forms: boxes(&wording.transition_label, &wording.transition_forms, filing, true),
        period_ended: (!report.transition).then(|| period.clone()),
        transition_period_ended: report.transition.then_some(period),
        portion: folded(report.portion.as_ref()),
        registrants: filing.registrants().map(registrant).collect(),
        relief_sought: filing.relief == Relief::Sought,
        relief: match filing.relief {
            Relief::Each(each) => Some(BoxesView {
                a: each.reasons_not_eliminable,
                b: each.filed_within_extension,
                c: each.statement_attached,
            }),
            Relief::Sought | Relief::None => None,
        },
        narrative: filing.narrative.as_ref().map(blocks),
        contact: filing.contact.as_ref().map(|contact| {
            let (area_code, telephone) = contact.telephone();
            ContactView { name: contact.name.folded(), area_code, telephone }
        }),
        prior_reports: PriorReportsView {
            all_filed: filing.prior_reports.all_filed,
            missing: filing.prior_reports.missing.iter().map(missing).collect(),
        },
        results_change: filing.results_change.as_ref().map(|change| ResultsChangeView {
            anticipated: change.anticipated,
            explanation: match &change.explanation {
                Some(Explanation::Text(text)) => blocks(text),
                _ => Vec::new(),
            },
            see: match &change.explanation {
                Some(Explanation::See(see)) => Some(see.folded()),
                _ => None,
            },
        }),
        before_signature: attachments(filing, Placement::BeforeSignature),
        after_signature: attachments(filing, Placement::AfterSignature),
        signatures: signatures(filing),
        print_instruction: instructions != Instructions::None,
        print_general_instructions: instructions == Instructions::All,
    }
}

fn folded(text: Option<&Text>) -> Option<String> {
    text.map(Text::folded)
}

fn names(filing: &Filing) -> Vec<String> {
    filing.registrants().map(|r| r.name.folded()).collect()
}

fn numbers(filing: &Filing) -> Vec<NumbersView> {
    let several = !filing.co_registrants.is_empty();
    let numbers = |registrant: &Registrant| NumbersView {
        registrant: several.then(|| registrant.name.folded()),
        file_number: folded(registrant.file_number.as_ref()),
        cusip: folded(registrant.cusip.as_ref()),
    };
    filing.registrants().map(numbers).collect()
}

/// A list of boxes. A historic form stands in the place of the box it used; a transition report
/// ticks only its box in the transition list.
fn boxes(
    label: &str,
    forms: &[crate::form12b25::model::FormType],
    filing: &Filing,
    transition: bool,
) -> Vec<BoxView> {
    let report = &filing.report;
    let box_of = |form: &crate::form12b25::model::FormType| {
        let own = *form == report.form.box_form() && report.transition == transition;
        let shown = if own { report.form } else { *form };
        BoxView { label: format!("{label} {shown}"), checked: own }
    };
    forms.iter().map(box_of).collect()
}

fn registrant(registrant: &Registrant) -> RegistrantView {
    RegistrantView {
        name: registrant.name.folded(),
        former_name: folded(registrant.former_name.as_ref()),
        street: registrant.address.street.folded(),
        city: registrant.address.city_line(),
    }
}

fn missing(missing: &crate::form12b25::model::MissingReport) -> MissingView {
    MissingView {
        report: missing.report.folded(),
        explanation: missing.explanation.as_ref().map(blocks).unwrap_or_default(),
    }
}

fn attachments(filing: &Filing, place: Placement) -> Vec<AttachmentView> {
    let view = |a: &Attachment| AttachmentView { title: a.title.folded(), body: blocks(&a.body) };
    filing.attachments.iter().filter(|a| a.place == place).map(view).collect()
}

/// The main signature, for the registrant and all co-registrants that have none of their own; then
/// each of those that have.
fn signatures(filing: &Filing) -> Vec<SignatureView> {
    let main =
        filing.registrants().filter(|r| r.signature.is_none()).map(|r| r.name.folded()).collect();
    let own = filing.co_registrants.iter().filter_map(|r| Some((r, r.signature.as_ref()?)));
    std::iter::once(signature(main, &filing.signature))
        .chain(own.map(|(r, s)| signature(vec![r.name.folded()], s)))
        .collect()
}

fn signature(registrants: Vec<String>, signature: &Signature) -> SignatureView {
    SignatureView {
        registrants,
        through: signature
            .through
            .iter()
            .map(|t| format!("{}, {}", t.name.folded(), t.capacity.folded()))
            .collect(),
        date: signature.date.map(CivilDate::long),
        conformed: signature.conformed(),
        name: signature.name.folded(),
        title: signature.title.folded(),
    }
}

/// The view of a letter; `exhibit` is `EX-99.1` and the like, none for a cover letter.
pub(super) fn letter(filing: &Filing, letter: &Letter, exhibit: Option<&str>) -> LetterView {
    let signed_by = letter.signed_by.folded();
    let kind = match letter.kind {
        LetterKind::AccountantStatement => "Statement under Rule 12b-25(c)",
        LetterKind::Cover => "Cover letter",
        LetterKind::Authority => "Evidence of authority",
    };
    let letterhead = letter.letterhead.as_ref();
    let author = letterhead.map_or_else(|| signed_by.clone(), |head| head.name.folded());
    LetterView {
        document: DocumentView::new(
            format!("{kind}: {}", names(filing).join(", ")),
            author,
            letter.date,
        ),
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

/// The blocks of rich text.
fn blocks(text: &RichText) -> Vec<BlockView> {
    let empty = BlockView {
        kind: "paragraph",
        text: None,
        items: None,
        caption: None,
        columns: None,
        rows: None,
    };
    text.blocks()
        .into_iter()
        .map(|piece| match piece {
            Piece::Paragraph(text) => BlockView { text: Some(text), ..empty.clone() },
            Piece::List(items) => {
                let items = items.iter().map(Text::folded).collect();
                BlockView { kind: "list", items: Some(items), ..empty.clone() }
            }
            Piece::Table(table) => BlockView {
                kind: "table",
                caption: folded(table.caption.as_ref()),
                columns: Some(row(table, table.columns.iter().map(Some))),
                rows: Some(
                    table.rows.iter().map(|r| row(table, r.iter().map(|c| c.0.as_ref()))).collect(),
                ),
                ..empty.clone()
            },
        })
        .collect()
}

fn row<'a>(table: &Table, cells: impl Iterator<Item = Option<&'a Text>>) -> Vec<CellView> {
    let cell = |(column, text): (usize, Option<&Text>)| CellView {
        text: text.map(Text::folded).unwrap_or_default(),
        align: Align::to_string(&table.align_of(column)),
    };
    cells.enumerate().map(cell).collect()
}
