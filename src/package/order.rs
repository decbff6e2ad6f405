//! Checks a package against its family's schema: the names, namespaces, order and number of its
//! elements, and the shapes of their values.

use super::family::{COMMON, Family, SERIES};
use super::finding::PackageFinding;
use super::read::Node;
use super::schema::{Content, Element, Space};
use super::shape::Shape;
use crate::diagnostics::finding::{Severity, did_you_mean};
use crate::diagnostics::rule;

/// The most characters of a value that a message repeats.
const SHOWN: usize = 60;

/// The number of findings after which unknown elements get no suggestion. `contents.rs` lists no
/// more findings than this, and a suggestion compares the name with every element of the schema.
const GUESSED: usize = 100;

/// Checks a submission against the schema of its family and returns the family, or `None` if no
/// notice can be of that family.
pub(super) fn check(root: &Node, found: &mut Vec<PackageFinding>) -> Option<Family> {
    if root.name != "edgarSubmission" {
        let message =
            format!("the root element is `{}`, not `edgarSubmission`", excerpt(&root.name));
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, root.at, message));
        return None;
    }
    let Some(family) = Family::ALL.into_iter().find(|family| family.namespace() == &*root.space)
    else {
        let namespaces = Family::ALL.map(|family| format!("`{}`", family.namespace())).join(", ");
        let message =
            format!("no notice of late filing has the namespace `{}`", excerpt(&root.space));
        found.push(
            PackageFinding::new(&rule::PACKAGE_SCHEMA, root.at, message)
                .hint(format!("it is one of {namespaces}")),
        );
        return None;
    };
    attributes(root, found);
    sequence(root, family.sequence(), family, found);
    Some(family)
}

/// The namespace of an element.
fn namespace(space: Space, family: Family) -> &'static str {
    match space {
        Space::Own => family.namespace(),
        Space::Common => COMMON,
        Space::Series => SERIES,
    }
}

/// Returns a text for a message, cut if it is long.
pub(super) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn attributes(node: &Node, found: &mut Vec<PackageFinding>) {
    for name in &node.attributes {
        let message =
            format!("`{}` has an attribute that its schema lacks: `{}`", node.name, excerpt(name));
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, node.at, message));
    }
}

/// Checks the children of an element against the order in the schema.
fn sequence(
    node: &Node,
    expected: &'static [Element],
    family: Family,
    found: &mut Vec<PackageFinding>,
) {
    if !node.text.trim().is_empty() {
        let message = format!("there is text between the elements of `{}`", node.name);
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, node.text_at, message));
    }
    let mut counts = vec![0_usize; expected.len()];
    // The place in the schema of the last child that was in order.
    let mut next = 0;
    for child in &node.children {
        let Some(at) = find(child, expected, family) else {
            let known = found.len() < GUESSED;
            found.push(unknown(node, child, expected, family, known));
            continue;
        };
        let element = &expected[at];
        counts[at] += 1;
        if at < next {
            let after = expected[next].name;
            let message = format!("`{}` is after `{after}` and belongs before it", child.name);
            found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, child.at, message));
        } else {
            next = at;
        }
        // Equal, not greater: one finding for each name, however many occurrences follow. The most
        // can be `usize::MAX`.
        if counts[at] == element.most.saturating_add(1) {
            found.push(one_too_many(child, element));
        }
        attributes(child, found);
        content(child, element, family, found);
    }
    let missing = expected.iter().zip(&counts).filter(|(element, count)| **count < element.least);
    found.extend(missing.map(|(element, _)| {
        let message = format!("`{}` lacks `{}`", node.name, element.name);
        PackageFinding::new(&rule::PACKAGE_SCHEMA, node.at, message)
    }));
}

fn one_too_many(child: &Node, element: &Element) -> PackageFinding {
    let message = match element.most {
        1 => format!("`{}` occurs twice", child.name),
        most => format!("there are more than {most} `{}`", child.name),
    };
    PackageFinding::new(&rule::PACKAGE_SCHEMA, child.at, message)
}

/// Returns the place of an element in the schema's order, or `None` if the schema lacks it.
fn find(child: &Node, expected: &[Element], family: Family) -> Option<usize> {
    expected.iter().position(|element| {
        element.name == child.name && namespace(element.space, family) == &*child.space
    })
}

fn unknown(
    node: &Node,
    child: &Node,
    expected: &[Element],
    family: Family,
    guess: bool,
) -> PackageFinding {
    let name = excerpt(&child.name);
    if let Some(element) = expected.iter().find(|element| element.name == child.name) {
        let message = format!("`{name}` is in the namespace `{}`", excerpt(&child.space));
        let hint = format!("it belongs in the namespace `{}`", namespace(element.space, family));
        return PackageFinding::new(&rule::PACKAGE_SCHEMA, child.at, message).hint(hint);
    }
    let found = PackageFinding::new(
        &rule::PACKAGE_SCHEMA,
        child.at,
        format!("`{}` has no `{name}`", node.name),
    );
    let known = expected.iter().map(|element| element.name).filter(|_| guess);
    match did_you_mean(&name, known) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found,
    }
}

fn content(child: &Node, element: &Element, family: Family, found: &mut Vec<PackageFinding>) {
    match element.content {
        Content::Sequence(inner) => sequence(child, inner, family, found),
        Content::Unread => {
            let message = format!("a notice does not use `{}`, so it is not checked", child.name);
            found.push(
                PackageFinding::new(&rule::PACKAGE_SCHEMA, child.at, message)
                    .severity(Severity::Note),
            );
        }
        Content::Value(shape) => value(child, shape, family, found),
    }
}

fn value(child: &Node, shape: Shape, family: Family, found: &mut Vec<PackageFinding>) {
    if let Some(inner) = child.children.first() {
        let message = format!("`{}` contains a value, not `{}`", child.name, excerpt(&inner.name));
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, inner.at, message));
    } else if !shape.fits(&child.text, family) {
        // The message never repeats the value of `filerCcc`: a mistyped code is close to the code.
        let message = match shape {
            Shape::Ccc => format!("`{}` is not a valid CCC", child.name),
            _ if child.text.is_empty() => format!("`{}` is empty", child.name),
            _ if shape.fits(child.text.trim(), family) => {
                format!("`{}` has white space around its value", child.name)
            }
            _ => format!("`{}` is not a valid `{}`", excerpt(&child.text), child.name),
        };
        let elsewhere = Family::of(&child.text).filter(|_| shape == Shape::SubmissionType);
        let hint = match elsewhere {
            Some(other) => {
                format!("a submission of this type has the namespace `{}`", other.namespace())
            }
            None => shape.expected(family),
        };
        found.push(
            PackageFinding::new(&rule::PACKAGE_SCHEMA, child.text_at, message)
                .hint(hint)
                .spanning(&child.text),
        );
    }
}
