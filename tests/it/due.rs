//! `latefile due`: published due dates, whole answers in each format, the calendar's conformity,
//! and what is said when a question cannot be answered.

use std::collections::BTreeSet;
use std::fs;

use latefile::form12b25::deadline::{Calendar, DeadlineQuery, DeadlineResult, answer};
use latefile::form12b25::model::{CivilDate, FilerStatus, FormType, Report, Scalar as _};

use crate::support;

fn published(form: &str, status: &str, period_ended: &str, note: &str) -> DeadlineResult {
    let transmitted = note.strip_prefix("transmitted ").map(|day| CivilDate::parse(day).unwrap());
    let report = Report {
        form: FormType::parse(form).unwrap(),
        period_ended: CivilDate::parse(period_ended).unwrap(),
        transition: false,
        portion: None,
        due: None,
        erisa_plan: false,
        distributed: None,
        transmitted,
        determined: None,
        unit_investment_trust: false,
    };
    let status = Some(status).filter(|s| !s.is_empty()).map(|s| FilerStatus::parse(s).unwrap());
    answer(&DeadlineQuery { report, status, co_registrants: vec![] }, &Calendar::built_in())
}

fn told(answer: &DeadlineResult) -> [String; 3] {
    let dates = answer.dates.expect("dates");
    [dates.due, dates.notice, dates.extended].map(|date| date.to_string())
}

#[test]
fn every_published_date_is_the_date() {
    let table =
        fs::read_to_string(support::root().join("tests/cases/deadlines/deadlines.csv")).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|l| !l.starts_with('#'))
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    assert_eq!(rows.len(), 91);
    for row in rows {
        let [form, status, period_ended, due, notice, extended, _source, note] = row[..8] else {
            unreachable!()
        };
        assert_eq!(
            told(&published(form, status, period_ended, note)),
            [due, notice, extended],
            "{row:?}"
        );
    }
}

/// Where published calendars went wrong, and a naive count would too.
#[test]
fn known_mistakes_are_not_repeated() {
    for (form, status, period_ended, mistaken) in [
        ("20-F", "", "2023-12-31", "2024-04-29"), // four months are not 120 days
        ("10-Q", "accelerated", "2025-03-31", "2025-05-10"), // a Saturday
        ("10-Q", "accelerated", "2024-09-30", "2024-11-11"), // Veterans Day, after a weekend
    ] {
        assert_ne!(told(&published(form, status, period_ended, ""))[0], mistaken);
    }
}

mod format {
    crate::cases::each! { super::compare: text json ics }
}

fn compare(format: &str) {
    let case = support::root().join("tests/cases/due");
    let output = support::run(&case, &["due", "--format", format, "--message-format", "short"]);
    let expected = case.join(format!("due.{}", if format == "text" { "txt" } else { format }));
    support::expect(&expected, &support::text(&output.stdout));
    assert_eq!(
        support::text(&output.stderr),
        "filings/broken.yaml:1:36: error[value]: `2024-13-31` is not in the calendar\n"
    );
    assert_eq!(output.status.code(), Some(1), "one filing is broken; the others are answered");
}

#[test]
fn text_keeps_to_eighty_columns() {
    let output = support::run(&support::root(), &["due"]);
    assert!(output.status.success());
    let text = support::text(&output.stdout);
    let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(long.is_empty() && text.lines().count() > 100, "{long:#?}");
}

