//! The workflow of a new repository: its own commands, run on a repository with two branches. What
//! installs the tool is left out; what speaks to GitHub gets a stand-in for its command.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::{self, SOUND, text, transcript};

/// The commands of a step of the workflow.
fn step(job: &str, name: &str) -> String {
    let files = latefile::start::scaffold::files();
    let (_, workflow) = files.iter().find(|(path, _)| path.ends_with("latefile.yml")).unwrap();
    let workflow: Value = serde_yaml::from_str(workflow).unwrap();
    let steps = workflow["jobs"][job]["steps"].as_array().unwrap();
    let step = steps
        .iter()
        .find(|step| step["name"] == name)
        .unwrap_or_else(|| panic!("no step `{name}`"));
    step["run"].as_str().unwrap().to_owned()
}

/// A repository after `latefile init`, with a second branch, and a folder of commands.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Repository {
        let folder = support::folder();
        let repository = Repository { folder };
        let root = repository.root();
        fs::create_dir(repository.folder.path().join("bin")).unwrap();
        std::os::unix::fs::symlink(
            env!("CARGO_BIN_EXE_latefile"),
            repository.folder.path().join("bin/latefile"),
        )
        .unwrap();
        support::succeeds(repository.folder.path(), &["init", "notices"]);
        fs::remove_dir_all(root.join("filings")).unwrap();
        fs::create_dir(root.join("filings")).unwrap();
        fs::write(root.join("filings/a.yaml"), SOUND).unwrap();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit("The first notice");
        repository.git(&["checkout", "-q", "-b", "later"]);
        fs::write(
            root.join("filings/a.yaml"),
            SOUND.replace("a fire destroyed", "a flood destroyed"),
        )
        .unwrap();
        repository.commit("A flood, not a fire");
        repository
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("notices")
    }

    fn git(&self, args: &[&str]) -> Output {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
            .args(args)
            .current_dir(self.root());
        let output = git.output().unwrap();
        assert!(output.status.success(), "{}", transcript(&output));
        output
    }

    /// Builds, and commits all.
    fn commit(&self, message: &str) {
        support::succeeds(&self.root(), &["build", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// Runs commands of the workflow as GitHub's runner does.
    fn run(&self, commands: &str, variables: &[(&str, &str)]) -> Output {
        let path = format!(
            "{}:{}",
            self.folder.path().join("bin").display(),
            std::env::var("PATH").unwrap()
        );
        let mut shell = Command::new("bash");
        shell
            .args(["-e", "-o", "pipefail", "-c", commands])
            .current_dir(self.root())
            .env("PATH", path);
        shell.env_remove("LATEFILE_TYPST").envs(variables.iter().copied());
        shell.output().unwrap()
    }

    fn runs(&self, commands: &str, variables: &[(&str, &str)]) -> String {
        let output = self.run(commands, variables);
        assert!(output.status.success(), "{}", transcript(&output));
        text(&output.stdout)
    }

    /// A stand-in for GitHub's command, which keeps what it is asked and answers with a script.
    fn gh(&self, answers: &str) {
        let path = self.folder.path().join("bin/gh");
        let log = self.folder.path().join("asked");
        let script = format!("#!/bin/sh\necho \"$*\" >> '{}'\n{answers}\n", log.display());
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn asked(&self) -> Vec<String> {
        let log = self.folder.path().join("asked");
        let asked =
            fs::read_to_string(&log).unwrap_or_default().lines().map(str::to_owned).collect();
        let _ = fs::remove_file(log);
        asked
    }
}

#[test]
fn the_workflow_checks_a_pull_request_and_shows_its_redline() {
    let repository = Repository::new();
    let (check, same) = (
        step("check", "Check the filings"),
        step("check", "Check that the documents are what the filings give"),
    );
    assert_eq!(repository.runs(&check, &[]), "");
    repository.runs(&same, &[]);
    // GitHub checks out the pull request as it would be merged, with what the main branch gained
    // meanwhile.
    repository.git(&["checkout", "-q", "main"]);
    fs::write(
        repository.root().join("filings/meanwhile.yaml"),
        SOUND.replace("0009990001", "0009990002"),
    )
    .unwrap();
    repository.commit("Another notice");
    repository.git(&["merge", "-q", "--no-ff", "-m", "Merge", "later"]);
    repository.runs(&step("check", "Redline"), &[]);
    let markdown = fs::read_to_string(repository.root().join("redline/redline.md")).unwrap();
    assert!(!markdown.contains("meanwhile"), "{markdown}");
    assert!(markdown.contains("flood") && markdown.contains("fire"), "{markdown}");
    assert!(markdown.len() < 65_536 - 100, "a comment has room for no more");
    let page = fs::read_to_string(repository.root().join("redline/redline.html")).unwrap();
    assert!(page.contains("<ins") && page.contains("<del"), "{page}");
    repository.runs(&step("check", "Docket"), &[]);
    assert!(
        fs::read_to_string(repository.root().join("docket.html"))
            .unwrap()
            .contains("Quiet Harbor, Inc.")
    );

    let filing = repository.root().join("filings/a.yaml");
    fs::write(&filing, SOUND.replace("10-K", "10-X")).unwrap();
    let output = repository.run(&check, &[]);
    assert!(!output.status.success());
    assert!(
        text(&output.stdout).starts_with("::error file=filings/a.yaml,line=1,"),
        "{}",
        transcript(&output)
    );
    fs::write(&filing, SOUND).unwrap();
    let output = repository.run(&same, &[]);
    assert!(
        !output.status.success() && text(&output.stdout).contains("stale"),
        "{}",
        transcript(&output)
    );
}

#[test]
fn the_workflow_fails_if_a_filed_notice_changes_and_shows_its_redline() {
    let repository = Repository::new();
    let filing = repository.root().join("filings/a.yaml");
    let filed = format!("{SOUND}filed: {{date: 2026-03-31, accession: 0001193125-26-000123}}\n");
    repository.git(&["checkout", "-q", "main"]);
    fs::write(&filing, &filed).unwrap();
    repository.commit("Filed");
    fs::write(&filing, filed.replace("March 3", "March 4")).unwrap();
    support::succeeds(&repository.root(), &["build", "-q", "--force"]);
    repository.git(&["commit", "-q", "-a", "-m", "Rewrite"]);
    repository.runs(&step("check", "Check that the documents are what the filings give"), &[]);
    let output = repository.run(&step("check", "Redline"), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
    let annotation = "::error file=filings/a.yaml,line=16,";
    assert!(text(&output.stderr).starts_with(annotation), "{}", transcript(&output));
    let markdown = fs::read_to_string(repository.root().join("redline/redline.md")).unwrap();
    assert!(markdown.lines().nth(2).unwrap().contains("error[filed-changed]"), "{markdown}");
    assert!(repository.root().join("redline/redline.html").exists());
}

#[test]
fn the_redline_is_one_comment_that_is_kept_up_to_date() {
    let repository = Repository::new();
    fs::write(repository.root().join("redline.md"), "What changed\n").unwrap();
    let comment = step("comment", "Comment");
    let summary = repository.root().join("summary.md");
    let variables = [
        ("GITHUB_REPOSITORY", "acme/notices"),
        ("PULL_REQUEST", "7"),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
    ];
    let told = |asked: &[String]| asked.last().unwrap().clone();

    repository.gh("exit 0");
    repository.runs(&comment, &variables);
    let asked = repository.asked();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert_eq!(
        told(&asked),
        "api --method POST repos/acme/notices/issues/7/comments -F body=@comment.md"
    );
    let body = fs::read_to_string(repository.root().join("comment.md")).unwrap();
    assert_eq!(body, "<!-- latefile redline -->\nWhat changed\n");

    repository.gh("case \"$*\" in *paginate*) echo 42 ;; esac");
    repository.runs(&comment, &variables);
    assert_eq!(
        told(&repository.asked()),
        "api --method PATCH repos/acme/notices/issues/comments/42 -F body=@comment.md"
    );
    assert!(!summary.exists());

    // The token of a pull request from a fork reads, and may not write.
    repository.gh("case \"$*\" in *method*) exit 1 ;; esac");
    repository.runs(&comment, &variables);
    assert_eq!(fs::read_to_string(&summary).unwrap(), "What changed\n");
}

#[test]
fn the_workflow_downloads_a_release_and_compares_its_hash() {
    let repository = Repository::new();
    let install = step("check", "Install latefile");
    let folder = repository.folder.path();
    fs::create_dir_all(folder.join("latefile-1")).unwrap();
    fs::write(folder.join("latefile-1/latefile"), "the program").unwrap();
    let script = "tar -cJf release.tar.xz latefile-1 && sha256sum release.tar.xz | cut -d ' ' -f 1";
    let output = Command::new("bash").args(["-c", script]).current_dir(folder).output().unwrap();
    let hash = text(&output.stdout).trim_end().to_owned();
    // A stand-in for the network: the last two arguments are the file and the URL.
    let curl =
        "#!/bin/sh\nfor url; do :; done\n[ \"$url\" = https://example.com/release ] || exit 22\n\
                while [ \"$1\" != -o ]; do shift; done\ncp release.tar.xz \"$2\"\n"
            .replace("release.tar.xz", folder.join("release.tar.xz").to_str().unwrap());
    fs::write(folder.join("bin/curl"), curl).unwrap();
    fs::set_permissions(folder.join("bin/curl"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = folder.join("path");
    let run = |release: &str, hash: &str| {
        let variables = [
            ("LATEFILE_RELEASE", release),
            ("LATEFILE_SHA256", hash),
            ("LATEFILE_SOURCE", ""),
            ("LATEFILE_COMMIT", ""),
            ("RUNNER_TEMP", folder.to_str().unwrap()),
            ("GITHUB_PATH", path.to_str().unwrap()),
        ];
        repository.run(&install, &variables)
    };
    let error = "::error file=.github/workflows/latefile.yml::";
    for (release, given, says) in [
        (
            "",
            "",
            "set LATEFILE_RELEASE and LATEFILE_SHA256 at the top, or LATEFILE_SOURCE and LATEFILE_COMMIT",
        ),
        (
            "https://example.com/release",
            "",
            "the SHA-256 of LATEFILE_RELEASE is not LATEFILE_SHA256",
        ),
        (
            "https://example.com/release",
            &hash.replace(&hash[..1], "g"),
            "the SHA-256 of LATEFILE_RELEASE is not LATEFILE_SHA256",
        ),
    ] {
        let output = run(release, given);
        assert_eq!(text(&output.stdout), format!("{error}{says}\n"), "{}", transcript(&output));
        assert_eq!(output.status.code(), Some(1));
        assert!(!folder.join("latefile").exists() && !path.exists());
    }
    let output = run("https://example.com/release", &hash);
    assert!(output.status.success(), "{}", transcript(&output));
    assert_eq!(fs::read_to_string(folder.join("latefile/latefile")).unwrap(), "the program");
    let added = format!("{}\n", folder.join("latefile").display());
    assert_eq!(fs::read_to_string(path).unwrap(), added);
}

#[test]
fn the_workflow_can_write_no_more_than_a_comment() {
    let files = latefile::start::scaffold::files();
    let (_, text) = files.iter().find(|(path, _)| path.ends_with("latefile.yml")).unwrap();
    let workflow: Value = serde_yaml::from_str(text).unwrap();
    assert_eq!(workflow["permissions"], serde_json::json!({ "contents": "read" }));
    for (name, job) in workflow["jobs"].as_object().unwrap() {
        let write = if name == "comment" {
            serde_json::json!({ "pull-requests": "write" })
        } else {
            Value::Null
        };
        assert_eq!(job["permissions"], write, "{name}");
        for step in job["steps"].as_array().unwrap() {
            let commands = step["run"].as_str().unwrap_or_default();
            assert!(
                !commands.contains("${{"),
                "what GitHub puts into a command could be a command: {commands}"
            );
            if let Some(action) = step["uses"].as_str() {
                let commit = action.split_once('@').unwrap().1;
                assert!(
                    commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()),
                    "{action} is not pinned"
                );
            }
        }
        let alone =
            job["steps"].as_array().unwrap().iter().all(|step| step["name"] != "Install latefile");
        assert_eq!(
            alone,
            name == "comment",
            "nothing that is installed runs beside the right to write"
        );
    }
}
