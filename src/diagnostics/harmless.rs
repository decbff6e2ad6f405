//! Characters that a reader would not see, shown by their number wherever text of a user's file is
//! printed.

/// Whether a reader would not see what a character does.
pub fn harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A text with its control and bidirectional characters as `U+202E`.
pub fn harmless(text: &str) -> String {
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
