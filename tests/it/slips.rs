//! Slips of typing in every committed filing, at every line where they can be made: the finding is
//! on the line, or on the one that governs it, and names the slip.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use latefile::diagnostics::finding::{Finding, Severity, locate};
use latefile::pipeline::load::files::Entry;
use latefile::pipeline::load::{SharedFiles, find, load_bytes};

use crate::support;

/// A filing with one slip.
struct Slipped {
    kind: &'static str,
    text: String,
    /// The lines on which the finding may be, from 1.
    lines: Vec<usize>,
    /// Words of which the message or the advice has one.
    words: &'static [&'static str],
}

/// The committed filings, and one in the style of the README.
fn filings() -> (Vec<String>, SharedFiles) {
    let found = find(&support::root().join("filings"), &[]).expect("the samples");
    let read = |entry: &Entry| fs::read_to_string(&entry.path).expect("a filing");
    let texts = found.filings.iter().map(read).chain([support::SOUND.to_owned()]).collect();
    (texts, SharedFiles::load(&found).0)
}

/// The findings that are errors, each with its line.
fn errors(text: &str, registrants: &SharedFiles) -> Vec<(usize, Finding)> {
    let entry = Entry {
        path: PathBuf::from("f.yaml"),
        shown: "f.yaml".to_owned(),
        name: "f.yaml".to_owned(),
        id: "f".to_owned(),
    };
    let loaded = load_bytes(&entry, text.as_bytes().to_vec(), registrants);
    locate(loaded.findings, &loaded.sources)
        .into_iter()
        .filter(|located| {
            let code = located.finding.rule.code;
            located.finding.severity == Severity::Error || code == "comment-in-text"
        })
        .map(|located| (located.place.position.line, located.finding))
        .collect()
}

/// A line of a valid filing, as far as the slips need it.
struct Row<'a> {
    text: &'a str,
    indent: usize,
    /// The column of the content after the hyphen of a list item.
    column: usize,
    key: Option<&'a str>,
    value: &'a str,
    in_block: bool,
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let mut block = None;
    let row = |text| {
        let line: &str = text;
        let indent = line.len() - line.trim_start().len();
        let content = line[indent..].strip_prefix("- ").unwrap_or(&line[indent..]);
        let column = line.len() - content.len();
        if block.is_some_and(|parent| indent > parent) || line.trim().is_empty() {
            return Row { text: line, indent, column, key: None, value: "", in_block: true };
        }
        let (key, value) =
            match content.split_once(": ").or(content.strip_suffix(':').map(|k| (k, ""))) {
                Some((key, value)) if key.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
                    (Some(key), value)
                }
                _ => (None, content),
            };
        block =
            value.starts_with(['|', '>']).then_some(if key.is_some() { column } else { indent });
        Row { text: line, indent, column, key, value, in_block: false }
    };
    text.lines().map(row).collect()
}

/// The text with other lines in the place of some.
fn with(text: &str, nth: usize, many: usize, new: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.splice(nth..nth + many, new.lines());
    lines.join("\n") + "\n"
}

/// The keys whose values are short texts.
const TEXTS: &[&str] = &[
    "name",
    "title",
    "city",
    "state",
    "former_name",
    "salutation",
    "closing",
    "signed_by",
    "because",
    "street",
    "tagline",
    "caption",
];

