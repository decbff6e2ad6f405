//! Packages read back: each change of a sound one with the verdict that EDGAR's schemas give it.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::package::schema_verdict;
use crate::hostile::{document, sound};
use crate::support::{self, expect, run, transcript};

const CONTACT: &str = "  <cor:contact>
    <com:name>Jane Roe</com:name>
    <com:phoneNumber>410-555-0100</com:phoneNumber>
  </cor:contact>
";
const FLAGS: &str = "  <cor:flags>
    <com:confirmingCopyFlag>false</com:confirmingCopyFlag>
    <com:overrideInternetFlag>false</com:overrideInternetFlag>
    <com:returnCopyFlag>false</com:returnCopyFlag>
  </cor:flags>
";
const SROS: &str = "  <cor:sros>
    <com:sroId>NONE</com:sroId>
  </cor:sros>
";
const PERIOD: &str = "  <cor:periodOfReport>12-31-2025</cor:periodOfReport>\n";

/// What is said of a package, a line each.
pub(crate) fn told(xml: &[u8]) -> Vec<String> {
    let checked = latefile::package::check("p.xml", xml);
    checked
        .findings
        .iter()
        .map(|found| {
            let (place, finding) = (found.place.position, &found.finding);
            format!(
                "{}:{}: {}[{}]: {}",
                place.line, place.column, finding.severity, finding.rule.code, finding.message
            )
        })
        .collect()
}

/// Changes that the schema rejects: what, for what, and what is said.
fn rejected() -> Vec<(&'static str, String, &'static str)> {
    let own = |s: &str| s.to_owned();
    vec![
        (
            "<cor:periodOfReport>12-31-2025",
            own("<cor:periodOfReport>2025-12-31"),
            "22:23: error[package-schema]: `2025-12-31` is not a valid `periodOfReport`",
        ),
        (
            "410-555-0100",
            own("(410) 555-0100"),
            "12:22: error[package-schema]: `(410) 555-0100` is not a valid `phoneNumber`",
        ),
        (
            "<cor:submissionType>NT 10-K",
            own("<cor:submissionType>NT10-K"),
            "9:23: error[package-schema]: `NT10-K` is not a valid `submissionType`",
        ),
        (
            "<cor:submissionType>NT 10-K",
            own("<cor:submissionType>   NT 10-K"),
            "9:26: error[package-schema]: `submissionType` has white space around its value",
        ),
        (
            "<cor:submissionType>NT 10-K",
            own("<cor:submissionType>NT-NCSR"),
            "9:23: error[package-schema]: `NT-NCSR` is not a valid `submissionType`",
        ),
        (
            "nt10k.htm",
            own("nt10k.html"),
            "28:26: error[package-schema]: `nt10k.html` is not a valid `conformedName`",
        ),
        ("plant3d$", own("plant3$"), "16:19: error[package-schema]: `filerCcc` is not a valid CCC"),
        (
            "<com:sroId>NONE",
            own("<com:sroId>NASDAQ"),
            "20:16: error[package-schema]: `NASDAQ` is not a valid `sroId`",
        ),
        (
            FLAGS,
            own(
                "  <cor:flags>\n    <com:confirmingCopyFlag>false</com:confirmingCopyFlag>\n    <com:returnCopyFlag>false</com:returnCopyFlag>\n    <com:overrideInternetFlag>false</com:overrideInternetFlag>\n  </cor:flags>\n",
            ),
            "7:5: error[package-schema]: `overrideInternetFlag` is after `returnCopyFlag` and belongs before it",
        ),
        (
            FLAGS,
            FLAGS.replace("com:", "cor:"),
            "5:5: error[package-schema]: `confirmingCopyFlag` is in the namespace `http://www.sec.gov/edgar/coreg`",
        ),
        (
            "<com:returnCopyFlag>false",
            own("<com:returnCopyFlag>False"),
            "7:25: error[package-schema]: `False` is not a valid `returnCopyFlag`",
        ),
        (SROS, own(""), "2:1: error[package-schema]: `edgarSubmission` lacks `sros`"),
        (
            "edgar/coreg\"",
            own("edgar/coregsc\""),
            "5:5: error[package-schema]: `confirmingCopyFlag` is in the namespace",
        ),
        (
            "xmlns:cor=\"http://www.sec.gov/edgar/coreg\"",
            own("xmlns:cor=\"http://www.sec.gov/edgar/ownership\""),
            "2:1: error[package-schema]: no notice of late filing has the namespace `http://www.sec.gov/edgar/ownership`",
        ),
        (
            "<com:description>Form 12b-25",
            own("<com:description>Form 12b-25 – late"),
            "30:24: error[package-schema]: `Form 12b-25 – late` is not a valid `description`",
        ),
        (
            "<com:name>Jane Roe",
            own("<com:name>The Office of the Corporate Secretary"),
            "11:15: error[package-schema]: `The Office of the Corporate Secretary` is not a valid `name`",
        ),
        (
            "edgar@example.com",
            own("edgar+late@example.com"),
            "24:38: error[package-schema]: `edgar+late@example.com` is not a valid `internetNotificationAddress`",
        ),
        (
            SROS,
            format!("  <cor:sros>{}</cor:sros>\n", "<com:sroId>NYSE</com:sroId>".repeat(14)),
            "error[package-schema]: there are more than 13 `sroId`",
        ),
        (
            "000-00001",
            own("001-123456789"),
            "17:21: error[package-schema]: `001-123456789` is not a valid `fileNumber`",
        ),
        (
            "<cor:liveTestFlag>TEST",
            own("<cor:liveTestFlag>Test"),
            "3:21: error[package-schema]: `Test` is not a valid `liveTestFlag`",
        ),
        (
            "  <cor:liveTestFlag>",
            own("  <cor:livetestFlag/><cor:liveTestFlag>"),
            "3:3: error[package-schema]: `edgarSubmission` has no `livetestFlag`",
        ),
        (
            "<cor:contact>",
            own("<cor:contact x=\"1\">"),
            "10:3: error[package-schema]: `contact` has an attribute that its schema lacks: `x`",
        ),
        (PERIOD, PERIOD.repeat(2), "23:3: error[package-schema]: `periodOfReport` occurs twice"),
        (
            "  <cor:filer>",
            own("  late\n  <cor:filer>"),
            "error[package-schema]: there is text between the elements of `edgarSubmission`",
        ),
    ]
}

