//! Paths into a YAML document, parsed from text or built in a walk down a tree.

use std::fmt;

/// A step of a [`YamlPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// A path into a YAML document, written `letters[0].body[1].table.rows[0][1]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YamlPath(pub Vec<Segment>);

impl YamlPath {
    /// Parses the written form.
    pub fn parse(text: &str) -> YamlPath {
        // Keys of the model have neither dots nor brackets, so that no escapes are needed.
        let mut segments = Vec::new();
        for part in text.split('.').filter(|p| !p.is_empty()) {
            let mut pieces = part.split('[');
            if let Some(key) = pieces.next().filter(|k| !k.is_empty()) {
                segments.push(Segment::Key(key.to_owned()));
            }
            segments.extend(
                pieces.filter_map(|p| p.trim_end_matches(']').parse().ok()).map(Segment::Index),
            );
        }
        YamlPath(segments)
    }

    /// The path of a key below this one.
    #[must_use]
    pub fn key(&self, key: &str) -> YamlPath {
        let mut segments = self.0.clone();
        segments.push(Segment::Key(key.to_owned()));
        YamlPath(segments)
    }

    /// The path of an item below this one.
    #[must_use]
    pub fn index(&self, index: usize) -> YamlPath {
        let mut segments = self.0.clone();
        segments.push(Segment::Index(index));
        YamlPath(segments)
    }
}

impl fmt::Display for YamlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if i == 0 => f.write_str(key)?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

// Built at every node of every filing, but read at few: it borrows, and allocates nothing.
/// A path in a walk down a tree, as links to the parents.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trail<'a> {
    /// The whole document.
    Start,
    /// The value of a key.
    Key(&'a Trail<'a>, &'a str),
    /// An item of a list.
    Index(&'a Trail<'a>, usize),
}

impl<'a> Trail<'a> {
    /// The trail of a key below this one.
    pub(crate) fn key(&'a self, key: &'a str) -> Trail<'a> {
        Trail::Key(self, key)
    }

    /// The trail of an item below this one.
    pub(crate) fn index(&'a self, index: usize) -> Trail<'a> {
        Trail::Index(self, index)
    }

    /// Returns the path as a value of its own.
    pub(crate) fn path(&self) -> YamlPath {
        let mut segments = Vec::new();
        let mut trail = self;
        loop {
            let (parent, segment) = match *trail {
                Trail::Start => break,
                Trail::Key(parent, key) => (parent, Segment::Key(key.to_owned())),
                Trail::Index(parent, index) => (parent, Segment::Index(index)),
            };
            segments.push(segment);
            trail = parent;
        }
        segments.reverse();
        YamlPath(segments)
    }
}
