//! Reads the XML of a part, event by event, and the attributes of its elements.

use anyhow::anyhow;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Calls `take` with each event of an XML document.
pub(super) fn read(xml: &str, mut take: impl FnMut(Event<'_>)) -> anyhow::Result<()> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| anyhow!("its XML is damaged: {error}"))? {
            Event::Eof => return Ok(()),
            event => take(event),
        }
    }
}

/// Returns the value of an attribute, in whatever namespace it is.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}

/// Whether a property that can be on or off is on; without a value it is.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
}
