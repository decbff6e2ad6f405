//! EDGAR's rules on PDF copies (17 CFR 232.104 and 106; EDGAR Filer Manual, Vol. II, 5.2.3): no
//! code, no links, no forms, nothing inside, text that can be searched. `INVALID_PDF_TAG` and
//! `EMPTY_DOCUMENT` are what EDGAR itself calls such a file.
//!
//! The reader is our own, and small: libraries for PDF unpack streams without a bound while
//! loading, so a file of some kilobytes could fill the memory of whoever lints it.

mod content;
mod file;
mod fonts;
mod object;
mod pages;
mod signs;
mod streams;
mod words;

use std::collections::{BTreeMap, HashMap};

use super::words::Pages as Said;
use crate::diagnostics::finding::{Finding, Rule, Severity, Spot};
use crate::diagnostics::rule;
use file::File;
use object::{Dictionary, Object};
use pages::Pages;

pub use words::words;

/// How many findings of one file are listed.
const LISTED: usize = 100;

/// What a reader calls the versions that EDGAR certainly knows.
const VERSIONS: [&[u8]; 8] = [b"1.0", b"1.1", b"1.2", b"1.3", b"1.4", b"1.5", b"1.6", b"1.7"];

/// Actions that lead out of the file, or do something to it, with the rule that each breaks and
/// what it is. An action that only turns to a page is none of them.
const ACTIONS: &[(&str, &Rule, &str)] = &[
    ("JavaScript", &rule::PDF_CODE, "JavaScript"),
    ("Launch", &rule::PDF_CODE, "an action that starts a program"),
    ("SubmitForm", &rule::PDF_CODE, "an action that sends a form"),
    ("ResetForm", &rule::PDF_CODE, "an action that resets a form"),
    ("ImportData", &rule::PDF_CODE, "an action that reads data into a form"),
    ("SetOCGState", &rule::PDF_CODE, "an action that shows and hides layers"),
    ("Hide", &rule::PDF_CODE, "an action that shows and hides annotations"),
    ("Trans", &rule::PDF_CODE, "an action that moves pages"),
    ("URI", &rule::PDF_LINK, "a link to an address"),
    ("GoToR", &rule::PDF_LINK, "a link to another file"),
    ("GoToE", &rule::PDF_LINK, "a link to an embedded file"),
    ("Sound", &rule::PDF_MEDIA, "an action that plays a sound"),
    ("Movie", &rule::PDF_MEDIA, "an action that plays a movie"),
    ("Rendition", &rule::PDF_MEDIA, "an action that plays media"),
    ("RichMediaExecute", &rule::PDF_MEDIA, "an action that runs rich media"),
    ("GoTo3DView", &rule::PDF_MEDIA, "an action that turns a 3D picture"),
];

/// Annotations that are more than a mark on paper.
const ANNOTATIONS: &[(&str, &Rule, &str)] = &[
    ("Link", &rule::PDF_LINK, "a hyperlink"),
    ("Widget", &rule::PDF_FORM, "a form field"),
    ("FileAttachment", &rule::PDF_ATTACHMENT, "an attached file"),
    ("Sound", &rule::PDF_MEDIA, "a sound"),
    ("Movie", &rule::PDF_MEDIA, "a movie"),
    ("Screen", &rule::PDF_MEDIA, "a place that plays media"),
    ("RichMedia", &rule::PDF_MEDIA, "rich media"),
    ("3D", &rule::PDF_MEDIA, "a 3D picture"),
];

/// Judges a PDF; `said` gets its words.
pub(super) fn judge(bytes: &[u8], said: Option<&mut Option<Said>>) -> Vec<Finding> {
    if !bytes.starts_with(b"%PDF-") {
        return vec![not_a_pdf(bytes)];
    }
    let mut file = File::read(bytes);
    let found = pages::pages(&file);
    let readable = found.is_ok();
    let pages = found.unwrap_or_else(|_| {
        file.too_much = true;
        Pages::default()
    });
    let mut judge = Judge { file, pages: &pages.owners, told: BTreeMap::new() };
    judge.version(bytes);
    judge.whole();
    if judge.file.is_encrypted() {
        judge.tell(&rule::PDF_ENCRYPTED, String::new(), "the file is encrypted");
    }
    for index in 0..judge.file.entries.len() {
        judge.entry(index);
    }
    judge.fonts();
    judge.text(&pages.contents);
    if let Some(said) = said.filter(|_| readable) {
        *said = words::of_pages(&mut judge.file, &pages);
    }
    judge.findings()
}

