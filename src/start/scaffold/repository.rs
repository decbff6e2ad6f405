//! The files of a new repository. They call the installed `latefile`, and contain no absolute path.

use std::borrow::Cow;

use crate::start::schema::{self, Document};

/// The path of the example filing, for a repository without filings.
pub const EXAMPLE: &str = "filings/example-2025-10-k.yaml";

/// Returns the files, each as a path and a text.
pub fn files() -> Vec<(&'static str, Cow<'static, str>)> {
    let own = |text: &'static str| Cow::Borrowed(text);
    vec![
        ("README.md", own(include_str!("repository/README.md"))),
        ("latefile.toml", own(include_str!("repository/latefile.toml"))),
        ("Makefile", own(include_str!("repository/Makefile"))),
        (".gitignore", own(include_str!("repository/gitignore"))),
        (".gitattributes", own(include_str!("repository/gitattributes"))),
        (".github/workflows/latefile.yml", own(include_str!("repository/workflow.yml"))),
        (".vscode/settings.json", own(include_str!("repository/settings.json"))),
        (".vscode/tasks.json", own(include_str!("repository/tasks.json"))),
        (".vscode/extensions.json", own(include_str!("repository/extensions.json"))),
        ("schema/filing.json", Cow::Owned(schema::text(Document::Filing))),
        ("schema/registrant.json", Cow::Owned(schema::text(Document::Registrant))),
        ("schema/letterhead.json", Cow::Owned(schema::text(Document::Letterhead))),
        (EXAMPLE, own(include_str!("repository/example.yaml"))),
    ]
}
