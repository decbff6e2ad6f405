//! Word drafts: the ways in which Word keeps check boxes, lists, text boxes, notes and changes. Each
//! file is made here, as Word writes it.

use std::fs;
use std::io::{Cursor, Write as _};

use latefile::import::{self, Heading};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support;

/// A notice, a paragraph a line; `{X}` and `{_}` are boxes, `{text}` is Part III.
const NOTICE: &str = "\
SEC FILE NUMBER: 001-12345
FORM 12b-25
NOTIFICATION OF LATE FILING
(Check one): {X} Form 10-K {_} Form 20-F {_} Form 11-K {_} Form 10-Q {_} Form 10-D {_} Form N-CEN {_} Form N-CSR
For Period Ended: December 31, 2025
{_} Transition Report on Form 10-K
{_} Transition Report on Form 10-Q
For the Transition Period Ended:
If the notification relates to a portion of the filing checked above, identify the Item(s) to which the notification relates:
PART I -- REGISTRANT INFORMATION
Full Name of Registrant: Quiet Harbor, Inc.
Former Name if Applicable: N/A
Address of Principal Executive Office (Street and Number): 1 Pier Road
City, State and Zip Code: Portland, Maine 04101
PART II -- RULES 12b-25(b) AND (c)
If the subject report could not be filed without unreasonable effort or expense and the registrant seeks relief pursuant to Rule 12b-25(b), the following should be completed. (Check box if appropriate.)
{X} (a) The reasons described in reasonable detail in Part III of this form could not be eliminated without unreasonable effort or expense;
{X} (b) The subject annual report will be filed on or before the fifteenth calendar day following the prescribed due date; and
{_} (c) The accountant's statement or other exhibit required by Rule 12b-25(c) has been attached if applicable.
PART III -- NARRATIVE
State below in reasonable detail why Forms 10-K, 20-F, 11-K, 10-Q, 10-D, N-CEN, N-CSR, or the transition report or portion thereof, could not be filed within the prescribed time period.
{text}
PART IV -- OTHER INFORMATION
(1) Name and telephone number of person to contact in regard to this notification
Jane Roe (207) 555-0100
(2) Have all other periodic reports required under Section 13 or 15(d) of the Securities Exchange Act of 1934 or Section 30 of the Investment Company Act of 1940 during the preceding 12 months or for such shorter period that the registrant was required to file such report(s) been filed? If answer is no, identify report(s).
{X} Yes {_} No
(3) Is it anticipated that any significant change in results of operations from the corresponding period for the last fiscal year will be reflected by the earnings statements to be included in the subject report or portion thereof?
{_} Yes {X} No
If so, attach an explanation of the anticipated change, both narratively and quantitatively, and, if appropriate, state the reasons why a reasonable estimate of the results cannot be made.
Quiet Harbor, Inc.
(Name of Registrant as Specified in Charter)
has caused this notification to be signed on its behalf by the undersigned hereunto duly authorized.
Date: March 31, 2026
By: /s/ Jane Roe
Jane Roe
Chief Financial Officer";

/// The reason in Part III, as a run.
const REASON: &str = "<w:r><w:t>A fire destroyed the ledgers on March 3, 2026.</w:t></w:r>";

/// Returns the bytes of an archive.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns a part with elements in it.
fn part(name: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:{name} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">{content}</w:{name}>"
    )
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

/// Returns the body of a notice with the given runs for boxes, and paragraphs as Part III.
fn body(ticked: &str, empty: &str, text: &str) -> String {
    let paragraphs = NOTICE.lines().map(|line| match line {
        "{text}" => text.to_owned(),
        line => paragraph(
            &run(line)
                .replace("{X}", &format!("</w:t></w:r>{ticked}<w:r><w:t xml:space=\"preserve\">"))
                .replace("{_}", &format!("</w:t></w:r>{empty}<w:r><w:t xml:space=\"preserve\">")),
        ),
    });
    format!("<w:body>{}</w:body>", paragraphs.collect::<String>())
}

/// Returns the YAML that is read from a Word file with a body, and with further files.
fn imported(body: &str, files: &[(&str, &str)]) -> String {
    let document = part("document", body);
    let all = [&[("word/document.xml", document.as_str())], files].concat();
    let notice = import::read(&archive(&all)).unwrap();
    import::yaml(&notice, &Heading { source: "draft.docx", schema: None }, &[])
}

