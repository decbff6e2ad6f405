//! Protects the outputs of a filed notice, which must not change.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::pipeline::manifest::{Manifest, stem_of};

/// Returns a finding if an output of a filed notice would change, with the causes, or `None` if
/// all stay the same. A format that was not made before is not a change; another document is.
pub(super) fn frozen(old: &Manifest, new: &Manifest) -> Option<Finding> {
    let sha =
        |manifest: &Manifest, name: &str| manifest.outputs.get(name).map(|o| o.sha256.clone());
    // By stem: a PDF of a letter that was filed as text is a copy, not another document.
    let stems: BTreeSet<&str> = old.outputs.keys().map(|name| stem_of(name)).collect();
    let added = new.outputs.keys().filter(|name| !stems.contains(stem_of(name)));
    let changed: BTreeSet<&str> = old
        .outputs
        .keys()
        .filter(|name| sha(old, name) != sha(new, name))
        .chain(added.filter(|_| !stems.is_empty()))
        .map(String::as_str)
        .collect();
    if changed.is_empty() {
        return None;
    }
    let causes =
        [differs(&old.sources, &new.sources), differs(&old.made_with, &new.made_with)].concat();
    let through = match causes.as_slice() {
        _ if old.sources.is_empty() => {
            "an unknown cause, because its manifest cannot be read".to_owned()
        }
        // Manifests name versions, so only the same version with other code leads here.
        [] => "this version of the tool".to_owned(),
        causes => causes.join(", "),
    };
    let changed: Vec<&str> = changed.into_iter().collect();
    let message =
        format!("the notice was filed, and {} would change through {through}", changed.join(", "));
    Some(
        rule::FROZEN
            .at("filed", message)
            .hint("undo that change, or rewrite what was filed with --force"),
    )
}

/// Returns the keys whose values are new or differ.
fn differs(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    new.iter()
        .filter(|(key, value)| old.get(*key) != Some(value))
        .map(|(key, _)| key.clone())
        .collect()
}
