//! Tests the deadlines: properties of all dates from 2007 to 2040, and results that depend on more
//! than a row of a table.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::form12b25::model::{Due, Report, Text, Weekday};

fn date(text: &str) -> CivilDate {
    CivilDate::parse(text).unwrap()
}

fn report(form: &str, period_ended: &str) -> Report {
    Report {
        form: FormType::parse(form).unwrap(),
        period_ended: date(period_ended),
        transition: false,
        portion: None,
        due: None,
        erisa_plan: false,
        distributed: None,
        transmitted: None,
        determined: None,
        unit_investment_trust: false,
    }
}

fn ask(report: Report, status: Option<&str>) -> DeadlineResult {
    let status = status.map(|text| FilerStatus::parse(text).unwrap());
    answer(&DeadlineQuery { report, status, co_registrants: vec![] }, &Calendar::built_in())
}

/// Returns the three dates as one text, or the missing input, or `unknown`.
fn outcome(answer: &DeadlineResult) -> String {
    match (&answer.dates, answer.missing) {
        (Some(d), _) => format!("{} {} {}", d.due, d.notice, d.extended),
        (None, Some(missing)) => missing.to_owned(),
        (None, None) => "unknown".to_owned(),
    }
}

#[test]
fn periods_have_effective_dates() {
    for (form, status, period_ended, expected) in [
        ("10-K", "large-accelerated", "2006-12-14", "2007-02-27 2007-02-28 2007-03-14"),
        ("10-K", "large-accelerated", "2006-12-15", "2007-02-13 2007-02-14 2007-02-28"),
        ("10-K", "accelerated", "2003-12-14", "2004-03-15 2004-03-16 2004-03-30"),
        ("10-K", "accelerated", "2003-12-15", "2004-03-01 2004-03-02 2004-03-16"),
        ("10-K", "non-accelerated", "1992-12-31", "unknown"),
        ("10-Q", "accelerated", "2003-09-30", "2003-11-14 2003-11-17 2003-11-19"),
        ("10-Q", "accelerated", "2004-06-30", "unknown"),
        ("10-Q", "non-accelerated", "2004-06-30", "2004-08-16 2004-08-17 2004-08-23"),
        ("20-F", "", "2011-12-14", "2012-06-14 2012-06-15 2012-06-29"),
        ("20-F", "", "2011-12-15", "2012-04-16 2012-04-17 2012-05-01"),
        ("10-KSB", "", "2007-12-31", "2008-03-31 2008-04-01 2008-04-15"),
        ("10-KSB", "", "2008-12-31", "unknown"),
        ("10-QSB", "", "2007-06-30", "2007-08-14 2007-08-15 2007-08-20"),
        ("10-QSB", "", "2009-03-31", "unknown"),
        ("N-SAR", "", "2015-12-31", "2016-02-29 2016-03-01 2016-03-15"),
        ("N-SAR", "", "2018-06-30", "unknown"),
        ("N-CEN", "", "2018-05-31", "unknown"),
        ("N-CEN", "", "2025-06-30", "2025-09-15 2025-09-16 2025-09-30"),
        ("11-K", "", "2024-12-31", "2025-03-31 2025-04-01 2025-04-15"),
        ("10-K", "accelerated", "2250-12-31", "unknown"),
    ] {
        let status = Some(status).filter(|s| !s.is_empty());
        assert_eq!(
            outcome(&ask(report(form, period_ended), status)),
            expected,
            "{form} {status:?} {period_ended}"
        );
    }
}

#[test]
fn a_missing_input_is_named() {
    for (report, expected) in [
        (report("10-K", "2025-12-31"), "registrant.filer_status"),
        (report("10-Q", "2025-09-30"), "registrant.filer_status"),
        (report("10-K", "1997-12-31"), "1998-03-31 1998-04-01 1998-04-15"),
        (report("10-D", "2025-08-31"), "report.distributed"),
        (report("N-CSR", "2025-10-31"), "report.transmitted"),
        (Report { transition: true, ..report("20-F", "2025-12-31") }, "report.determined"),
        (Report { transition: true, ..report("11-K", "2025-12-31") }, "report.due"),
    ] {
        let answer = ask(report.clone(), None);
        assert_eq!(outcome(&answer), expected);
        assert!(!answer.steps.is_empty());
    }
}

