//! Shows a document in its own layout with the marks of its changes: its elements and the styles
//! that lay text out, its words with their marks, and each unchanged part folded.

mod marks;
mod part;
mod style;

use marks::{Mark, Marked, anchor, cell_words, marked, tags, text};
use part::{Bit, Gone, Item, Part};

use crate::diagnostics::count::count;
use crate::edgar::blocks::BlockKind;
use crate::edgar::html_tree::Element;
use crate::review::redline::{BlockDiff, Body, DocumentDiff, Op, RowDiff, State};

/// The fewest unchanged paragraphs that are folded.
// Fewer take little more space than the line that would replace them.
const FEWEST: usize = 4;

/// A document as HTML. `id` begins the ids of its changes.
pub(super) fn sheet(document: &DocumentDiff, id: &str) -> String {
    let own = marked(document, &document.html[0], &document.html[1], id);
    let plain = || {
        let [old, new] = [Op::is_old, Op::is_new].map(|is| plain(&document.blocks, is));
        marked(document, &old, &new, id)
    };
    let Some(marked) = own.or_else(plain) else { return String::new() };
    let left = marked.pieces.clone();
    let mut writer =
        Writer { marked: &marked, id, out: String::new(), left, waiting: String::new() };
    writer.flow(&marked.root, document.state == State::Changed);
    writer.out
}

/// A version of a document in plain elements, for a template whose elements a page cannot have.
fn plain(blocks: &[BlockDiff], is: fn(Op) -> bool) -> String {
    let words = |spans: &[super::super::Span]| {
        let own = spans.iter().filter(|span| is(span.op)).map(|span| text(&span.text()));
        own.collect::<Vec<_>>().join(" ")
    };
    let block = |block: &BlockDiff| match &block.body {
        Body::Text { kind, spans, .. } => {
            let element = if matches!(kind, BlockKind::Heading(_)) { "h2" } else { "p" };
            format!("<{element}>{}</{element}>", words(spans))
        }
        Body::Table(rows) => {
            let cell = |cell: &Vec<super::super::Span>| format!("<td>{}</td>", words(cell));
            let row = |row: &RowDiff| row.cells.iter().map(cell).collect::<String>();
            let rows = rows.iter().map(|own| format!("<tr>{}</tr>", row(own)));
            format!("<table>{}</table>", rows.collect::<String>())
        }
    };
    blocks.iter().map(block).collect()
}

struct Writer<'a> {
    marked: &'a Marked<'a>,
    id: &'a str,
    out: String,
    /// The pieces of each word that are not yet written.
    left: Vec<usize>,
    /// The changes of a check box in a narrow column, which has no space for words.
    waiting: String,
}

