//! What the dates of a report hang on beside its form and its period, as flags: the same of
//! `latefile due` and `latefile new`, which refuse the same.

use anyhow::bail;
use clap::Args;

use super::form::Asked;
use super::value::value;
use crate::form12b25::deadline::Inquiry;
use crate::form12b25::model::{CivilDate, FilerStatus};

/// What the dates of a report hang on beside its form and its period.
#[derive(Debug, Args)]
pub struct Particulars {
    /// 10-K, 10-Q: the filer status; left out, each of them
    #[arg(long, value_parser = value::<FilerStatus>, requires = "form")]
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

impl Particulars {
    /// What is said of a report in all.
    ///
    /// # Errors
    /// Something is said that no report of its form has.
    pub fn inquiry(
        &self,
        asked: Asked,
        period_ended: Option<CivilDate>,
    ) -> anyhow::Result<Inquiry> {
        let inquiry = Inquiry {
            form: asked.form,
            period_ended,
            status: self.status,
            transition: self.transition || asked.transition,
            determined: self.determined,
            erisa_plan: self.erisa_plan,
            distributed: self.distributed,
            transmitted: self.transmitted,
            unit_investment_trust: self.unit_investment_trust,
            due: self.due,
        };
        match inquiry.fault() {
            Some(fault) => bail!(fault),
            None => Ok(inquiry),
        }
    }
}