#[test]
fn what_the_schemas_reject_is_rejected() {
    let folder = support::folder();
    let path = folder.path().join("p.xml");
    assert_eq!(told(sound().as_bytes()), [""; 0]);
    fs::write(&path, sound()).unwrap();
    assert_ne!(schema_verdict(&path, "coreg"), Some(false));
    let mut changes = rejected();
    changes.push((
        CONTACT,
        String::new(),
        "error[package-schema]: `contact` is after `filer` and belongs before it",
    ));
    for (old, new, expected) in changes {
        let mut xml = sound().replacen(old, &new, 1);
        if old == CONTACT {
            xml = xml.replacen("  <cor:sros>", &format!("{CONTACT}  <cor:sros>"), 1);
        }
        assert_ne!(xml, sound(), "{old}");
        let said = told(xml.as_bytes());
        assert!(said.iter().any(|line| line.contains(expected)), "{expected}\n{said:#?}");
        fs::write(&path, &xml).unwrap();
        let namespace = if new.contains("coregsc") { "coregsc" } else { "coreg" };
        assert_ne!(schema_verdict(&path, namespace), Some(true), "{expected}");
    }
}

#[test]
fn what_the_schemas_accept_is_checked_as_edgar_does() {
    let folder = support::folder();
    let path = folder.path().join("p.xml");
    let kind = |kind: &str| format!("<com:conformedDocumentType>{kind}<");
    let business: Vec<(String, String, &[&str])> = vec![
        (kind("EX-99"), kind("EX-99.1"), &[]),
        (kind("EX-99"), kind("LETTER OF BERENSON"), &["35:34: error[package-document]: `LETTER OF BERENSON` is not the type of a document that can accompany a notice"]),
        (kind("EX-99"), kind("NT 10-K"), &["35:34: error[package-document]: a second official document is of type `NT 10-K`: the notice would be filed twice"]),
        (kind("NT 10-K"), kind("EX-99"), &[
            "26:3: error[package-document]: no text or HTML document is of type `NT 10-K`",
            "35:34: error[package-document]: two exhibits are `EX-99`; the second needs another number",
        ]),
        ("ex99-1.htm".into(), "NT10K.htm".into(), &["34:26: error[package-document]: two documents have the name `NT10K.htm`", "36:21: note[document-name-old]: NT10K.htm: the file's name has capitals"]),
        ("000-00001".into(), "0-15888".into(), &["17:21: note[package-file-number]: EDGAR spells the file number `000-15888`"]),
        (PERIOD.into(), String::new(), &["2:1: error[package-period]: the submission lacks `periodOfReport`"]),
        ("12-31-2025".into(), "13-31-2025".into(), &["22:23: error[package-period]: `13-31-2025` is not a date"]),
        (FLAGS.into(), String::new(), &[]),
        (CONTACT.into(), String::new(), &[]),
        ("    <cor:fileNumber>000-00001</cor:fileNumber>\n".into(), String::new(), &[]),
        ("<com:sroId>NONE</com:sroId>".into(), "<com:sroId>NONE</com:sroId><com:sroId>NYSE</com:sroId>".into(), &["20:16: error[package-sros]: `NONE` is listed together with exchanges"]),
        ("plant3d$".into(), "plantedx".into(), &["16:19: warning[package-ccc]: a CCC has a numeral, and one of `@`, `#`, `$`, `*`"]),
        ("plant3d$".into(), "NO-CCC-0".into(), &[]),
        ("0009990001".into(), "0000000000".into(), &["15:18: warning[package-filer]: a CIK cannot be all zeros"]),
        (format!("<com:contents>{}", document()), "<com:contents>BASE64".into(), &["31:21: error[package-document]: the contents are not base64"]),
        (format!("<com:contents>{}", document()), format!("<com:contents>{}", BASE64.encode("<html><head><title>x</title></head><body><span>x</span></body></html>")), &["31:21: error[html-element]: nt10k.htm:1:42: EDGAR does not accept `<span>`"]),
        ("  </cor:filer>\n".into(), "  </cor:filer>\n  <cor:coregs><cor:filer><cor:filerId>9990001</cor:filerId><cor:filerCcc>plant3d$</cor:filerCcc></cor:filer></cor:coregs>\n".into(), &["19:39: error[package-filer]: a registrant is a filer of this submission twice"]),
    ];
    for (old, new, expected) in business {
        let xml = sound().replacen(&old, &new, 1);
        assert_ne!(xml, sound());
        assert_eq!(told(xml.as_bytes()), expected, "{}", &new[..new.len().min(60)]);
        fs::write(&path, &xml).unwrap();
        assert_ne!(schema_verdict(&path, "coreg"), Some(false), "{}", &new[..new.len().min(60)]);
    }
}

