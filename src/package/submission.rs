//! Composes the submission of a filing: its family, filers, fields and documents. Findings at the
//! keys of the YAML report values that do not fit into a field, or that only the schema would
//! accept.

use std::collections::BTreeSet;

use super::credentials::Credentials;
use super::family::Family;
use super::shape::{self, Shape, WITH_SERIES};
use crate::diagnostics::finding::{Finding, Severity};
use crate::diagnostics::rule;
use crate::diagnostics::secret::Ccc;
use crate::diagnostics::source::YamlPath;
use crate::edgar::Format;
use crate::form12b25::documents::planned;
use crate::form12b25::model::{Cik, Edgar, Filing, FormType, Registrant, Sro};
use crate::pipeline::RenderedFiling;

/// A submission, ready for `xml.rs`.
#[derive(Debug)]
pub(super) struct Submission {
    pub(super) family: Family,
    pub(super) live: bool,
    pub(super) submission_type: String,
    /// The sender's name and telephone number.
    pub(super) contact: Option<(String, String)>,
    /// The filer, then the co-registrants.
    pub(super) filers: Vec<Filer>,
    pub(super) sros: Vec<Sro>,
    /// MM-DD-YYYY.
    pub(super) period: String,
    pub(super) company_type: Option<String>,
    pub(super) notifications: Vec<String>,
    pub(super) documents: Vec<Part>,
    /// The ids of series, each with those of its classes.
    pub(super) series: Vec<(String, Vec<String>)>,
}

/// A filer.
#[derive(Debug)]
pub(super) struct Filer {
    pub(super) cik: Cik,
    pub(super) ccc: Option<Ccc>,
    pub(super) file_number: Option<String>,
}

/// A document of a submission.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) document_type: String,
    pub(super) description: String,
    pub(super) bytes: Vec<u8>,
}

/// Composes the submission of a filing, with findings about its values.
pub(super) fn compose(
    made: &RenderedFiling,
    live: bool,
    credentials: &Credentials,
) -> (Submission, Vec<Finding>) {
    let filing = &made.filing;
    let submission_type = filing.submission_type();
    // A test asserts that every form has a family.
    let family = Family::of(&submission_type).unwrap_or(Family::Coreg);
    let mut findings = Vec::new();
    let (year, month, day) = filing.report.period_ended.parts();
    let submission = Submission {
        family,
        live,
        contact: contact(&filing.edgar, family, &mut findings),
        filers: filers(filing, family, credentials, &mut findings),
        sros: sros(&filing.edgar, &mut findings),
        period: format!("{month:02}-{day:02}-{year:04}"),
        company_type: company_type(filing, family, &mut findings),
        notifications: notifications(&filing.edgar, family, &mut findings),
        documents: documents(made),
        series: series(filing, family, &mut findings),
        submission_type,
    };
    findings.extend(historic(filing, live));
    (submission, findings)
}

/// Returns the paths of the registrants in the YAML, in the order of `Filing::registrants`.
fn paths() -> impl Iterator<Item = YamlPath> {
    std::iter::once(YamlPath::parse("registrant"))
        .chain((0..).map(|i| YamlPath::parse("co_registrants").index(i)))
}

fn filers(
    filing: &Filing,
    family: Family,
    credentials: &Credentials,
    findings: &mut Vec<Finding>,
) -> Vec<Filer> {
    if family == Family::SingleFilerSc && !filing.co_registrants.is_empty() {
        let message = format!("{} does not allow co-registrants", filing.submission_type());
        findings.push(
            rule::PACKAGE_FILER
                .at("co_registrants", message)
                .hint("write a filing for each registrant"),
        );
    }
    let mut known = BTreeSet::new();
    let mut filer = |(path, registrant): (YamlPath, &Registrant)| {
        let cik = registrant.cik.clone();
        if !known.insert(cik.clone()) {
            findings.push(
                rule::PACKAGE_FILER
                    .at(path.key("cik"), format!("CIK {cik} is a filer of this notice already")),
            );
        }
        let ccc = credentials.of(&cik).unwrap_or_else(|message| {
            findings.push(
                rule::PACKAGE_CCC
                    .at(path.key("cik"), message)
                    .hint("add the line; each co-registrant has its own"),
            );
            None
        });
        Filer {
            ccc: ccc.cloned(),
            file_number: file_number(&path, registrant, family, findings),
            cik,
        }
    };
    paths().zip(filing.registrants()).map(&mut filer).collect()
}

