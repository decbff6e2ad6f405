//! Reads a Word file (.docx): the parts of its archive that have text, with bounds.

mod body;
mod numbering;
mod xml;

use std::io::{Cursor, Read as _};

use anyhow::{Context as _, bail};
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::edgar::flow::Flow;
use numbering::Numbering;
use xml::{attribute, read};

/// The most bytes of a part.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// The most files of an archive. Word writes some twenty.
const MOST_FILES: usize = 10_000;

/// Reads a Word file; the lines of the flow are its paragraphs.
///
/// # Errors
/// It is no Word file, is damaged, or is larger than a bound.
pub(super) fn flow(bytes: &[u8]) -> anyhow::Result<Flow> {
    if files(bytes).is_some_and(|files| files > MOST_FILES) {
        bail!("it is an archive with more than {MOST_FILES} files");
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).context("it is a damaged archive")?;
    let path = body_path(&mut archive)?;
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    let Some(text) = part(&mut archive, &path)? else {
        bail!("it is an archive, and no Word file");
    };
    let mut beside = |name| part(&mut archive, &format!("{folder}{name}.xml"));
    let (numbering, styles) = (beside("numbering")?, beside("styles")?);
    let numbering = Numbering::read(numbering.as_deref(), styles.as_deref())?;
    let mut reader = body::Body::new(numbering);
    for notes in ["footnotes", "endnotes"] {
        if let Some(xml) = beside(notes)? {
            reader.notes(&xml)?;
        }
    }
    reader.flow(&text)
}

/// Returns the number of files that the end of an archive states.
fn files(bytes: &[u8]) -> Option<usize> {
    // At most a comment of 64 KiB follows it.
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let end = memchr::memmem::rfind(tail, b"PK\x05\x06")?;
    let number = tail.get(end + 10..end + 12)?;
    Some(usize::from(u16::from_le_bytes([number[0], number[1]])))
}

/// Returns the path of the part that has the text.
fn body_path(archive: &mut ZipArchive<Cursor<&[u8]>>) -> anyhow::Result<String> {
    let mut path = "word/document.xml".to_owned();
    if let Some(xml) = part(archive, "_rels/.rels")? {
        read(&xml, |event| {
            if let Event::Start(tag) | Event::Empty(tag) = event
                && attribute(&tag, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                && let Some(target) = attribute(&tag, "Target")
            {
                path = target.trim_start_matches('/').to_owned();
            }
        })?;
    }
    Ok(path)
}

/// Reads a part, or returns `None` if the archive has none of this path.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> anyhow::Result<Option<String>> {
    let Some(place) = archive.index_for_name(path) else { return Ok(None) };
    let file = archive.by_index(place).context("it is a damaged archive")?;
    let mut xml = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut xml).context("it is a damaged archive")?;
    if xml.len() as u64 > MOST_BYTES {
        bail!("its text is larger than {} MiB", MOST_BYTES / 1024 / 1024);
    }
    // UTF-16 has a mark, by which it is known.
    Ok(Some(encoding_rs::UTF_8.decode(&xml).0.into_owned()))
}
