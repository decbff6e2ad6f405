//! How a filing names the shared file of a registrant, if the file is of the same company.

use crate::form12b25::model::RegistrantKeys;
use crate::import::notice::Registrant;

/// The shared file of a registrant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Its id.
    pub id: String,
    /// Its path as findings print it.
    pub shown: String,
    /// Whether it says the same as the notice.
    pub agreement: Agreement,
}

/// Whether a shared file says the same as a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// All keys are the same.
    Whole,
    /// The company is the same; the keys of the notice replace those of the file.
    Company,
    /// The CIK or the file number is another.
    Another,
    /// Neither a CIK nor a file number is in both.
    Unknown,
}

impl Agreement {
    /// Compares a registrant, whose YAML is `text`, with the keys and the YAML of a file.
    pub fn of(
        registrant: &Registrant,
        text: &str,
        written: &RegistrantKeys,
        file: &str,
    ) -> Agreement {
        let own = [&registrant.cik, &registrant.file_number];
        let others = [
            written.cik.as_ref().map(ToString::to_string),
            written.file_number.as_ref().map(ToString::to_string),
        ];
        let pairs = own.into_iter().zip(&others);
        let same: Vec<bool> = pairs
            .filter_map(|(own, other)| Some(number(own.as_ref()?) == number(other.as_ref()?)))
            .collect();
        let keys = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
            lines.map(str::to_owned).collect()
        };
        match same[..] {
            [] => Agreement::Unknown,
            _ if same.contains(&false) => Agreement::Another,
            _ if keys(file) == keys(text) => Agreement::Whole,
            _ => Agreement::Company,
        }
    }
}

/// Returns the digits of a number between its dashes, without zeros before them: `0-15888` and
/// `000-15888` are the same file number.
fn number(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| part.trim_start_matches('0').to_owned()).collect()
}