fn slips(text: &str) -> Vec<Slipped> {
    let rows = rows(text);
    let mut all = Vec::new();
    for (nth, row) in rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.in_block && !row.text.trim_start().starts_with('#'))
    {
        let mut near = vec![nth + 1];
        // The line that governs it: the key above, of the same mapping or that of the mapping.
        near.extend(rows[..nth].iter().rposition(|other| !other.in_block).map(|n| n + 1));
        let mut slip = |kind, new: String, words| {
            if new != row.text {
                all.push(Slipped {
                    kind,
                    text: with(text, nth, 1, &new),
                    lines: near.clone(),
                    words,
                });
            }
        };
        let has_entries = rows.get(nth + 1).is_some_and(|next| {
            next.indent > row.column && (next.key.is_some() || next.text.contains("- "))
        });
        if row.key.is_some() && row.value.is_empty() && has_entries {
            let bare = row.text.trim_end_matches(':');
            slip("section without colon", bare.to_owned(), &["no colon"]);
            slip("spaced section", format!("{bare} "), &["no colon"]);
            slip("text beside", format!("{} Jordan", row.text), &["does not belong"]);
        }
        values(row, &mut slip);
        indents(row, nth, &mut slip);
        let next = rows.get(nth + 1);
        if row.value.starts_with(['|', '>']) && row.key.is_some() && next.is_some() {
            let end = rows[nth + 1..]
                .iter()
                .position(|row| !row.in_block)
                .map_or(rows.len(), |n| n + nth + 1);
            let body: String = rows[nth + 1..end]
                .iter()
                .map(|row| row.text.trim_start().to_owned() + "\n")
                .collect();
            let lines = (nth + 1..=end).collect();
            all.push(Slipped {
                kind: "unindented",
                text: with(text, nth + 1, end - nth - 1, &body),
                lines,
                words: &["indent its text"],
            });
            let half = rows[end - 1].text;
            if end - nth > 2 && half.trim() != "" {
                let lines = vec![nth + 1, end];
                all.push(Slipped {
                    kind: "last unindented",
                    text: with(text, end - 1, 1, half.trim_start()),
                    lines,
                    words: &["indent each line"],
                });
            }
            let first = rows[nth + 1].text;
            let tabbed = format!("\t{}", first.trim_start());
            all.push(Slipped {
                kind: "tab in text",
                text: with(text, nth + 1, 1, &tabbed),
                lines: vec![nth + 2],
                words: &["tab"],
            });
        }
    }
    all
}