#[test]
fn given_inputs_change_the_dates() {
    let with = |change: fn(&mut Report), form, period_ended| {
        let mut report = report(form, period_ended);
        change(&mut report);
        outcome(&ask(report, Some("accelerated")))
    };
    assert_eq!(
        with(|r| r.erisa_plan = true, "11-K", "2024-12-31"),
        "2025-06-30 2025-07-01 2025-07-15"
    );
    let distributed = |r: &mut Report| r.distributed = Some(date("2025-09-15"));
    assert_eq!(with(distributed, "10-D", "2025-08-31"), "2025-09-30 2025-10-01 2025-10-06");
    let transmitted = |r: &mut Report| r.transmitted = Some(date("2025-12-29"));
    assert_eq!(with(transmitted, "N-CSR", "2025-10-31"), "2026-01-08 2026-01-09 2026-01-23");
    assert_eq!(
        with(|r| r.unit_investment_trust = true, "N-CEN", "2025-06-30"),
        "2026-03-16 2026-03-17 2026-03-31"
    );
    let decided_later =
        |r: &mut Report| (r.transition, r.determined) = (true, Some(date("2026-01-16")));
    assert_eq!(with(decided_later, "10-K", "2025-12-31"), "2026-04-01 2026-04-02 2026-04-16");
    let decided_before =
        |r: &mut Report| (r.transition, r.determined) = (true, Some(date("2025-06-01")));
    assert_eq!(with(decided_before, "10-K", "2025-12-31"), "2026-03-16 2026-03-17 2026-03-31");
    let given = |r: &mut Report| {
        r.due = Some(Due {
            date: date("2026-05-23"),
            because: Text::parse("Rule 13a-13(a).").unwrap(),
        });
    };
    assert_eq!(with(given, "10-Q", "2026-03-31"), "2026-05-26 2026-05-27 2026-06-01");
}

#[test]
fn part_three_information_is_due_in_120_days() {
    let portion = |text: &str| Some(Text::parse(text).unwrap());
    let of = |text| Report { portion: portion(text), ..report("10-K", "2024-12-31") };
    assert_eq!(
        outcome(&ask(of("Part III (Items 10, 11, 12, 13 and 14)"), None)),
        "2025-04-30 2025-05-01 2025-05-15"
    );
    assert_eq!(
        outcome(&ask(of("Items 9A and 10"), Some("non-accelerated"))),
        "2025-03-31 2025-04-01 2025-04-15"
    );
}

#[test]
fn an_n_csr_without_its_transmission_has_a_latest_date() {
    let answer = ask(report("N-CSR", "2025-10-31"), None);
    let last = answer.steps.last().unwrap();
    assert_eq!((answer.dates, last.date), (None, Some(date("2026-01-09"))));
}

#[test]
fn an_unconfirmed_closing_gives_both_dates() {
    let mut calendar = Calendar::built_in();
    calendar.extend("2025-03-24,storm,U\n2025-03-31,flood,U").unwrap();
    let distributed = Some(date("2025-03-09"));
    let report = Report { distributed, ..report("10-D", "2025-02-28") };
    let query = DeadlineQuery { report, status: None, co_registrants: vec![] };
    let answer = answer(&query, &calendar);
    assert_eq!(outcome(&answer), "2025-03-24 2025-03-25 2025-03-31");
    let warnings: Vec<&Step> =
        answer.steps.iter().filter(|s| s.sentence.starts_with("Warning: ")).collect();
    let later: Vec<String> =
        warnings.iter().filter_map(|s| s.date).map(|d| d.to_string()).collect();
    assert_eq!(later, ["2025-03-25", "2025-03-26", "2025-04-01"]);
    assert!(
        warnings[2].sentence.contains("March 24, 2025 (storm) and March 31, 2025 (flood)"),
        "{}",
        warnings[2].sentence
    );
}

#[test]
fn a_date_beside_a_future_christmas_has_a_note() {
    let note = |day: &str| {
        let answer = ask(report("N-CEN", day), None);
        answer.steps.into_iter().find(|step| step.sentence.starts_with("Note: "))
    };
    assert_eq!(note("2026-10-10").and_then(|step| step.date), Some(date("2026-12-24")));
    assert_eq!(note("2025-10-10"), None, "all closings of that year are known");
    assert_eq!(note("2026-09-10"), None);
}

