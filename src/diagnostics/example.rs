//! The examples of the rules: for each rule a text that triggers it and one that does not, and the
//! SEC's orders where they are the authority.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostics::finding::Rule;

/// The kind of both texts of an example.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Keys of a filing, or several files with keys, each after its path in a comment.
    #[default]
    Filing,
    /// As `Filing`; the finding is that of `latefile package`.
    Package,
    /// A text document.
    Text,
    /// The body of an HTML document, or a whole one.
    Html,
    /// The name of a document.
    Name,
    /// A description.
    Words,
}

/// The examples of a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The kind of both texts.
    #[serde(default, rename = "in")]
    pub kind: Kind,
    /// A text that triggers the rule.
    pub triggers: String,
    /// A similar text that does not.
    pub does_not: String,
    /// The SEC's orders over such notices, as a paragraph.
    pub orders: Option<String>,
}

/// The examples of all rules, by their codes.
#[derive(Debug)]
pub struct Examples(BTreeMap<String, Example>);

impl Examples {
    /// Reads the built-in examples.
    #[expect(clippy::expect_used, reason = "the examples are built in; a test reads them")]
    pub fn read() -> Examples {
        let text = include_str!("examples.yaml");
        Examples(serde_yaml::from_str(text).expect("the examples are valid YAML"))
    }

    /// Returns the example of a rule, or `None` if there is none.
    pub fn of(&self, rule: &Rule) -> Option<&Example> {
        self.0.get(rule.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::rule;

    #[test]
    fn every_rule_has_an_example() {
        let examples = Examples::read();
        assert!(rule::ALL.iter().all(|rule| examples.of(rule).is_some()));
        assert_eq!(examples.0.len(), rule::ALL.len());
    }
}
