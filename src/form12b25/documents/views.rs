//! What templates see: a filing as plain strings, laid out by no target. What is absent is left
//! out, so that a template which prints it unasked fails instead of printing nothing.

use serde::Serialize;

use crate::form12b25::model::CivilDate;

/// A document's properties, for titles and PDF metadata.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentView {
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
    pub(super) fn new(title: String, author: String, date: CivilDate) -> DocumentView {
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

/// The view of the form's body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(bound = "")]
#[allow(missing_docs)] // the fields are described in docs/templates.md, which templates' authors read
pub struct FormView {
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
    pub one_box: &'static str,
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
pub struct LetterView {
    pub document: DocumentView,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letterhead: Option<LetterheadView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
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

/// The view of an exhibit that is not a letter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct ExhibitView {
    pub document: DocumentView,
    pub exhibit: String,
    pub title: String,
    pub body: Vec<BlockView>,
}

/// Declares views.
macro_rules! views {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[allow(missing_docs)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type),+ }
    )+};
}

views! {
    /// What an amended notification says of itself.
    AmendmentView {
        title: String,
        #[serde(skip_serializing_if = "Option::is_none")] original_filed: Option<String>,
        note: Vec<BlockView>,
    }
    /// The OMB box; `expires` is empty if no date is printed, since templates take an empty view for
    /// none.
    OmbView { expires: String }
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
    /// A cell of a table, and whether its row is a total. An amount with a currency is also divided
    /// into both, and `span` is the number of characters of the longest amount of its column, with its
    /// sign; `room` is the number of characters that the ends of other amounts of its column are
    /// longer than its own, as by a parenthesis.
    CellView {
        text: String,
        align: String,
        total: bool,
        #[serde(skip_serializing_if = "Option::is_none")] sign: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")] amount: Option<String>,
        span: usize,
        room: usize,
    }
}
