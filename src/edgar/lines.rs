//! Divides texts into lines, many bytes at a time.

/// Returns the lines of a text, each with its line feed.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let last = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain(last);
    let mut start = 0;
    ends.map(move |end| &text[std::mem::replace(&mut start, end)..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_line_feeds() {
        for text in ["", "a", "\n", "a\n", "\n\nb", "a\r\nb\n\n", "é\nü"] {
            assert!(lines(text).eq(text.split_inclusive('\n')), "{text:?}");
        }
    }
}