/// Returns the text of Part III in the YAML that is read from paragraphs.
fn narrative(paragraphs: &str, files: &[(&str, &str)]) -> String {
    let yaml = imported(&body(&run("[X]"), &run("[ ]"), paragraphs), files);
    let (_, rest) = yaml.split_once("\nnarrative:").unwrap_or_else(|| panic!("{yaml}"));
    rest.split_once("\ncontact:").unwrap_or_else(|| panic!("{yaml}")).0.trim().to_owned()
}

fn symbol(font: &str, code: &str) -> String {
    format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>")
}

fn in_font(font: &str, text: &str) -> String {
    format!(
        "<w:r><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/>\
         <w:rPrChange w:id=\"1\"><w:rPr><w:rFonts w:ascii=\"Arial\"/></w:rPr></w:rPrChange></w:rPr>\
         <w:t>{text}</w:t></w:r>"
    )
}

fn control(state: &str, shown: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"{state}\"/>\
         <w14:checkedState w14:val=\"2612\"/></w14:checkbox></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )
}

fn form_field(state: &str) -> String {
    let field = |kind: &str, data: &str| {
        format!("<w:r><w:fldChar w:fldCharType=\"{kind}\">{data}</w:fldChar></w:r>")
    };
    let data =
        format!("<w:ffData><w:enabled/><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData>");
    format!(
        "{}<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>{}{}{}",
        field("begin", &data),
        field("separate", ""),
        run("\u{2610}"),
        field("end", "")
    )
}

#[test]
fn check_boxes_are_read_however_word_keeps_them() {
    let reason = paragraph(REASON);
    let expected = imported(&body(&run("[X]"), &run("[ ]"), &reason), &[]);
    for line in [
        "  form: 10-K\n",
        "  reasons_not_eliminable: true\n  filed_within_extension: true\n  statement_attached: false\n",
        "  all_filed: true\n",
        "  anticipated: false\n",
    ] {
        assert!(expected.contains(line), "{expected}");
    }
    for (name, ticked, empty) in [
        ("characters", run("\u{2612}"), run("\u{2610}")),
        ("symbols", symbol("Wingdings", "F0FE"), symbol("Wingdings", "F0A8")),
        ("crosses", symbol("Wingdings", "F078"), symbol("Wingdings", "F06F")),
        ("wingdings 2", symbol("Wingdings 2", "F052"), symbol("Wingdings 2", "F0A3")),
        ("webdings", symbol("Webdings", "F061"), symbol("Webdings", "F063")),
        ("a font", in_font("Wingdings", "\u{FE}"), in_font("Wingdings", "o")),
        ("a font, private", in_font("Wingdings", "\u{F0FD}"), in_font("Wingdings", "\u{F0A8}")),
        ("controls", control("1", &run("\u{2612}")), control("0", &run("\u{2610}"))),
        ("controls, words", control("true", &run("X")), control("false", &run("O"))),
        ("controls, symbols", control("1", &symbol("Wingdings", "F0A8")), control("0", "")),
        ("controls, empty", control("on", ""), control("off", "<w:r/>")),
        ("form fields", form_field("<w:checked/>"), form_field("<w:default w:val=\"0\"/>")),
        (
            "form fields, defaults",
            form_field("<w:default w:val=\"1\"/>"),
            form_field("<w:default w:val=\"1\"/><w:checked w:val=\"0\"/>"),
        ),
        ("choices", alternatives(&run("[X]")), alternatives(&run("[ ]"))),
    ] {
        assert_eq!(imported(&body(&ticked, &empty, &reason), &[]), expected, "{name}");
    }
}

/// The same content for programs of different ages.
fn alternatives(content: &str) -> String {
    format!(
        "<mc:AlternateContent><mc:Choice Requires=\"wps\">{content}</mc:Choice>\
         <mc:Choice Requires=\"wpg\">{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent>"
    )
}

#[test]
fn tracked_changes_count_as_accepted() {
    let changed = |name: &str, content: &str| {
        format!("<w:{name} w:id=\"1\" w:author=\"A\">{content}</w:{name}>")
    };
    let deleted = |text: &str| changed("del", &format!("<w:r><w:delText>{text}</w:delText></w:r>"));
    let first = format!(
        "<w:pPr><w:rPr><w:del w:id=\"2\" w:author=\"A\"></w:del></w:rPr></w:pPr>{}{}{}",
        run("A fire "),
        deleted("in the office "),
        changed("ins", &run("at the warehouse "))
    );
    let second = format!(
        "<w:pPr><w:pPrChange w:id=\"3\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>{}{}",
        run("destroyed the ledgers."),
        changed("moveFrom", &run(" They are rebuilt."))
    );
    let gone = format!(
        "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:moveFrom w:id=\"4\"/></w:rPr></w:pPr>{}",
        deleted("A paragraph that is gone.")
    );
    let last = changed("moveTo", &run("They are rebuilt."));
    let row = format!(
        "<w:tbl><w:tr><w:trPr><w:del w:id=\"5\"/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph(&deleted("A row that is gone."))
    );
    let text = [&first, &second, &gone, &last].map(|runs| paragraph(runs)).concat() + &row;
    assert_eq!(
        narrative(&text, &[]),
        "|\n  A fire at the warehouse destroyed the ledgers.\n\n  They are rebuilt."
    );
}

