//! A package held against its family's schema: names, namespaces, order, numbers and shapes.

use super::family::{COMMON, Family, SERIES};
use super::finding::PackageFinding;
use super::read::Node;
use super::schema::{Content, Element, Space};
use super::shape::Shape;
use crate::diagnostics::finding::{Severity, did_you_mean};
use crate::diagnostics::rule;

/// The longest value that a message repeats.
const SHOWN: usize = 60;

/// How many unknown elements are worth a guess at what was meant: as many as are listed.
const GUESSED: usize = 100;

/// What the schema says of a submission; none if it is of no family that a notice can be of.
pub(super) fn check(root: &Node, found: &mut Vec<PackageFinding>) -> Option<Family> {
    if root.name != "edgarSubmission" {
        let message =
            format!("`{}` is no submission; the element is `edgarSubmission`", shown(&root.name));
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, root.at, message));
        return None;
    }
    let Some(family) = Family::ALL.into_iter().find(|family| family.namespace() == &*root.space)
    else {
        let namespaces = Family::ALL.map(|family| format!("`{}`", family.namespace())).join(", ");
        let message =
            format!("no notice of late filing has the namespace `{}`", shown(&root.space));
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

/// A piece of the file for a message, cut where it is long.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn attributes(node: &Node, found: &mut Vec<PackageFinding>) {
    for name in &node.attributes {
        let message =
            format!("`{}` has an attribute that no schema has: `{}`", node.name, shown(name));
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, node.at, message));
    }
}

/// The children of an element against the order that they should stand in.
fn sequence(
    node: &Node,
    wanted: &'static [Element],
    family: Family,
    found: &mut Vec<PackageFinding>,
) {
    if !node.text.trim().is_empty() {
        let message = format!("text stands between the elements of `{}`", node.name);
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, node.text_at, message));
    }
    let mut counts = vec![0_usize; wanted.len()];
    let mut next = 0;
    for child in &node.children {
        let Some(at) = find(child, wanted, family) else {
            let known = found.len() < GUESSED;
            found.push(unknown(node, child, wanted, family, known));
            continue;
        };
        let element = &wanted[at];
        counts[at] += 1;
        if at < next {
            let message = format!(
                "`{}` stands behind `{}`, and belongs in front of it",
                child.name, wanted[next].name
            );
            found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, child.at, message));
        } else {
            next = at;
        }
        if counts[at] == element.most.saturating_add(1) {
            let message = match element.most {
                1 => format!("`{}` stands there twice", child.name),
                most => format!("there are more than {most} `{}`", child.name),
            };
            found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, child.at, message));
        }
        attributes(child, found);
        content(child, element, family, found);
    }
    for (element, _) in
        wanted.iter().zip(&counts).filter(|(element, count)| **count < element.least)
    {
        let message = format!("`{}` lacks `{}`", node.name, element.name);
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, node.at, message));
    }
}

/// The place of an element in the order.
fn find(child: &Node, wanted: &[Element], family: Family) -> Option<usize> {
    wanted.iter().position(|element| {
        element.name == child.name && namespace(element.space, family) == &*child.space
    })
}

fn unknown(
    node: &Node,
    child: &Node,
    wanted: &[Element],
    family: Family,
    guess: bool,
) -> PackageFinding {
    let name = shown(&child.name);
    if let Some(element) = wanted.iter().find(|element| element.name == child.name) {
        let message = format!("`{name}` is in the namespace `{}`", shown(&child.space));
        let hint = format!("it belongs into `{}`", namespace(element.space, family));
        return PackageFinding::new(&rule::PACKAGE_SCHEMA, child.at, message).hint(hint);
    }
    let found = PackageFinding::new(
        &rule::PACKAGE_SCHEMA,
        child.at,
        format!("`{}` has no `{name}`", node.name),
    );
    let known = wanted.iter().map(|element| element.name).filter(|_| guess);
    match did_you_mean(&name, known) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found,
    }
}

fn content(child: &Node, element: &Element, family: Family, found: &mut Vec<PackageFinding>) {
    match element.content {
        Content::Sequence(inner) => sequence(child, inner, family, found),
        Content::Unread => {
            let message = format!("no notice needs `{}`, and it is not looked into", child.name);
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
        let message = format!("`{}` holds a value, and no `{}`", child.name, shown(&inner.name));
        found.push(PackageFinding::new(&rule::PACKAGE_SCHEMA, inner.at, message));
    } else if !shape.fits(&child.text, family) {
        // Never what stands in the place of a code, whatever it is.
        let message = match shape {
            Shape::Ccc => format!("`{}` is no CCC", child.name),
            _ if child.text.is_empty() => format!("`{}` is empty", child.name),
            _ => format!("`{}` is no `{}`", shown(&child.text), child.name),
        };
        let elsewhere = Family::of(&child.text).filter(|_| shape == Shape::SubmissionType);
        let hint = match elsewhere {
            Some(other) => {
                format!("a submission of this type has the namespace `{}`", other.namespace())
            }
            None => shape.wanted(family),
        };
        found.push(
            PackageFinding::new(&rule::PACKAGE_SCHEMA, child.text_at, message)
                .hint(hint)
                .about(&child.text),
        );
    }
}
