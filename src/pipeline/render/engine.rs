//! One template engine for each target, which escapes every value for that target.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};
use unicode_normalization::UnicodeNormalization;

use super::template_context::TemplateContext;
use super::{text, unbroken};
use crate::diagnostics::source::Position;
use crate::edgar::{self, Format, Target};

/// A fault for which a template cannot be parsed or rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The template's name, such as `form12b25.htm`; empty if no one template is at fault.
    pub file: String,
    /// The position in the template.
    pub position: Position,
    /// The number of characters in the line that it is about.
    pub length: usize,
    /// The message, without the position.
    pub message: String,
}

/// The most bytes of a rendered document. A source has at most 1 MiB.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The engine of one target.
pub struct Engine {
    target: Target,
    tera: Tera,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("target", &self.target).finish_non_exhaustive()
    }
}

impl Engine {
    /// Makes the engine of a target from the names and texts of its templates. The lines of text
    /// documents have at most `width` characters.
    ///
    /// # Errors
    /// The fault of the first template that cannot be parsed, or that names an unknown filter,
    /// function, component or include.
    pub fn new<'a>(
        target: Target,
        templates: impl Iterator<Item = (&'a str, &'a str)>,
        width: usize,
    ) -> Result<Engine, TemplateFault> {
        // Tera has one escape function for an instance, so each target has an instance. Without the
        // endings, Tera would escape only `.htm`, `.html` and `.xml`.
        let mut tera = Tera::new();
        tera.autoescape_on(Format::all().map(Format::template_ending));
        tera.set_escape_fn(match target {
            Target::Text => escape_text,
            Target::Html => escape_html,
            Target::Typst => escape_typst,
        });
        // Filters first: a template that names an unknown one is refused when it is added.
        match target {
            Target::Text => text::register(&mut tera, width),
            Target::Html => tera.register_filter("unbroken", unbroken_html),
            Target::Typst => tera.register_filter("unbroken", unbroken_typst),
        }
        tera.add_raw_templates(templates).map_err(|error| fault(&error))?;
        Ok(Engine { target, tera })
    }

    /// Renders a template with a view.
    ///
    /// # Errors
    /// The fault of the template, such as a name that the view does not have.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, TemplateFault> {
        self.render_context(template, &TemplateContext::of(view).map_err(|e| fault(&e))?)
    }

    /// Renders a template with a context that other engines use too.
    ///
    /// # Errors
    /// The fault of the template, such as a name that the view does not have.
    pub(super) fn render_context(
        &self,
        template: &str,
        view: &TemplateContext,
    ) -> Result<String, TemplateFault> {
        let mut rendered = Rendered::default();
        let context = view.context(self.target);
        self.tera.render_to(template, &context, &mut rendered).map_err(|e| fault(&e))?;
        // Templates and values are UTF-8.
        let rendered = String::from_utf8(rendered.0).unwrap_or_default();
        Ok(match self.target {
            Target::Text => text::tidy(&rendered),
            Target::Html if !rendered.contains("<pre") => without_empty_lines(&rendered),
            Target::Html | Target::Typst => rendered,
        })
    }

    /// Returns the top-level names of the view that a template uses.
    pub fn names(&self, template: &str) -> Vec<String> {
        let names = self.tera.get_template_variables(template).unwrap_or_default();
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort_unstable();
        names
    }
}

/// Removes the empty lines that the tags of a template leave.
fn without_empty_lines(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    kept.extend(edgar::lines(html).filter(|line| line.chars().any(|c| !c.is_whitespace())));
    kept
}

/// A document as it is rendered, with a limit to its size.
#[derive(Default)]
struct Rendered(Vec<u8>);

impl Write for Rendered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A loop of a template could fill the memory.
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Turns an error of Tera into a fault.
pub(super) fn fault(error: &tera::Error) -> TemplateFault {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => TemplateFault {
            file: report.filename().to_owned(),
            position: Position {
                line: report.span().start_line.max(1),
                column: report.span().start_col + 1,
            },
            length: report.span().end_col.saturating_sub(report.span().start_col),
            message: report
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .trim_end_matches('.')
                .to_owned(),
        },
        ErrorKind::Io(io::ErrorKind::FileTooLarge) => TemplateFault {
            file: String::new(),
            position: Position::START,
            length: 0,
            message: format!("the document has more than {} MiB", MOST_BYTES / 1024 / 1024),
        },
        other => fault_of_report(&other.to_string()),
    }
}

