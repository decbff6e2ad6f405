//! Writes a submission as XML, with the elements in the order of its family's schema. quick-xml
//! escapes the values.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::family::{COMMON, Family, SERIES};
use super::submission::{Filer, Part, Submission};
use crate::diagnostics::secret::PLACEHOLDER;

/// The prefix of the namespace that all families share.
const COM: &str = "com";
/// The prefix of the namespace of series and classes.
const SCC: &str = "scc";

/// Returns the XML of a submission.
///
/// # Errors
/// None in practice: writing to memory does not fail.
pub(super) fn bytes(submission: &Submission) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut xml = Xml { writer, own: submission.family.prefix() };
    xml.submission(submission)?;
    let mut bytes = xml.writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// A writer with one method for each kind of element.
struct Xml {
    writer: Writer<Vec<u8>>,
    /// The prefix of the family's own namespace.
    own: &'static str,
}

impl Xml {
    /// Writes an element that contains elements.
    fn element(
        &mut self,
        prefix: &str,
        name: &str,
        inside: impl FnOnce(&mut Xml) -> io::Result<()>,
    ) -> io::Result<()> {
        self.start(BytesStart::new(format!("{prefix}:{name}")), inside)
    }

    fn start(
        &mut self,
        start: BytesStart<'_>,
        inside: impl FnOnce(&mut Xml) -> io::Result<()>,
    ) -> io::Result<()> {
        let end = BytesEnd::new(start.name().as_ref().to_owned());
        self.writer.write_event(Event::Start(start))?;
        inside(self)?;
        self.writer.write_event(Event::End(end))
    }

    /// Writes an element that contains a value.
    fn value(&mut self, prefix: &str, name: &str, value: &str) -> io::Result<()> {
        self.element(prefix, name, |xml| xml.writer.write_event(Event::Text(BytesText::new(value))))
    }

    fn submission(&mut self, submission: &Submission) -> io::Result<()> {
        let own = self.own;
        let mut root = BytesStart::new(format!("{own}:edgarSubmission"));
        root.push_attribute((format!("xmlns:{own}").as_str(), submission.family.namespace()));
        root.push_attribute((format!("xmlns:{COM}").as_str(), COMMON));
        if !submission.series.is_empty() {
            root.push_attribute((format!("xmlns:{SCC}").as_str(), SERIES));
        }
        self.start(root, |xml| {
            xml.value(own, "liveTestFlag", if submission.live { "LIVE" } else { "TEST" })?;
            xml.flags(submission.family)?;
            xml.value(own, "submissionType", &submission.submission_type)?;
            if let Some((name, phone)) = &submission.contact {
                xml.element(own, "contact", |xml| {
                    xml.value(COM, "name", name)?;
                    xml.value(COM, "phoneNumber", phone)
                })?;
            }
            xml.filers(&submission.filers)?;
            xml.element(own, "sros", |xml| {
                submission.sros.iter().try_for_each(|sro| xml.value(COM, "sroId", &sro.to_string()))
            })?;
            xml.value(own, "periodOfReport", &submission.period)?;
            xml.company_type(submission)?;
            if !submission.notifications.is_empty() {
                let address =
                    |xml: &mut Xml, to: &String| xml.value(COM, "internetNotificationAddress", to);
                xml.element(own, "notifications", |xml| {
                    submission.notifications.iter().try_for_each(|to| address(xml, to))
                })?;
            }
            xml.element(own, "documents", |xml| {
                submission.documents.iter().try_for_each(|part| xml.document(part))
            })?;
            xml.series(&submission.series)
        })
    }

    /// Writes the flags, all false for a notice.
    fn flags(&mut self, family: Family) -> io::Result<()> {
        // The schemas differ in the element's name, its namespace and the order of the flags.
        let (name, prefix, flags) = match family {
            Family::Coreg => {
                ("flags", COM, ["confirmingCopyFlag", "overrideInternetFlag", "returnCopyFlag"])
            }
            Family::CoregSc => (
                "flags",
                self.own,
                ["confirmingCopyFlag", "returnCopyFlag", "overrideInternetFlag"],
            ),
            Family::SingleFilerSc => {
                ("flag", self.own, ["confirmingCopyFlag", "returnCopyFlag", "overrideInternetFlag"])
            }
        };
        self.element(self.own, name, |xml| {
            flags.into_iter().try_for_each(|flag| xml.value(prefix, flag, "false"))
        })
    }

    fn filers(&mut self, filers: &[Filer]) -> io::Result<()> {
        // Only co-registrants are inside `coregs`, and the schema allows no empty `coregs`.
        let Some((filer, others)) = filers.split_first() else { return Ok(()) };
        self.filer(filer)?;
        if others.is_empty() {
            return Ok(());
        }
        self.element(self.own, "coregs", |xml| others.iter().try_for_each(|filer| xml.filer(filer)))
    }

    fn filer(&mut self, filer: &Filer) -> io::Result<()> {
        let own = self.own;
        self.element(own, "filer", |xml| {
            xml.value(own, "filerId", filer.cik.as_str())?;
            // The schema requires the element, also in a test package without a CCC.
            xml.value(own, "filerCcc", filer.ccc.as_ref().map_or(PLACEHOLDER, |ccc| ccc.expose()))?;
            filer.file_number.iter().try_for_each(|number| xml.value(own, "fileNumber", number))
        })
    }

    /// Writes the registration form of a fund.
    fn company_type(&mut self, submission: &Submission) -> io::Result<()> {
        let Some(company_type) = &submission.company_type else { return Ok(()) };
        // eis_CoReg_SC.xsd has an element with two values here, the single-filer schema one value.
        match submission.family {
            Family::CoregSc => self.element(self.own, "invCompany", |xml| {
                xml.value(COM, "isImCompany", "true")?;
                xml.value(COM, "invCompanyType", company_type)
            }),
            _ => self.value(self.own, "invCompany", company_type),
        }
    }

    fn document(&mut self, part: &Part) -> io::Result<()> {
        self.element(COM, "document", |xml| {
            xml.value(COM, "conformedName", &part.name)?;
            xml.value(COM, "conformedDocumentType", &part.document_type)?;
            xml.value(COM, "description", &part.description)?;
            xml.value(COM, "contents", &BASE64.encode(&part.bytes))
        })
    }

    fn series(&mut self, series: &[(String, Vec<String>)]) -> io::Result<()> {
        if series.is_empty() {
            return Ok(());
        }
        let own = self.own;
        let one = |xml: &mut Xml, (id, classes): &(String, Vec<String>)| {
            xml.element(SCC, "rptSeriesClassInfo", |xml| {
                xml.value(SCC, "seriesId", id)?;
                xml.value(SCC, "includeAllClassesFlag", "false")?;
                classes.iter().try_for_each(|class| xml.value(SCC, "classId", class))
            })
        };
        self.element(own, "seriesClasses", |xml| {
            xml.element(own, "reportSeriesClass", |xml| {
                xml.value(SCC, "rptIncludeAllSeriesFlag", "false")?;
                series.iter().try_for_each(|pair| one(xml, pair))
            })
        })
    }
}
