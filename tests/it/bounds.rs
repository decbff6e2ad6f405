//! Files that are too large or take too long to read: each is one finding that names the file and
//! the limit, within seconds.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::{self, SOUND, repository, succeeds, transcript};

const BUILD: &[&str] = &["build", "-q", "--formats", "text,html", "--message-format", "short"];

/// Runs the binary with little memory, and returns its output. It is to end within seconds.
fn soon(folder: &Path, args: &[&str]) -> String {
    let script = format!("ulimit -v 8000000; exec {} \"$@\"", env!("CARGO_BIN_EXE_latefile"));
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script, "sh"]).args(args).current_dir(folder);
    let start = Instant::now();
    let said = transcript(&command.output().unwrap());
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    said
}

#[test]
fn a_manifest_that_is_too_large_is_not_read() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), BUILD);
    let manifest = folder.path().join("out/a/manifest.json");
    let whole = fs::read(&manifest).unwrap();
    let outputs = |number: usize| -> String {
        (0..number).map(|n| format!("\"x{n}.txt\": {{\"sha256\": \"\"}},\n")).collect()
    };
    let forged = support::text(&whole)
        .replace("\"outputs\": {", &format!("\"outputs\": {{\n{}", outputs(100_000)));
    fs::write(&manifest, &forged).unwrap();
    fs::create_dir(folder.path().join("out/gone")).unwrap();
    fs::write(folder.path().join("out/gone/form12b25.txt"), "").unwrap();
    fs::write(folder.path().join("out/gone/manifest.json"), &forged).unwrap();
    let gone = "out/gone/manifest.json:1:1: error[stale]: `gone` has no source any more, and its \
                manifest has more than 1 MiB: nothing was removed\n";
    let own = "filings/a.yaml:1:1: error[stale]: `manifest.json` has more than 1 MiB\n";
    let said = soon(folder.path(), &[BUILD, &["--check"]].concat());
    assert_eq!(said, format!("{own}{gone}-- stderr\n-- exit 1\n"));
    soon(folder.path(), &["docket", "-q", "-o", "docket.html"]);
    let docket = fs::read_to_string(folder.path().join("docket.html")).unwrap();
    assert!(docket.contains("is not listed: its manifest has more than 1 MiB"));
    assert!(docket.len() < 200_000, "{}", docket.len());
    assert_eq!(soon(folder.path(), BUILD), format!("{gone}-- stderr\n-- exit 1\n"));
    assert_eq!(fs::read(&manifest).unwrap(), whole);
}

#[test]
fn no_manifest_is_written_that_could_not_be_read_again() {
    let letters =
        "- {kind: cover, date: 2026-03-31, body: Y, signed: true, signed_by: Z}\n".repeat(3000);
    let folder = repository(&[("a.yaml", &format!("{SOUND}letters:\n{letters}"))]);
    let said = transcript(&support::run(folder.path(), BUILD));
    assert!(
        said.contains("a.yaml:1:1: error[too-large]: `manifest.json` would have more than 1 MiB\n"),
        "{said}"
    );
    assert!(!folder.path().join("out/a").exists());
}

#[test]
fn aliases_of_long_texts_are_bounded() {
    let long = format!("narrative: &a \"{}\"", "we need time ".repeat(20_000));
    let many = format!("[{}]", ["*a"; 50_000].join(","));
    let narrative = SOUND.find("narrative:").unwrap()..SOUND.find("contact:").unwrap();
    let mut filing = SOUND.to_owned();
    filing.replace_range(narrative, &format!("{long}\n"));
    filing += &format!("attachments: [{{title: X, place: before-signature, body: {many}}}]\n");
    let folder = repository(&[("a.yaml", &filing)]);
    let said = soon(folder.path(), &["check", "-q", "--message-format", "short"]);
    assert_eq!(
        said,
        "filings/a.yaml:8:12: error[syntax]: aliases repeat more text than any filing needs\n\
         -- stderr\n-- exit 1\n"
    );
}

#[test]
fn lists_and_mappings_that_begin_inside_others_are_bounded() {
    let mark = |line: usize| {
        let message = "more than 10,000 `-` and `?` follow others on their lines";
        format!("filings/a.yaml:{line}:1: error[nesting]: {message}\n-- stderr\n-- exit 1\n")
    };
    for (text, line) in [
        ("? ".repeat(500_000), 1),
        ("- ".repeat(500_000), 1),
        ("- ? ".repeat(250_000), 1),
        (("- ".repeat(101) + "a\n").repeat(5000), 101),
        (format!("a:\n{}", "  ? -\t?\n".repeat(100_000)), 5002),
    ] {
        let folder = repository(&[("a.yaml", &text)]);
        let said = soon(folder.path(), &["check", "-q", "--message-format", "short"]);
        assert_eq!(said, mark(line));
    }
    // As many in one text or one list are none.
    let narrative =
        SOUND.replace("narrative: >-\n", &format!("narrative: |\n{}", "  - a\n".repeat(50_000)));
    let folder = repository(&[("a.yaml", &narrative)]);
    let said = soon(folder.path(), &["check", "-q", "--message-format", "short"]);
    assert!(!said.contains("error"), "{said}");
}

