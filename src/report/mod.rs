//! Findings as text. Everything that came from a user's file is made harmless here: a control or
//! bidirectional character is shown by its number.

mod human;
mod short;

use crate::finding::Located;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// With an excerpt, a caret, a hint and the authority.
    Human,
    /// One line each: `file:line:column: severity[code]: message`.
    Short,
}

/// The text of one finding, with its line breaks.
pub fn text(finding: &Located, format: MessageFormat, color: bool) -> String {
    match format {
        MessageFormat::Human => human::text(finding, color),
        MessageFormat::Short => short::text(finding),
    }
}

/// A text with its control and bidirectional characters as `U+202E`.
fn harmless(text: &str) -> String {
    let harmful = |c: char| {
        c.is_control()
            || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
    };
    if !text.chars().any(harmful) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => " ".to_owned(),
            c if harmful(c) => format!("U+{:04X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}
