//! What a build writes, keeps, removes and refuses, and how it ends.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::support::{self, SOUND, fails, repository, run, succeeds, text, transcript};
use crate::typst::{copies, sound_pdf, stand_in};

const TEXT: &[&str] = &["build", "--formats", "text,html", "--message-format", "short"];

#[test]
fn one_bad_filing_stops_no_other() {
    let broken = SOUND.replace("10-K", "10-X");
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &broken), ("c/d.yaml", SOUND)]);
    let said = fails(folder.path(), TEXT, 1);
    assert!(said.contains("filings/b.yaml:1:16: error[value]"), "{said}");
    assert!(folder.path().join("out/a/form12b25.txt").is_file());
    assert!(folder.path().join("out/c/d/form12b25.htm").is_file());
    assert!(!folder.path().join("out/b").exists());
}

#[test]
fn outputs_of_a_filing_that_has_errors_now_stay_and_are_reported() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let before = support::files(&folder.path().join("out"));
    fs::write(folder.path().join("filings/a.yaml"), "report: [").unwrap();
    fails(folder.path(), TEXT, 1);
    assert_eq!(before, support::files(&folder.path().join("out")));
    fails(folder.path(), &["build", "--check", "--formats", "text"], 1);
}

#[test]
fn outputs_go_with_their_source_and_only_they() {
    let folder = repository(&[("a.yaml", SOUND), ("b/c.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    fs::write(folder.path().join("out/b/c/notes.md"), "mine").unwrap();
    fs::remove_file(folder.path().join("filings/b/c.yaml")).unwrap();
    let said = fails(
        folder.path(),
        &["build", "--check", "--formats", "text,html", "--message-format", "short"],
        1,
    );
    assert!(said.contains("out/b/c/manifest.json:1:1: error[stale]"), "{said}");
    let said = fails(folder.path(), TEXT, 1);
    assert!(said.contains("removed the outputs of b/c, whose source is gone"), "{said}");
    let left: Vec<String> = support::files(&folder.path().join("out")).into_keys().collect();
    assert_eq!(
        left,
        [".lock", "a/form12b25.htm", "a/form12b25.txt", "a/manifest.json", "b/c/notes.md"]
    );
}

#[test]
fn a_part_of_the_filings_leaves_the_others_alone() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    fs::remove_file(folder.path().join("filings/b.yaml")).unwrap();
    succeeds(folder.path(), &["build", "--formats", "text", "filings/a.yaml"]);
    assert!(folder.path().join("out/b/form12b25.txt").is_file());
}

#[test]
fn a_manifest_that_names_other_files_removes_nothing() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let out = folder.path().join("out");
    fs::create_dir(out.join("gone")).unwrap();
    let manifest = text(&fs::read(out.join("a/manifest.json")).unwrap())
        .replace("form12b25.txt", "../../filings/a.txt");
    fs::write(out.join("gone/manifest.json"), manifest).unwrap();
    fs::write(folder.path().join("filings/a.txt"), "mine").unwrap();
    let said = fails(folder.path(), TEXT, 1);
    assert!(
        said.contains("`gone` has no source any more, and its manifest cannot be read"),
        "{said}"
    );
    assert!(folder.path().join("filings/a.txt").is_file());
}

#[test]
fn a_letter_that_is_gone_takes_its_outputs_along() {
    let letter = "letters: [{kind: cover, date: 2026-03-31, body: A letter., signed: true, signed_by: Jane Roe}]\n";
    let folder = repository(&[("a.yaml", &(SOUND.to_owned() + letter))]);
    succeeds(folder.path(), TEXT);
    assert!(folder.path().join("out/a/cover.txt").is_file());
    fs::write(folder.path().join("filings/a.yaml"), SOUND).unwrap();
    fails(folder.path(), &["build", "--check", "--formats", "text,html"], 1);
    succeeds(folder.path(), TEXT);
    assert!(!folder.path().join("out/a/cover.txt").exists());
}

#[test]
fn an_output_that_was_changed_is_found_and_made_again() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), &["build"]);
    let out = folder.path().join("out/a");
    let good = support::files(&out);
    for name in ["form12b25.txt", "form12b25.htm", "form12b25.pdf", "manifest.json"] {
        for poison in [&b"poison"[..], b""] {
            fs::write(out.join(name), poison).unwrap();
            fails(folder.path(), &["build", "--check"], 1);
            succeeds(folder.path(), &["build"]);
            assert!(good == support::files(&out), "{name} is as it was");
        }
        fs::remove_file(out.join(name)).unwrap();
        succeeds(folder.path(), &["build"]);
        assert!(good == support::files(&out), "{name} is there again");
    }
}

