//! `latefile --version`: the version with what the outputs depend on, and the commit of the build.

use crate::form12b25::deadline::Calendar;
use crate::pipeline::compile::VERSION;
use crate::pipeline::render::Templates;

/// Returns the text; `commit` is empty if the build had no repository.
///
/// # Errors
/// The built-in templates are broken.
pub(super) fn text(commit: &str) -> anyhow::Result<String> {
    let editions = Templates::built_in()?.editions;
    let editions: Vec<String> = editions.iter().map(|edition| edition.name.to_string()).collect();
    let lines = [
        format!("latefile {}", env!("CARGO_PKG_VERSION")),
        if commit.is_empty() { String::new() } else { format!("commit: {commit}") },
        format!("typst: {VERSION}"),
        format!("editions of the form: {}", editions.join(", ")),
        format!("closed days known until: {}", Calendar::built_in().known_until()),
    ];
    let lines = lines.iter().filter(|line| !line.is_empty());
    Ok(lines.map(|line| format!("{line}\n")).collect())
}
