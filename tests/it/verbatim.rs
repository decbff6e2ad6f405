//! What the user typed is what every output says: hostile strings in every text field of a filing
//! are found again, white space folded, in the text, the HTML and the PDF.

use crate::support;

use std::fmt::Write as _;
use std::fs;

use latefile::edgar;
use latefile::edgar::words::EMPTY_BOX;
use latefile::pipeline::render::consistency::text_words;
use unicode_normalization::UnicodeNormalization as _;

/// Strings that change or vanish where somebody forgot to escape.
const HOSTILE: &[&str] = &[
    // Typst markup.
    "*b* _e_ `raw` ```block```",
    "$x$ costs $5, $$ and \\$",
    "#1 #let x = 1 #{panic()} #include \"x\"",
    "<label> @ref <Part III>",
    "= Heading",
    "== Deeper",
    "- item",
    "+ item",
    "/ Term: x",
    "1. item",
    "//comment",
    "/* not */ a comment",
    "a~b a--b a---b a...b",
    "https://example.com/a_b*c",
    "\\",
    "ends with \\",
    "\\\\server\\share\\C:\\n\\t",
    "\\u{41} \\x41 \\\"",
    "\"double\" 'single' ''' \"\"\"",
    "#",
    "#\"x\"",
    "[a] {b} (c)",
    "[",
    "}",
    "]]",
    "#[",
    "set text(red)",
    "-1.5 - 2.5",
    // Tera and HTML.
    "{{ name }} {% if x %} {# gone #}",
    "{{ 'x' | safe }}",
    "{% raw %}",
    "&amp; &lt; &#65; &copy; & ;",
    "<b>bold</b> <Data> <!-- x -->",
    "<x onclick=\"y\">",
    "]]> <![CDATA[",
    "javascript:alert(1)",
    "%7B %s {0} ${HOME} `id`",
    // Characters.
    "Compañía Łódź Straße ½ § № ™ © – — ‘’ “” … • € ×",
    "e\u{301}a\u{300} n\u{303}",
    "ﬁ ﬂ",
    "no\u{a0}break and\u{2009}thin",
    "☐ ☑ ☒",
    "caret ^ tilde ~ bar |",
    "  leading, trailing and   many spaces  ",
    "two\nlines",
    "tab\tinside",
    "office affluent fjord Tokyo AVAVA To.",
    // Length.
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "https://www.example.com/a/very/long/path/that/has/no/place/to/break/at/all/and/goes/on/and/on/for/ever/until/the/end.html",
    "A registrant whose name is so long that it needs several lines wherever it is printed, International Holdings and Subsidiaries Corporation of America, Inc.",
    // What YAML would like to read as something else.
    "0123",
    "1.10",
    "1e3",
    "0x1F",
    "yes",
    "null",
    "~",
    "12:30:45",
    "2025-12-31",
    "!!str x",
    "&anchor",
    "*alias",
    "- ",
    "? x",
    "key: value",
];

/// A filing with `§` in the place of every text that a document prints.
const FILING: &str = r#"{
  "report": {"form": "10-K", "period_ended": "2025-12-31", "portion": "§"},
  "amendment": {"number": 2, "original_filed": "2026-04-01", "explanatory_note": ["§", {"list": ["§"]}]},
  "registrant": {"name": "§", "former_name": "§", "cik": "0000000001", "file_number": "§", "cusip": "§",
    "address": {"street": ["§", "§"], "city": "§", "state": "§", "zip": "§", "country": "§"}},
  "co_registrants": [{"name": "§", "cik": "0000000002", "address": {"street": "§", "city": "§"},
    "signature": {"signed": true, "date": "2026-03-31", "name": "§", "title": "§", "signer": "executive-officer",
      "for": [{"name": "§", "capacity": "§"}]}}],
  "relief": "sought",
  "narrative": ["§", {"list": ["§", "§"]}, {"table": {"caption": "§", "columns": ["§"], "rows": [["§"], ["§"]]}}],
  "contact": {"name": "§", "phone": "§"},
  "prior_reports": {"all_filed": false, "missing": [{"report": "§", "explanation": "§"}]},
  "results_change": {"anticipated": true, "explanation": ["§"]},
  "attachments": [{"title": "§", "body": "§"}, {"title": "§", "place": "after-signature", "body": ["§"]}],
  "signature": {"signed": true, "date": "2026-03-31", "name": "§", "title": ["§", "§"], "signer": "executive-officer", "conformed": "§"},
  "letters": [{"kind": "accountant-statement", "letterhead": {"name": "§", "tagline": "§", "lines": ["§", "§"]}, "date": "2026-03-31",
    "to": ["§", "§"], "re": ["§"], "salutation": "§", "body": "§", "closing": "§", "signed": true, "signed_by": "§", "signed_title": "§"}],
  "print": {"instructions": "none", "omb_box": true, "omb_expires": "§"},
  "waive": [
    {"rule": "tag-in-text", "because": "test"},
    {"rule": "placeholder", "because": "test"}
  ]
}"#;

