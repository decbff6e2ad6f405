//! Writes the letters, the facts of the submission, and the text that no key has.

use super::scalar::scalar;
use super::writer::Yaml;
use crate::import::notice::{Day, Exhibit, Letter};

impl Yaml<'_> {
    pub(super) fn rest(&mut self) {
        let notice = self.notice;
        if !notice.letters.is_empty() || !notice.exhibits.is_empty() {
            self.gap();
            self.line(0, "letters:");
            notice.letters.iter().for_each(|letter| self.letter(letter));
            notice.exhibits.iter().for_each(|exhibit| self.exhibit(exhibit));
        }
        if let (Some(date), Some(accession)) = (notice.filed.date, &notice.filed.accession) {
            self.gap();
            self.line(0, &format!("filed: {{date: {date}, accession: {accession}}}"));
        }
        for (kind, body) in &notice.others {
            self.gap();
            self.comment(0, &format!("A further document, {kind}, which no key has:"));
            for block in body {
                self.comment(0, &block.words());
                self.line(0, "#");
            }
        }
        for (place, text) in &notice.leftover {
            self.gap();
            self.comment(0, &format!("Text that belongs to no key, {place}:"));
            for paragraph in text.split("\n\n").filter(|text| !text.trim().is_empty()) {
                self.comment(0, &paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }

    fn exhibit(&mut self, exhibit: &Exhibit) {
        self.line(2, "- kind: exhibit");
        self.line(4, &format!("title: {}", scalar(&exhibit.title)));
        self.rich(4, "body", &exhibit.body);
        if let Some(number) = &exhibit.number {
            self.line(4, &format!("exhibit: {number}"));
        }
    }

    fn letter(&mut self, letter: &Letter) {
        if letter.is_statement {
            self.line(2, "- kind: accountant-statement");
        } else {
            self.line(2, "-");
            self.comment(4, "kind: the original does not say which");
        }
        if let Some((name, lines)) = letter.letterhead.split_first() {
            self.line(4, "letterhead:");
            self.line(6, &format!("name: {}", scalar(name)));
            self.lines(6, "lines", lines);
        }
        match letter.date {
            Some(Day::Certain(date)) => self.line(4, &format!("date: {date}")),
            Some(Day::Either) => self.comment(4, &format!("date: not read: {}", Day::EITHER)),
            None => self.comment(4, "date: not read"),
        }
        self.lines(4, "to", &letter.to);
        self.lines(4, "re", &letter.re);
        self.line(4, &format!("salutation: {}", scalar(&letter.salutation)));
        self.rich(4, "body", &letter.body);
        if let Some(closing) = &letter.closing {
            self.line(4, &format!("closing: {}", scalar(closing)));
        }
        self.line(4, &format!("signed: {}", letter.signed));
        match &letter.signed_by {
            Some(name) => self.line(4, &format!("signed_by: {}", scalar(name))),
            None => self.comment(4, "signed_by: not read"),
        }
    }
}