#[test]
fn a_transition_report_on_form_20_f_follows_its_own_paragraph() {
    let report = Report {
        transition: true,
        determined: Some(date("2025-05-01")),
        ..report("20-F", "2025-03-31")
    };
    let answer = ask(report, None);
    assert_eq!(outcome(&answer), "2025-09-02 2025-09-03 2025-09-17");
    let cited = answer
        .steps
        .iter()
        .filter(|step| step.authority == Some("17 CFR 240.13a-10(g) and 240.15d-10(g)"));
    assert_eq!(cited.count(), 3);
    assert!(answer.steps.iter().any(|step| step.sentence.contains("six months or less")));
}

#[test]
fn closed_days_move_dates() {
    let mut closed = report("10-D", "2024-12-31");
    closed.distributed = Some(date("2024-12-24"));
    assert_eq!(outcome(&ask(closed.clone(), None)), "2025-01-08 2025-01-10 2025-01-13");
    closed.distributed = Some(date("2024-12-25"));
    assert_eq!(outcome(&ask(closed, None)), "2025-01-10 2025-01-13 2025-01-15");
    // The SEC took filings due December 5, 2018 on December 6.
    let q = Report { distributed: Some(date("2018-11-20")), ..report("10-D", "2018-10-31") };
    assert_eq!(outcome(&ask(q, None)), "2018-12-06 2018-12-07 2018-12-11");
}

#[test]
fn a_co_registrant_of_another_status_is_a_warning() {
    let statuses =
        [FilerStatus::NonAccelerated, FilerStatus::NonAccelerated, FilerStatus::Accelerated];
    let query = DeadlineQuery {
        report: report("10-Q", "2025-06-30"),
        status: Some(FilerStatus::LargeAccelerated),
        co_registrants: statuses.to_vec(),
    };
    let answer = answer(&query, &Calendar::built_in());
    assert_eq!(outcome(&answer), "2025-08-11 2025-08-12 2025-08-18");
    let warned: Vec<_> =
        answer.steps.iter().filter(|s| s.sentence.starts_with("Warning: ")).collect();
    assert_eq!(
        warned.len(),
        1,
        "once, and not for the status that is due on the same day: {warned:?}"
    );
    assert_eq!(warned[0].date, Some(date("2025-08-14")));
}

#[test]
fn a_query_without_a_status_becomes_one_for_each() {
    let ask = |form: &str, period_ended: &str| {
        DeadlineQuery { report: report(form, period_ended), status: None, co_registrants: vec![] }
            .each_status()
    };
    assert_eq!(ask("10-K", "2025-12-31").iter().filter_map(|q| q.status).count(), 3);
    assert_eq!(ask("10-K", "1997-12-31").len(), 1);
    assert_eq!(ask("20-F", "2025-12-31").len(), 1);
}

#[test]
fn an_input_has_an_effect_on_its_own_forms_alone() {
    let later = Some(date("2026-02-02"));
    let all = [
        Inputs { status: Some(FilerStatus::Accelerated), ..Inputs::default() },
        Inputs { erisa_plan: true, ..Inputs::default() },
        Inputs { distributed: later, ..Inputs::default() },
        Inputs { transmitted: later, ..Inputs::default() },
        Inputs { unit_investment_trust: true, ..Inputs::default() },
    ];
    for form in FormType::VALUES.iter().map(|text| FormType::parse(text).unwrap()) {
        for inputs in &all {
            let due = |period_ended: &str, inputs: &Inputs| {
                let period_ended = Some(date(period_ended));
                let query = PartialQuery { form, period_ended, inputs: inputs.clone() };
                dates(&query.complete().unwrap(), &Calendar::built_in())
            };
            let differs = |day| due(day, inputs) != due(day, &Inputs::default());
            let effect = ["2007-06-30", "2017-06-30", "2025-06-30"].into_iter().any(differs);
            let unused: Vec<&str> = inputs.without_effect(form).map(|input| input.key).collect();
            assert_eq!(effect, unused.is_empty(), "Form {form}: {inputs:?}");
        }
    }
}

