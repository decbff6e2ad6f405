//! Finds the pages of a PDF, the objects that belong to each, and whether any page shows text.

use std::collections::{HashMap, HashSet};

use ecow::EcoString;

use super::file::File;
use super::object::{Budget, Dictionary, Fault, Lexer, Object};

/// The maximum number of annotations, streams, and fonts of each stream, of all pages together.
// A notice has some hundreds. But pages may share their lists, so that a small file can have
// millions.
const LOOKS: usize = 200_000;

/// The objects of the pages.
#[derive(Default)]
pub(super) struct Pages {
    /// For each object the number of the first page that it belongs to, from 1.
    pub(super) owners: HashMap<u32, usize>,
    /// The indexes of the content streams.
    pub(super) contents: Vec<usize>,
    /// For each content stream the fonts of its page: name and number, sorted by name.
    pub(super) fonts: Vec<Vec<(EcoString, u32)>>,
}

/// Walks the tree of pages from the catalogue, or takes every page of a file without a catalogue.
///
/// # Errors
/// The pages exceed a bound.
pub(super) fn pages(file: &File<'_>) -> Result<Pages, Fault> {
    let mut pages = Pages::default();
    // The last trailer belongs to the newest version of the file.
    let root = file.trailers.iter().rev().find_map(|trailer| trailer.get("Root"));
    let tree = root
        .and_then(|root| file.resolve(root).dictionary())
        .and_then(|catalogue| catalogue.get("Pages"));
    let mut waiting: Vec<&Object> = match tree {
        Some(tree) => vec![tree],
        None => file
            .entries
            .iter()
            .rev()
            .map(|entry| &entry.object)
            .filter(|object| is_page(object))
            .collect(),
    };
    let (mut seen, mut number, mut left) = (HashSet::new(), 0, LOOKS);
    // Each object and each list is visited once, so a tree with a circle ends.
    let mut is_new = |object: &Object| {
        if let Object::Reference(own) = object { seen.insert(*own) } else { true }
    };
    while let Some(node) = waiting.pop() {
        let Some(dictionary) = file.resolve(node).dictionary().filter(|_| is_new(node)) else {
            continue;
        };
        match dictionary.get("Kids") {
            Some(kids) if is_new(kids) => waiting.extend(file.resolve(kids).items().iter().rev()),
            Some(_) => {}
            None => {
                number += 1;
                pages.own(node, number);
                pages.page(file, dictionary, number, &mut left)?;
            }
        }
    }
    Ok(pages)
}

/// Returns the streams of a page: one, or a list, which may be a reference.
fn contents_of<'o>(file: &'o File<'_>, contents: &'o Object) -> &'o [Object] {
    match file.resolve(contents) {
        Object::Array(items) => items,
        _ => contents.items(),
    }
}

/// Returns the fonts of a page's own resources, by name.
fn fonts_of(file: &File<'_>, page: &Dictionary) -> Vec<(EcoString, u32)> {
    let resources =
        page.get("Resources").and_then(|resources| file.resolve(resources).dictionary());
    let fonts =
        resources.and_then(|r| r.get("Font")).and_then(|fonts| file.resolve(fonts).dictionary());
    let number =
        |font: &Object| if let Object::Reference(number) = font { Some(*number) } else { None };
    fonts.map_or(Vec::new(), |fonts| {
        fonts
            .entries()
            .iter()
            .filter_map(|(name, font)| Some((name.clone(), number(font)?)))
            .collect()
    })
}

impl Pages {
    /// Records the annotations and content streams of a page.
    ///
    /// # Errors
    /// The pages exceed the bound.
    fn page(
        &mut self,
        file: &File<'_>,
        page: &Dictionary,
        number: usize,
        left: &mut usize,
    ) -> Result<(), Fault> {
        let annotations = page.get("Annots").map_or(&[][..], |annots| file.resolve(annots).items());
        let contents = page.get("Contents").map_or(&[][..], |contents| contents_of(file, contents));
        let fonts = fonts_of(file, page);
        // Each stream gets a copy of the page's fonts.
        let looks =
            annotations.len() + contents.len().saturating_mul(1 + fonts.len()) + fonts.len();
        *left = left.checked_sub(looks).ok_or(Fault::TooMuch)?;
        for annotation in annotations {
            self.own(annotation, number);
            let action =
                file.resolve(annotation).dictionary().and_then(|annotation| annotation.get("A"));
            action.into_iter().for_each(|action| self.own(action, number));
        }
        for content in contents {
            self.own(content, number);
            if let Object::Reference(content) = content {
                self.contents.extend(file.find(*content));
                self.fonts.resize_with(self.contents.len(), || fonts.clone());
            }
        }
        Ok(())
    }

    /// Records that an object belongs to a page, unless it belongs to an earlier one.
    fn own(&mut self, object: &Object, page: usize) {
        if let Object::Reference(number) = object {
            self.owners.entry(*number).or_insert(page);
        }
    }
}

/// Whether the file has a page.
pub(super) fn any(file: &File<'_>) -> bool {
    file.entries.iter().any(|entry| is_page(&entry.object))
}

fn is_page(object: &Object) -> bool {
    object.dictionary().is_some_and(|dictionary| dictionary.name("Type") == "Page")
}

/// Whether a page, or a form that pages share, shows text.
///
/// # Errors
/// The streams unpack to more than the bound.
pub(super) fn has_text(file: &mut File<'_>, contents: &[usize]) -> Result<bool, Fault> {
    let is_form =
        |object: &Object| object.dictionary().is_some_and(|d| d.name("Subtype") == "Form");
    // A stream with an unknown filter may show text, so it counts as text.
    for &index in contents {
        if file.unpack(index)?.is_none_or(|bytes| shows_text(&bytes)) {
            return Ok(true);
        }
    }
    for index in 0..file.entries.len() {
        if is_form(&file.entries[index].object)
            && file.unpack(index)?.is_none_or(|bytes| shows_text(&bytes))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a content stream shows a string that is not empty.
fn shows_text(bytes: &[u8]) -> bool {
    let mut budget = Budget::of(bytes.len());
    let mut lexer = Lexer::new(bytes, 0, &mut budget);
    let mut last = Object::Other;
    loop {
        match lexer.object() {
            Ok(Some(Object::Word(operator))) => {
                if matches!(operator.as_str(), "Tj" | "TJ" | "'" | "\"") && is_text(&last) {
                    return true;
                }
            }
            Ok(Some(object)) => last = object,
            Ok(None) | Err(Fault::TooMuch) => return false,
            Err(Fault::Malformed) => lexer.at += 1, // such as the bytes of an image
        }
    }
}

fn is_text(object: &Object) -> bool {
    object.items().iter().any(|item| matches!(item, Object::Text(bytes) if !bytes.is_empty()))
}
