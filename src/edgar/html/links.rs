//! Where links and images of an HTML document may lead (17 CFR 232.105; EDGAR Filer Manual, Vol.
//! II, 5.2.2): to places in the document, to documents attached to it, and to filings on sec.gov.

use std::ops::Range;

use super::super::names;
use super::super::reading::Reading;
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;

/// Suffixes of images (the SEC staff's validator).
const IMAGES: &[&str] = &[".gif", ".jpg"];

/// A link target with what browsers drop before they read it.
fn cleaned(value: &str) -> String {
    value.chars().filter(|c| !c.is_ascii_control()).collect::<String>().trim().to_owned()
}

/// The scheme in front of the colon, in lower case.
fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether a value would run as code.
pub(super) fn is_code(value: &str) -> bool {
    const CODE: [&str; 3] = ["javascript", "vbscript", "livescript"];
    let Some((before, _)) = value.split_once(':') else { return false };
    let read =
        || before.chars().filter(|c| !c.is_ascii_control()).skip_while(|c| c.is_whitespace());
    CODE.iter().any(|scheme| read().map(|c| c.to_ascii_lowercase()).eq(scheme.chars()))
}

/// Whether a target is a document filed before: the pattern of the SEC staff's validator.
fn is_filed(target: &str) -> bool {
    let rest =
        ["https://", "http://"].iter().find_map(|scheme| strip_ignoring_case(target, scheme));
    rest.and_then(|rest| strip_ignoring_case(rest, "www.sec.gov/"))
        .map(|rest| rest.strip_prefix("ix?doc=/").unwrap_or(rest))
        .is_some_and(|rest| rest.starts_with("Archives/edgar/data/"))
}

fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

fn shown(target: &str) -> String {
    const SHOWN: usize = 60;
    let short: String = target.chars().take(SHOWN).collect();
    if short.len() < target.len() { format!("{short}…") } else { short }
}

/// Judges an `href`. A place in the document itself is answered, to be looked for at its end.
pub(super) fn href(reading: &mut Reading<'_>, range: Range<usize>, value: &str) -> Option<String> {
    let target = cleaned(value);
    if let Some(place) = target.strip_prefix('#') {
        return (!place.is_empty()).then(|| place.to_owned());
    }
    if is_code(value) || is_filed(&target) {
        return None; // code is told as such, whatever attribute it stands in
    }
    if external(reading, &range, &target) {
        return None;
    }
    let file = target.split(['#', '?']).next().unwrap_or_default();
    if !names::fits(file) || target.contains('?') {
        reading.report_as(Severity::Warning, &rule::HTML_LINK, range, || {
            let message =
                format!("`{}` cannot be the name of an attached document", shown(&target));
            (message, "name the document as it is attached, without a folder: `ex99-1.htm`")
        });
    }
    None
}

/// Judges an image's `src`.
pub(super) fn src(reading: &mut Reading<'_>, range: Range<usize>, value: &str) {
    let target = cleaned(value);
    if scheme(&target).as_deref() == Some("data") {
        reading.report(&rule::HTML_IMAGE, range, || {
            (
                "an image inside the document, as a `data:` URL".to_owned(),
                "attach it as a .gif or .jpg file",
            )
        });
        return;
    }
    if is_code(value) || external(reading, &range, &target) {
        return;
    }
    if !IMAGES.iter().any(|suffix| target.to_ascii_lowercase().ends_with(suffix)) {
        reading.report(&rule::HTML_IMAGE, range, || {
            (
                format!("`{}` is no .gif and no .jpg file", shown(&target)),
                "convert the image, and name that file",
            )
        });
    } else if !names::fits(&target) {
        reading.report_as(Severity::Warning, &rule::HTML_IMAGE, range, || {
            let message = format!("`{}` cannot be the name of an attached image", shown(&target));
            (message, "name the image as it is attached, without a folder: `logo.gif`")
        });
    }
}

/// Reports a target outside of the submission.
fn external(reading: &mut Reading<'_>, range: &Range<usize>, target: &str) -> bool {
    let scheme = scheme(target);
    if scheme.is_none() && !target.starts_with("//") {
        return false;
    }
    reading.report(&rule::HTML_LINK, range.clone(), || {
        let message = match scheme.as_deref() {
            Some("mailto") => format!("a link to a mail address: `{}`", shown(target)),
            _ => format!("a link out of the submission: `{}`", shown(target)),
        };
        (
            message,
            "delete the link and keep its text; only filings below `www.sec.gov/Archives/edgar/data/` may be linked",
        )
    });
    true
}

/// Judges a `style`: a file that it loads is an external reference, and an expression is code.
pub(super) fn style(reading: &mut Reading<'_>, range: Range<usize>, value: &str) {
    if !value.contains('(') {
        return;
    }
    let lower = value.to_ascii_lowercase();
    if lower.contains("expression(") || lower.contains("javascript:") {
        reading
            .report(&rule::ACTIVE_CONTENT, range, || ("code in a `style`".to_owned(), "delete it"));
    } else if lower.contains("url(") {
        reading.report(&rule::HTML_LINK, range, || {
            (
                "a `style` that loads a file".to_owned(),
                "delete it; attach an image and show it with `<img>`",
            )
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filed_documents_are_known_by_their_address() {
        for target in [
            "https://www.sec.gov/Archives/edgar/data/1/2.htm",
            "HTTP://www.SEC.gov/Archives/edgar/data/1/2.htm",
            "https://www.sec.gov/ix?doc=/Archives/edgar/data/1/2.htm",
        ] {
            assert!(is_filed(target), "{target}");
        }
        for target in [
            "https://www.sec.gov/",
            "https://sec.gov/Archives/edgar/data/1",
            "/Archives/edgar/data/1",
            "https://é",
        ] {
            assert!(!is_filed(target), "{target}");
        }
    }

    #[test]
    fn code_is_known_behind_its_disguises() {
        for value in
            ["javascript:x", " JavaScript:x", "java\nscript:x", "vbscript:y", "\u{1}javascript:"]
        {
            assert!(is_code(value), "{value}");
        }
        for value in ["java script:x", "#javascript:x", "a.htm", "jav\u{e9}ascript:"] {
            assert!(!is_code(value), "{value}");
        }
    }
}
