//! The formats of documents, as one table that all other modules read. A new format is a new row
//! and its templates.

use std::ops::Index;

/// The rules of EDGAR that a document is checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An ASCII document.
    Text,
    /// An HTML document.
    Html,
    /// A PDF document.
    Pdf,
}

/// The language that templates print, which decides how values are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Lines of EDGAR's ASCII.
    Text,
    /// EDGAR HTML.
    Html,
    /// Typst source, to be compiled.
    Typst,
}

/// The facts of a format.
#[derive(Debug)]
struct Row {
    name: &'static str,
    label: &'static str,
    noun: &'static str,
    help: &'static str,
    suffix: &'static str,
    other_suffixes: &'static [&'static str],
    content_type: &'static str,
    template_ending: &'static str,
    target: Target,
    kind: Option<Kind>,
    official: bool,
}

/// The table, in the order in which formats are listed.
const ROWS: &[Row] = &[
    Row {
        name: "text",
        label: "Text",
        noun: "text",
        help: "EDGAR text",
        suffix: "txt",
        other_suffixes: &[],
        content_type: "text/plain; charset=utf-8",
        template_ending: ".txt",
        target: Target::Text,
        kind: Some(Kind::Text),
        official: true,
    },
    Row {
        name: "html",
        label: "HTML",
        noun: "HTML",
        help: "EDGAR HTML",
        suffix: "htm",
        // EDGAR does not accept the name, and the document is HTML all the same.
        other_suffixes: &["html"],
        content_type: "text/html; charset=utf-8",
        template_ending: ".htm",
        target: Target::Html,
        kind: Some(Kind::Html),
        official: true,
    },
    Row {
        name: "pdf",
        label: "PDF",
        noun: "PDF",
        help: "PDF",
        suffix: "pdf",
        other_suffixes: &[],
        content_type: "application/pdf",
        template_ending: ".typ",
        target: Target::Typst,
        kind: Some(Kind::Pdf),
        official: false,
    },
    #[cfg(test)]
    tests::SCRATCH,
];

/// The number of formats of an official document.
const OFFICIAL: usize = {
    let (mut number, mut row) = (0, 0);
    while row < ROWS.len() {
        number += ROWS[row].official as usize;
        row += 1;
    }
    number
};

/// A format of documents, by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Format(usize);

impl Format {
    /// EDGAR text.
    pub const TEXT: Format = Format(0);
    /// EDGAR HTML.
    pub const HTML: Format = Format(1);
    /// PDF.
    pub const PDF: Format = Format(2);

    /// The names of the formats that can be official, the default first.
    pub const OFFICIAL_NAMES: [&'static str; OFFICIAL] = {
        let mut names = [Format::HTML.row().name; OFFICIAL];
        let (mut at, mut row) = (1, 0);
        while row < ROWS.len() {
            if ROWS[row].official && row != Format::HTML.0 {
                names[at] = ROWS[row].name;
                at += 1;
            }
            row += 1;
        }
        names
    };

    /// All formats, in the order of the table.
    pub fn all() -> impl Iterator<Item = Format> {
        (0..ROWS.len()).map(Format)
    }

    /// Returns the format of a name, such as `html`, or `None` if there is no such format.
    pub fn named(name: &str) -> Option<Format> {
        Format::all().find(|format| format.name() == name)
    }

    /// Returns the format of a file that this tool writes, by its suffix, or `None` if it writes
    /// no such file.
    pub fn of_output(name: &str) -> Option<Format> {
        let (_, suffix) = name.rsplit_once('.')?;
        Format::all().find(|format| format.suffix() == suffix)
    }

    /// Returns the format of a document that another tool may have written, or `None` if it is
    /// unknown.
    pub fn of_document(name: &str) -> Option<Format> {
        // EDGAR ignores the case of a suffix; this tool writes lower case only.
        let suffix = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Format::all().find(|format| {
            let row = format.row();
            row.suffix == suffix || row.other_suffixes.contains(&suffix.as_str())
        })
    }

    /// The suffixes of the documents that [`lint`](super::lint) checks, as `.txt, .htm and .pdf`.
    pub(crate) fn linted(conjunction: &str) -> String {
        let linted = Format::all().filter(|format| format.is_linted());
        let suffixes: Vec<String> = linted.map(|format| format!(".{}", format.suffix())).collect();
        listed(&suffixes, conjunction)
    }

    const fn row(self) -> &'static Row {
        &ROWS[self.0]
    }

    /// Its name on the command line and in YAML.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Its name at the head of a list.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// Its name in a sentence.
    pub fn noun(self) -> &'static str {
        self.row().noun
    }

    /// Its description on the command line.
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// The suffix of its documents, without the dot.
    pub fn suffix(self) -> &'static str {
        self.row().suffix
    }

    /// The media type of its documents.
    pub fn content_type(self) -> &'static str {
        self.row().content_type
    }

    /// The suffix of its templates, without the dot.
    pub fn templates(self) -> &'static str {
        self.template_ending().trim_start_matches('.')
    }

    /// The suffix of its templates, with the dot.
    pub fn template_ending(self) -> &'static str {
        self.row().template_ending
    }

    /// The language that its templates print.
    pub fn target(self) -> Target {
        self.row().target
    }

    /// Whether its documents are compiled by typst from the text that templates print.
    pub fn is_compiled(self) -> bool {
        self.target() == Target::Typst
    }

    /// Whether the official document can be in this format; other formats are for copies.
    pub fn is_official(self) -> bool {
        self.row().official
    }

    /// Whether EDGAR accepts its documents, and [`lint`](super::lint) checks them.
    pub fn is_linted(self) -> bool {
        self.row().kind.is_some()
    }

    /// Returns EDGAR's rules on its documents, or `None` if EDGAR does not accept them.
    pub(crate) fn kind(self) -> Option<Kind> {
        self.row().kind
    }
}

/// A list in a sentence: `a`, `a and b`, `a, b and c`.
pub fn listed(items: &[impl AsRef<str>], conjunction: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("{} {conjunction} {last}", others.join(", "))
        }
        _ => items.concat(),
    }
}

/// A value for each format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerFormat<T>(Vec<T>);

impl<T> PerFormat<T> {
    /// The values that a function returns.
    pub fn of(value: impl FnMut(Format) -> T) -> PerFormat<T> {
        PerFormat(Format::all().map(value).collect())
    }

    /// The formats and their values, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = (Format, &T)> {
        Format::all().zip(&self.0)
    }
}

impl<T, E> PerFormat<Result<T, E>> {
    /// All values.
    ///
    /// # Errors
    /// All errors, in the order of the table.
    pub fn transposed(self) -> Result<PerFormat<T>, Vec<E>> {
        let (mut values, mut errors) = (Vec::new(), Vec::new());
        for result in self.0 {
            match result {
                Ok(value) => values.push(value),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(PerFormat(values)) } else { Err(errors) }
    }
}

impl<T> Index<Format> for PerFormat<T> {
    type Output = T;

    fn index(&self, format: Format) -> &T {
        &self.0[format.0]
    }
}

#[cfg(test)]
mod tests;
