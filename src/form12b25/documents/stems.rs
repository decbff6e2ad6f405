//! The names of documents: the stem of their files from their kind and number, and back from the
//! stem. The names are a contract: manifests of earlier versions have them.

use super::kind::{DocumentKind, Naming};
use crate::form12b25::model::LetterKind;

/// The stem of the form's files.
pub const FORM: &str = DocumentKind::Form.row().stem;

/// Names the documents of one filing, in their order.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbered: usize,
}

impl Names {
    /// The stem of a document's files; `exhibit` is `EX-99.1` and the like.
    pub(super) fn stem(&mut self, kind: DocumentKind, exhibit: Option<&str>) -> String {
        let row = kind.row();
        match row.naming {
            Naming::Submission => row.stem.to_owned(),
            Naming::Exhibit => {
                let exhibit = exhibit.unwrap_or_default().to_lowercase();
                exhibit.replacen('-', "", 1).replace('.', "-")
            }
            Naming::Numbered(_) => {
                self.numbered += 1;
                match self.numbered {
                    1 => row.stem.to_owned(),
                    number => format!("{}-{number}", row.stem),
                }
            }
        }
    }
}

/// A short name of the document whose files have a stem: `Notice`, `Cover`, or `EX-99.1` for
/// `ex99-1`.
pub fn short_name(stem: &str) -> String {
    let [exhibit, cover] = [LetterKind::AccountantStatement, LetterKind::Cover]
        .map(|kind| DocumentKind::Letter(kind).row().stem);
    match stem.strip_prefix(exhibit) {
        _ if stem == FORM => "Notice".to_owned(),
        Some(number) => format!("EX-{}", number.replacen('-', ".", 1)),
        None if stem.starts_with(cover) => "Cover".to_owned(),
        None => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_come_back_from_stems() {
        let mut names = Names::default();
        let documents = [
            (DocumentKind::Form, None, "form12b25", "Notice"),
            (DocumentKind::Letter(LetterKind::Authority), Some("EX-99.1"), "ex99-1", "EX-99.1"),
            (DocumentKind::Letter(LetterKind::Authority), Some("EX-24"), "ex24", "EX-24"),
            (DocumentKind::Letter(LetterKind::Cover), None, "cover", "Cover"),
            (DocumentKind::Letter(LetterKind::Cover), None, "cover-2", "Cover"),
        ];
        for (kind, exhibit, stem, name) in documents {
            assert_eq!(names.stem(kind, exhibit), stem);
            assert_eq!(short_name(stem), name);
        }
    }
}
