//! `latefile redline` on what nobody wishes for: texts that are code elsewhere, a repository that
//! wants something run, names that no file should have, more than a comment holds.

use std::fs;
use std::path::Path;

use crate::redline::{commit, git, without_hashes};
use crate::support;

fn redline(folder: &Path, args: &[&str]) -> String {
    let output = support::run(folder, &[&["redline"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", support::transcript(&output));
    without_hashes(&support::text(&output.stdout))
}

/// A repository with a commit of a sound filing, and the filing changed in the work tree.
fn changed(by: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    fs::write(folder.path().join("filings/a.yaml"), by(support::SOUND)).unwrap();
    folder
}

const HOSTILE: &str = "<script>alert(1)</script> & \\\"><img src=x onerror=alert(2)> @everyone a@b.com ]]> --> `code` \
                       **bold** | pipe | #123 GH-45 org/repo#6 deadbeef1 https://evil.example www.evil.example </details> \
                       {{ x }} &lt;b&gt; ![i](j) <!-- c";

#[test]
fn hostile_texts_are_inert() {
    let folder = changed(|sound| {
        let name = sound.replace("Quiet Harbor, Inc.", &format!("\"{HOSTILE}\""));
        name.replace(
            "narrative: >-\n",
            &format!("waive:\n  - {{rule: no-reason, because: \"{HOSTILE}\"}}\nnarrative: >-\n"),
        )
    });
    let cases = support::root().join("tests/cases/redline");
    let page = redline(folder.path(), &["main", "--format", "html"]);
    let comment = redline(folder.path(), &["main", "--format", "markdown"]);
    assert!(
        !page.contains("<script") && !page.contains("<img") && !page.contains("onerror=alert(2)>"),
        "{page}"
    );
    for bad in [
        "<script",
        "<img",
        "@everyone",
        "#123",
        "GH-45",
        "deadbeef1",
        "://evil",
        "www.evil",
        "<!-- c",
        "a@b",
    ] {
        assert!(!comment.contains(bad), "{bad}: {comment}");
    }
    assert_eq!(comment.matches("<details>").count(), comment.matches("</details>").count());
    // A blank line would end the block in which nothing is Markdown.
    let details =
        &comment[comment.find("<details>").unwrap()..comment.rfind("</details>").unwrap()];
    assert!(!details.contains("\n\n"), "{details}");
    support::expect(&cases.join("hostile.md"), &comment);
    support::expect(&cases.join("hostile.txt"), &redline(folder.path(), &["main"]));
}

#[test]
fn no_control_character_is_shown() {
    let folder = changed(|_| "a: \u{1b}[31mred\u{7}\u{202e}\n".to_owned());
    for format in ["terminal", "markdown", "html", "json"] {
        let text = redline(folder.path(), &["main", "--format", format]);
        let control = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(control), "{format}: {text:?}");
        assert!(text.contains("the new version cannot be read as a filing"), "{text}");
    }
}

#[test]
fn nothing_that_a_repository_names_is_run() {
    let folder = changed(|sound| sound.replace("March 3", "March 4"));
    let path = folder.path();
    fs::write(path.join("evil.sh"), "#!/bin/sh\ntouch ran\ncat\n").unwrap();
    let evil = path.join("evil.sh").to_str().unwrap().to_owned();
    git(path, &["update-index", "--chmod=+x", "--add", "evil.sh"]);
    git(path, &["checkout", "-q", "--", "evil.sh"]);
    std::process::Command::new("chmod").args(["+x", &evil]).status().unwrap();
    fs::write(path.join(".gitattributes"), "* filter=evil diff=evil\n").unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "filter.evil.smudge",
        "filter.evil.clean",
        "diff.evil.textconv",
    ] {
        git(path, &["config", key, &evil]);
    }
    let _ = fs::remove_file(path.join("ran"));
    assert!(redline(path, &["main"]).contains("[-March 3,"));
    assert!(!path.join("ran").exists());
}

#[cfg(unix)]
#[test]
fn links_and_bad_names_are_reported() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    std::os::unix::fs::symlink("/etc/passwd", path.join("filings/link.yaml")).unwrap();
    fs::write(path.join("filings/Bad Name\u{1b}[31m.yaml"), support::SOUND).unwrap();
    fs::write(path.join("filings/large.yaml"), "x".repeat(3 * 1024 * 1024)).unwrap();
    fs::write(path.join("filings/old.yml"), support::SOUND).unwrap();
    git(path, &["switch", "-q", "-c", "new"]);
    commit(path);
    let text = redline(path, &["main..new"]);
    support::expect(&support::root().join("tests/cases/redline/names.txt"), &text);
    // A folder with the same files says the same.
    assert_eq!(
        redline(path, &["main"]).split_once('\n').unwrap().1,
        text.split_once('\n').unwrap().1
    );
}

#[test]
fn a_comment_keeps_its_limit_and_names_its_cuts() {
    let many: Vec<(String, String)> = (0..400)
        .map(|n| {
            (format!("f{n:03}.yaml"), support::SOUND.replace("0009990001", &format!("0009{n:06}")))
        })
        .collect();
    let folder = support::repository(
        &many.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect::<Vec<_>>(),
    );
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    for (name, text) in &many {
        fs::write(
            path.join("filings").join(name),
            text.replace("a fire destroyed", "a great flood took"),
        )
        .unwrap();
    }
    let comment = redline(path, &["main", "--format", "markdown"]);
    assert!(comment.chars().count() <= 65_536, "{}", comment.chars().count());
    let last = comment.lines().last().unwrap();
    assert!(
        last.contains("limit of 65536 characters")
            && last.contains("changed filings not shown at all"),
        "{last}"
    );
    assert_eq!(comment.matches("<details>").count(), comment.matches("</details>").count());
    assert!(comment.contains("… and "), "the table of 400 rows is cut too");
    // Also with a name of which each character is five in HTML.
    let named = path.join("'".repeat(200));
    support::copy(&path.join("filings"), &named.join("filings"));
    for (name, text) in &many {
        fs::write(named.join("filings").join(name), text.replace("ledgers", "books")).unwrap();
    }
    let comment =
        redline(path, &[named.file_name().unwrap().to_str().unwrap(), ".", "--format", "markdown"]);
    assert!(comment.chars().count() <= 65_536 - 100, "{}", comment.chars().count());
}
