//! The value types of the model, by the format that the schema names.

use crate::form12b25::model::{
    Accession, Align, Cik, CivilDate, ClassId, EditionName, ExhibitNumber, FilerStatus, FormType,
    Head, Instructions, LetterKind, Official, PATTERN_OR_EMPTY, Placement, Scalar, SeriesId,
    Signer, Sro, Text,
};

/// A value type.
pub(super) struct Format {
    pub(super) name: &'static str,
    /// Describes its values, as in "expected a date".
    pub(super) expecting: &'static str,
    /// The pattern of its texts; `None` if the schema lists all values.
    pattern: Option<&'static str>,
    /// Returns the message about a text, or `None` if it is a value.
    pub(super) fault: fn(&str) -> Option<String>,
}

const fn format<T: Scalar>() -> Format {
    Format { name: T::FORMAT, expecting: T::EXPECTING, pattern: T::PATTERN, fault: T::fault }
}

pub(super) const FORMATS: &[Format] = &[
    format::<Text>(),
    format::<Cik>(),
    format::<CivilDate>(),
    format::<EditionName>(),
    format::<FormType>(),
    format::<FilerStatus>(),
    format::<Align>(),
    format::<LetterKind>(),
    format::<Signer>(),
    format::<Placement>(),
    format::<Instructions>(),
    format::<Official>(),
    format::<Sro>(),
    format::<SeriesId>(),
    format::<ClassId>(),
    format::<Accession>(),
    format::<ExhibitNumber>(),
    Format {
        name: Head::FORMAT,
        expecting: "a text, or nothing",
        pattern: Some(PATTERN_OR_EMPTY),
        fault: |_| None,
    },
    Format {
        name: "registrant-id",
        expecting: "a registrant, or the id of a shared one",
        pattern: Some("^[a-z0-9][a-z0-9_-]*$"),
        fault: shared_id,
    },
    Format {
        name: "letterhead-id",
        expecting: "a letterhead, or the id of a shared one",
        pattern: Some("^[a-z0-9][a-z0-9_-]*$"),
        fault: shared_id,
    },
];

/// Returns the pattern of a format's texts and a description of its values, or `None` if the schema
/// lists all values.
pub(crate) fn pattern(format: &str) -> Option<(&'static str, &'static str)> {
    let format = format_named(format)?;
    Some((format.pattern?, format.expecting))
}

/// Returns the message about a text that is not the id of a shared file, or `None` if it is.
fn shared_id(text: &str) -> Option<String> {
    (!super::files::is_segment(text))
        .then(|| format!("`{text}` is not an id: a-z, 0-9, `-` and `_`"))
}

/// Returns the value type of a format, or `None` for a format of another kind.
pub(super) fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
