//! Checks PDF copies by EDGAR's rules (17 CFR 232.104 and 106; EDGAR Filer Manual, volume II,
//! 5.2.3): no code, links, forms or attachments, and text that can be searched.
//!
//! The reader is our own. Of the crates that read PDF, `lopdf` and `pdf-extract` unpack streams
//! without a bound while they load a file, so that some kilobytes can fill the memory. Here every
//! step has a bound: depth, number of objects, bytes unpacked. The crate to watch is
//! `hayro-syntax`, with which typst reads PDF: with such bounds it could take the place of most of
//! this folder.

mod content;
mod file;
mod fonts;
mod object;
mod pages;
mod signs;
mod streams;
mod words;

use std::collections::{BTreeMap, HashMap};

use super::words::Pages as Words;
use crate::diagnostics::finding::{Finding, Rule, Severity, Spot};
use crate::diagnostics::rule;
use file::File;
use object::{Dictionary, Object};
use pages::Pages;

pub use words::words;

/// The maximum number of findings listed for one file.
const LISTED: usize = 100;

/// The versions that EDGAR certainly reads, as a file's head spells them.
const VERSIONS: [&[u8]; 8] = [b"1.0", b"1.1", b"1.2", b"1.3", b"1.4", b"1.5", b"1.6", b"1.7"];