#[test]
fn copies_have_the_type_of_their_document() {
    let pdf = BASE64.encode(
        support::files(&support::root().join("out/igene-1997-10-k"))["form12b25.pdf"].as_slice(),
    );
    let document = |name: &str, kind: &str| {
        format!(
            "<com:document><com:conformedName>{name}</com:conformedName>\n<com:conformedDocumentType>{kind}</com:conformedDocumentType>\n<com:contents>{pdf}</com:contents></com:document>\n"
        )
    };
    let with = |more: &str| {
        told(
            sound()
                .replacen("  </cor:documents>", &format!("{more}  </cor:documents>"), 1)
                .as_bytes(),
        )
    };
    let copy = |kind: &str| with(&document("copy.pdf", kind));
    assert_eq!(copy("NT 10-K"), [""; 0]);
    assert_eq!(copy("EX-99"), [""; 0]);
    assert_eq!(
        copy("EX-99.1"),
        [
            "39:28: error[package-document]: a PDF copy is of type `EX-99.1`, and no official document is"
        ]
    );
    let two = with(&(document("a.pdf", "NT 10-K") + &document("b.pdf", "NT 10-K")));
    assert_eq!(
        two,
        ["42:28: error[package-document]: a document of type `NT 10-K` has a second PDF copy"]
    );
}

