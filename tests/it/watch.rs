//! `latefile build --watch`, driven as a process: what each kind of save builds again, and what
//! none does. Nothing here is timed; a test waits for the line that it expects, long if it must.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{self, SOUND, repository};

/// A run that watches a folder, and what it says.
struct Watching {
    child: Child,
    said: Receiver<String>,
    found: Receiver<String>,
}

/// The lines of a stream as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver
}

impl Watching {
    /// Starts, and waits until the first build is over. Answers its closing line too.
    fn new(folder: &Path, args: &[&str]) -> (Watching, String) {
        let mut command = support::latefile(folder);
        command
            .args(["build", "--watch", "--formats", "text", "--message-format", "short"])
            .args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = lines(child.stderr.take().unwrap());
        let found = lines(child.stdout.take().unwrap());
        let watching = Watching { child, said, found };
        let first = watching.line();
        assert!(watching.line().starts_with("watching filings"));
        (watching, first)
    }

    /// The next line on standard error, without the time that it ends in.
    fn line(&self) -> String {
        let line = self.said.recv_timeout(Duration::from_secs(60)).expect("a line is said");
        match line.rsplit_once(" · ") {
            Some((before, time)) if time.ends_with(" s") => before.to_owned(),
            _ => line,
        }
    }

    /// The next finding.
    fn finding(&self) -> String {
        self.found.recv_timeout(Duration::from_secs(60)).expect("a finding is told")
    }

    /// Ends it as Ctrl-C does; nothing was said that no test waited for.
    fn end(mut self) {
        let kill = std::process::Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(kill.success());
        assert_eq!(self.child.wait().unwrap().code(), Some(130));
        let rest: Vec<String> = self.said.iter().chain(self.found.iter()).collect();
        assert!(rest.is_empty(), "{rest:#?}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill(); // a test that failed leaves none behind
        let _ = self.child.wait();
    }
}

/// A sound filing of another registrant.
fn of(name: &str) -> String {
    let cik = format!("{:010}", name.bytes().map(u64::from).sum::<u64>());
    SOUND.replace("Quiet Harbor", name).replace("0009990001", &cik)
}

/// Writes in place.
fn put(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join("filings").join(name), text).unwrap();
}

/// Saves as many editors do: into a file beside, which is then renamed over the old one.
fn replace(folder: &Path, name: &str, text: &str) {
    let beside = folder.join("filings").join(format!("{name}.tmp123"));
    fs::write(&beside, text).unwrap();
    fs::rename(beside, folder.join("filings").join(name)).unwrap();
}

fn document(folder: &Path, id: &str) -> String {
    fs::read_to_string(folder.join("out").join(id).join("form12b25.txt")).unwrap()
}

const ALL: &str = "2 filings · 2 rebuilt · 0 PDFs compiled · 0 errors · 0 warnings";
const ONE: &str = "1 filing · 1 rebuilt · 0 PDFs compiled · 0 errors · 0 warnings";

/// What is said of a filing that was built by itself.
fn alone(id: &str) -> String {
    format!("{id} · rebuilt · 0 PDFs compiled · 0 errors · 0 warnings")
}

#[test]
fn a_save_builds_the_filing_that_it_changed() {
    let folder = repository(&[("a.yaml", SOUND), ("b/c.yaml", &of("Other Harbor"))]);
    let (watching, first) = Watching::new(folder.path(), &[]);
    assert_eq!(first, ALL);
    put(folder.path(), "a.yaml", &of("Loud Harbor"));
    assert_eq!(watching.line(), alone("a"));
    assert!(document(folder.path(), "a").contains("Loud Harbor"));
    replace(folder.path(), "b/c.yaml", &of("Calm Harbor"));
    assert_eq!(watching.line(), alone("b/c"));
    assert!(document(folder.path(), "b/c").contains("Calm Harbor"));
    // vim: the old file is moved aside, and a new one written; the lock and swap files come and go.
    for name in ["4913", ".a.yaml.swp", ".#a.yaml", "#a.yaml#"] {
        put(folder.path(), name, "an editor's");
    }
    fs::rename(folder.path().join("filings/a.yaml"), folder.path().join("filings/a.yaml~"))
        .unwrap();
    put(folder.path(), "a.yaml", &of("Deep Harbor"));
    for name in ["4913", ".a.yaml.swp", ".#a.yaml", "#a.yaml#", "a.yaml~"] {
        fs::remove_file(folder.path().join("filings").join(name)).unwrap();
    }
    assert_eq!(watching.line(), alone("a"));
    assert!(document(folder.path(), "a").contains("Deep Harbor"));
    watching.end();
}

