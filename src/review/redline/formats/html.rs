//! A redline as one page, to read, to print and to hand on: no script, nothing from elsewhere. The
//! documents look as they are filed; what was put in is underlined twice, what was taken out is
//! struck through, a bar stands beside each change, and each is a link of the list at the top.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::super::{BlockDiff, Body, DocumentDiff, FilingDiff, Op, Redline, RowDiff, Span, State};
use super::{document, escape, fate, is_whole, summary, table, title};
use crate::diagnostics::count::count;
use crate::edgar::blocks::BlockKind;
use crate::review::redline::facts::words;

const STYLE: &str = include_str!("redline.css");

/// The redline as a page.
pub fn html(redline: &Redline) -> String {
    let (old, new) = (escape(&redline.old), escape(&redline.new));
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Redline: {old} to {new}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    );
    out += "<a class=\"skip\" href=\"#filings\">Skip to the filings</a>\n";
    out += &format!(
        "<header>\n<h1>Redline</h1>\n<p class=\"sides\"><span>{old}</span> <span class=\"arrow\" aria-hidden=\"true\">→</span>\
         <span class=\"m\"> to </span> <span>{new}</span></p>\n<p>{}</p>\n</header>\n",
        escape(&summary(redline))
    );
    out += LEGEND;
    if !redline.others.is_empty() {
        out += "<section class=\"others\" aria-labelledby=\"others\">\n<h2 id=\"others\">Beyond single filings</h2>\n";
        out += &facts(redline.others.iter().map(|fact| fact.sentence.as_str()));
        out += "</section>\n";
    }
    out += &contents(&redline.filings);
    out += "<main id=\"filings\" tabindex=\"-1\">\n";
    for (n, own) in redline.filings.iter().enumerate() {
        out += &filing(n + 1, own);
    }
    if redline.filings.is_empty() {
        out += "<p>No filing changed.</p>\n";
    }
    out + "</main>\n</body>\n</html>\n"
}

const LEGEND: &str = "<section class=\"legend\" aria-labelledby=\"legend\">\n<h2 id=\"legend\">How to read it</h2>\n<ul>\n\
    <li><ins>Put in</ins>: underlined twice</li>\n<li><del>Taken out</del>: struck through</li>\n\
    <li><del class=\"moved\">Moved</del><sup>to&nbsp;1</sup> … <ins class=\"moved\">moved</ins><sup>from&nbsp;1</sup>: \
    the same words in another place</li>\n<li class=\"barred\">A bar in the margin: something changed here</li>\n</ul>\n</section>\n";

/// The list of changes.
fn contents(filings: &[FilingDiff]) -> String {
    if filings.is_empty() {
        return String::new();
    }
    let mut out =
        "<nav aria-labelledby=\"changes\">\n<h2 id=\"changes\">Changes</h2>\n<ol>\n".to_owned();
    for (n, filing) in filings.iter().enumerate() {
        let n = n + 1;
        out += &format!(
            "<li><a href=\"#f{n}\">{}</a> <span class=\"fate\">{}</span>",
            escape(&filing.id),
            fate(filing.fate)
        );
        out += &format!(" <span class=\"tally\">{}</span>", count(filing.facts.len(), "fact"));
        let documents = filing.documents.iter().enumerate().filter(|_| !is_whole(filing));
        let links: Vec<String> =
            documents.flat_map(|(d, document)| links(n, d + 1, document)).collect();
        if !links.is_empty() {
            out += &format!("\n<ul>\n{}</ul>\n", links.concat());
        }
        out += "</li>\n";
    }
    out + "</ol>\n</nav>\n"
}

/// Links to the changes of a document; one alone to a document that is new or gone.
fn links(n: usize, d: usize, document: &DocumentDiff) -> Vec<String> {
    let id = format!("f{n}-d{d}");
    let name = escape(&super::document(document));
    let mut all =
        vec![format!("<li><a href=\"#{id}\">{name}</a>: {}</li>\n", words(document.counts()))];
    let (mut part, mut c) = (String::new(), 0);
    for block in document.blocks.iter().filter(|_| document.state == State::Changed) {
        if block.heading().is_some_and(|level| level > 1) && block.state == State::Same {
            part = section(block);
        }
        if block.state != State::Same {
            c += 1;
            all.push(format!(
                "<li>{part}<a href=\"#{id}-c{c}\">{}</a></li>\n",
                escape(&snippet(block))
            ));
        }
    }
    all
}

