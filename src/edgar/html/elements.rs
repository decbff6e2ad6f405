//! The HTML elements and attributes that EDGAR accepts, as data: mainly HTML 3.2 (EDGAR Filer
//! Manual, Vol. II, 5.2.2).
//!
//! The source is the SEC staff's validator, release 20.3: `Const.py` for elements, `efm-htm.dtd`
//! for attributes.

/// The place of an element in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// `html`, `head`, `body`.
    Frame,
    /// In the head.
    Head,
    /// Begins a block, and so ends a paragraph.
    Block,
    /// Part of a list or of a table.
    Part,
    /// Part of a line.
    Inline,
    /// Has no content and no end tag.
    Void,
}

/// The common attributes that an element has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Common {
    /// `id class style title lang xml:lang dir`.
    All,
    /// `id class style title`.
    Core,
    /// `id lang xml:lang dir`.
    Frame,
}

/// An element that EDGAR accepts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    key: u128,
    pub(super) group: Group,
    common: Common,
    /// The other attributes, with the accepted values if there are such.
    own: &'static str,
}

const fn all(name: &'static str, group: Group, own: &'static str) -> Element {
    Element { name, key: key(name.as_bytes()), group, common: Common::All, own }
}

/// The most bytes of a name.
const LONGEST: usize = size_of::<u128>();

/// Returns a name as a number, which is compared in one step. Numbers have the order of names.
const fn key(name: &[u8]) -> u128 {
    let mut bytes = [0; LONGEST];
    bytes.split_at_mut(name.len()).0.copy_from_slice(name);
    u128::from_be_bytes(bytes)
}

use Group::{Block, Frame, Head, Inline, Part, Void};

const HEADING: &str = "align=left|center|right|justify";

/// All elements.
// Sorted by name, for a binary search.
const ELEMENTS: &[Element] = &[
    all("a", Inline, "name href rel rev"),
    all("address", Block, ""),
    all("b", Inline, ""),
    all("big", Inline, ""),
    all("blockquote", Block, ""),
    Element {
        common: Common::Frame,
        ..all("body", Frame, "class style title bgcolor text link vlink alink")
    },
    Element { common: Common::Core, ..all("br", Void, "clear=left|all|right|none") },
    all("caption", Part, "align=top|bottom|left|right"),
    all("center", Block, ""),
    all("cite", Inline, ""),
    all("code", Inline, ""),
    all("dd", Part, ""),
    all("dfn", Inline, ""),
    all("dir", Block, "compact"),
    all("div", Block, HEADING),
    all("dl", Block, "compact"),
    all("dt", Part, ""),
    all("em", Inline, ""),
    all("font", Inline, "size color"),
    all("h1", Block, HEADING),
    all("h2", Block, HEADING),
    all("h3", Block, HEADING),
    all("h4", Block, HEADING),
    all("h5", Block, HEADING),
    all("h6", Block, HEADING),
    Element { common: Common::Frame, ..all("head", Frame, "profile") },
    all("hr", Void, "align=left|center|right noshade size width"),
    Element { common: Common::Frame, ..all("html", Frame, "") },
    all("i", Inline, ""),
    all("img", Void, "src alt name height width align=top|middle|bottom|left|right border"),
    all("isindex", Void, "prompt"),
    all("kbd", Inline, ""),
    all("li", Part, "type value"),
    all("listing", Block, ""),
    all("menu", Block, "compact"),
    Element { common: Common::Frame, ..all("meta", Void, "name content") },
    all("ol", Block, "type compact start"),
    all("p", Block, HEADING),
    all("page", Void, ""),
    all("plaintext", Block, ""),
    all("pre", Block, "width"),
    all("r", Inline, ""),
    all("samp", Inline, ""),
    all("small", Inline, ""),
    all("strike", Inline, ""),
    all("strong", Inline, ""),
    all("sub", Inline, ""),
    all("sup", Inline, ""),
    all(
        "table",
        Block,
        "summary width border cellspacing cellpadding align=left|center|right bgcolor",
    ),
    all("td", Part, CELL),
    all("th", Part, CELL),
    Element { common: Common::Frame, ..all("title", Head, "") },
    all(
        "tr",
        Part,
        "align=left|center|right|justify|char valign=top|middle|bottom|baseline bgcolor",
    ),
    all("tt", Inline, ""),
    all("u", Inline, ""),
    all("ul", Block, "type=disc|square|circle compact"),
    all("var", Inline, ""),
    all("xmp", Block, ""),
];

const CELL: &str = "rowspan colspan align=left|center|right|justify|char \
                    valign=top|middle|bottom|baseline nowrap bgcolor width height";

/// Elements of scripts, plug-ins and other code (17 CFR 232.106(a)).
const ACTIVE: &[&str] = &["applet", "embed", "iframe", "noscript", "object", "param", "script"];

