//! Writes a notice as the YAML of a filing, as a person would: the keys in our order, comments where
//! something needs a look, block scalars for paragraphs.

use std::fmt::Write as _;

use super::notice::{Block, Letter, Notice, Relief, Table};
use crate::diagnostics::paragraph::filled;

/// The most columns of a line of prose.
const COLUMNS: usize = 96;

/// Writes a notice.
pub(super) fn text(notice: &Notice, source: &str, schema: Option<&str>) -> String {
    let mut yaml = Yaml { text: String::new(), notice };
    if let Some(schema) = schema {
        yaml.line(0, &format!("# yaml-language-server: $schema={schema}"));
    }
    yaml.comment(0, &format!("Read from {source}. Compare it with the original; `latefile check` names what is missing."));
    yaml.report();
    yaml.registrant();
    yaml.parts();
    yaml.signature();
    yaml.rest();
    yaml.text
}

struct Yaml<'a> {
    text: String,
    notice: &'a Notice,
}

impl Yaml<'_> {
    fn line(&mut self, indent: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "");
    }

    fn comment(&mut self, indent: usize, text: &str) {
        for line in filled(text, COLUMNS - indent - 2, "", "") {
            self.line(indent, &format!("# {line}"));
        }
    }

    /// Leaves an empty line.
    fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Writes a key with a value, or the reason why it has none.
    fn key(&mut self, indent: usize, key: &str, path: &str, value: Option<&str>) {
        match value {
            Some(value) => self.line(indent, &format!("{key}: {}", scalar(value))),
            None => self.unread(indent, key, path),
        }
    }

    fn unread(&mut self, indent: usize, key: &str, path: &str) {
        let why = self.notice.unread.get(path).map_or("not in the original", String::as_str);
        self.comment(indent, &format!("{key}: {why}"));
    }

    fn report(&mut self) {
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

    fn registrant(&mut self) {
        let notice = self.notice;
        self.gap();
        self.line(0, "registrant:");
        let before = self.text.len();
        self.key(2, "name", "registrant.name", notice.name.as_deref());
        for (key, value) in [
            ("former_name", &notice.former_name),
            ("cik", &notice.cik),
            ("file_number", &notice.file_number),
            ("cusip", &notice.cusip),
        ] {
            if let Some(value) = value {
                self.key(2, key, "", Some(value));
            }
        }
        if notice.cik.is_none() {
            self.comment(2, "cik: not in the original");
        }
        if !notice.street.is_empty() || notice.city.is_some() {
            self.line(2, "address:");
            match notice.street.as_slice() {
                [] => {}
                [street] => self.key(4, "street", "", Some(street)),
                lines => {
                    self.line(4, "street:");
                    lines.iter().for_each(|line| self.line(6, &format!("- {}", scalar(line))));
                }
            }
            for (key, value) in
                [("city", &notice.city), ("state", &notice.state), ("zip", &notice.zip)]
            {
                if let Some(value) = value {
                    self.key(4, key, "", Some(value));
                }
            }
        }
        self.or_empty(before);
    }

    /// Writes an empty mapping if nothing but comments follows a key.
    fn or_empty(&mut self, before: usize) {
        if self.text[before..].lines().all(|line| line.trim_start().starts_with('#')) {
            self.line(2, "{}");
        }
    }

    fn parts(&mut self) {
        let notice = self.notice;
        self.gap();
        match notice.relief {
            Some(Relief::One(true)) => self.line(0, "relief: sought"),
            Some(Relief::One(false)) => self.line(0, "relief: none"),
            Some(Relief::Each([a, b, c])) => {
                self.line(0, "relief:");
                self.line(2, &format!("reasons_not_eliminable: {a}"));
                self.line(2, &format!("filed_within_extension: {b}"));
                self.line(2, &format!("statement_attached: {c}"));
            }
            None => self.unread(0, "relief", "relief"),
        }
        self.gap();
        if notice.narrative.is_empty() {
            self.unread(0, "narrative", "narrative");
        } else {
            self.rich(0, "narrative", &notice.narrative);
        }
        self.gap();
        if notice.contact_name.is_some() || notice.contact_phone.is_some() {
            self.line(0, "contact:");
            for (key, value) in [("name", &notice.contact_name), ("phone", &notice.contact_phone)] {
                if let Some(value) = value {
                    self.key(2, key, "", Some(value));
                }
            }
            self.gap();
        } else {
            self.unread(0, "contact", "contact");
        }
        self.answer("prior_reports", "all_filed", notice.all_filed);
        if let Some(missing) = &notice.missing {
            self.line(2, "missing:");
            self.line(4, &format!("- report: {}", scalar(missing)));
            self.comment(6, "explanation: if the original has one, it is part of the text above");
        }
        self.gap();
        self.answer("results_change", "anticipated", notice.anticipated);
        match &notice.see {
            Some(see) => self.line(2, &format!("explanation: {{see: {}}}", flow(see))),
            None if notice.explanation.is_empty() => {}
            None => self.rich(2, "explanation", &notice.explanation),
        }
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

    fn answer(&mut self, part: &str, key: &str, answer: Option<bool>) {
        match answer {
            Some(answer) => {
                self.line(0, &format!("{part}:"));
                self.line(2, &format!("{key}: {answer}"));
            }
            None => self.unread(0, &format!("{part}.{key}"), &format!("{part}.{key}")),
        }
    }

    fn signature(&mut self) {
        let notice = self.notice;
        let nothing =
            notice.signer_name.is_none() && notice.signed_date.is_none() && notice.signed.is_none();
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
        for (key, value) in [
            ("date", &date),
            ("name", &notice.signer_name),
            ("title", &notice.signer_title),
            ("conformed", &notice.conformed),
        ] {
            if let Some(value) = value {
                self.key(2, key, "", Some(value));
            }
        }
        self.comment(2, "signer: a notice does not say whether an executive officer or an authorized representative signs");
        self.or_empty(before);
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
            Some(date) => self.line(4, &format!("date: {date}")),
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

    fn lines(&mut self, indent: usize, key: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.line(indent, &format!("{key}:"));
            lines.iter().for_each(|line| self.line(indent + 2, &format!("- {}", scalar(line))));
        }
    }

    fn rest(&mut self) {
        let notice = self.notice;
        if !notice.letters.is_empty() {
            self.gap();
            self.line(0, "letters:");
            notice.letters.iter().for_each(|letter| self.letter(letter));
        }
        if let (Some(date), Some(accession)) = (notice.filed.date, &notice.filed.accession) {
            self.gap();
            self.line(0, &format!("filed: {{date: {date}, accession: {accession}}}"));
        }
        for exhibit in &notice.exhibits {
            self.gap();
            self.comment(0, &format!("A further document, {}, which no key has:", exhibit.title));
            for block in &exhibit.body {
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

    /// Writes rich text: paragraphs as a block scalar, or a list of blocks.
    fn rich(&mut self, indent: usize, key: &str, blocks: &[Block]) {
        let paragraphs: Option<Vec<&String>> = blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(text) => Some(text),
                _ => None,
            })
            .collect();
        if let Some(paragraphs) = paragraphs.filter(|all| all.iter().all(|text| is_block(text))) {
            self.line(indent, &format!("{key}: |"));
            for (n, text) in paragraphs.iter().enumerate() {
                if n > 0 {
                    self.gap();
                }
                for line in filled(text, COLUMNS - indent - 2, "", "") {
                    self.line(indent + 2, &line);
                }
            }
            return;
        }
        self.line(indent, &format!("{key}:"));
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.item(indent + 2, text),
                Block::List(items) => {
                    self.line(indent + 2, "- list:");
                    items.iter().for_each(|item| self.item(indent + 6, item));
                }
                Block::Table(table) => self.table(indent + 2, table),
            }
        }
    }

    /// Writes a text as an item of a list.
    fn item(&mut self, indent: usize, text: &str) {
        if !is_block(text) {
            return self.line(indent, &format!("- {}", scalar(text)));
        }
        self.line(indent, "- >-");
        for line in filled(text, COLUMNS - indent - 2, "", "") {
            self.line(indent + 2, &line);
        }
    }

    fn table(&mut self, indent: usize, table: &Table) {
        let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let row = |cells: &[String], head: bool| {
            let missing = std::iter::repeat_n("null".to_owned(), width - cells.len());
            let cells: Vec<String> = cells.iter().map(|cell| flow(cell)).collect();
            // Amounts are in the last columns; the heads of rows have no head.
            let own = usize::from(!head && !cells.is_empty() && !is_amount(&cells[0]));
            let (first, rest) = cells.split_at(own);
            let all: Vec<String> =
                first.iter().cloned().chain(missing).chain(rest.iter().cloned()).collect();
            format!("[{}]", all.join(", "))
        };
        let Some((head, body)) = table.rows.split_first() else { return };
        self.line(indent, "- table:");
        if let Some(caption) = &table.caption {
            self.line(indent + 6, &format!("caption: {}", scalar(caption)));
        }
        self.line(indent + 6, &format!("columns: {}", row(head, true)));
        self.line(indent + 6, "rows:");
        body.iter().for_each(|cells| self.line(indent + 8, &format!("- {}", row(cells, false))));
    }
}

/// Whether a text of a row alone is an amount, and so not the head of the row.
fn is_amount(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}

/// Whether a text can be a block scalar: folded white space brings back each of its lines.
fn is_block(text: &str) -> bool {
    !text.is_empty() && !text.starts_with([' ', '#']) && text.chars().all(|c| !c.is_control())
}

/// Returns a scalar in a flow collection.
fn flow(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}']) { quoted(text) } else { scalar(text) }
}

/// Returns a scalar with quotes if it needs them.
fn scalar(text: &str) -> String {
    let plain = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '/' | '$' | '+' | '.'));
    let is_safe = plain
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && text.chars().all(|c| !c.is_control())
        && !text.starts_with("...")
        // Some readers take a number with zeros before it for another one.
        && !text.bytes().all(|b| b.is_ascii_digit())
        // A text stays one, whatever reads the YAML.
        && serde_yaml::from_str::<serde_json::Value>(text).is_ok_and(|value| value.as_str() == Some(text));
    let is_date = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    if is_safe || is_date { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    // JSON's strings are YAML's.
    serde_json::Value::from(text).to_string()
}
