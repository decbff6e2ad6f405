//! Reads the files that may be served: manifests below the outputs, and the documents that they name,
//! by plain names.

use std::path::Path;

use crate::edgar::Format;
use crate::pipeline::write::{self, MANIFEST};

/// The content type of the output with this name in the folder of an id, or `None` if it does not
/// exist or may not be served.
///
/// An id or a name with percent-encoding, or with a part that begins with a dot, is refused. Links
/// are not followed, wherever in the path they are.
pub(super) fn content_type(out: &Path, id: &str, name: &str) -> Option<&'static str> {
    // Ids and names of outputs need no percent-encoding.
    let plain = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    if !id.split('/').chain([name]).all(plain) || !write::exists(out, id, name) {
        return None;
    }
    // A file that no manifest names was not made from a source.
    let manifest = write::manifest(out, id)?;
    let may_be_served = name == MANIFEST || manifest.outputs.contains_key(name);
    may_be_served.then(|| content_type_of(name)).flatten()
}

/// The content type of a file by its name, or `None` if it may not be served.
fn content_type_of(name: &str) -> Option<&'static str> {
    match name {
        MANIFEST => Some("application/json"),
        name => Format::of_output(name).map(Format::content_type),
    }
}

/// The content type and bytes of an output, such as `acme-2025-10-k/form12b25.htm`, or `None` if
/// it does not exist, may not be served or is too large for an output.
pub(super) fn read(out: &Path, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let (id, name) = path.rsplit_once('/')?;
    Some((content_type(out, id, name)?, write::read(out, id, name)?))
}
