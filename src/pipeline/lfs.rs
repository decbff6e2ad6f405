//! Recognizes pointers of Git LFS: short texts in the place of documents that were not downloaded.

use std::path::Path;

use anyhow::bail;

use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::sha256;

/// The first line of a pointer (git-lfs, docs/spec.md).
const VERSION: &str = "version https://git-lfs.github.com/spec/v1\n";
/// The most bytes of a pointer.
const MOST_BYTES: usize = 1024;

/// Returns the SHA-256 of the document that a pointer is in the place of, or `None` if the bytes
/// are not a pointer.
pub fn pointer(bytes: &[u8]) -> Option<&str> {
    let text = Some(bytes).filter(|bytes| bytes.len() <= MOST_BYTES)?;
    let rest = std::str::from_utf8(text).ok()?.strip_prefix(VERSION)?;
    let hash = rest.lines().find_map(|line| line.strip_prefix("oid sha256:"))?.trim_end();
    (hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some(hash)
}

/// Returns the SHA-256 of a document, or of the document that a pointer is in the place of.
pub fn sha256_of(bytes: &[u8]) -> String {
    pointer(bytes).map_or_else(|| sha256(bytes), str::to_owned)
}

/// Returns the finding that an output is a pointer.
pub fn stale(name: &str) -> Finding {
    rule::STALE
        .at(Spot::File, format!("`{name}` is a pointer of Git LFS, not the file itself"))
        .hint("run `git lfs pull`")
}

/// Returns the finding that a source is a pointer, or `None` if it is not.
pub(super) fn unreadable(bytes: &[u8]) -> Option<Finding> {
    let finding = rule::UNREADABLE
        .at(Spot::File, "the file is a pointer of Git LFS, not the file itself")
        .hint("run `git lfs pull`");
    pointer(bytes).map(|_| finding)
}

/// Checks that a document is there itself.
///
/// # Errors
/// It is a pointer.
pub fn ensure_no_pointer(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if pointer(bytes).is_some() {
        bail!(
            "`{}` is a pointer of Git LFS, not the file itself; run `git lfs pull`",
            path.display()
        );
    }
    Ok(())
}
