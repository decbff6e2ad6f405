//! Checks the inputs of the due date: impossible days, and inputs without effect. `deadline/`
//! computes the due date.

use super::subject::Subject;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::YamlPath;
use crate::form12b25::deadline::{Effect, Input, Inputs};
use crate::form12b25::model::{CivilDate, FormType, Registrant};

/// A day must not be before the period's end, or after the signature's date, where that applies.
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
    // EDGAR dates a filing made on a day when it is closed to the next business day (Regulation S-T
    // Rule 13(a)).
    let shut = filing.filed.as_ref().and_then(|filed| {
        let why = subject.calendar.closed(filed.date)?;
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

/// An input must have an effect on the due date.
pub(super) fn without_effect(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    let form = filing.report.form;
    // The status of a shared registrant may have its effect in another filing.
    let own = |registrant: &Registrant| {
        registrant.filer_status.filter(|_| !registrant.filer_status_is_shared)
    };
    let inputs = Inputs::of(&filing.report, own(&filing.registrant));
    let mut findings: Vec<Finding> = inputs
        .without_effect(form)
        .map(|input| finding(input, form, YamlPath::parse(input.key)))
        .collect();
    for (number, registrant) in filing.co_registrants.iter().enumerate() {
        let inputs = Inputs { status: own(registrant), ..Inputs::default() };
        let path = YamlPath::parse("co_registrants").index(number).key("filer_status");
        findings.extend(inputs.without_effect(form).map(|i| finding(i, form, path.clone())));
    }
    findings
}

fn finding(input: &Input, form: FormType, path: YamlPath) -> Finding {
    let name = input.name();
    let message = match input.effect {
        Effect::TransitionReports => {
            format!("`{name}` has no effect on the due date without `transition: true`")
        }
        _ => format!("`{name}` has no effect on the due date of Form {form}"),
    };
    rule::INPUT_UNUSED.at(path, message)
}