/// Returns the file number as EDGAR spells it, or `None` if there is none that EDGAR accepts.
fn file_number(
    path: &YamlPath,
    registrant: &Registrant,
    family: Family,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let said = registrant.file_number.as_ref()?.folded();
    let number = shape::file_number(&said);
    if Shape::FileNumber.fits(&number, family) {
        return Some(number);
    }
    // The element is optional: better left out than wrong.
    let message =
        format!("`{said}` is left out of the package: EDGAR does not accept such a file number");
    findings.push(
        rule::PACKAGE_FILE_NUMBER.at(path.key("file_number"), message).hint("such as `001-12345`"),
    );
    None
}

fn contact(edgar: &Edgar, family: Family, findings: &mut Vec<Finding>) -> Option<(String, String)> {
    let contact = edgar.contact.as_ref()?;
    let (name, said) = (contact.name.folded(), contact.phone.folded());
    if !Shape::ContactName.fits(&name, family) {
        let message = match name.chars().count() {
            length @ 31.. => {
                format!("the contact's name has {length} characters, and EDGAR accepts 30")
            }
            _ => "the contact's name has a character that EDGAR does not accept there".to_owned(),
        };
        findings.push(rule::PACKAGE_CONTACT.at("edgar.contact.name", message));
    }
    let phone = shape::phone(&said);
    if !Shape::Phone.fits(&phone, family) {
        let message =
            format!("`{said}` cannot be spelled as a telephone number that EDGAR accepts");
        let hint = "20 letters, digits and hyphens at most; other marks become hyphens";
        findings.push(rule::PACKAGE_CONTACT.at("edgar.contact.phone", message).hint(hint));
    }
    Some((name, phone))
}

fn sros(edgar: &Edgar, findings: &mut Vec<Finding>) -> Vec<Sro> {
    let mut sros: Vec<Sro> = Vec::new();
    for (i, sro) in edgar.sros.iter().enumerate() {
        let path = || YamlPath::parse("edgar.sros").index(i);
        if sros.contains(sro) {
            findings.push(rule::PACKAGE_SROS.at(path(), format!("`{sro}` is listed twice")));
        } else if *sro == Sro::None && edgar.sros.len() > 1 {
            let finding = rule::PACKAGE_SROS.at(path(), "`NONE` is listed together with exchanges");
            findings.push(finding.hint("delete it, or the exchanges"));
        }
        sros.push(*sro);
    }
    // The schema requires at least one code.
    if sros.is_empty() { vec![Sro::None] } else { sros }
}

fn notifications(edgar: &Edgar, family: Family, findings: &mut Vec<Finding>) -> Vec<String> {
    let addresses: Vec<String> =
        edgar.notify.iter().map(|address| address.as_str().to_owned()).collect();
    for (i, address) in
        addresses.iter().enumerate().filter(|(_, address)| !Shape::Address.fits(address, family))
    {
        let finding = rule::PACKAGE_NOTIFY.at(
            YamlPath::parse("edgar.notify").index(i),
            format!("EDGAR does not accept the address `{address}`"),
        );
        findings.push(finding.hint(Shape::Address.expected(family)));
    }
    addresses
}