/// A row of a table of forbidden things: name in the file, broken rule, description.
type Forbidden = (&'static str, &'static Rule, &'static str);

/// Actions that lead out of the file or change it.
// `GoTo` is absent on purpose: it only turns to a page of the same file.
const ACTIONS: &[Forbidden] = &[
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

/// Annotations that do more than print.
const ANNOTATIONS: &[Forbidden] = &[
    ("Link", &rule::PDF_LINK, "a hyperlink"),
    ("Widget", &rule::PDF_FORM, "a form field"),
    ("FileAttachment", &rule::PDF_ATTACHMENT, "an attached file"),
    ("Sound", &rule::PDF_MEDIA, "a sound"),
    ("Movie", &rule::PDF_MEDIA, "a movie"),
    ("Screen", &rule::PDF_MEDIA, "a place that plays media"),
    ("RichMedia", &rule::PDF_MEDIA, "rich media"),
    ("3D", &rule::PDF_MEDIA, "a 3D picture"),
];

/// Checks a PDF, and stores its words if they are requested and can be read.
pub(super) fn check(bytes: &[u8], words: Option<&mut Option<Words>>) -> Vec<Finding> {
    if !bytes.starts_with(b"%PDF-") {
        return vec![not_a_pdf(bytes)];
    }
    let mut file = File::read(bytes);
    let found = pages::pages(&file);
    let readable = found.is_ok();
    // The checks go on without pages: the objects that were read may break other rules.
    let pages = found.unwrap_or_else(|_| {
        file.too_much = true;
        Pages::default()
    });
    let mut checker = Checker { file, pages: &pages.owners, reported: BTreeMap::new() };
    checker.version(bytes);
    checker.complete();
    if checker.file.is_encrypted() {
        checker.report(&rule::PDF_ENCRYPTED, String::new(), "the file is encrypted");
    }
    for index in 0..checker.file.entries.len() {
        checker.entry(index);
    }
    checker.fonts();
    checker.text(&pages.contents);
    if let Some(words) = words.filter(|_| readable) {
        *words = words::of_pages(&mut checker.file, &pages);
    }
    checker.findings()
}

fn not_a_pdf(bytes: &[u8]) -> Finding {
    // Adobe's reader accepts a head in the first 1,024 bytes (PDF Reference 1.7, appendix H).
    let later = bytes.windows(5).take(1024).any(|window| window == b"%PDF-");
    let message = if later {
        "the file has bytes before the `%PDF-` that a PDF begins with"
    } else {
        "the file is not a PDF"
    };
    rule::PDF_BROKEN.at(Spot::File, message)
}

/// A file, and the faults found in it so far.
struct Checker<'a> {
    file: File<'a>,
    /// The page of each object that belongs to one, from 1.
    pages: &'a HashMap<u32, usize>,
    /// By severity, code of the rule and message: the rule, the hint and the number of times.
    // A sorted map, so that errors precede warnings and equal files give equal lists.
    reported: BTreeMap<(Severity, &'static str, String), (&'static Rule, String, usize)>,
}

impl Checker<'_> {
    /// Records a fault; equal faults of one page make one finding.
    fn report(&mut self, rule: &'static Rule, place: String, fault: &str) {
        let message = if place.is_empty() { fault.to_owned() } else { format!("{place}: {fault}") };
        // The names in capitals are EDGAR's own for such a file.
        let hint = match rule.code {
            "pdf-code" | "pdf-link" | "pdf-form" => {
                "EDGAR would report INVALID_PDF_TAG and leave the PDF out"
            }
            "pdf-no-text" => "EDGAR would report EMPTY_DOCUMENT and leave the PDF out",
            _ => "",
        };
        let entry = self.reported.entry((rule.severity, rule.code, message)).or_insert((
            rule,
            hint.to_owned(),
            0,
        ));
        entry.2 += 1;
    }

    fn findings(self) -> Vec<Finding> {
        let more = self.reported.len().saturating_sub(LISTED);
        let mut findings: Vec<Finding> = Vec::new();
        for ((_, _, message), (rule, hint, count)) in self.reported.into_iter().take(LISTED) {
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

    /// The page of an object, or its number if it belongs to no page, for a message.
    fn place(&self, number: u32) -> String {
        match self.pages.get(&number) {
            Some(page) => format!("page {page}"),
            None => format!("object {number}"),
        }
    }

    fn version(&mut self, bytes: &[u8]) {
        let version = bytes.get(5..8).unwrap_or_default();
        if !VERSIONS.contains(&version) {
            let fault = format!(
                "the file is of version `{}`",
                String::from_utf8_lossy(version).escape_default()
            );
            self.report(&rule::PDF_VERSION, String::new(), &fault);
        }
    }

    /// Reports a file that is cut off, or was not read to its end.
    fn complete(&mut self) {
        if self.file.too_much {
            let most = file::UNPACKED / (1024 * 1024);
            let fault = format!(
                "the file is nested too deeply, repeats itself too often, or unpacks to more than \
                 {most} MB, and was not read to its end"
            );
            // Faults of objects that were not reached would be guesses.
            return self.report(&rule::PDF_LIMITS, String::new(), &fault);
        }
        if !self.file.ends_well() {
            self.report(
                &rule::PDF_BROKEN,
                String::new(),
                "the file is cut off, or its end does not say where its table is",
            );
        }
        for number in std::mem::take(&mut self.file.unreadable) {
            self.report(&rule::PDF_BROKEN, format!("object {number}"), "it cannot be read");
        }
    }

    /// Checks an object and all dictionaries inside it.
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
        for (rule, fault) in found {
            self.report(rule, place.clone(), &fault);
        }
    }

    /// Checks one dictionary, without those inside it.
    fn dictionary(&self, dictionary: &Dictionary, found: &mut Vec<(&'static Rule, String)>) {
        let action = action(dictionary);
        for (_, rule, fault) in action.into_iter().chain(self.annotation(dictionary)) {
            found.push((rule, (*fault).to_owned()));
        }
        for (key, value) in dictionary.entries() {
            let (rule, fault) = match key.as_str() {
                "AA" => (&rule::PDF_CODE, "actions that run by themselves"),
                "JS" if action.is_none() => (&rule::PDF_CODE, "JavaScript"),
                "JavaScript" => (&rule::PDF_CODE, "JavaScript of the whole file"),
                "XFA" => (&rule::PDF_FORM, "an XFA form"),
                "AcroForm" if self.has_fields(value) => (&rule::PDF_FORM, "a form with fields"),
                "EmbeddedFiles" => (&rule::PDF_ATTACHMENT, "a list of embedded files"),
                "EF" => (&rule::PDF_ATTACHMENT, "an embedded file"),
                _ => continue,
            };
            // Null is how a writer deletes an entry.
            if *self.file.resolve(value) != Object::Other {
                found.push((rule, fault.to_owned()));
            }
        }
    }

    /// Returns the row of a forbidden annotation, or `None` if the dictionary is none.
    fn annotation(&self, dictionary: &Dictionary) -> Option<&'static Forbidden> {
        // `Type` is optional in an annotation, `Rect` is not (ISO 32000-1, table 164).
        if dictionary.name("Type") != "Annot" && dictionary.get("Rect").is_none() {
            return None;
        }
        let row = listed_in(ANNOTATIONS, dictionary.name("Subtype"))?;
        let target = dictionary.get("A").and_then(|target| self.file.resolve(target).dictionary());
        // The link's action is an object that is checked too, and its description says more.
        let is_repeated = row.0 == "Link"
            && target.is_some_and(|target| listed_in(ACTIONS, target.name("S")).is_some());
        (!is_repeated).then_some(row)
    }

    fn has_fields(&self, form: &Object) -> bool {
        let fields = self.file.resolve(form).dictionary().and_then(|form| form.get("Fields"));
        fields.is_some_and(
            |fields| !matches!(self.file.resolve(fields), Object::Array(items) if items.is_empty()),
        )
    }

    fn fonts(&mut self) {
        // The names and tables of an encrypted file's fonts are not readable.
        if self.file.is_encrypted() {
            return;
        }
        for (number, fault) in fonts::faults(&self.file) {
            let place = self.place(number);
            self.report(&rule::PDF_FONT, place, &fault);
        }
    }

    /// Reports a file without text that can be searched.
    fn text(&mut self, contents: &[usize]) {
        // The text may be in the part that was not read, or is encrypted.
        if self.file.is_encrypted() || self.file.too_much {
            return;
        }
        if contents.is_empty() && !pages::any(&self.file) {
            return self.report(
                &rule::PDF_BROKEN,
                String::new(),
                "the file has no page that can be found",
            );
        }
        match pages::has_text(&mut self.file, contents) {
            Ok(true) => {}
            Ok(false) => self.report(
                &rule::PDF_NO_TEXT,
                String::new(),
                "no page has text that can be selected",
            ),
            Err(_) => {
                let fault = "its pages unpack to more than any document of a notice";
                self.report(&rule::PDF_LIMITS, String::new(), fault);
            }
        }
    }
}

/// Returns the row of a forbidden action, or `None` if the dictionary is no such action.
fn action(dictionary: &Dictionary) -> Option<&'static Forbidden> {
    // An element of the document's structure also has `S`, with a type that its author chose.
    let is_structure = dictionary.get("P").is_some() && dictionary.get("K").is_some();
    listed_in(ACTIONS, dictionary.name("S")).filter(|_| !is_structure)
}

/// Returns the row of a name, or `None` if the table does not list it.
fn listed_in(table: &'static [Forbidden], name: &str) -> Option<&'static Forbidden> {
    table.iter().find(|(known, ..)| *known == name)
}
