//! Finds the reports that a sentence mentions: their form, their period, and whether one is said to
//! be late, to be promised, or not to have been filed.

use std::cell::LazyCell;
use std::ops::Range;

use super::dates::{days, yearless};
use super::pattern::pattern;
use crate::form12b25::model::{CivilDate, FormType, Scalar as _};

// `Annual Report on Form 10-K`, `Form 10-K`, `10-K`, `quarterly report`.
pattern!(
    REPORT,
    r"(?i)\b(?:(?:(?P<kind>annual|quarterly)\s+)?reports?\s+(?:\([^)]*\)\s+)?(?:on|under|pursuant\s+to)",
    r"\s+)?(?:Forms?\s+)?\b(?P<form>10-?KSB|10-?KT?|10-?QSB|10-?QT?|20-?F|11-?K|10-?D|N-CSRS?",
    r"|N-CEN)(?P<amended>/A)?\b|\b(?P<alone>annual|quarterly)\s+reports?\b",
);

// The end of a period, before its dates.
pattern!(
    PERIOD,
    r"(?i)\b(?:years?|quarters?|periods?|months|weeks)\s+(?:then\s+)?(?:ended|ending)\s+(?:on\s+)?",
);

// `fiscal 2025` or `the year 2025`, before or after a report.
pattern!(
    YEAR_AFTER,
    r"(?i)^\s+(?:\([^)]*\)\s+)?for\s+(?:the\s+|its\s+)?(?:fiscal\s+)?(?:year\s+)?((?:19|20)[0-9]{2})\b",
);
pattern!(YEAR_BEFORE, r"(?i)\b(?:fiscal\s+(?:year\s+)?)?((?:19|20)[0-9]{2})\s+$");

pattern!(CANNOT_FILE, r"(?i)\b{cannot file}\b");
pattern!(
    FILE_IT,
    r"(?i)\b{file or finish}\s+(?:with\s+the\s+\w+\s+|on\s+time\s+)?(?:its|the|our|their|a|this)?",
    r"\s*(?:own\s+|required\s+|\w+ly\s+)?(?:fiscal\s+(?:year\s+)?)?",
    r"(?:(?:[A-Z]\w+\s+[0-9]{1,2},\s+)?(?:19|20)[0-9]{2}\s+)?$",
);
pattern!(
    NOTICE_ABOUT,
    r"(?i)\b{notice about}\b(?:\s+\w+){0,3}?\s+(?:its|the|our|their|to\s+its|to\s+the)\s+$"
);
pattern!(
    NOT_IN_TIME,
    r"(?i)^[^.;]*?\b(?:could|can|will|would|was|is)(?:\s+not|n[’']t|not)\b[^.;]*?",
    r"\b(?:filed?|completed?|ready|finished|submitted|on\s+time|timely)\b",
);
pattern!(
    NOT_FILED_BEFORE,
    r"(?i)\b{not filed before}\s+(?:with\s+the\s+\w+\s+)?(?:its|the|our|their|a)?\s*$"
);
pattern!(NOT_FILED_AFTER, r"(?i)^(?:[^.;,]|,\s+[0-9]{4}\b|,[^.;,]{1,80},)*?\s{not filed after}\b");

/// The most characters between a report and its period.
const NEAR: usize = 120;

/// A report that a sentence mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Its place in the sentence.
    pub(super) at: Range<usize>,
    /// Its form, if the form is named.
    pub(super) form: Option<FormType>,
    /// Whether it is an annual or a quarterly report, if that is said.
    pub(super) kind: Option<Kind>,
    /// Whether it is an amendment of a report.
    pub(super) amended: bool,
    /// The ends of its periods, each with its place in the sentence.
    pub(super) ended: Vec<(Range<usize>, CivilDate)>,
    /// Its year, with its place in the sentence, if that is all that is said.
    pub(super) year: Option<(Range<usize>, i16)>,
    /// The place of the words before it, from the start of the previous report.
    before: Range<usize>,
    /// The place of the words after it, up to the next report.
    after: Range<usize>,
}

/// The two kinds of periodic reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Annual,
    Quarterly,
}

