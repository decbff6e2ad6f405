//! How a user starts: `latefile new` for every form, with one finding for each thing to fill in and
//! none when it is done; and `latefile init`, a repository that works at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use latefile::cli::FormArg;
use latefile::form12b25::model::{FormType, Scalar as _};
use latefile::pipeline::compile::VERSION;
use latefile::start::scaffold;

use crate::cases;
use crate::support::{self, run, text, transcript};

/// The new filing that some arguments make, and the arguments' transcript.
fn new(folder: &Path, args: &[&str]) -> (String, String) {
    let output = run(folder, &[&["new"], args].concat());
    let path = args.iter().find(|arg| arg.ends_with(".yaml")).unwrap();
    (fs::read_to_string(folder.join(path)).unwrap_or_default(), transcript(&output))
}

/// `latefile new` with the arguments of a case, a line each.
mod new_filing {
    crate::cases::cases! {
        "starting/new", super::compare_new_filing:
        nt_10_d_no_distribution nt_10_k nt_10_k_no_period nt_10_kt nt_10_q_each_status nt_11_k
        nt_20_f_a nt_ncen_possible_closing nt_ncsr nt_nsar
    }
}

fn compare_new_filing(case: &Path) {
    let folder = support::repository(&[("registrants/quiet-harbor.yaml", "")]);
    let path = format!("filings/quiet-harbor/{}.yaml", cases::name(case));
    let args = fs::read_to_string(case.join("arguments")).unwrap();
    let args: Vec<&str> = args.lines().chain([path.as_str()]).collect();
    let (made, said) = new(folder.path(), &args);
    let id = format!("quiet-harbor/{}", cases::name(case));
    let written = format!(
        "{path} written; fill in the empty keys, then run `latefile check {id}`\n-- exit 0\n"
    );
    assert_eq!(said, format!("-- stderr\n{written}"));
    support::expect(&case.join("filing.yaml"), &made);
    assert!(made.lines().all(|line| !line.ends_with(' ')));
}

#[test]
fn each_blank_of_a_new_filing_has_a_hint() {
    let folder = support::folder();
    new(folder.path(), &["10-K", "filings/acme.yaml"]);
    let output = run(folder.path(), &["check"]);
    support::expect(&support::root().join("tests/cases/starting/blanks.txt"), &transcript(&output));
}

/// The lines, from 1, of keys that stand empty and are not optional.
fn blanks(filing: &str) -> BTreeSet<usize> {
    let lines: Vec<&str> = filing.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let counts = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let blank = |(at, line): &(usize, &&str)| {
        let open = counts(line) && (line.ends_with(':') || line.ends_with('|'));
        let inside = lines[at + 1..]
            .iter()
            .find(|next| counts(next))
            .is_some_and(|next| indent(next) > indent(line));
        open && !inside && !lines[at - 1].ends_with("(optional)")
    };
    lines.iter().enumerate().filter(blank).map(|(at, _)| at + 1).collect()
}

/// What a user could fill in, by key.
const FILLED: &[(&str, &str)] = &[
    ("report.period_ended", "2025-12-31"),
    ("report.due.because", "The Commission moved it by order."),
    (
        "amendment.explanatory_note",
        "This amendment corrects the registrant's answer to Part IV (2).",
    ),
    ("registrant.name", "Quiet Harbor, Inc."),
    ("registrant.cik", "\"0009990001\""),
    ("registrant.address.street", "1 Pier Road"),
    ("registrant.address.city", "Portland"),
    ("relief", "sought"),
    (
        "narrative",
        "The registrant moved its inventory records from one system to another in January. While it reconciled the \
         two, it found that 1,400 items had been recorded in other units than they are sold in, and each of them had \
         to be traced to its purchase documents by hand. The physical count at the warehouse in Bangor, Maine had to \
         be repeated, which was completed twenty days ago. The note on inventory is not finished, and could not have \
         been finished in time without unreasonable effort or expense. No other part of the report is open.",
    ),
    ("contact.name", "Jane Roe"),
    ("contact.phone", "207-555-0100"),
    ("prior_reports.all_filed", "true"),
    ("results_change.anticipated", "false"),
    ("signature.name", "Jane Roe"),
    ("signature.title", "Chief Financial Officer"),
    ("signature.signer", "executive-officer"),
];