/// Runs `check` with one more template, and returns its findings.
fn checked(name: &str, text: &str) -> String {
    let folder = repository(&[("a.yaml", SOUND)]);
    let path = folder.path().join("templates").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    let args = ["check", "-q", "--templates", "templates", "--message-format", "short"];
    let said = soon(folder.path(), &args);
    assert!(said.ends_with("-- stderr\n-- exit 1\n"), "{said}");
    said.split("-- stderr").next().unwrap().to_owned()
}

fn built_in(name: &str) -> String {
    fs::read_to_string(support::root().join("templates").join(name)).unwrap()
}

#[test]
fn a_template_that_is_too_large_is_a_finding() {
    for name in ["letter.txt", "layout.typ", "wording/2018.yaml", "wording/2030.yaml"] {
        let said = checked(name, &" \n".repeat(200_000));
        let message = "error[too-large]: the template has more than 256 KiB";
        assert_eq!(said, format!("templates/{name}:1:1: {message}\n"));
    }
    // A file that overrides nothing is not read at all.
    let folder = repository(&[("a.yaml", SOUND)]);
    fs::create_dir(folder.path().join("templates")).unwrap();
    let huge = fs::File::create(folder.path().join("templates/other.txt")).unwrap();
    huge.set_len(60 << 30).unwrap();
    let args = ["check", "-q", "--templates", "templates", "--message-format", "short"];
    let said = soon(folder.path(), &args);
    let message = "templates/other.txt:1:1: error[template]: `other.txt` overrides nothing\n";
    assert_eq!(said, format!("{message}-- stderr\n-- exit 1\n"));
}

#[test]
fn a_wording_file_that_takes_long_is_a_finding() {
    let wording = built_in("wording/2018.yaml");
    let line = wording.lines().count() + 1;
    for (more, column, message) in [
        ("x: ".to_owned() + &"[".repeat(200_000), 104, "more than 100 brackets are open here"),
        (
            format!("x: &a \"{}\"\ny: [{}]", "z".repeat(100_000), ["*a"; 20_000].join(",")),
            4,
            "aliases repeat more text than any filing needs",
        ),
    ] {
        let said = checked("wording/2018.yaml", &format!("{wording}{more}\n"));
        let place = format!("templates/wording/2018.yaml:{line}:{column}");
        assert_eq!(said, format!("{place}: error[wording]: {message}\n"));
    }
}

#[test]
fn of_very_many_findings_in_a_template_a_hundred_are_listed() {
    let letter = built_in("letter.txt");
    let many = |each: &dyn Fn(usize) -> String| (0..9000).map(each).collect::<String>();
    for (name, text) in [
        ("letter.txt", letter.clone() + &many(&|n| format!("{{{{ k{n} }}}}"))),
        ("letter.txt", letter.clone() + &many(&|n| format!("{{{{ wording.k{n} }}}}"))),
        ("wording/2018.yaml", built_in("wording/2018.yaml") + &many(&|n| format!("k{n}: a\n"))),
    ] {
        let said = checked(name, &text);
        assert!(said.lines().count() <= 110, "{name}: {} lines", said.lines().count());
        assert!(said.contains("more findings in this file are not listed"), "{name}");
    }
}

#[test]
fn a_name_is_found_in_a_long_template() {
    let said = checked("letter.txt", &("k ".repeat(100_000) + "{{ k }}"));
    assert!(said.contains("letter.txt:1:200004: error[template]: the view has no `k`"), "{said}");
}

#[test]
fn a_template_with_very_many_branches_is_a_finding() {
    let branches = format!("{{% if false %}}{}{{% endif %}}", "{% elif false %}".repeat(15_000));
    let said = checked("letter.txt", &(built_in("letter.txt") + &branches));
    let message = "error[template]: the template has more than 500 `elif`";
    assert_eq!(said, format!("templates/letter.txt:1:1: {message}\n"));
}

#[test]
fn a_template_that_fills_the_memory_ends_the_run() {
    let grow = "{% set x = \"aaaaaaaaaaaaaaaa\" %}{% for i in range(end=60) %}\
                {% set_global x = x ~ x %}{% endfor %}";
    let folder = repository(&[("a.yaml", SOUND)]);
    fs::create_dir(folder.path().join("templates")).unwrap();
    let letter = built_in("letter.txt") + grow;
    fs::write(folder.path().join("templates/letter.txt"), letter).unwrap();
    let said = soon(folder.path(), &["check", "--templates", "templates"]);
    let message =
        "error: `templates/letter.txt` was stopped: it took over 1024 MiB of memory, for filing `";
    assert!(said.starts_with(&format!("-- stderr\n{message}")), "{said}");
    assert!(said.ends_with("-- exit 2\n"), "{said}");
}
