//! The three families of EDGARLink Online submissions that contain notices of late filing, with
//! their namespaces and submission types (eis_CoReg.xsd, eis_CoReg_SC.xsd and the single-filer
//! schema with series and classes).

/// The namespace of the elements that all families share.
pub(super) const COMMON: &str = "http://www.sec.gov/edgar/common";
/// The namespace of series and classes.
pub(super) const SERIES: &str = "http://www.sec.gov/edgar/sccommon";

/// A family of submissions with a schema of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Reports under the Exchange Act.
    Coreg,
    /// Reports of investment companies, with series and classes.
    CoregSc,
    /// Form N-CEN: one filer.
    SingleFilerSc,
}

/// Each type, followed by that of its amendments.
macro_rules! types {
    ($($type:literal)+) => { &[$($type, concat!($type, "/A")),+] };
}

impl Family {
    /// All families.
    pub(super) const ALL: [Family; 3] = [Family::Coreg, Family::CoregSc, Family::SingleFilerSc];

    /// Returns the namespace of the root element.
    pub(super) fn namespace(self) -> &'static str {
        match self {
            Family::Coreg => "http://www.sec.gov/edgar/coreg",
            Family::CoregSc => "http://www.sec.gov/edgar/coregsc",
            Family::SingleFilerSc => "http://www.sec.gov/edgar/singlefilersc",
        }
    }

    /// Returns the prefix of that namespace in the packages that `xml.rs` writes.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Family::Coreg => "cor",
            Family::CoregSc => "csc",
            Family::SingleFilerSc => "sfs",
        }
    }

    /// Returns the submission types of notices of late filing.
    pub(super) fn types(self) -> &'static [&'static str] {
        // EDGAR spells `NT` with a space for reports under the Exchange Act, and with a hyphen for
        // those of investment companies.
        match self {
            Family::Coreg => types!["NT 10-K" "NT 10-Q" "NT 20-F" "NT 11-K" "NT 10-D" "NT 15D2"],
            Family::CoregSc => types!["NT-NCSR" "NT-NSAR"],
            Family::SingleFilerSc => types!["NT-NCEN"],
        }
    }

    /// Returns the family of a submission type, or `None` if it is not the type of a notice.
    pub(super) fn of(submission_type: &str) -> Option<Family> {
        Family::ALL.into_iter().find(|family| family.types().contains(&submission_type))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form12b25::model::{FormType, Scalar as _};

    #[test]
    fn every_form_has_a_family() {
        for form in FormType::VALUES {
            let form = FormType::parse(form).unwrap();
            for amendment in [false, true] {
                assert!(Family::of(&form.submission_type(amendment)).is_some(), "{form}");
            }
        }
    }
}
