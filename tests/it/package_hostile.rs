//! Packages read back that are meant to do harm: XML that unpacks, files as bad as they can be, any
//! bytes, and codes where none should stand.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::package_check::told;
use crate::hostile::{self, document, sound};
use crate::support::{self, run, text, transcript};

#[test]
fn harmful_xml_is_rejected() {
    let wrap = |inside: &str| format!("<a>{inside}</a>");
    let deep = "<a>".repeat(40) + &"</a>".repeat(40);
    let wide = format!("<a>{}</a>", "<b/>".repeat(60_000));
    let attributes: String = (0..40).map(|i| format!(" a{i}=\"\"")).collect();
    for (xml, expected) in [
        (String::new(), "1:1: error[package-xml]: there is no element in the file"),
        (
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".into(),
            "1:1: error[package-xml]: a submission has no document type",
        ),
        (wrap("&b;"), "1:4: error[package-xml]: a reference does not name a character"),
        (wrap("&#0;"), "1:4: error[package-xml]: a reference does not name a character"),
        (wrap("&"), "error[package-xml]: "),
        (wrap("<b>"), "error[package-xml]: `</a>` is not the expected `</b>`"),
        ("<a>".into(), "1:4: error[package-xml]: the file ends inside `<a>`"),
        (
            "<a/><b/>".into(),
            "1:5: error[package-xml]: there is a second element after the submission",
        ),
        ("<a/>x".into(), "1:5: error[package-xml]: there is text outside the submission"),
        ("\n<?xml version=\"1.0\"?>x".into(), "error[package-xml]: "),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>".into(),
            "1:1: error[package-xml]: the XML declares an encoding other than UTF-8",
        ),
        (wrap("\u{1}"), "1:4: error[package-xml]: U+0001 is not a valid character of XML"),
        ("<x:a/>".into(), "1:1: error[package-xml]: a prefix has no namespace"),
        ("<a b=\"\" b=\"\"/>".into(), "1:1: error[package-xml]: an attribute occurs twice"),
        ("<a b=c/>".into(), "1:1: error[package-xml]: an attribute is malformed"),
        (
            format!("<a{attributes}/>"),
            "1:1: error[package-xml]: an element has more attributes than any of a submission",
        ),
        (deep, "error[package-xml]: elements are nested deeper than in any submission"),
        (wide, "error[package-xml]: there are more elements than in any submission"),
        (
            "<a/>".into(),
            "1:1: error[package-schema]: the root element is `a`, not `edgarSubmission`",
        ),
    ] {
        let said = told(xml.as_bytes());
        assert!(
            said.len() == 1 && said[0].contains(expected),
            "{}: {said:?}",
            &xml[..xml.len().min(60)]
        );
    }
    assert_eq!(told(b"<a>\n\xFF</a>"), ["2:1: error[package-xml]: the file is not UTF-8"]);
    let large = vec![b' '; latefile::package::LARGEST + 1];
    assert_eq!(
        told(&large),
        ["1:1: error[package-xml]: the file is larger than 64 MB, so it is not checked"]
    );
    let folder = support::folder();
    let output = run(folder.path(), &["package", "--check", "gone.xml"]);
    assert_eq!(
        transcript(&output),
        "-- stderr\nerror: cannot read gone.xml: No such file or directory (os error 2)\n-- exit 2\n"
    );
}

/// Wherever in the file a code stands, its line is not shown.
#[test]
fn no_line_with_a_code_is_shown() {
    let filer = "<cor:filer>";
    for with in [
        "<cor:filer filerCcc=\"plant3d$\">",
        "<cor:filer plant3d$=\"\">",
        "<cor:filer x=\"\"><!-- plant3d$, -->",
    ] {
        let xml = sound().replace("plant3d$", "NO-CCC-0").replacen(filer, with, 1);
        let folder = support::folder();
        fs::write(folder.path().join("p.xml"), &xml).unwrap();
        let said = transcript(&run(folder.path(), &["package", "--check", "p.xml"]));
        assert!(
            said.contains("an attribute that its schema lacks") && !said.contains("plant3d"),
            "{said}"
        );
    }
}

#[test]
fn hostile_files_have_few_findings() {
    for xml in hostile::packages() {
        let said = told(xml.as_bytes());
        assert!(!said.is_empty() && said.len() <= 120, "{}: {}", &xml[..20], said.len());
    }
}

/// Any bytes are read, every finding has a place, and no code that the file holds is repeated.
#[test]
fn any_bytes_can_be_checked() {
    let config = Config { cases: 4000, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let small = sound().replace(
        &document(),
        &BASE64.encode("<html><head><title>x</title></head><body><p>x</p></body></html>"),
    );
    let pieces: Vec<&'static [u8]> = vec![
        b"<",
        b">",
        b"</",
        b"/>",
        b"&",
        b"&#x24;",
        b";",
        b"\"",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?xml?>",
        b"<!DOCTYPE x>",
        b"plant3d$",
        b"<cor:filerCcc>",
        b"</cor:filerCcc>",
        b"\n",
        b"\0",
        b"\xFF",
        b"\xEF\xBB\xBF",
        b"xmlns=\"x\"",
        b"xmlns:cor=\"\"",
        b"<com:document>",
        b"</com:document>",
        b"<cor:coregs>",
    ];
    let piece = prop_oneof![
        prop::sample::select(pieces).prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 0..8)
    ];
    let change = (0..4_u8, any::<prop::sample::Index>(), 0..80_usize, piece);
    let outcome = runner.run(&prop::collection::vec(change, 0..6), |changes| {
        let mut bytes = small.clone().into_bytes();
        for (kind, place, length, with) in changes {
            let at = place.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 => drop(bytes.splice(at..at, with)),
                1 => drop(bytes.drain(at..end)),
                2 => bytes.truncate(at.max(1)),
                _ => drop(bytes.splice(at..end, with)),
            }
        }
        let checked = latefile::package::check("p.xml", &bytes);
        let lines = String::from_utf8_lossy(&bytes).split('\n').count();
        for found in &checked.findings {
            prop_assert!(!found.finding.message.is_empty() && found.place.position.line <= lines);
            let said = format!("{}{:?}{}", found.finding.message, found.finding.hint, found.line);
            prop_assert!(!said.contains("plant3d$"), "{said}");
        }
        prop_assert!(!text(checked.contents.join("\n").as_bytes()).contains("plant3d$"));
        Ok(())
    });
    outcome.unwrap();
}
