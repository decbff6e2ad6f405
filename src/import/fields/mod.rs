//! Reads the fields of a notice from its flow, part by part, between the printed words of the form.

mod answers;
mod contact;
mod cover;
mod narrative;
mod reader;
mod registrant;
mod relief;
mod rest;
mod signature;
mod value;

use super::notice::Notice;
use crate::edgar::flow::Flow;
use reader::Reader;

/// Reads a notice from a flow whose places are paragraphs or lines.
pub(super) fn read(flow: &Flow, paragraphs: bool) -> Notice {
    let reader = Reader::new(flow, paragraphs);
    let mut notice = Notice::default();
    cover::read(&reader, &mut notice);
    registrant::read(&reader, &mut notice);
    cover::numbers(&reader, &mut notice);
    relief::read(&reader, &mut notice);
    narrative::read(&reader, &mut notice);
    contact::read(&reader, &mut notice);
    answers::read(&reader, &mut notice);
    if let Some(range) = reader.signature() {
        signature::read(&reader, range.clone(), &mut notice);
        rest::read(&reader, range, &mut notice);
    }
    notice
}
