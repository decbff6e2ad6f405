//! The table of the inputs of a due date besides the form and the period. Each has a key, a flag
//! and the reports on which it has an effect; filings, flags and calendars all read the table.

use std::fmt;

use serde::Serialize;

use crate::form12b25::model::{CivilDate, FilerStatus, FormType, Report};

/// The reports whose due date depends on an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Those on one of these forms.
    Forms(&'static [FormType]),
    /// Transition reports.
    TransitionReports,
    /// All.
    AllReports,
}

/// An input of a due date.
#[derive(Debug)]
pub struct Input {
    /// Its key in a filing, such as `report.distributed`.
    pub key: &'static str,
    /// Its flag, without the dashes.
    pub flag: &'static str,
    /// The reports on which it has an effect.
    pub effect: Effect,
    value: fn(&Inputs) -> Option<Value>,
}

impl Input {
    /// Whether the due date of a report on a form depends on it.
    pub fn affects(&self, form: FormType, transition: bool) -> bool {
        match self.effect {
            Effect::Forms(forms) => forms.contains(&form),
            Effect::TransitionReports => transition,
            Effect::AllReports => true,
        }
    }

    /// The last part of its key: `distributed`.
    pub fn name(&self) -> &'static str {
        self.key.rsplit('.').next().unwrap_or(self.key)
    }
}

/// The value of an input, displayed as a flag takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// True; false is the same as not given.
    Yes,
    /// A day.
    Day(CivilDate),
    /// A filer status.
    Status(FilerStatus),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Yes => Ok(()),
            Value::Day(date) => date.fmt(f),
            Value::Status(status) => status.fmt(f),
        }
    }
}

/// The inputs that are given for a report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Inputs {
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
    /// N-CSR: the day on which the report was sent to shareholders.
    pub transmitted: Option<CivilDate>,
    /// N-CEN: whether the registrant is a unit investment trust.
    pub unit_investment_trust: bool,
    /// The due date, if it is given and not computed.
    pub due: Option<CivilDate>,
}

/// The inputs, in the order in which commands and calendars name them.
pub const INPUTS: &[Input] = &[
    Input {
        key: "registrant.filer_status",
        flag: "status",
        // Only their periods differ by status: General Instructions A(2) of Form 10-K, A.1 of 10-Q.
        effect: Effect::Forms(&[FormType::F10K, FormType::F10Q]),
        value: |inputs| inputs.status.map(Value::Status),
    },
    Input {
        key: "report.transition",
        flag: "transition",
        effect: Effect::AllReports,
        value: |inputs| inputs.transition.then_some(Value::Yes),
    },
    Input {
        key: "report.determined",
        flag: "determined",
        // 17 CFR 240.13a-10 and 240.15d-10: the period runs from the decision if that is later.
        effect: Effect::TransitionReports,
        value: |inputs| inputs.determined.map(Value::Day),
    },
    Input {
        key: "report.erisa_plan",
        flag: "erisa-plan",
        // Form 11-K, General Instruction A: 180 days instead of 90.
        effect: Effect::Forms(&[FormType::F11K]),
        value: |inputs| inputs.erisa_plan.then_some(Value::Yes),
    },
    Input {
        key: "report.distributed",
        flag: "distributed",
        // Form 10-D, General Instruction A(2): counted from the distribution, not the period's end.
        effect: Effect::Forms(&[FormType::F10D]),
        value: |inputs| inputs.distributed.map(Value::Day),
    },
    Input {
        key: "report.transmitted",
        flag: "transmitted",
        // 17 CFR 270.30b2-1(a): ten days after the transmission to shareholders.
        effect: Effect::Forms(&[FormType::NCsr]),
        value: |inputs| inputs.transmitted.map(Value::Day),
    },
    Input {
        key: "report.unit_investment_trust",
        flag: "unit-investment-trust",
        // 17 CFR 270.30a-1: trusts report by calendar year.
        effect: Effect::Forms(&[FormType::NCen]),
        value: |inputs| inputs.unit_investment_trust.then_some(Value::Yes),
    },
    Input {
        key: "report.due",
        flag: "due",
        effect: Effect::AllReports,
        value: |inputs| inputs.due.map(Value::Day),
    },
];

impl Inputs {
    /// Returns the inputs of a filing's report.
    pub fn of(report: &Report, status: Option<FilerStatus>) -> Inputs {
        Inputs {
            status,
            transition: report.transition,
            determined: report.determined,
            erisa_plan: report.erisa_plan,
            distributed: report.distributed,
            transmitted: report.transmitted,
            unit_investment_trust: report.unit_investment_trust,
            due: report.due.as_ref().map(|due| due.date),
        }
    }

    /// Returns the inputs that are given, with their values.
    pub fn given(&self) -> impl Iterator<Item = (&'static Input, Value)> {
        INPUTS.iter().filter_map(|input| Some((input, (input.value)(self)?)))
    }

    /// Returns the inputs that are given and have no effect on the due date of a form.
    pub fn without_effect(&self, form: FormType) -> impl Iterator<Item = &'static Input> {
        let inputs = self.given().map(|(input, _)| input);
        inputs.filter(move |input| !input.affects(form, self.transition))
    }
}
