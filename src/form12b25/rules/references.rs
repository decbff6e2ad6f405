//! Resolves references to other texts of the notice: to Part III, an attachment or an exhibit.

use super::pattern::pattern;
use super::prose::{Prose, Sentence};
use crate::diagnostics::source::YamlPath;
use crate::form12b25::model::{Filing, RichText, exhibits};

// `Annex A`, `Exhibit 99.1`, `the attached sheet`. Other exhibits are those of a report.
pattern!(
    REFERENCE,
    r"(?i)\b{attached texts}\s+(?:No\.\s+)?[“‘']?(?:(?-i:[A-Z])|[IVX]{1,4}|[1-9])\b",
    r"|\bEx(?:hibit|\.)?[- ]+(?:EX-)?99(?:\.[0-9]{1,2})?\b|\b{attached}\b",
);
pattern!(PART_THREE, r"(?i)\bPart\s+III\b");
pattern!(EXHIBIT, r"(?i)^(?:exhibit\s+)?(?:ex-?)?(?P<number>(?:99|24)(?:\.[0-9]{1,2})?)$");

/// A text of the notice, with its place.
type Place<'a> = (YamlPath, &'a RichText);

/// Returns the text to which a name refers, such as `Part III`, `Annex A` or `EX-99.2`, or `None`
/// if the notice has no such text.
pub(super) fn resolve<'a>(filing: &'a Filing, name: &str) -> Option<Place<'a>> {
    let attachment = || {
        let (at, attachment) = filing.attachment(name)?;
        Some((YamlPath::parse("attachments").index(at).key("body"), &attachment.body))
    };
    let part_three = || {
        let named = PART_THREE.find(name).is_some_and(|found| found.start() == 0);
        filing.narrative.as_ref().filter(|_| named).map(|text| (YamlPath::parse("narrative"), text))
    };
    attachment().or_else(|| exhibit(filing, name)).or_else(part_three)
}

/// Returns the exhibit of a number. `Exhibit 99` is the only one of EX-99.
fn exhibit<'a>(filing: &'a Filing, name: &str) -> Option<Place<'a>> {
    let number = format!("EX-{}", &EXHIBIT.captures(name)?["number"]);
    let numbers = exhibits(&filing.letters);
    let is = |said: &Option<String>| said.as_deref() == Some(&number);
    let group = format!("{number}.");
    let in_group =
        |said: &Option<String>| said.as_ref().is_some_and(|said| said.starts_with(&group));
    let only = || {
        let mut all = numbers.iter().enumerate().filter(|(_, said)| in_group(said));
        all.next().filter(|_| all.next().is_none()).map(|(at, _)| at)
    };
    let at = numbers.iter().position(is).or_else(only)?;
    Some((YamlPath::parse("letters").index(at).key("body"), &filing.letters[at].body))
}

/// The references of a text: the texts that the notice has, and the first that it lacks.
pub(super) struct References<'a> {
    /// The texts, each once.
    pub(super) found: Vec<Place<'a>>,
    /// The sentence with the name of a text that the notice lacks, and the place in the sentence.
    pub(super) missing: Option<(Sentence<'a>, std::ops::Range<usize>)>,
}

/// Returns the references of a text.
pub(super) fn references<'a>(filing: &'a Filing, prose: &'a Prose) -> References<'a> {
    let mut all = References { found: Vec::new(), missing: None };
    for sentence in prose.sentences() {
        let text = sentence.text.to_lowercase();
        let titled = filing
            .attachments
            .iter()
            .enumerate()
            .filter(|(_, attachment)| text.contains(&attachment.title.folded().to_lowercase()));
        all.found.extend(titled.map(|(at, attachment)| {
            (YamlPath::parse("attachments").index(at).key("body"), &attachment.body)
        }));
        if PART_THREE.is_match(sentence.text) {
            all.found.extend(resolve(filing, "Part III"));
        }
        for found in REFERENCE.find_iter(sentence.text) {
            let place = resolve(filing, found.as_str()).or_else(|| unnamed(filing, found.as_str()));
            match place {
                Some(place) => all.found.push(place),
                None => all.missing = all.missing.or(Some((sentence, found.range()))),
            }
        }
    }
    all.found.dedup_by(|one, other| one.0 == other.0);
    all
}

/// Returns the first attachment, for a reference without a name such as `see attached`.
fn unnamed<'a>(filing: &'a Filing, reference: &str) -> Option<Place<'a>> {
    let attachment = filing.attachments.first()?;
    let at = YamlPath::parse("attachments").index(0).key("body");
    reference.to_lowercase().contains("attache").then_some((at, &attachment.body))
}
