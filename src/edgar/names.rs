//! Checks the names of files by EDGAR's rules, and proposes names that EDGAR accepts.

use super::formats::Format;
use crate::diagnostics::finding::{Finding, Severity, Spot};
use crate::diagnostics::rule;

/// The maximum length of a name (EDGAR Filer Manual, Vol. II, 5.1.1).
pub const LONGEST_NAME: usize = 32;

/// The suffixes that a file of a submission may have (5.1.1).
const SUFFIXES: &[&str] = &["htm", "txt", "pdf", "fil", "jpg", "gif", "xsd", "xml"];

/// Whether EDGAR accepts a file's name (`DOCUMENT_NAME_TYPE` in its schemas).
pub fn accepts_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(is_of_name)
        && name.rsplit_once('.').is_some_and(|(_, suffix)| is_suffix(suffix))
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

fn is_suffix(suffix: &str) -> bool {
    SUFFIXES.contains(&suffix.to_ascii_lowercase().as_str())
}

/// Returns all findings on a document's name.
pub(super) fn check(name: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = faults(name)
        .into_iter()
        .map(|message| rule::DOCUMENT_NAME.at(Spot::File, message).hint(hint(name)))
        .collect();
    if findings.is_empty() && Format::of_document(name).and_then(Format::kind).is_none() {
        let linted = Format::linted("and");
        let message = format!("`{name}` is not checked: only {linted} files are");
        findings.push(rule::DOCUMENT_NAME.at(Spot::File, message).severity(Severity::Warning));
    }
    // Of interest only for a name that is otherwise right.
    if findings.is_empty()
        && let Some(message) = old_fault(name)
    {
        findings.push(rule::DOCUMENT_NAME_OLD.at(Spot::File, message));
    }
    findings
}

/// Returns a message for each rule that a name breaks.
fn faults(name: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let length = name.chars().count();
    if length > LONGEST_NAME {
        faults
            .push(format!("the file's name has {length} characters; EDGAR accepts {LONGEST_NAME}"));
    }
    if let Some(first) =
        name.chars().next().filter(|c| is_of_name(*c) && !c.is_ascii_alphanumeric())
    {
        faults
            .push(format!("the file's name begins with `{first}`; it must be a letter or a digit"));
    }
    if let Some(c) = name.chars().find(|c| !is_of_name(*c)) {
        let shown = if c == ' ' { "a space".to_owned() } else { format!("`{c}`") };
        faults.push(format!(
            "the file's name has {shown}; EDGAR accepts letters, digits, `.`, `-` and `_`"
        ));
    }
    match name.rsplit_once('.') {
        Some((_, suffix)) if is_suffix(suffix) => {}
        Some((_, suffix)) => {
            faults.push(format!("EDGAR does not accept files that end in `.{suffix}`"));
        }
        None => faults.push("the file's name has no suffix".to_owned()),
    }
    faults
}

/// Returns the rule of the manual's editions up to 2009 that a name breaks, or `None`: lower case,
/// a letter first, one of each mark.
fn old_fault(name: &str) -> Option<String> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some("the file's name does not begin with a letter".to_owned());
    }
    if name.chars().any(|c| c.is_ascii_uppercase()) {
        return Some("the file's name has capitals".to_owned());
    }
    let mark = ['.', '-', '_'].into_iter().find(|mark| name.matches(*mark).count() > 1)?;
    Some(format!("the file's name has more than one `{mark}`"))
}

/// Returns the advice on a name.
fn hint(name: &str) -> String {
    // A document of another kind, such as `.docx`, needs more than a new name.
    let other = name.rsplit_once('.').is_some_and(|(_, suffix)| {
        !is_suffix(suffix)
            && !matches!(suffix.to_ascii_lowercase().as_str(), "html" | "xhtml" | "jpeg" | "text")
    });
    if other {
        format!("save it as {}", Format::linted("or"))
    } else {
        format!("name it `{}`", corrected(name))
    }
}

/// Returns the most similar name that EDGAR accepts.
fn corrected(name: &str) -> String {
    let (stem, suffix) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let suffix = match suffix.to_ascii_lowercase().as_str() {
        known if is_suffix(known) => known.to_owned(),
        "html" | "xhtml" => "htm".to_owned(),
        "jpeg" => "jpg".to_owned(),
        _ => "txt".to_owned(),
    };
    let plain = super::spell(stem)
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_else(|_| "document".to_owned());
    let plain: String =
        plain.chars().map(|c| if is_of_name(c) { c.to_ascii_lowercase() } else { '-' }).collect();
    let plain = plain.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let stem: String = plain.chars().take(LONGEST_NAME - 1 - suffix.len()).collect();
    let stem = stem.trim_end_matches(['-', '.', '_']);
    format!("{}.{suffix}", if stem.is_empty() { "document" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_accepted_as_in_the_schema() {
        for name in
            ["a.txt", "10k.HTM", "ex99-1.pdf", "a.b.c_d-e.gif", &format!("{}.htm", "x".repeat(28))]
        {
            assert!(accepts_name(name) && faults(name).is_empty(), "{name}");
        }
        for name in [
            "",
            "a",
            ".txt",
            "-a.txt",
            "a b.txt",
            "é.txt",
            "a.html",
            &format!("{}.htm", "x".repeat(29)),
        ] {
            assert!(!accepts_name(name) && !faults(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn corrected_names_are_accepted() {
        for name in [
            "",
            "a",
            "___",
            "Résumé of 2025 (final).html",
            "文.txt",
            "x.docx",
            &"y".repeat(99),
            "a -.pdf",
        ] {
            assert!(accepts_name(&corrected(name)), "{name} as {}", corrected(name));
        }
    }
}