#[test]
fn a_few_that_change_at_once_are_named_and_many_are_counted() {
    let texts: Vec<(String, String)> = ["A", "B", "C", "D"]
        .map(|name| (format!("{}.yaml", name.to_lowercase()), of(&format!("{name} Harbor"))))
        .into();
    let named: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = repository(&named);
    let (watching, _) = Watching::new(folder.path(), &[]);
    for (many, said) in [(2, "a, b · 2 rebuilt"), (4, "4 filings · 4 rebuilt")] {
        for (name, text) in &texts[..many] {
            put(folder.path(), name, &text.replace("Jane Roe", &format!("Jane Roe {many}")));
        }
        assert_eq!(watching.line(), format!("{said} · 0 PDFs compiled · 0 errors · 0 warnings"));
    }
    watching.end();
}

#[test]
fn what_editors_leave_beside_a_file_builds_nothing() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &of("Other Harbor"))]);
    let templates = folder.path().join("templates");
    fs::create_dir(&templates).unwrap();
    let (watching, _) = Watching::new(folder.path(), &["--templates", "templates"]);
    for name in
        ["4913", ".b.yaml.swp", ".#b.yaml", "#b.yaml#", "b.yaml~", "notes.txt", ".latefile-1"]
    {
        put(folder.path(), name, "an editor's");
    }
    for name in ["4913", ".form12b25.txt.swp", "form12b25.txt~"] {
        fs::write(templates.join(name), "an editor's").unwrap();
        fs::remove_file(templates.join(name)).unwrap();
    }
    // Had one of them counted, everything would be built, now or before.
    replace(folder.path(), "a.yaml", &of("Loud Harbor"));
    assert_eq!(watching.line(), alone("a"));
    watching.end();
}

#[test]
fn names_that_come_and_go_build_everything() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let (watching, first) = Watching::new(folder.path(), &[]);
    assert_eq!(first, ONE);
    replace(folder.path(), "b.yaml", &of("Other Harbor"));
    assert_eq!(watching.line(), ALL.replace("2 rebuilt", "1 rebuilt"));
    fs::create_dir_all(folder.path().join("filings/new/deep")).unwrap();
    replace(folder.path(), "new/deep/c.yaml", &of("Third Harbor"));
    assert_eq!(watching.line(), "3 filings · 1 rebuilt · 0 PDFs compiled · 0 errors · 0 warnings");
    replace(folder.path(), "new/deep/c.yaml", &of("Loud Harbor"));
    assert_eq!(watching.line(), alone("new/deep/c"));
    fs::remove_file(folder.path().join("filings/b.yaml")).unwrap();
    assert_eq!(
        watching.line(),
        "2 filings · 0 rebuilt · 0 PDFs compiled · 1 removed · 0 errors · 0 warnings"
    );
    assert_eq!(watching.line(), "removed the outputs of b, whose source is gone");
    assert!(!folder.path().join("out/b").exists());
    fs::rename(folder.path().join("filings/new"), folder.path().join("filings/old")).unwrap();
    assert_eq!(
        watching.line(),
        "2 filings · 1 rebuilt · 0 PDFs compiled · 1 removed · 0 errors · 0 warnings"
    );
    assert_eq!(watching.line(), "removed the outputs of new/deep/c, whose source is gone");
    assert!(document(folder.path(), "old/deep/c").contains("Loud Harbor"));
    replace(folder.path(), "old/deep/c.yaml", &of("Third Harbor"));
    assert_eq!(watching.line(), alone("old/deep/c"));
    watching.end();
}