/// What a change stands under: `Part IV`, or the heading if it is none of the form's.
fn section(heading: &BlockDiff) -> String {
    let text = heading.spans().map(Span::text).collect::<Vec<_>>().join(" ");
    format!("<span class=\"part\">{}</span> ", escape(text.split(" — ").next().unwrap_or(&text)))
}

/// What a change is about, in a few words: its first, where what was put in stands beside what it
/// replaces.
fn snippet(block: &BlockDiff) -> String {
    let mut changes: Vec<Vec<&Span>> = block.runs().map(steps).collect::<Vec<_>>().concat();
    // What moved within the block is one change.
    let here = |op: Op| matches!(op, Op::MoveAway(n) if block.spans().any(|span| span.op == Op::MoveHere(n)));
    changes.retain(|step| !here(step[0].op));
    let more = if changes.len() > 1 { ", and more" } else { "" };
    match changes.first().map(Vec::as_slice) {
        Some([gone, come]) => format!("“{}” becomes “{}”{more}", short(gone), short(come)),
        Some([one, ..]) => {
            let said = match one.op {
                Op::Insert => "put in",
                Op::MoveAway(_) => "moved away",
                Op::MoveHere(_) => "moved here",
                Op::Delete | Op::Equal => "taken out",
            };
            format!("{said}: “{}”{more}", short(one))
        }
        _ => String::new(),
    }
}

/// The changes of some words: what was taken out together with what stands in its place, else each
/// alone.
fn steps(spans: &[Span]) -> Vec<Vec<&Span>> {
    let mut all: Vec<Vec<&Span>> = Vec::new();
    let mut beside = false;
    for span in spans {
        match all.last_mut() {
            Some(last) if beside && span.op == Op::Insert && last[0].op == Op::Delete => {
                last.push(span)
            }
            _ if span.op != Op::Equal => all.push(vec![span]),
            _ => {}
        }
        beside = span.op == Op::Delete;
    }
    all
}

/// The first words of a span.
fn short(span: &Span) -> String {
    const MOST: usize = 8;
    let words: Vec<&str> = span.words.iter().take(MOST).map(String::as_str).collect();
    format!("{}{}", words.join(" "), if span.words.len() > MOST { " …" } else { "" })
}

fn facts<'a>(sentences: impl Iterator<Item = &'a str>) -> String {
    let items: String =
        sentences.map(|fact| format!("<li>{}</li>\n", super::sentence(fact, escape))).collect();
    format!("<ul class=\"facts\">\n{items}</ul>\n")
}

fn filing(n: usize, filing: &FilingDiff) -> String {
    let mut out = format!("<article id=\"f{n}\" aria-labelledby=\"f{n}-h\">\n");
    out += &format!(
        "<h2 id=\"f{n}-h\">{} <span class=\"fate\">{}</span></h2>\n",
        escape(&filing.id),
        fate(filing.fate)
    );
    if let Some(own) = &filing.title {
        out += &format!("<p class=\"notice\">{}</p>\n", escape(&title(own)));
    }
    out += &facts(filing.facts.iter().map(|fact| fact.sentence.as_str()));
    for (d, own) in filing.documents.iter().enumerate() {
        let d = d + 1;
        let sheet = sheet(&format!("f{n}-d{d}"), own);
        let head = escape(&document(own));
        // Of a filing that is new or gone, all is: there is nothing to compare.
        out += &if is_whole(filing) {
            format!("<details>\n<summary>{head}</summary>\n{sheet}</details>\n")
        } else {
            format!("<h3 id=\"f{n}-d{d}\">{head}</h3>\n{sheet}")
        };
    }
    out + "<p class=\"up\"><a href=\"#changes\">Back to the changes</a></p>\n</article>\n"
}

/// A document as it is filed, with all of its changes.
fn sheet(id: &str, document: &DocumentDiff) -> String {
    let mut out = "<div class=\"sheet\">\n".to_owned();
    let mut changes = 0;
    for own in &document.blocks {
        let mut attributes = String::new();
        if own.state != State::Same {
            changes += 1;
            attributes = format!(" id=\"{id}-c{changes}\"");
        }
        out += &block(own, &attributes);
    }
    out + "</div>\n"
}