#[test]
fn what_was_filed_is_frozen() {
    let filed = SOUND.to_owned() + "filed: {date: 2026-04-01, accession: 0009990001-26-000001}\n";
    let folder = repository(&[
        (
            "a.yaml",
            &filed
                .replace("name: Quiet Harbor, Inc.", "use: harbor")
                .replace("  cik: \"0009990001\"\n", "")
                .replace("  address: {street: 1 Pier Road, city: Portland, state: Maine, zip: \"04101\"}\n", ""),
        ),
        ("registrants/harbor.yaml", "name: Harbor\ncik: \"7\"\naddress: {street: 1 Way, city: X}\n"),
    ]);
    succeeds(folder.path(), TEXT);
    let before = support::files(&folder.path().join("out"));
    fs::write(
        folder.path().join("filings/registrants/harbor.yaml"),
        "name: Harbour\ncik: \"7\"\naddress: {street: 1 Way, city: X}\n",
    )
    .unwrap();
    let said = fails(folder.path(), TEXT, 1);
    assert!(said.contains("error[frozen]: the notice was filed, and form12b25.htm, form12b25.txt would change through registrants/harbor.yaml"), "{said}");
    assert_eq!(before, support::files(&folder.path().join("out")));
    succeeds(folder.path(), &[TEXT, &["--force"]].concat());
    assert_ne!(before, support::files(&folder.path().join("out")));
}

/// A filing that was filed, and its folder after a build of text and HTML.
fn filed() -> tempfile::TempDir {
    let filed = SOUND.to_owned() + "filed: {date: 2026-04-01, accession: 0009990001-26-000001}\n";
    let folder = repository(&[("a.yaml", &filed)]);
    succeeds(folder.path(), TEXT);
    folder
}

#[test]
fn what_was_filed_is_frozen_without_a_manifest_too() {
    for broken in ["gone", "in conflict", "emptied"] {
        let folder = filed();
        let manifest = folder.path().join("out/a/manifest.json");
        let text = fs::read_to_string(&manifest).unwrap();
        let (head, outputs) = text.split_once("\"outputs\": {").unwrap();
        match broken {
            "gone" => fs::remove_file(&manifest).unwrap(),
            "in conflict" => fs::write(&manifest, "<<<<<<< ours\n").unwrap(),
            _ => {
                let rest = &outputs[outputs.find("\n  }").unwrap()..];
                fs::write(&manifest, format!("{head}\"outputs\": {{{rest}")).unwrap();
            }
        }
        let source = fs::read_to_string(folder.path().join("filings/a.yaml")).unwrap();
        fs::write(
            folder.path().join("filings/a.yaml"),
            source.replace("one subsidiary", "two subsidiaries"),
        )
        .unwrap();
        let said = fails(folder.path(), TEXT, 1);
        assert!(said.contains("error[frozen]"), "{said}");
        fs::write(folder.path().join("filings/a.yaml"), source).unwrap();
        succeeds(folder.path(), TEXT);
        assert!(manifest.is_file());
    }
}

#[test]
fn a_format_that_was_not_made_can_still_be_made_of_what_was_filed() {
    let folder = filed();
    succeeds(folder.path(), &["build"]);
    assert!(folder.path().join("out/a/form12b25.pdf").is_file());
}

#[test]
fn what_was_filed_outlives_its_source() {
    let folder = filed();
    let before = support::files(&folder.path().join("out"));
    fs::remove_file(folder.path().join("filings/a.yaml")).unwrap();
    let said = fails(folder.path(), TEXT, 1);
    assert!(
        said.contains(
            "out/a/manifest.json:1:1: error[frozen]: `a` was filed, and its source is gone"
        ),
        "{said}"
    );
    assert_eq!(before, support::files(&folder.path().join("out")));
    succeeds(folder.path(), &[TEXT, &["--force"]].concat());
    assert!(!folder.path().join("out/a").exists());
}

#[test]
fn a_comparison_trusts_no_manifest() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), &["build"]);
    let pdf = folder.path().join("out/a/form12b25.pdf");
    let manifest = folder.path().join("out/a/manifest.json");
    let good = fs::read(&pdf).unwrap();
    let forged = [good.as_slice(), b"%forged\n"].concat();
    let sha = |bytes: &[u8]| latefile::diagnostics::source::sha256(bytes);
    let text = fs::read_to_string(&manifest).unwrap().replace(&sha(&good), &sha(&forged));
    fs::write(&pdf, forged).unwrap();
    fs::write(&manifest, text).unwrap();
    fails(folder.path(), &["build", "--check"], 1);
}

