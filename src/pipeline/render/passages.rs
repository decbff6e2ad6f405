//! Compares the passages that the editions of the form have with those that the templates print.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, asked};
use crate::diagnostics::finding::{Finding, Located, Spot, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Place, Position, Source, Sources, YamlPath};
use crate::form12b25::wording::{Edition, OWN_KEYS, Passage, Passages};
use crate::pipeline::place::{LISTED, not_listed, place};

/// A template or a wording file.
#[derive(Debug, Clone)]
pub(super) struct TemplateFile<'a> {
    /// Its path as findings print it.
    pub shown: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Whether it is the user's own, and not built in.
    pub is_own: bool,
}

/// An edition and its wording file.
pub(super) type Worded<'a> = (&'a Edition, TemplateFile<'a>);

/// Finds passages that a template prints and an edition does not have, passages that no template
/// prints, and passages that are of another kind in another edition.
pub(super) fn check<'a>(
    layouts: &[TemplateFile<'_>],
    built_in: impl Iterator<Item = &'a str>,
    editions: &[Worded<'_>],
) -> Vec<Located> {
    let layouts: Vec<_> = layouts.iter().map(|layout| (layout, asked(layout.text))).collect();
    // A passage that a built-in template prints counts as printed: a user's template may omit it.
    let of_layouts = layouts.iter().flat_map(|(_, asked)| asked.clone());
    let paths = of_layouts.chain(built_in.flat_map(asked)).map(|asked| asked.path);
    let known: BTreeSet<String> = paths.chain(OWN_KEYS.map(str::to_owned)).collect();

    let mut all = Vec::new();
    let mut lacking: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); editions.len()];
    for (layout, asked) in &layouts {
        let gaps = gaps(asked, editions);
        if gaps.len() > LISTED {
            let place = Place { file: layout.shown.to_owned(), position: Position::START };
            let spot = Spot::Elsewhere(place, String::new());
            let finding = not_listed(gaps.len() - LISTED, spot);
            all.push(finding.locate(&Sources::single(Source::named(layout.shown))));
        }
        for gap in gaps.into_iter().take(LISTED) {
            let in_template =
                |edition: &usize| !editions[*edition].1.is_own || (layout.is_own && gap.nowhere);
            let (in_template, in_edition): (Vec<usize>, Vec<usize>) =
                gap.editions.iter().partition(|edition| in_template(edition));
            for edition in in_edition {
                lacking[edition].insert(gap.path);
            }
            if !in_template.is_empty() {
                all.push(in_layout(layout, &gap, &in_template, editions));
            }
        }
    }
    for ((edition, file), lacking) in editions.iter().zip(lacking) {
        let mut findings = unprinted(edition, &known, lacking);
        if file.is_own {
            findings.extend(other_kinds(edition, editions));
        }
        let source = Source { text: file.text.to_owned(), ..Source::named(file.shown) };
        all.extend(place(findings, &Sources::single(source)));
    }
    all
}

/// A passage that a layout prints and some editions lack.
struct Gap<'a> {
    /// The shortest path that is missing.
    path: &'a str,
    /// The offset of its name in the layout, in bytes.
    offset: usize,
    /// The indices of the editions without it.
    editions: BTreeSet<usize>,
    /// Whether no edition has it.
    nowhere: bool,
}

/// Returns the passages that a layout prints and some editions do not have. A passage that it tests
/// for may be missing in some editions, but not in all.
fn gaps<'a>(asked: &'a [Asked], editions: &[Worded<'_>]) -> Vec<Gap<'a>> {
    let printed: Vec<Passages> = editions.iter().map(|(e, _)| e.printed(false)).collect();
    let tested: BTreeSet<&str> =
        asked.iter().filter(|asked| asked.tested).map(|asked| asked.path.as_str()).collect();
    let mut gaps: BTreeMap<&str, Gap<'_>> = BTreeMap::new();
    for Asked { path, offset, .. } in asked {
        for (edition, passages) in printed.iter().enumerate() {
            let Some(path) = first_missing(passages, path) else { continue };
            let nowhere = printed.iter().all(|passages| first_missing(passages, path).is_some());
            if nowhere || !tested.contains(path) {
                let new = || Gap { path, offset: *offset, editions: BTreeSet::new(), nowhere };
                gaps.entry(path).or_insert_with(new).editions.insert(edition);
            }
        }
    }
    gaps.into_values().collect()
}

/// Returns the shortest part of a path that names nothing, or `None` if the path names a passage.
fn first_missing<'a>(passages: &Passages, path: &'a str) -> Option<&'a str> {
    let mut within = Some(passages);
    let mut start = 0;
    for end in path.match_indices('.').map(|(dot, _)| dot).chain([path.len()]) {
        match within.and_then(|names| names.get(&path[start..end])) {
            Some(Passage::Group(names)) => within = Some(names),
            Some(Passage::Text(_)) => within = None,
            // The rest of the path is an index.
            Some(Passage::List(_)) => return None,
            None => return (!path.is_empty()).then_some(&path[..end]),
        }
        start = end + 1;
    }
    None
}

