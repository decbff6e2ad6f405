//! Large files made to slow a reader down. The tests hold that their findings stay few;
//! `cargo bench --bench lint` measures the time that they take.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// Names and bytes of text and HTML documents, most of them a quarter of the largest that is read.
pub(crate) fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let size = latefile::edgar::LARGEST / 4;
    let fill = |piece: &str| piece.repeat(size / piece.len()).into_bytes();
    vec![
        ("a.txt", fill("“")),
        ("a.txt", fill("<TABLE>\n")),
        ("a.txt", fill("\r")),
        ("a.txt", fill("<a")),
        ("a.txt", vec![0xFF; size]),
        ("a.txt", columns().into_bytes()),
        ("a.htm", fill("<b>")),
        ("a.htm", fill("<p><font>")),
        ("a.htm", fill("</b>")),
        ("a.htm", fill("&")),
        ("a.htm", fill("<a href=#x>")),
        ("a.htm", fill("<p x=")),
        ("a.htm", fill("<!--")),
        ("a.htm", fill("<table><tr><td>")),
    ]
}

/// A text document with a rule of more columns than any table has, and many lines.
pub(crate) fn columns() -> String {
    format!("{}\n{}", "---  ".repeat(200_000), "x\n".repeat(500_000))
}

/// Packages, a quarter of the largest that is read or less.
pub(crate) fn packages() -> Vec<String> {
    let size = latefile::package::LARGEST / 4;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    let root = "<a xmlns=\"http://www.sec.gov/edgar/coreg\">";
    let codes = |i: usize| (0..100).map(|j| format!("{i:05}{j:02}$ ")).collect::<String>();
    let before = |place: &str, more: &str| sound().replacen(place, &format!("{more}{place}"), 1);
    vec![
        fill("<"),
        fill("&"),
        format!("<a>{}", fill("&lt;")),
        format!("<a>{}", fill("<b/>")),
        format!("<a {}", fill("b=\"\" ")),
        format!("<a {}/>", fill("xmlns:b=\"c\" ")),
        fill("<!--"),
        fill("<a>"),
        format!("{root}<filerCcc>{}</filerCcc></a>", fill("x ")),
        sound().replacen("<com:contents>", &format!("<com:contents>{}", fill("A ")), 1),
        sound().replacen("12-31-2025", &fill("9-"), 1),
        sound().replacen(
            "  <cor:documents>",
            &format!("  <cor:documents>{}", "<com:document/>".repeat(40_000)),
            1,
        ),
        before("  <cor:sros>", &format!("<cor:{}/>", "x".repeat(60)).repeat(49_000)),
        format!("<a xmlns=\"{}\">{}</a>", "x".repeat(1 << 20), "<b/>".repeat(49_000)),
        format!("<{0}>{1}</{0}>", "x".repeat(1 << 22), "<b/>".repeat(49_000)),
        format!("<a>{}</a>", fill(" &#32;")),
        format!(
            "{root}{}</a>",
            (0..20_000).map(|i| format!("<b>{}</b>", codes(i))).collect::<String>()
        ),
    ]
}

/// A document without fault, in Base64.
pub(crate) fn document() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/out/igene-1997-10-k/form12b25.htm");
    BASE64.encode(fs::read(path).unwrap())
}

/// A package without fault, with the fewest elements possible.
pub(crate) fn sound() -> String {
    let (form, letter) = (document(), document());
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<cor:edgarSubmission xmlns:cor="http://www.sec.gov/edgar/coreg" xmlns:com="http://www.sec.gov/edgar/common">
  <cor:liveTestFlag>TEST</cor:liveTestFlag>
  <cor:flags>
    <com:confirmingCopyFlag>false</com:confirmingCopyFlag>
    <com:overrideInternetFlag>false</com:overrideInternetFlag>
    <com:returnCopyFlag>false</com:returnCopyFlag>
  </cor:flags>
  <cor:submissionType>NT 10-K</cor:submissionType>
  <cor:contact>
    <com:name>Jane Roe</com:name>
    <com:phoneNumber>410-555-0100</com:phoneNumber>
  </cor:contact>
  <cor:filer>
    <cor:filerId>0009990001</cor:filerId>
    <cor:filerCcc>plant3d$</cor:filerCcc>
    <cor:fileNumber>000-00001</cor:fileNumber>
  </cor:filer>
  <cor:sros>
    <com:sroId>NONE</com:sroId>
  </cor:sros>
  <cor:periodOfReport>12-31-2025</cor:periodOfReport>
  <cor:notifications>
    <com:internetNotificationAddress>edgar@example.com</com:internetNotificationAddress>
  </cor:notifications>
  <cor:documents>
    <com:document>
      <com:conformedName>nt10k.htm</com:conformedName>
      <com:conformedDocumentType>NT 10-K</com:conformedDocumentType>
      <com:description>Form 12b-25</com:description>
      <com:contents>{form}</com:contents>
    </com:document>
    <com:document>
      <com:conformedName>ex99-1.htm</com:conformedName>
      <com:conformedDocumentType>EX-99</com:conformedDocumentType>
      <com:contents>{letter}</com:contents>
    </com:document>
  </cor:documents>
</cor:edgarSubmission>
"#
    )
}