#[test]
fn broken_yaml_is_told_at_once_and_mended_at_once() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &of("Other Harbor"))]);
    let (watching, _) = Watching::new(folder.path(), &[]);
    replace(folder.path(), "a.yaml", &SOUND.replace("10-K", "10-X"));
    assert!(watching.finding().starts_with("filings/a.yaml:1:16: error[value]: `10-X`"));
    assert_eq!(watching.line(), "a · not rebuilt · 0 PDFs compiled · 1 error · 0 warnings");
    replace(folder.path(), "a.yaml", &of("Loud Harbor"));
    assert_eq!(watching.line(), alone("a"));
    watching.end();
}

#[test]
fn what_filings_share_builds_everything() {
    let shared = "name: Quiet Harbor, Inc.\ncik: \"7\"\nfiler_status: non-accelerated\naddress: {street: 1 Way, city: Portland}\n";
    let a_registrant = "registrant: harbor\n";
    let start = SOUND.find("registrant:").unwrap();
    let end = SOUND.find("relief:").unwrap();
    let using = SOUND.replace(&SOUND[start..end], a_registrant)
        + "letters:\n- {kind: cover, letterhead: birch, date: 2026-03-31, body: A letter., signed: true, signed_by: Jane Roe}\n";
    let folder = repository(&[
        ("a.yaml", &using),
        ("b.yaml", &of("Other Harbor")),
        ("registrants/harbor.yaml", shared),
        ("letterheads/birch.yaml", "name: Birch LLP\n"),
    ]);
    fs::create_dir(folder.path().join("templates")).unwrap();
    let (watching, first) = Watching::new(folder.path(), &["--templates", "templates"]);
    assert_eq!(first, ALL);
    replace(folder.path(), "registrants/harbor.yaml", &shared.replace("Quiet", "Loud"));
    assert_eq!(watching.line(), ALL.replace("2 rebuilt", "1 rebuilt"));
    assert!(document(folder.path(), "a").contains("Loud Harbor"));
    replace(folder.path(), "letterheads/birch.yaml", "name: Birch Lovell LLP\n");
    assert_eq!(watching.line(), ALL.replace("2 rebuilt", "1 rebuilt"));
    let letter = fs::read_to_string(folder.path().join("out/a/cover.txt")).unwrap();
    assert!(letter.contains("Birch Lovell LLP"));
    let template = fs::read_to_string(support::root().join("templates/letter.txt")).unwrap();
    fs::write(folder.path().join("templates/letter.txt"), template + "{# ours #}").unwrap();
    assert_eq!(watching.line(), ALL, "the manifests name the templates");
    watching.end();
}

#[test]
fn only_the_filings_that_were_asked_for_are_built() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &of("Other Harbor"))]);
    let (watching, first) = Watching::new(folder.path(), &["filings/a.yaml"]);
    assert_eq!(first, ONE);
    replace(folder.path(), "b.yaml", &of("Loud Harbor"));
    replace(folder.path(), "a.yaml", &of("Calm Harbor"));
    assert_eq!(watching.line(), alone("a"));
    assert!(!folder.path().join("out/b").exists());
    watching.end();
}

#[test]
fn the_folder_itself_may_go_and_come_back() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &of("Other Harbor"))]);
    let (watching, _) = Watching::new(folder.path(), &[]);
    let filings = folder.path().join("filings");
    fs::rename(&filings, folder.path().join("aside")).unwrap();
    assert_eq!(watching.line(), "filings is gone; waiting for it to come back");
    assert!(folder.path().join("out/a").is_dir());
    put_back(folder.path(), &of("Loud Harbor"));
    assert_eq!(watching.line(), ALL);
    replace(folder.path(), "a.yaml", &of("Calm Harbor"));
    assert_eq!(watching.line(), alone("a"), "the new folder is watched");
    watching.end();
}

