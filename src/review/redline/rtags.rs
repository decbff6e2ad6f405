//! Marks the changed material of an amended notice in EDGAR text: `<R>` and `</R>` around every
//! line of each paragraph or table that changed (17 CFR 232.310; EDGAR does not accept a pair that
//! spans lines). Deleted material has no line to be marked.

use anyhow::{Context as _, anyhow, bail};

use super::align::align;
use super::notices::of_side;
use super::pair;
use super::revision::Revision;
use crate::edgar::MOST_COLUMNS;
use crate::form12b25::model::Filing;
use crate::pipeline::load::files::Entry;
use crate::pipeline::render;

/// The tags.
const BEGIN: &str = "<R>";
const END: &str = "</R>";
/// The longest line to which both tags can be added.
const WIDTH: usize = MOST_COLUMNS - BEGIN.len() - END.len();
/// The least similarity of two versions of one paragraph.
// A lower or higher value pairs other paragraphs, but marks the same ones.
const ONE_PARAGRAPH: f64 = 0.4;

/// A document of an amended notice with its marks.
#[derive(Debug)]
pub struct Marked {
    /// The notice's id.
    pub id: String,
    /// The id of the notice that it was compared with.
    pub against: String,
    /// The document's name without suffix.
    pub stem: String,
    /// The number of paragraphs and tables that are marked; `None` if the document is new, so that
    /// nothing in it changed.
    pub paragraphs: Option<usize>,
    /// Its text.
    pub text: String,
    /// The notice's other documents that changed.
    pub others: Vec<String>,
}

/// The one amended notice that is new or changed, or that of an id, held against the notice that it
/// amends, or if that is not there against its own old version. Of its documents the form, or the
/// one of a stem; a letter is held against the letter that it was.
///
/// # Errors
/// There is no such notice, more than one, or no such document; there is nothing to hold it
/// against; it cannot be rendered, or a line of its own template is too long for the marks.
pub fn marked(
    old: &Revision,
    new: &Revision,
    ids: &[String],
    stem: Option<&str>,
) -> anyhow::Result<Marked> {
    let (before, after) = (of_side(old), of_side(new));
    let changed =
        |entry: &Entry| old.entry(&entry.id).is_none_or(|same| old.bytes(same) != new.bytes(entry));
    let wanted =
        |entry: &Entry| if ids.is_empty() { changed(entry) } else { ids.contains(&entry.id) };
    let mut all =
        after.iter().filter(|(entry, filing)| filing.amendment.is_some() && wanted(entry));
    let (entry, filing) = match (all.next(), all.next()) {
        (Some(one), None) => one,
        (None, _) => bail!(
            "no amended notice is new or changed in {}; --id names one that is not",
            new.label
        ),
        (Some(one), Some(next)) => {
            bail!("{} and {} are both amended notices; name one with --id", one.0.id, next.0.id)
        }
    };
    let amended = pair::amended(&entry.id, filing, &[(new, &after), (old, &before)]);
    let own = || old.entry(&entry.id).map(|entry| (old, entry));
    let (side, base) = amended
        .or_else(own)
        .with_context(|| format!("the notice that {} amends is not here", entry.id))?;
    let base_filing = side
        .load(base)
        .filing
        .with_context(|| format!("{} cannot be read as a filing", base.id))?;
    let (before, after) = (narrow(side, base, &base_filing)?, narrow(new, entry, filing)?);
    let old_text = old_texts(&before, &base_filing, filing);
    let wanted = stem.map_or(Some(0), |stem| after.iter().position(|(own, _)| own == stem));
    let at = wanted.with_context(|| {
        let all: Vec<&str> = after.iter().map(|(own, _)| own.as_str()).collect();
        format!(
            "{} has no document `{}`, only {}",
            entry.id,
            stem.unwrap_or_default(),
            all.join(", ")
        )
    })?;
    let (text, paragraphs) = match old_text[at] {
        Some(old) => mark(old, &after[at].1).map(|(text, marks)| (text, Some(marks)))?,
        None => (after[at].1.clone(), None),
    };
    let differs =
        |n: &usize| *n != at && old_text[*n].is_some_and(|old| words(old) != words(&after[*n].1));
    let others = (0..after.len()).filter(differs).map(|n| after[n].0.clone()).collect();
    Ok(Marked {
        id: entry.id.clone(),
        against: base.id.clone(),
        stem: after[at].0.clone(),
        paragraphs,
        text,
        others,
    })
}

