//! `latefile rules`: prints the table of rules in 80 columns, or one rule in full.

use anyhow::anyhow;

use super::{CLEAN, Terminal};
use crate::cli::Rules;
use crate::diagnostics::finding::{Rule, did_you_mean};
use crate::diagnostics::paragraph::{COLUMNS, filled};
use crate::diagnostics::rule;

/// The width of the longest severity.
const SEVERITY: usize = "warning".len();
/// The width of the names of a rule's properties.
const NAME: usize = "authority".len();

/// The shortest word that is searched for in the codes.
const SHORTEST: usize = 3;
/// The most codes with the word that are suggested.
const SUGGESTED: usize = 6;

/// Runs the command.
///
/// # Errors
/// There is no such rule, or standard output cannot be written.
pub fn run(args: &Rules, terminal: &Terminal) -> anyhow::Result<u8> {
    match &args.code {
        None => terminal.print(&table(rule::ALL))?,
        Some(code) => terminal.print(&page(rule::find(code).ok_or_else(|| unknown(code))?))?,
    }
    Ok(CLEAN)
}

/// Returns the error for an unknown code. It suggests the codes that contain the word, or else the
/// code with the most similar spelling.
fn unknown(code: &str) -> anyhow::Error {
    let codes = || rule::ALL.iter().map(|rule| rule.code);
    let word = code.to_lowercase();
    let holding: Vec<String> =
        codes().filter(|known| known.contains(&word)).map(|known| format!("`{known}`")).collect();
    match (holding.as_slice(), did_you_mean(code, codes())) {
        ([some @ .., last], _) if (SHORTEST..).contains(&word.len()) && some.len() < SUGGESTED => {
            let some =
                if some.is_empty() { String::new() } else { format!("{} or ", some.join(", ")) };
            anyhow!("there is no rule `{code}`; did you mean {some}{last}?")
        }
        (_, Some(near)) => anyhow!("there is no rule `{code}`; did you mean `{near}`?"),
        _ => anyhow!("there is no rule `{code}`; `latefile rules` lists them"),
    }
}

/// Formats each rule as its code, severity and summary, with the authority below.
fn table(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let row = |rule: &&Rule| {
        let head = format!("{:width$}  {:SEVERITY$}  ", rule.code, rule.severity);
        let meaning = hanging(&head, rule.summary);
        match rule.authority {
            Some(authority) => {
                meaning + &hanging(&" ".repeat(head.len()), &format!("({authority})"))
            }
            None => meaning,
        }
    };
    rules.iter().map(row).collect()
}

/// Formats a rule in full.
fn page(rule: &Rule) -> String {
    let line = |name: &str, text: &str| hanging(&format!("{name:NAME$}  "), text);
    let waiver = if rule.waivable { "can be waived, with a reason" } else { "cannot be waived" };
    [
        line("code", rule.code),
        line("severity", &rule.severity.to_string()),
        rule.authority.map(|authority| line("authority", authority)).unwrap_or_default(),
        line("means", rule.summary),
        line("to do", rule.advice),
        line("waiver", waiver),
    ]
    .concat()
}

/// Formats a text after its head, with a hanging indent.
fn hanging(head: &str, text: &str) -> String {
    filled(text, COLUMNS, head, &" ".repeat(head.len())).join("\n") + "\n"
}
