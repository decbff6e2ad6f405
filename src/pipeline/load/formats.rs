//! The value types of the model by the format that the schema names: the expected text, and the
//! error of another one.

use crate::form12b25::model::{
    Accession, Align, Cik, CivilDate, ClassId, EditionName, ExhibitNumber, FilerStatus, FormType,
    Instructions, LetterKind, Official, Placement, Scalar, SeriesId, Signer, Sro, Text,
};

/// A value type.
pub(super) struct Format {
    pub(super) name: &'static str,
    pub(super) expecting: &'static str,
    pattern: Option<&'static str>,
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
        name: "registrant-id",
        expecting: "a registrant, or the id of a shared one",
        pattern: Some("^[a-z0-9][a-z0-9_-]*$"),
        fault: registrant_id,
    },
];

/// The shape of a format's texts and what it expects, unless all its values are listed.
pub(crate) fn pattern(format: &str) -> Option<(&'static str, &'static str)> {
    let format = format_named(format)?;
    Some((format.pattern?, format.expecting))
}

/// What is wrong with the id of a shared registrant: the rule of a filing's id, one segment.
fn registrant_id(text: &str) -> Option<String> {
    (!super::files::is_segment(text))
        .then(|| format!("`{text}` is not an id: a-z, 0-9, `-` and `_`"))
}

/// The value type of a format.
pub(super) fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