/// Returns the finding about a passage that the editions `without` do not have, in the layout.
fn in_layout(
    layout: &TemplateFile<'_>,
    gap: &Gap<'_>,
    without: &[usize],
    editions: &[Worded<'_>],
) -> Located {
    let path = gap.path;
    let spot = Spot::At(Position::of_offset(layout.text, gap.offset));
    let finding = if gap.nowhere {
        let all: BTreeMap<String, &str> =
            editions.iter().flat_map(|(edition, _)| kinds(&edition.printed(true))).collect();
        let finding = rule::TEMPLATE.at(spot, format!("no edition has the passage `{path}`"));
        match did_you_mean(path, all.keys().map(String::as_str)) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint("add it to the wording file of an edition"),
        }
    } else {
        let names: Vec<&str> = without.iter().map(|at| editions[*at].0.name.as_str()).collect();
        let message = format!("the wording of {} has no passage `{path}`", names.join(", "));
        let hint = format!("print it only `{{% if wording.{path} %}}`");
        rule::TEMPLATE.at(spot, message).hint(hint)
    };
    let source = Source { text: layout.text.to_owned(), ..Source::named(layout.shown) };
    finding.locate(&Sources::single(source))
}

/// Returns the findings in an edition's file: passages that no template prints, and passages that
/// are `lacking`.
fn unprinted(
    edition: &Edition,
    known: &BTreeSet<String>,
    mut lacking: BTreeSet<&str>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for path in unknown(&edition.printed(true), "", known) {
        let spot = Spot::Key(YamlPath::parse(&path));
        let finding = rule::WORDING.at(spot, format!("no template prints the passage `{path}`"));
        let near = did_you_mean(&path, lacking.iter().copied().chain(OWN_KEYS));
        findings.push(match near {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => finding.hint("print it in a layout, or leave it out"),
        });
        // A misspelt name is unknown, and the right one is lacking: one finding reports both.
        lacking.retain(|path| Some(*path) != near);
    }
    findings.extend(lacking.into_iter().map(|path| {
        rule::WORDING
            .at(path, format!("there is no passage `{path}`, which a template prints"))
            .hint(format!("add it, or print it only `{{% if wording.{path} %}}`"))
    }));
    findings
}

/// Returns the paths of passages that no template prints, a whole group as one path.
fn unknown(passages: &Passages, within: &str, known: &BTreeSet<String>) -> Vec<String> {
    let mut all = Vec::new();
    for (name, passage) in passages {
        let path = format!("{within}{name}");
        let below = format!("{path}.");
        let is_known = |known: &String| {
            known.is_empty() || path == *known || path.starts_with(&format!("{known}."))
        };
        match passage {
            _ if known.iter().any(is_known) => {}
            Passage::Group(names) if known.iter().any(|known| known.starts_with(&below)) => {
                all.extend(unknown(names, &below, known));
            }
            _ => all.push(path),
        }
    }
    all
}

/// Returns the findings about passages of a user's edition that are of another kind in an edition
/// that is built in, or older.
fn other_kinds(edition: &Edition, editions: &[Worded<'_>]) -> Vec<Finding> {
    let own = kinds(&edition.printed(true));
    let mut findings = BTreeMap::new();
    for (other, file) in editions {
        if other.name == edition.name || file.is_own && other.wording.from > edition.wording.from {
            continue;
        }
        for (path, kind) in kinds(&other.printed(true)) {
            let Some(own) = own.get(&path).filter(|own| **own != kind) else { continue };
            let message = format!("`{path}` is {own}; in edition {} it is {kind}", other.name);
            let finding = rule::WORDING.at(path.as_str(), message);
            findings.entry(path).or_insert(finding);
        }
    }
    findings.into_values().collect()
}

/// Returns the kind of each passage, by its path.
fn kinds(passages: &Passages) -> BTreeMap<String, &'static str> {
    let mut all = BTreeMap::new();
    for (name, passage) in passages {
        let kind = match passage {
            Passage::Text(_) => "a text",
            Passage::List(_) => "a list",
            Passage::Group(names) => {
                let below = kinds(names).into_iter();
                all.extend(below.map(|(path, kind)| (format!("{name}.{path}"), kind)));
                "a group of passages"
            }
        };
        all.insert(name.clone(), kind);
    }
    all
}
