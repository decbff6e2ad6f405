//! A long text on a terminal, a screen at a time: through `$PAGER`, else `less`, as git does.

use std::env;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};

/// The pager if the reader names none.
const USUAL: &str = "less";
/// What `less` is told unless the reader has told it something: leave at once what fits on a screen
/// (F), show colours (R), leave the text on the screen (X).
const LESS: &str = "FRX";

/// Shows a text through the reader's pager; false if there is none, so that nothing was shown.
/// How the pager ends is between it and its reader, who may leave before the end.
///
/// `$PAGER` is a command for the shell, as git takes it; empty or `cat`, nothing is paged.
pub fn page(text: &str) -> bool {
    let Some(mut pager) = command(env::var("PAGER").ok().as_deref()) else { return false };
    if env::var_os("LESS").is_none() {
        pager.env("LESS", LESS);
    }
    pager.env_remove(crate::diagnostics::secret::VARIABLE);
    let Ok(mut child) = pager.stdin(Stdio::piped()).spawn() else { return false };
    let written = child.stdin.take().map(|mut input| input.write_all(text.as_bytes()));
    let status = child.wait();
    // 127 is the shell's word that there is no such command, 126 that it cannot be run.
    let missing = status.is_ok_and(|status| matches!(status.code(), Some(126 | 127)));
    let lost = matches!(written, Some(Err(error)) if error.kind() != ErrorKind::BrokenPipe);
    !missing && !lost
}

/// The command of a pager; none if it only passes the text on.
fn command(wanted: Option<&str>) -> Option<Command> {
    match wanted.map(str::trim) {
        None => Some(Command::new(USUAL)),
        Some("" | "cat") => None,
        Some(wanted) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", wanted]);
            Some(shell)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_is_named_by_the_reader() {
        let named = |wanted: Option<&str>| {
            command(wanted).map(|command| {
                let words = std::iter::once(command.get_program()).chain(command.get_args());
                words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
            })
        };
        assert_eq!(named(None).as_deref(), Some("less"));
        assert_eq!(named(Some("less -S")).as_deref(), Some("sh -c less -S"));
        assert_eq!([named(Some("")), named(Some(" ")), named(Some("cat"))], [None, None, None]);
    }
}
