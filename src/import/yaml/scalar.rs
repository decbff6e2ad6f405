//! Scalars, with quotes where YAML needs them.

/// Whether a text can be a block scalar: folded white space brings back each of its lines.
pub(super) fn is_block(text: &str) -> bool {
    !text.is_empty() && !text.starts_with([' ', '#']) && text.chars().all(|c| !c.is_control())
}

/// Returns a scalar in a flow collection.
pub(super) fn flow(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}']) { quoted(text) } else { scalar(text) }
}

/// Returns a scalar with quotes if it needs them.
pub(super) fn scalar(text: &str) -> String {
    let plain = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '/' | '$' | '+' | '.'));
    let is_safe = plain
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && text.chars().all(|c| !c.is_control())
        && !text.starts_with("...")
        // Some readers take a number with zeros before it for another one.
        && !text.bytes().all(|b| b.is_ascii_digit())
        // A text stays one, whatever reads the YAML.
        && serde_yaml::from_str::<serde_json::Value>(text).is_ok_and(|value| value.as_str() == Some(text));
    let is_date = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    if is_safe || is_date { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    // JSON's strings are YAML's.
    serde_json::Value::from(text).to_string()
}
