//! The checks of `latefile doctor`, in the order of a build and then of a review.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::check::Check;
use crate::cli::{Common, PROJECT_FILE};
use crate::command::{plan, stop};
use crate::diagnostics::count::count;
use crate::pipeline::compile::VERSION;
use crate::pipeline::load;
use crate::pipeline::render::{Templates, own_templates};
use crate::review::git::{self, Setup};
use crate::start::schema::{self, Document};

/// The setting by which git shows the text of PDFs in a diff.
const TEXTCONV: &str = r#"git config diff.pdf.textconv "sh -c 'pdftotext -layout \"\$0\" -'""#;

/// The result of checks that need a repository of git.
const WITHOUT_GIT: &str = "not checked, without a repository of git";

/// Runs all checks.
///
/// # Errors
/// The renderings of templates cannot be limited.
pub(super) fn all(common: &Common, stop: &Arc<AtomicBool>) -> anyhow::Result<Vec<Check>> {
    let setup = git::setup(&folder(common));
    Ok(vec![
        project(common),
        filings(common),
        templates(common, stop)?,
        typst(common, stop),
        closed_days(common),
        schemas(common),
        of_git(setup.as_ref()),
        attributes(common, setup.as_ref()),
        pdf_diff(setup.as_ref()),
        workflow(common),
    ])
}

/// Returns the folder of the project file.
fn folder(common: &Common) -> PathBuf {
    let folder = &common.project.folder;
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.clone() }
}

/// Returns a path below the folder of the project file.
fn path(common: &Common, name: &str) -> PathBuf {
    common.project.folder.join(name)
}

fn project(common: &Common) -> Check {
    let file = path(common, PROJECT_FILE);
    let says = if file.is_file() {
        file.display().to_string()
    } else {
        format!("no {PROJECT_FILE} here or above: the built-in settings apply")
    };
    Check::ok("project file", says)
}

fn filings(common: &Common) -> Check {
    let shown = common.filings.display();
    match load::find(&common.filings, &[]) {
        Ok(files) => {
            Check::ok("filings", format!("{} in {shown}", count(files.filings.len(), "filing")))
        }
        Err(error) => Check::failed("filings", &error, "name another with --filings"),
    }
}

/// Checks the folder of templates, as a build does before its first filing.
fn templates(common: &Common, stop: &Arc<AtomicBool>) -> anyhow::Result<Check> {
    const NAME: &str = "templates";
    let Some(folder) = &common.templates else {
        let has_any = |folder: &PathBuf| {
            Templates::built_in_files().iter().any(|(name, _)| folder.join(name).is_file())
        };
        let unused = common.unnamed_templates().filter(has_any);
        return Ok(unused.map_or_else(
            || Check::ok(NAME, "the built-in ones"),
            |folder| {
                let file = path(common, PROJECT_FILE);
                let to_do = format!("write into {}: templates = \"templates\"", file.display());
                Check::warning(NAME, format!("{} is not used", folder.display()), to_do)
            },
        ));
    };
    let own = match own_templates(folder) {
        Ok(own) => own,
        Err(error) => {
            let to_do = format!("correct the path in {PROJECT_FILE}, or of --templates");
            return Ok(Check::failed(NAME, &error, &to_do));
        }
    };
    let renderings = stop::if_late(common, stop)?;
    let shown = folder.display();
    Ok(match Templates::over(Some(&own), &renderings) {
        Ok(_) => Check::ok(NAME, format!("{} of your own in {shown}", count(own.len(), "file"))),
        Err(findings) => Check::problem(
            NAME,
            format!("{} in the files of {shown}", count(findings.len(), "error")),
            format!("see them at their lines:\n{}", common.command_line("check")),
        ),
    })
}

fn typst(common: &Common, stop: &AtomicBool) -> Check {
    match common.typst().find(stop) {
        Ok(typst) if typst.version == VERSION => {
            Check::ok("typst", format!("{VERSION}, {}", typst.path().display()))
        }
        Ok(typst) => Check::warning(
            "typst",
            format!("{}, {}", typst.version, typst.path().display()),
            format!("the layouts are made for {VERSION}: leave out --typst and LATEFILE_TYPST"),
        ),
        Err(error) => Check::failed("typst", &error, "name another with --typst"),
    }
}

fn closed_days(common: &Common) -> Check {
    let file = common.closed_days.as_ref().map(|file| format!(", with {}", file.display()));
    match plan::calendar(common) {
        Ok(calendar) => Check::ok(
            "closed days",
            format!("known until {}{}", calendar.known_until(), file.unwrap_or_default()),
        ),
        Err(error) => Check::failed("closed days", &error, "correct the file"),
    }
}

