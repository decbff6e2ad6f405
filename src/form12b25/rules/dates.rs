//! Finds dates in prose, as people write them: in words or figures, with or without the year.

use std::ops::Range;

use super::pattern::pattern;
use crate::form12b25::model::CivilDate;

/// The pattern of a date in words, `March 31, 2026`.
pub(super) const DAY: &str = r"{months}\s+[0-9]{1,2}(?:st|nd|rd|th)?,?\s+[0-9]{4}";

// `March 31, 2026`, `Apr. 30th, 2026`; `31 March 2026`, `the 31st of March, 2026`; in figures,
// `3/31/2026` and `2026-03-31`.
pattern!(
    DAYS,
    r"\b(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?",
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?\s+(?P<day>[0-9]{1,2})",
    r"(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{4})\b",
    r"|\b(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?\s+(?P<m>{months}),?\s+",
    r"(?P<y>[0-9]{4})\b",
    r"|\b(?P<n>[0-9]{1,2})/(?P<nd>[0-9]{1,2})/(?P<ny>[0-9]{4}|[0-9]{2})\b",
    r"|\b(?P<iy>[0-9]{4})-(?P<i>[0-9]{2})-(?P<id>[0-9]{2})\b",
);

pattern!(
    YEARLESS,
    r"\b(?P<month>{months})\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\b",
    r"|\b(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?(?:\s+day)?(?:\s+of)?\s+(?P<m>{months})\b",
);
pattern!(FOLLOWED_BY_YEAR, r"^,?\s+[0-9]{4}");

/// Returns the dates in a text, each with its range.
pub(crate) fn days(text: &str) -> impl Iterator<Item = (Range<usize>, CivilDate)> {
    DAYS.captures_iter(text).filter_map(|found| Some((found.get(0)?.range(), day(&found, None)?)))
}

/// Returns the dates in a text that have no year, each in the given year.
pub(super) fn yearless(
    text: &str,
    year: i16,
) -> impl Iterator<Item = (Range<usize>, CivilDate)> + '_ {
    YEARLESS.captures_iter(text).filter_map(move |found| {
        let at = found.get(0)?.range();
        let day = day(&found, Some(year))?;
        (!FOLLOWED_BY_YEAR.is_match(&text[at.end..])).then_some((at, day))
    })
}

/// Returns the date of a match, or `None` if there is no such day.
fn day(found: &regex::Captures<'_>, year: Option<i16>) -> Option<CivilDate> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let text = |names: [&str; 4]| {
        names.iter().find_map(|name| found.name(name)).map(|group| group.as_str())
    };
    let month = text(["month", "m", "n", "i"])?;
    let month = match month.parse() {
        Ok(number) => number,
        // The first three letters of each month's name differ from all others.
        Err(_) => i8::try_from(MONTHS.find(month.get(..3)?)? / 3 + 1).ok()?,
    };
    let year = match year {
        Some(year) => year,
        None => match text(["year", "y", "ny", "iy"])?.parse().ok()? {
            // The two figures of a year of EDGAR.
            short @ 0..70 => 2000 + short,
            short @ 70..100 => 1900 + short,
            long => long,
        },
    };
    CivilDate::of(year, month, text(["day", "d", "nd", "id"])?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_as_people_write_them() {
        let found = |text: &str| -> Vec<String> {
            days(text).map(|(at, day)| format!("{} {day}", &text[at])).collect()
        };
        assert_eq!(
            found("on March 31, 2026 or February 30, 2026 or May 5 2025"),
            ["March 31, 2026 2026-03-31", "May 5 2025 2025-05-05"]
        );
        assert_eq!(
            found("Nov. 21st, 2025; the 21st of November, 2025; 21 November 2025; 11/21/25"),
            [
                "Nov. 21st, 2025 2025-11-21",
                "21st of November, 2025 2025-11-21",
                "21 November 2025 2025-11-21",
                "11/21/25 2025-11-21",
            ]
        );
        assert_eq!(found("2025-11-21"), ["2025-11-21 2025-11-21"]);
    }

    #[test]
    fn dates_without_a_year_take_the_given_one() {
        let found: Vec<String> = yearless("by May 5 or the 6th of May, not May 7, 2024", 2026)
            .map(|(_, day)| day.to_string())
            .collect();
        assert_eq!(found, ["2026-05-05", "2026-05-06"]);
    }
}