fn block(block: &BlockDiff, id: &str) -> String {
    let mut classes = Vec::new();
    if block.state != State::Same {
        classes.push("change");
    }
    let (kind, centred) = match &block.body {
        Body::Text { kind, centred, .. } => (*kind, *centred),
        Body::Table(_) => (BlockKind::Paragraph, false),
    };
    if let Some(all) = table(block) {
        return format!(
            "<div{id} class=\"{}\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n<table>\n{}</table>\n</div>\n",
            grid(&classes),
            rows(all)
        );
    }
    let (element, own) = match kind {
        // Headings of a document stand below the page's own.
        BlockKind::Heading(1) => ("h4", "form"),
        BlockKind::Heading(_) => ("h4", "part"),
        BlockKind::Paragraph => ("p", ""),
        BlockKind::Item => ("p", "item"),
        BlockKind::Entry => ("p", "entry"),
        BlockKind::Term => ("p", "term"),
        BlockKind::Caption => ("p", "caption"),
    };
    classes.extend([own].into_iter().filter(|own| !own.is_empty()));
    classes.extend(centred.then_some("centred"));
    let class = if classes.is_empty() {
        String::new()
    } else {
        format!(" class=\"{}\"", classes.join(" "))
    };
    format!("<{element}{id}{class}>{}</{element}>\n", spans(block.spans()))
}

fn grid(classes: &[&str]) -> String {
    classes.iter().copied().chain(["grid"]).collect::<Vec<_>>().join(" ")
}

fn rows(rows: &[RowDiff]) -> String {
    let row = |(at, row): (usize, &RowDiff)| {
        let cell = |cell: &Vec<Span>| {
            let element = if at == 0 && !cell.is_empty() { "th" } else { "td" };
            format!("<{element}>{}</{element}>", spans(cell.iter()))
        };
        let cells: String = row.cells.iter().map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    rows.iter().enumerate().map(row).collect()
}

fn spans<'a>(spans: impl Iterator<Item = &'a Span>) -> String {
    spans.map(span).collect::<Vec<_>>().join(" ")
}

/// Some words. Marks that are not shown say to a screen reader, and in a copy, what the line does.
fn span(span: &Span) -> String {
    let text = escape(&span.text());
    let mark = |element: &str, class: &str, said: &str, behind: &str| {
        format!(
            "<{element}{class}><span class=\"m\">[{said}: </span>{text}<span class=\"m\">]</span></{element}>{behind}"
        )
    };
    let moved = " class=\"moved\"";
    match span.op {
        Op::Equal => text,
        Op::Delete => mark("del", "", "taken out", ""),
        Op::Insert => mark("ins", "", "put in", ""),
        Op::MoveAway(n) => mark("del", moved, "moved away", &format!("<sup>to&nbsp;{n}</sup>")),
        Op::MoveHere(n) => mark("ins", moved, "moved here", &format!("<sup>from&nbsp;{n}</sup>")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::redline::blackline::compare;
    use crate::review::redline::blocks::of_html;

    #[test]
    fn the_list_of_changes_holds_nothing_against_what_stands_elsewhere() {
        let said = |old: &str, new: &str| snippet(&compare(&of_html(old), &of_html(new))[0]);
        assert_eq!(said("<p>Paid on May 1 to us.", "<p>Paid on May 2 to us."), "“1” becomes “2”");
        assert_eq!(
            said("<p>Not paid on May 1 to us", "<p>Paid on May 1 to us all"),
            "“Not paid” becomes “Paid”, and more"
        );
        assert_eq!(
            said("<p>So we paid on May 1 to us", "<p>we paid on May 1 to us all"),
            "taken out: “So”, and more"
        );
        let table = |head: &str, cells: &str| {
            format!("<table><tr><td>Item{head}<td>2025<tr><td>Net sales{cells}</table>")
        };
        let said = said(&table("", "<td>30,512"), &table("<td>Note", "<td>a<td>30,513"));
        assert_eq!(said, "put in: “Note”, and more");
    }
}