/// The advice on elements that EDGAR does not accept, by their names.
const INSTEAD: &[(&str, &str)] = &[
    (
        "article aside dialog details figure footer header hgroup main nav section summary \
         template",
        "use `<div>`",
    ),
    (
        "abbr abbrev acronym bdi bdo data label mark output slot time",
        "delete the tag and keep its text, or use `<font>`",
    ),
    ("col colgroup tbody tfoot thead", "delete the tag; `<table>` holds its rows directly"),
    (
        "button fieldset form input legend option select textarea",
        "delete the tag; write what the field says as text",
    ),
    ("del s", "use `<strike>`"),
    ("figcaption", "use `<p>`"),
    ("frame frameset noframe noframes", "make one document of the frames"),
    ("ins", "use `<u>`"),
    ("link style", "delete it; write each element's `style` attribute"),
    ("base basefont", "delete it"),
    (
        "picture svg canvas map area audio video source track",
        "attach a .gif or .jpg file, and show it with `<img>`",
    ),
    ("q", "write the quotation marks"),
    ("span", "use `<font>`, which takes the same `style`"),
    ("nobr wbr", "delete the tag; `&nbsp;` keeps words together"),
    ("tab", "delete the tag; a table makes columns"),
    ("blink marquee", "delete the tag and keep its text"),
];

/// Returns the element of a name in lower case, or `None` if EDGAR does not accept it.
pub(super) fn find(name: &[u8]) -> Option<&'static Element> {
    if name.len() > LONGEST {
        return None;
    }
    let found = ELEMENTS.binary_search_by_key(&key(name), |element| element.key).ok()?;
    // A name with a null character at its end has the same key as the name without.
    Some(&ELEMENTS[found]).filter(|element| element.name.len() == name.len())
}

/// Whether an element runs code.
pub(super) fn is_active(name: &str) -> bool {
    ACTIVE.contains(&name)
}

/// Returns the advice on an element that EDGAR does not accept.
pub(super) fn instead(name: &str) -> String {
    if let Some((_, hint)) = INSTEAD.iter().find(|(names, _)| names.split(' ').any(|n| n == name)) {
        return (*hint).to_owned();
    }
    // Between names of one or two letters, a distance of 1 means nothing.
    let near =
        |element: &&Element| strsim::damerau_levenshtein(element.name, name) == 1 && name.len() > 2;
    match ELEMENTS.iter().find(near) {
        Some(element) => format!("did you mean `<{}>`?", element.name),
        None => "delete the tag and keep its text".to_owned(),
    }
}

/// Returns the advice on an attribute that EDGAR's list lacks.
pub(super) fn instead_of_attribute(name: &str) -> &'static str {
    match name {
        "face" => "write `style=\"font-family:…\"`",
        "color" | "bgcolor" => "write `style=\"color:…\"` or `style=\"background:…\"`",
        "align" | "valign" | "nowrap" | "width" | "height" | "border" => "say it in `style`",
        "target" => "delete the attribute; links open where the reader wants",
        _ => "say it in `style`, or delete the attribute",
    }
}

impl Element {
    /// Returns the accepted values of an attribute, empty if all are, or `None` if the element
    /// lacks the attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'static str> {
        let is_common = match name {
            "id" => true,
            "class" | "style" | "title" => self.common != Common::Frame,
            "lang" | "xml:lang" | "dir" => self.common != Common::Core,
            _ => false,
        };
        if is_common {
            return Some("");
        }
        let mut own = self.own.split(' ').map(|row| row.split_once('=').unwrap_or((row, "")));
        own.find(|(known, _)| !known.is_empty() && *known == name).map(|(_, values)| values)
    }

    /// Whether its end tag is optional.
    pub(super) fn may_stay_open(&self) -> bool {
        // As in HTML 3.2; `r` is EDGAR's own.
        matches!(
            self.name,
            "p" | "li"
                | "dt"
                | "dd"
                | "tr"
                | "td"
                | "th"
                | "html"
                | "head"
                | "body"
                | "plaintext"
                | "r"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.name < b.name));
        assert!(
            INSTEAD
                .iter()
                .flat_map(|(names, _)| names.split(' '))
                .all(|name| find(name.as_bytes()).is_none())
        );
    }

    #[test]
    fn attributes_are_found() {
        let of = |element: &str, name| find(element.as_bytes()).unwrap().attribute(name);
        assert_eq!(of("td", "align"), Some("left|center|right|justify|char"));
        assert_eq!(of("td", "height"), Some(""));
        assert_eq!((of("font", "face"), of("b", "align"), of("b", "")), (None, None, None));
        assert_eq!(
            (of("br", "lang"), of("html", "lang"), of("html", "style")),
            (None, Some(""), None)
        );
    }

    #[test]
    fn advice_is_found() {
        assert_eq!(instead("span"), "use `<font>`, which takes the same `style`");
        assert_eq!(instead("srtong"), "did you mean `<strong>`?");
        assert_eq!(instead("ix:header"), "delete the tag and keep its text");
    }
}
