//! The form of the late report, the submission type of its notice, and the status of its filer.

use super::scalar::{Scalar as _, choice};

choice! {
    /// The form of the subject report.
    FormType, "form-type", "a form that a Form 12b-25 can be filed for" {
        /// Annual report.
        F10K = "10-K",
        /// Annual report of a foreign private issuer.
        F20F = "20-F",
        /// Annual report of an employee stock plan.
        F11K = "11-K",
        /// Quarterly report.
        F10Q = "10-Q",
        /// Distribution report of an asset-backed issuer.
        F10D = "10-D",
        /// Annual report of a registered investment company.
        NCen = "N-CEN",
        /// Certified shareholder report of a management investment company.
        NCsr = "N-CSR",
        /// Historic: annual report of a small business issuer, until 2009.
        F10Ksb = "10-KSB",
        /// Historic: quarterly report of a small business issuer, until 2009.
        F10Qsb = "10-QSB",
        /// Historic: semi-annual report of an investment company, until 2018.
        NSar = "N-SAR",
    }
}

/// Reports that a person may expect among the forms, with the reason why they are not.
const WITHOUT_BOX: &[(&str, &str)] = &[
    (
        "15D2",
        "EDGAR has the type NT 15D2, for a special financial report under Rule 15d-2, but Form \
         12b-25 has no box for such a report, so that this tool does not write that notice",
    ),
    (
        "10-S",
        "Form 10-S is proposed (Release 33-11414 of May 5, 2026, semiannual reports in place of \
         Form 10-Q) and not in force",
    ),
];

impl FormType {
    /// Returns the form whose check box the report uses: for a 10-KSB, the 10-K.
    pub fn box_form(self) -> FormType {
        match self {
            FormType::F10Ksb => FormType::F10K,
            FormType::F10Qsb => FormType::F10Q,
            other => other,
        }
    }

    /// Returns advice for a text that is not one of these forms: the right spelling, or that Rule
    /// 12b-25 does not cover the report. `None` if there is none.
    pub fn advice(text: &str) -> Option<String> {
        let upper = text.trim().to_uppercase();
        let form = upper
            .strip_prefix("NT")
            .map_or(upper.as_str(), |rest| rest.trim_start_matches([' ', '-']));
        let known = |form: &str| FormType::VALUES.iter().find(|value| **value == form);
        // The amendment of a notice is a key of its own, whatever the form.
        if let Some(of) = form.strip_suffix("/A").and_then(known) {
            return Some(format!("write `{of}`, and `amendment` if the notice is amended"));
        }
        // EDGAR's forms for transition reports: 10-KT, 10-QT.
        if let Some(of) = form.strip_suffix('T').and_then(known) {
            return Some(format!("write `{of}`, and `transition: true`"));
        }
        // Reports that 17 CFR 240.12b-25(a) does not name.
        let others =
            ["8-K", "6-K", "40-F", "N-PORT", "N-PX", "N-MFP", "ARS", "DEF 14A", "SD", "13F-HR"];
        if others.iter().any(|other| form.starts_with(other)) {
            return Some(format!(
                "Rule 12b-25 does not cover Form {form}: there is no notice of it on this form"
            ));
        }
        if let Some((_, why)) = WITHOUT_BOX.iter().find(|(other, _)| form.starts_with(other)) {
            return Some((*why).to_owned());
        }
        known(form).map(|form| format!("write `{form}`"))
    }

    /// Returns EDGAR's submission type of the notice, such as `NT 10-K/A`.
    pub fn submission_type(self, amendment: bool) -> String {
        // A space after NT for Exchange Act reports, a hyphen for those of investment companies
        // (EDGARLink schemas eis_CoReg, eis_CoReg_SC).
        let base = match self.box_form() {
            FormType::NCen => "NT-NCEN".to_owned(),
            FormType::NCsr => "NT-NCSR".to_owned(),
            FormType::NSar => "NT-NSAR".to_owned(),
            form => format!("NT {form}"),
        };
        if amendment { base + "/A" } else { base }
    }
}

impl FilerStatus {
    /// Returns advice for a text that is not one of these statuses, or `None` if there is none.
    pub fn advice(text: &str) -> Option<&'static str> {
        let plain: String = text.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
        match plain.as_str() {
            "smallnonaccelerated" | "smallnonacceleratedfiler" => Some(
                "the small non-accelerated filer is proposed (Release 33-11419 of May 19, 2026) \
                 and not in force; write `non-accelerated`",
            ),
            // 17 CFR 240.12b-2 defines them beside the statuses, and no due date depends on them.
            "smallerreporting"
            | "smallerreportingcompany"
            | "src"
            | "emerginggrowth"
            | "emerginggrowthcompany"
            | "egc" => Some(
                "no due date depends on that; it has one of the three statuses as well, most often \
                 `non-accelerated`",
            ),
            _ => None,
        }
    }
}

choice! {
    /// The status of a filer, on which the due dates of 10-K and 10-Q depend (17 CFR 240.12b-2).
    FilerStatus, "filer-status", "a filer status" {
        /// Large accelerated filer.
        LargeAccelerated = "large-accelerated",
        /// Accelerated filer.
        Accelerated = "accelerated",
        /// Every other filer of a 10-K or 10-Q.
        NonAccelerated = "non-accelerated",
    }
}
