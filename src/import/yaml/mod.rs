//! Writes a notice as the YAML of a filing, as a person would: the keys in our order, comments where
//! something needs a look, block scalars for paragraphs.

mod cover;
mod parts;
mod rest;
mod rich;
mod scalar;
mod writer;

use super::notice::Notice;
use writer::Yaml;

/// Writes a notice.
pub(super) fn text(notice: &Notice, source: &str, schema: Option<&str>) -> String {
    let mut yaml = Yaml { text: String::new(), notice };
    if let Some(schema) = schema {
        yaml.line(0, &format!("# yaml-language-server: $schema={schema}"));
    }
    yaml.comment(0, &format!("Read from {source}. Compare it with the original; `latefile check` names what is missing."));
    yaml.report();
    yaml.registrants();
    yaml.parts();
    yaml.signature();
    yaml.rest();
    yaml.text
}