impl Kind {
    /// Returns the kind of the reports on a form, or `None` for reports of other times.
    pub(super) fn of(form: FormType) -> Option<Kind> {
        match form.box_form() {
            FormType::F10K | FormType::F20F | FormType::F11K | FormType::NCen => Some(Kind::Annual),
            FormType::F10Q => Some(Kind::Quarterly),
            _ => None,
        }
    }

    fn parse(text: &str) -> Kind {
        if text.eq_ignore_ascii_case("annual") { Kind::Annual } else { Kind::Quarterly }
    }
}

impl Mention {
    /// Whether the registrant is said, in the sentence of this text, to be unable to file it in time.
    pub(super) fn is_late(&self, text: &str) -> bool {
        let (before, after) = (&text[self.before.clone()], &text[self.after.clone()]);
        let cannot = CANNOT_FILE.find(before).is_some_and(|cannot| {
            FILE_IT.find(before).is_some_and(|file| file.start() >= cannot.start())
                && !before[cannot.end()..].contains(';')
        });
        cannot || NOTICE_ABOUT.is_match(before) || NOT_IN_TIME.is_match(after)
    }

    /// Whether it is said, in the sentence of this text, not to have been filed.
    pub(super) fn is_unfiled(&self, text: &str) -> bool {
        NOT_FILED_BEFORE.is_match(&text[self.before.clone()])
            || NOT_FILED_AFTER.is_match(&text[self.after.clone()])
    }

    /// Whether the mention can be that of a report on a form.
    pub(super) fn fits(&self, form: FormType) -> bool {
        match self.form {
            Some(named) => named.box_form() == form.box_form(),
            None => self.kind.is_none() || self.kind == Kind::of(form),
        }
    }
}

/// Returns the reports that a sentence mentions. A date without a year is in the year of the
/// period's end.
pub(super) fn mentions(text: &str, period_ended: CivilDate) -> Vec<Mention> {
    let found: Vec<Range<usize>> = REPORT.find_iter(text).map(|found| found.range()).collect();
    let starts: Vec<usize> = found.iter().map(|at| at.start).collect();
    // Once: a sentence may mention hundreds of reports.
    let dates = LazyCell::new(|| days(text).collect());
    let mention = |(n, at): (usize, &Range<usize>)| {
        // Groups take more time than matches.
        let (found, at) = (REPORT.captures_at(text, at.start)?, at.clone());
        let before = &text[..at.start];
        // `NT 10-K` is the type of a notice.
        if before.ends_with("NT ") || before.ends_with("NT-") {
            return None;
        }
        let next = starts.get(n + 1).copied().unwrap_or(text.len());
        let ended = periods(text, &at, (next, &dates), period_ended);
        Some(Mention {
            form: found.name("form").and_then(|form| form_named(form.as_str())),
            kind: found.name("kind").or(found.name("alone")).map(|kind| Kind::parse(kind.as_str())),
            amended: found.name("amended").is_some(),
            year: if ended.is_empty() { year(text, &at) } else { None },
            before: n.checked_sub(1).map_or(0, |n| starts[n])..at.start,
            after: at.end..next,
            at,
            ended,
        })
    };
    found.iter().enumerate().filter_map(mention).collect()
}

/// Returns the form of a name such as `10K` or `N-CSRS`.
fn form_named(text: &str) -> Option<FormType> {
    let upper = text.to_uppercase();
    let hyphened = match upper.split_at_checked(2) {
        Some((number, rest)) if !rest.starts_with('-') && number != "N-" => {
            format!("{number}-{rest}")
        }
        _ => upper,
    };
    let plain = hyphened.strip_suffix(['T', 'S']).unwrap_or(&hyphened);
    FormType::parse(&hyphened).or_else(|_| FormType::parse(plain)).ok()
}

/// Dates, each with its place in a text.
type Dates = Vec<(Range<usize>, CivilDate)>;

