//! Advice on values that people write in another way than a filing has them: dates, CIKs, exhibit
//! numbers, and texts in the place of a mapping.

use serde_json::Value;

use crate::diagnostics::characters::meant;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::fix::Fix;
use crate::form12b25::model::{Cik, CivilDate, ExhibitNumber, Scalar as _};

/// The names of the months, of which at least three letters are written.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Adds advice to the finding about a text that is not a value of a format.
pub(super) fn advise(finding: Finding, format: &str, text: &str) -> Finding {
    if format == CivilDate::FORMAT {
        return match dates(text).as_slice() {
            [date] => {
                let fix = Fix::safe_word(text, date.to_string());
                // A year of two digits is of one of two centuries.
                let year = text.contains(&date.to_string()[..4]);
                let hint = format!("write `{date}`");
                finding.hint(hint).fix(if year { fix } else { Fix { safe: false, ..fix } })
            }
            [month_first, day_first] => finding.hint(format!(
                "write `{month_first}` for {}, or `{day_first}` for {}",
                month_first.long(),
                day_first.long()
            )),
            _ => finding,
        };
    }
    if format == Cik::FORMAT
        && let Some(cik) = cik(text)
    {
        let quoted = format!("\"{cik}\"");
        return finding.hint(format!("write `{quoted}`")).fix(Fix::safe_word(text, quoted));
    }
    let number = text.rsplit(['-', ' ']).next().unwrap_or(text);
    let exhibit = format!("EX-{number}");
    if format == ExhibitNumber::FORMAT && ExhibitNumber::parse(&exhibit).is_ok() {
        let fix = Fix::unsafe_word(text, exhibit.as_str());
        return finding.hint(format!("did you mean `{exhibit}`?")).fix(fix);
    }
    finding
}

/// Returns the digits of a CIK that is written with dashes, blanks or its name, or `None` if the text
/// is none.
fn cik(text: &str) -> Option<String> {
    let named = text.trim_start();
    let is_name = named.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("cik"));
    let number = if is_name { named[3..].trim_start_matches([':', '#', '.', ' ']) } else { named };
    let digits: String = number.chars().filter(|c| !is_blank_or_dash(*c)).collect();
    Cik::parse(&digits).is_ok().then_some(digits)
}

/// Whether a character is a blank or a dash, in ASCII or as programs for letters write them.
fn is_blank_or_dash(c: char) -> bool {
    c == '-' || c.is_whitespace() || matches!(meant(c), Some('-' | ' '))
}

/// Returns the dates that a text may mean in another notation: one, or two if the order of day and
/// month is not clear.
fn dates(text: &str) -> Vec<CivilDate> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if digits.is_empty() { None } else { digits.parse::<i16>().ok() }
    };
    let month = |part: &str| {
        let part = part.to_lowercase();
        let named = |name: &&str| part.len() >= 3 && name.starts_with(part.as_str());
        (1..).zip(MONTHS).find(|(_, name)| named(name) || part == "sept" && *name == "september")
    };
    let year = |part: &str| number(part).map(|y| if part.len() == 2 { 2000 + y } else { y });
    let of = |y: Option<i16>, m: i16, d: i16| {
        CivilDate::of(y?, i8::try_from(m).ok()?, i8::try_from(d).ok()?)
    };
    let all = match parts.as_slice() {
        [y, m, d, ..] if y.len() == 4 && number(y).is_some() => {
            let d = d.split(['T', 't']).next().unwrap_or(d);
            vec![of(year(y), number(m).unwrap_or(0), number(d).unwrap_or(0))]
        }
        [a, b, y] => match (month(a), month(b)) {
            (Some((m, _)), _) => vec![of(year(y), m, number(b).unwrap_or(0))],
            (_, Some((m, _))) => vec![of(year(y), m, number(a).unwrap_or(0))],
            _ => {
                let (a, b) = (number(a).unwrap_or(0), number(b).unwrap_or(0));
                vec![of(year(y), a, b), of(year(y), b, a)]
            }
        },
        [whole] if whole.len() == 8 && whole.bytes().all(|b| b.is_ascii_digit()) => {
            let part = |range| number(&whole[range]).unwrap_or(0);
            vec![of(year(&whole[..4]), part(4..6), part(6..8))]
        }
        _ => Vec::new(),
    };
    let mut all: Vec<CivilDate> = all
        .into_iter()
        .flatten()
        .filter(|date| CivilDate::parse(&date.to_string()).is_ok())
        .collect();
    all.dedup();
    all
}

/// Returns the mapping that a scalar in its place may mean, as YAML, or `None` if that is unclear.
pub(super) fn mapping(key: &str, found: &Value, schema: &Value) -> Option<String> {
    let value = match found {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => found.to_string(),
        _ => return None,
    };
    let required: Vec<&str> =
        schema.get("required")?.as_array()?.iter().filter_map(Value::as_str).collect();
    let named = |name: &str| required.iter().position(|key| *key == name);
    let date = if CivilDate::parse(&value).is_ok() { named("date") } else { None };
    let own = date.or_else(|| named("name")).or_else(|| named("rule"));
    // Otherwise nothing says which of the keys has this value.
    let own = own.or((required.len() == 1).then_some(0))?;
    let is_text = found.is_string();
    let entries = required.iter().enumerate().map(|(n, key)| match n == own {
        true if is_text && value.contains([',', ':', '#', '[', '{', '"', '\'']) => {
            format!("{key}: '{}'", value.replace('\'', "''"))
        }
        true => format!("{key}: {value}"),
        false => format!("{key}: …"),
    });
    let all = format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
    Some(if key.is_empty() { all } else { format!("{key}: {all}") })
}

#[cfg(test)]
mod tests {
    use super::{cik, dates};

    #[test]
    fn ciks_in_other_notations_are_read() {
        for text in [
            "00-0123-4567",
            "0000 123456",
            "0001234567\u{a0}",
            "0001\u{2013}234567",
            "CIK0001234567",
            "cik: 1234567",
            "CIK # 0001234567",
        ] {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(cik(text), Some(digits), "{text}");
        }
        for text in ["", "-", "0000", "12345678901", "1,234", "CIK", "0-15888x"] {
            assert_eq!(cik(text), None, "{text}");
        }
    }

    #[test]
    fn dates_in_other_notations_are_read() {
        let read = |text| dates(text).iter().map(ToString::to_string).collect::<Vec<_>>();
        for text in [
            "12/31/2025",
            "31.12.2025",
            "31/12/2025",
            "December 31, 2025",
            "31 Dec 2025",
            "Dec. 31st, 2025",
            "2025/12/31",
            "20251231",
            "12-31-25",
            "2025-12-31T00:00",
            "2025-12-31 00:00:00",
        ] {
            assert_eq!(read(text), ["2025-12-31"], "{text}");
        }
        assert_eq!(read("2026-3-17"), ["2026-03-17"]);
        assert_eq!(read("03/04/2025"), ["2025-03-04", "2025-04-03"]);
        assert_eq!(read("04/04/2025"), ["2025-04-04"]);
        for text in
            ["2025", "soon", "13/13/2025", "February 30, 2025", "1/2", "Q4 2025", "12/31/1925"]
        {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
