//! The table of the periods within which the forms and rules require a report. Each row applies
//! from a period end on; a period end before all rows, or in a row of unknown length, has no due
//! date.

use super::portion::is_part_three;
use crate::form12b25::model::{CivilDate, FilerStatus, FormType, Report};

/// The filer whose report it is, if the period depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Everyone's.
    All,
    /// A 10-K's or 10-Q's registrant.
    Filer(FilerStatus),
    /// A plan that is subject to ERISA.
    ErisaPlan,
    /// A unit investment trust.
    Trust,
    /// Everyone's, as to the information of Part III of Form 10-K alone.
    PartThree,
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Calendar days.
    Days(i32),
    /// Months.
    Months(i32),
    /// Not known, with the reason.
    Unknown(&'static str),
}

/// A prescribed period.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Period {
    form: FormType,
    who: Who,
    /// The first period end to which it applies: year, month, day.
    from: (i16, i8, i8),
    /// Its length.
    pub(super) length: Length,
    /// The instruction or rule that prescribes it.
    pub(super) authority: &'static str,
}

const fn row(
    form: FormType,
    who: Who,
    from: (i16, i8, i8),
    length: Length,
    authority: &'static str,
) -> Period {
    Period { form, who, from, length, authority }
}

const LARGE: Who = Who::Filer(FilerStatus::LargeAccelerated);
const ACCELERATED: Who = Who::Filer(FilerStatus::Accelerated);
const OTHER: Who = Who::Filer(FilerStatus::NonAccelerated);

/// The first year of EDGAR. The table has no periods of the paper filings before it.
const EDGAR: (i16, i8, i8) = (1993, 1, 1);

const PHASED_IN: Length = Length::Unknown(
    "the period of accelerated filers was shortened by fiscal year, \
     between March and December 2004",
);
const WITHDRAWN: Length =
    Length::Unknown("the forms of small business issuers were last used in March 2009");
const REPLACED: Length = Length::Unknown("Form N-CEN replaced Form N-SAR in June 2018");

use FormType::{F10D, F10K, F10Ksb, F10Q, F10Qsb, F11K, F20F, NCen, NCsr, NSar};
use Length::{Days, Months};
use Who::{All, ErisaPlan, PartThree, Trust};

/// The periods. Rows of one form and filer are in the order of their dates.
const PERIODS: &[Period] = &[
    // Release 33-8128 shortened the period of accelerated filers from December 15, 2003 on, Release
    // 33-8644 that of large ones again from December 15, 2006 on.
    row(F10K, LARGE, EDGAR, Days(90), "Form 10-K, General Instruction A"),
    row(F10K, LARGE, (2003, 12, 15), Days(75), "Form 10-K, General Instruction A(2)"),
    row(F10K, LARGE, (2006, 12, 15), Days(60), "Form 10-K, General Instruction A(2)(a)"),
    row(F10K, ACCELERATED, EDGAR, Days(90), "Form 10-K, General Instruction A"),
    row(F10K, ACCELERATED, (2003, 12, 15), Days(75), "Form 10-K, General Instruction A(2)(b)"),
    row(F10K, OTHER, EDGAR, Days(90), "Form 10-K, General Instruction A"),
    row(F10K, OTHER, (2003, 12, 15), Days(90), "Form 10-K, General Instruction A(2)(c)"),
    // Items 10 to 14 may come in a proxy statement, or in an amendment, of the next 120 days.
    row(F10K, PartThree, EDGAR, Days(120), "Form 10-K, General Instruction G(3)"),
    // Fiscal years, not quarters, brought in the 40 days: quarters of 2004 depend on the year.
    row(F10Q, LARGE, EDGAR, Days(45), "Form 10-Q, General Instruction A.1"),
    row(F10Q, LARGE, (2004, 3, 1), PHASED_IN, "Form 10-Q, General Instruction A.1"),
    row(F10Q, LARGE, (2004, 12, 15), Days(40), "Form 10-Q, General Instruction A.1.a"),
    row(F10Q, ACCELERATED, EDGAR, Days(45), "Form 10-Q, General Instruction A.1"),
    row(F10Q, ACCELERATED, (2004, 3, 1), PHASED_IN, "Form 10-Q, General Instruction A.1"),
    row(F10Q, ACCELERATED, (2004, 12, 15), Days(40), "Form 10-Q, General Instruction A.1.a"),
    row(F10Q, OTHER, EDGAR, Days(45), "Form 10-Q, General Instruction A.1"),
    row(F10Q, OTHER, (2004, 12, 15), Days(45), "Form 10-Q, General Instruction A.1.b"),
    // Release 33-8959: four months for fiscal years that end on December 15, 2011 or later.
    row(F20F, All, EDGAR, Months(6), "Form 20-F, General Instruction A(b)"),
    row(F20F, All, (2011, 12, 15), Months(4), "Form 20-F, General Instruction A(b)"),
    row(F11K, All, EDGAR, Days(90), "Form 11-K, General Instruction A"),
    row(F11K, ErisaPlan, EDGAR, Days(180), "Form 11-K, General Instruction A"),
    // Form 10-D came with Regulation AB (Release 33-8518).
    row(F10D, All, (2006, 1, 1), Days(15), "Form 10-D, General Instruction A(2)"),
    row(NCen, All, (2018, 6, 1), Days(75), "17 CFR 270.30a-1"),
    row(NCen, Trust, (2018, 6, 1), Days(75), "17 CFR 270.30a-1"),
    row(NCsr, All, (2003, 7, 1), Days(10), "17 CFR 270.30b2-1(a)"),
    // Release 33-8876 withdrew the forms of small business issuers.
    row(F10Ksb, All, EDGAR, Days(90), "Form 10-KSB, General Instruction A"),
    row(F10Ksb, All, (2008, 12, 16), WITHDRAWN, "Form 10-KSB"),
    row(F10Qsb, All, EDGAR, Days(45), "Form 10-QSB, General Instruction A"),
    row(F10Qsb, All, (2009, 1, 30), WITHDRAWN, "Form 10-QSB"),
    row(NSar, All, EDGAR, Days(60), "17 CFR 270.30b1-1, as in force until 2018"),
    row(NSar, All, (2018, 6, 1), REPLACED, "17 CFR 270.30a-1"),
];

