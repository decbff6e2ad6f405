//! The inputs of a due date as flags of `latefile due` and `latefile new`; both refuse a flag that
//! has no effect.

use anyhow::bail;
use clap::Args;

use super::form::FormArg;
use super::value::{Listed, value};
use crate::form12b25::deadline::{Inputs, PartialQuery, Value, follows_fiscal_year};
use crate::form12b25::model::{CivilDate, FilerStatus, FormType, Scalar as _};

/// The inputs of a due date other than the form and the period.
#[derive(Debug, Args)]
pub struct DeadlineArgs {
    /// 10-K, 10-Q: the filer status; left out, each of them
    #[arg(long, value_parser = Listed { parse: status, values: FilerStatus::VALUES })]
    pub status: Option<FilerStatus>,
    /// It is a transition report
    #[arg(long)]
    pub transition: bool,
    /// A transition report: the day of the decision to change the fiscal year
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>)]
    pub determined: Option<CivilDate>,
    /// 11-K: the plan is subject to ERISA
    #[arg(long)]
    pub erisa_plan: bool,
    /// 10-D: the distribution date
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>)]
    pub distributed: Option<CivilDate>,
    /// N-CSR: the day on which shareholders were sent the report
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>)]
    pub transmitted: Option<CivilDate>,
    /// N-CEN: the registrant is a unit investment trust
    #[arg(long)]
    pub unit_investment_trust: bool,
    /// The report's due date, where it is not the usual one
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>)]
    pub due: Option<CivilDate>,
}

impl DeadlineArgs {
    /// Returns the query about a report on a form.
    ///
    /// # Errors
    /// A flag has no effect on the due date of such a report.
    pub fn query(
        &self,
        form: FormArg,
        period_ended: Option<CivilDate>,
    ) -> anyhow::Result<PartialQuery> {
        let inputs = self.inputs(form.transition);
        let query = PartialQuery { form: form.form, period_ended, inputs };
        match query.fault() {
            Some(fault) => bail!(fault),
            None => Ok(query),
        }
    }

    /// Returns the forms of a company's reports in a year, and their inputs.
    ///
    /// # Errors
    /// Reports on the form do not follow the fiscal year, or a flag is about a single report or has
    /// no effect on any of them.
    pub fn of_year(&self, form: Option<FormArg>) -> anyhow::Result<(Vec<FormType>, Inputs)> {
        let forms = match form {
            None => vec![FormType::F10K, FormType::F10Q],
            Some(FormArg { form, .. }) if follows_fiscal_year(form) => vec![form],
            Some(FormArg { form, .. }) => bail!(
                "when a Form {form} is due does not follow from the fiscal year; ask for one \
                 report, with --period-ended"
            ),
        };
        let inputs = self.inputs(form.is_some_and(|form| form.transition));
        for (input, value) in inputs.given() {
            let flag = input.flag;
            if matches!(value, Value::Day(_)) || flag == "transition" {
                bail!("--{flag} is about one report; ask for it with --form and --period-ended");
            }
            if !forms.iter().any(|form| input.affects(*form, false)) {
                bail!("--{flag} has no effect on Form {}", forms[0]);
            }
        }
        Ok((forms, inputs))
    }

    /// Refuses the inputs where filings have their own.
    ///
    /// # Errors
    /// One is given.
    pub fn none(&self) -> anyhow::Result<()> {
        match self.inputs(false).given().next() {
            Some((input, _)) => {
                bail!(
                    "--{} needs --form <FORM> or --year <YYYY>; filings have their own",
                    input.flag
                )
            }
            None => Ok(()),
        }
    }

    fn inputs(&self, transition: bool) -> Inputs {
        Inputs {
            status: self.status,
            transition: self.transition || transition,
            determined: self.determined,
            erisa_plan: self.erisa_plan,
            distributed: self.distributed,
            transmitted: self.transmitted,
            unit_investment_trust: self.unit_investment_trust,
            due: self.due,
        }
    }
}

/// Parses a filer status. The error has the advice for a text that is none, or lists them.
fn status(text: &str) -> Result<FilerStatus, String> {
    value(text).map_err(|error| FilerStatus::advice(text).map_or(error, str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form12b25::deadline::INPUTS;

    #[test]
    fn every_input_of_a_due_date_has_its_flag() {
        let command = DeadlineArgs::augment_args(clap::Command::new("due"));
        let flags: Vec<&str> = command.get_arguments().filter_map(|arg| arg.get_long()).collect();
        let inputs: Vec<&str> = INPUTS.iter().map(|input| input.flag).collect();
        assert_eq!(flags, inputs);
    }
}
