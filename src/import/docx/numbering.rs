//! The numbers and bullets of paragraphs, which Word keeps apart from their texts.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::xml::{attribute, read};

/// The number of a list and the level in it, from 0.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) list: String,
    pub(super) level: usize,
}

/// A level of a list.
#[derive(Debug, Default, Clone)]
struct Level {
    start: usize,
    format: String,
    /// The text around numbers, such as `(%1)`.
    text: String,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The levels of each definition.
    levels: BTreeMap<(String, usize), Level>,
    /// The definition of each list.
    definitions: BTreeMap<String, String>,
    /// The items of the styles that have one.
    styles: BTreeMap<String, Item>,
    /// The last number of each level of each definition.
    numbers: BTreeMap<(String, usize), usize>,
}

/// The deepest level of Word.
const DEEPEST: usize = 8;

impl Numbering {
    /// Reads the parts with lists and styles.
    pub(super) fn read(lists: Option<&str>, styles: Option<&str>) -> anyhow::Result<Numbering> {
        let mut numbering = Numbering::default();
        let (mut definition, mut level, mut list) = (String::new(), 0, String::new());
        read(lists.unwrap_or_default(), |event| {
            let (Event::Start(tag) | Event::Empty(tag)) = event else { return };
            let value = |name| attribute(&tag, name).unwrap_or_default();
            match tag.local_name().as_ref() {
                "abstractNum" => definition = value("abstractNumId"),
                "lvl" => level = value("ilvl").parse().unwrap_or(0),
                "num" => list = value("numId"),
                "abstractNumId" => {
                    numbering.definitions.insert(list.clone(), value("val"));
                }
                name @ ("start" | "numFmt" | "lvlText") => {
                    let own = numbering.levels.entry((definition.clone(), level)).or_default();
                    match name {
                        "start" => own.start = value("val").parse().unwrap_or(1),
                        "numFmt" => own.format = value("val"),
                        _ => own.text = value("val"),
                    }
                }
                _ => {}
            }
        })?;
        let mut style = String::new();
        read(styles.unwrap_or_default(), |event| {
            let (Event::Start(tag) | Event::Empty(tag)) = event else { return };
            match tag.local_name().as_ref() {
                "style" => style = attribute(&tag, "styleId").unwrap_or_default(),
                "numId" | "ilvl" => {
                    numbering.styles.entry(style.clone()).or_default().property(&tag);
                }
                _ => {}
            }
        })?;
        Ok(numbering)
    }

    /// Returns the item that a style makes of a paragraph.
    pub(super) fn of_style(&self, style: &str) -> Option<Item> {
        self.styles.get(style).cloned()
    }

    /// Counts an item, and returns its mark: a bullet, or for numbers that the form may refer to,
    /// such as `(a)` or `PART I`, the number.
    pub(super) fn mark(&mut self, item: &Item) -> String {
        const BULLET: &str = "\u{2022}";
        if item.list == "0" {
            return String::new();
        }
        let Some(definition) = self.definitions.get(&item.list).cloned() else {
            return BULLET.to_owned();
        };
        let level = item.level.min(DEEPEST);
        let Some(own) = self.levels.get(&(definition.clone(), level)).cloned() else {
            return BULLET.to_owned();
        };
        match own.format.as_str() {
            "bullet" => return BULLET.to_owned(),
            "none" => return String::new(),
            _ => {}
        }
        let number = self.numbers.get(&(definition.clone(), level)).map_or(own.start, |n| n + 1);
        self.numbers.insert((definition.clone(), level), number);
        (level + 1..=DEEPEST).for_each(|deeper| {
            self.numbers.remove(&(definition.clone(), deeper));
        });
        let mut mark = own.text;
        for n in 0..=level {
            let place = (definition.clone(), n);
            let level = self.levels.get(&place);
            let start = level.map_or(1, |level| level.start);
            let number = self.numbers.get(&place).copied().unwrap_or(start);
            let format = level.map_or("decimal", |level| level.format.as_str());
            mark = mark.replace(&format!("%{}", n + 1), &formatted(number, format));
        }
        let is_plain = mark.trim_end_matches(['.', ')']).chars().all(char::is_alphanumeric)
            && !mark.contains(' ');
        if is_plain { BULLET.to_owned() } else { mark }
    }
}

impl Item {
    /// Reads a property of it.
    pub(super) fn property(&mut self, tag: &BytesStart<'_>) {
        let value = attribute(tag, "val").unwrap_or_default();
        match tag.local_name().as_ref() {
            "numId" => self.list = value,
            _ => self.level = value.parse().unwrap_or(0),
        }
    }
}

/// Writes a number in a format of Word.
fn formatted(number: usize, format: &str) -> String {
    let letter = |first: u8| {
        // After z, Word goes on with aa, bb and so on.
        let place = number.saturating_sub(1);
        let letter = char::from(first + u8::try_from(place % 26).unwrap_or(0));
        letter.to_string().repeat((place / 26 + 1).min(10))
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    }
}

fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 1000 {
        return number.to_string();
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_does() {
        let all = [(3, "lowerLetter"), (28, "upperLetter"), (4, "upperRoman"), (19, "lowerRoman")];
        let all = all.map(|(number, format)| formatted(number, format));
        assert_eq!(all, ["c", "BB", "IV", "xix"]);
        assert_eq!(formatted(7, "decimal"), "7");
    }
}
