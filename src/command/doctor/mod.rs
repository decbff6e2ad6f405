//! `latefile doctor`: checks the surroundings of a repository of notices, on one screen: programs,
//! settings, and files that other versions wrote. It starts no program but `typst --version` and git.

mod check;
mod checks;

use check::{Check, State};

use super::{CLEAN, ERRORS, Terminal, stop};
use crate::cli::{Common, Doctor, DoctorFormat};
use crate::diagnostics::characters::{visible, visible_json};
use crate::diagnostics::count::count;
use crate::diagnostics::paragraph::{COLUMNS, filled};

/// The indent of the advice: the width of the states.
const INDENT: &str = "         ";

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &Doctor, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let stop = stop::on_signal()?;
    let checks = checks::all(common, &stop)?;
    let number = |state| checks.iter().filter(|check| check.state == state).count();
    let (problems, warnings) = (number(State::Problem), number(State::Warning));
    match args.format {
        DoctorFormat::Text => {
            let color = terminal.color_out;
            terminal.print(&checks.iter().map(|check| line(check, color)).collect::<String>())?;
        }
        DoctorFormat::Json => {
            let text = serde_json::to_string_pretty(&checks)?;
            terminal.print_document(&(visible_json(&text) + "\n"))?;
        }
    }
    terminal.say(&format!("{} · {}", count(problems, "problem"), count(warnings, "warning")));
    Ok(if problems > 0 { ERRORS } else { CLEAN })
}

/// Formats a check as its state, its name and its result, with the advice below.
fn line(check: &Check, color: bool) -> String {
    let (state, ansi) = match check.state {
        State::Ok => ("ok", "\x1b[32m"),
        State::Warning => ("warning", "\x1b[1;33m"),
        State::Problem => ("problem", "\x1b[1;31m"),
    };
    let head = format!("{state:width$}{:14}", check.name, width = INDENT.len());
    let mut lines = filled(&visible(&check.says), COLUMNS, &head, &" ".repeat(head.len()));
    // A narrow indent, so that commands fit on a line and can be copied.
    let to_do = check.to_do.iter().flat_map(|text| text.lines());
    lines.extend(to_do.flat_map(|line| filled(&visible(line), COLUMNS, INDENT, INDENT)));
    let text = lines.join("\n") + "\n";
    if color { text.replacen(state, &format!("{ansi}{state}\x1b[0m"), 1) } else { text }
}
