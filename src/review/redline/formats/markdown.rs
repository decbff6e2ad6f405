//! Writes a redline as a comment on a pull request. A filing's text is in HTML blocks of one line
//! each, in which Markdown does not read backticks, pipes or stars. An invisible word joiner after
//! the first character breaks the mentions and references that GitHub finds in any text.

use super::super::{BlockDiff, FilingDiff, Op, Redline, Span};
use super::boxes::{Shown, shown};
use super::excerpt::{Excerpt, excerpt, rows, table};
use super::phrases::{
    clean, document, documents, entities, filed, is_whole, kind, pieces, short_hash, summary,
    tally, title,
};
use super::sections::SIGNATURE;
use crate::diagnostics::count::{count, grouped};
use crate::review::redline::facts::words;
use crate::review::redline::{Counts, FiledChange, RowDiff, Side};

/// The most characters that GitHub accepts in a comment.
const MOST: usize = 65_536;
/// The characters kept free for the sentence that something was cut, and for a workflow's mark.
// Each character of the sentence may become an entity and a word joiner.
const RESERVE: usize = 1_800;
/// The most characters of the command that shows the whole redline.
const MOST_COMMAND: usize = 200;
/// The most characters of the summary table.
const MOST_SUMMARY: usize = 16_000;

/// The mark by which a workflow finds its own comment again.
const MARK: &str = "<!-- latefile redline -->";

/// The redline as a comment.
pub fn markdown(redline: &Redline) -> String {
    let mut out = format!("{MARK}\n");
    if !redline.filed.is_empty() {
        out += &alarm(redline);
    }
    out += "### Redline\n\n";
    let head = format!("<p>{} → {}", revision(&redline.old), revision(&redline.new));
    out += &format!("{head}<br>{}</p>\n\n", inert(&summary(redline)));
    if !redline.others.is_empty() {
        let budget = MOST_SUMMARY;
        out += &list(redline.others.iter().map(|fact| fact.sentence.as_str()), budget);
        out.push('\n');
    }
    if redline.filings.is_empty() {
        return out;
    }
    out += &overview(&redline.filings);
    let mut room = MOST.saturating_sub(out.chars().count() + RESERVE);
    let (mut short, mut left_out) = (0, 0);
    for filing in &redline.filings {
        let (text, whole) = details(filing, room);
        let size = text.chars().count();
        if size > room {
            left_out += 1;
            continue;
        }
        short += usize::from(!whole);
        room -= size;
        out += &text;
    }
    if short + left_out > 0 {
        out += &cut(redline, short, left_out);
    }
    out
}

/// The name of a revision, and its commit.
fn revision(side: &Side) -> String {
    let commit = side.commit.as_ref();
    let commit = commit.map(|own| format!(" ({}, {})", short_hash(own), inert(&own.date)));
    format!("<code>{}</code>{}", inert(&side.label), commit.unwrap_or_default())
}

/// The filed notices that change.
fn alarm(redline: &Redline) -> String {
    let item = |change: &FiledChange| {
        let (code, sentence) = filed(change);
        format!("<li><b>{}{}</b></li>\n", inert(&code), marked(sentence))
    };
    limited(redline.filed.iter().map(item), MOST_SUMMARY) + "\n"
}

/// The sentence that something was cut, and the command that shows it.
fn cut(redline: &Redline, short: usize, left_out: usize) -> String {
    let mut said = Vec::new();
    if short > 0 {
        said.push(format!("of {} not all changes are shown", count(short, "filing")));
    }
    if left_out > 0 {
        said.push(format!("{} not shown at all", count(left_out, "changed filing")));
    }
    let command = format!(
        "latefile redline {} {} --format html -o redline.html",
        redline.old.label, redline.new.label
    );
    let command: String = command.chars().take(MOST_COMMAND).collect();
    format!(
        "<p>⚠ This comment is at GitHub’s limit of {MOST} characters: {}. All of it: <code>{}</code></p>\n",
        said.join(", "),
        inert(&command)
    )
}

/// A row for each filing.
fn overview(filings: &[FilingDiff]) -> String {
    let mut out =
        "<table>\n<tr><th>filing</th><th></th><th>notice</th><th>changes</th></tr>\n".to_owned();
    for (at, filing) in filings.iter().enumerate() {
        let notice = filing.title.as_ref().map(title).unwrap_or_default();
        let counts = filing.documents.iter().map(|document| document.counts()).fold(
            Counts::default(),
            |a, b| Counts {
                inserted: a.inserted + b.inserted,
                deleted: a.deleted + b.deleted,
                moved: a.moved + b.moved,
            },
        );
        let mut changes = vec![tally(filing)];
        if counts != Counts::default() && !is_whole(filing) {
            changes.push(words(counts));
        }
        let row = format!(
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            inert(&filing.id),
            kind(filing.kind),
            inert(&notice),
            inert(&changes.join("; "))
        );
        if out.len() + row.len() > MOST_SUMMARY {
            out += &format!(
                "<tr><td colspan=\"4\">… and {} more</td></tr>\n",
                grouped(filings.len() - at)
            );
            break;
        }
        out += &row;
    }
    out + "</table>\n\n"
}

