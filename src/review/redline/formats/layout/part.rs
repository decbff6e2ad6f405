//! A document's elements with the numbers of their words, which are those of its blocks.

use std::ops::Range;

use crate::edgar::html_tree::{Element, Node, tree};

/// An element.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) element: Element,
    pub(super) children: Vec<Item>,
    /// The numbers of its words.
    pub(super) range: Range<usize>,
    /// Whether something in it changed.
    pub(super) changed: bool,
}

/// The content of an element.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Part(Part),
    Text(Vec<Bit>),
    Gone(Gone),
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub(super) enum Bit {
    Space(String),
    /// A word, or a piece of one that tags divide.
    Word(usize, String),
}

/// A block that the document no longer has.
#[derive(Debug, Clone)]
pub(super) struct Gone {
    /// The element that it was.
    pub(super) like: Element,
    /// The element around it.
    pub(super) within: Element,
    /// Its change, and its text as HTML.
    pub(super) change: usize,
    pub(super) html: String,
    /// Whether the document still has its element, empty.
    pub(super) in_place: bool,
}

/// The words read so far.
#[derive(Default)]
struct Words {
    all: Vec<String>,
    /// The number of pieces of each.
    pieces: Vec<usize>,
    inside: bool,
}

/// A document's container, its words, and the number of pieces of each word.
pub(super) fn read(html: &str) -> (Part, Vec<String>, Vec<usize>) {
    let mut words = Words::default();
    let mut root = words.part(tree(html));
    while let [only] = root.children.iter().filter(|item| !is_blank(item)).collect::<Vec<_>>()[..]
        && let Item::Part(only) = only
        && only.element.name == "div"
    {
        root = only.clone();
    }
    (root, words.all, words.pieces)
}

fn is_blank(item: &Item) -> bool {
    matches!(item, Item::Text(bits) if bits.iter().all(|bit| matches!(bit, Bit::Space(_))))
}

impl Words {
    fn part(&mut self, mut element: Element) -> Part {
        let divides = !element.is_inline();
        self.inside &= !divides;
        let start = self.all.len() - usize::from(self.inside);
        let children: Vec<Item> = std::mem::take(&mut element.children)
            .into_iter()
            .map(|node| match node {
                Node::Element(child) => Item::Part(self.part(child)),
                Node::Text(text) => Item::Text(self.bits(&text)),
            })
            .collect();
        self.inside &= !divides;
        Part { element, children, range: start..self.all.len().max(start), changed: false }
    }

    fn bits(&mut self, text: &str) -> Vec<Bit> {
        let mut bits = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let space = first.is_whitespace();
            let end = rest.find(|c: char| c.is_whitespace() != space).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            bits.push(if space {
                self.inside = false;
                Bit::Space(piece.to_owned())
            } else {
                Bit::Word(self.piece(piece), piece.to_owned())
            });
            rest = after;
        }
        bits
    }

    /// The number of the word that a piece begins or continues.
    fn piece(&mut self, piece: &str) -> usize {
        match (self.inside, self.all.last_mut(), self.pieces.last_mut()) {
            (true, Some(word), Some(pieces)) => {
                word.push_str(piece);
                *pieces += 1;
            }
            _ => {
                self.all.push(piece.to_owned());
                self.pieces.push(1);
                self.inside = true;
            }
        }
        self.all.len() - 1
    }
}

impl Part {
    pub(super) fn style(&self) -> &str {
        self.element.attribute("style").unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.range.is_empty()
    }