/// Checks that the schemas which editors read are those of this version.
fn schemas(common: &Common) -> Check {
    const NAME: &str = "schema";
    let all = [
        ("filing", Document::Filing),
        ("registrant", Document::Registrant),
        ("letterhead", Document::Letterhead),
    ];
    let files = all.map(|(name, document)| {
        let file = path(common, &format!("schema/{name}.json"));
        (name, document, fs::read_to_string(&file).ok(), file)
    });
    let there: Vec<_> = files.iter().filter(|(_, _, text, _)| text.is_some()).collect();
    let is_stale = |(_, document, text, _): &&&(_, Document, Option<String>, PathBuf)| {
        text.as_deref() != Some(&schema::text(*document))
    };
    let stale: Vec<String> = there
        .iter()
        .filter(is_stale)
        .map(|(name, _, _, file)| format!("latefile schema {name} > {}", file.display()))
        .collect();
    match (there.len(), stale.is_empty()) {
        (0, _) => Check::ok(NAME, "no schema/: editors do not complete the keys"),
        (_, true) => Check::ok(NAME, "as this version writes it"),
        _ => Check::warning(NAME, "of another version of latefile", stale.join("\n")),
    }
}

fn of_git(setup: Option<&Setup>) -> Check {
    const NAME: &str = "git";
    match setup {
        Some(Setup { version, in_work_tree: true, .. }) => Check::ok(NAME, version.as_str()),
        Some(Setup { version, .. }) => Check::warning(
            NAME,
            format!("{version}, and this folder is in no repository"),
            "git init: a redline compares revisions",
        ),
        None => Check::warning(NAME, "not installed", "install it: a redline compares revisions"),
    }
}

/// Checks the attributes that `latefile init` writes, wherever git has them from.
fn attributes(common: &Common, setup: Option<&Setup>) -> Check {
    const NAME: &str = "attributes";
    if !setup.is_some_and(|setup| setup.in_work_tree) {
        return Check::ok(NAME, WITHOUT_GIT);
    }
    let out = common.project.below(&common.out).unwrap_or(&common.out).display().to_string();
    let lacks = |(file, name, value, line): &(&str, &str, &str, &str)| {
        let path = format!("{out}/x/{file}");
        let found = git::attribute(&folder(common), &path, name);
        (found.as_deref() != Some(value)).then(|| line.replace("out", &out))
    };
    let lines: Vec<String> = [
        ("manifest.json", "text", "unset", "* -text"),
        ("manifest.json", "merge", "unset", "out/**/manifest.json -merge"),
        ("form12b25.pdf", "diff", "pdf", "out/**/*.pdf binary diff=pdf"),
    ]
    .iter()
    .filter_map(lacks)
    .collect();
    if lines.is_empty() {
        return Check::ok(NAME, "of the outputs, as `latefile init` writes them");
    }
    let file = path(common, ".gitattributes");
    Check::warning(
        NAME,
        "git may convert line ends, or merge what it cannot",
        format!("write into {}:\n{}", file.display(), lines.join("\n")),
    )
}

fn pdf_diff(setup: Option<&Setup>) -> Check {
    const NAME: &str = "PDF diff";
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_installed = std::env::split_paths(&path).any(|dir| dir.join("pdftotext").is_file());
    match setup {
        None | Some(Setup { in_work_tree: false, .. }) => Check::ok(NAME, WITHOUT_GIT),
        Some(Setup { textconv: None, .. }) => {
            Check::warning(NAME, "git shows no text of PDFs", TEXTCONV)
        }
        Some(_) if !is_installed => {
            Check::warning(NAME, "pdftotext is not on PATH", "install Poppler: poppler-utils")
        }
        Some(_) => Check::ok(NAME, "git shows the text of PDFs, by pdftotext"),
    }
}

/// Checks that the variables of the workflow are set which `latefile init` leaves empty.
fn workflow(common: &Common) -> Check {
    const NAME: &str = "workflow";
    let file = path(common, ".github/workflows/latefile.yml");
    let Ok(text) = fs::read_to_string(&file) else {
        return Check::ok(NAME, "none: pull requests are not checked");
    };
    let value = |name: &str| {
        let mut lines = text.lines().map(str::trim_start);
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    };
    let is_empty = |name: &&str| value(name).is_some_and(|value| value.starts_with("\"\""));
    // A workflow of an older version has no line for a release.
    let has_release = value("LATEFILE_RELEASE").is_some_and(|value| !value.starts_with("\"\""));
    let names = if has_release {
        ["LATEFILE_RELEASE", "LATEFILE_SHA256"]
    } else {
        ["LATEFILE_SOURCE", "LATEFILE_COMMIT"]
    };
    let empty: Vec<&str> = names.into_iter().filter(is_empty).collect();
    if empty.is_empty() {
        return Check::ok(NAME, file.display().to_string());
    }
    Check::warning(
        NAME,
        format!("{} has no {}", file.display(), empty.join(" and no ")),
        "set two of the variables at its top: until then, no pull request passes",
    )
}
