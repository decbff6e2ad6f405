//! Templates of a user's own: what they may replace, and how their faults are told before any
//! filing is rendered.

use std::fs;
use std::path::Path;

use crate::support::{self, SOUND, repository, run, text, transcript};

/// A repository whose templates differ from the built-in ones by one file.
fn with(name: &str, change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = repository(&[("a.yaml", SOUND)]);
    let built_in =
        fs::read_to_string(support::root().join("templates").join(name)).unwrap_or_default();
    let path = folder.path().join("mine").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, change(&built_in)).unwrap();
    folder
}

fn check(folder: &Path, code: i32) -> String {
    let output = run(folder, &["check", "--templates", "mine", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(code), "{}", transcript(&output));
    text(&output.stdout)
}

#[test]
fn ejected_templates_are_the_built_in_ones() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let output = run(folder.path(), &["templates", "--eject", "mine"]);
    assert!(output.status.success(), "{}", transcript(&output));
    assert_eq!(
        support::files(&folder.path().join("mine")),
        support::files(&support::root().join("templates"))
    );
    check(folder.path(), 0);
    let again = run(folder.path(), &["templates", "--eject", "mine"]);
    assert_eq!(again.status.code(), Some(2), "{}", transcript(&again));
    let listed = text(&run(folder.path(), &["templates"]).stdout);
    assert!(listed.lines().any(|l| l == "wording/2018.yaml"), "{listed}");
}

#[test]
fn a_changed_template_changes_the_document() {
    let folder = with("form12b25.txt", |t| {
        t.replacen("{{ wording.form | center }}", "{{ wording.form }}", 1)
    });
    let output = run(folder.path(), &["build", "--templates", "mine", "--formats", "text"]);
    assert!(output.status.success(), "{}", transcript(&output));
    let built = fs::read_to_string(folder.path().join("out/a/form12b25.txt")).unwrap();
    assert!(built.lines().any(|line| line == "FORM 12b-25"), "{built}");
}

#[test]
fn an_unknown_name_is_found_without_rendering() {
    let folder = with("form12b25.htm", |t| {
        t.replace("{{ submission_type }}", "").replacen("<h1", "{{ submision_type }}\n<h1", 1)
    });
    let said = check(folder.path(), 1);
    let line = fs::read_to_string(folder.path().join("mine/form12b25.htm"))
        .unwrap()
        .lines()
        .position(|l| l.contains("submision_type"))
        .unwrap()
        + 1;
    assert_eq!(
        said,
        format!("mine/form12b25.htm:{line}:4: error[template]: the view has no `submision_type`\n")
    );
}