/// What each document of a notice was before: the form and the letters, in the order of the new
/// ones.
fn old_texts<'a>(
    before: &'a [(String, String)],
    old: &Filing,
    new: &Filing,
) -> Vec<Option<&'a str>> {
    let text = |at: usize| before.get(at).map(|(_, text)| text.as_str());
    let letters =
        pair::letters(&old.letters, &new.letters).into_iter().filter(|pair| pair.new.is_some());
    std::iter::once(text(0))
        .chain(letters.map(|pair| pair.old.and_then(|old| text(old + 1))))
        .collect()
}

/// The documents of a notice in lines short enough for the marks, each with its stem.
fn narrow(
    side: &Revision,
    entry: &Entry,
    filing: &Filing,
) -> anyhow::Result<Vec<(String, String)>> {
    let templates = side
        .templates()
        .map_err(|fault| anyhow!("the templates of {} are broken: {fault}", side.label))?;
    let texts = render::narrow(filing, &entry.id, &templates, WIDTH);
    let texts = texts.map_err(|finding| anyhow!("{}: {}", entry.id, finding.message))?;
    Ok(texts.into_iter().map(|(stem, text)| (stem, mended(&text))).collect())
}

/// Repairs the breaks in lines that a template sets for the full width: drops the dashes that do
/// not fit on the line of a rule, and rejoins text at the right margin, such as `Exhibit 99.1`.
// Text at the right margin has indentation to its left, from which `line` takes the tags' width.
fn mended(text: &str) -> String {
    const FAR: usize = WIDTH - WIDTH / 4;
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let own = line.trim();
        let only_dashes = !own.is_empty() && own.bytes().all(|b| b == b'-');
        match lines.last_mut().filter(|last| !own.is_empty() && indent(last) == indent(line)) {
            Some(last) if only_dashes && is_rule(last.trim()) && last.len() == WIDTH => {}
            Some(last) if indent(line) >= FAR && last.len() + 1 + own.len() <= MOST_COLUMNS => {
                last.push(' ');
                last.push_str(own);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

/// The new text with marks, and the number of paragraphs that have some.
fn mark(old: &str, new: &str) -> anyhow::Result<(String, usize)> {
    let (before, after) = (words(old), words(new));
    let pairs =
        align(&before, &after, |_, _, like| Some(like).filter(|like| *like >= ONE_PARAGRAPH));
    let parts: Vec<&str> = new.split("\n\n").collect();
    let (mut out, mut marked) = (Vec::new(), 0);
    for (old, at) in pairs.iter().filter_map(|pair| Some((pair.old, pair.new?))) {
        let same = old.is_some_and(|old| before[old] == after[at]) || after[at].is_empty();
        if same {
            out.push(parts[at].to_owned());
        } else {
            marked += 1;
            let lines: anyhow::Result<Vec<String>> = parts[at].split('\n').map(line).collect();
            out.push(lines?.join("\n"));
        }
    }
    Ok((out.join("\n\n"), marked))
}

/// The words of each paragraph.
fn words(text: &str) -> Vec<Vec<String>> {
    let words =
        |part: &str| part.split_whitespace().filter(|w| !is_rule(w)).map(str::to_owned).collect();
    text.split("\n\n").map(words).collect()
}

/// A line with its marks. A line that is too long loses some of its indentation.
fn line(text: &str) -> anyhow::Result<String> {
    if text.trim().is_empty() || text.split_whitespace().all(is_rule) {
        return Ok(text.to_owned());
    }
    let most = text.len() - text.trim_start_matches(' ').len();
    let excess = text.len().saturating_sub(WIDTH);
    if excess > most {
        bail!("a line that changed leaves no room for EDGAR’s marks: {}", text.trim());
    }
    Ok(format!("{BEGIN}{}{END}", &text[excess..]))
}

/// Whether a word is a ruled line.
fn is_rule(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_of_a_changed_paragraph_have_a_pair_each() {
        let old = "One two\nthree\n\nFour five six\n\nGone\n\nLast\n";
        let new = "One two\nthree\n\n  Four five\n  ------\n  seven\n\nLast\n\nNew one\n";
        let expected = "One two\nthree\n\n<R>  Four five</R>\n  ------\n<R>  seven</R>\n\nLast\n\n<R>New one</R>\n";
        assert_eq!(mark(old, new).unwrap(), (expected.to_owned(), 2));
    }

    #[test]
    fn a_long_line_goes_to_the_left_or_is_refused() {
        let text = format!("   {}", "x".repeat(WIDTH - 1));
        assert_eq!(line(&text).unwrap().len(), MOST_COLUMNS);
        assert!(line(&"x".repeat(WIDTH + 1)).is_err());
    }
}
