//! Wraps a paragraph into lines, for terminals and comments. `render/text.rs` wraps the text
//! documents.

use textwrap::{Options, WordSeparator, WordSplitter, wrap};

/// The width of the program's output, in columns: that of the narrowest usual terminal.
pub const COLUMNS: usize = 80;

/// Returns the lines of a paragraph, the first after one indent and the others after another.
pub fn filled(text: &str, width: usize, first: &str, others: &str) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(others)
        // A long word may be a path or a key that a user copies.
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        // textwrap would break at the hyphens of `12b-25`.
        .word_splitter(WordSplitter::NoHyphenation);
    wrap(text, options).into_iter().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_the_width_and_words_stay_whole() {
        assert_eq!(filled("aa bb cc dd", 9, "1. ", "   "), ["1. aa bb", "   cc dd"]);
        assert_eq!(
            filled("see filings/a-long-path.yaml", 9, "", ""),
            ["see", "filings/a-long-path.yaml"]
        );
        assert_eq!(filled("über 漢字漢字", 9, "", ""), ["über", "漢字漢字"]);
    }
}
