//! The inputs of the due dates: days that cannot be, and keys that the report has no use for. What
//! is counted from them is `deadline/`'s.

use super::subject::Subject;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::deadline;
use crate::form12b25::model::{CivilDate, FormType};

/// A day that cannot be, against the day that it must not be before, or after.
pub(super) fn impossible(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let report = &filing.report;
    let end = Some((report.period_ended, "the period's end"));
    let signed = filing.signature.date.map(|date| (date, "the signature's date"));
    let finding = |key: &str, day: CivilDate, relation: &str, (bound, what): (CivilDate, &str)| {
        rule::IMPOSSIBLE_DATE.at(key, format!("{day} is {relation} {what}, {bound}"))
    };
    let early = |key, day: Option<CivilDate>| {
        day.zip(end)
            .filter(|(day, (end, _))| day < end)
            .map(|(day, end)| finding(key, day, "before", end))
    };
    let late = |key, day: Option<CivilDate>| {
        day.zip(signed)
            .filter(|(day, (signed, _))| day > signed)
            .map(|(day, signed)| finding(key, day, "after", signed))
    };
    let shut = filing.filed.as_ref().and_then(|filed| {
        let why = deadline::built_in().closed(filed.date)?;
        let message = format!("{} is {why}, and EDGAR gives no such filing date", filed.date);
        Some(rule::IMPOSSIBLE_DATE.at("filed.date", message))
    });
    [
        early("report.due.date", report.due.as_ref().map(|due| due.date)),
        early("report.transmitted", report.transmitted),
        late("report.transmitted", report.transmitted),
        late("report.distributed", report.distributed),
        late("report.determined", report.determined),
        shut,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A key that is counted from for other reports only.
pub(super) fn unused(subject: &Subject<'_>) -> Vec<Finding> {
    let report = &subject.filing.report;
    let form = report.form;
    let keys = [
        ("report.erisa_plan", report.erisa_plan, form == FormType::F11K),
        ("report.distributed", report.distributed.is_some(), form == FormType::F10D),
        ("report.transmitted", report.transmitted.is_some(), form == FormType::NCsr),
        ("report.determined", report.determined.is_some(), report.transition),
        ("report.unit_investment_trust", report.unit_investment_trust, form == FormType::NCen),
    ];
    let unused = keys.into_iter().filter(|(_, given, used)| *given && !used);
    unused
        .map(|(key, ..)| {
            let name = key.rsplit('.').next().unwrap_or(key);
            let what = if name == "determined" {
                "a report that is no transition report".to_owned()
            } else {
                format!("Form {form}")
            };
            rule::INPUT_UNUSED.at(key, format!("`{name}` is of no use to {what}"))
        })
        .collect()
}
