//! Parses the spellings of forms by people and EDGAR: `NT 10-K`, `nt-10-k`, `10-KT`, `N-CSRS`,
//! `NTFNSAR/A`.

use crate::diagnostics::finding::did_you_mean;
use crate::form12b25::model::{FormType, Scalar as _};

/// A form in an argument, by its own name or by the type of its notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormArg {
    /// The form of the report that will be late.
    pub form: FormType,
    /// Whether the spelling is that of a transition report.
    pub transition: bool,
    /// Whether the spelling is that of an amended notice.
    pub amendment: bool,
}

/// The forms by their letters and digits. EDGAR has types of its own for some that Form 12b-25 does
/// not distinguish: the former 10-K405 and 10-KSB40, the semiannual N-CSRS, the semiannual and
/// annual N-SAR.
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

/// The prefixes of a form. EDGAR used NTN for notices in the 1990s, and NTF for those of funds.
const PREFIXES: &[&str] = &["", "NT", "NTN", "NTF", "FORM"];

impl FormArg {
    /// Parses a form from the command line.
    ///
    /// # Errors
    /// There is no such form; the message lists the forms and suggests a similar one.
    pub fn parse(typed: &str) -> Result<FormArg, String> {
        let upper = typed.trim().to_uppercase();
        let (upper, amended) =
            upper.strip_suffix("/A").map_or((upper.as_str(), false), |rest| (rest, true));
        let plain: String = upper.chars().filter(char::is_ascii_alphanumeric).collect();
        let found = parse_plain(&plain, false, amended);
        found.ok_or_else(|| unknown(typed, &plain))
    }
}

/// Parses a form without punctuation. A `T` at the end marks a transition report, an `A` an amended
/// notice.
fn parse_plain(plain: &str, transition: bool, amendment: bool) -> Option<FormArg> {
    // Spellings first: `NSARA` is an annual N-SAR, not an amended one.
    if let Some(form) = PREFIXES.iter().find_map(|before| form_spelled(plain.strip_prefix(before)?))
    {
        return Some(FormArg { form, transition, amendment });
    }
    match plain.split_at_checked(plain.len().checked_sub(1)?)? {
        (rest, "A") if !amendment && !transition => parse_plain(rest, false, true),
        (rest, "T") if !transition => parse_plain(rest, true, amendment),
        _ => None,
    }
}

fn form_spelled(plain: &str) -> Option<FormType> {
    SPELLINGS.iter().find(|(spelling, _)| *spelling == plain).map(|(_, form)| *form)
}

fn unknown(typed: &str, plain: &str) -> String {
    let forms = FormType::VALUES.join(", ");
    let all = format!("the forms are {forms}, also as NT 10-K, nt-10-k, 10-KT or NT 10-K/A");
    // Without quotes the shell passes `NT` and `10-K` as two arguments.
    if plain == "NT" || plain == "FORM" {
        return format!(
            "put the form in quotes, such as \"NT 10-K\", or leave `{typed}` out; {all}"
        );
    }
    if let Some(why) = FormType::advice(typed).filter(|_| !plain.ends_with('T')) {
        return format!("{why}; {all}");
    }
    // The longest prefix first; the empty one is the first in the list.
    let bare = PREFIXES.iter().rev().find_map(|before| plain.strip_prefix(before)).unwrap_or(plain);
    match did_you_mean(bare, SPELLINGS.iter().map(|(spelling, _)| *spelling)).and_then(form_spelled)
    {
        Some(near) => format!("no Form 12b-25 is filed for that; did you mean `{near}`? {all}"),
        None => format!("no Form 12b-25 is filed for that; {all}"),
    }
}
