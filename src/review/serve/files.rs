//! Which files may be served: documents and manifests below the outputs, by plain names.

use std::fs;
use std::path::Path;

/// The content types of what there is, by suffix. Of JSON there are manifests only.
const TYPES: [(&str, &str); 4] = [
    (".txt", "text/plain; charset=utf-8"),
    (".htm", "text/html; charset=utf-8"),
    (".pdf", "application/pdf"),
    ("manifest.json", "application/json"),
];

/// The content type and the bytes of a file below the outputs; none if it is not there or may not
/// be served.
///
/// Ids and names of outputs need no percent-encoding, so that a path in which there is any, or a
/// dot at the start of a part, is none. Links are not followed, wherever in the path they are.
pub(super) fn read(out: &Path, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let plain = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last().filter(|_| parts.iter().all(|part| plain(part)))?;
    let (_, content_type) = TYPES.iter().find(|(suffix, _)| {
        if suffix.starts_with('.') { name.ends_with(suffix) } else { name == suffix }
    })?;
    let mut file = out.to_owned();
    for folder in folders {
        file.push(folder);
        fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_dir)?;
    }
    file.push(name);
    fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file)?;
    Some((content_type, fs::read(file).ok()?))
}
