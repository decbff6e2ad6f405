//! The inputs of a due date as flags of `latefile due` and `latefile new`; both refuse a flag that
//! has no effect.

use anyhow::bail;
use clap::Args;

use super::form::FormArg;
use super::value::value;
use crate::form12b25::deadline::{Inputs, PartialQuery};
use crate::form12b25::model::{CivilDate, FilerStatus};

/// The inputs of a due date other than the form and the period.
#[derive(Debug, Args)]
pub struct DeadlineArgs {
    /// 10-K, 10-Q: the filer status; left out, each of them
    #[arg(long, value_parser = status, requires = "form")]
    pub status: Option<FilerStatus>,
    /// It is a transition report
    #[arg(long, requires = "form")]
    pub transition: bool,
    /// A transition report: the day of the decision to change the fiscal year
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>, requires = "form")]
    pub determined: Option<CivilDate>,
    /// 11-K: the plan is subject to ERISA
    #[arg(long, requires = "form")]
    pub erisa_plan: bool,
    /// 10-D: the distribution date
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>, requires = "form")]
    pub distributed: Option<CivilDate>,
    /// N-CSR: the day on which shareholders were sent the report
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>, requires = "form")]
    pub transmitted: Option<CivilDate>,
    /// N-CEN: the registrant is a unit investment trust
    #[arg(long, requires = "form")]
    pub unit_investment_trust: bool,
    /// The report's due date, where it is not the usual one
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>, requires = "form")]
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
        let inputs = Inputs {
            status: self.status,
            transition: self.transition || form.transition,
            determined: self.determined,
            erisa_plan: self.erisa_plan,
            distributed: self.distributed,
            transmitted: self.transmitted,
            unit_investment_trust: self.unit_investment_trust,
            due: self.due,
        };
        let query = PartialQuery { form: form.form, period_ended, inputs };
        match query.fault() {
            Some(fault) => bail!(fault),
            None => Ok(query),
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
