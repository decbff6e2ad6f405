//! The result of a check of `latefile doctor`.

use serde::Serialize;

/// How a check ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    /// Nothing to do.
    Ok,
    /// A build is possible, and something does not work.
    Warning,
    /// A complete build is impossible.
    Problem,
}

/// The result of a check.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    pub(super) state: State,
    /// The thing that is checked, in a word or two.
    pub(super) name: &'static str,
    /// The result, in a sentence.
    pub(super) says: String,
    /// The advice, if there is any; a command has a line of its own.
    pub(super) to_do: Option<String>,
}

impl Check {
    /// A check after which there is nothing to do.
    pub(super) fn ok(name: &'static str, says: impl Into<String>) -> Check {
        Check { state: State::Ok, name, says: says.into(), to_do: None }
    }

    /// A check of something that does not work in builds that are possible.
    pub(super) fn warning(
        name: &'static str,
        says: impl Into<String>,
        to_do: impl Into<String>,
    ) -> Check {
        Check { state: State::Warning, name, says: says.into(), to_do: Some(to_do.into()) }
    }

    /// A check of something without which a complete build is impossible.
    pub(super) fn problem(
        name: &'static str,
        says: impl Into<String>,
        to_do: impl Into<String>,
    ) -> Check {
        Check { state: State::Problem, ..Check::warning(name, says, to_do) }
    }

    /// A problem by its error. The advice is the part of the message after a semicolon, or `to_do`.
    pub(super) fn failed(name: &'static str, error: &anyhow::Error, to_do: &str) -> Check {
        let message = format!("{error:#}");
        let (says, to_do) = message.split_once("; ").unwrap_or((&message, to_do));
        Check::problem(name, says, to_do)
    }
}