/// Generates a report of a form that is in use today, with all the inputs of its due date.
fn reports() -> impl Strategy<Value = DeadlineQuery> {
    let forms =
        prop::sample::select(vec!["10-K", "10-Q", "20-F", "11-K", "10-D", "N-CEN", "N-CSR"]);
    let status = prop::sample::select(FilerStatus::VALUES.to_vec());
    // 2007-01-01 to 2040-12-31
    (forms, status, 0..12_419_i32, any::<bool>(), any::<bool>(), 0..90_i32).prop_map(
        |(form, status, days, flag, transition, later)| {
            let period_ended = date("2007-01-01").plus_days(days);
            let after = Some(period_ended.plus_days(later));
            let transition = transition && matches!(form, "10-K" | "10-Q" | "20-F");
            let report = Report {
                period_ended,
                transition,
                erisa_plan: flag,
                unit_investment_trust: flag,
                distributed: after,
                transmitted: after,
                determined: after,
                ..report(form, "2007-01-01")
            };
            DeadlineQuery {
                report,
                status: FilerStatus::parse(status).ok(),
                co_registrants: vec![],
            }
        },
    )
}

proptest! {
    // The same cases in every run, so that a pull request fails for its own change alone.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(12_25),
        ..ProptestConfig::with_cases(1000)
    })]

    #[test]
    fn every_date_is_a_business_day_in_its_order(query in reports()) {
        let calendar = Calendar::built_in();
        let answer = answer(&query, &calendar);
        let Some(Dates { due, notice, extended }) = answer.dates else {
            let before_n_cen = query.report.period_ended < date("2018-06-01");
            prop_assert!(query.report.form == FormType::NCen && before_n_cen);
            return Ok(());
        };
        for day in [due, notice, extended] {
            prop_assert_eq!(calendar.closed(day), None);
            prop_assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
            prop_assert_eq!(holidays::on(day), None);
        }
        let period = answer
            .steps
            .iter()
            .find(|s| s.sentence.contains("is due within"))
            .and_then(|s| s.date);
        let near = period.is_some_and(|raw| raw <= due && due <= raw.plus_days(5));
        prop_assert!(near, "rolled, and not too far");
        prop_assert!(due < notice && due < extended);
        let mut between = due.plus_days(1);
        while between < notice {
            prop_assert!(calendar.closed(between).is_some(), "{} lies between", between);
            between = between.plus_days(1);
        }
        let short = matches!(query.report.form, FormType::F10Q | FormType::F10D);
        let days = if short { 5 } else { 15 };
        prop_assert_eq!(extended, calendar.on_or_after(due.plus_days(days)));
    }

    #[test]
    fn a_later_period_is_never_due_earlier(query in reports(), later in 1..40_i32) {
        let shortened = date("2011-12-15"); // Form 20-F: from six months to four
        let mut next = query.clone();
        next.report.period_ended = query.report.period_ended.plus_days(later);
        let crosses =
            query.report.period_ended < shortened && shortened <= next.report.period_ended;
        prop_assume!(!(query.report.form == FormType::F20F && crosses));
        let calendar = Calendar::built_in();
        let (first, second) = (answer(&query, &calendar), answer(&next, &calendar));
        if let (Some(a), Some(b)) = (first.dates, second.dates) {
            prop_assert!(a.due <= b.due && a.notice <= b.notice && a.extended <= b.extended);
        }
    }

    #[test]
    fn no_combination_of_inputs_panics(
        form in prop::sample::select(FormType::VALUES.to_vec()),
        status in prop::option::of(prop::sample::select(FilerStatus::VALUES.to_vec())),
        days in prop::collection::vec(prop::option::of(0..2_945_000_i32), 5),
        flags in any::<[bool; 3]>(),
    ) {
        let first = date("1934-01-01");
        let day = |at: usize| days[at].map(|n| first.plus_days(n));
        let report = Report {
            period_ended: day(0).unwrap_or(first),
            transition: flags[0],
            erisa_plan: flags[1],
            unit_investment_trust: flags[2],
            due: day(1).map(|date| Due { date, because: Text::parse("reasons").unwrap() }),
            distributed: day(2),
            transmitted: day(3),
            determined: day(4),
            ..report(form, "2007-01-01")
        };
        let answer = ask(report, status);
        prop_assert!(!answer.steps.is_empty());
        prop_assert!(answer.dates.is_none() || answer.missing.is_none());
    }
}
