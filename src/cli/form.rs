//! How people and EDGAR spell the forms: `NT 10-K`, `nt-10-k`, `10-KT`, `N-CSRS`, `NTFNSAR/A`.

use crate::diagnostics::finding::did_you_mean;
use crate::form12b25::model::{FormType, Scalar as _};

/// A form as an argument, by its own name or by that of its notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormArg {
    /// The form of the report that will be late.
    pub form: FormType,
    /// Whether the spelling says that the report is a transition report.
    pub transition: bool,
    /// Whether it says that the notice is an amended one.
    pub amendment: bool,
}

/// The forms by letters and digits alone, and what EDGAR distinguishes and Form 12b-25 does not:
/// the 10-K405 and 10-KSB40 of their time, the semi-annual N-CSRS, the N-SAR of half a year and of
/// a year.
const SPELLINGS: &[(&str, FormType)] = &[
    ("10K", FormType::F10K),
    ("10K405", FormType::F10K),
    ("20F", FormType::F20F),
    ("11K", FormType::F11K),
    ("10Q", FormType::F10Q),
    ("10D", FormType::F10D),
    ("NCEN", FormType::NCen),
    ("NCSR", FormType::NCsr),
    ("NCSRS", FormType::NCsr),
    ("10KSB", FormType::F10Ksb),
    ("10KSB40", FormType::F10Ksb),
    ("10QSB", FormType::F10Qsb),
    ("NSAR", FormType::NSar),
    ("NSARA", FormType::NSar),
    ("NSARB", FormType::NSar),
    ("NSARU", FormType::NSar),
];

/// What may stand before a form. NTN and NTF were EDGAR's for notices in the nineties and of funds.
const BEFORE: &[&str] = &["", "NT", "NTN", "NTF", "FORM"];

impl FormArg {
    /// Reads a form as it is typed on a command line.
    ///
    /// # Errors
    /// There is no such form: what there is, and what may have been meant.
    pub fn parse(typed: &str) -> Result<FormArg, String> {
        let upper = typed.trim().to_uppercase();
        let (upper, amended) =
            upper.strip_suffix("/A").map_or((upper.as_str(), false), |rest| (rest, true));
        let plain: String = upper.chars().filter(char::is_ascii_alphanumeric).collect();
        let found = read(&plain, false, amended);
        found.ok_or_else(|| unknown(typed, &plain))
    }
}

/// A T behind a form says that the report is a transition report; an A, that the notice is amended.
fn read(plain: &str, transition: bool, amendment: bool) -> Option<FormArg> {
    if let Some(form) = BEFORE.iter().find_map(|before| spelled(plain.strip_prefix(before)?)) {
        return Some(FormArg { form, transition, amendment });
    }
    match plain.split_at_checked(plain.len().checked_sub(1)?)? {
        (rest, "A") if !amendment && !transition => read(rest, false, true),
        (rest, "T") if !transition => read(rest, true, amendment),
        _ => None,
    }
}

fn spelled(plain: &str) -> Option<FormType> {
    SPELLINGS.iter().find(|(spelling, _)| *spelling == plain).map(|(_, form)| *form)
}

fn unknown(typed: &str, plain: &str) -> String {
    let forms = FormType::VALUES.join(", ");
    let all = format!("the forms are {forms}, also as NT 10-K, nt-10-k, 10-KT or NT 10-K/A");
    if plain == "NT" || plain == "FORM" {
        return format!(
            "put the form in quotes, such as \"NT 10-K\", or leave `{typed}` out; {all}"
        );
    }
    let bare = BEFORE.iter().rev().find_map(|before| plain.strip_prefix(before)).unwrap_or(plain);
    match did_you_mean(bare, SPELLINGS.iter().map(|(spelling, _)| *spelling)).and_then(spelled) {
        Some(near) => format!("no Form 12b-25 is filed for that; did you mean `{near}`? {all}"),
        None => format!("no Form 12b-25 is filed for that; {all}"),
    }
}