#[test]
fn json_names_missing_inputs_and_answers_each_status() {
    let ask = |args: &[&str]| -> serde_json::Value {
        let folder = support::folder();
        let output = support::run(folder.path(), &[&["due", "--format", "json"], args].concat());
        assert!(output.status.success(), "{}", support::transcript(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let each = ask(&["--form", "10-K", "--period-ended", "2025-12-31"]);
    let dues: Vec<_> = each
        .as_array()
        .unwrap()
        .iter()
        .map(|o| (o["status"].as_str(), o["due"].as_str()))
        .collect();
    assert_eq!(
        dues,
        [
            (Some("large-accelerated"), Some("2026-03-02")),
            (Some("accelerated"), Some("2026-03-16")),
            (Some("non-accelerated"), Some("2026-03-31"))
        ]
    );
    let old = ask(&["--form", "10-K", "--period-ended", "1997-12-31"]);
    assert_eq!((old.as_array().unwrap().len(), &old[0]["due"]), (1, &"1998-03-31".into()));
    let missing = ask(&["--form", "10-D", "--period-ended", "2025-08-31"]);
    assert!(
        missing[0]["due"].is_null()
            && missing[0]["notice_due"].is_null()
            && missing[0]["id"].is_null()
    );
    assert!(missing[0]["steps"].to_string().contains("--distributed"));
    let given =
        ask(&["--form", "10-D", "--period-ended", "2025-08-31", "--distributed", "2025-09-15"]);
    assert_eq!(given[0]["extended_due"], "2025-10-06");
    let early = ask(&["--form", "N-CEN", "--period-ended", "2017-12-31"]);
    assert!(
        early[0]["due"].is_null()
            && early[0]["steps"].to_string().contains("Not known for this period")
    );
}

#[test]
fn forms_are_spelled_as_for_a_new_filing() {
    let folder = support::folder();
    let ask = |form: &str, more: &[&str]| {
        let question =
            ["due", "--form", form, "--period-ended", "2025-12-31", "--status", "accelerated"];
        let output = support::run(folder.path(), &[&question[..], more].concat());
        assert!(output.status.success(), "{}", support::transcript(&output));
        support::text(&output.stdout)
    };
    let usual = ask("10-K", &[]);
    for form in ["NT 10-K", "nt-10-k", "10k", "NT 10-K/A"] {
        assert_eq!(ask(form, &[]), usual, "{form}");
    }
    let decided = ["--determined", "2025-11-11"];
    assert_eq!(ask("10-KT", &decided), ask("10-K", &[&decided[..], &["--transition"]].concat()));
}

#[test]
fn a_filing_without_a_filer_status_has_a_date_for_each() {
    let text = support::SOUND.replace("  filer_status: non-accelerated\n", "");
    let folder = support::repository(&[("acme/a.yaml", &text)]);
    let output = support::run(folder.path(), &["due", "--format", "json"]);
    let answers: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = answers
        .as_array()
        .unwrap()
        .iter()
        .map(|o| ["id", "status", "due"].map(|key| o[key].as_str().unwrap()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ["acme/a", "large-accelerated", "2026-03-02"],
            ["acme/a", "accelerated", "2026-03-16"],
            ["acme/a", "non-accelerated", "2026-03-31"]
        ]
    );
}

/// The UIDs of a calendar.
fn uids(calendar: &str) -> Vec<&str> {
    calendar.lines().filter_map(|line| line.strip_prefix("UID:")).collect()
}

#[test]
fn different_questions_have_different_events() {
    let open = support::SOUND.replace("  filer_status: non-accelerated\n", "");
    let names =
        ["a.yaml", "a-notice.yaml", "a/notice.yaml", "a-accelerated.yaml", "a/accelerated.yaml"];
    let folder = support::repository(
        &names.map(|name| (name, if name == "a.yaml" { &*open } else { support::SOUND })),
    );
    let ask = |args: &[&str]| {
        support::text(
            &support::run(folder.path(), &[&["due", "--format", "ics"], args].concat()).stdout,
        )
    };
    let all = ask(&[]);
    // One report under each status, and the same report with its own status, whatever the files.
    assert_eq!(uids(&all).len(), 3 * (3 + 1), "{all}");
    assert_eq!(uids(&all).iter().collect::<BTreeSet<_>>().len(), 3 * (3 + 1), "{all}");
    let of =
        |more: &[&str]| ask(&[&["--form", "10-D", "--period-ended", "2025-08-31"], more].concat());
    let [early, late] = ["2025-09-15", "2025-09-25"].map(|date| of(&["--distributed", date]));
    let given = of(&["--distributed", "2025-09-15", "--due", "2025-10-10"]);
    let distinct: BTreeSet<&str> =
        [&early, &late, &given].into_iter().flat_map(|text| uids(text)).collect();
    assert_eq!(distinct.len(), 9, "{distinct:?}");
}

#[test]
fn a_calendar_keeps_to_rfc_5545() {
    for folder in [support::root(), support::root().join("tests/cases/due")] {
        let output = support::run(&folder, &["due", "--format", "ics"]);
        let text = String::from_utf8(output.stdout).unwrap();
        let again = support::run(&folder, &["due", "--format", "ics"]);
        assert_eq!(text, support::text(&again.stdout), "nothing reads the clock");
        conforms(&text);
    }
    let bare = support::run(
        &support::root(),
        &["due", "--format", "ics", "--form", "10-K", "--period-ended", "2025-12-31"],
    );
    conforms(&support::text(&bare.stdout));
}

/// What RFC 5545 asks of the calendars that we write.
fn conforms(text: &str) {
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line of more than 75 octets");
    let whole = text.replace("\r\n ", "");
    let lines: Vec<&str> = whole.trim_end().split("\r\n").collect();
    assert_eq!(lines[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"]);
    assert_eq!(lines.last(), Some(&"END:VCALENDAR"));
    let mut uids = BTreeSet::new();
    let events: Vec<&[&str]> = lines.split(|line| *line == "BEGIN:VEVENT").skip(1).collect();
    assert!(events.len() >= 9);
    for event in events {
        let value = |name: &str| {
            let mut values = event
                .iter()
                .take_while(|line| **line != "BEGIN:VALARM")
                .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            let value = values.next().unwrap_or_else(|| panic!("no {name} in {event:?}"));
            assert_eq!(values.next(), None, "{name} twice");
            value
        };
        assert!(uids.insert(value("UID").to_owned()), "{} twice", value("UID"));
        let stamp = value("DTSTAMP");
        assert!(stamp.len() == 16 && stamp.ends_with("T000000Z"), "{stamp}");
        assert!(value("DTSTART;VALUE=DATE") < value("DTEND;VALUE=DATE"));
        let alarm = event.iter().position(|line| *line == "BEGIN:VALARM").unwrap();
        assert_eq!(event[alarm + 1], "ACTION:DISPLAY");
        assert_eq!(event[alarm + 3..alarm + 5], ["TRIGGER:-PT15H", "END:VALARM"]);
        for name in ["SUMMARY", "DESCRIPTION"] {
            let plain = value(name)
                .replace("\\\\", "")
                .replace("\\,", "")
                .replace("\\;", "")
                .replace("\\n", "");
            assert!(!plain.contains(['\\', ',', ';']), "{plain}");
        }
    }
}

#[test]
fn closed_days_come_from_a_file_too() {
    let folder = support::folder();
    let ask = |lines: &str| {
        fs::write(folder.path().join("closed.csv"), lines).unwrap();
        let question = [
            "due",
            "--form",
            "10-Q",
            "--period-ended",
            "2026-03-31",
            "--status",
            "non-accelerated",
        ];
        support::run(folder.path(), &[&question[..], &["--closed-days", "closed.csv"]].concat())
    };
    let moved = support::text(&ask("date,why,mark\n2026-05-15,a day of mourning,C\n").stdout);
    assert!(
        moved.contains("report due   2026-05-18") && moved.contains("(a day of mourning)"),
        "{moved}"
    );
    let both = support::text(&ask("2026-05-15,a day of mourning,U\n").stdout);
    assert!(
        both.contains("report due   2026-05-15") && both.contains("Warning: it is not confirmed"),
        "{both}"
    );
    let wrong = ask("# ours\n2026-05-15,a day of mourning,closed\n");
    assert_eq!(
        support::transcript(&wrong),
        "-- stderr\nerror: closed.csv:2: `closed` is not a mark: C, M, U, O or K\n-- exit 2\n"
    );
    let hidden = ask("\u{FEFF}# ours\r\n# 2026-05-15\u{2029}\r\n");
    assert_eq!(
        support::transcript(&hidden),
        "-- stderr\nerror: closed.csv:2: the separator U+2029 is in column 13; delete the character; some \
         programs end a line there, and editors show none\n-- exit 2\n"
    );
}

#[test]
fn an_impossible_question_is_a_usage_error() {
    let folder = support::folder();
    for (args, said) in [
        (
            &["--form", "8-K", "--period-ended", "2025-12-31"][..],
            "Rule 12b-25 does not cover Form 8-K: there is no notice of it on this form; the forms",
        ),
        (
            &["--form", "20-F", "--period-ended", "2025-12-31", "--status", "accelerated"],
            "error: --status is for Form 10-K and Form 10-Q, not for Form 20-F\n",
        ),
        (
            &["--form", "10-K", "--period-ended", "2025-12-31", "--distributed", "2026-01-15"],
            "error: --distributed is for Form 10-D, not for Form 10-K\n",
        ),
        (
            &["--form", "10-K", "--period-ended", "2025-12-31", "--erisa-plan"],
            "error: --erisa-plan is for Form 11-K, not for Form 10-K\n",
        ),
        (
            &["--form", "10-K", "--period-ended", "2025-12-31", "--determined", "2025-11-11"],
            "error: --determined is for a transition report; add --transition\n",
        ),
        (&["--form", "10-K"], "--period-ended <DATE>"),
        (&["--status", "accelerated"], "error: --status needs --form <FORM> or --year <YYYY>"),
        (
            &["--form", "10-K", "--period-ended", "12/31/2025"],
            "`12/31/2025` is not a date such as 1997-12-31",
        ),
        (&["filings", "--form", "10-K", "--period-ended", "2025-12-31"], "cannot be used with"),
        (&[], "there is no directory `filings`"),
    ] {
        let output = support::run(folder.path(), &[&["due"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(support::text(&output.stderr).contains(said), "{}", support::transcript(&output));
    }
}

#[test]
fn no_filings_have_no_answers() {
    let folder = support::folder();
    fs::create_dir(folder.path().join("filings")).unwrap();
    for (format, product) in [("text", ""), ("json", "[]\n")] {
        let output = support::run(folder.path(), &["due", "--format", format]);
        assert_eq!(
            support::transcript(&output),
            format!("{product}-- stderr\nno filings in filings\n-- exit 0\n")
        );
    }
}

#[test]
fn manifests_have_the_dates() {
    let output = support::run(&support::root(), &["due", "--format", "json"]);
    let answers: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for answer in answers.as_array().unwrap() {
        let path =
            support::root().join("out").join(answer["id"].as_str().unwrap()).join("manifest.json");
        let manifest: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        for key in ["due", "notice_due", "extended_due"] {
            assert_eq!(
                manifest.get(key).unwrap_or(&serde_json::Value::Null),
                &answer[key],
                "{}",
                answer["id"]
            );
        }
    }
}

#[test]
fn a_year_of_one_company_is_a_table() {
    let folder = support::folder();
    let ask = |args: &str| {
        let args: Vec<&str> = args.split_whitespace().collect();
        support::transcript(&support::run(folder.path(), &[&["due"], &args[..]].concat()))
    };
    assert_eq!(
        ask("--year 2027 --fiscal-year-end 12-31 --status accelerated"),
        "2027-03-16 Tue  report due   10-K     2026-12-31\n\
         2027-03-17 Wed  notice due   NT 10-K  2026-12-31\n\
         2027-03-31 Wed  with relief  10-K     2026-12-31\n\
         2027-05-10 Mon  report due   10-Q     2027-03-31\n\
         2027-05-11 Tue  notice due   NT 10-Q  2027-03-31\n\
         2027-05-17 Mon  with relief  10-Q     2027-03-31\n\
         2027-08-09 Mon  report due   10-Q     2027-06-30\n\
         2027-08-10 Tue  notice due   NT 10-Q  2027-06-30\n\
         2027-08-16 Mon  with relief  10-Q     2027-06-30\n\
         2027-11-09 Tue  report due   10-Q     2027-09-30\n\
         2027-11-10 Wed  notice due   NT 10-Q  2027-09-30\n\
         2027-11-15 Mon  with relief  10-Q     2027-09-30\n-- stderr\n-- exit 0\n"
    );
    let each = ask("--year 2027 --fiscal-year-end 12-31");
    assert_eq!(each.lines().count(), 3 * 12 + 2, "{each}");
    assert!(each.contains("2026-12-31 (large-accelerated)"), "{each}");
    for (args, said) in [
        ("--year 2027", "--fiscal-year-end <MM-DD>"),
        ("--year 2027 --fiscal-year-end 02-30", "`02-30` is not a month and a day"),
        ("--year 2027 --fiscal-year-end 12-31 --form 10-D", "does not follow from the fiscal year"),
        ("--year 2027 --fiscal-year-end 12-31 --due 2027-03-01", "--due is about one report"),
        ("--year 2027 --fiscal-year-end 12-31 --erisa-plan", "no effect on Form 10-K"),
        ("--list --format json", "cannot be used with"),
        ("--no-alarms", "--no-alarms is for --format ics"),
    ] {
        let told = ask(args);
        assert!(told.contains(said) && told.ends_with("-- exit 2\n"), "{args}: {told}");
    }
}

#[test]
fn a_list_has_the_dates_of_all_filings_in_their_order() {
    let none = support::SOUND.replace("relief: sought", "relief: none");
    let other = support::SOUND.replace("2025-12-31", "2026-12-31");
    let folder =
        support::repository(&[("b.yaml", support::SOUND), ("a.yaml", &other), ("c.yaml", &none)]);
    let listed = support::text(&support::run(folder.path(), &["due", "--list"]).stdout);
    let dates: Vec<&str> = listed.lines().map(|line| &line[..10]).collect();
    assert!(dates.is_sorted() && dates.len() == 8, "{listed}");
    assert!(listed.lines().all(|line| line.chars().count() <= 80), "{listed}");
    let of = |id: &str| listed.lines().filter(|line| line.ends_with(id)).count();
    assert_eq!((of(" a"), of(" b"), of(" c")), (3, 3, 2), "{listed}");
}

#[test]
fn a_renamed_file_keeps_its_events() {
    let ask = |name: &str, alarms: &[&str]| {
        let folder = support::repository(&[(name, support::SOUND)]);
        let args = [&["due", "--format", "ics"], alarms].concat();
        support::text(&support::run(folder.path(), &args).stdout)
    };
    let calendar = ask("a.yaml", &[]);
    assert_eq!(uids(&calendar), uids(&ask("b/c.yaml", &[])));
    assert!(uids(&calendar)[0].contains("+10-k+2025-12-31+due@"), "{calendar}");
    assert_eq!(calendar.matches("BEGIN:VALARM").count(), 3);
    assert!(!ask("a.yaml", &["--no-alarms"]).contains("VALARM"));
}
