//! The text, the HTML and the PDF of a document say the same: what the built-in templates make
//! passes, and a template that leaves out, changes, exchanges or adds words in one format is found,
//! and named.

use std::fs;
use std::path::Path;

use crate::support::{self, SOUND, repository, run, text, transcript};

/// A filing whose layout is hard on each format: columns that wrap, rows without any text, tables
/// over several pages and too wide for a page, captions that are also values, several registrants.
fn hard() -> String {
    let rows = |columns: usize, count: usize, cell: &dyn Fn(usize, usize) -> String| {
        let row =
            |n| (0..columns).map(|i| format!("{:?}", cell(n, i))).collect::<Vec<_>>().join(", ");
        (0..count).map(|n| format!("[{}]", row(n))).collect::<Vec<_>>().join(", ")
    };
    let long = rows(3, 90, &|n, i| match (n % 7, i) {
        (3, _) => " ".to_owned(),
        (_, 0) => format!(
            "A label that is long enough to need more than one line of its column, number {n}"
        ),
        _ => format!("{}", 1000 * n + i),
    })
    .replace("\" \"", "null");
    let wide = rows(16, 3, &|n, i| {
        format!("{}{:09},000", if i == 3 { "$" } else { "" }, 100_000_000 + n * 100 + i)
    });
    let columns: Vec<String> = (0..16).map(|i| format!("\"Column {i}: in dollars\"")).collect();
    SOUND
        .replace("relief: sought", "relief: {reasons_not_eliminable: true, filed_within_extension: false, statement_attached: false}")
        .replace("  name: Quiet Harbor, Inc.\n", "  name: Full Circle Name of Registrant, Inc.\n  former_name: Full Name of Registrant\n  cusip: \"(Area Code)\"\n  file_number: 001-00001\n")
        .replace(
            "narrative: >-\n",
            &format!(
                "co_registrants:\n  - {{name: Second Harbor LLC, cik: \"0009990002\", address: {{street: [1 Pier Road, Floor 2], city: Portland}}}}\n\
                 print: {{omb_box: true, omb_expires: \"April 30, 2027\", instructions: all}}\nattachments:\n  - title: Tables\n    body:\n\
                 \x20     - table: {{caption: Long, columns: [Item, \"2025\", \"2024\"], align: [left, right, right], rows: [{long}]}}\n\
                 \x20     - A title\n      - table: {{columns: [{}], rows: [{wide}]}}\n\
                 \x20     - {{list: [\"- a dash\", \"• a bullet\", \"[ ] a box\", \"☒ another\", \"1. a number\", \"---- a rule\"]}}\nnarrative: >-\n",
                columns.join(", ")
            ),
        )
}

#[test]
fn specimens_and_hard_layouts_say_the_same_in_all_formats() {
    let specimens = support::files(&support::root().join("src/form12b25/specimens"));
    let waiver = "waive: [{rule: narrative-missing, because: a specimen}]\n";
    let specimens: Vec<(String, String)> = specimens
        .into_iter()
        .filter(|(name, _)| name.ends_with(".yaml"))
        .map(|(name, bytes)| (name, text(&bytes)))
        .map(|(name, yaml)| (name, if yaml.contains("\nwaive:") { yaml } else { yaml + waiver }))
        .chain([("hard.yaml".to_owned(), hard())])
        .collect();
    let filings: Vec<(&str, &str)> =
        specimens.iter().map(|(name, yaml)| (name.as_str(), yaml.as_str())).collect();
    let folder = repository(&filings);
    let output = run(folder.path(), &["build", "--message-format", "short"]);
    assert!(output.status.success(), "{}", transcript(&output));
    for (name, _) in filings {
        let id = name.trim_end_matches(".yaml");
        assert!(
            folder.path().join(format!("out/{id}/form12b25.pdf")).is_file(),
            "{}",
            transcript(&output)
        );
    }
}

/// A filing with what the changed templates below change.
fn filing() -> String {
    SOUND
        .replace(
            "narrative: >-\n",
            "narrative:\n  - table: {columns: [Item, \"2025\", \"2024\"], rows: [[Sales, 10, 20]]}\n  - >-\n",
        )
        .replace("  On March", "    On March")
        .replace("  the copies", "    the copies")
        .replace("  from the", "    from the")
}

/// What `build` says with templates that differ from the built-in ones, and that it writes nothing.
fn said(changes: &[(&str, &str, &str)], formats: &str) -> String {
    let folder = repository(&[("a.yaml", &filing())]);
    let output = run(folder.path(), &["build", "-q"]);
    assert!(output.status.success(), "{}", transcript(&output));
    let before = support::files(&folder.path().join("out"));
    for (name, old, new) in changes {
        change(folder.path(), name, old, new);
    }
    let args = ["build", "--templates", "mine", "--message-format", "short", "--formats", formats];
    let output = run(folder.path(), &args);
    assert_eq!(output.status.code(), Some(1), "{changes:?}: {}", transcript(&output));
    assert_eq!(support::files(&folder.path().join("out")), before, "{changes:?}");
    text(&output.stdout)
}

fn change(folder: &Path, name: &str, old: &str, new: &str) {
    let path = folder.join("mine").join(name);
    let own = fs::read_to_string(&path);
    let template = own.unwrap_or_else(|_| {
        fs::read_to_string(support::root().join("templates").join(name)).unwrap()
    });
    assert!(template.contains(old), "{name} has {old}");
    fs::create_dir_all(folder.join("mine")).unwrap();
    fs::write(path, template.replacen(old, new, 1)).unwrap();
}

/// The template, what is written there, what instead, and what is said of it.
type Change = (&'static str, &'static str, &'static str, &'static str);

