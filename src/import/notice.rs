//! A notice as it was read: what is there, and for what is not, why.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostics::source::Position;
use crate::form12b25::model::{CivilDate, ExhibitNumber};

/// A day that is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// This day.
    Certain(CivilDate),
    /// The month or the day may come first: `03/04/2026`.
    Either,
}

impl Day {
    /// The reason why a day with two readings was not read.
    pub const EITHER: &str = "its month or its day may come first";

    /// Returns the day, or `None` if there are two readings.
    pub fn certain(self) -> Option<CivilDate> {
        match self {
            Day::Certain(day) => Some(day),
            Day::Either => None,
        }
    }

    /// Returns the day that is printed as a text in figures or words.
    pub fn of(printed: &str, day: CivilDate) -> Day {
        let mut figures = printed.split('/').map(|figure| figure.parse::<u8>().ok());
        match (figures.next().flatten(), figures.next().flatten()) {
            (Some(one), Some(other)) if one != other && one.max(other) <= 12 => Day::Either,
            _ => Day::Certain(day),
        }
    }
}

/// A block of rich text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A list of items.
    List(Vec<String>),
    /// A table.
    Table(Table),
}

impl Block {
    /// Its words in one paragraph.
    pub fn words(&self) -> String {
        match self {
            Block::Paragraph(text) => text.clone(),
            Block::List(items) => items.join("; "),
            Block::Table(table) => {
                let rows = table.rows.iter().map(|row| row.join(" | "));
                table.caption.iter().cloned().chain(rows).collect::<Vec<_>>().join(" // ")
            }
        }
    }
}

/// A table; the first row has the heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its caption.
    pub caption: Option<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// Further text of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its heading.
    pub title: String,
    /// Whether it is after the signature.
    pub after_signature: bool,
    /// Its text.
    pub body: Vec<Block>,
}

/// The three boxes of Part II, as drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relief {
    /// The form's one box.
    One(bool),
    /// A box for each paragraph, or `None` if it is not drawn.
    Each([Option<bool>; 3]),
}

/// The keys of Part II, one for each box.
pub const RELIEF_KEYS: [&str; 3] =
    ["relief.reasons_not_eliminable", "relief.filed_within_extension", "relief.statement_attached"];

/// The submission, as EDGAR's header has it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The day of filing.
    pub date: Option<CivilDate>,
    /// The accession number.
    pub accession: Option<String>,
}

/// A registrant of the notice.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Registrant {
    /// Its name.
    pub name: Option<String>,
    /// Its former name.
    pub former_name: Option<String>,
    /// Its CIK.
    pub cik: Option<String>,
    /// Its file number.
    pub file_number: Option<String>,
    /// Its CUSIP number.
    pub cusip: Option<String>,
    /// The lines of the street.
    pub street: Vec<String>,
    /// The city, or a whole line with the country.
    pub city: Option<String>,
    /// The state.
    pub state: Option<String>,
    /// The postal code.
    pub zip: Option<String>,
}

/// The facts about a notice that amends another.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Its number.
    pub number: Option<String>,
    /// The day on which the first notice was filed.
    pub original_filed: Option<CivilDate>,
    /// The explanatory note.
    pub note: Vec<Block>,
}

/// A letter with the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Whether it is the statement of an auditor.
    pub is_statement: bool,
    /// The lines of the sender; the first is the name.
    pub letterhead: Vec<String>,
    /// Its date.
    pub date: Option<Day>,
    /// The addressee, line by line.
    pub to: Vec<String>,
    /// Its subject, line by line.
    pub re: Vec<String>,
    /// Its salutation.
    pub salutation: String,
    /// Its text.
    pub body: Vec<Block>,
    /// Its closing.
    pub closing: Option<String>,
    /// Whether it has a conformed signature.
    pub signed: bool,
    /// Who signed.
    pub signed_by: Option<String>,
}

/// An exhibit that is not a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// Its number, such as `EX-99.2`, if a filing can have it.
    pub number: Option<ExhibitNumber>,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: Vec<Block>,
}

/// A place in the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Its line and column; of a Word file, its paragraph is the line.
    pub position: Position,
    /// Whether it is in a Word file.
    pub is_paragraph: bool,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.is_paragraph { "paragraph" } else { "line" };
        write!(f, "{unit} {} of the original", self.position.line)
    }
}

/// The reason why a key was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The reason, such as `no box is drawn`.
    pub why: &'static str,
    /// The place of its caption, if there is one.
    pub at: Option<Origin>,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not read: {}", self.why)?;
        self.at.map_or(Ok(()), |at| write!(f, ", {at}"))
    }
}

/// A notice. What could not be read is absent, and `unread` may say why.
#[derive(Debug, Default)]
pub struct Notice {
    /// The form of the report, as the YAML has it.
    pub form: Option<&'static str>,
    /// Whether a box of transition reports is ticked.
    pub transition: bool,
    /// The end of the period.
    pub period_ended: Option<CivilDate>,
    /// The part of the report that is late.
    pub portion: Option<String>,
    /// The facts about an amendment, if the notice is one.
    pub amendment: Option<Amendment>,
    /// The registrant.
    pub registrant: Registrant,
    /// Further registrants.
    pub co_registrants: Vec<Registrant>,
    /// Part II.
    pub relief: Option<Relief>,
    /// Part III.
    pub narrative: Vec<Block>,
    /// The name in Part IV (1).
    pub contact_name: Option<String>,
    /// The telephone number in Part IV (1).
    pub contact_phone: Option<String>,
    /// The answer to Part IV (2).
    pub all_filed: Option<bool>,
    /// The reports that were not filed.
    pub missing: Option<String>,
    /// The answer to Part IV (3).
    pub anticipated: Option<bool>,
    /// The explanation of Part IV (3).
    pub explanation: Vec<Block>,
    /// The text that has the explanation of Part IV (3), if it is elsewhere.
    pub see: Option<String>,
    /// Further text of the form.
    pub attachments: Vec<Attachment>,
    /// Whether there is a conformed signature.
    pub signed: Option<bool>,
    /// The date of the signature.
    pub signed_date: Option<CivilDate>,
    /// The signer.
    pub signer_name: Option<String>,
    /// The signer's title.
    pub signer_title: Option<String>,
    /// The text after `/s/`, if it is not the name.
    pub conformed: Option<String>,
    /// The entities through which the registrant signs, each with its relation to the one before.
    pub through: Vec<(String, String)>,
    /// Letters.
    pub letters: Vec<Letter>,
    /// Other exhibits.
    pub exhibits: Vec<Exhibit>,
    /// Other documents, each with its type.
    pub others: Vec<(String, Vec<Block>)>,
    /// The submission.
    pub filed: Filed,
    /// For keys that were not read: the reason.
    pub unread: BTreeMap<&'static str, Unread>,
    /// Text that belongs to no key, each with its place in the original.
    pub leftover: Vec<(Origin, String)>,
}