impl Writer<'_> {
    /// Writes blocks one below the other. The unchanged ones are folded, but for a heading above a
    /// change.
    fn flow(&mut self, part: &Part, fold: bool) {
        let mut unchanged: Vec<&Item> = Vec::new();
        for item in &part.children {
            let changed = match item {
                Item::Part(part) => part.changed,
                Item::Gone(_) => true,
                Item::Text(_) => false,
            };
            if fold && !changed {
                unchanged.push(item);
                continue;
            }
            self.fold(&unchanged, true);
            unchanged.clear();
            match item {
                Item::Part(part) if is_flow(part) && fold => {
                    self.open(part, "");
                    self.flow(part, true);
                    self.close(part);
                }
                item => self.item(item, false, false),
            }
        }
        self.fold(&unchanged, false);
    }

    /// Writes unchanged blocks, folded; `before` a change, the last heading is shown.
    fn fold(&mut self, items: &[&Item], before: bool) {
        if let Some(at) = items.iter().rposition(|item| before && is_heading(item)) {
            self.fold(&items[..at], false);
            self.item(items[at], false, false);
            return self.fold(&items[at + 1..], false);
        }
        let paragraphs = self.paragraphs(items);
        let fold = paragraphs >= FEWEST;
        if fold {
            let number = count(paragraphs, "unchanged paragraph");
            self.out += &format!("<details class=\"same\"><summary>{number}</summary>\n");
        }
        items.iter().for_each(|item| self.item(item, false, false));
        self.out += if fold { "</details>\n" } else { "" };
    }

    /// The number of paragraphs, headings, fields and tables in some elements.
    fn paragraphs(&self, items: &[&Item]) -> usize {
        let ranges = items.iter().filter_map(|item| match item {
            Item::Part(part) => Some(part.range.clone()),
            _ => None,
        });
        let mut blocks: Vec<usize> =
            ranges.flatten().map(|word| self.marked.marks[word].block).collect();
        blocks.dedup();
        blocks.len()
    }

    fn item(&mut self, item: &Item, barred: bool, narrow: bool) {
        match item {
            Item::Part(part) => self.part(part, barred),
            Item::Text(bits) => self.bits(bits, narrow),
            Item::Gone(gone) => self.gone(gone, barred),
        }
    }

    fn part(&mut self, part: &Part, barred: bool) {
        if part.element.name == "table" {
            let first = self.marked.tables.range(part.range.clone()).next();
            if let Some((_, (rows, change))) = first {
                return self.table(part, rows, *change);
            }
        }
        let blocks = |child: &Part| child.changed && !child.element.is_inline();
        let gone =
            part.children.iter().any(|item| matches!(item, Item::Gone(gone) if !gone.in_place));
        let bar = part.changed
            && !barred
            && !part.element.is_inline()
            && (part.is_row() || !(gone || part.parts().any(blocks)));
        if part.is_row()
            && let Some(cell) = part.parts().find(|cell| cell.changed && hidden(cell).is_some())
        {
            return self.line_and_row(part, cell);
        }
        self.open(part, if bar { "change" } else { "" });
        part.children.iter().for_each(|item| self.item(item, barred || bar, part.is_narrow()));
        if !part.is_narrow() && !part.element.is_inline() {
            self.out += &std::mem::take(&mut self.waiting);
        }
        self.close(part);
    }

    /// Writes a row after a line of its own for a cell that changed: a check box and its words, for
    /// screen readers.
    fn line_and_row(&mut self, row: &Part, cell: &Part) {
        self.out += "<p class=\"change\">";
        for item in &cell.children {
            match item {
                Item::Part(own) if own.is_hidden() => {
                    self.out.push(' ');
                    own.children.iter().for_each(|item| self.item(item, true, false));
                }
                item => self.item(item, true, true),
            }
        }
        self.out += &std::mem::take(&mut self.waiting);
        self.out += "</p>\n";
        self.open(row, "");
        for item in &row.children {
            match item {
                Item::Part(own) if own.range == cell.range => {
                    self.open(own, "");
                    own.children.iter().for_each(|item| self.plain(item));
                    self.close(own);
                }
                item => self.item(item, true, false),
            }
        }
        self.close(row);
    }

    /// Writes a text without its marks.
    fn plain(&mut self, item: &Item) {
        let Item::Text(bits) = item else { return };
        for bit in bits {
            match bit {
                Bit::Space(space) => self.space(space),
                Bit::Word(_, piece) => self.out += &text(piece),
            }
        }
    }

    fn open(&mut self, part: &Part, class: &str) {
        let element = &part.element;
        let raw = part.style().replace(' ', "");
        if part.is_hidden() && !part.changed {
            self.out += "<div class=\"m\">";
            return;
        }
        let scrolls = raw.contains("overflow-x:auto");
        let classes = [
            class,
            if element.attribute("class").is_some_and(|own| own == "caption") {
                "caption"
            } else {
                ""
            },
            if scrolls { "wide" } else { "" },
        ];
        let label =
            if scrolls { " tabindex=\"0\" role=\"group\" aria-label=\"Table\"" } else { "" };
        let style = if scrolls { "" } else { part.style() };
        // An empty head is no head.
        let name = if element.name == "th" && part.is_empty() { "td" } else { &element.name };
        self.start(name, element, &classes, style, label);
        if element.name == "h1" || element.name == "table" {
            self.out.push('\n');
        }
    }

    /// Writes a start tag.
    fn start(&mut self, name: &str, own: &Element, classes: &[&str], style: &str, more: &str) {
        let Some(name) = style::element(name, own.is_inline()) else { return };
        self.out += &format!("<{name}");
        let classes: Vec<&str> = classes.iter().copied().filter(|own| !own.is_empty()).collect();
        if !classes.is_empty() {
            self.out += &format!(" class=\"{}\"", classes.join(" "));
        }
        let style = style::declarations(style);
        if !style.is_empty() {
            self.out += &format!(" style=\"{}\"", text(&style));
        }
        for (attribute, value) in own.attributes.iter().filter(|(own, _)| style::keeps(own)) {
            self.out += &format!(" {attribute}=\"{}\"", text(value));
        }
        self.out += &format!("{more}>");
    }

    fn close(&mut self, part: &Part) {
        let element = &part.element;
        if element.is_void() {
            return;
        }
        if part.is_hidden() && !part.changed {
            self.out += "</div>";
            return;
        }
        let name = if element.name == "th" && part.is_empty() { "td" } else { &element.name };
        self.end(name, element);
    }

    fn end(&mut self, name: &str, own: &Element) {
        if let Some(name) = style::element(name, own.is_inline()).filter(|_| !own.is_void()) {
            self.out += &format!("</{name}>");
        }
    }

    /// Writes a block that is gone.
    fn gone(&mut self, gone: &Gone, barred: bool) {
        let content = format!("{}{}", anchor(self.id, gone.change), gone.html);
        if gone.in_place {
            self.out += &content;
            return;
        }
        let classes = if barred { [""] } else { ["change"] };
        let list = matches!(gone.within.name.as_str(), "ul" | "ol") && gone.like.name == "li";
        let style = gone.like.attribute("style").unwrap_or_default().to_owned();
        let style = if list { format!("{style}; display:block") } else { style };
        self.start(&gone.like.name, &gone.like, &classes, &style, "");
        self.out += &content;
        self.end(&gone.like.name, &gone.like);
    }

    /// Writes words and the spaces between them.
    fn bits(&mut self, bits: &[Bit], narrow: bool) {
        let marks = &self.marked.marks;
        let mut open = false;
        for (at, bit) in bits.iter().enumerate() {
            let (word, piece) = match bit {
                Bit::Space(space) => {
                    self.space(space);
                    continue;
                }
                Bit::Word(word, piece) => (*word, piece),
            };
            let mark: &Mark = &marks[word];
            self.left[word] -= 1;
            let begins = self.left[word] + 1 == self.marked.pieces[word];
            let ends = self.left[word] == 0;
            if begins {
                self.out += &mark.before;
            }
            let (before, after) = mark.op.map(tags).unwrap_or_default();
            if !open {
                self.out += &before;
            }
            self.out += &text(piece);
            // Words with the same change are one mark as far as no tag divides them.
            let next = bits[at + 1..].iter().find_map(|bit| match bit {
                Bit::Word(next, _) => Some(*next),
                Bit::Space(_) => None,
            });
            let same = |next: usize| marks[next].span == mark.span && marks[next].before.is_empty();
            open = mark.op.is_some() && ends && mark.after.is_empty() && next.is_some_and(same);
            if !open {
                self.out += &after;
            }
            if ends && narrow {
                self.waiting += &mark.after;
            } else if ends {
                self.out += &mark.after;
            }
        }
    }

    /// Writes a space; a line break of the source, which `text` takes for a control character, is
    /// one.
    fn space(&mut self, space: &str) {
        let nbsp = space.contains('\u{A0}');
        self.out += &if nbsp {
            text(&space.replace(|c: char| c != '\u{A0}', " "))
        } else if space.contains('\n') {
            "\n".to_owned()
        } else {
            " ".to_owned()
        };
    }

    /// Writes a table that changed, by its rows, in the styles of the new one's.
    fn table(&mut self, part: &Part, rows: &[RowDiff], change: usize) {
        self.out += &anchor(self.id, change);
        self.open(part, "change");
        part.parts()
            .filter(|own| own.element.name == "caption")
            .for_each(|own| self.part(own, true));
        let own: Vec<&Part> = part.parts().filter(|own| own.element.name == "tr").collect();
        let mut at = 0;
        for row in rows {
            let like = own.get(at).or(own.last());
            at += usize::from(row.state != State::Deleted);
            self.row(row, like.copied());
        }
        self.close(part);
    }

    fn row(&mut self, row: &RowDiff, like: Option<&Part>) {
        let Some(like) = like else { return };
        let cells: Vec<&Part> = like.parts().collect();
        self.open(like, "");
        for (at, spans) in row.cells.iter().enumerate() {
            let Some(cell) = cells.get(at).or(cells.last()) else { continue };
            let element = &cell.element;
            let name = if spans.is_empty() { "td" } else { &element.name };
            self.start(name, element, &[""], cell.style(), "");
            self.out += &cell_words(spans);
            self.end(name, element);
        }
        self.close(like);
        self.out.push('\n');
    }
}

