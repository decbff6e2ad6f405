//! The fonts of a PDF: whether they are inside, and whether what they show can be read back.

use super::file::File;
use super::object::{Dictionary, Object};

/// Encodings that say by themselves which characters are meant.
const KNOWN: &[&str] = &["WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding"];

/// What is wrong with the fonts, with the number of each font's object.
pub(super) fn faults(file: &File<'_>) -> Vec<(u32, String)> {
    let mut faults = Vec::new();
    for entry in &file.entries {
        let Some(font) = entry.object.dictionary().filter(|d| d.name("Type") == "Font") else {
            continue;
        };
        let name = shown(font.name("BaseFont"));
        let kind = font.name("Subtype");
        if !matches!(kind, "Type0" | "Type3") && !is_inside(file, font) {
            faults.push((entry.number, format!("the font {name} is not inside the file")));
        }
        // A descendant font is read through the font above it.
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

fn shown(name: &str) -> String {
    if name.is_empty() { "without a name".to_owned() } else { format!("`{}`", name.escape_debug()) }
}

fn is_inside(file: &File<'_>, font: &Dictionary) -> bool {
    let descriptor =
        font.get("FontDescriptor").and_then(|descriptor| file.resolve(descriptor).dictionary());
    let files = ["FontFile", "FontFile2", "FontFile3"];
    descriptor.is_some_and(|descriptor| files.iter().any(|key| descriptor.get(key).is_some()))
}

/// Whether the encoding says which characters are meant.
fn is_readable(file: &File<'_>, font: &Dictionary) -> bool {
    let Some(encoding) = font.get("Encoding") else {
        return font.name("Subtype") == "Type1"; // the font's own, of which the standard ones are known
    };
    match file.resolve(encoding) {
        Object::Name(name) => KNOWN.contains(&name.as_str()) || name.starts_with("Uni"),
        Object::Dictionary(encoding) => {
            font.name("Subtype") != "Type3" || encoding.get("Differences").is_some()
        }
        _ => false,
    }
}
