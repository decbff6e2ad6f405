//! Writes a notice as the YAML of a filing, as a person would: the keys in our order, comments where
//! something needs a look, block scalars for paragraphs.

mod cover;
mod parts;
mod rest;
mod rich;
mod scalar;
mod shared;
mod writer;

use super::notice::{Notice, Registrant};
pub use shared::{Agreement, Shared};
use writer::Yaml;

/// The first lines of a file.
#[derive(Debug)]
pub struct Heading<'a> {
    /// The name of the original.
    pub source: &'a str,
    /// The path of the schema for editors.
    pub schema: Option<&'a str>,
}

/// Writes a notice. `shared` has the files of its registrants, in their order.
pub(super) fn text(notice: &Notice, heading: &Heading<'_>, shared: &[Option<Shared>]) -> String {
    let mut yaml = Yaml { text: String::new(), notice };
    yaml.heading(heading);
    yaml.report();
    yaml.registrants(shared);
    yaml.parts();
    yaml.signature();
    yaml.rest();
    yaml.text
}

/// Writes a registrant.
pub(super) fn registrant(registrant: &Registrant, heading: &Heading<'_>) -> String {
    let notice = Notice::default();
    let mut yaml = Yaml { text: String::new(), notice: &notice };
    yaml.heading(heading);
    yaml.registrant(0, registrant);
    yaml.text
}

impl Yaml<'_> {
    fn heading(&mut self, heading: &Heading<'_>) {
        if let Some(schema) = heading.schema {
            self.line(0, &format!("# yaml-language-server: $schema={schema}"));
        }
        self.comment(
            0,
            &format!(
                "Read from {}. Compare it with the original; `latefile check` names what is missing.",
                heading.source
            ),
        );
    }
}
