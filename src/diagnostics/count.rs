//! Numbers of things, as people read them.

/// `1 error`, `2 errors`: a count and its noun.
pub fn count(number: usize, noun: &str) -> String {
    format!("{} {}", grouped(number), many(number, noun))
}

/// A noun as it stands behind a number.
pub fn many(number: usize, noun: &str) -> String {
    if number == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// `10,000`
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_204, 1_000_000].map(grouped), ["0", "999", "1,204", "1,000,000"]);
        assert_eq!([count(1, "error"), count(1_204, "error")], ["1 error", "1,204 errors"]);
    }
}