/// As much of a list as fits.
fn list<'a>(sentences: impl Iterator<Item = &'a str>, room: usize) -> String {
    limited(sentences.map(|sentence| format!("<li>{}</li>\n", marked(sentence))), room)
}

/// A sentence with its code marked as code.
fn marked(sentence: &str) -> String {
    let piece = |(code, text): (bool, &str)| {
        if code { format!("<code>{}</code>", inert(text)) } else { inert(text) }
    };
    pieces(sentence).map(piece).collect()
}

/// As many items of a list as fit.
fn limited(items: impl Iterator<Item = String>, most: usize) -> String {
    let mut out = "<ul>\n".to_owned();
    let mut left = 0;
    for item in items {
        if out.chars().count() + item.chars().count() > most {
            left += 1;
        } else {
            out += &item;
        }
    }
    if left > 0 {
        out += &format!("<li>… and {left} more</li>\n");
    }
    out + "</ul>\n"
}

/// The changes of a filing, folded, and whether all of them fit.
fn details(filing: &FilingDiff, room: usize) -> (String, bool) {
    let mut out = format!(
        "<details>\n<summary><code>{}</code> {}</summary>\n",
        inert(&filing.id),
        kind(filing.kind)
    );
    const END: &str = "</details>\n\n";
    const CUT: &str = "<p>… the rest is not shown</p>\n";
    let fits = |out: &str, piece: &str| {
        out.chars().count() + piece.chars().count() + END.len() + CUT.len() <= room
    };
    out += &list(
        filing.facts.iter().map(|fact| fact.sentence.as_str()),
        room.saturating_sub(out.len() + 200),
    );
    let mut whole = !out.contains("<li>… and ");
    if is_whole(filing) {
        out += &format!("<p>documents: {}</p>\n", inert(&documents(filing)));
        return (out + END, whole);
    }
    'all: for own in &filing.documents {
        let mut pieces = vec![format!("<h4>{}</h4>\n", inert(&document(own)))];
        pieces.extend(excerpt(&own.blocks).iter().map(|piece| match piece {
            Excerpt::Skipped => "<p>…</p>\n".to_owned(),
            Excerpt::Signature => format!("<p><b>{SIGNATURE}</b></p>\n"),
            Excerpt::Block(block) => self::block(block),
        }));
        for piece in pieces {
            if !fits(&out, &piece) {
                whole = false;
                out += CUT;
                break 'all;
            }
            out += &piece;
        }
    }
    (out + END, whole)
}

fn block(block: &BlockDiff) -> String {
    if let Some(all) = table(block) {
        let row = |row: &RowDiff| {
            let cells: String =
                row.cells.iter().map(|cell| format!("<td>{}</td>", spans(cell))).collect();
            format!("<tr>{cells}</tr>")
        };
        return format!("<table>{}</table>\n", rows(all).map(row).collect::<String>());
    }
    let text = block.runs().map(spans).collect::<String>();
    if block.heading().is_some() {
        format!("<p><b>{text}</b></p>\n")
    } else {
        format!("<p>{text}</p>\n")
    }
}

fn spans(spans: &[Span]) -> String {
    let words = |span: &Span| {
        let text = inert(&span.text());
        match span.op {
            Op::Equal => text,
            Op::Delete => format!("<del>{text}</del>"),
            Op::Insert => format!("<ins>{text}</ins>"),
            Op::MoveAway(n) => format!("<del>{text}</del><sup>→ move {n}</sup>"),
            Op::MoveHere(n) => format!("<ins>{text}</ins><sup>← move {n}</sup>"),
        }
    };
    let of = |piece: Shown<'_>| match piece {
        Shown::Words(span) => words(span),
        Shown::Box { new, note: Some(note), .. } => format!("{new} <ins>{note}</ins>"),
        Shown::Box { new, note: None, .. } => new.to_owned(),
    };
    shown(spans).into_iter().map(of).collect::<Vec<_>>().join(" ")
}

/// A text without meaning to HTML or GitHub.
fn inert(text: &str) -> String {
    const JOINER: char = '\u{2060}';
    let escaped = |word: &str| {
        let mut out = String::new();
        // A commit is seven to forty hexadecimal digits.
        let hex = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let commit = (7..=40).contains(&hex.len()) && hex.bytes().all(|b| b.is_ascii_hexdigit());
        let commit = commit.then(|| word.find(hex)).flatten();
        let lower = word.to_ascii_lowercase();
        for (at, c) in word.char_indices() {
            out.push(c);
            let rest = &lower[at..];
            let begins = ["://", "gh-", "www."].iter().any(|start| rest.starts_with(start));
            if matches!(c, '@' | '#') || begins || commit == Some(at) {
                out.push(JOINER);
            }
        }
        out
    };
    let words: Vec<String> = text.split(' ').map(|word| entities(&escaped(&clean(word)))).collect();
    words.join(" ")
}