/// Parses an error of Tera that is only a text: a message, then ` --> file:line:column`.
// Tera gives no more for unknown filters, components and includes.
fn fault_of_report(text: &str) -> TemplateFault {
    let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let place =
        text.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).and_then(|place| {
            let mut parts = place.rsplitn(3, ':');
            let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some((parts.next()?.to_owned(), Position { line, column }))
        });
    let (file, position) = place.unwrap_or((String::new(), Position::START));
    TemplateFault { file, position, length: 0, message }
}

/// Writes a value of a text document as it is.
fn escape_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    // The template's context has it in ASCII already.
    out.write_all(text.as_bytes())
}

/// Whether each byte is the same in HTML.
const PLAIN_IN_HTML: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let c = byte as u8 as char;
        plain[byte] = edgar::is_ascii(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'');
        byte += 1;
    }
    plain
};

/// Escapes a value for HTML.
fn escape_html(text: &str, out: &mut dyn Write) -> io::Result<()> {
    // EDGAR accepts the characters of Table 5-1, and entities for all others (EDGAR Filer Manual,
    // Vol. II, 5.2.2).
    runs(
        text,
        |byte| PLAIN_IN_HTML[usize::from(byte)],
        out,
        |c, out| match c {
            '&' => out.write_all(b"&amp;"),
            '<' => out.write_all(b"&lt;"),
            '>' => out.write_all(b"&gt;"),
            '"' => out.write_all(b"&quot;"),
            '\n' | '\t' | '\r' => out.write_all(b" "),
            c => write!(out, "&#{};", u32::from(c)),
        },
    )
}

/// Writes a text: characters of plain bytes as they are, the others by `special`.
fn runs(
    text: &str,
    plain: impl Fn(u8) -> bool,
    out: &mut dyn Write,
    special: impl Fn(char, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // Plain characters in runs: one write for each character would take most of a render's time.
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !plain(byte)) {
        let (run, after) = rest.split_at(at);
        out.write_all(run.as_bytes())?;
        let mut after = after.chars();
        after.next().map_or(Ok(()), |c| special(c, out))?;
        rest = after.as_str();
    }
    out.write_all(rest.as_bytes())
}

/// Escapes a text for HTML, with no line end inside its phrases: `{{ block.text | unbroken }}`.
fn unbroken_html(text: &str, _: Kwargs, _: &State) -> TeraResult<Value> {
    let tags = ("<font style=\"white-space:nowrap\">", "</font>");
    escaped(|out| unbroken::write(text, tags, out, escape_html))
}

/// Writes a text as a Typst expression, with no line end inside its phrases.
fn unbroken_typst(text: &str, _: Kwargs, _: &State) -> TeraResult<Value> {
    escaped(|out| {
        out.write_all(b"(\"")?;
        unbroken::write(text, ("\" + box(\"", "\") + \""), out, typst_literal)?;
        out.write_all(b"\")")
    })
}

/// Returns what a function writes, as a value that the engine prints unchanged.
fn escaped(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> TeraResult<Value> {
    let mut out = Vec::new();
    write(&mut out).map_err(tera::Error::message)?;
    Ok(Value::safe_string(&String::from_utf8(out).unwrap_or_default()))
}

/// Writes a value as a Typst string literal, which is the same in markup (`#{{ x }}`) and in code.
fn escape_typst(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\"")?;
    typst_literal(text, out)?;
    out.write_all(b"\"")
}

/// Writes a text as a Typst string literal has it between its quotes.
fn typst_literal(text: &str, out: &mut dyn Write) -> io::Result<()> {
    /// The number of characters between two places to break a long word.
    const PIECE: usize = 10;
    // Composed, because the fonts may lack combining characters. ASCII has none.
    let text: Cow<'_, str> =
        if text.is_ascii() { text.into() } else { text.nfc().collect::<String>().into() };
    let plain = |byte: u8| !matches!(byte, b'"' | b'\\' | b'\n');
    let escaped = |text: &str, out: &mut dyn Write| {
        runs(text, plain, out, |c, out| match c {
            '\n' => out.write_all(b"\\n"),
            c => write!(out, "\\{c}"),
        })
    };
    // Typst silently sets a word that is longer than a line over the edge of the page, so such a
    // word gets zero-width spaces. Fast path: a word has no fewer bytes than characters.
    if text.split(' ').all(|word| word.len() <= edgar::LONG_WORD) {
        return escaped(&text, out);
    }
    for (n, word) in text.split(' ').enumerate() {
        if n > 0 {
            out.write_all(b" ")?;
        }
        if word.chars().count() <= edgar::LONG_WORD {
            escaped(word, out)?;
            continue;
        }
        for (i, c) in word.chars().enumerate() {
            if i > 0 && i % PIECE == 0 {
                out.write_all(b"\\u{200b}")?;
            }
            escaped(c.encode_utf8(&mut [0; 4]), out)?;
        }
    }
    Ok(())
}
