//! The part of a document's markup that a page may show: elements, attributes and properties that
//! lay text out, and none that hide it, paint over it or load anything.

/// The elements by their names in the document and in the page.
const ELEMENTS: &[(&str, &str)] = &[
    ("font", "span"),
    ("h1", "h4"),
    ("h2", "h4"),
    ("h3", "h5"),
    ("h4", "h5"),
    ("h5", "h5"),
    ("h6", "h5"),
];
const KEPT: &str = "b big blockquote br caption dd div dl dt em hr i li ol p pre small strong sub sup \
                    table td th tr tt u ul";
const ATTRIBUTES: &str = "align cellpadding colspan rowspan start type valign value";
const PROPERTIES: &str = "align-items align-self border border-bottom border-collapse border-left \
                          border-right border-spacing border-top box-sizing break-after \
                          break-inside display flex flex-wrap font-size font-style font-weight \
                          gap grid-template-columns justify-content letter-spacing line-height \
                          list-style margin margin-bottom margin-left margin-right margin-top \
                          max-width min-height min-width padding padding-bottom padding-left \
                          padding-right padding-top text-align text-indent text-wrap \
                          vertical-align white-space width";

fn has(list: &str, name: &str) -> bool {
    list.split_ascii_whitespace().any(|own| own == name)
}

/// The name of an element in the page, or `None` if only its content is shown.
pub(super) fn element(name: &str, inline: bool) -> Option<&str> {
    let other = ELEMENTS.iter().find(|(own, _)| *own == name).map(|(_, shown)| *shown);
    other.or(has(KEPT, name).then_some(name)).or((!inline).then_some("div"))
}

/// Whether an attribute is kept.
pub(super) fn keeps(attribute: &str) -> bool {
    has(ATTRIBUTES, attribute)
}

/// The declarations of a style that are kept.
pub(super) fn declarations(style: &str) -> String {
    let kept = style.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let (property, value) = (property.trim(), value.trim());
        keeps_value(property, value).then(|| format!("{property}:{value}"))
    });
    kept.collect::<Vec<_>>().join("; ")
}

fn keeps_value(property: &str, value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " #%.,()+-*/".contains(c);
    let harmless = value.chars().all(plain) && !value.contains("url") && !value.contains("var");
    let shrinks = value.starts_with('-') || value.starts_with('0') || value.contains(" -");
    match property {
        "background" => is_light(value),
        "display" => harmless && matches!(value, "block" | "flex" | "grid" | "inline-block"),
        // A size of nearly nothing, or a place off the page, would hide text.
        "font-size" => {
            harmless && (!shrinks || value.starts_with("0.")) && !value.starts_with("0.0")
        }
        "letter-spacing" | "line-height" => harmless && !value.starts_with('-'),
        "text-indent" | "margin-left" => harmless && value.len() < 7,
        _ => {
            has(PROPERTIES, property)
                && harmless
                && !value.starts_with('-')
                && !value.contains(" -")
        }
    }
}

/// Whether a colour is so light that all text can be read on it.
fn is_light(value: &str) -> bool {
    let light = |c: char| matches!(c, 'c'..='f' | 'C'..='F');
    value.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.chars().all(light))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_style_hides_text_or_loads_anything() {
        let hostile = "display:none; position:absolute; color:#fff; font-size:0; font-size:0.01em; \
                       font-size:-1em; text-indent:-9999px; margin:-50em; opacity:0; \
                       background:url(//x); background:#000000; width:calc(1em); border:1px solid #333; \
                       text-indent:-1.5em; padding:url(x); clip-path:inset(50%); transform:scale(0)";
        let expected = "width:calc(1em); border:1px solid #333; text-indent:-1.5em";
        assert_eq!(declarations(hostile), expected);
    }

    #[test]
    fn elements_are_named_as_the_page_needs_them() {
        assert_eq!(element("h2", false), Some("h4"));
        assert_eq!(element("a", true), None);
        assert_eq!(element("center", false), Some("div"));
    }
}
