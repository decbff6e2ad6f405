//! Finds the passages of the form that a template names.

use super::template_context::WORDING;

/// A passage that a template names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// Its path in a wording file, such as `part_two.lead`; empty for the whole wording.
    pub path: String,
    /// Its offset in the template, in bytes.
    pub offset: usize,
    /// Whether the template tests if the passage exists: in an `if`, by a default, or with `?.`.
    pub tested: bool,
}

/// Returns the passages that a template names, in its order.
pub(super) fn asked(template: &str) -> Vec<Asked> {
    // Read from the template's text: Tera reports only the first part of a name.
    let mut all = Vec::new();
    for (start, tag) in tags(template) {
        let mut condition = false;
        for (at, name, after) in names(tag) {
            condition |= matches!(name, "if" | "elif");
            let path = match name.strip_prefix(WORDING) {
                Some(path) if path.is_empty() || path.starts_with(['.', '?']) => path,
                _ => continue,
            };
            let mut add = |path: &str, tested| {
                let path = path.replace('?', "").trim_matches('.').to_owned();
                all.push(Asked { path, offset: start + at, tested });
            };
            path.match_indices("?.").for_each(|(end, _)| add(&path[..end], true));
            add(path, condition || has_default(after));
        }
    }
    all
}

/// Returns the text inside each `{{ }}` and `{% %}`, and its offset.
pub(super) fn tags(template: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + template[at..].find('{')?;
            let close = match template.as_bytes().get(open + 1) {
                Some(b'{') => "}}",
                Some(b'%') => "%}",
                Some(b'#') => "#}",
                _ => {
                    at = open + 1;
                    continue;
                }
            };
            let start = open + 2;
            let end = start + template[start..].find(close)?;
            at = end + close.len();
            if close != "#}" {
                return Some((start, &template[start..end]));
            }
        }
    })
}

/// Returns the names in a tag, outside of strings: the offset, the name with its dots, and the text
/// after it.
fn names(tag: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let c = tag[at..].chars().next()?;
            let (start, rest) = (at, &tag[at..]);
            if in_word(c) {
                let length = rest.find(|c| !in_word(c) && c != '.' && c != '?');
                let (name, after) = rest.split_at(length.unwrap_or(rest.len()));
                at += name.len();
                return Some((start, name, after));
            }
            at += match c {
                '"' | '\'' | '`' => rest[1..].find(c).map_or(rest.len(), |end| end + 2),
                c => c.len_utf8(),
            };
        }
    })
}

/// Whether the text after a name gives it a default.
fn has_default(after: &str) -> bool {
    let filter = after.trim_start().strip_prefix('|');
    filter.is_some_and(|filter| filter.trim_start().starts_with("default"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_their_paths_and_places() {
        for (template, expected) in [
            ("wording.a {{ wording.a.b }}", vec![("a.b", false)]),
            ("{{ x | wrap(first=wording.a ~ \" wording.c\") }}", vec![("a", false)]),
            ("{% if wording.a %}{{ wording.a.b }}{% endif %}", vec![("a", true), ("a.b", false)]),
            ("{{ wording.a | default(value=\"\") }}", vec![("a", true)]),
            ("{{ wording.a?.b }}", vec![("a", true), ("a.b", false)]),
            ("{# {{ wording.a }} #}{{ my.wording.a }}{{ wordings.a }}", vec![]),
            ("{{<lead text={wording.a} />}}", vec![("a", false)]),
            ("{{ wording[\"a\"] }}", vec![("", false)]),
        ] {
            let all = asked(template);
            let named: Vec<_> = all.iter().map(|a| (a.path.as_str(), a.tested)).collect();
            assert_eq!(named, expected, "{template}");
            assert!(all.iter().all(|a| template[a.offset..].starts_with("wording")), "{template}");
        }
    }
}
