//! The docket: the whole expected page of a small repository, and what hostile sources and
//! manifests cannot do to it. How it looks and works in a browser is in tests/browser/.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use sha2::Digest as _;

use crate::support::{self, SOUND, repository};

fn case() -> PathBuf {
    support::root().join("tests/cases/docket")
}

/// The case's repository: its filings built, one of them changed since, one gone, one never built.
fn built() -> tempfile::TempDir {
    let folder = support::folder();
    support::copy(&case().join("filings"), &folder.path().join("filings"));
    support::copy(&case().join("before"), &folder.path().join("filings"));
    let output = support::run(folder.path(), &["build", "--formats", "text,html", "-q"]);
    assert_eq!(output.status.code(), Some(1), "{}", support::transcript(&output)); // one has errors
    support::copy(&case().join("filings"), &folder.path().join("filings"));
    fs::remove_file(folder.path().join("filings/gone-2024-10-k.yaml")).unwrap();
    folder
}

/// The page of a repository.
fn page(folder: &Path, more: &[&str]) -> String {
    support::succeeds(folder, &[&["docket", "-o", "docket.html"], more].concat());
    fs::read_to_string(folder.join("docket.html")).unwrap()
}

/// What is inside the only element of a name, and the page without it.
fn cut(page: &str, element: &str) -> (String, String) {
    let (before, rest) = page.split_once(&format!("<{element}>")).unwrap();
    let (inside, after) = rest.split_once(&format!("</{element}>")).unwrap();
    (inside.to_owned(), format!("{before}<{element}></{element}>{after}"))
}

#[test]
fn the_page_is_as_expected() {
    let folder = built();
    support::expect(&case().join("docket.html"), &page(folder.path(), &[]));
    let again = support::run(folder.path(), &["docket", "-o", "docket.html"]);
    let closing = "docket.html · 6 filings · 3 errors · 1 warning · 1 note · 1 waived\n";
    assert_eq!(support::text(&again.stderr), closing);
}

#[test]
fn the_page_of_manifests_alone_is_as_expected() {
    let folder = built();
    let page = page(folder.path(), &["--filings", "nowhere"]);
    let (style, page) = cut(&page, "style");
    let (script, page) = cut(&page, "script");
    let whole = fs::read_to_string(case().join("docket.html")).unwrap();
    assert_eq!([style, script], [cut(&whole, "style").0, cut(&whole, "script").0]);
    support::expect(&case().join("manifests.html"), &page);
}

#[test]
fn parts_of_a_docket_have_each_filing_once() {
    let folder = built();
    let filings = |page: &str| page.matches("<tbody class=\"worst").count();
    let whole = filings(&page(folder.path(), &[]));
    let parts = ["1/3", "2/3", "3/3"].map(|part| page(folder.path(), &["--shard", part]));
    assert!(parts[1].contains("<p class=\"kicker\">Form 12b-25 · Part 2 of 3</p>"));
    assert_eq!(parts.iter().map(|page| filings(page)).sum::<usize>(), whole);
    // One that is in the outputs alone, one that is in the sources alone.
    for id in ["gone-2024-10-k", "late-2026-10-q"] {
        let row = format!("<li class=\"id\">{id}</li>");
        assert_eq!(parts.iter().filter(|page| page.contains(&row)).count(), 1, "{id}");
    }
}

#[test]
fn a_page_that_would_be_too_large_is_an_error_with_a_remedy() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    support::succeeds(folder.path(), &["build", "-q", "--formats", "text"]);
    let manifest = fs::read_to_string(folder.path().join("out/a/manifest.json")).unwrap();
    let manifest = manifest.replace("Quiet Harbor", &"Harbor ".repeat(100_000));
    for number in 0..30 {
        let own = folder.path().join(format!("out/b{number}"));
        fs::create_dir(&own).unwrap();
        fs::write(own.join("manifest.json"), &manifest).unwrap();
    }
    let said = support::fails(folder.path(), &["docket", "-o", "docket.html"], 2);
    let expected = "error: no page can have 31 filings; `--shard K/N` makes pages of parts: \
                    docket.htm: the document has more than 32 MiB\n";
    assert!(said.contains(expected), "{said}");
    assert!(!folder.path().join("docket.html").exists());
}

#[test]
fn the_page_is_the_same_anywhere_with_relative_links() {
    let (here, there) = (built(), built());
    let first = page(here.path(), &[]);
    let mut elsewhere = support::latefile(there.path());
    elsewhere.env("TZ", "Pacific/Kiritimati").args(["docket", "-o", "deep/er/docket.html"]);
    assert!(elsewhere.output().unwrap().status.success());
    let second = fs::read_to_string(there.path().join("deep/er/docket.html")).unwrap();
    assert_eq!(first.replace("href=\"out/", "href=\"../../out/"), second);
    let links = second.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    for link in links.filter(|link| !link.starts_with('#')) {
        assert!(there.path().join("deep/er").join(link).is_file(), "{link}");
    }
    assert!(!first.contains(&*here.path().to_string_lossy()), "no path of a machine");
}

