//! The two output streams, with the flags that decide their format. Everything that a command prints
//! passes here, so that no invisible character reaches a terminal, and no command a workflow.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::AsFd as _;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;

use crate::cli::{Color, Common};
use crate::diagnostics::characters::visible_lines;
use crate::diagnostics::deny::{self, Deny};
use crate::diagnostics::finding::{Located, Severity};
use crate::diagnostics::report::{self, MessageFormat};
use crate::diagnostics::workflow_commands::broken;
use crate::pipeline::Summary;

/// The output streams of a run.
#[derive(Debug)]
pub struct Terminal {
    format: MessageFormat,
    quiet: u8,
    notes: bool,
    denied: Vec<Deny>,
    pub(super) color_out: bool,
    color_err: bool,
    /// Whether the runner of a workflow reads the output.
    in_workflow: bool,
    /// Whether the findings have been printed; a SARIF document is printed once.
    reported: AtomicBool,
}

impl Terminal {
    /// Creates the terminal of a run from its flags.
    pub fn new(common: &Common) -> Terminal {
        let terminal = Terminal::with_format(common.message_format, common.color);
        Terminal {
            quiet: common.quiet,
            notes: common.notes,
            denied: common.deny.clone(),
            ..terminal
        }
    }

    /// Creates the terminal of a run whose other flags are not known.
    pub fn with_format(format: MessageFormat, color: Color) -> Terminal {
        let color = |on_terminal| has_color(color, on_terminal, std::env::var_os);
        Terminal {
            format,
            quiet: 0,
            notes: false,
            denied: Vec::new(),
            color_out: color(io::stdout().is_terminal()),
            color_err: color(io::stderr().is_terminal()),
            in_workflow: format == MessageFormat::Github || is_set("GITHUB_ACTIONS"),
            reported: AtomicBool::new(false),
        }
    }

    /// Prints findings to standard output. The formats for programs also have the errors for which
    /// the tool cannot go on.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn findings(
        &self,
        findings: &[Located],
        errors: impl IntoIterator<Item = String>,
    ) -> anyhow::Result<()> {
        self.reported.store(true, Ordering::Relaxed);
        let errors: Vec<String> = errors.into_iter().collect();
        write_out(&self.text(findings, &errors, self.color_out))
    }

    /// Prints the findings of a command with another product to standard error.
    pub fn findings_on_stderr(&self, findings: &[Located]) {
        // Ignored, as in `say`.
        let text = self.text(findings, &[], self.color_err);
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// Formats the findings that are shown.
    fn text(&self, findings: &[Located], errors: &[String], color: bool) -> String {
        let shown: Vec<&Located> = findings.iter().filter(|found| self.shows(found)).collect();
        let text = report::text(&shown, errors, self.format, color);
        // Those formats have no commands but their own.
        if self.format.is_for_programs() { text } else { self.inert(&text).into_owned() }
    }

    /// Whether a finding is printed: one that counts as an error always, a warning unless `-qq` is
    /// given, a note only with `--notes` or in a format that people do not read.
    fn shows(&self, located: &Located) -> bool {
        let finding = &located.finding;
        let is_warning = finding.severity != Severity::Note;
        match self.quiet {
            _ if deny::counts(located, &self.denied) => true,
            0 => is_warning || self.has_notes(),
            1 => is_warning && finding.waived.is_none(),
            _ => false,
        }
    }

    /// Returns what follows the number of notes in a closing line.
    pub(super) fn after_notes(&self, notes: usize) -> &'static str {
        match notes {
            _ if self.has_notes() => "",
            1 => " (--notes shows it)",
            _ => " (--notes shows them)",
        }
    }

    /// Whether notes are printed.
    fn has_notes(&self) -> bool {
        self.quiet == 0
            && (self.notes || matches!(self.format, MessageFormat::Json | MessageFormat::Sarif))
    }

    /// Prints the product of a command, a text for people, to standard output.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn print(&self, text: &str) -> anyhow::Result<()> {
        write_out(&self.inert(text))
    }

    /// Whether standard output is a terminal.
    pub(super) fn is_shown(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Prints the product of a command, a document, to standard output. A file gets every byte as
    /// it is.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn print_document(&self, text: &str) -> anyhow::Result<()> {
        if is_file(&io::stdout()) { write_out(text) } else { self.print(text) }
    }

    /// Returns whether standard error is a terminal that shows a bar, or `None` if no progress is
    /// shown.
    pub(super) fn progress(&self) -> Option<bool> {
        // A bar moves by control sequences, too.
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == DUMB);
        (self.quiet == 0).then(|| io::stderr().is_terminal() && !is_dumb)
    }

    /// Prints a line to standard error, unless `-q` is given.
    pub fn say(&self, line: &str) {
        if self.quiet == 0 {
            self.write_err("", line);
        }
    }

    /// Says that there are no filings, if there are none.
    pub fn no_filings(&self, common: &Common, summary: &Summary) {
        if summary.filings == 0 && summary.findings.is_empty() {
            self.say(&format!("no filings in {}", common.filings.display()));
        }
    }

    /// Prints an error to standard error.
    pub fn error(&self, error: &anyhow::Error) {
        let (on, off) = if self.color_err { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
        self.write_err(&format!("{on}error{off}: "), &format!("{error:#}"));
    }

    /// Prints the error for which the tool cannot go on, also in the format of the findings.
    pub fn stop(&self, error: &anyhow::Error) {
        self.error(error);
        if self.format != MessageFormat::Sarif || !self.reported.load(Ordering::Relaxed) {
            // Standard output may itself be the reason.
            let _ = self.findings(&[], [format!("{error:#}")]);
        }
    }

    /// Prints the help or the version to standard output.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub(super) fn help(&self, help: &clap::Error) -> anyhow::Result<()> {
        let text = help.render();
        let text = if self.color_out { text.ansi().to_string() } else { text.to_string() };
        self.print(&text)
    }

    /// Prints an error in the arguments, with colours only if it contains no invisible characters.
    pub(super) fn usage(&self, error: &clap::Error, is_visible: bool) {
        let plain = error.render().to_string();
        if self.format.is_for_programs() {
            let message = plain.split("\n\n").next().unwrap_or(&plain);
            let message = message.strip_prefix("error: ").unwrap_or(message).to_owned();
            // Ignored, as in `stop`.
            let _ = self.findings(&[], [message]);
        }
        if self.color_err && is_visible {
            let text = error.render().ansi().to_string();
            let _ = io::stderr().write_all(self.inert(&text).as_bytes());
        } else {
            self.write_err("", plain.trim_end());
        }
    }

    /// Prints a message to standard error, with its invisible characters as their numbers.
    fn write_err(&self, head: &str, message: &str) {
        let text = format!("{head}{}\n", visible_lines(message));
        // A failure is ignored: there is no other stream to report it on.
        let _ = io::stderr().write_all(self.inert(&text).as_bytes());
    }

    /// Returns a text without commands to the runner of a workflow.
    fn inert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.in_workflow { broken(text) } else { Cow::Borrowed(text) }
    }
}