/// The result of a search for a report's period.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The period and its filer.
    Period(&'static Period, Who),
    /// The period depends on the filer status, which is not given.
    NeedsStatus,
    /// The period ended before all rows.
    TooEarly,
}

/// Finds the period of a report.
pub(super) fn find(report: &Report, status: Option<FilerStatus>) -> Found {
    let who: Vec<Who> = match (report.form, status) {
        (F10K, _) if is_late_part_three(report) => vec![PartThree],
        (F10K | F10Q, Some(status)) => vec![Who::Filer(status)],
        (F10K | F10Q, None) => vec![LARGE, ACCELERATED, OTHER],
        (F11K, _) if report.erisa_plan => vec![ErisaPlan],
        (NCen, _) if report.unit_investment_trust => vec![Trust],
        _ => vec![All],
    };
    let in_force = |who: &Who| {
        let starts =
            |p: &Period| CivilDate::of(p.from.0, p.from.1, p.from.2) <= Some(report.period_ended);
        // Rows are in order: the last that has started is in force.
        PERIODS.iter().rfind(|p| p.form == report.form && p.who == *who && starts(p))
    };
    let found: Vec<Option<&'static Period>> = who.iter().map(in_force).collect();
    match (found.as_slice(), who.as_slice()) {
        ([Some(period)], [who]) => Found::Period(period, *who),
        // No status is needed while all filers have the same period.
        ([Some(first), rest @ ..], _)
            if rest.iter().all(|p| p.is_some_and(|p| p.length == first.length)) =>
        {
            Found::Period(first, All)
        }
        ([Some(_), ..], _) => Found::NeedsStatus,
        _ => Found::TooEarly,
    }
}

fn is_late_part_three(report: &Report) -> bool {
    report.portion.as_ref().is_some_and(|portion| is_part_three(&portion.folded()))
}

/// Returns the calendar days by which Rule 12b-25(b)(2)(ii) extends a report's due date.
pub fn extension(form: FormType) -> i32 {
    match form {
        F10Q | F10Qsb | F10D => 5,
        F10K | F20F | F11K | NCen | NCsr | F10Ksb | NSar => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_form_and_filer_are_in_order() {
        for (at, later) in PERIODS.iter().enumerate() {
            assert!(CivilDate::of(later.from.0, later.from.1, later.from.2).is_some());
            for earlier in &PERIODS[..at] {
                let same = earlier.form == later.form && earlier.who == later.who;
                assert!(!same || earlier.from < later.from, "{later:?}");
            }
        }
    }
}
