//! Finds lists and tables that were pasted as text. A rich text folds its lines into paragraphs, so
//! that their items and rows run together; as `list` and `table` blocks they do not.

mod fix;
mod lists;
mod markers;
mod rows;
mod run;
mod tables;

use run::{Content, Run, paragraphs};

use super::pattern::pattern;
use super::structure::rich_texts;
use super::subject::Subject;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::diagnostics::source::{Line, Position, Segment, YamlPath};
use crate::form12b25::model::{Block, RichText, Text};

// What a line of a list or of a table has: a bullet, a number, cells apart from each other, or two
// amounts at once. Most texts have none of them, and are not read again.
pattern!(
    SIGNS,
    r"[\t|•●○◦∙▪▫■□◆◇►▶➢➤✓✔‣⁃·]|\S(?: {2,}|\.{4,})\S|[0-9)%]\s[$€£(]*[0-9]",
    r"|(?:^|[\s\n])(?:[-–—−‐‑*+o§Øü]|\(?(?:[0-9]{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.)]",
    r"(?:\s?\([0-9A-Za-z]{1,5}\)|[0-9.]{1,6}[0-9])?)\s",
);

/// Lines that begin with bullets or numbers, or that have cells, must be lists and tables.
pub(super) fn pasted(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in texts(subject) {
        let Some(mut written) =
            SIGNS.is_match(text.as_str()).then(|| subject.source.written(&path)).flatten()
        else {
            continue;
        };
        let lines = lists::with_inline_bullets(std::mem::take(&mut written.lines));
        let runs = runs(&lines);
        if runs.is_empty() {
            continue;
        }
        let fix = fix::fix(subject.source, &path, &written.range, &lines, &runs);
        findings.extend(runs.iter().map(|run| {
            let finding = finding(run, &lines, &path);
            match &fix {
                Some(fix) if fix::is_block(run) => finding.fix(fix.clone()),
                _ => finding,
            }
        }));
    }
    findings
}

/// Returns the texts whose lines YAML or the documents fold, with their paths.
fn texts<'a>(subject: &Subject<'a>) -> Vec<(YamlPath, &'a Text)> {
    let mut all = Vec::new();
    for (path, text) in rich_texts(subject) {
        match text {
            RichText::Paragraphs(text) => all.push((path, text)),
            RichText::Blocks(blocks) => {
                for (i, block) in blocks.iter().enumerate() {
                    match block {
                        Block::Paragraphs(text) => all.push((path.index(i), text)),
                        Block::List(items) => {
                            let list = path.index(i).key("list");
                            all.extend(items.iter().enumerate().map(|(j, t)| (list.index(j), t)));
                        }
                        Block::Table(_) | Block::Heading(_) => {}
                    }
                }
            }
        }
    }
    all
}

/// Returns the runs of all paragraphs, in order.
fn runs(lines: &[Line]) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for paragraph in paragraphs(lines) {
        let tables = tables::runs(lines, paragraph.clone());
        let mut from = paragraph.start;
        let ends = tables.iter().map(|run| run.lines.clone());
        let last = paragraph.end..paragraph.end;
        let ends: Vec<_> = ends.chain(std::iter::once(last)).collect();
        let mut found = tables;
        for end in ends {
            found.extend(lists::run(lines, from..end.start));
            from = end.end;
        }
        found.sort_by_key(|run| run.lines.start);
        all.extend(found);
    }
    let all = tables::joined(lists::joined(all, lines), lines);
    all.into_iter().filter_map(|run| tables::completed(run, lines)).collect()
}

fn finding(run: &Run, lines: &[Line], path: &YamlPath) -> Finding {
    let first = &lines[run.lines.start];
    let indent = first.text.chars().take_while(|c| c.is_whitespace()).count();
    let spot = Position { column: first.start.column + indent, ..first.start };
    let count = run.lines.clone().filter(|i| !lines[*i].text.trim().is_empty()).count();
    let lines_count = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
    let (rule, what, block) = match &run.content {
        Content::List(list) => (&rule::PASTED_LIST, "items of a list", fix::list_in_short(list)),
        Content::Table(table) => {
            (&rule::PASTED_TABLE, "rows of a table", fix::table_in_short(table))
        }
    };
    let verb = if count == 1 { "looks" } else { "look" };
    let message = format!("{lines_count} {verb} like {what}, and run together in the documents");
    let place = match path.0.last() {
        _ if fix::is_item(path) => "end the item before them, and write".to_owned(),
        Some(Segment::Key(key)) => {
            format!("write `{key}` as a list of blocks, with these lines as")
        }
        _ => "write these lines as".to_owned(),
    };
    let also = match &run.content {
        Content::List(list) if list.is_ordered => {
            "; or keep their numbers, and put an empty line between them"
        }
        _ => "",
    };
    let width = first.text.trim().chars().count();
    rule.at(spot, message).width(width).hint(format!("{place} `{block}`{also}"))
}
