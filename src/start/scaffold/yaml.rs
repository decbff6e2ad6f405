//! Writes values of an earlier filing as YAML: in the words of its source where those can be copied,
//! else in block style.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
pub(super) use serde_yaml::Value;

/// Returns a top-level entry of a mapping: as the source writes it, with its comments, if those lines
/// alone have the same value; else the value in block style.
///
/// # Errors
/// The value cannot be written.
pub(super) fn entry<T>(source: &str, key: &str, value: &T) -> anyhow::Result<String>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    // An alias or a flow mapping around all keys cannot be copied in part.
    let same = |lines: &&str| {
        let read = serde_yaml::from_str::<BTreeMap<String, T>>(lines);
        read.is_ok_and(|read| read.len() == 1 && read.get(key) == Some(value))
    };
    match lines_of(source, key).filter(same) {
        Some(lines) => Ok(lines.strip_suffix('\n').unwrap_or(lines).to_owned()),
        None => Ok(format!("{key}:{}", after_key(&to_value(value)?, 2)?)),
    }
}

/// Returns the lines of a top-level entry in block style, without blank lines and comments after it.
fn lines_of<'s>(source: &'s str, key: &str) -> Option<&'s str> {
    let (mut start, mut end, mut offset) = (None, 0, 0);
    for line in source.split_inclusive('\n') {
        let begins_entry = !line.starts_with([' ', '\t', '-', ']', '}', '#', '\n']);
        if begins_entry && start.is_some() {
            break;
        }
        let rest = line.strip_prefix(key).map(str::trim_start);
        if rest.is_some_and(|rest| rest.starts_with(':')) {
            start = Some(offset);
        }
        offset += line.len();
        if !line.starts_with('#') && !line.trim().is_empty() {
            end = offset;
        }
    }
    source.get(start?..end)
}

/// Returns a value of the model as YAML.
///
/// # Errors
/// It cannot be written.
pub(super) fn to_value(value: &impl Serialize) -> anyhow::Result<Value> {
    serde_yaml::to_value(value).context("cannot copy a value")
}

/// Returns the text after a key and its colon, with the lines of its value indented by some spaces,
/// two more than the key.
///
/// # Errors
/// A scalar cannot be written.
pub(super) fn after_key(value: &Value, indent: usize) -> anyhow::Result<String> {
    // The library does not indent a list in a mapping.
    let pad = " ".repeat(indent);
    match value {
        Value::Null => Ok(String::new()),
        Value::Mapping(entries) if !entries.is_empty() => entries
            .iter()
            .map(|(key, value)| {
                let key = key.as_str().unwrap_or_default();
                Ok(format!("\n{pad}{key}:{}", after_key(value, indent + 2)?))
            })
            .collect(),
        Value::Sequence(items) if !items.is_empty() => items
            .iter()
            .map(|item| {
                let text = after_key(item, indent + 2)?;
                // The first entry of a mapping is in the line of the dash.
                let first = text.strip_prefix('\n').map(|text| format!(" {}", text.trim_start()));
                Ok(format!("\n{pad}-{}", first.unwrap_or(text)))
            })
            .collect(),
        scalar => after_key_in_lines(scalar, &" ".repeat(indent.saturating_sub(2))),
    }
}

/// Returns the text after a key for a scalar, with its further lines indented by `more`.
fn after_key_in_lines(scalar: &Value, more: &str) -> anyhow::Result<String> {
    let text = serde_yaml::to_string(&BTreeMap::from([("k", scalar)]))
        .context("cannot write a value as YAML")?;
    let text = text.strip_prefix("k:").unwrap_or(&text);
    // One line end alone: others belong to the value.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = in_double_quotes(text).unwrap_or_else(|| text.to_owned());
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    Ok(lines.fold(
        first,
        |all, line| {
            if line.is_empty() { all + "\n" } else { format!("{all}\n{more}{line}") }
        },
    ))
}

/// Returns a scalar in single quotes with double ones, as people write them, or `None` if it is none
/// or has quotes or backslashes.
fn in_double_quotes(text: &str) -> Option<String> {
    let inner = text.strip_prefix(" '")?.strip_suffix('\'')?;
    (!inner.contains(['\'', '"', '\\'])).then(|| format!(" \"{inner}\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{after_key, entry, to_value};

    fn read_again(yaml: &str) -> Value {
        serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
    }

    /// A value inside two mappings, as in the template of a new filing.
    fn nested(value: &Value) -> String {
        let text = after_key(&to_value(value).unwrap(), 4).unwrap();
        format!("a:\n  # A comment.\n  b:{text}\n  c: end\n")
    }

    #[test]
    fn hostile_texts_are_read_as_they_were() {
        for text in [
            "x: y",
            "- x",
            "# x",
            "x # y",
            "#",
            "'",
            "\"",
            "'x'",
            "\\",
            "a\\nb",
            "yes",
            "NO",
            "null",
            "~",
            "true",
            "0x1F",
            "010",
            "1e3",
            ".5",
            "12:30",
            "2025-12-31",
            "&a",
            "*a",
            "!t",
            "%x",
            "@x",
            "`x`",
            "{x",
            "[x",
            "? x",
            "| x",
            "> x",
            " x ",
            "x:",
            ":",
            "-",
            "---",
            "...",
            "<<",
            "=",
            "a\nb",
            "a\n\nb\n",
            "\n a\n  b\n\n",
            "tab\tx",
            "\u{a0}x\u{a0}",
            "é “x” — €",
            "北京",
            "😀",
            "{{ x }}",
            "{% x %}",
            "O'Hara & \"Sons\", Inc.",
        ] {
            let expected = json!({"a": {"b": text, "c": "end"}});
            assert_eq!(read_again(&nested(&json!(text))), expected, "{}", nested(&json!(text)));
        }
    }

    proptest! {
        #[test]
        fn texts_and_lists_are_read_as_they_were(
            texts in prop::collection::vec("[ -~\n\té“—]{1,40}", 1..4),
        ) {
            let value = json!([texts[0], {"k": texts, "l": {"m": texts[0]}}]);
            for value in [json!(texts[0]), value.clone(), value[1].clone()] {
                prop_assert_eq!(&read_again(&nested(&value))["a"]["b"], &value);
            }
        }
    }

    #[test]
    fn an_entry_is_copied_if_its_lines_alone_have_its_value() {
        let value = json!({"x": ["1", "2"]});
        for (source, copied) in [
            ("# a\nk:  # why\n  x:\n    # one\n    - '1'\n\n    - '2'\n\n# of b\nb: 1\n", true),
            ("a: 1\nk: {x: ['1', '2']}   # why", true),
            ("k:\n  x:\n  - '1'\n  - '2'\nkk: 2\n", true),
            ("kk: 1\nk: {x: [\"1\",\n\"2\"]}\nb: 1\n", false),
            ("a: &a ['1', '2']\nk: {x: *a}\n", false),
            ("{a: 1, k: {x: ['1', '2']}}\n", false),
            ("\"k\": {x: ['1', '2']}\n", false),
        ] {
            let entry = entry(source, "k", &value).unwrap();
            assert_eq!(read_again(&entry), json!({"k": value}), "{entry}");
            assert_eq!(source.contains(&entry), copied, "{entry}");
        }
    }
}
