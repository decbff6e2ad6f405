//! Writes numbers and counted nouns for people.

/// Returns a number with its noun: `1 error`, `2 errors`.
pub fn count(number: usize, noun: &str) -> String {
    format!("{} {}", grouped(number), many(number, noun))
}

/// Returns the noun in the form that follows a number: `error` after 1, else `errors`.
pub fn many(number: usize, noun: &str) -> String {
    if number == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// Returns a number with commas between its thousands: `10,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    // Groups count from the right; digits are ASCII, so that a group is always UTF-8.
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
