//! Writes Parts II to IV, the attachments and the signature.

use super::scalar::{flow, scalar};
use super::writer::Yaml;
use crate::import::notice::{RELIEF_KEYS, Relief};

impl Yaml<'_> {
    pub(super) fn parts(&mut self) {
        self.gap();
        self.relief();
        self.gap();
        if self.notice.narrative.is_empty() {
            self.unread(0, "narrative", "narrative");
        } else {
            self.rich(0, "narrative", &self.notice.narrative);
        }
        self.gap();
        self.contact();
        self.prior_reports();
        self.gap();
        self.results_change();
        self.attachments();
    }

    fn relief(&mut self) {
        match self.notice.relief {
            Some(Relief::One(true)) => self.line(0, "relief: sought"),
            Some(Relief::One(false)) => self.line(0, "relief: none"),
            Some(Relief::Each(drawn)) => {
                self.line(0, "relief:");
                for (path, drawn) in RELIEF_KEYS.into_iter().zip(drawn) {
                    let key = path.trim_start_matches("relief.");
                    match drawn {
                        Some(ticked) => self.line(2, &format!("{key}: {ticked}")),
                        None => self.unread(2, key, path),
                    }
                }
            }
            None => self.unread(0, "relief", "relief"),
        }
    }

    fn contact(&mut self) {
        let notice = self.notice;
        if notice.contact_name.is_none() && notice.contact_phone.is_none() {
            return self.unread(0, "contact", "contact");
        }
        self.line(0, "contact:");
        self.present(2, &[("name", &notice.contact_name), ("phone", &notice.contact_phone)]);
        self.gap();
    }

    fn prior_reports(&mut self) {
        self.answer("prior_reports", "all_filed", self.notice.all_filed);
        if let Some(missing) = &self.notice.missing {
            self.line(2, "missing:");
            self.line(4, &format!("- report: {}", scalar(missing)));
            self.comment(6, "explanation: if the original has one, it is part of the text above");
        }
    }

    fn results_change(&mut self) {
        let notice = self.notice;
        self.answer("results_change", "anticipated", notice.anticipated);
        match &notice.see {
            Some(see) => self.line(2, &format!("explanation: {{see: {}}}", flow(see))),
            None if notice.explanation.is_empty() => {}
            None => self.rich(2, "explanation", &notice.explanation),
        }
    }

    fn attachments(&mut self) {
        let notice = self.notice;
        if !notice.attachments.is_empty() {
            self.gap();
            self.line(0, "attachments:");
        }
        for attachment in &notice.attachments {
            let place =
                if attachment.after_signature { "after-signature" } else { "before-signature" };
            self.line(2, &format!("- title: {}", scalar(&attachment.title)));
            self.line(4, &format!("place: {place}"));
            self.rich(4, "body", &attachment.body);
        }
    }

    pub(super) fn signature(&mut self) {
        let notice = self.notice;
        let nothing = notice.signer_name.is_none()
            && notice.signed_date.is_none()
            && notice.signed.is_none()
            && !notice.unread.contains_key("signature.date");
        self.gap();
        if nothing {
            return self.comment(0, "signature: not read");
        }
        self.line(0, "signature:");
        let before = self.text.len();
        match notice.signed {
            Some(signed) => self.line(2, &format!("signed: {signed}")),
            None => {
                self.comment(2, "The original has no conformed signature.");
                self.line(2, "signed: false");
            }
        }
        let date = notice.signed_date.map(|day| day.to_string());
        if notice.unread.contains_key("signature.date") {
            self.unread(2, "date", "signature.date");
        }
        self.present(
            2,
            &[
                ("date", &date),
                ("name", &notice.signer_name),
                ("title", &notice.signer_title),
                ("conformed", &notice.conformed),
            ],
        );
        self.through();
        self.comment(2, "signer: a notice does not say whether an executive officer or an authorized representative signs");
        self.or_empty(before);
    }

    fn through(&mut self) {
        let through = &self.notice.through;
        if !through.is_empty() {
            self.line(2, "for:");
        }
        for (name, capacity) in through {
            self.line(4, &format!("- name: {}", scalar(name)));
            self.line(6, &format!("capacity: {}", scalar(capacity)));
        }
    }

    fn answer(&mut self, part: &str, key: &str, answer: Option<bool>) {
        match answer {
            Some(answer) => {
                self.line(0, &format!("{part}:"));
                self.line(2, &format!("{key}: {answer}"));
            }
            None => self.unread(0, &format!("{part}.{key}"), &format!("{part}.{key}")),
        }
    }
}
