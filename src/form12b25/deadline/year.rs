//! Lists the reports of one registrant that are due in a year, from the end of its fiscal year.

use super::calendar::Calendar;
use super::dates;
use super::inputs::{INPUTS, Inputs};
use super::partial::PartialQuery;
use super::query::DeadlineQuery;
use crate::form12b25::model::{CivilDate, FormType};

/// The end of a fiscal year: a month and a day. The end of February is its last day in every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYearEnd {
    month: i8,
    day: i8,
}

impl FiscalYearEnd {
    /// Parses a fiscal year's end, such as `12-31`.
    ///
    /// # Errors
    /// The text is not a month and a day.
    pub fn parse(text: &str) -> Result<FiscalYearEnd, String> {
        let digits = |part: &str| part.parse().ok().filter(|_| part.len() == 2);
        let parts = text.split_once('-').and_then(|(m, d)| Some((digits(m)?, digits(d)?)));
        // 2024 is a leap year, which has every day.
        let known = parts.filter(|(month, day)| CivilDate::of(2024, *month, *day).is_some());
        let (month, day) =
            known.ok_or_else(|| format!("`{text}` is not a month and a day, such as 12-31"))?;
        Ok(FiscalYearEnd { month, day })
    }

    /// Returns the end of the fiscal year that ends in a calendar year.
    fn in_year(self, year: i16) -> Option<CivilDate> {
        if self.month == 2 && self.day >= 28 {
            return CivilDate::of(year, 3, 1).map(|first| first.plus_days(-1));
        }
        CivilDate::of(year, self.month, self.day)
    }
}

/// The reports on a form in a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reports {
    /// One, on the year.
    Annual,
    /// Three, on the quarters other than the last (Form 10-Q, General Instruction A.1).
    Quarterly,
}

/// Returns the reports in a fiscal year on a form, or `None` if other days than the fiscal year's
/// end decide when they are due.
fn reports(form: FormType) -> Option<Reports> {
    match form {
        FormType::F10K | FormType::F20F | FormType::F11K | FormType::NCen | FormType::F10Ksb => {
            Some(Reports::Annual)
        }
        FormType::F10Q | FormType::F10Qsb => Some(Reports::Quarterly),
        // Counted from a distribution or a transmission; or semiannual, and historic.
        FormType::F10D | FormType::NCsr | FormType::NSar => None,
    }
}

/// Whether the fiscal year's end decides when the reports on a form are due.
pub fn follows_fiscal_year(form: FormType) -> bool {
    reports(form).is_some()
}

/// Returns the ends of the periods of a fiscal year for the reports on a form.
fn period_ends(form: FormType, year_end: CivilDate) -> Vec<CivilDate> {
    match reports(form) {
        Some(Reports::Annual) => vec![year_end],
        Some(Reports::Quarterly) => [-9, -6, -3].map(|months| year_end.plus_months(months)).into(),
        None => Vec::new(),
    }
}

/// Returns the reports on some forms that are due in a year, in the order of their due dates. If
/// the filer status is needed and not given, there is a query for each status.
pub fn due_in(
    year: i16,
    year_end: FiscalYearEnd,
    forms: &[FormType],
    inputs: &Inputs,
    calendar: &Calendar,
) -> Vec<DeadlineQuery> {
    let mut all: Vec<(CivilDate, DeadlineQuery)> = Vec::new();
    // No period is as long as a year: a report is due in the year of its period's end or the next,
    // and a quarter can end in the calendar year before its fiscal year does.
    for year_end in (year - 1..=year + 1).filter_map(|year| year_end.in_year(year)) {
        for form in forms {
            for period_ended in period_ends(*form, year_end) {
                let status = inputs.status.filter(|_| takes_status(*form));
                let inputs = Inputs { status, ..inputs.clone() };
                let partial =
                    PartialQuery { form: *form, period_ended: Some(period_ended), inputs };
                let queries = partial.complete().into_iter().flat_map(DeadlineQuery::each_status);
                all.extend(queries.filter_map(|query| {
                    let (dates, _) = dates(&query, calendar)?;
                    (dates.due.parts().0 == year).then_some((dates.due, query))
                }));
            }
        }
    }
    all.sort_by_key(|(due, _)| *due);
    all.into_iter().map(|(_, query)| query).collect()
}

/// Whether the due dates of reports on a form depend on the filer status.
fn takes_status(form: FormType) -> bool {
    INPUTS.iter().any(|input| input.flag == "status" && input.affects(form, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form12b25::deadline::built_in;
    use crate::form12b25::model::FilerStatus;

    fn due(year: i16, year_end: &str, forms: &[FormType]) -> Vec<String> {
        let inputs = Inputs { status: Some(FilerStatus::Accelerated), ..Inputs::default() };
        let year_end = FiscalYearEnd::parse(year_end).unwrap();
        let queries = due_in(year, year_end, forms, &inputs, built_in());
        queries
            .iter()
            .map(|query| {
                let (dates, _) = dates(query, built_in()).unwrap();
                format!("{} {} {}", query.report.form, query.report.period_ended, dates.due)
            })
            .collect()
    }

    #[test]
    fn a_year_has_its_annual_and_three_quarterly_reports() {
        let forms = [FormType::F10K, FormType::F10Q];
        assert_eq!(
            due(2027, "12-31", &forms),
            [
                "10-K 2026-12-31 2027-03-16",
                "10-Q 2027-03-31 2027-05-10",
                "10-Q 2027-06-30 2027-08-09",
                "10-Q 2027-09-30 2027-11-09",
            ]
        );
        assert_eq!(
            due(2028, "02-28", &forms),
            [
                "10-Q 2027-11-30 2028-01-10",
                "10-K 2028-02-29 2028-05-15",
                "10-Q 2028-05-31 2028-07-10",
                "10-Q 2028-08-31 2028-10-10",
            ]
        );
        assert_eq!(due(2027, "06-30", &[FormType::F20F]), ["20-F 2027-06-30 2027-11-01"]);
    }

    #[test]
    fn a_fiscal_year_ends_on_a_day_of_the_calendar() {
        for text in ["", "12", "12-32", "13-01", "1-1", "12/31", "02-30", "2025-12-31"] {
            assert!(FiscalYearEnd::parse(text).is_err(), "{text}");
        }
    }
}