/// The value of TERM for terminals without control sequences, such as a buffer of Emacs.
const DUMB: &str = "dumb";

/// Whether a stream has colours: by `--color`, else by the variables of the environment, the
/// strictest first, else on a terminal.
fn has_color(
    color: Color,
    on_terminal: bool,
    variable: impl Fn(&'static str) -> Option<OsString>,
) -> bool {
    let is = |name, value: &str| variable(name).is_some_and(|own| own == value);
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let is_forced = |name| is_set(name) && !is(name, "0");
    match color {
        Color::Always => true,
        Color::Never => false,
        // https://no-color.org, https://bixense.com/clicolors, https://force-color.org
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_forced("CLICOLOR_FORCE") || is_forced("FORCE_COLOR") => true,
        Color::Auto => on_terminal && !is("CLICOLOR", "0") && !is("TERM", DUMB),
    }
}

/// Whether a variable of the environment has a value that is not empty.
fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Whether standard output is a regular file.
fn is_file(stream: &io::Stdout) -> bool {
    let file = stream.as_fd().try_clone_to_owned().map(File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|metadata| metadata.is_file())
}

/// Writes a text to standard output. A closed pipe is no error: its reader, such as `head`, has read
/// enough.
fn write_out(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_over_the_environment_and_no_color_over_the_other_variables() {
        // The variables, and whether there are colours on a terminal and elsewhere.
        for (variables, on_terminal, elsewhere) in [
            (&[][..], true, false),
            (&[("NO_COLOR", "1")], false, false),
            (&[("NO_COLOR", "")], true, false),
            (&[("TERM", "dumb")], false, false),
            (&[("TERM", "xterm")], true, false),
            (&[("CLICOLOR", "0")], false, false),
            (&[("CLICOLOR", "1")], true, false),
            (&[("CLICOLOR_FORCE", "1")], true, true),
            (&[("CLICOLOR_FORCE", "0")], true, false),
            (&[("FORCE_COLOR", "1")], true, true),
            (&[("FORCE_COLOR", "3"), ("TERM", "dumb"), ("CLICOLOR", "0")], true, true),
            (&[("FORCE_COLOR", "0")], true, false),
            (&[("FORCE_COLOR", "")], true, false),
            (&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], false, false),
        ] {
            let value = |name: &str| {
                let found = variables.iter().find(|(own, _)| *own == name);
                found.map(|(_, value)| OsString::from(value))
            };
            let color = |flag, on_terminal| has_color(flag, on_terminal, value);
            let auto = (color(Color::Auto, true), color(Color::Auto, false));
            assert_eq!(auto, (on_terminal, elsewhere), "{variables:?}");
            assert!(color(Color::Always, false) && !color(Color::Never, true), "{variables:?}");
        }
    }
}