#[test]
fn the_policy_allows_only_the_pages_own_script_and_style() {
    let page = page(built().path(), &[]);
    let hash = |element: &str| {
        let digest = sha2::Sha256::digest(cut(&page, element).0.as_bytes());
        format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(digest))
    };
    let policy = format!(
        "content=\"default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'\"",
        hash("style"),
        hash("script")
    );
    assert!(page.replace("&#39;", "'").contains(&policy), "{policy}");
    for way in ["http:", "https:", "src=", " style=", " onclick", "url(", "@import"] {
        assert!(!page.contains(way), "{way}");
    }
}

#[test]
fn typed_markup_is_shown_and_does_not_run() {
    let name =
        "</title></style><script>alert(1)</script><style></style> & \\\"Sons\\\" 'x' {{ version }}";
    let folder =
        repository(&[("a.yaml", &SOUND.replace("Quiet Harbor, Inc.", &format!("\"{name}\"")))]);
    support::run(folder.path(), &["build", "--formats", "text"]);
    let page = page(folder.path(), &[]);
    assert_eq!([page.matches("<script>").count(), page.matches("<style>").count()], [1, 1]);
    let shown = "&lt;/title&gt;&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;style&gt;&lt;/style&gt; &amp; \
                 &quot;Sons&quot; &#39;x&#39; {{ version }}";
    assert!(page.contains(&format!("<span class=\"name\">{shown}</span>")), "{page}");
    assert!(page.contains(&format!("data-name=\"{shown}\"")));
}

#[test]
fn a_hostile_manifest_makes_a_page() {
    let folder = repository(&[("a.yaml", SOUND)]);
    support::succeeds(folder.path(), &["build", "--formats", "text"]);
    let manifest = folder.path().join("out/a/manifest.json");
    let sound = fs::read_to_string(&manifest).unwrap();
    let with = |from: &str, to: &str| {
        assert!(sound.contains(from), "{from} in {sound}");
        fs::write(&manifest, sound.replace(from, to)).unwrap();
        page(folder.path(), &["--filings", "nowhere"])
    };
    let long = with("\"due\": \"2026-03-31\"", "\"due\": \"1934-06-06\"");
    assert!(
        !long.contains("<svg") && long.contains("Jun 6, 1934"),
        "a picture of a century is none"
    );
    let backwards = with("\"due\": \"2026-03-31\"", "\"due\": \"9999-12-31\"");
    assert!(!backwards.contains("<svg"));
    let nonsense = with("\"due\": \"2026-03-31\"", "\"due\": \"<b>soon</b>\"");
    assert!(nonsense.contains("Not known") && !nonsense.contains("soon"));
    let hidden = with("Quiet Harbor", "Quiet \u{202E}robraH\\u0000");
    assert!(hidden.contains("Quiet U+202ErobraHU+0000"), "{hidden}");
    let outside = with("\"form12b25.txt\"", "\"../../secret.txt\"");
    assert!(
        !outside.contains("secret") && outside.contains("There are no filings yet"),
        "it is no manifest"
    );
    // Nor does a folder's name get any further.
    let odd = folder.path().join("out/javascript:alert(1)&\"><img src=x>");
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("manifest.json"), &sound).unwrap();
    let page = with("Quiet", "Loud");
    assert!(
        page.contains(
            "href=\"out/javascript%3Aalert%281%29%26%22%3E%3Cimg%20src%3Dx%3E/form12b25.txt\""
        ),
        "{page}"
    );
    assert!(!page.contains("<img"));
}

#[test]
fn links_and_devices_are_not_replaced() {
    let folder = repository(&[("a.yaml", SOUND)]);
    std::os::unix::fs::symlink("elsewhere.html", folder.path().join("docket.html")).unwrap();
    let said = support::fails(folder.path(), &["docket", "-o", "docket.html"], 2);
    assert!(
        said.contains("error: docket.html is a symbolic link, which is not followed"),
        "{said}"
    );
    support::fails(folder.path(), &["docket", "-o", "filings"], 2);
}

#[test]
fn a_changed_finding_rewrites_the_manifest_alone() {
    let folder = repository(&[("a.yaml", &SOUND.replace("signed: true", "signed: false"))]);
    let build = ["build", "--formats", "text,html", "--message-format", "short"];
    support::succeeds(folder.path(), &build);
    let out = folder.path().join("out/a");
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"message\": \"the notice is not signed\""), "{manifest}");
    // As a version of this tool would have left it whose rule said something else.
    let old = manifest.replace("the notice is not signed", "nobody signed");
    fs::write(out.join("manifest.json"), old).unwrap();
    let said = support::fails(folder.path(), &[&build[..], &["--check"]].concat(), 1);
    assert!(said.contains("`manifest.json` differs"), "{said}");
    let written = |name: &str| fs::metadata(out.join(name)).unwrap().modified().unwrap();
    let before = ["form12b25.txt", "form12b25.htm"].map(written);
    support::succeeds(folder.path(), &build);
    assert_eq!(fs::read_to_string(out.join("manifest.json")).unwrap(), manifest);
    assert_eq!(["form12b25.txt", "form12b25.htm"].map(written), before);
}
