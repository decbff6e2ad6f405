//! Lays out the one box of Part II, before a bar that spans its clauses.

use serde::Deserialize;
use tera::{Kwargs, TeraResult, Value};

use super::lines::{fill, mark};

#[derive(Deserialize)]
struct Clause {
    letter: String,
    text: String,
}

/// Prints a box, and clauses after a bar: `{{ one_box(checked=…, clauses=[{"letter": "a", "text":
/// …}]) }}`. The box is in the middle.
pub(super) fn one_box(kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    /// The columns before the bar.
    const BEFORE: usize = 7;
    let mark = mark(kwargs.must_get::<bool>("checked")?);
    let clauses = kwargs.must_get::<Value>("clauses")?;
    let clauses = Vec::<Clause>::deserialize(&clauses).map_err(tera::Error::message)?;
    let mut lines: Vec<String> = Vec::new();
    for clause in &clauses {
        if !lines.is_empty() {
            lines.push("|".to_owned());
        }
        let first = format!("| ({}) ", clause.letter);
        let rest = format!("|{}", " ".repeat(first.len() - 1));
        lines.extend(fill(&clause.text, &first, &rest, width.saturating_sub(BEFORE)));
    }
    let middle = lines.len() / 2;
    let line = |(n, line): (usize, &String)| {
        format!("{:<BEFORE$}{line}", if n == middle { format!("  {mark}") } else { String::new() })
    };
    Ok(lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n"))
}