#[test]
fn an_unknown_name_in_a_branch_that_no_filing_here_takes_is_found() {
    let folder = with("letter.typ", |t| t.replace("signed_title |", "signed_titel |"));
    assert!(check(folder.path(), 1).contains("mine/letter.typ:"), "by its top-level name");
    let folder =
        with("form12b25.htm", |t| t.replacen("{{ missing.report |", "{{ missing.raport |", 1));
    let said = check(folder.path(), 1);
    assert!(
        said.starts_with("mine/form12b25.htm:")
            && said.contains("error[template]")
            && said.contains("raport"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn syntax_filters_and_components_are_checked() {
    for (change, told) in [
        ("{% if %}", "error[template]"),
        ("{{ date | dat }}", "dat"),
        ("{{<nothing a=\"b\" />}}", "nothing"),
        ("{% include \"x.txt\" %}", "x.txt"),
    ] {
        let folder = with("letter.txt", |t| format!("{t}{change}"));
        let said = check(folder.path(), 1);
        assert!(said.starts_with("mine/letter.txt:") && said.contains(told), "{change}: {said}");
    }
}

#[test]
fn a_file_that_overrides_nothing_is_an_error() {
    let folder = with("form12b25.text", |_| "x".to_owned());
    let said = check(folder.path(), 1);
    assert_eq!(
        said,
        "mine/form12b25.text:1:1: error[template]: `form12b25.text` overrides nothing\n"
    );
}

#[test]
fn a_template_that_breaks_edgars_limits_is_found() {
    for (name, change, code) in [
        ("letter.txt", "—", "edgar-character"),
        ("letter.txt", "a\tb", "tab"),
        ("letter.htm", "<p>é</p>", "edgar-character"),
        ("letter.txt", &"x".repeat(81), "line-length"),
        ("letter.htm", "<tbody>", "html-element"),
    ] {
        let folder = with(name, |t| format!("{t}{change}"));
        let said = check(folder.path(), 1);
        assert!(said.contains(&format!("error[{code}]")), "{name} {change}: {said}");
    }
}

#[test]
fn a_broken_template_does_not_hide_a_broken_filing() {
    let folder = with("letter.txt", |t| format!("{t}{{{{ nothing }}}}"));
    fs::write(folder.path().join("filings/b.yaml"), SOUND.replace("sought", "sougt")).unwrap();
    let said = check(folder.path(), 1);
    assert!(said.contains("filings/b.yaml:") && said.contains("mine/letter.txt:"), "{said}");
    let nowhere = run(folder.path(), &["check", "--templates", "mine", "--filings", "nowhere"]);
    assert_eq!(nowhere.status.code(), Some(2), "{}", transcript(&nowhere));
}

#[test]
fn links_are_not_followed_and_hidden_files_are_not_read() {
    let folder = with("letter.txt", |t| t.to_owned());
    fs::create_dir(folder.path().join("mine/.git")).unwrap();
    fs::write(folder.path().join("mine/.git/config"), "x").unwrap();
    check(folder.path(), 0);
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("mine/form12b25.txt")).unwrap();
    assert!(
        check(folder.path(), 1)
            .contains("mine/form12b25.txt:1:1: error[template]: a symbolic link is not followed")
    );
}

#[test]
fn a_broken_layout_is_told_at_its_line() {
    let folder = with("layout.typ", |t| format!("#let x = (\n{t}"));
    let output = run(folder.path(), &["build", "--templates", "mine", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    assert!(text(&output.stdout).starts_with("mine/layout.typ:1:"), "{}", transcript(&output));
}

#[test]
fn a_nested_name_that_is_not_there_is_told_by_its_name() {
    let folder = with("form12b25.txt", |t| t.replacen("registrant.city |", "registrant.town |", 1));
    let said = check(folder.path(), 1);
    assert!(said.contains("registrant.town"), "{said}");
}

#[test]
fn a_new_edition_is_one_new_file() {
    let folder = with("wording/2030.yaml", |_| {
        let today =
            fs::read_to_string(support::root().join("templates/wording/2018.yaml")).unwrap();
        today
            .replace("from: 2018-06-01", "from: 2030-01-01")
            .replace("title: NOTIFICATION OF LATE FILING", "title: NOTICE OF LATE FILING")
    });
    check(folder.path(), 0);
    let build = ["build", "--templates", "mine", "--formats", "text", "-q"];
    let title = |date: &str| {
        let late = SOUND.replace("2026-03-31", date).replace("relief: sought", "relief: none");
        fs::write(folder.path().join("filings/a.yaml"), late).unwrap();
        assert!(run(folder.path(), &build).status.success());
        fs::read_to_string(folder.path().join("out/a/form12b25.txt"))
            .unwrap()
            .contains("NOTICE OF LATE FILING")
    };
    assert!(title("2030-01-01"));
    assert!(!title("2029-12-31"));
}

/// The wording of 2018 as an edition of 2030, changed.
fn edition_of_2030(change: impl Fn(&str) -> String) -> String {
    let today = fs::read_to_string(support::root().join("templates/wording/2018.yaml")).unwrap();
    change(&today.replace("from: 2018-06-01", "from: 2030-01-01"))
}

#[test]
fn a_new_passage_of_a_new_edition_is_data() {
    const FIVE: &str = "part_five:\n  title: PART V\n  lead: State the cause.\n\nsignature:";
    let late = SOUND.replace("2026-03-31", "2030-01-02").replace("relief: sought", "relief: none");
    let folder = repository(&[("a.yaml", &late)]);
    let put = |name: &str, text: &str| {
        let path = folder.path().join("mine").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("wording/2030.yaml", &edition_of_2030(|t| t.replacen("signature:", FIVE, 1)));
    let said = check(folder.path(), 1);
    let unprinted = "error[wording]: no template prints the passage `part_five`";
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.contains(unprinted), "{said}");
    for (name, before, title, lead) in [
        ("form12b25.txt", "{{ wording.part_four.title | center }}", " | center", " | wrap"),
        ("form12b25.htm", "{{<heading text={wording.part_four.title} />}}", "", ""),
        ("form12b25.typ", "#part({{ wording.part_four.title }})", "", ""),
    ] {
        let built_in = fs::read_to_string(support::root().join("templates").join(name)).unwrap();
        let title = format!("{{{{ wording.part_five.title{title} }}}}");
        let lead = format!("{{{{ wording.part_five.lead{lead} }}}}");
        let printed = match name {
            "form12b25.htm" => format!("<p>{title}</p>\n<p>{lead}</p>"),
            "form12b25.typ" => format!("#part({title})\n#par({lead})"),
            _ => format!("{title}\n\n{lead}\n"),
        };
        let printed = format!("{{% if wording.part_five %}}\n{printed}\n{{% endif %}}\n{before}");
        assert!(built_in.contains(before), "{name}");
        put(name, &built_in.replacen(before, &printed, 1));
    }
    let build = ["build", "--templates", "mine", "-q"];
    let output = run(folder.path(), &build);
    assert!(output.status.success(), "{}", transcript(&output));
    let built = fs::read_to_string(folder.path().join("out/a/form12b25.txt")).unwrap();
    assert!(built.contains("PART V\n") && built.contains("State the cause."), "{built}");
    assert!(folder.path().join("out/a/form12b25.pdf").is_file());
}

#[test]
fn a_passage_that_some_editions_lack_is_printed_under_a_condition() {
    let folder = with("form12b25.txt", |t| {
        t.replacen("{{ wording.place", "{{ wording.hour | center }}\n{{ wording.place", 1)
    });
    let said = check(folder.path(), 1);
    assert!(
        said.starts_with(
            "mine/form12b25.txt:19:4: error[template]: no edition has the passage `hour`\n"
        ),
        "{said}"
    );
    let path = folder.path().join("mine/wording/2030.yaml");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, edition_of_2030(|t| t.replacen("\nform:", "\nhour: Noon\nform:", 1))).unwrap();
    assert_eq!(
        check(folder.path(), 1),
        "mine/form12b25.txt:19:4: error[template]: the wording of 1995, 2005, 2018 has no passage `hour`\n"
    );
}

#[test]
fn a_broken_wording_file_is_found_at_its_line() {
    let line = |text: &str| {
        let file = fs::read_to_string(support::root().join("templates/wording/2018.yaml")).unwrap();
        file.lines().position(|line| line.starts_with(text)).unwrap() + 1
    };
    for (old, new, (row, column), told) in [
        ("cusip: C", "cusipp: C", ("cusip", 1), "no template prints the passage `cusipp`"),
        ("part_two:", "part_too:", ("part_two", 1), "no template prints the passage `part_too`"),
        (
            "  lead: State",
            "  leed: State",
            ("  lead: State", 3),
            "no template prints the passage `part_three.leed`",
        ),
        (
            "  lead: State",
            "  # State",
            ("part_three", 1),
            "there is no passage `part_three.lead`, which a template prints",
        ),
        (
            "cusip: CUSIP NUMBER",
            "cusip: {a: b}",
            ("cusip", 8),
            "`cusip` is a group of passages; in edition 1995 it is a text",
        ),
        (
            "cusip: CUSIP NUMBER",
            "cusip: 5",
            ("cusip", 8),
            "cusip: invalid type: integer `5`, expected a text, a list or named passages",
        ),
        ("form_label:", "form_lable:", ("from", 1), "missing field `form_label`"),
        (
            "    - unconfirmed: Inter",
            "    - txet: x\n      unconfirmed: Inter",
            ("    - unconfirmed", 7),
            "general_instructions.items[5]: `txet` beside `unconfirmed`: only `text` can be",
        ),
    ] {
        let folder = with("wording/2018.yaml", |t| t.replacen(old, new, 1));
        let said = check(folder.path(), 1);
        let row = line(row);
        let place = format!("mine/wording/2018.yaml:{row}:{column}");
        assert!(said.starts_with(&format!("{place}: error[wording]: {told}\n")), "{place}\n{said}");
    }
}

#[test]
fn a_misspelt_passage_is_one_finding_with_its_correction() {
    let folder = with("wording/2018.yaml", |t| t.replacen("cusip: CUSIP", "cusipp: CUSIP", 1));
    let output = run(folder.path(), &["check", "--templates", "mine"]);
    assert!(text(&output.stdout).contains("did you mean `cusip`?"), "{}", transcript(&output));
}

#[test]
fn templates_that_are_not_text_and_folders_that_are_not_there() {
    let folder = with("letter.txt", |_| String::new());
    fs::write(folder.path().join("mine/letter.txt"), b"\xff\xfe").unwrap();
    assert!(check(folder.path(), 1).contains("error[encoding]"));
    let output = run(folder.path(), &["check", "--templates", "nowhere"]);
    assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
}

#[test]
fn hidden_characters_of_templates_and_wording_are_found() {
    for (name, first, fault) in [
        (
            "wording/2018.yaml",
            "# ours\u{2028}x: y\n",
            "1:7: error[character]: the separator U+2028",
        ),
        (
            "letter.txt",
            "\r\n{#\u{202E}#}",
            "2:3: error[character]: the bidirectional control U+202E",
        ),
        ("layout.typ", "/*\u{200B}*/", "1:3: error[character]: the invisible character U+200B"),
    ] {
        let folder = with(name, |text| first.to_owned() + text);
        let said = check(folder.path(), 1);
        assert!(said.starts_with(&format!("mine/{name}:{fault} is in the file\n")), "{said}");
    }
}
