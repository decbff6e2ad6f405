//! States the changes besides a filing's own data: its kind, the shared files that it uses
//! and its findings; and the changes that belong to no one filing.

use std::collections::{BTreeMap, BTreeSet};

use super::change::ChangeKind;
use super::facts::Fact;
use super::outputs::Difference;
use super::pairing::{Layouts, Pairing};
use super::revision::Revision;
use crate::diagnostics::finding::Finding;
use crate::form12b25::model::Filing;
use crate::form12b25::wording;
use crate::pipeline::load::Loaded;
use crate::pipeline::load::files::SharedKind;

/// Whether two versions of a filing use the same shared files, with the same content.
pub(super) fn same_shared_files(old: &Loaded, new: &Loaded) -> bool {
    let shared = |loaded: &Loaded| -> Vec<(String, String)> {
        loaded
            .sources
            .shared
            .iter()
            .map(|(_, source)| (source.name.clone(), source.sha256()))
            .collect()
    };
    shared(old) == shared(new) && old.filing == new.filing && old.findings == new.findings
}

/// The change of the filing as a whole.
pub(super) fn fate(pairing: &Pairing<'_>, new: Option<&Filing>) -> Vec<Fact> {
    let id = |side: Option<(&Revision, &crate::pipeline::load::files::Entry)>| {
        side.map(|(_, entry)| entry.id.clone())
    };
    let (old, new_id) = (id(pairing.old).unwrap_or_default(), id(pairing.new).unwrap_or_default());
    let sentence = match pairing.kind {
        ChangeKind::Changed => return Vec::new(),
        ChangeKind::Renamed => format!("the filing `{old}` is now `{new_id}`"),
        ChangeKind::Removed => "the filing is removed".to_owned(),
        ChangeKind::Added if pairing.old.is_some() => {
            format!("the filing is added; it amends `{old}`, against which it is shown")
        }
        ChangeKind::Added if new.is_some_and(|new| new.amendment.is_some()) => {
            "the filing is added; the notice that it amends is not here".to_owned()
        }
        ChangeKind::Added => "the filing is added".to_owned(),
    };
    vec![Fact::plain("", sentence)]
}

/// The edition of the form, where another is taken and no key says so: by the signature's date.
pub(super) fn edition(old: &Filing, new: &Filing, layouts: &Layouts) -> Option<Fact> {
    let (before, after) = (layouts.old.as_ref().ok()?, layouts.new.as_ref().ok()?);
    let (before, after) = (
        wording::edition(&before.editions, old).ok()?.0,
        wording::edition(&after.editions, new).ok()?.0,
    );
    let (before, after) = (&before.name, &after.name);
    (before != after).then(|| {
        Fact::plain(
            "edition",
            format!("printed on edition {after} of the form instead of {before}"),
        )
    })
}

/// The outputs that changed though the sources give the same documents.
pub(super) fn outputs(difference: &Difference) -> Option<Fact> {
    let list = |names: &BTreeSet<String>, verb: &str| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| format!("{verb}: {}", names.join(", ")))
    };
    let all = [list(&difference.changed, "changed"), list(&difference.removed, "removed")];
    let all: Vec<String> = all.into_iter().flatten().collect();
    (!all.is_empty()).then(|| Fact::plain("", format!("outputs {}", all.join("; "))))
}

/// The changes of the shared files that a filing uses.
pub(super) fn sources(old: Option<&Loaded>, new: Option<&Loaded>) -> Vec<Fact> {
    let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
    let shared = |loaded: &Loaded| -> BTreeMap<String, String> {
        loaded
            .sources
            .shared
            .iter()
            .map(|(path, source)| (path.to_string(), source.name.clone()))
            .collect()
    };
    let (before, after) = (shared(old), shared(new));
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let sentence = |path: &String| match (before.get(path), after.get(path)) {
        (Some(old), Some(new)) if old != new => {
            Some(format!("`{path}` is taken from `{new}` instead of `{old}`"))
        }
        (Some(old), None) if new.filing.is_some() => {
            Some(format!("`{path}` is no longer taken from `{old}`"))
        }
        (None, Some(new)) if old.filing.is_some() => {
            Some(format!("`{path}` is now taken from `{new}`"))
        }
        _ => None,
    };
    paths.into_iter().filter_map(|path| Some(Fact::plain(path, sentence(path)?))).collect()
}

