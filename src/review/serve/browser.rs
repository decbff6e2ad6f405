//! Opens an address in the user's browser, without waiting for the browser to end.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::diagnostics::secret;

/// The time in which a program that opens browsers says that there is none.
const ANSWER: Duration = Duration::from_millis(250);

/// Opens an address.
///
/// # Errors
/// No program of this machine opens browsers.
pub fn open(address: &str) -> io::Result<()> {
    let mut result = Err(io::ErrorKind::NotFound.into());
    for mut command in open::commands(address) {
        result = start(&mut command);
        if result.is_ok() {
            break;
        }
    }
    result
}

/// Starts a program, which may be the browser itself and run on.
fn start(command: &mut Command) -> io::Result<()> {
    command.env_remove(secret::VARIABLE); // no other program may see the user's code
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Or Ctrl-C, which ends the server, would end a browser that was not running before.
    let mut child = command.process_group(0).spawn()?;
    std::thread::sleep(ANSWER);
    match child.try_wait()? {
        Some(status) if !status.success() => Err(io::Error::other(status.to_string())),
        _ => Ok(()),
    }
}
