//! Says in a sentence why git failed.

use std::process::Output;

use super::command::version;

/// The oldest git whose options are used: `-C` came with it.
const OLDEST: &str = "1.8.5";
/// The exit code of git for an option that it does not know.
const USAGE: i32 = 129;

/// Why git failed, as far as its error output shows.
pub(super) fn reason(output: &Output) -> String {
    let own = || version().unwrap_or_else(|| "git".to_owned());
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default();
    let first = first.strip_prefix("fatal: ").or(first.strip_prefix("error: ")).unwrap_or(first);
    if first.contains("dubious ownership") || first.contains("unsafe repository") {
        let folder = first.split('\'').nth(1).unwrap_or("*");
        return format!(
            "git does not read a repository of another user; if you trust it, run `git config \
             --global --add safe.directory {folder}`"
        );
    }
    if first.contains("safe.bareRepository") {
        return "git does not use a bare repository here, because `safe.bareRepository` is \
                `explicit`"
            .to_owned();
    }
    if first.starts_with("not a git repository: ") {
        return format!("the repository of this work tree is gone ({first})");
    }
    if first.starts_with("not a git repository") {
        return "there is no git repository here".to_owned();
    }
    let unknown = ["Unknown option", "unknown option", "unknown switch", "usage: git"];
    let is_old =
        output.status.code() == Some(USAGE) || unknown.iter().any(|start| first.starts_with(start));
    let is_old_for_it = first.contains("repo version") || first.contains("repository extension");
    match first {
        _ if is_old => format!("{} is too old: {OLDEST} or later is needed", own()),
        _ if is_old_for_it => format!("{} is too old for this repository", own()),
        "" => "git does not say why".to_owned(),
        first => format!("git says: {first}"),
    }
}