/// Makes another folder of filings and moves it to its place in one step.
fn put_back(folder: &Path, text: &str) {
    let new = folder.join("new");
    fs::create_dir(&new).unwrap();
    fs::write(new.join("a.yaml"), text).unwrap();
    fs::write(new.join("b.yaml"), of("Fourth Harbor")).unwrap();
    fs::rename(new, folder.join("filings")).unwrap();
}

#[test]
fn a_build_that_was_held_up_is_made_up_for() {
    let folder = repository(&[("a.yaml", SOUND), ("b.yaml", &of("Other Harbor"))]);
    fs::create_dir(folder.path().join("out")).unwrap();
    let lock = fs::File::create(folder.path().join("out/.lock")).unwrap();
    lock.lock().unwrap();
    let (watching, first) = Watching::new(folder.path(), &[]);
    assert_eq!(first, "error: another build writes to out now");
    drop(lock);
    replace(folder.path(), "a.yaml", &of("Loud Harbor"));
    assert_eq!(watching.line(), ALL);
    watching.end();
}

/// Writes a file of the settings in one step.
fn set(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join("beside"), text).unwrap();
    fs::rename(folder.join("beside"), folder.join(name)).unwrap();
}

const LATE: &str = "1 filing · 0 rebuilt · 0 PDFs compiled · 1 with errors · 1 error · 0 warnings";

#[test]
fn a_closed_day_builds_everything() {
    let late = SOUND.replace("date: 2026-03-31", "date: 2026-04-02");
    let folder = repository(&[("a.yaml", &late)]);
    set(folder.path(), "closed.csv", "# none yet\n");
    let (watching, first) = Watching::new(folder.path(), &["--closed-days", "closed.csv"]);
    assert_eq!(first, LATE);
    assert!(watching.finding().contains("error[notice-late]"));
    set(folder.path(), "closed.csv", "2026-04-01,Day of mourning,C\n");
    assert_eq!(watching.line(), ONE);
    set(folder.path(), "closed.csv", "April 1\n");
    assert!(watching.line().starts_with("error: closed.csv:1: "));
    set(folder.path(), "closed.csv", "2026-04-01,Day of mourning,C\n2026-04-02,Another,C\n");
    assert_eq!(watching.line(), ONE);
    watching.end();
}

#[test]
fn a_change_of_the_project_file_builds_everything() {
    let late = SOUND.replace("date: 2026-03-31", "date: 2026-04-02");
    let folder = repository(&[("a.yaml", &late)]);
    let (watching, first) = Watching::new(folder.path(), &[]);
    assert_eq!(first, LATE);
    assert!(watching.finding().contains("error[notice-late]"));
    set(folder.path(), "latefile.toml", "closed_day = 'closed.csv'\n");
    assert!(watching.line().starts_with("error: latefile.toml:1:1: unknown key `closed_day`"));
    set(folder.path(), "latefile.toml", "closed_days = 'closed.csv'\n");
    assert!(watching.line().starts_with("error: cannot read closed.csv"));
    set(folder.path(), "closed.csv", "2026-04-01,Day of mourning,C\n");
    assert_eq!(watching.line(), ONE);
    support::copy(&folder.path().join("filings"), &folder.path().join("sources"));
    set(folder.path(), "latefile.toml", "closed_days = 'closed.csv'\nfilings = 'sources'\n");
    assert_eq!(watching.line(), ONE.replace("1 rebuilt", "0 rebuilt"));
    fs::write(folder.path().join("sources/a.yaml"), late.replace("Quiet", "Loud")).unwrap();
    assert_eq!(watching.line(), alone("a"), "the new folder is watched");
    watching.end();
}

#[test]
fn a_folder_that_is_not_there_cannot_be_watched() {
    let folder = support::folder();
    let output = support::run(folder.path(), &["build", "--watch"]);
    assert_eq!(
        support::transcript(&output),
        "-- stderr\nerror: there is no directory `filings` to watch\n-- exit 2\n"
    );
}