/// Fills in each finding of a check at its line, and asserts that they are the blanks.
fn fill(folder: &Path, path: &str) {
    let made = fs::read_to_string(folder.join(path)).unwrap();
    let output = run(folder, &["check", path, "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    let mut asked = BTreeMap::new();
    for finding in text(&output.stdout).lines() {
        let line: usize = finding.split(':').nth(1).unwrap().parse().unwrap();
        let key = finding.split('`').nth(1).unwrap().to_owned();
        assert!(asked.insert(line, key).is_none(), "{path}: two findings for one blank: {finding}");
    }
    assert_eq!(asked.keys().copied().collect::<BTreeSet<_>>(), blanks(&made), "{path}");
    let mut filled = String::new();
    for (number, line) in (1..).zip(made.lines()) {
        filled += line;
        if let Some(key) = asked.get(&number) {
            let value =
                FILLED.iter().find(|(known, _)| known == key).unwrap_or_else(|| panic!("{key}")).1;
            let indent = " ".repeat(line.len() - line.trim_start().len() + 2);
            filled += &if line.ends_with('|') {
                format!("\n{indent}{value}")
            } else {
                format!(" {value}")
            };
        }
        filled.push('\n');
    }
    fs::write(folder.join(path), filled).unwrap();
}

#[test]
fn each_blank_of_each_form_is_one_finding_until_filled_in() {
    let folder = support::folder();
    let mut number = 0;
    for form in FormType::VALUES {
        for variant in [&[][..], &["--amendment"], &["--transition"], &["--due", "2026-03-02"]] {
            for period in [&[][..], &["--period-ended", "2007-12-31"]] {
                number += 1;
                let path = format!("filings/f{number}.yaml");
                let (made, said) =
                    new(folder.path(), &[&[*form, path.as_str()], variant, period].concat());
                assert!(said.ends_with("-- exit 0\n"), "{said}");
                for representation in ["relief:", "  all_filed:", "  signer:", "  signed: false"] {
                    assert!(
                        made.lines().any(|line| line == representation),
                        "{representation} in\n{made}"
                    );
                }
                fill(folder.path(), &path);
            }
        }
    }
    let output = run(folder.path(), &["check", "--message-format", "short"]);
    assert!(output.status.success(), "{}", transcript(&output));
    let unsigned =
        text(&output.stdout).lines().filter(|line| line.contains("warning[unsigned]")).count();
    assert_eq!(unsigned, number);
    let built = run(folder.path(), &["build", "--formats", "text,html", "-q"]);
    assert!(built.status.success(), "{}", transcript(&built));
}

#[test]
fn the_example_of_a_portion_is_valid() {
    let folder = support::folder();
    for form in FormType::VALUES {
        let path = format!("filings/{}.yaml", form.to_lowercase());
        let (made, _) = new(folder.path(), &[form, path.as_str(), "--period-ended", "2007-12-31"]);
        assert_eq!(made.contains("Item 9A"), *form == "10-K", "{form}");
        fs::write(folder.path().join(&path), made.replace("# portion:", "portion:")).unwrap();
        fill(folder.path(), &path);
    }
    let output = run(folder.path(), &["check", "--message-format", "short"]);
    assert!(
        output.status.success() && !text(&output.stdout).contains("[portion-without-items]"),
        "{}",
        transcript(&output)
    );
}

#[test]
fn each_blank_of_a_new_amendment_has_a_hint() {
    let folder = support::folder();
    let (made, _) = new(folder.path(), &["NT 10-K/A", "filings/acme.yaml"]);
    let made = made
        .replace("# narrative: |", "narrative: |")
        .replace("  former_name:", "  former_name: \"\"");
    fs::write(folder.path().join("filings/acme.yaml"), made).unwrap();
    let output = run(folder.path(), &["check"]);
    support::expect(
        &support::root().join("tests/cases/starting/blanks-amended.txt"),
        &transcript(&output),
    );
}

#[test]
fn forms_are_read_as_edgar_and_people_spell_them() {
    let read = |typed: &str| {
        let asked = FormArg::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
        let kind = if asked.transition { "transition " } else { "" };
        format!("{kind}{} {}", asked.form, asked.form.submission_type(asked.amendment))
    };
    for (means, spellings) in [
        (
            "10-K NT 10-K",
            &[
                "10-K",
                "10k",
                "NT 10-K",
                "nt-10-k",
                "nt 10k",
                "NT10K",
                "NTN 10K",
                "Form 10-K",
                "10-K405",
            ][..],
        ),
        ("10-K NT 10-K/A", &["NT 10-K/A", "10-K/A", "nt-10-k/a", "nt-10-k-a"]),
        ("transition 10-K NT 10-K", &["10-KT", "NT 10-KT", "10kt", "nt-10-kt"]),
        ("transition 10-Q NT 10-Q/A", &["10-QT/A", "nt-10-qt-a"]),
        ("10-Q NT 10-Q", &["10-Q", "10q", "NT 10-Q"]),
        ("20-F NT 20-F", &["20-F", "20f", "NT 20-F"]),
        ("11-K NT 11-K", &["11-K", "NT 11-K", "nt11k"]),
        ("10-D NT 10-D", &["10-D", "NT 10-D"]),
        ("N-CEN NT-NCEN", &["N-CEN", "NCEN", "NT-NCEN", "NT N-CEN", "NTFNCEN"]),
        ("N-CSR NT-NCSR", &["N-CSR", "ncsr", "NT-NCSR", "NTFNCSR", "N-CSRS"]),
        ("N-CSR NT-NCSR/A", &["NT-NCSR/A", "N-CSR/A"]),
        ("10-KSB NT 10-K", &["10-KSB", "10KSB40", "NT 10-KSB"]),
        ("10-QSB NT 10-Q", &["10-QSB", "nt-10-qsb"]),
        ("N-SAR NT-NSAR", &["N-SAR", "NT-NSAR", "NSAR-A", "NSAR-B", "NTFNSAR"]),
        ("N-SAR NT-NSAR/A", &["NT-NSAR/A", "NTFNSAR/A"]),
    ] {
        for spelling in spellings {
            assert_eq!(read(spelling), means, "{spelling}");
        }
    }
    for form in FormType::VALUES {
        assert!(read(form).starts_with(form));
    }
    for typed in [
        "",
        "/A",
        "A",
        "T",
        "8-K",
        "10",
        "NT",
        "12b-25",
        "NT 15D2",
        "NT NPORT-P",
        "10-K/B",
        "10-KTT",
        "é",
    ] {
        assert!(FormArg::parse(typed).is_err(), "{typed}");
    }
}

#[test]
fn a_refusal_names_what_is_possible() {
    let folder =
        support::repository(&[("taken.yaml", "mine"), ("registrants/quiet-harbor.yaml", "")]);
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", folder.path().join("filings/link")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("filings/dangling.yaml")).unwrap();
    let before = support::files(folder.path());
    let mut said = String::new();
    for line in [
        "8-K filings/a.yaml",
        "10-X filings/a.yaml",
        "NT 10-K filings/a.yaml",
        "10-K",
        "10-K filings/taken.yaml",
        "10-K filings/dangling.yaml",
        "10-K filings/link/a.yaml",
        "10-K filings",
        "10-K filings/Acme_Corp.10-K.yml",
        "10-K filings/acme",
        "10-K acme/2025.yaml",
        "10-K ../a.yaml",
        "10-K filings/../b.yaml",
        "10-K filings/registrants/acme.yaml",
        "20-F filings/a.yaml --status accelerated",
        "10-K filings/a.yaml --erisa-plan",
        "10-Q filings/a.yaml --distributed 2025-12-15",
        "10-K filings/a.yaml --determined 2025-12-15",
        "10-K filings/a.yaml --period-ended 12/31/2025",
        "10-K filings/a.yaml --status fast",
    ] {
        let output =
            run(folder.path(), &["new"].into_iter().chain(line.split(' ')).collect::<Vec<_>>());
        said += &format!("$ latefile new {line}\n{}", transcript(&output));
        assert_eq!(output.status.code(), Some(2), "{line}");
    }
    support::expect(&support::root().join("tests/cases/starting/refused.txt"), &said);
    assert_eq!(before, support::files(folder.path()));
}

#[test]
fn a_new_filing_makes_its_folder_and_names_no_machine() {
    let folder = support::folder();
    let sources = folder.path().join("sources");
    let path = sources.join("a/b/c.yaml");
    let args =
        ["new", "10-K", path.to_str().unwrap(), "--filings", sources.to_str().unwrap(), "-q"];
    let output = run(folder.path(), &args);
    assert_eq!(transcript(&output), "-- stderr\n-- exit 0\n");
    let made = fs::read_to_string(&path).unwrap();
    assert!(
        made.starts_with("# yaml-language-server: $schema=../../../schema/filing.json\n"),
        "{made}"
    );
    assert!(made.contains("#   latefile check --filings sources a/b/c\n"), "{made}");
    assert!(!made.contains(folder.path().to_str().unwrap()), "{made}");
    assert_eq!(run(&sources, &["new", "10-K", "d.yaml", "--filings", "."]).status.code(), Some(0));
    assert!(sources.join("d.yaml").is_file());
}

#[test]
fn a_new_repository_works_at_once() {
    let folder = support::folder();
    let output = run(folder.path(), &["init"]);
    support::expect(&support::root().join("tests/cases/starting/init.txt"), &transcript(&output));
    let check = run(folder.path(), &["check", "--deny", "warnings"]);
    assert_eq!(transcript(&check), "-- stderr\n1 filing · 0 errors · 0 warnings\n-- exit 0\n");
    let built = run(folder.path(), &["build"]);
    assert!(built.status.success(), "{}", transcript(&built));
    assert!(folder.path().join("out/example-2025-10-k/form12b25.pdf").is_file());
    let again = run(folder.path(), &["build", "--check"]);
    assert!(again.status.success(), "{}", transcript(&again));
    let schema = fs::read(folder.path().join("schema/filing.json")).unwrap();
    assert!(schema == run(folder.path(), &["schema"]).stdout);
    // Its Makefile, with the binary that is tested in the place of the one that is installed.
    let make = |target: &str| {
        let binary = format!("LATEFILE={}", env!("CARGO_BIN_EXE_latefile"));
        std::process::Command::new("make")
            .args([target, &binary])
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let help = text(&make("help").stdout);
    assert!(
        ["all", "check", "watch", "serve", "docket", "due", "help"]
            .iter()
            .all(|t| help.lines().any(|l| l.starts_with(t))),
        "{help}"
    );
    for target in ["all", "check", "docket", "due", "schema"] {
        let output = make(target);
        assert!(output.status.success(), "{}", transcript(&output));
    }
    assert!(schema == fs::read(folder.path().join("schema/filing.json")).unwrap());
}

#[test]
fn an_existing_repository_is_completed_and_not_changed() {
    let folder = support::folder();
    let there = folder.path().join("notices");
    fs::create_dir_all(there.join("filings")).unwrap();
    fs::write(there.join("filings/ours.yaml"), support::SOUND).unwrap();
    fs::write(there.join("Makefile"), "all:\n").unwrap();
    std::os::unix::fs::symlink("nowhere", there.join("README.md")).unwrap();
    let output = run(folder.path(), &["init", "notices"]);
    support::expect(
        &support::root().join("tests/cases/starting/init-again.txt"),
        &transcript(&output),
    );
    assert_eq!(fs::read_to_string(there.join("Makefile")).unwrap(), "all:\n");
    assert!(there.join("README.md").is_symlink() && !there.join("nowhere").exists());
    assert!(!there.join(scaffold::EXAMPLE).exists());
    assert!(run(&there, &["check"]).status.success());
    let elsewhere = run(folder.path(), &["init", "other", "--out", "documents"]);
    assert_eq!(elsewhere.status.code(), Some(2));
    assert!(!folder.path().join("other").exists());
    fs::write(folder.path().join("file"), "").unwrap();
    let in_the_way = run(folder.path(), &["init", "file"]);
    assert_eq!(in_the_way.status.code(), Some(2), "{}", transcript(&in_the_way));
}

#[test]
fn the_files_of_a_new_repository_agree_with_this_one() {
    let files: BTreeMap<&str, String> =
        scaffold::files().into_iter().map(|(n, t)| (n, t.into_owned())).collect();
    let own = |path: &str| fs::read_to_string(support::root().join(path)).unwrap();
    let workflow = &files[".github/workflows/latefile.yml"];
    let ours = own(".github/workflows/ci.yml");
    let action = |line: &str| line.split_once("uses: ").map(|(_, action)| action.to_owned());
    let uses: Vec<String> = workflow.lines().filter_map(action).collect();
    for action in ours.lines().filter_map(action) {
        assert!(uses.contains(&action), "{action} is of another commit there: {uses:?}");
    }
    let _: serde_json::Value = serde_json::from_str(&files[".vscode/extensions.json"]).unwrap();
    let settings = &files[".vscode/settings.json"];
    let bare: String =
        settings.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let settings: serde_json::Value = serde_json::from_str(&bare).unwrap();
    assert!(settings["yaml.schemas"]["./schema/filing.json"].is_array());
    for name in ["Makefile", "README.md", ".github/workflows/latefile.yml"] {
        assert!(files[name].contains(VERSION), "{name}");
    }
    let example = &files[scaffold::EXAMPLE];
    let narrative =
        example.split("narrative:\n").nth(1).unwrap().split("\ncontact:").next().unwrap();
    assert!(narrative.split_whitespace().count() >= 150);
    for (name, text) in &files {
        assert!(
            text.ends_with('\n')
                && text.lines().all(|l| !l.ends_with(' ') || name.ends_with("json")),
            "{name}"
        );
        for machine in ["/home/", "/tmp/", "/root", "crates.io", "localhost"] {
            assert!(!text.contains(machine), "{name} names {machine}");
        }
    }
}
