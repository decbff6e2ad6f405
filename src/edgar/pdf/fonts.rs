//! Checks that the fonts of a PDF are embedded and that their text can be extracted.

use super::file::File;
use super::object::{Dictionary, Object};

/// Encodings that alone map codes to characters.
const KNOWN: &[&str] = &["WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding"];

/// Returns the faults of the fonts, with the number of each font's object.
pub(super) fn faults(file: &File<'_>) -> Vec<(u32, String)> {
    let mut faults = Vec::new();
    for entry in &file.entries {
        let Some(font) = entry.object.dictionary().filter(|d| d.name("Type") == "Font") else {
            continue;
        };
        let name = shown(font.name("BaseFont"));
        let kind = font.name("Subtype");
        // A Type 0 font's descendant has the file; a Type 3 font consists of content streams.
        if !matches!(kind, "Type0" | "Type3") && !is_embedded(file, font) {
            faults.push((entry.number, format!("the font {name} is not inside the file")));
        }
        // Text in a descendant font is read through its parent, which has the map to characters.
        if !kind.starts_with("CIDFont")
            && font.get("ToUnicode").is_none()
            && !is_readable(file, font)
        {
            faults.push((
                entry.number,
                format!("the font {name} does not say which characters it shows"),
            ));
        }
    }
    faults
}

/// Returns the name of a font, for a message.
fn shown(name: &str) -> String {
    if name.is_empty() { "without a name".to_owned() } else { format!("`{}`", name.escape_debug()) }
}

/// Whether the file has the font's glyphs.
fn is_embedded(file: &File<'_>, font: &Dictionary) -> bool {
    let descriptor =
        font.get("FontDescriptor").and_then(|descriptor| file.resolve(descriptor).dictionary());
    let files = ["FontFile", "FontFile2", "FontFile3"];
    descriptor.is_some_and(|descriptor| files.iter().any(|key| descriptor.get(key).is_some()))
}

/// Whether the font's encoding maps its codes to characters.
fn is_readable(file: &File<'_>, font: &Dictionary) -> bool {
    let Some(encoding) = font.get("Encoding") else {
        // A Type 1 font has an encoding of its own, mostly the standard one.
        return font.name("Subtype") == "Type1";
    };
    match file.resolve(encoding) {
        // `Uni…` are the predefined maps from Unicode, such as `UniJIS-UTF16-H`.
        Object::Name(name) => KNOWN.contains(&name.as_str()) || name.starts_with("Uni"),
        // A Type 3 font has no base encoding, only the differences that it lists.
        Object::Dictionary(encoding) => {
            font.name("Subtype") != "Type3" || encoding.get("Differences").is_some()
        }
        _ => false,
    }
}