/// Returns the registration form of a fund, or `None` if the family has no element for it.
fn company_type(filing: &Filing, family: Family, findings: &mut Vec<Finding>) -> Option<String> {
    let said = filing.edgar.investment_company_type.as_ref().map(ToString::to_string);
    match (&said, family) {
        (Some(_), Family::Coreg) => {
            let message = format!(
                "it is left out of the package: {} is not a notice of a fund",
                filing.submission_type()
            );
            findings.push(rule::PACKAGE_FUND.at("edgar.investment_company_type", message));
            None
        }
        (None, Family::CoregSc | Family::SingleFilerSc) => {
            let message = "the registration form of the fund is not given";
            let finding = rule::PACKAGE_FUND.at("edgar.investment_company_type", message);
            findings.push(finding.hint(
                "such as `investment_company_type: N-1A`; some of them need series and classes",
            ));
            None
        }
        _ => said,
    }
}

fn series(
    filing: &Filing,
    family: Family,
    findings: &mut Vec<Finding>,
) -> Vec<(String, Vec<String>)> {
    let kind =
        filing.edgar.investment_company_type.as_ref().map(ToString::to_string).unwrap_or_default();
    let needed = filing.report.form == FormType::NCsr && WITH_SERIES.contains(&kind.as_str());
    let mut all = Vec::new();
    for (path, registrant) in paths().zip(filing.registrants()) {
        let path = path.key("series");
        if family == Family::Coreg && !registrant.series.is_empty() {
            findings.push(
                rule::PACKAGE_FUND
                    .at(path, "series are left out of the package: the notice is not a fund's"),
            );
            continue;
        }
        if needed {
            findings.extend(missing_series(&kind, registrant, &path));
        }
        all.extend(registrant.series.iter().map(|series| {
            let classes = series.classes.iter().map(ToString::to_string).collect();
            (series.id.to_string(), classes)
        }));
    }
    all
}

/// Reports missing series and classes of a registrant that needs them.
fn missing_series(kind: &str, registrant: &Registrant, path: &YamlPath) -> Vec<Finding> {
    if registrant.series.is_empty() {
        let message = format!("the notice of an {kind} registrant needs its series and classes");
        return vec![
            rule::PACKAGE_SERIES.at(path.clone(), message).hint("EDGAR suspends it without them"),
        ];
    }
    let without =
        registrant.series.iter().enumerate().filter(|(_, series)| series.classes.is_empty());
    without
        .map(|(i, series)| {
            let message = format!("series {} names no class", series.id);
            rule::PACKAGE_SERIES.at(path.index(i), message).hint("such as `classes: [C000034567]`")
        })
        .collect()
}

/// Warns about a notice of Form N-SAR, an error in a live package.
fn historic(filing: &Filing, live: bool) -> Option<Finding> {
    // The form was rescinded in 2018, but EDGAR's schemas still list its notice.
    let severity = if live { Severity::Error } else { Severity::Note };
    let message =
        "Form N-SAR was rescinded, and it is not known whether EDGAR still accepts a notice of it";
    (filing.report.form == FormType::NSar)
        .then(|| rule::PACKAGE_TYPE.at("report.form", message).severity(severity))
}

/// Returns the form and the letters, each as one official document followed by its PDF copy.
fn documents(made: &RenderedFiling) -> Vec<Part> {
    let filing = &made.filing;
    let mut parts = Vec::new();
    let mut pdfs = made.pdfs.iter();
    for (document, planned) in made.documents.iter().zip(planned(filing)) {
        let description = planned.kind.description();
        let official = filing.edgar.official.format();
        let part = |format: Format, description: String, bytes: &[u8]| Part {
            name: document.name(format),
            document_type: planned.edgar_type.clone(),
            description,
            bytes: bytes.to_vec(),
        };
        parts.push(part(official, description.to_owned(), document.text(official).as_bytes()));
        // 17 CFR 232.104: one unofficial copy of each document, of the same type as the document.
        if let Some(pdf) = pdfs.next() {
            parts.push(part(Format::PDF, format!("{description} (unofficial PDF copy)"), pdf));
        }
    }
    parts
}
