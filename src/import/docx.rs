//! Reads a Word file (.docx) as a flow: the text of its body with all tracked changes accepted.

use std::io::{Cursor, Read as _};

use anyhow::{Context as _, bail};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use crate::diagnostics::source::Position;
use crate::edgar::flow::{EMPTY, Flow, SPANS, TICKED, symbol};

/// The part of the archive that has the text.
const BODY: &str = "word/document.xml";
/// The most bytes of that part.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// Reads a Word file; the lines of the flow are its paragraphs.
///
/// # Errors
/// It is no Word file, is damaged, or is larger than a bound.
pub(super) fn flow(bytes: &[u8]) -> anyhow::Result<Flow> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).context("it is a damaged archive")?;
    let part = archive.by_name(BODY).context("it is an archive, and no Word file")?;
    let mut xml = String::new();
    part.take(MOST_BYTES + 1).read_to_string(&mut xml).context("it is a damaged archive")?;
    if xml.len() as u64 > MOST_BYTES {
        bail!("its text is larger than {} MiB", MOST_BYTES / 1024 / 1024);
    }
    let mut word = Word::default();
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event().context("its XML is damaged")? {
            Event::Start(tag) => word.start(&tag, false),
            Event::Empty(tag) => word.start(&tag, true),
            Event::End(tag) => word.end(tag.local_name().as_ref()),
            Event::Text(text) if word.in_text && word.skipped == 0 => {
                word.text(&text.xml10_content());
            }
            Event::GeneralRef(name) if word.in_text && word.skipped == 0 => {
                let name: &str = &name;
                let character = quick_xml::escape::unescape(&format!("&{name};"))
                    .map(std::borrow::Cow::into_owned)
                    .unwrap_or_default();
                word.text(&character);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    word.flow.paragraph();
    Ok(word.flow)
}

#[derive(Default)]
struct Word {
    flow: Flow,
    paragraph: usize,
    in_text: bool,
    /// The number of open elements whose text is not that of the document.
    skipped: usize,
    /// The number of cells of the current row, for each open table.
    cells: Vec<usize>,
    /// Whether the current cell spans rows.
    spans: bool,
    /// Whether the end of the current paragraph was deleted, so that the next one continues it.
    joined: bool,
    /// Whether the element is inside the properties of a paragraph.
    in_properties: bool,
    /// The state of the check box whose text comes next.
    checked: Option<bool>,
}

impl Word {
    fn text(&mut self, text: &str) {
        self.flow.mark(Position { line: self.paragraph, column: 1 });
        if std::mem::take(&mut self.spans) {
            self.flow.text.push(SPANS);
        }
        match self.checked.take() {
            // Whatever character it shows.
            Some(checked) => self.flow.push(&(if checked { TICKED } else { EMPTY }).to_string()),
            None => self.flow.push(text),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || is_skipped(name) {
            self.skipped += usize::from(!empty);
            self.joined |= empty && self.in_properties && name == "del";
            return;
        }
        match name {
            "p" => {
                self.paragraph += 1;
                if empty {
                    self.end("p");
                }
            }
            "t" => self.in_text = !empty,
            "tab" if !self.in_properties => self.flow.push(" "),
            "br" | "cr" => self.flow.line(),
            "noBreakHyphen" => self.text("-"),
            "sym" => {
                let code = attribute(tag, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                let c = code.and_then(char::from_u32);
                let shown = c.map(|c| symbol(c).unwrap_or(c));
                self.text(&shown.map(String::from).unwrap_or_default());
            }
            "checked" => {
                let value = attribute(tag, "val").unwrap_or_else(|| "1".to_owned());
                self.checked = Some(matches!(value.as_str(), "1" | "true" | "on"));
            }
            "pPr" => self.in_properties = !empty,
            "numPr" if self.in_properties => {
                self.flow.line();
                self.text("\u{2022} ");
            }
            "tbl" => {
                self.flow.paragraph();
                self.cells.push(0);
            }
            "tr" => {
                self.flow.line();
                self.cells.last_mut().into_iter().for_each(|cells| *cells = 0);
            }
            "tc" => {
                self.spans = false;
                if let Some(cells) = self.cells.last_mut() {
                    *cells += 1;
                    if *cells > 1 {
                        self.flow.cell();
                    }
                }
            }
            "vMerge" => self.spans = attribute(tag, "val").is_some_and(|value| value == "restart"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" if std::mem::take(&mut self.joined) => {}
            "p" if self.cells.is_empty() => self.flow.paragraph(),
            // In a cell.
            "p" if !self.flow.text.ends_with('\t') => self.flow.push(" "),
            "t" => self.in_text = false,
            "pPr" => self.in_properties = false,
            "tbl" => {
                self.cells.pop();
                self.flow.paragraph();
            }
            "tr" => self.flow.line(),
            "sdt" => self.checked = None,
            _ => {}
        }
    }
}

/// Whether the text of an element is not part of the document: deleted or moved away, the code of a
/// field, a copy for older programs.
fn is_skipped(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "instrText" | "delText" | "Fallback")
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}
