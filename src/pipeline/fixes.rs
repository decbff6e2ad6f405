//! Makes the fixes that findings carry, in memory: file by file, round by round, since a fix can
//! bring a finding to light that a wrong key has hidden. It writes nothing.

use std::path::PathBuf;

use crate::diagnostics::finding::Located;
use crate::diagnostics::fix::{self, Edit};
use crate::diagnostics::rule;
use crate::diagnostics::source::{BYTE_ORDER_MARK, Sources};
use crate::form12b25::deadline::Calendar;
use crate::form12b25::wording::Edition;
use crate::pipeline::load::files::{Entry, Files, SharedKind};
use crate::pipeline::load::{self, SharedFiles, parse_tree};
use crate::pipeline::{apply_rules, place};

/// The most rounds for a file; a few are enough for any file that people write.
const MOST_ROUNDS: usize = 20;

/// A source that fixes change.
#[derive(Debug)]
pub struct Fixed {
    /// Its path.
    pub path: PathBuf,
    /// Its path as findings print it.
    pub shown: String,
    /// Its text.
    pub before: String,
    /// Its text with the fixes.
    pub after: String,
    /// The number of fixes made.
    pub made: usize,
}

/// The fixes to make, and what the rules need to find them.
#[derive(Debug)]
pub struct Fixes<'a> {
    /// Whether to make those, too, that a person has to look at.
    pub with_unsafe: bool,
    /// The editions of the form.
    pub editions: &'a [Edition],
    /// The days on which EDGAR is closed.
    pub calendar: &'a Calendar,
}

impl Fixes<'_> {
    /// Makes the fixes in the requested filings, and in the shared files. Filings that are marked as
    /// filed, and the shared files that they name, are not changed. Returns the files that change,
    /// in the order of paths.
    pub fn make(&self, files: &Files) -> Vec<Fixed> {
        let all = files.filings.iter().chain(&files.others);
        let filed: Vec<String> = all.filter_map(text_of).filter(|text| is_filed(text)).collect();
        let is_frozen = |id: &str| filed.iter().any(|text| text.contains(id));
        let of_kind = |kind| files.shared(kind).iter().map(move |entry| (kind, entry));
        let free = SharedKind::ALL.into_iter().flat_map(of_kind);
        let free = free.filter(|(_, entry)| !is_frozen(&entry.id));
        let in_shared =
            |(kind, entry)| self.file(entry, &|text: &str| of_shared(kind, entry, text));
        let mut fixed: Vec<Fixed> = free.filter_map(in_shared).collect();
        // A filing is checked with its shared files as they will be.
        let (shared, _) = SharedFiles::load_bytes(files, |entry| {
            let changed = fixed.iter().find(|fixed| fixed.path == entry.path);
            changed.map_or_else(
                || load::bytes(entry).unwrap_or_default(),
                |fixed| fixed.after.clone().into_bytes(),
            )
        });
        fixed.extend(files.filings.iter().filter_map(|entry| {
            let findings = |text: &str| self.of_filing(entry, text, &shared);
            self.file(entry, &findings)
        }));
        fixed.sort_by(|a, b| a.path.cmp(&b.path));
        fixed
    }

    /// Makes the fixes in one file, or returns `None` if there are none to make.
    fn file(&self, entry: &Entry, findings: &dyn Fn(&str) -> Vec<Located>) -> Option<Fixed> {
        let before = text_of(entry).filter(|text| !is_filed(text))?;
        let (mut after, mut made) = (before.clone(), 0);
        let mut found = findings(&before);
        for _ in 0..MOST_ROUNDS {
            let (text, number) = self.round(entry, &after, &found);
            let then = findings(&text);
            // No fix may make a file unreadable that was readable.
            let breaks = is_broken(&then) && !is_broken(&found);
            if number == 0 || text == after || breaks {
                break;
            }
            (after, made, found) = (text, made + number, then);
        }
        let (path, shown) = (entry.path.clone(), entry.shown.clone());
        (made > 0).then_some(Fixed { path, shown, before, after, made })
    }

    /// Makes the fixes of findings, and returns the text with their number.
    fn round(&self, entry: &Entry, text: &str, findings: &[Located]) -> (String, usize) {
        let is_made = |found: &&Located| {
            found.place.file == entry.shown
                && found.finding.waived.is_none()
                && (self.with_unsafe || found.is_safely_fixed())
        };
        let edits: Vec<&[Edit]> = findings
            .iter()
            .filter(is_made)
            .map(|found| found.edits.as_slice())
            .filter(|edits| !edits.is_empty())
            .collect();
        let mark = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
        let rest = &text[mark.len()..];
        // Positions are those of the text with line feeds, which has the same lines and columns.
        let line_end = if rest.contains("\r\n") { "\r\n" } else { "\n" };
        let (fixed, made) = fix::apply(rest, edits, line_end);
        (format!("{mark}{fixed}"), made)
    }

    fn of_filing(&self, entry: &Entry, text: &str, shared: &SharedFiles) -> Vec<Located> {
        let mut loaded = load::load_bytes(entry, text.as_bytes().to_vec(), shared);
        apply_rules(&mut loaded, self.editions, self.calendar);
        place(loaded.findings, &loaded.sources)
    }
}

/// Returns the findings in a shared file.
fn of_shared(kind: SharedKind, entry: &Entry, text: &str) -> Vec<Located> {
    let alone = Files::of_shared(kind, entry.clone());
    let (_, faults) = SharedFiles::load_bytes(&alone, |_| text.as_bytes().to_vec());
    let located = |(sources, findings): (Sources, Vec<_>)| place(findings, &sources);
    faults.into_iter().flat_map(located).collect()
}

/// Returns the text of a file, or `None` if it cannot be read as text.
fn text_of(entry: &Entry) -> Option<String> {
    let bytes = load::bytes(entry).ok().filter(|bytes| bytes.len() <= load::MOST_BYTES)?;
    String::from_utf8(bytes).ok()
}

/// Whether a filing is marked as filed. If its YAML is broken, a line that may be the mark counts.
fn is_filed(text: &str) -> bool {
    match parse_tree(text.trim_start_matches(BYTE_ORDER_MARK)) {
        Ok(parsed) => parsed.tree.get("filed").is_some_and(|filed| !filed.is_null()),
        Err(_) => {
            text.lines().any(|line| line.trim_start_matches(['"', '\'']).starts_with("filed"))
        }
    }
}

/// Whether a file cannot be read as YAML.
fn is_broken(findings: &[Located]) -> bool {
    findings.iter().any(|found| *found.finding.rule == rule::SYNTAX)
}
