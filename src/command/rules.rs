//! `latefile rules`: prints the table of rules, or one rule in full with its examples, as text or
//! JSON.

use anyhow::anyhow;
use serde::Serialize;

use super::{CLEAN, Terminal};
use crate::cli::{Rules, RulesFormat};
use crate::diagnostics::characters::visible_json;
use crate::diagnostics::example::{Example, Examples, Kind};
use crate::diagnostics::finding::{Rule, Severity, did_you_mean};
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
    let one = match &args.code {
        Some(code) => Some(rule::find(code).ok_or_else(|| unknown(code))?),
        None => None,
    };
    let examples = Examples::read();
    match (args.format, one) {
        (RulesFormat::Json, one) => {
            let rules = one.as_ref().map_or(rule::ALL, std::slice::from_ref);
            terminal.print_document(&json(rules, &examples)?)?;
        }
        (RulesFormat::Text, Some(rule)) => terminal.print(&page(rule, &examples))?,
        (RulesFormat::Text, None) => {
            // Elsewhere each rule is a line, to be searched.
            let width = if terminal.is_shown() { COLUMNS } else { usize::MAX };
            terminal.print(&table(rule::ALL, width))?;
        }
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

/// Formats each rule as its code, severity and summary, with the authority in parentheses.
fn table(rules: &[&Rule], width: usize) -> String {
    let code = rules.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let row = |rule: &&Rule| {
        let head = format!("{:code$}  {:SEVERITY$}  ", rule.code, rule.severity);
        let authority = rule.authority.map(|authority| format!(" ({authority})"));
        let text = format!("{}{}", rule.summary, authority.unwrap_or_default());
        hanging(&head, &text, width)
    };
    rules.iter().map(row).collect()
}

/// Formats a rule in full, with its examples.
fn page(rule: &Rule, examples: &Examples) -> String {
    let head = |name: &str| format!("{name:NAME$}  ");
    let line = |name: &str, text: &str| hanging(&head(name), text, COLUMNS);
    let example = examples.of(rule);
    let orders = example.and_then(|example| example.orders.as_deref());
    let waiver = if rule.waivable { "can be waived, with a reason" } else { "cannot be waived" };
    let shown = |name: &str, text: &str| match example.map(|example| example.kind) {
        Some(Kind::Words) => line(name, text),
        _ => format!("\n{}", verbatim(&head(name), text)),
    };
    [
        line("code", rule.code),
        line("severity", &rule.severity.to_string()),
        rule.authority.map(|authority| line("authority", authority)).unwrap_or_default(),
        orders.map(|orders| line("orders", orders)).unwrap_or_default(),
        line("means", rule.summary),
        line("to do", rule.advice),
        line("waiver", waiver),
        example.map(|example| shown("triggers", &example.triggers)).unwrap_or_default(),
        example.map(|example| shown("does not", &example.does_not)).unwrap_or_default(),
    ]
    .concat()
}

/// A rule in JSON.
#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: Severity,
    authority: Option<&'a str>,
    orders: Option<&'a str>,
    summary: &'a str,
    advice: &'a str,
    waivable: bool,
    examples: Option<Texts<'a>>,
}

/// The examples of a rule in JSON.
#[derive(Serialize)]
struct Texts<'a> {
    kind: Kind,
    triggers: &'a str,
    does_not: &'a str,
}

/// Formats rules as a JSON array.
fn json(rules: &[&Rule], examples: &Examples) -> anyhow::Result<String> {
    let entry = |rule: &&Rule| {
        let example = examples.of(rule);
        Entry {
            code: rule.code,
            severity: rule.severity,
            authority: rule.authority,
            orders: example.and_then(|example| example.orders.as_deref()),
            summary: rule.summary,
            advice: rule.advice,
            waivable: rule.waivable,
            examples: example.map(|Example { kind, triggers, does_not, .. }| Texts {
                kind: *kind,
                triggers,
                does_not,
            }),
        }
    };
    let entries: Vec<Entry<'_>> = rules.iter().map(entry).collect();
    Ok(visible_json(&serde_json::to_string_pretty(&entries)?) + "\n")
}

/// Formats a text after its head, with a hanging indent.
fn hanging(head: &str, text: &str, width: usize) -> String {
    filled(text, width, head, &" ".repeat(head.len())).join("\n") + "\n"
}

/// Formats the lines of a text as they are, the first after the head.
fn verbatim(head: &str, text: &str) -> String {
    let indent = " ".repeat(head.len());
    let heads = std::iter::once(head).chain(std::iter::repeat(indent.as_str()));
    text.lines().zip(heads).map(|(line, head)| format!("{head}{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fits_a_terminal_and_is_a_line_for_each_rule_elsewhere() {
        let narrow = table(rule::ALL, COLUMNS);
        assert!(narrow.lines().all(|line| line.chars().count() <= COLUMNS), "{narrow}");
        let wide = table(rule::ALL, usize::MAX);
        assert_eq!(wide.lines().count(), rule::ALL.len());
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&narrow), words(&wide));
    }
}
