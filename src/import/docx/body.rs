//! Reads the text of a Word file as a flow: its body with all tracked changes accepted, each text
//! box and note after the paragraph that it is in.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::numbering::{Item, Numbering};
use super::xml::{attribute, is_on, read};
use crate::diagnostics::source::Position;
use crate::edgar::flow::{EMPTY, Flow, SPANS, Symbols, TICKED};

/// The state of reading a part.
#[derive(Default)]
pub(super) struct Body {
    flow: Flow,
    numbering: Numbering,
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
    /// The item of a list that the current paragraph is, until its text begins.
    item: Option<Item>,
    run: Run,
    /// For each open alternative, whether a choice has been read.
    alternatives: Vec<bool>,
    /// The state of the check box whose text comes next.
    checked: Option<bool>,
    /// The state of the check box of a form field.
    form_box: Option<bool>,
    /// Whether the text is that of a form field that has been read.
    in_form_box: bool,
    /// For each open content control, whether it shows a prompt.
    controls: Vec<bool>,
    /// The texts around the current text box, with their tables.
    around: Vec<(Flow, Vec<usize>)>,
    /// Text boxes and notes of the current paragraph.
    after: Vec<Flow>,
    /// The number of the note that is being read.
    note: String,
    /// The texts of footnotes and endnotes, which it is, and their numbers.
    notes: BTreeMap<(bool, String), String>,
    /// The number of notes so far.
    numbered: usize,
}

/// The properties of the current run of text.
#[derive(Default)]
struct Run {
    symbols: Option<Symbols>,
    hidden: bool,
}

impl Body {
    pub(super) fn new(numbering: Numbering) -> Body {
        Body { numbering, ..Body::default() }
    }

    /// Reads a part with notes.
    pub(super) fn notes(&mut self, xml: &str) -> anyhow::Result<()> {
        read(xml, |event| self.event(&event))
    }

