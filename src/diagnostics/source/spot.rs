//! Where in a file a finding is, before it has its line.

use super::path::YamlPath;
use super::position::{Place, Position};

/// Where in a file a finding is, as the code that makes it knows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A line and a column known already.
    At(Position),
    /// The value at a path, or its nearest present ancestor.
    Value(YamlPath),
    /// The key at a path.
    Key(YamlPath),
    /// A piece of text inside the value at a path, behind so many others like it. White space in it
    /// stands for any white space, as a line break inside a text is.
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
