//! Writes a redline in 80 columns: the facts and the changed parts of the documents. Marks show
//! deletions and insertions; colours only help.

use super::super::{BlockDiff, FilingDiff, Op, Redline, Span};
use super::boxes::{Shown, shown};
use super::excerpt::{Excerpt, excerpt, rows, table};
use super::phrases::{clean, document, documents, filed, is_whole, kind, summary, title};
use super::sections::SIGNATURE;
use crate::diagnostics::paragraph::{COLUMNS, filled};

/// The marks of words: before them, after them, and their colour.
struct Marks {
    before: String,
    behind: &'static str,
    color: &'static str,
}

const OFF: &str = "\x1b[0m";
const ALARM: &str = "\x1b[1;31m";
const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";

/// The redline for a terminal, with colours or without.
pub fn terminal(redline: &Redline, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    for change in &redline.filed {
        let (code, sentence) = filed(change);
        paint.lines(&mut out, &clean(&format!("{code}{sentence}")), "", "  ", ALARM);
    }
    if !redline.filed.is_empty() {
        out.push('\n');
    }
    let head = format!("{} → {}", clean(&redline.old.label), clean(&redline.new.label));
    paint.lines(&mut out, &head, "", "", BOLD);
    paint.lines(&mut out, &summary(redline), "", "", "");
    if !redline.others.is_empty() {
        out.push('\n');
        redline
            .others
            .iter()
            .for_each(|fact| paint.lines(&mut out, &clean(&fact.sentence), "- ", "  ", ""));
    }
    for filing in &redline.filings {
        paint.filing(&mut out, filing);
    }
    if redline.filings.iter().any(|filing| !is_whole(filing) && !filing.documents.is_empty()) {
        out.push_str(
            "\n[-taken out-]  {+put in+}  [1> moved away <]  {1> moved here <}  … unchanged\n",
        );
    }
    out
}

struct Paint(bool);

impl Paint {
    fn on(&self, text: &str, color: &str) -> String {
        if self.0 && !color.is_empty() { format!("{color}{text}{OFF}") } else { text.to_owned() }
    }

    /// A paragraph in lines, all of one colour.
    fn lines(&self, out: &mut String, text: &str, first: &str, rest: &str, color: &str) {
        for line in filled(text, COLUMNS, first, rest) {
            out.push_str(&self.on(&line, color));
            out.push('\n');
        }
    }

    fn filing(&self, out: &mut String, filing: &FilingDiff) {
        out.push('\n');
        let head = format!("{}  {}", filing.id, kind(filing.kind));
        self.lines(out, &clean(&head), "", "", BOLD);
        if let Some(own) = &filing.title {
            self.lines(out, &clean(&title(own)), "  ", "  ", DIM);
        }
        filing
            .facts
            .iter()
            .for_each(|fact| self.lines(out, &clean(&fact.sentence), "  - ", "    ", ""));
        if is_whole(filing) {
            let names = documents(filing);
            if !names.is_empty() {
                self.lines(out, &clean(&format!("documents: {names}")), "  - ", "    ", "");
            }
            return;
        }
        for own in &filing.documents {
            out.push('\n');
            self.lines(out, &clean(&document(own)), "  ", "  ", BOLD);
            for piece in excerpt(&own.blocks) {
                match piece {
                    Excerpt::Skipped => self.lines(out, "…", "    ", "    ", DIM),
                    Excerpt::Signature => self.lines(out, SIGNATURE, "    ", "    ", BOLD),
                    Excerpt::Block(block) => self.block(out, block),
                }
            }
        }
    }

    fn block(&self, out: &mut String, block: &BlockDiff) {
        match table(block) {
            Some(all) => {
                for row in rows(all) {
                    let cells: Vec<String> =
                        row.cells.iter().map(|cell| self.spans(cell)).collect();
                    let cells = cells.join(" | ");
                    self.lines(out, cells.trim_end_matches([' ', '|']), "    | ", "    |   ", "");
                }
            }
            None => {
                let spans: Vec<Span> = block.spans().cloned().collect();
                let heading = if block.heading().is_some() { BOLD } else { "" };
                self.lines(out, &self.spans(&spans), "    ", "    ", heading);
            }
        }
    }

    /// The words of some spans. Each word has its own colour, so that lines may break anywhere.
    fn spans(&self, spans: &[Span]) -> String {
        let marked = |op: Op, text: &str| {
            let Marks { before, behind, color } = marks(op);
            let text = format!("{before}{}{behind}", clean(text));
            text.split(' ').map(|word| self.on(word, color)).collect::<Vec<_>>().join(" ")
        };
        let of = |piece: Shown<'_>| match piece {
            Shown::Words(span) => marked(span.op, &span.text()),
            Shown::Box { new, note: Some(note), .. } => {
                format!("{new} {}", marked(Op::Insert, &note))
            }
            Shown::Box { new, note: None, .. } => new.to_owned(),
        };
        shown(spans).into_iter().map(of).collect::<Vec<_>>().join(" ")
    }
}

fn marks(op: Op) -> Marks {
    const RED: &str = "\x1b[31;9m";
    const GREEN: &str = "\x1b[32;4m";
    const BLUE: &str = "\x1b[34m";
    let (before, behind, color) = match op {
        Op::Equal => (String::new(), "", ""),
        Op::Delete => ("[-".to_owned(), "-]", RED),
        Op::Insert => ("{+".to_owned(), "+}", GREEN),
        Op::MoveAway(n) => (format!("[{n}> "), " <]", BLUE),
        Op::MoveHere(n) => (format!("{{{n}> "), " <}", BLUE),
    };
    Marks { before, behind, color }
}
