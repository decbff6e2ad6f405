//! The facts of EDGAR's header of a submission, in either of its two dialects.

use std::sync::LazyLock;

use regex::Regex;

use super::notice::{Notice, Registrant};
use crate::form12b25::model::{Accession, CivilDate, Scalar as _};

static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:<([A-Z0-9-]+)>|([A-Z0-9][A-Z0-9 -]*):)[ \t]*([^\r\n]*)").ok()
});

/// The line above each registrant.
static FILER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \t]*(?:<FILER>|FILER:)[ \t]*\r?$").ok());

/// Returns the value of the first field that has one of the names.
fn field(header: &str, names: &[&str]) -> Option<String> {
    let all = FIELD.iter().flat_map(|pattern| pattern.captures_iter(header));
    let named = all.filter(|found| {
        found.get(1).or(found.get(2)).is_some_and(|name| names.contains(&name.as_str().trim()))
    });
    let mut values = named.map(|found| found[3].trim().to_owned());
    values.find(|value| !value.is_empty())
}

/// Fills in what a header says. The notice itself comes first.
pub(super) fn read(header: &str, kind: &str, notice: &mut Notice) {
    notice.filed.accession = field(header, &["ACCESSION NUMBER", "ACCESSION-NUMBER"])
        .filter(|text| Accession::parse(text).is_ok());
    notice.filed.date =
        field(header, &["FILED AS OF DATE", "FILING-DATE"]).and_then(|date| day(&date));
    registrants(header, notice);
    let of_header = field(header, &["CONFORMED SUBMISSION TYPE", "TYPE"]);
    let kind = if kind.is_empty() { of_header.unwrap_or_default() } else { kind.to_owned() };
    if kind.trim_end().ends_with("/A") {
        notice.amendment.get_or_insert_default();
    }
    if notice.form.is_none() {
        notice.form = form_of_type(kind.trim_end_matches("/A"));
        if notice.form.is_some() {
            notice.unread.remove("report.form");
        }
    }
}

/// Fills in the registrants of a header: of several, each beneath a line `FILER` of its own.
fn registrants(header: &str, notice: &mut Notice) {
    let starts = FILER.iter().flat_map(|pattern| pattern.find_iter(header)).map(|m| m.start());
    let mut starts: Vec<usize> = starts.collect();
    if starts.is_empty() {
        starts.push(0);
    }
    let ends = starts.iter().skip(1).copied().chain([header.len()]);
    let mut filers: Vec<Registrant> =
        starts.iter().zip(ends).map(|(start, end)| filer(&header[*start..end])).collect();
    let own = filers.iter().position(|filer| is_same(filer, &notice.registrant)).unwrap_or(0);
    fill(&mut notice.registrant, filers.remove(own));
    for filer in filers.into_iter().filter(|filer| filer.name.is_some()) {
        match notice.co_registrants.iter_mut().find(|other| is_same(other, &filer)) {
            Some(other) => fill(other, filer),
            None => notice.co_registrants.push(filer),
        }
    }
}

/// Reads a registrant of a header.
fn filer(header: &str) -> Registrant {
    Registrant {
        cik: field(header, &["CENTRAL INDEX KEY", "CIK"])
            .filter(|cik| cik.bytes().all(|b| b.is_ascii_digit())),
        name: field(header, &["COMPANY CONFORMED NAME", "CONFORMED-NAME"]),
        file_number: field(header, &["SEC FILE NUMBER", "FILE-NUMBER"]),
        ..Registrant::default()
    }
}

/// Fills in what a registrant does not have.
fn fill(registrant: &mut Registrant, filer: Registrant) {
    registrant.cik = filer.cik;
    registrant.name = registrant.name.take().or(filer.name);
    registrant.file_number = registrant.file_number.take().or(filer.file_number);
}

/// Whether two registrants begin with the same name; EDGAR shortens its end.
fn is_same(one: &Registrant, other: &Registrant) -> bool {
    let start = |registrant: &Registrant| -> String {
        let letters = registrant.name.iter().flat_map(|name| name.chars());
        letters.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(14).collect()
    };
    let (one, other) = (start(one), start(other));
    !one.is_empty() && !other.is_empty() && (one.starts_with(&other) || other.starts_with(&one))
}

/// Returns the form of an EDGAR type such as `NT 10-K`.
fn form_of_type(kind: &str) -> Option<&'static str> {
    let kind = kind.trim().to_uppercase();
    let form = kind.strip_prefix("NTN ").or(kind.strip_prefix("NT "))?;
    ["10-K", "20-F", "11-K", "10-Q", "10-D"].into_iter().find(|name| *name == form).or(match form {
        "NT-NCSR" => Some("N-CSR"),
        _ => None,
    })
}

/// Returns a date such as `19980331`.
fn day(text: &str) -> Option<CivilDate> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    CivilDate::of(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}