    /// Reads the part with the text.
    pub(super) fn flow(mut self, xml: &str) -> anyhow::Result<Flow> {
        self.paragraph = 0;
        self.flow = Flow::default();
        read(xml, |event| self.event(&event))?;
        self.flow.paragraph();
        Ok(self.flow)
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag, false),
            Event::Empty(tag) => self.start(tag, true),
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) if self.in_text && self.skipped == 0 => {
                self.run_text(&text.xml10_content());
            }
            Event::GeneralRef(name) if self.in_text && self.skipped == 0 => {
                let name: &str = name;
                let character = quick_xml::escape::unescape(&format!("&{name};"))
                    .map(std::borrow::Cow::into_owned)
                    .unwrap_or_default();
                self.run_text(&character);
            }
            _ => {}
        }
    }

    /// Adds the text of a run.
    fn run_text(&mut self, text: &str) {
        match self.run.symbols {
            Some(symbols) => {
                let shown = text.chars().map(|c| symbols.shown(c)).collect::<String>();
                self.text(&shown);
            }
            None => self.text(text),
        }
    }

    fn text(&mut self, text: &str) {
        let is_prompt = self.controls.last().is_some_and(|prompt| *prompt);
        if self.run.hidden || self.in_form_box || is_prompt {
            return;
        }
        if let Some(item) = self.item.take() {
            self.mark(&item);
        }
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

    /// Adds the mark of an item of a list.
    fn mark(&mut self, item: &Item) {
        let mark = self.numbering.mark(item);
        if mark.is_empty() {
            return;
        }
        if !self.flow.text.ends_with('\t') {
            self.flow.line();
        }
        self.flow.mark(Position { line: self.paragraph, column: 1 });
        self.flow.push(&format!("{mark} "));
    }

    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || self.is_skipped(name) {
            self.skipped += usize::from(!empty);
            self.joined |= self.in_properties && name == "del";
            return;
        }
        match name {
            "p" => self.start_paragraph(empty),
            "pPr" => self.in_properties = !empty,
            "pStyle" | "numId" | "ilvl" => self.list(tag, name),
            "r" => self.run = Run::default(),
            "rFonts" | "vanish" if !self.in_properties => self.property(tag, name),
            "t" => self.in_text = !empty,
            "tab" | "ptab" if !self.in_properties => self.tab(),
            "br" | "cr" => self.flow.line(),
            "noBreakHyphen" => self.text("-"),
            "sym" => self.symbol(tag),
            "footnoteReference" | "endnoteReference" => self.reference(tag, name),
            "footnote" | "endnote" => {
                self.flow = Flow::default();
                self.note = attribute(tag, "id").unwrap_or_default();
            }
            "sdt" | "showingPlcHdr" | "checkBox" | "default" | "checked" | "fldChar" => {
                self.field(tag, name, empty);
            }
            "AlternateContent" if !empty => self.alternatives.push(false),
            "Choice" => self.alternatives.last_mut().into_iter().for_each(|read| *read = true),
            "txbxContent" if !empty => {
                let cells = std::mem::take(&mut self.cells);
                self.around.push((std::mem::take(&mut self.flow), cells));
            }
            "tbl" | "tr" | "tc" | "vMerge" => self.table(tag, name),
            _ => {}
        }
    }

    /// Whether the text of an element is not part of the document: deleted or moved away, former
    /// properties, the code of a field, a copy for other programs.
    fn is_skipped(&self, name: &str) -> bool {
        let is_copy = || self.alternatives.last().is_some_and(|read| *read);
        matches!(name, "del" | "moveFrom" | "instrText" | "delText" | "delInstrText")
            || name.ends_with("PrChange")
            || (matches!(name, "Choice" | "Fallback") && is_copy())
    }

    /// Reads the list that a paragraph belongs to.
    fn list(&mut self, tag: &BytesStart<'_>, name: &str) {
        if !self.in_properties {
            return;
        }
        if name == "pStyle" {
            let style = attribute(tag, "val").unwrap_or_default();
            self.item = self.numbering.of_style(&style);
        } else {
            self.item.get_or_insert_default().property(tag);
        }
    }

    /// Reads a property of a run.
    fn property(&mut self, tag: &BytesStart<'_>, name: &str) {
        if name == "vanish" {
            self.run.hidden = is_on(tag);
            return;
        }
        let fonts = ["ascii", "hAnsi", "cs"].into_iter().filter_map(|name| attribute(tag, name));
        self.run.symbols = fonts.filter_map(|font| Symbols::of_font(&font)).next();
    }

    /// Adds a tab, which separates columns but at the start of a line.
    fn tab(&mut self) {
        if self.cells.is_empty() && !self.flow.text.ends_with(['\n', '\t']) {
            self.flow.cell();
        } else {
            self.flow.push(" ");
        }
    }

    /// Adds a character of a font of symbols.
    fn symbol(&mut self, tag: &BytesStart<'_>) {
        let code = attribute(tag, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
        let Some(c) = code.and_then(char::from_u32) else { return };
        let symbols = attribute(tag, "font").and_then(|font| Symbols::of_font(&font));
        let shown = symbols.unwrap_or(Symbols::Wingdings).shown(c);
        self.text(shown.encode_utf8(&mut [0; 4]));
    }

    /// Adds the number of a note, and keeps its text for the end of the paragraph.
    fn reference(&mut self, tag: &BytesStart<'_>, name: &str) {
        let id = attribute(tag, "id").unwrap_or_default();
        let Some(note) = self.notes.get(&(name.starts_with("foot"), id)) else { return };
        self.numbered += 1;
        let (number, mut flow) = (format!("[{}]", self.numbered), Flow::default());
        flow.mark(Position { line: self.paragraph, column: 1 });
        flow.push(&format!("{number} {note}"));
        self.after.push(flow);
        self.text(&number);
    }

    /// Reads content controls and form fields, which can be check boxes.
    fn field(&mut self, tag: &BytesStart<'_>, name: &str, empty: bool) {
        match name {
            "sdt" if !empty => self.controls.push(false),
            "showingPlcHdr" => {
                self.controls.last_mut().into_iter().for_each(|prompt| *prompt = is_on(tag));
            }
            "checkBox" => self.form_box = Some(false),
            "default" | "checked" if self.form_box.is_some() => self.form_box = Some(is_on(tag)),
            "checked" => self.checked = Some(is_on(tag)),
            "fldChar" if attribute(tag, "fldCharType").is_some_and(|kind| kind == "end") => {
                self.in_form_box = false;
            }
            _ => {}
        }
    }

    fn table(&mut self, tag: &BytesStart<'_>, name: &str) {
        match name {
            "tbl" => {
                self.flow.paragraph();
                self.flow.tables += 1;
                self.cells.push(0);
            }
            "tr" => {
                self.flow.line();
                self.cells.last_mut().into_iter().for_each(|cells| *cells = 0);
            }
            "tc" => {
                self.spans = false;
                let Some(cells) = self.cells.last_mut() else { return };
                *cells += 1;
                if *cells > 1 {
                    self.flow.cell();
                }
            }
            _ => self.spans = attribute(tag, "val").is_some_and(|value| value == "restart"),
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "r" => self.run = Run::default(),
            "t" => self.in_text = false,
            "pPr" => self.in_properties = false,
            "tbl" => {
                self.cells.pop();
                self.flow.paragraph();
                self.add_after();
            }
            "tr" => self.flow.line(),
            "sdt" => {
                // A box that shows no character.
                if self.checked.is_some() {
                    self.text("");
                }
                self.controls.pop();
            }
            "checkBox" => self.end_form_box(),
            "AlternateContent" => drop(self.alternatives.pop()),
            "footnote" | "endnote" => {
                let text = std::mem::take(&mut self.flow).text;
                let id = std::mem::take(&mut self.note);
                self.notes.insert((name == "footnote", id), text.trim().to_owned());
            }
            "txbxContent" => {
                if let Some((flow, cells)) = self.around.pop() {
                    self.after.push(std::mem::replace(&mut self.flow, flow));
                    self.cells = cells;
                }
            }
            _ => {}
        }
    }

    fn start_paragraph(&mut self, empty: bool) {
        self.paragraph += 1;
        self.item = None;
        if empty {
            self.end_paragraph();
        }
    }

    /// Adds the box of a form field, whose text repeats it.
    fn end_form_box(&mut self) {
        self.checked = self.form_box.take();
        self.text("");
        self.in_form_box = true;
    }

    /// Ends a paragraph, unless the next one continues it.
    fn end_paragraph(&mut self) {
        if std::mem::take(&mut self.joined) {
        } else if self.cells.is_empty() {
            self.flow.paragraph();
            self.add_after();
        } else if !self.flow.text.ends_with('\t') {
            self.flow.push(" ");
        }
    }

    /// Adds the text boxes and notes of what has ended, unless it is in a text box or table itself.
    fn add_after(&mut self) {
        if self.cells.is_empty() && self.around.is_empty() {
            let after = std::mem::take(&mut self.after);
            after.iter().for_each(|flow| self.flow.append(flow));
        }
    }
}