/// The fact that a version cannot be read as a filing.
pub(super) fn unreadable(old: Option<&Loaded>, new: Option<&Loaded>) -> Vec<Fact> {
    let sides = [("old", old), ("new", new)].into_iter();
    let broken = sides.filter(|(_, side)| side.is_some_and(|loaded| loaded.filing.is_none()));
    broken
        .map(|(side, _)| Fact::plain("", format!("the {side} version cannot be read as a filing")))
        .collect()
}

/// The code and message that identify a finding.
// Its line does not: an edit above a finding moves it.
type Key = (&'static str, String);

/// Findings that are new, gone, newly waived or no longer waived.
pub(super) fn findings(kind: ChangeKind, old: Option<&Loaded>, new: Option<&Loaded>) -> Vec<Fact> {
    let of = |loaded: Option<&Loaded>| -> BTreeMap<Key, Vec<Finding>> {
        let mut all: BTreeMap<Key, Vec<Finding>> = BTreeMap::new();
        for finding in loaded.into_iter().flat_map(|loaded| &loaded.findings) {
            all.entry((finding.rule.code, finding.message.clone()))
                .or_default()
                .push(finding.clone());
        }
        all
    };
    // The findings of the notice that an amendment amends are not the amendment's.
    let before = if kind == ChangeKind::Added { BTreeMap::new() } else { of(old) };
    let after = if kind == ChangeKind::Removed { return Vec::new() } else { of(new) };
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    keys.into_iter().flat_map(|key| changes(before.get(key), after.get(key))).collect()
}

/// The changes of the findings with one code and message.
fn changes(old: Option<&Vec<Finding>>, new: Option<&Vec<Finding>>) -> Vec<Fact> {
    let list = |findings: Option<&Vec<Finding>>| findings.cloned().unwrap_or_default();
    let (mut old, mut new) = (list(old), list(new));
    // Those that stayed as they were cancel out.
    old.retain(|finding| match new.iter().position(|other| other.waived == finding.waived) {
        Some(at) => {
            new.remove(at);
            false
        }
        None => true,
    });
    let said = |(old, new): (Option<&Finding>, Option<&Finding>)| match (old, new) {
        (None, Some(new)) => match &new.waived {
            Some(because) => {
                format!("new {}, waived because “{because}”: {}", new.severity, described(new))
            }
            None => format!("new {}: {}", new.severity, described(new)),
        },
        (Some(old), None) => format!("{} resolved: {}", old.severity, described(old)),
        (Some(_), Some(new)) => match &new.waived {
            Some(because) => {
                format!("{} waived because “{because}”: {}", new.severity, described(new))
            }
            None => format!("{} no longer waived: {}", new.severity, described(new)),
        },
        (None, None) => String::new(),
    };
    let most = old.len().max(new.len());
    (0..most).map(|at| Fact::plain("", said((old.get(at), new.get(at))))).collect()
}

/// The message of a finding, and its rule.
fn described(finding: &Finding) -> String {
    format!("{} (rule `{}`)", finding.message, finding.rule.code)
}

/// Shared files that changed, by their names.
pub(super) fn shared_files(old: &Revision, new: &Revision) -> Vec<Fact> {
    SharedKind::ALL.into_iter().flat_map(|kind| shared_of(kind, old, new)).collect()
}

/// Shared files of a kind that changed, by their names.
fn shared_of(kind: SharedKind, old: &Revision, new: &Revision) -> Vec<Fact> {
    let of = |side: &Revision| -> BTreeMap<String, Vec<u8>> {
        side.files
            .shared(kind)
            .iter()
            .map(|entry| (entry.name.clone(), side.bytes(entry).to_vec()))
            .collect()
    };
    let (mut before, mut after) = (of(old), of(new));
    let mut facts = Vec::new();
    let noun = kind.noun();
    let mut say = |name: &str, sentence: String| facts.push(Fact::plain(name, sentence));
    let gone: Vec<String> =
        before.keys().filter(|name| !after.contains_key(*name)).cloned().collect();
    for name in gone {
        let same = |(other, bytes): &(&String, &Vec<u8>)| {
            !before.contains_key(*other) && before[&name] == **bytes
        };
        let renamed = after.iter().find(same).map(|(other, _)| other.clone());
        match renamed {
            Some(other) => {
                say(&name, format!("the shared {noun} `{name}` is now `{other}`"));
                after.remove(&other);
            }
            None => say(&name, format!("the shared {noun} `{name}` is removed")),
        }
        before.remove(&name);
    }
    for (name, bytes) in &after {
        match before.get(name) {
            None => say(name, format!("the shared {noun} `{name}` is added")),
            Some(old) if old != bytes => say(name, format!("the shared {noun} `{name}` changes")),
            Some(_) => {}
        }
    }
    facts
}

/// Changes that belong to no one filing.
pub(super) fn others(old: &Revision, new: &Revision, layouts: &Layouts) -> Vec<Fact> {
    let mut facts = templates(old, new);
    for (side, templates) in [(old, &layouts.old), (new, &layouts.new)] {
        if let Err(fault) = templates {
            facts.push(Fact::plain(
                "templates",
                format!("the templates of {} are broken: {fault}", side.label),
            ));
        }
    }
    facts.extend(shared_files(old, new));
    facts.extend(submodules(old, new));
    let said = |side: &Revision| -> BTreeSet<(String, String)> {
        let about = |found: &crate::diagnostics::finding::Located| {
            let text = format!("{}: {}", found.place.file, described(&found.finding));
            (found.finding.severity.to_string(), text)
        };
        side.faults.iter().map(about).collect()
    };
    let (before, after) = (said(old), said(new));
    let gone =
        before.difference(&after).map(|(severity, about)| format!("{severity} resolved: {about}"));
    let came =
        after.difference(&before).map(|(severity, about)| format!("new {severity}: {about}"));
    facts.extend(gone.chain(came).map(|sentence| Fact::plain("", sentence)));
    facts
}

/// Submodules that changed, or that only one side knows of.
fn submodules(old: &Revision, new: &Revision) -> Vec<Fact> {
    let names: BTreeSet<&String> = old.submodules.keys().chain(new.submodules.keys()).collect();
    let differ =
        names.into_iter().filter(|name| old.submodules.get(*name) != new.submodules.get(*name));
    differ
        .map(|name| {
            let sentence =
                format!("`{name}` is a submodule: a revision does not contain its filings");
            Fact::plain(name, sentence)
        })
        .collect()
}

/// Templates that changed.
fn templates(old: &Revision, new: &Revision) -> Vec<Fact> {
    let of = |side: &Revision| -> BTreeMap<String, Option<Vec<u8>>> {
        side.own.iter().flatten().map(|own| (own.name.clone(), own.bytes.clone())).collect()
    };
    let (before, after) = (of(old), of(new));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let sentence = |name: &String| match (before.get(name), after.get(name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(_), Some(_)) => Some(format!("the template `{name}` changes{}", about(name))),
        (Some(_), None) => Some(format!("the template `{name}` is removed{}", about(name))),
        (None, _) => Some(format!("the template `{name}` is added{}", about(name))),
    };
    names.into_iter().filter_map(|name| Some(Fact::plain(name, sentence(name)?))).collect()
}

/// The effect that a template's change may have though no filing shows it.
fn about(name: &str) -> &'static str {
    if name == "layout.typ" { ", and with it the layout of every PDF" } else { "" }
}
