//! Reads a notice that was filed, or last year's Word draft, into the YAML of a filing. What cannot be
//! read stays out, with a comment that says why; nothing is guessed.

pub mod container;
pub mod notice;

mod boxes;
mod docx;
mod exhibits;
mod fields;
mod findings;
mod header;
mod letters;
mod plain;
mod richtext;
mod words;
mod yaml;

use anyhow::bail;

pub use findings::{findings, shared_findings};
pub use yaml::{Agreement, Heading, Shared};

use notice::{Notice, Registrant};

/// Reads a file.
///
/// # Errors
/// It is larger than a bound, damaged, or has no Form 12b-25 in it.
pub fn read(bytes: &[u8]) -> anyhow::Result<Notice> {
    let submission = container::read(bytes)?;
    let is_notice = |kind: &str| kind.to_uppercase().starts_with("NT");
    let place =
        submission.documents.iter().position(|document| is_notice(&document.kind)).unwrap_or(0);
    let Some(document) = submission.documents.get(place) else {
        bail!("it has no document with text")
    };
    let mut notice = fields::read(&document.flow, document.paragraphs);
    header::read(&submission.header, &document.kind, &mut notice);
    let others = submission.documents.iter().enumerate().filter(|(n, _)| *n != place);
    for (_, other) in others {
        if let Some(letter) = letters::read(&other.flow.text) {
            notice.letters.push(letter);
            continue;
        }
        let body = richtext::blocks(&other.flow.text);
        match exhibits::read(&other.kind, &other.description, &body) {
            Some(exhibit) => notice.exhibits.push(exhibit),
            None => notice.others.push((other.kind.clone(), body)),
        }
    }
    if notice.form.is_none() && notice.registrant.name.is_none() && notice.relief.is_none() {
        bail!("it is no Form 12b-25: none of its captions is there");
    }
    Ok(notice)
}

/// Writes a notice as the YAML of a filing.
pub fn yaml(notice: &Notice, heading: &Heading<'_>, shared: &[Option<Shared>]) -> String {
    yaml::text(notice, heading, shared)
}

/// Writes a registrant as the YAML of a shared file.
pub fn registrant(registrant: &Registrant, heading: &Heading<'_>) -> String {
    yaml::registrant(registrant, heading)
}
