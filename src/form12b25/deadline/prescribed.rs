//! Computes the day on which the prescribed period of a report ends, before weekends and holidays:
//! the day from which it is counted, and its length.

use super::calendar::Calendar;
use super::periods::{self, Found, Length, Period, Who};
use super::step::{Step, Steps, filer, rolled, spelled};
use crate::form12b25::model::{CivilDate, FilerStatus, FormType, Report};

/// The key of the missing input, or `None` if no input would help. The steps have the reason.
pub(super) type Missing = Option<&'static str>;

/// The last year of a due date. A later one is a typing error in the period.
const LAST_YEAR: i16 = 2199;

/// The authority of the period of a transition report. Paragraph (g) is that of foreign private
/// issuers, and takes the place of General Instruction A(b) of Form 20-F.
fn transition_rule(form: FormType) -> &'static str {
    match form {
        FormType::F20F => "17 CFR 240.13a-10(g) and 240.15d-10(g)",
        _ => "17 CFR 240.13a-10 and 240.15d-10",
    }
}

/// Returns the day on which the prescribed period of a report ends.
///
/// Errors: the missing input, or `None` if the period is not known.
pub(super) fn day(
    report: &Report,
    status: Option<FilerStatus>,
    calendar: &Calendar,
    steps: &mut Steps,
) -> Result<CivilDate, Missing> {
    let day = match &report.due {
        Some(due) => {
            steps.add(|| {
                let because = due.because.folded();
                // The sentence has its own full stop.
                let because = because.trim_end_matches('.');
                Step::new(format!("The due date is given, {}: {because}.", spelled(due.date)))
                    .leads_to(due.date)
            });
            due.date
        }
        None => computed(report, status, calendar, steps)?,
    };
    if day.parts().0 > LAST_YEAR {
        steps.add(|| {
            Step::new(format!("Not known for this period: dates are counted up to {LAST_YEAR}."))
        });
        return Err(None);
    }
    Ok(day)
}

fn computed(
    report: &Report,
    status: Option<FilerStatus>,
    calendar: &Calendar,
    steps: &mut Steps,
) -> Result<CivilDate, Missing> {
    let form = report.form;
    let (period, who) = match periods::find(report, status) {
        Found::Period(period, who) => (period, who),
        Found::NeedsStatus => return Err(missing_status(form, steps)),
        Found::TooEarly => {
            steps.add(|| {
                Step::new(format!(
                    "Not known for this period: no period of Form {form} is on record that far \
                     back."
                ))
            });
            return Err(None);
        }
    };
    if let Length::Unknown(why) = period.length {
        steps.add(|| Step::new(format!("Not known for this period: {why}.")).by(period.authority));
        return Err(None);
    }
    let start = start(report, period, calendar, steps)?;
    let (number, unit, day) = match period.length {
        Length::Months(months) => (months, "months", start.plus_months(months)),
        Length::Days(days) => (days, "days", start.plus_days(days)),
        Length::Unknown(_) => return Err(None), // with its step above
    };
    steps.add(|| {
        let subject = subject(report, who);
        let sentence =
            format!("{subject} is due within {number} {unit} after that day: {}.", spelled(day));
        let foreign = report.transition && form == FormType::F20F;
        let authority = if foreign { transition_rule(form) } else { period.authority };
        Step::new(sentence).by(authority).leads_to(day)
    });
    if report.transition && form == FormType::F20F {
        steps.add(|| {
            let sentence = "Warning: for a transition period of six months or less the time may be \
                            three months; that is not settled here. Read paragraph (g), and give \
                            the date (`due` of the report, or --due) if it is another.";
            Step::new(sentence).by(transition_rule(form))
        });
    }
    Ok(day)
}

/// Returns the day from which the period is counted.
fn start(
    report: &Report,
    period: &Period,
    calendar: &Calendar,
    steps: &mut Steps,
) -> Result<CivilDate, Missing> {
    Ok(match report.form {
        // First: 17 CFR 240.13a-10 and 240.15d-10 replace the start of every form.
        _ if report.transition => transition(report, steps)?,
        FormType::F10D => distribution(report, steps)?,
        FormType::NCsr => transmission(report, period, calendar, steps)?,
        FormType::NCen if report.unit_investment_trust => year_end(report, steps),
        _ => {
            let end = report.period_ended;
            steps.add(|| Step::new(format!("The period ended on {}.", spelled(end))).leads_to(end));
            end
        }
    })
}

