//! Writes a redline as JSON, for programs. docs/redline.md describes it; a change that breaks a
//! reader requires another version.

use serde::Serialize;

use super::super::{
    BlockDiff, Body, Counts, DocumentDiff, Fact, FiledChange, FilingDiff, Op, Redline, RowDiff,
    Span, State,
};
use super::phrases::kind;
use crate::diagnostics::characters::visible_json;
use crate::diagnostics::finding::Severity;
use crate::edgar::blocks::BlockKind;
use crate::review::git;

/// The version of this shape.
const SCHEMA_VERSION: u32 = 1;

/// The redline as JSON.
///
/// # Errors
/// None that serde_json would have for strings.
pub fn json(redline: &Redline) -> anyhow::Result<String> {
    let whole = Whole {
        schema_version: SCHEMA_VERSION,
        findings: redline.filed.iter().map(finding).collect(),
        old: &redline.old.label,
        new: &redline.new.label,
        old_commit: redline.old.commit.as_ref().map(commit),
        new_commit: redline.new.commit.as_ref().map(commit),
        unchanged: redline.unchanged,
        others: &redline.others,
        filings: redline.filings.iter().map(filing).collect(),
    };
    Ok(visible_json(&serde_json::to_string_pretty(&whole)?) + "\n")
}

#[derive(Serialize)]
struct Whole<'a> {
    schema_version: u32,
    findings: Vec<Finding<'a>>,
    old: &'a str,
    new: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_commit: Option<Commit<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_commit: Option<Commit<'a>>,
    unchanged: usize,
    others: &'a [Fact],
    filings: Vec<Filing<'a>>,
}

#[derive(Serialize)]
struct Commit<'a> {
    hash: &'a str,
    date: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    severity: Severity,
    code: &'static str,
    id: &'a str,
    filed: Record<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Record<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accession: Option<&'a str>,
}

#[derive(Serialize)]
struct Filing<'a> {
    id: &'a str,
    fate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submission_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registrant: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period_ended: Option<&'a str>,
    facts: &'a [Fact],
    documents: Vec<Document<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    stem: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a str>,
    state: &'static str,
    words_added: usize,
    words_deleted: usize,
    words_moved: usize,
    blocks: Vec<Block>,
}

#[derive(Serialize)]
struct Block {
    state: &'static str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    spans: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    state: &'static str,
    cells: Vec<Vec<Words>>,
}

#[derive(Serialize)]
struct Words {
    op: &'static str,
    text: String,
    #[serde(rename = "move", skip_serializing_if = "Option::is_none")]
    moved: Option<usize>,
}

fn commit(commit: &git::Commit) -> Commit<'_> {
    Commit { hash: &commit.hash, date: &commit.date }
}

fn finding(change: &FiledChange) -> Finding<'_> {
    let finding = &change.found.finding;
    Finding {
        severity: finding.severity,
        code: finding.rule.code,
        id: &change.id,
        filed: Record {
            date: change.record.date.as_deref(),
            accession: change.record.accession.as_deref(),
        },
        message: &finding.message,
    }
}

fn filing(filing: &FilingDiff) -> Filing<'_> {
    let title = filing.title.as_ref();
    Filing {
        id: &filing.id,
        fate: kind(filing.kind),
        against: filing.against.as_deref(),
        submission_type: title.map(|title| title.submission_type.as_str()),
        registrant: title.map(|title| title.registrant.as_str()),
        period_ended: title.map(|title| title.period_ended.as_str()),
        facts: &filing.facts,
        documents: filing.documents.iter().map(document).collect(),
    }
}

fn document(document: &DocumentDiff) -> Document<'_> {
    let Counts { inserted, deleted, moved } = document.counts();
    Document {
        stem: &document.stem,
        was: document.was.as_deref(),
        state: state(document.state),
        words_added: inserted,
        words_deleted: deleted,
        words_moved: moved,
        blocks: document.blocks.iter().map(block).collect(),
    }
}

fn block(block: &BlockDiff) -> Block {
    let (kind, spans, rows) = match &block.body {
        Body::Text { kind, spans, .. } => {
            (name(*kind), spans.iter().map(words).collect(), Vec::new())
        }
        Body::Table(rows) => ("table", Vec::new(), rows.iter().map(row).collect()),
    };
    Block { state: state(block.state), kind, spans, rows }
}

fn row(row: &RowDiff) -> Row {
    Row {
        state: state(row.state),
        cells: row.cells.iter().map(|cell| cell.iter().map(words).collect()).collect(),
    }
}

fn words(span: &Span) -> Words {
    let (op, moved) = match span.op {
        Op::Equal => ("equal", None),
        Op::Delete => ("delete", None),
        Op::Insert => ("insert", None),
        Op::MoveAway(n) => ("move-away", Some(n)),
        Op::MoveHere(n) => ("move-here", Some(n)),
    };
    Words { op, text: span.text(), moved }
}

fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item | BlockKind::Entry => "item",
        BlockKind::Term => "term",
        BlockKind::Caption => "caption",
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Same => "same",
        State::Changed => "changed",
        State::Inserted => "inserted",
        State::Deleted => "deleted",
        State::MovedAway => "moved-away",
        State::MovedHere => "moved-here",
    }
}
