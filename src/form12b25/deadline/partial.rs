//! A deadline query from flags, before there is a filing: the form, the period once it is known,
//! and the inputs of the due date.

use super::inputs::{Effect, Inputs};
use super::query::DeadlineQuery;
use crate::form12b25::model::{CivilDate, Due, FormType, Report, Scalar as _, Text};

/// The parts of a query that are known.
#[derive(Debug, Clone)]
pub struct PartialQuery {
    /// The form of the report.
    pub form: FormType,
    /// The end of its period, once it is known.
    pub period_ended: Option<CivilDate>,
    /// The inputs of its due date.
    pub inputs: Inputs,
}

impl PartialQuery {
    /// Returns the query, or `None` while the period is not known.
    pub fn complete(&self) -> Option<DeadlineQuery> {
        let inputs = &self.inputs;
        // A due date needs a reason; here it says where the date comes from.
        let because = Text::parse("by --due").ok();
        let report = Report {
            form: self.form,
            period_ended: self.period_ended?,
            transition: inputs.transition,
            portion: None,
            due: inputs.due.zip(because).map(|(date, because)| Due { date, because }),
            erisa_plan: inputs.erisa_plan,
            distributed: inputs.distributed,
            transmitted: inputs.transmitted,
            determined: inputs.determined,
            unit_investment_trust: inputs.unit_investment_trust,
        };
        Some(DeadlineQuery { report, status: inputs.status, co_registrants: Vec::new() })
    }

    /// Returns a message about the first flag without effect, or `None` if all have one.
    pub fn fault(&self) -> Option<String> {
        let input = self.inputs.without_effect(self.form).next()?;
        let flag = input.flag;
        Some(match input.effect {
            Effect::Forms(forms) => {
                let forms: Vec<String> = forms.iter().map(|form| format!("Form {form}")).collect();
                format!("--{flag} is for {}, not for Form {}", forms.join(" and "), self.form)
            }
            // Only the former: an input of all reports always has an effect.
            Effect::TransitionReports | Effect::AllReports => {
                format!("--{flag} is for a transition report; add --transition")
            }
        })
    }
}
