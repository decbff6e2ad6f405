//! Writes the report and the registrant.

use super::scalar::scalar;
use super::writer::Yaml;

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
        if notice.amendment {
            self.gap();
            self.line(0, "amendment:");
            self.comment(2, "explanatory_note: what this notice amends, and why");
            self.line(2, "{}");
        }
    }

    pub(super) fn registrant(&mut self) {
        let notice = self.notice;
        self.gap();
        self.line(0, "registrant:");
        let before = self.text.len();
        self.key(2, "name", "registrant.name", notice.name.as_deref());
        self.present(
            2,
            &[
                ("former_name", &notice.former_name),
                ("cik", &notice.cik),
                ("file_number", &notice.file_number),
                ("cusip", &notice.cusip),
            ],
        );
        if notice.cik.is_none() {
            self.comment(2, "cik: not in the original");
        }
        self.address();
        self.or_empty(before);
    }

    fn address(&mut self) {
        let notice = self.notice;
        if notice.street.is_empty() && notice.city.is_none() {
            return;
        }
        self.line(2, "address:");
        match notice.street.as_slice() {
            [] => {}
            [street] => self.key(4, "street", "", Some(street)),
            lines => {
                self.line(4, "street:");
                lines.iter().for_each(|line| self.line(6, &format!("- {}", scalar(line))));
            }
        }
        self.present(4, &[("city", &notice.city), ("state", &notice.state), ("zip", &notice.zip)]);
    }
}