fn told(changes: &[Change], formats: &str) {
    for (name, old, new, expected) in changes {
        let said = said(&[(name, old, new)], formats);
        let expected = format!("error[formats-differ]: {expected}");
        assert!(
            said.starts_with(&format!("mine/{name}:")) && said.contains(&expected),
            "{name} {new}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "once, though every specimen has it: {said}");
    }
}

#[test]
fn what_the_text_alone_says_is_found() {
    told(
        &[
            (
                "form12b25.txt",
                "{{ wording.part_two.lead | wrap }}",
                "",
                "`form12b25.htm` says `If the subject report could not be filed without unreasonable effort or …`",
            ),
            (
                "form12b25.txt",
                "first=\"(1) \"",
                "first=\"(7) \"",
                "`form12b25.htm` says `(1)` after `… IV -- OTHER INFORMATION`, and `form12b25.txt` `(7)`",
            ),
            (
                "form12b25.txt",
                "\"checked\": prior_reports.all_filed}",
                "\"checked\": not prior_reports.all_filed}",
                "`form12b25.htm` says `Yes [ ] No [X]` after `… is no, identify report(s).`, and `form12b25.txt` `[X] Yes [X] No`",
            ),
            (
                "form12b25.txt",
                "{{ line() }}\n\n{% for signature",
                "Nothing else is late.\n\n{% for signature",
                "`form12b25.txt` says `Nothing else is late.` after `… Annex A A change.`, and `form12b25.htm` does not",
            ),
            (
                "form12b25.txt",
                "registrant.city | field",
                "registrant.name | field",
                "`form12b25.htm` says `Springfield, Illinois 62701` after `… State and Zip Code`, and `form12b25.txt` `Specimen Holdings, Inc.`",
            ),
            (
                "letter.txt",
                "{{ date }}",
                "",
                "`cover-2.htm` says `March 17, 2026`, and `cover-2.txt` does not",
            ),
        ],
        "text,html",
    );
}

#[test]
fn what_the_html_alone_says_is_found() {
    told(
        &[
            (
                "form12b25.htm",
                "{{ wording.part_two.lead | unbroken }}",
                "",
                "`form12b25.txt` says `If the subject report could not be filed without unreasonable effort or …` after `… RULES 12b-25(b) AND (c)`, and `form12b25.htm` does not",
            ),
            (
                "form12b25.htm",
                "number=\"1\"",
                "number=\"7\"",
                "`form12b25.htm` says `(7)` after `… IV -- OTHER INFORMATION`, and `form12b25.txt` `(1)`",
            ),
            (
                "parts.htm",
                "<box checked={is_yes} />",
                "<box checked={is_no} />",
                "`form12b25.htm` says `Yes [ ] No [ ]` after `… is no, identify report(s).`, and `form12b25.txt` `[X] Yes [ ] No`",
            ),
            (
                "form12b25.htm",
                "<h1",
                "<p>Nothing else is late.</p><h1",
                "`form12b25.htm` says `Nothing else is late.` after `… COMMISSION Washington, D.C. 20549`, and `form12b25.txt` does not",
            ),
            (
                "parts.htm",
                "{% for cell in row %}\n{% if",
                "{% for cell in row | reverse %}\n{% if",
                "`ex99-1.htm` says `B d c` after `… under a letterhead A`, and `ex99-1.txt` `c B d`",
            ),
            (
                "letter.htm",
                "{{ signed_by }}",
                "{{ date }}",
                "`cover-2.htm` says `March 17, 2026` after `… letter. /s/ John Doe`, and `cover-2.txt` `John Doe`",
            ),
        ],
        "text,html",
    );
}

#[test]
fn what_the_pdf_alone_says_is_found() {
    told(
        &[
            (
                "form12b25.typ",
                "#lead({{ wording.part_two.lead | unbroken }})",
                "",
                "`form12b25.htm` says `If the subject report could not be filed without unreasonable effort or …` after `… RULES 12b-25(b) AND (c)`, and `form12b25.pdf` does not",
            ),
            (
                "form12b25.typ",
                "#question(\"1\"",
                "#question(\"7\"",
                "`form12b25.htm` says `(1)` after `… IV -- OTHER INFORMATION`, and `form12b25.pdf` `(7)`",
            ),
            (
                "layout.typ",
                "tick(is-yes)",
                "tick(is-no)",
                "`form12b25.htm` says `[X]` after `… no, identify report(s). Yes`, and `form12b25.pdf` `[ ]`",
            ),
            (
                "form12b25.typ",
                "#part({{ wording.part_two.title }})",
                "#par(\"Nothing else is late.\")\n#part({{ wording.part_two.title }})",
                "`form12b25.pdf` says `Nothing else is late.` after `… Code Portland, Maine 04101`, and `form12b25.htm` does not",
            ),
            (
                "layout.typ",
                "mark, [Page",
                "mark + \" unless waived\", [Page",
                "`form12b25.pdf` says `unless waived unless waived`, and `form12b25.htm` does not",
            ),
            (
                "parts.typ",
                "{% for cell in row %}{{<cell",
                "{% for cell in row | reverse %}{{<cell",
                "`form12b25.htm` says `Sales 10 20` after `… Needed) Item 2025 2024`, and `form12b25.pdf` `20 10 Sales`",
            ),
        ],
        "pdf",
    );
}

#[test]
fn what_the_pdf_says_and_both_others_leave_out_is_found() {
    let said = said(
        &[
            ("form12b25.txt", "{{ wording.part_two.lead | wrap }}", ""),
            ("form12b25.htm", "{{ wording.part_two.lead | unbroken }}", ""),
        ],
        "text,html,pdf",
    );
    assert!(
        said.contains("error[formats-differ]: `form12b25.pdf` says `If the subject report"),
        "{said}"
    );
}
