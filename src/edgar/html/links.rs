//! Checks the targets of links and images in HTML (17 CFR 232.105; EDGAR Filer Manual, Vol. II,
//! 5.2.2): places in the document, attached documents, and filings on sec.gov.

use std::ops::Range;

use super::super::names;
use super::super::reading::Reading;
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;

/// Suffixes of images (the SEC staff's validator).
const IMAGES: &[&str] = &[".gif", ".jpg"];

/// Returns a link target without the characters that browsers drop.
fn cleaned(value: &str) -> String {
    value.chars().filter(|c| !c.is_ascii_control()).collect::<String>().trim().to_owned()
}

/// Returns the scheme before the colon in lower case, or `None` if there is none.
fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether a browser runs a value as code.
pub(super) fn is_code(value: &str) -> bool {
    const CODE: [&str; 3] = ["javascript", "vbscript", "livescript"];
    let Some(colon) = memchr::memchr(b':', value.as_bytes()) else { return false };
    let before = &value[..colon];
    // Fast path: most values are styles, and most properties do not end in `t`.
    if !before.ends_with(|c: char| c.is_ascii_control() || matches!(c, 't' | 'T')) {
        return false;
    }
    // Browsers drop control characters, so `java\nscript:` is code too.
    let read =
        || before.chars().filter(|c| !c.is_ascii_control()).skip_while(|c| c.is_whitespace());
    CODE.iter().any(|scheme| read().map(|c| c.to_ascii_lowercase()).eq(scheme.chars()))
}

/// Whether a target is a filed document, by the pattern of the SEC staff's validator.
fn is_filed(target: &str) -> bool {
    let rest =
        ["https://", "http://"].iter().find_map(|scheme| strip_ignoring_case(target, scheme));
    rest.and_then(|rest| strip_ignoring_case(rest, "www.sec.gov/"))
        .map(|rest| rest.strip_prefix("ix?doc=/").unwrap_or(rest))
        .is_some_and(|rest| rest.starts_with("Archives/edgar/data/"))
}

/// Removes a prefix in any case. Returns `None` if the text does not begin with it.
fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Returns the beginning of a target, for a message.
fn shown(target: &str) -> String {
    const SHOWN: usize = 60;
    let short: String = target.chars().take(SHOWN).collect();
    if short.len() < target.len() { format!("{short}…") } else { short }
}

/// Checks an `href`. Returns the name of a place if it leads to one in the document.
// A place may come after the link, so the caller looks for it at the end of the document.
pub(super) fn href(reading: &mut Reading<'_>, range: Range<usize>, value: &str) -> Option<String> {
    let target = cleaned(value);
    if let Some(place) = target.strip_prefix('#') {
        return (!place.is_empty()).then(|| place.to_owned());
    }
    if is_code(value) || is_filed(&target) {
        return None; // code is reported for every attribute
    }
    if external(reading, &range, &target) {
        return None;
    }
    let file = target.split(['#', '?']).next().unwrap_or_default();
    if !names::accepts_name(file) || target.contains('?') {
        reading.report_as(Severity::Warning, &rule::HTML_LINK, range, || {
            let message =
                format!("`{}` cannot be the name of an attached document", shown(&target));
            (message, "name the document as it is attached, without a folder: `ex99-1.htm`")
        });
    }
    None
}

/// Checks an image's `src`.
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
                format!("`{}` is not a .gif or .jpg file", shown(&target)),
                "convert the image, and name that file",
            )
        });
    } else if !names::accepts_name(&target) {
        reading.report_as(Severity::Warning, &rule::HTML_IMAGE, range, || {
            let message = format!("`{}` cannot be the name of an attached image", shown(&target));
            (message, "name the image as it is attached, without a folder: `logo.gif`")
        });
    }
}

/// Reports a target outside the submission. Returns whether it is one.
fn external(reading: &mut Reading<'_>, range: &Range<usize>, target: &str) -> bool {
    let scheme = scheme(target);
    // `//host/path` takes the scheme of the page.
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
            "delete the link and keep its text; only filings below \
             `www.sec.gov/Archives/edgar/data/` may be linked",
        )
    });
    true
}

/// Reports a `style` that loads a file or has code.
pub(super) fn style(reading: &mut Reading<'_>, range: Range<usize>, value: &str) {
    // Fast path: both need a function, and nearly every element has a style.
    if memchr::memchr(b'(', value.as_bytes()).is_none() {
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
    fn disguised_code_is_code() {
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
