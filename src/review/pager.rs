//! Shows a long text on a terminal through `$PAGER`, else `less`, as git does.

use std::env;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, Stdio};

/// The pager if `$PAGER` is not set.
const USUAL: &str = "less";
/// The options of `less` if `$LESS` is not set: quit if the text fits on a screen (F), show colours
/// (R), leave the text on the screen (X).
const LESS: &str = "FRX";

/// Shows a text through the reader's pager. Returns false if there is none, so that nothing was
/// shown; the pager's own exit code does not matter.
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
    // The shell exits with 127 if there is no such command, with 126 if it cannot be run.
    let missing = status.is_ok_and(|status| matches!(status.code(), Some(126 | 127)));
    // A reader who quits before the end breaks the pipe.
    let lost = matches!(written, Some(Err(error)) if error.kind() != ErrorKind::BrokenPipe);
    !missing && !lost
}

/// The command of a pager, or `None` if it only passes the text on.
fn command(pager: Option<&str>) -> Option<Command> {
    match pager.map(str::trim) {
        None => Some(Command::new(USUAL)),
        Some("" | "cat") => None,
        Some(pager) => {
            let mut shell = Command::new("sh");
            shell.args(["-c", pager]);
            Some(shell)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_is_named_by_the_reader() {
        let named = |pager: Option<&str>| {
            command(pager).map(|command| {
                let words = std::iter::once(command.get_program()).chain(command.get_args());
                words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
            })
        };
        assert_eq!(named(None).as_deref(), Some("less"));
        assert_eq!(named(Some("less -S")).as_deref(), Some("sh -c less -S"));
        assert_eq!([named(Some("")), named(Some(" ")), named(Some("cat"))], [None, None, None]);
    }
}
