//! Writes the report and the registrant.

use super::shared::{Agreement, Shared};
use super::writer::Yaml;
use crate::import::notice::{Amendment, Registrant};

impl Yaml<'_> {
    pub(super) fn report(&mut self) {
        let notice = self.notice;
        self.line(0, "report:");
        self.key(2, "form", "report.form", notice.form);
        let period = notice.period_ended.map(|day| day.to_string());
        self.key(2, "period_ended", "report.period_ended", period.as_deref());
        if notice.transition {
            self.line(2, "transition: true");
        }
        if let Some(portion) = &notice.portion {
            self.key(2, "portion", "", Some(portion));
        }
        if notice.form.is_none()
            && notice.period_ended.is_none()
            && !notice.transition
            && notice.portion.is_none()
        {
            self.line(2, "{}");
        }
        if let Some(amendment) = &notice.amendment {
            self.gap();
            self.amendment(amendment);
        }
    }

    fn amendment(&mut self, amendment: &Amendment) {
        self.line(0, "amendment:");
        let before = self.text.len();
        if let Some(number) = &amendment.number {
            self.line(2, &format!("number: {number}"));
        }
        if let Some(day) = amendment.original_filed {
            self.line(2, &format!("original_filed: {day}"));
        } else if self.notice.unread.contains_key("amendment.original_filed") {
            self.unread(2, "original_filed", "amendment.original_filed");
        }
        if amendment.note.is_empty() {
            self.comment(2, "explanatory_note: what this notice amends, and why");
            self.or_empty(before);
        } else {
            self.rich(2, "explanatory_note", &amendment.note);
        }
    }

    pub(super) fn registrants(&mut self, shared: &[Option<Shared>]) {
        let notice = self.notice;
        let shared = |n: usize| shared.get(n).and_then(Option::as_ref);
        self.gap();
        match shared(0) {
            Some(one) if one.agreement == Agreement::Whole => {
                self.line(0, &format!("registrant: {}", one.id))
            }
            one => {
                self.line(0, "registrant:");
                let before = self.text.len();
                self.own_registrant(2, &notice.registrant, one);
                self.or_empty(before);
            }
        }
        if !notice.co_registrants.is_empty() {
            self.gap();
            self.line(0, "co_registrants:");
        }
        for (n, registrant) in notice.co_registrants.iter().enumerate() {
            match shared(n + 1) {
                Some(one) if one.agreement == Agreement::Whole => {
                    self.line(2, &format!("- {}", one.id))
                }
                one => {
                    self.line(2, "-");
                    self.own_registrant(4, registrant, one);
                }
            }
        }
    }

    /// Writes a registrant, whose keys replace those of a shared file if there is one of the company.
    fn own_registrant(&mut self, indent: usize, registrant: &Registrant, shared: Option<&Shared>) {
        match shared {
            Some(Shared { id, agreement: Agreement::Company, .. }) => {
                self.line(indent, &format!("use: {id}"));
            }
            Some(Shared { id, .. }) => {
                self.comment(indent, &format!("Not `use: {id}`: it may be of another company."));
            }
            None => {}
        }
        self.registrant(indent, registrant);
    }

    pub(super) fn registrant(&mut self, indent: usize, registrant: &Registrant) {
        self.key(indent, "name", "registrant.name", registrant.name.as_deref());
        self.present(
            indent,
            &[
                ("former_name", &registrant.former_name),
                ("cik", &registrant.cik),
                ("file_number", &registrant.file_number),
                ("cusip", &registrant.cusip),
            ],
        );
        if registrant.cik.is_none() {
            self.comment(indent, "cik: not in the original");
        }
        if !registrant.street.is_empty() || registrant.city.is_some() {
            self.line(indent, "address:");
            self.address(indent + 2, registrant);
        }
    }

    fn address(&mut self, indent: usize, registrant: &Registrant) {
        match registrant.street.as_slice() {
            [] => {}
            [street] => self.key(indent, "street", "", Some(street)),
            lines => self.lines(indent, "street", lines),
        }
        let Registrant { city, state, zip, .. } = registrant;
        self.present(indent, &[("city", city), ("state", state), ("zip", zip)]);
    }
}