    /// The elements in it.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.children.iter().filter_map(|item| match item {
            Item::Part(part) => Some(part),
            _ => None,
        })
    }

    /// Whether its content is laid out in a row.
    pub(super) fn is_row(&self) -> bool {
        self.style().replace(' ', "").contains("display:flex")
    }

    /// Whether it is a column of a fixed width in a row.
    pub(super) fn is_narrow(&self) -> bool {
        let style = self.style().replace(' ', "");
        style.contains("flex:none") && style.contains("width:")
    }

    /// Whether only a screen reader reads it.
    pub(super) fn is_hidden(&self) -> bool {
        self.style().replace(' ', "").contains("clip-path:inset(50%)")
    }

    /// The smallest block with the words of a range, and the element around it.
    pub(super) fn around(&self, words: &Range<usize>) -> (&Part, &Part) {
        let (mut parent, mut own) = (self, self);
        let has = |part: &&Part| {
            !part.element.is_inline()
                && part.range.start <= words.start
                && words.end <= part.range.end
        };
        while let Some(child) = own.parts().find(has) {
            (parent, own) = (own, child);
        }
        (own, parent)
    }

    /// Sets `changed` here and in all elements in it.
    pub(super) fn set_changed(&mut self, is: &dyn Fn(usize) -> bool) {
        let range = self.range.clone();
        self.changed = range.into_iter().any(is);
        for item in &mut self.children {
            match item {
                Item::Part(part) => {
                    part.set_changed(is);
                    self.changed |= part.changed;
                }
                Item::Gone(_) => self.changed = true,
                Item::Text(_) => {}
            }
        }
    }
}

/// Puts a block that is gone where it was: before the word of a number.
pub(super) fn put(root: &mut Part, before: usize, gone: Gone) {
    if let Some(slot) = slot(root, before, &gone.like) {
        slot.children = vec![Item::Gone(Gone { in_place: true, ..gone })];
        return;
    }
    let mut part = root;
    loop {
        let inside = |item: &Item| match item {
            Item::Part(child) => {
                child.element.name != "table"
                    && !child.element.is_inline()
                    && child.range.start < before
                    && before < child.range.end
            }
            _ => false,
        };
        match part.children.iter().position(inside) {
            Some(at) if matches!(part.children[at], Item::Part(_)) => {
                let Item::Part(child) = &mut part.children[at] else { return };
                part = child;
            }
            _ => break,
        }
    }
    beside(part, before, gone);
}

/// The empty field of a form that a block has left.
fn slot<'a>(part: &'a mut Part, before: usize, like: &Element) -> Option<&'a mut Part> {
    let alike = part.is_empty()
        && part.range.start == before
        && part.element == *like
        && part.children.iter().all(is_blank)
        && !part.children.is_empty();
    if alike {
        return Some(part);
    }
    part.children.iter_mut().find_map(|item| match item {
        Item::Part(child) if child.range.start <= before && before <= child.range.end => {
            slot(child, before, like)
        }
        _ => None,
    })
}

/// Puts a block between two children: into a list, a table of fields or the like of which it was
/// the last or first, else between them.
fn beside(part: &mut Part, before: usize, gone: Gone) {
    let ended = |item: &Item| match item {
        Item::Part(child) => !child.is_empty() && child.range.end <= before,
        Item::Text(bits) => bits.iter().any(|bit| matches!(bit, Bit::Word(at, _) if *at < before)),
        Item::Gone(_) => false,
    };
    let mut at = part.children.iter().rposition(ended).map_or(0, |last| last + 1);
    let same = |child: &Part| child.element == gone.within;
    if let Some(last) = at.checked_sub(1)
        && let Item::Part(child) = &mut part.children[last]
        && let Some(own) = edge(child, true, &same)
    {
        return own.children.push(Item::Gone(gone));
    }
    while matches!(part.children.get(at), Some(Item::Gone(_))) {
        at += 1;
    }
    let next = part.children[at..].iter_mut().find_map(|item| match item {
        Item::Part(child) if !child.is_empty() => Some(child),
        _ => None,
    });
    if let Some(own) = next.and_then(|child| edge(child, false, &same)) {
        let at = own.children.iter().take_while(|item| matches!(item, Item::Gone(_))).count();
        return own.children.insert(at, Item::Gone(gone));
    }
    part.children.insert(at, Item::Gone(gone));
}

/// The element like another at the end of one, or at its beginning.
fn edge<'a>(part: &'a mut Part, last: bool, same: &dyn Fn(&Part) -> bool) -> Option<&'a mut Part> {
    if same(part) {
        return Some(part);
    }
    let has = |item: &Item| matches!(item, Item::Part(child) if !child.is_empty());
    let at =
        if last { part.children.iter().rposition(has) } else { part.children.iter().position(has) };
    match at.map(|at| &mut part.children[at]) {
        Some(Item::Part(child)) => edge(child, last, same),
        _ => None,
    }
}
