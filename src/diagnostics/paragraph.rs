//! A paragraph in lines, for terminals and comments. The text documents have a typist of their own,
//! in `render/text.rs`.

use textwrap::{Options, WordSeparator, WordSplitter, wrap};

/// The narrowest that a terminal is taken to be.
pub const COLUMNS: usize = 80;

/// The lines of a paragraph, the first and the others behind their indents. A word is never broken:
/// it may be a path or a key, to copy.
pub fn filled(text: &str, width: usize, first: &str, others: &str) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    wrap(text, options).into_iter().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width_and_words_stay_whole() {
        assert_eq!(filled("aa bb cc dd", 9, "1. ", "   "), ["1. aa bb", "   cc dd"]);
        assert_eq!(
            filled("see filings/a-long-path.yaml", 9, "", ""),
            ["see", "filings/a-long-path.yaml"]
        );
        assert_eq!(filled("über 漢字漢字", 9, "", ""), ["über", "漢字漢字"]);
    }
}
