//! One Tera engine for each target, with that target's escaping as the default: what a template
//! prints is text to the target, whatever it holds.

use std::borrow::Cow;
use std::io::Write;

use serde::Serialize;
use tera::{ErrorKind, Tera};
use unicode_normalization::UnicodeNormalization;

use super::template_context::TemplateContext;
use super::text;
use crate::diagnostics::source::Position;
use crate::edgar::{self, Format, Target};

/// Why a template cannot be read or rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The template's name, such as `form12b25.htm`; empty if no one template is at fault.
    pub file: String,
    /// Where in it.
    pub position: Position,
    /// How many characters of the line it is about.
    pub length: usize,
    /// What is wrong.
    pub message: String,
}

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
    /// An engine with the templates of a target, each a name and its text; lines of text documents
    /// have at most `width` characters. Unknown filters, functions, components and includes are
    /// found here.
    ///
    /// # Errors
    /// The first template that cannot be read.
    pub fn new<'a>(
        target: Target,
        templates: impl Iterator<Item = (&'a str, &'a str)>,
        width: usize,
    ) -> Result<Engine, TemplateFault> {
        let mut tera = Tera::new();
        tera.autoescape_on(Format::all().map(Format::template_ending));
        tera.set_escape_fn(match target {
            Target::Text => escape_text,
            Target::Html => escape_html,
            Target::Typst => escape_typst,
        });
        if target == Target::Text {
            text::register(&mut tera, width);
        }
        tera.add_raw_templates(templates).map_err(|error| fault(&error))?;
        Ok(Engine { target, tera })
    }

    /// Renders a template with a view.
    ///
    /// # Errors
    /// A name that the view lacks, and whatever else a template can get wrong.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, TemplateFault> {
        self.render_context(template, &TemplateContext::of(view).map_err(|e| fault(&e))?)
    }

    /// The same with a view that other engines render too.
    ///
    /// # Errors
    /// The same.
    pub(super) fn render_context(
        &self,
        template: &str,
        view: &TemplateContext,
    ) -> Result<String, TemplateFault> {
        let rendered =
            self.tera.render(template, &view.context(self.target)).map_err(|e| fault(&e))?;
        Ok(if self.target == Target::Text { text::tidy(&rendered) } else { rendered })
    }

    /// The names that a template asks of its view.
    pub fn names(&self, template: &str) -> Vec<String> {
        let names = self.tera.get_template_variables(template).unwrap_or_default();
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        names.sort_unstable();
        names
    }
}

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
        other => fault_of_report(&other.to_string()),
    }
}

/// What is found when templates are added comes as a text: a message, then ` --> file:line:column`.
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

/// Text needs no escaping; the view was spelled before.
fn escape_text(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(text.as_bytes())
}

/// EDGAR takes Table 5-1 and entities (EDGAR Filer Manual, Vol. II, 5.2.2).
fn escape_html(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let plain = |c: char| edgar::is_ascii(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'');
    runs(text, plain, out, |c, out| match c {
        '&' => out.write_all(b"&amp;"),
        '<' => out.write_all(b"&lt;"),
        '>' => out.write_all(b"&gt;"),
        '"' => out.write_all(b"&quot;"),
        '\n' | '\t' | '\r' => out.write_all(b" "),
        c => write!(out, "&#{};", u32::from(c)),
    })
}

/// Writes a text: runs of plain characters as they are and at once, the others one by one as
/// `special` says.
fn runs(
    text: &str,
    plain: impl Fn(char) -> bool,
    out: &mut dyn Write,
    special: impl Fn(char, &mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !plain(*c)) {
        out.write_all(&text.as_bytes()[start..at])?;
        special(c, out)?;
        start = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[start..])
}

/// A Typst string literal, the same in markup (`#{{ x }}`) and in code. A word longer than a line
/// may be gets places to break at, or typst would set it over the edge of the page without a word.
fn escape_typst(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    const PIECE: usize = 10;
    // ASCII is composed as it is.
    let text: Cow<'_, str> =
        if text.is_ascii() { text.into() } else { text.nfc().collect::<String>().into() };
    let plain = |c: char| !matches!(c, '"' | '\\' | '\n');
    let escaped = |text: &str, out: &mut dyn Write| {
        runs(text, plain, out, |c, out| match c {
            '\n' => out.write_all(b"\\n"),
            c => write!(out, "\\{c}"),
        })
    };
    out.write_all(b"\"")?;
    // A word has no fewer bytes than characters.
    if text.split(' ').all(|word| word.len() <= edgar::LONG_WORD) {
        escaped(&text, out)?;
        return out.write_all(b"\"");
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
    out.write_all(b"\"")
}
