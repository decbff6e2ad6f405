//! The spot of a finding: its place as data, before its line is known.

use super::path::YamlPath;
use super::position::{Place, Position};

/// The place of a finding, as the check that makes it knows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A known line and column.
    At(Position),
    /// The value at a path, or its nearest ancestor that exists.
    Value(YamlPath),
    /// The key at a path.
    Key(YamlPath),
    /// The nth occurrence, from 0, of a phrase in the value at a path. White space in the phrase
    /// matches any white space, such as a line break.
    Within(YamlPath, String, usize),
    /// A line and a column of another file, such as a template, and the text of that line.
    Elsewhere(Place, String),
}

impl From<&str> for Spot {
    fn from(path: &str) -> Spot {
        Spot::Value(YamlPath::parse(path))
    }
}

impl From<YamlPath> for Spot {
    fn from(path: YamlPath) -> Spot {
        Spot::Value(path)
    }
}

impl From<Position> for Spot {
    fn from(position: Position) -> Spot {
        Spot::At(position)
    }
}