#[test]
fn a_link_to_a_folder_elsewhere_loses_nothing_there() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let out = folder.path().join("out");
    fs::rename(out.join("a"), folder.path().join("victim")).unwrap();
    let manifest = fs::read_to_string(folder.path().join("victim/manifest.json")).unwrap();
    fs::write(
        folder.path().join("victim/manifest.json"),
        manifest.replacen("form12b25.htm", "precious.txt", 1),
    )
    .unwrap();
    fs::write(folder.path().join("victim/precious.txt"), "mine").unwrap();
    symlink(folder.path().join("victim"), out.join("a")).unwrap();
    let before = support::files(&folder.path().join("victim"));
    fails(folder.path(), TEXT, 2);
    assert_eq!(before, support::files(&folder.path().join("victim")));
    fs::remove_file(out.join(".lock")).unwrap();
    symlink(folder.path().join("made"), out.join(".lock")).unwrap();
    assert!(fails(folder.path(), TEXT, 2).contains("is a symbolic link"));
    assert!(!folder.path().join("made").exists());
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let before = support::files(&folder.path().join("out"));
    fs::write(
        folder.path().join("filings/a.yaml"),
        SOUND.replace("one subsidiary", &"very ".repeat(3000)),
    )
    .unwrap();
    // A limit on the size of a file fails a write midway, as a full disk does.
    let command = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} build --formats text",
        env!("CARGO_BIN_EXE_latefile")
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &command])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
    assert!(
        text(&output.stderr).contains("error: cannot write out/a/form12b25.txt"),
        "{}",
        transcript(&output)
    );
    assert_eq!(before, support::files(&folder.path().join("out")), "no half file, no leftover");
}

#[test]
fn a_read_only_folder_of_outputs_loses_nothing() {
    use std::os::unix::process::CommandExt as _;
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let before = support::files(&folder.path().join("out"));
    fs::write(
        folder.path().join("filings/a.yaml"),
        SOUND.replace("one subsidiary", "two subsidiaries"),
    )
    .unwrap();
    let binary = folder.path().join("latefile");
    fs::copy(env!("CARGO_BIN_EXE_latefile"), &binary).unwrap();
    let mode = |path: &str, mode| {
        fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap()
    };
    mode("", 0o755);
    mode("out/a", 0o555);
    mode("out/.lock", 0o666);
    let mut command = std::process::Command::new(&binary);
    command.args(["build", "--formats", "text"]).current_dir(folder.path());
    if fs::File::create(folder.path().join("out/a/probe")).is_ok() {
        fs::remove_file(folder.path().join("out/a/probe")).unwrap();
        command.uid(65534).gid(65534); // permissions do not stop the administrator
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
    assert!(
        text(&output.stderr).contains("error: cannot write to out/a"),
        "{}",
        transcript(&output)
    );
    mode("out/a", 0o755);
    assert_eq!(before, support::files(&folder.path().join("out")));
}

#[test]
fn a_build_that_is_killed_leaves_no_half_file_and_no_lock() {
    let names: Vec<String> = (0..30).map(|i| format!("f{i}.yaml")).collect();
    let filings: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), SOUND)).collect();
    let folder = repository(&filings);
    let path = sound_pdf(folder.path());
    let sound = fs::read(&path).unwrap();
    let typst = stand_in(folder.path(), "0.15.1", &copies(&path, "sleep 0.05"));
    fs::create_dir(folder.path().join("out")).unwrap(); // a slow machine may not come so far in the first round
    for wait in [150, 250, 350] {
        let mut child = support::latefile(folder.path())
            .args(["build", "-q", "--typst", &typst])
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in support::files(&folder.path().join("out")) {
            let temporary = name.rsplit('/').next().unwrap().starts_with('.');
            let whole = match name.rsplit('.').next().unwrap() {
                "pdf" => bytes == sound,
                "txt" => bytes.ends_with(b"1001).\n"),
                "htm" => bytes.ends_with(b"</html>\n"),
                _ => bytes.ends_with(b"}\n"),
            };
            assert!(temporary || whole, "{name} is half-written");
        }
    }
    succeeds(folder.path(), &["build", "-q", "--typst", &typst]);
    let files = support::files(&folder.path().join("out"));
    assert_eq!(files.len(), 30 * 4 + 1);
}