/// Returns the report and its filer, such as `Form 10-K of an accelerated filer`.
fn subject(report: &Report, who: Who) -> String {
    let form = report.form;
    let of = match who {
        Who::Filer(status) => format!(" of {}", filer(status)),
        Who::ErisaPlan => " of a plan that is subject to ERISA".to_owned(),
        Who::Trust => " of a unit investment trust".to_owned(),
        Who::PartThree => ", as to the information of its Part III alone,".to_owned(),
        Who::All => match form {
            FormType::F11K => " of a plan that is not subject to ERISA".to_owned(),
            FormType::F10K | FormType::F10Q => " of every filer".to_owned(),
            _ => String::new(),
        },
    };
    let kind = if report.transition { "A transition report on " } else { "" };
    format!("{kind}Form {form}{of}")
}

fn missing_status(form: FormType, steps: &mut Steps) -> Missing {
    steps.add(|| {
        let sentence = format!(
            "The filer status is missing (`filer_status` of the registrant, or --status); it \
             decides when Form {form} is due."
        );
        Step::new(sentence).by("17 CFR 240.12b-2")
    });
    Some("registrant.filer_status")
}

/// Returns the later of the transition period's end and the decision to change the fiscal year.
fn transition(report: &Report, steps: &mut Steps) -> Result<CivilDate, Missing> {
    // The forms for which the two rules set the time of a transition report.
    if !matches!(
        report.form,
        FormType::F10K | FormType::F10Q | FormType::F20F | FormType::F10Ksb | FormType::F10Qsb
    ) {
        steps.add(|| {
            Step::new(format!(
                "Not known for a transition report on Form {}; give its due date (`due` of the \
                 report, or --due).",
                report.form
            ))
        });
        return Err(Some("report.due"));
    }
    let end = report.period_ended;
    let Some(determined) = report.determined else {
        let sentence = "The day of the decision to change the fiscal year is missing (`determined` \
                        of the report, or --determined); the period of a transition report runs \
                        from the later of that day and its period's end.";
        steps.add(|| Step::new(sentence).by(transition_rule(report.form)));
        return Err(Some("report.determined"));
    };
    let later = end.max(determined);
    steps.add(|| {
        let sentence = format!(
            "The transition period ended on {}, and the change of the fiscal year was decided on \
             {}; the later day counts.",
            spelled(end),
            spelled(determined)
        );
        Step::new(sentence).by(transition_rule(report.form)).leads_to(later)
    });
    Ok(later)
}

fn distribution(report: &Report, steps: &mut Steps) -> Result<CivilDate, Missing> {
    let Some(date) = report.distributed else {
        let sentence = "The distribution date is missing (`distributed` of the report, or \
                        --distributed); Form 10-D is counted from it.";
        steps.add(|| Step::new(sentence).by("Form 10-D, General Instruction A(2)"));
        return Err(Some("report.distributed"));
    };
    steps.add(|| Step::new(format!("The distribution date was {}.", spelled(date))).leads_to(date));
    Ok(date)
}

/// The days after the period's end within which 17 CFR 270.30e-1(c) requires the report that Form
/// N-CSR contains to be sent to shareholders.
const TRANSMISSION: i32 = 60;

fn transmission(
    report: &Report,
    period: &Period,
    calendar: &Calendar,
    steps: &mut Steps,
) -> Result<CivilDate, Missing> {
    let last = report.period_ended.plus_days(TRANSMISSION);
    steps.add(|| {
        let sentence = format!(
            "The period ended on {}; shareholders are to be sent its report within {TRANSMISSION} \
             days, by {}.",
            spelled(report.period_ended),
            spelled(last)
        );
        Step::new(sentence).by("17 CFR 270.30e-1(c)").leads_to(last)
    });
    if let Some(date) = report.transmitted {
        steps.add(|| {
            Step::new(format!("Shareholders were sent it on {}.", spelled(date))).leads_to(date)
        });
        return Ok(date);
    }
    let sentence = "The day of that is missing (`transmitted` of the report, or --transmitted), so \
                    that there is no due date, only a latest one.";
    steps.add(|| Step::new(sentence).by(period.authority));
    // A latest date is still of use: the report is late after it in any case.
    if let Length::Days(days) = period.length {
        let day = last.plus_days(days);
        steps.add(|| {
            let sentence =
                format!("At the latest, Form N-CSR is due {days} days later, on {}.", spelled(day));
            Step::new(sentence).by(period.authority).leads_to(day)
        });
        rolled(day, calendar, steps);
    }
    Err(Some("report.transmitted"))
}

/// Returns the end of the calendar year in which the period ended.
fn year_end(report: &Report, steps: &mut Steps) -> CivilDate {
    // Unit investment trusts report by calendar year, whatever their fiscal year.
    let (year, ..) = report.period_ended.parts();
    let end = CivilDate::of(year, 12, 31).unwrap_or(report.period_ended);
    steps.add(|| {
        let sentence = format!("The calendar year of the period ended on {}.", spelled(end));
        Step::new(sentence).by("17 CFR 270.30a-1").leads_to(end)
    });
    end
}
