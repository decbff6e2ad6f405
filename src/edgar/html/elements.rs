//! The HTML elements that EDGAR takes, with their attributes, as data: the SEC staff's validator
//! (`Const.py`: elements; `efm-htm.dtd`: attributes), release 20.3. It takes HTML 3.2 in the main
//! (EDGAR Filer Manual, Vol. II, 5.2.2).

/// Where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// `html`, `head`, `body`.
    Frame,
    /// What a head holds.
    Head,
    /// Begins a block, and so ends a paragraph.
    Block,
    /// Part of a list or of a table.
    Part,
    /// Stands in a line.
    Inline,
    /// Has no content and no end tag.
    Void,
}

/// Which of the attributes that most elements have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Common {
    /// `id class style title lang xml:lang dir`.
    All,
    /// `id class style title`.
    Core,
    /// `id lang xml:lang dir`.
    Frame,
}

/// An element that EDGAR takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) group: Group,
    common: Common,
    /// Attributes beyond the common ones, with their values where only some are listed.
    own: &'static str,
}

const fn all(name: &'static str, group: Group, own: &'static str) -> Element {
    Element { name, group, common: Common::All, own }
}

use Group::{Block, Frame, Head, Inline, Part, Void};

const HEADING: &str = "align=left|center|right|justify";

/// Every element, in the order of their names.
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

const CELL: &str = "rowspan colspan align=left|center|right|justify|char valign=top|middle|bottom|baseline nowrap \
                    bgcolor width height";

/// Elements of scripts, plug-ins and other code (17 CFR 232.106(a)).
const ACTIVE: &[&str] = &["applet", "embed", "iframe", "noscript", "object", "param", "script"];

/// What to write in the place of elements that EDGAR does not take.
const INSTEAD: &[(&str, &str)] = &[
    (
        "article aside dialog details figure footer header hgroup main nav section summary template",
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

/// The element of a name in lower case, by its index.
pub(super) fn find(name: &[u8]) -> Option<&'static Element> {
    ELEMENTS
        .binary_search_by(|element| element.name.as_bytes().cmp(name))
        .ok()
        .map(|found| &ELEMENTS[found])
}

/// Whether an element is there to run code.
pub(super) fn is_active(name: &str) -> bool {
    ACTIVE.contains(&name)
}

/// What to do about an element that EDGAR does not take.
pub(super) fn instead(name: &str) -> String {
    if let Some((_, hint)) = INSTEAD.iter().find(|(names, _)| names.split(' ').any(|n| n == name)) {
        return (*hint).to_owned();
    }
    let near =
        |element: &&Element| strsim::damerau_levenshtein(element.name, name) == 1 && name.len() > 2;
    match ELEMENTS.iter().find(near) {
        Some(element) => format!("did you mean `<{}>`?", element.name),
        None => "delete the tag and keep its text".to_owned(),
    }
}

impl Element {
    /// Whether the element has this attribute, and if only some values are listed, which.
    pub(super) fn attribute(&self, name: &str) -> Option<&'static str> {
        let common = match self.common {
            Common::All => "id class style title lang xml:lang dir",
            Common::Core => "id class style title",
            Common::Frame => "id lang xml:lang dir",
        };
        if common.split(' ').any(|known| known == name) {
            return Some("");
        }
        let mut own = self.own.split(' ').map(|row| row.split_once('=').unwrap_or((row, "")));
        own.find(|(known, _)| !known.is_empty() && *known == name).map(|(_, values)| values)
    }

    /// Whether its end tag may be left out.
    pub(super) fn may_stay_open(&self) -> bool {
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
    fn what_to_use_instead() {
        assert_eq!(instead("span"), "use `<font>`, which takes the same `style`");
        assert_eq!(instead("srtong"), "did you mean `<strong>`?");
        assert_eq!(instead("ix:header"), "delete the tag and keep its text");
    }
}