fn indents(
    row: &Row<'_>,
    nth: usize,
    slip: &mut impl FnMut(&'static str, String, &'static [&'static str]),
) {
    if row.key.is_some() && nth > 0 {
        slip("one more", format!(" {}", row.text), &["indented by"]);
        if row.indent > 0 {
            slip("one less", row.text[1..].to_owned(), &["indented by"]);
        }
    }
    if row.indent > 0 {
        slip("tab", format!("\t{}", row.text.trim_start()), &["tab"]);
    }
    if row.column > row.indent {
        slip("stuck hyphen", row.text.replacen("- ", "-", 1), &["hyphen", "space after"]);
        slip("en dash", row.text.replacen("- ", "– ", 1), &["U+2013"]);
    }
}

fn values(row: &Row<'_>, slip: &mut impl FnMut(&'static str, String, &'static [&'static str])) {
    let Some(key) = row.key else { return };
    if row.value.trim().is_empty() || row.value.trim().starts_with('#') {
        return;
    }
    let head = &row.text[..row.text.len() - row.value.len()];
    let glued = |with: &str| format!("{}{with}{}", head.trim_end_matches([' ', ':']), row.value);
    slip("stuck colon", glued(":"), &["space after the colon"]);
    slip("wide colon", glued("\u{FF1A}"), &["U+FF1A"]);
    slip("ratio", glued("\u{2236} "), &["U+2236"]);
    slip("no-break space", glued(":\u{A0}"), &["U+00A0"]);
    slip("no colon", glued(" "), &["no colon"]);
    let value = row.value;
    let plain = value.starts_with(|c: char| c.is_ascii_alphanumeric()) && !value.contains(" #");
    if TEXTS.contains(&key) && plain {
        for (kind, sign) in [
            ("&", "& "),
            ("&x", "&"),
            ("*", "* "),
            ("*x", "*"),
            ("@", "@"),
            ("%", "%"),
            ("`", "`"),
            ("!", "!"),
            ("[", "[x] "),
            ("{", "{x} "),
            (">", "> "),
            ("|", "| "),
            ("-", "- "),
            ("?", "? "),
        ] {
            slip(kind, format!("{head}{sign}{value}"), &["begins with", "begin the text"]);
        }
        slip("# head", format!("{head}#4 {value}"), &["begins with", "comment"]);
        slip("after quote", format!("{head}\"The\" {value}"), &["closing quote"]);
        slip("apostrophe", format!("{head}'O'Brien {value}'"), &["apostrophe"]);
        slip("inner quotes", format!("{head}\"The \"{value}\" Co\""), &["quotation mark"]);
        slip("colon", format!("{head}Co: {value}"), &["`: `"]);
        slip("open quote", format!("{head}\"{value}"), &["not closed"]);
        if !value.contains('\'') {
            slip("open single quote", format!("{head}'{value}"), &["not closed"]);
        }
    }
    if value.starts_with('"') && value.ends_with('"') {
        slip("unclosed", format!("{head}{}", &value[..value.len() - 1]), &["not closed"]);
    }
    if value.starts_with(['{', '[']) && value.ends_with(['}', ']']) {
        slip("bracket", format!("{head}{}", &value[..value.len() - 1]), &["not closed"]);
        slip(
            "two brackets",
            format!("{head}{value}{}", &value[value.len() - 1..]),
            &["nothing opens"],
        );
    }
    if value.starts_with('{') && value.contains(", ") {
        slip("comma", format!("{head}{}", value.replacen(", ", " ", 1)), &["comma"]);
        if value[1..].starts_with("street: ") || value[1..].starts_with("name: ") {
            slip("hash", format!("{head}{}", value.replacen(", ", " #4, ", 1)), &["comment"]);
            slip("flow &", format!("{head}{}", value.replacen(": ", ": & ", 1)), &["begins with"]);
            let (first, rest) = value.split_once(", ").unwrap_or_default();
            let first = first.replacen(": ", ": 'O'Brien ", 1);
            slip("flow apostrophe", format!("{head}{first}', {rest}"), &["apostrophe"]);
        }
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "figures for whoever asks for them")]
fn a_slip_is_found_on_its_line_and_named() {
    let (texts, registrants) = filings();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for text in &texts {
        // All take a minute: `SLIPS=FILE` tries them all, and writes those that are missed.
        let step = if std::env::var_os("SLIPS").is_some() { 1 } else { 9 };
        for slipped in slips(text).into_iter().step_by(step) {
            let found = errors(&slipped.text, &registrants);
            let named = |(line, finding): &(usize, Finding)| {
                let said =
                    format!("{}; {}", finding.message, finding.hint.as_deref().unwrap_or_default());
                slipped.lines.contains(line) && slipped.words.iter().any(|word| said.contains(word))
            };
            // A space more or less before the only key of a mapping is no mistake.
            if found.is_empty() && slipped.kind.starts_with("one ") {
                continue;
            }
            let good = found.len() == 1 && found.iter().all(named);
            let (right, of) = counts.entry(slipped.kind).or_default();
            *of += 1;
            *right += usize::from(good);
            if !good {
                let line = slipped.text.lines().nth(slipped.lines[0] - 1).unwrap_or_default();
                let said: Vec<String> = found
                    .iter()
                    .map(|(l, f)| {
                        format!(
                            "{l}: [{}] {} | {}",
                            f.rule.code,
                            f.message,
                            f.hint.as_deref().unwrap_or_default()
                        )
                    })
                    .collect();
                missed.push(format!(
                    "{} at {}: {line:.80}\n   {}",
                    slipped.kind,
                    slipped.lines[0],
                    said.join("\n   ")
                ));
            }
        }
    }
    let (right, of) = counts.values().fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    if let Some(path) = std::env::var_os("SLIPS") {
        fs::write(path, format!("{counts:#?}\n{}\n", missed.join("\n"))).unwrap();
    }
    println!("{right} of {of}");
    assert!(right * 100 >= of * 95, "{right} of {of}\n{counts:?}");
}