/// Returns the ends of a report's periods: after it, up to the next report, or just before it.
fn periods(
    text: &str,
    at: &Range<usize>,
    (next, dates): (usize, &LazyCell<Dates, impl FnOnce() -> Dates>),
    period_ended: CivilDate,
) -> Vec<(Range<usize>, CivilDate)> {
    let mut end = next.min(at.end + NEAR);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let after = &text[at.end..end];
    let Some(period) = PERIOD.find(after) else { return before(text, at, dates) };
    // Two periods of one name: `the quarters ended June 30 and September 30, 2025`.
    let from = at.end + period.end();
    let list = &text[from..end];
    let (year, ..) = period_ended.parts();
    let mut all: Vec<(Range<usize>, CivilDate)> = days(list).chain(yearless(list, year)).collect();
    all.sort_by_key(|(at, _)| at.start);
    let mut last = 0;
    let joined = |(at, _): &(Range<usize>, CivilDate)| {
        let between = &list[last..at.start];
        let near =
            between.trim().is_empty() || matches!(between.trim(), "and" | "," | ", and" | "or");
        last = at.end;
        near
    };
    let all: Vec<_> = all.into_iter().take_while(joined).collect();
    all.into_iter().map(|(at, day)| (from + at.start..from + at.end, day)).collect()
}

/// Returns the date just before a report: `its June 30, 2025 Form 10-Q`. `dates` are those of the
/// text, in order.
fn before(
    text: &str,
    at: &Range<usize>,
    dates: &[(Range<usize>, CivilDate)],
) -> Vec<(Range<usize>, CivilDate)> {
    let last = dates[..dates.partition_point(|(day, _)| day.end <= at.start)].last();
    last.filter(|(day, _)| text[day.end..at.start].trim().is_empty()).cloned().into_iter().collect()
}

/// Returns the year of a report that has no other period.
fn year(text: &str, at: &Range<usize>) -> Option<(Range<usize>, i16)> {
    let after = YEAR_AFTER.captures(&text[at.end..]).map(|found| (at.end, found));
    let before = || YEAR_BEFORE.captures(&text[..at.start]).map(|found| (0, found));
    let (from, found) = after.or_else(before)?;
    let year = found.get(1)?;
    Some((from + year.start()..from + year.end(), year.as_str().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let end = CivilDate::of(2025, 9, 30).unwrap();
        let found = |mention: Mention| {
            let mut parts = vec![text[mention.at.clone()].to_owned()];
            parts.extend(mention.ended.iter().map(|(_, day)| day.to_string()));
            parts.extend(mention.year.as_ref().map(|(_, year)| year.to_string()));
            parts.extend(mention.is_late(text).then(|| "late".to_owned()));
            parts.extend(mention.is_unfiled(text).then(|| "unfiled".to_owned()));
            parts.join(" | ")
        };
        mentions(text, end).into_iter().map(found).collect()
    }

    #[test]
    fn a_late_report_has_its_form_and_its_period() {
        for (text, expected) in [
            (
                "X is unable to file its Quarterly Report on Form 10-Q for the quarter ended June 30, 2025.",
                &["Quarterly Report on Form 10-Q | 2025-06-30 | late"][..],
            ),
            (
                "The Form 10-K for the year ended 31 December 2025 could not be filed on time.",
                &["Form 10-K | 2025-12-31 | late"],
            ),
            (
                "It cannot, without undue effort, complete its 2024 annual report.",
                &["annual report | 2024 | late"],
            ),
            (
                "It files this notice with respect to its Form 10-Q for the quarter ended June 30.",
                &["Form 10-Q | 2025-06-30 | late"],
            ),
            (
                "It has not yet filed its Form 10-K for fiscal year 2024, nor its 10-Q.",
                &["Form 10-K | 2024 | unfiled", "10-Q"],
            ),
            (
                "Its June 30, 2025 Form 10-Q remains outstanding.",
                &["Form 10-Q | 2025-06-30 | unfiled"],
            ),
            (
                "Compared with its Form 10-K for the year ended December 31, 2024, sales fell.",
                &["Form 10-K | 2024-12-31"],
            ),
            ("Its notice on Form NT 10-K is late.", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn forms_are_read_with_and_without_a_hyphen() {
        for (text, form) in [
            ("10K", Some(FormType::F10K)),
            ("10-KT", Some(FormType::F10K)),
            ("10-QSB", Some(FormType::F10Qsb)),
            ("N-CSRS", Some(FormType::NCsr)),
            ("20F", Some(FormType::F20F)),
            ("N-CEN", Some(FormType::NCen)),
        ] {
            assert_eq!(form_named(text), form, "{text}");
        }
    }
}
