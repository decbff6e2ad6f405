use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::*;

/// Makes a shell script that acts as typst. `$bundle` is empty if there is a single document;
/// `single` and `together` write the requested PDFs, each with the document's source in it.
fn script(body: &str) -> (tempfile::TempDir, Typst) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("typst");
    let helpers = r#"
case "$*" in *"--format bundle"*) bundle=yes ;; *) bundle= ;; esac
single() { cp main.typ main.pdf; }
together() { for f in $(grep -o '[0-9]*\.typ' main.typ); do cp $f made/${f%.typ}.pdf; done; }
"#;
    fs::write(&path, format!("#!/bin/sh\n{helpers}\n{body}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let typst = Typst { path, limit: Duration::from_millis(1500), version: VERSION.to_owned() };
    (folder, typst)
}

fn all(typst: &Typst, sources: &[&str]) -> (Vec<Result<String, Vec<String>>>, Option<String>) {
    let done = typst.session("").unwrap().compile_all(sources, &AtomicBool::new(false)).unwrap();
    let text = |result: Option<Result<Vec<u8>, Fault>>| match result.unwrap() {
        Ok(bytes) => Ok(String::from_utf8(bytes).unwrap()),
        Err(fault) => Err(fault.0),
    };
    (done.documents.into_iter().map(text).collect(), done.note)
}

fn fine(text: &str) -> Result<String, Vec<String>> {
    Ok(text.to_owned())
}

#[test]
fn a_typst_that_hangs_over_one_document_is_killed_and_reported() {
    let (_folder, typst) = script("exec sleep 1000");
    let fault = typst.session("").unwrap().compile("").unwrap().unwrap_err();
    assert_eq!(fault.0, ["error: it was not done after 1.5 seconds"]);
}

#[test]
fn neighbours_of_a_document_that_is_named_are_compiled_together() {
    let (folder, typst) = script(
        r#"echo "$bundle" >> "$(dirname "$0")/runs"
for f in main.typ $(grep -o '[0-9]*\.typ' main.typ); do
if grep -q bad $f; then echo "$f:1:1: error: it is bad" >&2; exit 1; fi; done
if [ $bundle ]; then together; else single; fi"#,
    );
    let (documents, note) = all(&typst, &["a", "bad", "c", "d"]);
    assert_eq!(
        documents,
        [fine("a"), Err(vec!["main.typ:1:1: error: it is bad".to_owned()]), fine("c"), fine("d")]
    );
    assert_eq!(note, None);
    let runs = fs::read_to_string(folder.path().join("runs")).unwrap();
    assert_eq!(runs, "yes\nyes\n\n", "all, all but the bad one, the bad one alone");
}

#[test]
fn a_run_with_a_fault_in_no_named_document_is_halved() {
    let (_folder, typst) = script(
        r#"if grep -q bad main.typ $(grep -o '[0-9]*\.typ' main.typ); then
echo "error: PDF/UA-1 error: missing document title" >&2; exit 1; fi
if [ $bundle ]; then together; else single; fi"#,
    );
    let (documents, note) = all(&typst, &["a", "b", "c", "bad", "e"]);
    let fault = Err(vec!["error: PDF/UA-1 error: missing document title".to_owned()]);
    assert_eq!(documents, [fine("a"), fine("b"), fine("c"), fault, fine("e")]);
    assert_eq!(note, None);
}

#[test]
fn a_run_that_breaks_off_is_done_one_by_one_with_a_note() {
    let broken = [
        ("kill -ABRT $$", "typst was killed over 3 documents, which were compiled one by one"),
        (
            "exec sleep 1000",
            "typst was not done after 1.5 seconds over 3 documents, which were compiled one by one",
        ),
        ("true", "typst left something out over 3 documents, which were compiled one by one"),
        ("exit 3", "typst failed (``) over 3 documents, which were compiled one by one"),
    ];
    for (breaks, expected) in broken {
        let (_folder, typst) = script(&format!("if [ $bundle ]; then {breaks}; else single; fi"));
        let (documents, note) = all(&typst, &["a", "b", "c"]);
        assert_eq!(documents, [fine("a"), fine("b"), fine("c")]);
        assert_eq!(note.as_deref(), Some(expected));
    }
}

#[test]
fn more_documents_than_a_bundle_holds_take_several_runs() {
    let (folder, typst) =
        script(r#"grep -c document main.typ >> "$(dirname "$0")/runs"; together"#);
    let sources: Vec<String> = (0..70).map(|n| format!("document {n}")).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let (documents, _) = all(&typst, &sources);
    assert!(documents.iter().zip(&sources).all(|(made, source)| made.as_deref() == Ok(*source)));
    assert_eq!(fs::read_to_string(folder.path().join("runs")).unwrap(), "24\n24\n22\n");
}

#[test]
fn nothing_starts_after_the_run_was_stopped() {
    let (_folder, typst) = script("exit 9");
    let done = typst.session("").unwrap().compile_all(&["a", "b"], &AtomicBool::new(true)).unwrap();
    assert_eq!((done.documents, done.note), (vec![None, None], None));
}

#[test]
fn a_stopped_run_does_not_wait_for_a_typst_that_hangs() {
    let (_folder, mut typst) = script("exec sleep 1000");
    typst.limit = Duration::from_secs(600);
    for sources in [&["a"][..], &["a", "b"]] {
        let stop = AtomicBool::new(false);
        let done = std::thread::scope(|scope| {
            let compile =
                scope.spawn(|| typst.session("").unwrap().compile_all(sources, &stop).unwrap());
            std::thread::sleep(Duration::from_millis(200));
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            compile.join().unwrap()
        });
        assert_eq!((done.documents, done.note), (vec![None; sources.len()], None));
    }
}

#[test]
fn a_pdf_of_an_earlier_run_is_never_taken_for_a_document() {
    let (_folder, typst) = script(
        r#"mark="$(dirname "$0")/ran"
if [ -e "$mark" ] && [ $bundle ]; then exit 0; fi
touch "$mark"; if [ $bundle ]; then together; else single; fi"#,
    );
    let mut session = typst.session("").unwrap();
    let stop = AtomicBool::new(false);
    session.compile_all(&["a", "b", "c"], &stop).unwrap();
    let done = session.compile_all(&["d", "e"], &stop).unwrap();
    assert_eq!(done.documents, [Some(Ok(b"d".to_vec())), Some(Ok(b"e".to_vec()))]);
    assert!(done.note.unwrap().contains("left something out"));
}