#[test]
fn an_output_that_changed_is_built_again_also_with_its_old_size_and_time() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", SOUND)]);
    let at = |path: &str| folder.path().join(path);
    succeeds(folder.path(), TEXT);
    let sound = fs::read(at("out/a/form12b25.txt")).unwrap();
    succeeds(folder.path(), TEXT);
    for record in [None, Some(""), Some("{\"a/form12b25.txt\":"), Some("\0\0\0\0")] {
        if let Some(damaged) = record {
            fs::write(at("out/.lock"), damaged).unwrap();
        }
        let time = fs::metadata(at("out/a/form12b25.txt")).unwrap().modified().unwrap();
        fs::write(at("out/a/form12b25.txt"), vec![b'x'; sound.len()]).unwrap();
        let file = fs::File::options().write(true).open(at("out/a/form12b25.txt")).unwrap();
        file.set_modified(time).unwrap();
        let said = text(&run(folder.path(), TEXT).stderr);
        assert!(said.contains("2 filings · 1 rebuilt"), "{said}");
        assert_eq!(fs::read(at("out/a/form12b25.txt")).unwrap(), sound);
    }
    // A file in another's place, with the bytes of another output.
    fs::rename(at("out/b/form12b25.htm"), at("out/b/form12b25.txt")).unwrap();
    assert!(text(&run(folder.path(), TEXT).stderr).contains("1 rebuilt"));
    assert_eq!(fs::read(at("out/b/form12b25.txt")).unwrap(), sound);
    assert!(text(&run(folder.path(), TEXT).stderr).contains("0 rebuilt"));
}

#[test]
fn only_a_build_believes_its_record_of_the_outputs() {
    use std::os::unix::fs::MetadataExt as _;
    let folder = repository(&[("a.yaml", SOUND)]);
    let at = |path: &str| folder.path().join(path);
    succeeds(folder.path(), TEXT);
    let sound = fs::read(at("out/a/form12b25.txt")).unwrap();
    fs::write(at("out/a/form12b25.txt"), "another text").unwrap();
    let meta = fs::metadata(at("out/a/form12b25.txt")).unwrap();
    let mut record: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(at("out/.lock")).unwrap()).unwrap();
    record["a/form12b25.txt"][0] = serde_json::json!({
        "size": meta.size(),
        "modified": meta.mtime() * 1_000_000_000 + meta.mtime_nsec(),
        "changed": meta.ctime() * 1_000_000_000 + meta.ctime_nsec(),
        "inode": meta.ino(),
    });
    std::thread::sleep(std::time::Duration::from_millis(20)); // the record has to be younger
    fs::write(at("out/.lock"), record.to_string()).unwrap();
    assert!(text(&run(folder.path(), TEXT).stderr).contains("0 rebuilt"));
    let said = fails(folder.path(), &[&["build", "--check"], &TEXT[1..]].concat(), 1);
    assert!(said.contains("`form12b25.txt` differs from what the sources give"), "{said}");
    succeeds(folder.path(), &[TEXT, &["--force"]].concat());
    assert_eq!(fs::read(at("out/a/form12b25.txt")).unwrap(), sound);
}

#[test]
fn one_build_at_a_time() {
    let folder = repository(&[("a.yaml", SOUND)]);
    fs::create_dir(folder.path().join("out")).unwrap();
    let lock = fs::File::create(folder.path().join("out/.lock")).unwrap();
    lock.lock().unwrap();
    let said = fails(folder.path(), TEXT, 2);
    assert!(said.contains("error: another build writes to out now"), "{said}");
    fails(folder.path(), &["build", "--check", "--formats", "text"], 1);
    drop(lock);
    succeeds(folder.path(), TEXT);
}

#[test]
fn leftovers_of_a_killed_run_are_swept() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    fs::write(folder.path().join("out/a/.latefile-x1y2z3"), "half").unwrap();
    succeeds(folder.path(), TEXT);
    assert!(!folder.path().join("out/a/.latefile-x1y2z3").exists());
}

#[test]
fn outputs_have_ordinary_permissions() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    let mode =
        fs::metadata(folder.path().join("out/a/form12b25.txt")).unwrap().permissions().mode();
    let ordinary = fs::metadata(folder.path().join("filings/a.yaml")).unwrap().permissions().mode();
    assert_eq!(mode, ordinary);
}