#[test]
fn text_boxes_are_read_once_after_their_paragraph() {
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", paragraph(&run("In a box.")));
    let text =
        format!("{}<w:r>{}</w:r>{}", run("Before "), alternatives(&boxed), run("and after."));
    let expected = "|\n  Before and after.\n\n  In a box.\n\n  The end.";
    let end = paragraph(&run("The end."));
    assert_eq!(narrative(&(paragraph(&text) + &end), &[]), expected);
    let shape =
        format!("{}<w:r><w:pict>{boxed}</w:pict></w:r>{}", run("Before "), run("and after."));
    assert_eq!(narrative(&(paragraph(&shape) + &end), &[]), expected);
    let cell = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph(&text));
    assert_eq!(narrative(&(cell + &end), &[]), expected);
}

#[test]
fn tabs_breaks_and_hidden_text_are_those_that_word_shows() {
    let text = "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr><w:r><w:tab/>\
                <w:t>A fire</w:t><w:tab/><w:t>de</w:t></w:r><w:r><w:t>stroyed</w:t><w:br/><w:t>the non</w:t>\
                <w:noBreakHyphen/><w:t>paper led</w:t><w:softHyphen/><w:t>gers.</w:t></w:r>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>A note of the drafter.</w:t></w:r>\
                <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> It was in March.</w:t></w:r>\
                <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here to enter text.\
                </w:t></w:r></w:sdtContent></w:sdt>";
    assert_eq!(
        narrative(&paragraph(text), &[]),
        "|\n  A fire destroyed the non-paper ledgers. It was in March."
    );
    let columns = NOTICE.replace("{text}", "A fire destroyed the ledgers on March 3, 2026.");
    let tabbed = columns
        .replace("Date: March 31, 2026\nBy: /s/", "Date: March 31, 2026\tBy: /s/")
        .replace("Jane Roe (207) 555-0100", "Jane Roe\t(207)\t555-0100")
        .replace(": Quiet", ":\t\tQuiet");
    let read = |text: &str| {
        let paragraphs = text.lines().map(|line| {
            let line = line.replace("{X}", "[X]").replace("{_}", "[ ]");
            paragraph(&run(&line).replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">"))
        });
        imported(&format!("<w:body>{}</w:body>", paragraphs.collect::<String>()), &[])
    };
    assert_eq!(
        read(&tabbed).replace("(207) 555-0100", "").replace("207 555-0100", ""),
        read(&columns).replace("(207) 555-0100", "").replace("207 555-0100", "")
    );
}

#[test]
fn notes_follow_the_paragraph_that_refers_to_them() {
    let note = |kind: &str, id: &str, more: &str, text: &str| {
        format!("<w:{kind} w:id=\"{id}\"{more}>{}</w:{kind}>", paragraph(&run(text)))
    };
    let footnotes = part(
        "footnotes",
        &(note("footnote", "-1", " w:type=\"separator\"", "")
            + &note("footnote", "2", "", "Unaudited.")),
    );
    let endnotes = part("endnotes", &note("endnote", "2", "", "In thousands."));
    let text = paragraph(&format!(
        "{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}<w:r><w:endnoteReference w:id=\"2\"/></w:r>",
        run("Revenue was $5,200"),
        run(" and rose")
    )) + &paragraph(&run("The end."));
    let files =
        [("word/footnotes.xml", footnotes.as_str()), ("word/endnotes.xml", endnotes.as_str())];
    assert_eq!(
        narrative(&text, &files),
        "|\n  Revenue was $5,200[1] and rose[2]\n\n  [1] Unaudited.\n\n  [2] In thousands.\n\n  The end."
    );
}

/// A definition of lists with one level, and the list of it.
fn list(id: usize, format: &str, text: &str) -> (String, String) {
    (
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
             <w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl></w:abstractNum>"
        ),
        format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{id}\"/></w:num>", id + 1),
    )
}

fn item(list: usize, text: &str) -> String {
    let properties = format!(
        "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>"
    );
    paragraph(&(properties + &run(text)))
}

