//! Reads the files that may be served: documents and manifests below the outputs, by plain names.

use std::fs;
use std::path::Path;

use crate::edgar::Format;
use crate::pipeline::write::MANIFEST;

/// The content type of a file by its name, or `None` if it may not be served.
fn content_type(name: &str) -> Option<&'static str> {
    match name {
        MANIFEST => Some("application/json"),
        name => Format::of_output(name).map(Format::content_type),
    }
}

/// The content type and bytes of a file below the outputs, or `None` if it does not exist or may
/// not be served.
///
/// A path with percent-encoding, or a part that begins with a dot, is refused. Links are not
/// followed, wherever in the path they are.
pub(super) fn read(out: &Path, path: &str) -> Option<(&'static str, Vec<u8>)> {
    // Ids and names of outputs need no percent-encoding.
    let plain = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last().filter(|_| parts.iter().all(|part| plain(part)))?;
    let content_type = content_type(name)?;
    let mut file = out.to_owned();
    for folder in folders {
        file.push(folder);
        fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_dir)?;
    }
    file.push(name);
    fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file)?;
    Some((content_type, fs::read(file).ok()?))
}