#[test]
fn a_link_in_the_place_of_a_folder_is_not_followed() {
    let folder = repository(&[("a.yaml", SOUND)]);
    fs::create_dir_all(folder.path().join("elsewhere")).unwrap();
    fs::create_dir_all(folder.path().join("out")).unwrap();
    symlink(folder.path().join("elsewhere"), folder.path().join("out/a")).unwrap();
    let said = fails(folder.path(), TEXT, 2);
    assert!(said.contains("error: `out/a` is a symbolic link to"), "{said}");
    assert!(support::files(&folder.path().join("elsewhere")).is_empty());
}

#[test]
fn empty_and_missing_folders() {
    let folder = support::folder();
    assert!(fails(folder.path(), &["check"], 2).contains("there is no directory `filings`"));
    fs::create_dir(folder.path().join("filings")).unwrap();
    succeeds(folder.path(), &["check"]);
    assert!(text(&run(folder.path(), &["build"]).stderr).contains("no filings in filings"));
    assert!(
        fails(folder.path(), &["build", "--out", "filings/out"], 2)
            .contains("must not contain each other")
    );
    assert!(
        fails(folder.path(), &["build", "--out", "."], 2).contains("must not contain each other")
    );
    assert!(
        fails(folder.path(), &["check", "nowhere.yaml"], 2).contains("there is no `nowhere.yaml`")
    );
    fs::write(folder.path().join("outside.yaml"), SOUND).unwrap();
    assert!(fails(folder.path(), &["check", "outside.yaml"], 2).contains("is not below `filings`"));
}

#[test]
fn warnings_count_when_denied_and_only_errors_are_said_quietly() {
    let unsigned = SOUND.replace("signed: true, date: 2026-03-31", "signed: false");
    let folder = repository(&[("a.yaml", &unsigned)]);
    succeeds(folder.path(), &["check"]);
    fails(folder.path(), &["check", "--deny", "warnings"], 1);
    assert!(run(folder.path(), &["check", "-qq"]).stdout.is_empty());
    let waived = unsigned + "waive: [{rule: unsigned, because: A draft.}]\n";
    fs::write(folder.path().join("filings/a.yaml"), waived).unwrap();
    succeeds(folder.path(), &["check", "--deny", "warnings"]);
}

#[test]
fn hostile_files_get_one_clear_finding_each() {
    let huge = format!("{SOUND}narrative: {}\n", "x ".repeat(600_000));
    let brackets = "[".repeat(100_000);
    let braces = "{a: ".repeat(50_000);
    let dashes = "- ".repeat(200_000);
    let questions = "? ".repeat(50_000);
    let aliases = format!("a: &a x\nb: [{}]\n", "*a, ".repeat(200_000));
    let errors: String = (0..2_000).map(|i| format!("  - {{rule: {i}, becaus: x}}\n")).collect();
    let errors = format!("{SOUND}waive:\n{errors}");
    let keys: String = (0..60_000).map(|i| format!("k{i}: v\n")).collect();
    let hostile = [
        ("huge.yaml", huge.as_str()),
        ("brackets.yaml", &brackets),
        ("braces.yaml", &braces),
        ("dashes.yaml", &dashes),
        ("questions.yaml", &questions),
    ];
    let folder = repository(&hostile);
    fs::write(folder.path().join("filings/sound.yaml"), SOUND).unwrap();
    let output = run(folder.path(), &[TEXT, &["--color", "never"]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    let said = text(&output.stdout);
    for (name, _) in hostile {
        let findings: Vec<&str> =
            said.lines().filter(|l| l.starts_with(&format!("filings/{name}:"))).collect();
        assert_eq!(findings.len(), 1, "{name}: {findings:#?}");
    }
    assert!(said.contains("filings/huge.yaml:1:1: error[too-large]"), "{said}");
    assert!(folder.path().join("out/sound/form12b25.txt").is_file());
    // Many faults in one file are all told, and no file takes the tool along.
    for (name, text) in [("keys", keys), ("aliases", aliases), ("errors", errors)] {
        let path = format!("filings/{name}.yaml");
        fs::write(folder.path().join(&path), text).unwrap();
        let output = run(folder.path(), &["check", &path, "-q", "--message-format", "short"]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let more = support::text(&output.stdout).contains("error[more-findings]");
        assert_eq!(more, name != "aliases", "{name}");
    }
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let folder = repository(&[("a.yaml", &SOUND.replace("Jane", "Jäne"))]);
    let command =
        format!("{} check | head -c 1 >/dev/null; echo done", env!("CARGO_BIN_EXE_latefile"));
    let output = std::process::Command::new("sh")
        .args(["-c", &command])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(!text(&output.stderr).contains("panicked"), "{}", transcript(&output));
}
