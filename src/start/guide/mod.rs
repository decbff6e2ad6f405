//! The guide: the documents of `docs/` inside the binary, as text for a terminal.

mod plain;

/// A document of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Its name, that of its file without the suffix.
    pub name: &'static str,
    /// Its subject, for the list of topics.
    pub subject: &'static str,
    /// The document, in Markdown.
    pub markdown: &'static str,
}

/// Declares the topics, each with its file.
macro_rules! topics {
    ($($name:literal: $subject:literal),+ $(,)?) => {
        /// The topics, in the order in which a reader needs them.
        pub const TOPICS: &[Topic] = &[$(Topic {
            name: $name,
            subject: $subject,
            markdown: include_str!(concat!("../../../docs/", $name, ".md")),
        }),+];
    };
}

topics! {
    "first-five-minutes": "what a new user sees",
    "tutorial": "from last year's Word file to EDGAR in an hour",
    "starting": "a repository, a new notice, last year's notice",
    "filing": "the keys; examples of lists, tables, letters and amendments",
    "batch": "many filings: builds, several machines, merges",
    "redline": "comparisons of two revisions",
    "docket": "the page of all filings, and the server",
    "package": "submissions for EDGAR, and access codes",
    "import": "a filed notice or a Word draft becomes YAML",
    "lint": "EDGAR's rules on documents of any origin",
    "messages": "the formats of findings",
    "templates": "the layout of documents",
}

impl Topic {
    /// Returns the topic with a name.
    pub fn named(name: &str) -> Option<&'static Topic> {
        TOPICS.iter().find(|topic| topic.name == name)
    }

    /// Returns the document as text of at most 80 columns; only code may be wider.
    pub fn text(&self) -> String {
        plain::text(self.markdown, |name| Topic::named(name).is_some())
    }
}

/// Returns the list of topics.
pub fn contents() -> String {
    let line = |topic: &Topic| format!("  {:<20}{}\n", topic.name, topic.subject);
    let topics: String = TOPICS.iter().map(line).collect();
    format!("The topics of the guide:\n\n{topics}\n`latefile guide filing` shows one.\n")
}