/// The words of a cell that only a screen reader reads.
fn hidden(cell: &Part) -> Option<&Part> {
    cell.parts().find(|own| own.is_hidden())
}

/// Whether blocks are one below the other in an element.
fn is_flow(part: &Part) -> bool {
    let style = part.style().replace(' ', "");
    part.element.name == "div"
        && !["display:", "border", "center"].iter().any(|own| style.contains(own))
        && part.parts().filter(|child| !child.element.is_inline()).count() > 2
        && !part.children.iter().any(|item| matches!(item, Item::Text(_)) && !is_space(item))
}

fn is_space(item: &Item) -> bool {
    match item {
        Item::Text(bits) => bits.iter().all(|bit| matches!(bit, Bit::Space(_))),
        _ => false,
    }
}

fn is_heading(item: &Item) -> bool {
    match item {
        Item::Part(part) => part.element.name.starts_with('h') && part.element.name != "hr",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn shown(old: &str, new: &str) -> String {
        sheet(&DocumentDiff::between("form12b25", old, new), "d")
    }

    #[test]
    fn words_are_marked_in_their_elements() {
        let html = |date: &str| format!("<p style=\"margin:0; color:red\">Date: <b>{date}</b></p>");
        let marked = shown(&html("March 1, 2026"), &html("March 2, 2026"));
        let (taken, put) = ("<span class=\"m\">[taken out: ", "<span class=\"m\">[put in: ");
        let expected = format!(
            "<p class=\"change\" style=\"margin:0\">Date: <b><a id=\"d-c1\"></a>\
             <del>{taken}</span>March 1, 2026<span class=\"m\">]</span></del> \
             <ins>{put}</span>March 2, 2026<span class=\"m\">]</span></ins></b></p>"
        );
        assert!(marked.contains(&expected), "{marked}");
    }

    #[test]
    fn a_block_that_is_gone_is_where_it_was() {
        let list = |last: &str| {
            format!("<p>Before it.</p><ul><li>One of two.</li>{last}</ul><p>After.</p>")
        };
        let marked = shown(&list("<li>Two of two.</li>"), &list(""));
        let place = marked.find("<li class=\"change\"").expect(&marked);
        assert!(place < marked.find("</ul>").expect(&marked), "{marked}");
        let field =
            |name: &str| format!("<p>Former name</p><p style=\"margin:0\">{name}</p><p>End.</p>");
        let marked = shown(&field("Quiet"), &field("&nbsp;"));
        assert_eq!(marked.matches("<p").count(), 3, "{marked}");
    }

    #[test]
    fn unchanged_paragraphs_are_folded_with_their_number() {
        let same = "<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>";
        let marked = shown(&format!("{same}<p>Old word.</p>"), &format!("{same}<p>New word.</p>"));
        let summary = "<details class=\"same\"><summary>4 unchanged paragraphs</summary>";
        assert!(marked.contains(summary), "{marked}");
    }

    #[test]
    fn the_words_of_each_sample_are_those_of_its_blocks() {
        let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("out");
        let mut documents = 0;
        for file in walkdir::WalkDir::new(out).into_iter().flatten() {
            if file.path().extension().is_none_or(|suffix| suffix != "htm") {
                continue;
            }
            let new = fs::read_to_string(file.path()).expect("a document");
            let old = new.replace("the ", "each ").replace("&#9746;", "&#9744;");
            let all = DocumentDiff::between("form12b25", &old, &new);
            let own = marked(&all, &old, &new, "d");
            assert!(own.is_some(), "{}", file.path().display());
            documents += 1;
        }
        assert!(documents > 20, "{documents}");
    }
}