fn numbering() -> String {
    let lists = [
        list(0, "bullet", "\u{F0B7}"),
        list(1, "decimal", "%1."),
        list(2, "lowerLetter", "(%1)"),
        list(3, "upperRoman", "PART %1"),
    ];
    part("numbering", &(lists.clone().map(|(a, _)| a).concat() + &lists.map(|(_, b)| b).concat()))
}

#[test]
fn lists_are_read_with_the_numbers_that_the_form_has() {
    let (numbers, styles) = (
        numbering(),
        part(
            "styles",
            "<w:style w:styleId=\"ListBullet\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>",
        ),
    );
    let files = [("word/numbering.xml", numbers.as_str()), ("word/styles.xml", styles.as_str())];
    let text =
        [paragraph(&run("Three things are open:")), item(1, "the audit,"), item(1, "the tax")];
    let expected = "- >-\n    Three things are open:\n  - list:\n      - >-\n        the audit,\n      - >-\n        the tax";
    assert_eq!(narrative(&text.concat(), &files), expected);
    let numbered = text.concat().replace("numId w:val=\"1\"", "numId w:val=\"2\"");
    assert_eq!(narrative(&numbered, &files), expected);
    let styled = "<w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr>";
    let items = ["the audit,", "the tax"].map(|text| paragraph(&(styled.to_owned() + &run(text))));
    assert_eq!(narrative(&(text[0].clone() + &items.concat()), &files), expected);
    let none = item(0, "No list.");
    assert_eq!(narrative(&none, &files), "|\n  No list.");
    // The form's own numbers may be those of a list.
    let plain = body(&run("[X]"), &run("[ ]"), &paragraph(REASON));
    let expected = imported(&plain, &[]);
    let own = |body: &str, list: usize, marks: &[&str]| {
        marks.iter().fold(body.to_owned(), |body, mark| {
            let properties =
                format!("<w:pPr><w:numPr><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>");
            let text = format!("<w:p><w:r><w:t xml:space=\"preserve\">{mark} ");
            assert!(body.contains(&text), "{mark}");
            body.replacen(&text, &format!("<w:p>{properties}<w:r><w:t xml:space=\"preserve\">"), 1)
        })
    };
    let parts = own(&plain, 4, &["PART I", "PART II", "PART III", "PART IV"]);
    assert_eq!(imported(&parts, &files), expected);
}

#[test]
fn tables_and_tables_in_cells_are_read_by_row() {
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| cell(&paragraph(&run(text)))).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&["", "2025", "2024"]),
        row(&["Revenue", "$10", "$9"]),
        row(&["Costs", "4", "3"])
    );
    let expected = "- table:\n        columns: [null, \"2025\", \"2024\"]\n        rows:\n          \
                    - [Revenue, $10, $9]\n          - [Costs, \"4\", \"3\"]";
    assert_eq!(narrative(&table, &[]), expected);
    let outer = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell(&(table + &paragraph(""))));
    assert_eq!(narrative(&outer, &[]), expected);
    let beside = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(&paragraph(&run("Left of it."))),
        cell(&(outer + &paragraph(&run("Below it."))))
    );
    let read = narrative(&beside, &[]);
    assert!(read.contains("Left of it.") && read.contains("Below it."), "{read}");
    assert!(read.contains("[Revenue, $10, $9]"), "{read}");
}

#[test]
fn the_text_may_be_in_another_part() {
    let document = part("document", &body(&run("[X]"), &run("[ ]"), &paragraph(REASON)));
    let relationships = "<Relationships><Relationship Id=\"rId1\" Target=\"/word/document2.xml\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>";
    let bytes =
        archive(&[("_rels/.rels", relationships), ("word/document2.xml", document.as_str())]);
    assert_eq!(import::read(&bytes).unwrap().form, Some("10-K"));
}

#[test]
fn findings_name_the_paragraph() {
    let text = paragraph(REASON);
    let both = body(&run("[X]"), &run("[X]"), &text);
    let document = part("document", &both);
    let folder = support::folder();
    let bytes = archive(&[("word/document.xml", document.as_str())]);
    fs::write(folder.path().join("draft.docx"), bytes).unwrap();
    let args = ["import", "draft.docx", "--message-format", "short"];
    let said = support::text(&support::run(folder.path(), &args).stderr);
    let line = NOTICE.lines().position(|line| line.starts_with("(2) Have all other")).unwrap() + 1;
    let expected = format!(
        "draft.docx:{line}:1: warning[import-unread]: `prior_reports.all_filed` was not read: its \
         boxes do not say (paragraph {line})"
    );
    assert!(said.lines().any(|line| line == expected), "{said}");
}
