//! A question about a report of which no filing says anything yet: what flags say of it, and
//! whether a report of its form has such a thing at all.

use serde::Serialize;

use super::Question;
use crate::form12b25::model::{CivilDate, Due, FilerStatus, FormType, Report, Scalar as _, Text};

/// What is said of a report by flags.
#[derive(Debug, Clone, Serialize)]
pub struct Inquiry {
    /// The form of the report.
    pub form: FormType,
    /// The end of its period, once it is known.
    pub period_ended: Option<CivilDate>,
    /// The filer status.
    pub status: Option<FilerStatus>,
    /// Whether the report is a transition report.
    pub transition: bool,
    /// The day of the decision to change the fiscal year.
    pub determined: Option<CivilDate>,
    /// 11-K: whether the plan is subject to ERISA.
    pub erisa_plan: bool,
    /// 10-D: the distribution date.
    pub distributed: Option<CivilDate>,
    /// N-CSR: the day on which shareholders were sent the report.
    pub transmitted: Option<CivilDate>,
    /// N-CEN: whether the registrant is a unit investment trust.
    pub unit_investment_trust: bool,
    /// The due date, where it is not the usual one.
    pub due: Option<CivilDate>,
}

impl Inquiry {
    /// The question of its dates, once the period is known.
    pub fn question(&self) -> Option<Question> {
        let because = Text::parse("by --due").ok();
        let report = Report {
            form: self.form,
            period_ended: self.period_ended?,
            transition: self.transition,
            portion: None,
            due: self.due.zip(because).map(|(date, because)| Due { date, because }),
            erisa_plan: self.erisa_plan,
            distributed: self.distributed,
            transmitted: self.transmitted,
            determined: self.determined,
            unit_investment_trust: self.unit_investment_trust,
        };
        Some(Question { report, status: self.status, co_registrants: Vec::new() })
    }

    /// What is wrong with it: something was said that no report of its form has, or whose dates
    /// would not hang on it.
    pub fn fault(&self) -> Option<String> {
        if let Some((flag, forms)) = self.stray() {
            let forms: Vec<String> = forms.iter().map(|form| format!("Form {form}")).collect();
            return Some(format!(
                "{flag} is for {}, not for Form {}",
                forms.join(" and "),
                self.form
            ));
        }
        let unused = self.determined.is_some() && !self.transition;
        unused.then(|| "--determined is for a transition report; add --transition".to_owned())
    }

    /// The first flag that is for other forms, and those forms.
    fn stray(&self) -> Option<(&'static str, &'static [FormType])> {
        let of = |given: bool, flag, forms: &'static [FormType]| {
            (given && !forms.contains(&self.form)).then_some((flag, forms))
        };
        of(self.status.is_some(), "--status", &[FormType::F10K, FormType::F10Q])
            .or(of(self.erisa_plan, "--erisa-plan", &[FormType::F11K]))
            .or(of(self.distributed.is_some(), "--distributed", &[FormType::F10D]))
            .or(of(self.transmitted.is_some(), "--transmitted", &[FormType::NCsr]))
            .or(of(self.unit_investment_trust, "--unit-investment-trust", &[FormType::NCen]))
    }
}
