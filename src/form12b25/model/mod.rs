//! The model of a filing: value types that are valid once they are read, and each key with its
//! meaning. Reads no files.

mod attachment;
mod cik;
mod codes;
mod date;
mod form;
mod letter;
mod lines;
mod optional;
mod part_four;
mod print;
mod record;
mod registrant;
mod relief;
mod report;
mod rich_text;
pub(crate) mod scalar;
mod signature;
mod submission;
mod text;

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

pub use attachment::{Attachment, Placement};
pub use cik::Cik;
pub use codes::{Accession, ClassId, ExhibitNumber, SeriesId};
pub use date::{CivilDate, Weekday};
pub use form::{FilerStatus, FormType};
pub use letter::{Letter, LetterKind, Letterhead, LetterheadEntry, exhibits};
pub use lines::Lines;
use optional::or_default;
pub use part_four::{Contact, Explanation, MissingReport, PriorReports, ResultsChange};
pub use print::{EditionName, Instructions, Print};
pub use record::{Filed, Waiver};
pub(crate) use registrant::without;
pub use registrant::{Address, Registrant, RegistrantEntry, RegistrantKeys, Series};
pub use relief::{Relief, ReliefBoxes};
pub use report::{Amendment, Due, Report};
pub use rich_text::{Align, Block, Cell, Head, Piece, RichText, Row, Table};
pub use scalar::Scalar;
pub use signature::{Signature, Signer, Through};
pub use submission::{Edgar, Official, SenderContact, Sro};
pub(crate) use text::{PATTERN_OR_EMPTY, fold_onto};
pub use text::{Text, fold};

/// A notification of late filing. `R` and `H` are how it names its registrants and its letterheads:
/// as the YAML does, or [resolved](Filing::resolve).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "R: Deserialize<'de>, H: Deserialize<'de>"))]
#[schemars(
    transform = required_unless_amendment,
    bound = "R: JsonSchema + Serialize, H: JsonSchema + Serialize"
)]
pub struct Filing<R = Registrant, H = Letterhead> {
    /// The subject report: the report that will be late.
    pub report: Report,
    /// Present in an amended notification (General Instruction 4), which may leave out
    /// `narrative`, `contact` and `results_change`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amendment: Option<Amendment>,
    /// Part I: the registrant, written out, or the id of a shared one.
    #[schemars(transform = registrant::without_signature)]
    pub registrant: R,
    /// Further registrants of a combined notice.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub co_registrants: Vec<R>,
    /// Part II: `sought` ticks the form's one box, `none` leaves it empty; or a box for each
    /// paragraph.
    pub relief: Relief,
    /// Part III: the reasons for the delay, in reasonable detail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<RichText>,
    /// Part IV (1): the person whom the staff may call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Part IV (2): whether all other reports of the last twelve months were filed.
    pub prior_reports: PriorReports,
    /// Part IV (3): whether results will change significantly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results_change: Option<ResultsChange>,
    /// Further text before or after the signature.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The signature: who signs, when and in what capacity.
    pub signature: Signature,
    /// Letters and other exhibits filed with the form.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<Letter<H>>,
    /// The form's edition; left out, the one in force on the signature's date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<EditionName>,
    /// The small print of the form that is printed.
    #[serde(default, deserialize_with = "or_default")]
    pub print: Print,
    /// The filing of the notice, once it is made: the documents are frozen then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed: Option<Filed>,
    /// Findings that do not count, each with the reason.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "Vec::is_empty")]
    pub waive: Vec<Waiver>,
    /// The data of the submission, besides the documents.
    #[serde(default, deserialize_with = "or_default")]
    pub edgar: Edgar,
}

/// A filing as its file writes it: shared registrants and letterheads are only named.
pub type FilingAsWritten = Filing<RegistrantEntry, LetterheadEntry>;

impl FilingAsWritten {
    /// Returns the filing with each entry replaced by its registrant or its letterhead, or `None` if
    /// that fails for one. `letterhead` also gets the index of the letter.
    pub fn resolve(
        self,
        mut resolve: impl FnMut(RegistrantEntry) -> Option<Registrant>,
        letterhead: impl Fn(usize, LetterheadEntry) -> Option<Letterhead>,
    ) -> Option<Filing> {
        let registrant = resolve(self.registrant)?;
        let co_registrants = self.co_registrants.into_iter().map(resolve).collect::<Option<_>>()?;
        let letters = self.letters.into_iter().enumerate();
        let letters = letters.map(|(i, letter)| letter.resolve(|entry| letterhead(i, entry)));
        let letters = letters.collect::<Option<_>>()?;
        // Key by key: `..self` cannot change the type parameter.
        Some(Filing {
            report: self.report,
            amendment: self.amendment,
            registrant,
            co_registrants,
            relief: self.relief,
            narrative: self.narrative,
            contact: self.contact,
            prior_reports: self.prior_reports,
            results_change: self.results_change,
            attachments: self.attachments,
            signature: self.signature,
            letters,
            edition: self.edition,
            print: self.print,
            filed: self.filed,
            waive: self.waive,
            edgar: self.edgar,
        })
    }
}

impl Filing {
    /// Returns the registrant and the co-registrants, in this order.
    pub fn registrants(&self) -> impl Iterator<Item = &Registrant> {
        std::iter::once(&self.registrant).chain(&self.co_registrants)
    }

    /// Returns the attachment to which a reference by title refers, and its index.
    pub fn attachment(&self, title: &str) -> Option<(usize, &Attachment)> {
        // `see: Annex A` finds `Annex A: Results of operations`, however either is capitalized.
        let title = title.to_lowercase();
        self.attachments
            .iter()
            .enumerate()
            .find(|(_, a)| a.title.folded().to_lowercase().contains(&title))
    }

    /// Returns EDGAR's submission type of the notice.
    pub fn submission_type(&self) -> String {
        self.report.form.submission_type(self.amendment.is_some())
    }

    /// Returns the date in the properties of a document: the signature's date, or the end of the
    /// period while there is none.
    pub fn document_date(&self) -> CivilDate {
        // Not the clock's: the same filing gives the same bytes.
        self.signature.date.unwrap_or(self.report.period_ended)
    }
}

/// A schema transform: requires two keys of notices that are not amendments.
fn required_unless_amendment(schema: &mut Schema) {
    // General Instruction 4: an amendment need not repeat information that was correctly furnished.
    schema.insert("if".to_owned(), serde_json::json!({ "not": { "required": ["amendment"] } }));
    schema.insert(
        "then".to_owned(),
        serde_json::json!({ "required": ["contact", "results_change"] }),
    );
}