/// The filing with a string in every field, each with a number of its own, and those texts.
fn filled(hostile: &str) -> (String, Vec<String>) {
    let mut pieces = FILING.split("\"§\"");
    let mut yaml = pieces.next().expect("a beginning").to_owned();
    let mut texts = Vec::new();
    for (i, piece) in pieces.enumerate() {
        let text = format!("{hostile} ({i})");
        let _ = write!(yaml, "{}{piece}", serde_json::to_string(&text).expect("a string"));
        texts.push(text);
    }
    (yaml, texts)
}

/// A text without its white space, composed: what must be the same in all formats.
fn essence(text: &str) -> String {
    text.nfc().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

/// The essence of a text document, line by line and then word by word: a cell of several lines is
/// read as one.
fn text(document: &str) -> String {
    let words = text_words(document);
    let words: String = words.iter().map(|word| word.raw()).collect();
    essence(document) + &essence(&words.replace(EMPTY_BOX, "[ ]"))
}

/// The text of an HTML document: tags away, entities decoded.
fn html_text(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split('<').skip(1) {
        out.push(' ');
        out.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    let mut decoded = String::new();
    let mut parts = out.split('&');
    decoded.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (entity, rest) = part.split_once(';').expect("an entity ends");
        decoded.push_str(&match entity {
            "amp" => "&".to_owned(),
            "lt" => "<".to_owned(),
            "gt" => ">".to_owned(),
            "quot" => "\"".to_owned(),
            "nbsp" => "\u{a0}".to_owned(),
            number => {
                let point =
                    number.strip_prefix('#').and_then(|n| n.parse().ok()).and_then(char::from_u32);
                point.unwrap_or_else(|| panic!("unknown entity &{entity};")).to_string()
            }
        });
        decoded.push_str(rest);
    }
    decoded
}

#[test]
fn every_text_field_is_verbatim_in_all_three_formats() {
    let filled: Vec<(String, Vec<String>)> = HOSTILE.iter().map(|h| filled(h)).collect();
    let names: Vec<String> = (0..filled.len()).map(|i| format!("h{i}.yaml")).collect();
    let filings: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(filled.iter().map(|(y, _)| y.as_str())).collect();
    let folder = support::repository(&filings);
    let output = support::run(folder.path(), &["build", "-q", "--message-format", "short"]);
    assert!(output.status.success(), "{}", support::transcript(&output));
    let mut missing = String::new();
    for (i, (_, texts)) in filled.iter().enumerate() {
        let out = folder.path().join(format!("out/h{i}"));
        let read = |name: &str| fs::read_to_string(out.join(name)).expect("an output");
        let pdf = |name: &str| pdf_extract::extract_text(out.join(name)).expect("a PDF with text");
        let formats = [
            ("text", text(&read("form12b25.txt")) + &text(&read("ex99-1.txt"))),
            ("html", essence(&html_text(&(read("form12b25.htm") + &read("ex99-1.htm"))))),
            ("pdf", essence(&(pdf("form12b25.pdf") + &pdf("ex99-1.pdf")))),
        ];
        for (format, document) in &formats {
            for text in texts {
                let spelled = edgar::spell(text).expect("it has a spelling");
                let wanted = essence(if *format == "text" { &spelled } else { text });
                if !document.contains(&wanted) {
                    let _ = writeln!(missing, "{format}: {text:?}");
                }
            }
        }
    }
    assert!(missing.is_empty(), "not found verbatim:\n{missing}");
}