#[test]
fn other_families_are_known() {
    let folder = support::folder();
    support::copy(&support::root().join("filings"), &folder.path().join("filings"));
    run(
        folder.path(),
        &[
            "package",
            "-q",
            "--to",
            "made",
            "filings/arbor-lane-2025-n-csr.yaml",
            "filings/stonecrop-municipal-2025-n-cen.yaml",
        ],
    );
    let read = |id: &str| {
        fs::read_to_string(folder.path().join("made").join(id).join("submission.xml")).unwrap()
    };
    let fund = read("arbor-lane-2025-n-csr");
    let without = |xml: &str, from: &str, to: &str| {
        let (start, end) = (xml.find(from).unwrap(), xml.find(to).unwrap() + to.len());
        format!("{}{}", &xml[..start], &xml[end..])
    };
    let bare = told(without(&fund, "<csc:seriesClasses>", "</csc:seriesClasses>").as_bytes());
    assert_eq!(
        bare,
        [
            "2:1: error[package-series]: the notice of an N-1A registrant names no series and classes"
        ]
    );
    let classless = told(fund.replace("<scc:classId>C000299115</scc:classId>", "").as_bytes());
    assert_eq!(classless.len(), 1);
    assert!(
        classless[0].ends_with("error[package-series]: a series names no class"),
        "{classless:?}"
    );
    let swapped = fund
        .replace("returnCopyFlag", "x")
        .replace("overrideInternetFlag", "returnCopyFlag")
        .replace("csc:x>", "csc:overrideInternetFlag>");
    assert!(
        told(swapped.as_bytes())[0].contains("`returnCopyFlag` is after `overrideInternetFlag`"),
        "the other order"
    );
    assert!(
        told(fund.replace("S000099113", "S99113").as_bytes())[0]
            .contains("`S99113` is not a valid `seriesId`")
    );
    let single = read("stonecrop-municipal-2025-n-cen");
    let flags = told(single.replace("sfs:flag>", "sfs:flags>").as_bytes());
    assert!(flags[0].contains("`edgarSubmission` has no `flags`"), "{flags:?}");
    let coregs = single.replace("  <sfs:sros>", "  <sfs:coregs/>\n  <sfs:sros>");
    assert!(told(coregs.as_bytes())[0].contains("`edgarSubmission` has no `coregs`"));
    let live = fund.replace("NT-NCSR", "NT-NSAR").replace(">TEST<", ">LIVE<");
    let codes: Vec<String> = told(live.as_bytes())
        .iter()
        .map(|line| line.split(": ").nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(codes, ["warning[package-ccc]", "warning[package-type]"]);
}

mod format {
    crate::cases::each! { super::compare: human short json github sarif }
}

/// Compares the findings in a format, which shows no access code.
fn compare(format: &str) {
    let folder = support::folder();
    let xml =
        sound().replacen("410-555-0100", "(410) 555-0100", 1).replacen("000-00001", "plant3d$", 1);
    let xml = xml
        .replacen(&format!("<com:contents>{}", document()), "<com:contents>BASE64", 1)
        .replacen(PERIOD, "", 1);
    fs::write(folder.path().join("p.xml"), &xml).unwrap();
    let output = run(folder.path(), &["package", "--check", "p.xml", "--message-format", format]);
    let said = transcript(&output);
    assert!(!said.contains("plant3d"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    if format == "sarif" {
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["runs"][0]["results"].as_array().unwrap().len(), 4);
    } else {
        expect(&support::root().join(format!("tests/cases/package/check/{format}.txt")), &said);
    }
}