fn not_a_pdf(bytes: &[u8]) -> Finding {
    let later = bytes.windows(5).take(1024).any(|window| window == b"%PDF-");
    let message = if later {
        "something stands before the `%PDF-` that a PDF begins with"
    } else {
        "the file is no PDF"
    };
    rule::PDF_BROKEN.at(Spot::File, message)
}

struct Judge<'a> {
    file: File<'a>,
    /// The page that an object belongs to, from 1.
    pages: &'a HashMap<u32, usize>,
    /// What is wrong, by rule and message, with where and how often.
    told: BTreeMap<(Severity, &'static str, String), (&'static Rule, String, usize)>,
}

impl Judge<'_> {
    /// Notes what is wrong; the same at the same page is one finding.
    fn tell(&mut self, rule: &'static Rule, place: String, what: &str) {
        let message = if place.is_empty() { what.to_owned() } else { format!("{place}: {what}") };
        let hint = match rule.code {
            "pdf-code" | "pdf-link" | "pdf-form" => {
                "EDGAR would say INVALID_PDF_TAG, and leave the PDF out"
            }
            "pdf-no-text" => "EDGAR would say EMPTY_DOCUMENT, and leave the PDF out",
            _ => "",
        };
        let entry = self.told.entry((rule.severity, rule.code, message)).or_insert((
            rule,
            hint.to_owned(),
            0,
        ));
        entry.2 += 1;
    }

    fn findings(self) -> Vec<Finding> {
        let more = self.told.len().saturating_sub(LISTED);
        let mut findings: Vec<Finding> = Vec::new();
        for ((_, _, message), (rule, hint, count)) in self.told.into_iter().take(LISTED) {
            let times = if count > 1 { format!(", {count} times") } else { String::new() };
            let finding = rule.at(Spot::File, message + &times);
            findings.push(if hint.is_empty() { finding } else { finding.hint(hint) });
        }
        if more > 0 {
            let message = format!("{more} more findings in this document are not listed");
            findings.push(rule::MORE_FINDINGS.at(Spot::File, message));
        }
        findings
    }

    /// Where an object is, for a message.
    fn place(&self, number: u32) -> String {
        match self.pages.get(&number) {
            Some(page) => format!("page {page}"),
            None => format!("object {number}"),
        }
    }

    fn version(&mut self, bytes: &[u8]) {
        let version = bytes.get(5..8).unwrap_or_default();
        if !VERSIONS.contains(&version) {
            let what = format!(
                "the file is of version `{}`",
                String::from_utf8_lossy(version).escape_default()
            );
            self.tell(&rule::PDF_VERSION, String::new(), &what);
        }
    }

    /// Whether the file is all there.
    fn whole(&mut self) {
        if self.file.too_much {
            let most = file::UNPACKED / (1024 * 1024);
            let what = format!(
                "the file is nested too deeply, repeats itself too often, or unpacks to more than {most} MB, \
                 and was not read to its end"
            );
            self.tell(&rule::PDF_LIMITS, String::new(), &what);
            return;
        }
        if !self.file.ends_well() {
            self.tell(
                &rule::PDF_BROKEN,
                String::new(),
                "the file is cut off, or its end does not say where its table is",
            );
        }
        for number in std::mem::take(&mut self.file.unreadable) {
            self.tell(&rule::PDF_BROKEN, format!("object {number}"), "it cannot be read");
        }
    }

    /// An object and the dictionaries inside it.
    fn entry(&mut self, index: usize) {
        let entry = &self.file.entries[index];
        let number = entry.number;
        let mut found: Vec<(&'static Rule, String)> = Vec::new();
        let mut inside = vec![&entry.object];
        while let Some(object) = inside.pop() {
            match object {
                Object::Array(items) => inside.extend(items),
                Object::Dictionary(dictionary) => {
                    self.dictionary(dictionary, &mut found);
                    inside.extend(dictionary.entries().iter().map(|(_, value)| value));
                }
                _ => {}
            }
        }
        let place = self.place(number);
        for (rule, what) in found {
            self.tell(rule, place.clone(), &what);
        }
    }

    fn dictionary(&self, dictionary: &Dictionary, found: &mut Vec<(&'static Rule, String)>) {
        let mut find = |rule, what: &str| found.push((rule, what.to_owned()));
        let named = |of: &'static [(&str, &'static Rule, &str)], key| {
            let own = dictionary.name(key);
            of.iter().find(|(name, ..)| *name == own)
        };
        // An element of the document's structure has a type of the author's own in `S`.
        let is_structure = || dictionary.get("P").is_some() && dictionary.get("K").is_some();
        let action = named(ACTIONS, "S").filter(|_| !is_structure());
        if let Some((_, rule, what)) = action {
            find(rule, what);
        }
        let is_annotation =
            || dictionary.name("Type") == "Annot" || dictionary.get("Rect").is_some();
        if let Some((name, rule, what)) = named(ANNOTATIONS, "Subtype").filter(|_| is_annotation())
        {
            // Where a link leads says more, if it is told.
            let action =
                dictionary.get("A").and_then(|action| self.file.resolve(action).dictionary());
            let told = action
                .is_some_and(|action| ACTIONS.iter().any(|(known, ..)| *known == action.name("S")));
            if *name != "Link" || !told {
                find(rule, what);
            }
        }
        for (key, value) in dictionary.entries() {
            let (rule, what) = match key.as_str() {
                "AA" => (&rule::PDF_CODE, "actions that run by themselves"),
                "JS" if action.is_none() => (&rule::PDF_CODE, "JavaScript"),
                "JavaScript" => (&rule::PDF_CODE, "JavaScript of the whole file"),
                "XFA" => (&rule::PDF_FORM, "an XFA form"),
                "AcroForm" if self.has_fields(value) => (&rule::PDF_FORM, "a form with fields"),
                "EmbeddedFiles" => (&rule::PDF_ATTACHMENT, "a list of embedded files"),
                "EF" => (&rule::PDF_ATTACHMENT, "an embedded file"),
                _ => continue,
            };
            if *self.file.resolve(value) != Object::Other {
                find(rule, what);
            }
        }
    }

    fn has_fields(&self, form: &Object) -> bool {
        let fields = self.file.resolve(form).dictionary().and_then(|form| form.get("Fields"));
        fields.is_some_and(
            |fields| !matches!(self.file.resolve(fields), Object::Array(items) if items.is_empty()),
        )
    }

    fn fonts(&mut self) {
        let encrypted = self.file.is_encrypted();
        let faults: Vec<(u32, String)> = fonts::faults(&self.file);
        for (number, what) in faults.into_iter().filter(|_| !encrypted) {
            let place = self.place(number);
            self.tell(&rule::PDF_FONT, place, &what);
        }
    }

    /// Whether anything can be searched for. What is encrypted, or was not read to its end, cannot
    /// be judged.
    fn text(&mut self, contents: &[usize]) {
        if self.file.is_encrypted() || self.file.too_much {
            return;
        }
        if contents.is_empty() && !pages::any(&self.file) {
            return self.tell(
                &rule::PDF_BROKEN,
                String::new(),
                "the file has no page that can be found",
            );
        }
        match pages::has_text(&mut self.file, contents) {
            Ok(true) => {}
            Ok(false) => self.tell(
                &rule::PDF_NO_TEXT,
                String::new(),
                "no page has text that can be selected",
            ),
            Err(_) => {
                let what = "its pages unpack to more than any document of a notice";
                self.tell(&rule::PDF_LIMITS, String::new(), what);
            }
        }
    }
}
