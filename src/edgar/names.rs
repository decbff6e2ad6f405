//! The names that EDGAR gives its files, or does not.

use super::formats::Format;
use crate::diagnostics::finding::{Finding, Severity, Spot};
use crate::diagnostics::rule;

/// The longest name (EDGAR Filer Manual, Vol. II, 5.1.1).
pub const LONGEST_NAME: usize = 32;

/// The suffixes that a file of a submission may have (the same).
const SUFFIXES: &[&str] = &["htm", "txt", "pdf", "fil", "jpg", "gif", "xsd", "xml"];

/// Whether EDGAR takes a file of this name: `DOCUMENT_NAME_TYPE` of its schemas.
pub fn fits(name: &str) -> bool {
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

/// All that can be said of a document's name.
pub(super) fn judge(name: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = faults(name)
        .into_iter()
        .map(|message| rule::DOCUMENT_NAME.at(Spot::File, message).hint(hint(name)))
        .collect();
    if findings.is_empty() && Format::of_document(name).and_then(Format::kind).is_none() {
        let linted = Format::linted("and");
        let message = format!("`{name}` is not looked into: only {linted} files are");
        findings.push(rule::DOCUMENT_NAME.at(Spot::File, message).severity(Severity::Warning));
    }
    if findings.is_empty()
        && let Some(message) = old_fault(name)
    {
        findings.push(rule::DOCUMENT_NAME_OLD.at(Spot::File, message));
    }
    findings
}

fn faults(name: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let length = name.chars().count();
    if length > LONGEST_NAME {
        faults.push(format!("the file's name has {length} characters; EDGAR takes {LONGEST_NAME}"));
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
            "the file's name has {shown}; EDGAR takes letters, digits, `.`, `-` and `_`"
        ));
    }
    match name.rsplit_once('.') {
        Some((_, suffix)) if is_suffix(suffix) => {}
        Some((_, suffix)) => faults.push(format!("EDGAR takes no file that ends in `.{suffix}`")),
        None => faults.push("the file's name has no suffix".to_owned()),
    }
    faults
}

/// What the editions of the manual up to 2009 ask for beyond that: lower case, a letter first, and
/// one of each mark.
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

/// What to do about a name: a document of another kind wants more than that.
fn hint(name: &str) -> String {
    let other = name.rsplit_once('.').is_some_and(|(_, suffix)| {
        !is_suffix(suffix)
            && !matches!(suffix.to_ascii_lowercase().as_str(), "html" | "xhtml" | "jpeg" | "text")
    });
    if other {
        format!("save it as {}", Format::linted("or"))
    } else {
        format!("name it `{}`", mended(name))
    }
}

/// The nearest name that has no fault.
fn mended(name: &str) -> String {
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
    fn names_fit_as_the_schema_has_it() {
        for name in
            ["a.txt", "10k.HTM", "ex99-1.pdf", "a.b.c_d-e.gif", &format!("{}.htm", "x".repeat(28))]
        {
            assert!(fits(name) && faults(name).is_empty(), "{name}");
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
            assert!(!fits(name) && !faults(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn mended_names_fit() {
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
            assert!(fits(&mended(name)), "{name} as {}", mended(name));
        }
    }
}
