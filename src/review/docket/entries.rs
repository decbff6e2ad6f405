//! Gathers the filings of a docket from the manifests of the outputs, and from the sources if there
//! are any, with their findings.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::diagnostics::finding::{Located, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources, sha256, with_line_feeds};
use crate::pipeline::lfs;
use crate::pipeline::listing;
use crate::pipeline::load;
use crate::pipeline::load::files;
use crate::pipeline::manifest::{Manifest, Remark};
use crate::pipeline::write::{self, MANIFEST};
use crate::pipeline::{self, Plan, Shard};
use crate::review::git;

/// All that a docket shows.
#[derive(Debug, Default, Serialize)]
pub struct Docket {
    /// The filings, the latest dates first.
    pub entries: Vec<Entry>,
    /// Findings about files that are not filings: shared files, templates, names.
    pub others: Vec<Said>,
    /// The part of the filings that these are, or `None` if they are all.
    #[serde(skip)]
    pub shard: Option<Shard>,
}

/// A filing.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its manifest; `None` if the file cannot be read as a filing.
    pub facts: Option<Manifest>,
    /// The state of its outputs.
    pub standing: Standing,
    /// Its findings.
    pub findings: Vec<Said>,
}

/// The state of a filing's outputs in relation to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Standing {
    /// They were made from it, or there are no sources to compare with.
    Built,
    /// They were made from another text of it.
    Stale,
    /// There are none.
    Unbuilt,
    /// It is not there any more.
    Orphaned,
}

/// A finding as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The finding.
    pub remark: Remark,
    /// Its hint.
    pub hint: Option<String>,
    /// File below the filings, line and column; `None` if it comes from a manifest.
    pub place: Option<String>,
}

impl Docket {
    /// Gathers the outputs, and the findings of a run over all sources if there was one.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn gather(plan: &Plan, found: Option<&[Located]>) -> anyhow::Result<Docket> {
        let Plan { out, filings, shard, .. } = plan;
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        let folders = listing::folders(out)?;
        let mut others = Vec::new();
        for id in listing::ids(&folders).filter(|id| plan.holds(id)) {
            let Some(facts) = write::manifest(out, id) else {
                others.push(pointer(out, id).unwrap_or_else(|| Said::of_manifest(out, id)));
                continue;
            };
            let remarks = if found.is_some() { &[][..] } else { &facts.findings };
            let findings = remarks.iter().map(|remark| Said {
                remark: remark.clone(),
                hint: None,
                place: None,
            });
            let (findings, standing) = (findings.collect(), Standing::Built);
            let (id, facts) = (id.to_owned(), Some(facts));
            entries.insert(id.clone(), Entry { id, facts, standing, findings });
        }
        if let Some(found) = found {
            with_sources(&mut entries, plan)?;
            for located in found {
                let file = below(filings, &located.place.file);
                let said = Said::of(located, file);
                match file.strip_suffix(".yaml").and_then(|id| entries.get_mut(id)) {
                    Some(entry) => entry.findings.push(said),
                    None => others.push(said),
                }
            }
        }
        let mut entries: Vec<Entry> = entries.into_values().collect();
        entries.sort_by(|a, b| {
            b.when().cmp(a.when()).then_with(|| a.name().cmp(b.name())).then(a.id.cmp(&b.id))
        });
        for said in entries.iter_mut().map(|entry| &mut entry.findings) {
            said.sort_by(|a, b| {
                (a.is_waived(), &a.remark, &a.place).cmp(&(b.is_waived(), &b.remark, &b.place))
            });
        }
        Ok(Docket { entries, others, shard: *shard })
    }
}

/// The finding that a manifest is a pointer of Git LFS, or `None` if it is not.
fn pointer(out: &Path, id: &str) -> Option<Said> {
    lfs::pointer(&write::read_manifest(out, id)?)?;
    let path = files::shown(&out.join(id).join(MANIFEST));
    let found = lfs::stale(MANIFEST).locate(&Sources::single(Source::named(path.clone())));
    Some(Said::of(&found, &path))
}

/// Adds the filings that were never built, and finds outputs whose sources have changed or are
/// gone.
fn with_sources(entries: &mut BTreeMap<String, Entry>, plan: &Plan) -> anyhow::Result<()> {
    let Plan { filings, calendar, .. } = plan;
    let found = load::find(filings, &[])?;
    let all = found.filings.iter().chain(found.all_shared());
    let paths: BTreeMap<&str, &Path> =
        all.map(|entry| (entry.name.as_str(), entry.path.as_path())).collect();
    let hash =
        |name: &String| Some(sha256(&with_line_feeds(fs::read(paths.get(name.as_str())?).ok()?)));
    let known: HashSet<&str> = found.all_ids.iter().map(String::as_str).collect();
    // A source that git did not check out is not gone.
    let absent = if entries.keys().all(|id| known.contains(id.as_str())) {
        BTreeSet::new()
    } else {
        git::not_checked_out(filings).unwrap_or_default()
    };
    for entry in entries.values_mut() {
        let Some(facts) = &entry.facts else { continue };
        let is_known = known.contains(entry.id.as_str());
        entry.standing = if !is_known && pipeline::is_source_among(&absent, &entry.id) {
            Standing::Built
        } else if !is_known {
            Standing::Orphaned
        } else if facts.sources.iter().any(|(name, was)| hash(name).as_ref() != Some(was)) {
            Standing::Stale
        } else {
            Standing::Built
        };
    }
    let own = found.filings.iter().filter(|entry| plan.holds(&entry.id));
    let unbuilt = own.filter(|entry| !entries.contains_key(&entry.id));
    let unbuilt: Vec<PathBuf> = unbuilt.map(|entry| entry.path.clone()).collect();
    if unbuilt.is_empty() {
        return Ok(());
    }
    let (loaded, _) = pipeline::load_all(filings, &unbuilt)?;
    for loaded in loaded {
        let facts = loaded.filing.as_ref().map(|filing| Manifest::of(filing, &[], calendar));
        let (id, standing) = (loaded.id, Standing::Unbuilt);
        entries.insert(id.clone(), Entry { id, facts, standing, findings: Vec::new() });
    }
    Ok(())
}

/// A file that findings name, as a path below the filings; another file as it is.
fn below<'a>(filings: &Path, file: &'a str) -> &'a str {
    let folder = files::shown(filings);
    file.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(file)
}

impl Said {
    fn of(located: &Located, file: &str) -> Said {
        let position = located.place.position;
        Said {
            remark: Remark::from(&located.finding),
            hint: located.finding.hint.clone(),
            place: Some(format!("{file}:{}:{}", position.line, position.column)),
        }
    }

    /// A finding on a manifest that cannot be read.
    fn of_manifest(out: &Path, id: &str) -> Said {
        let finding = rule::STALE.at(
            Spot::File,
            format!("`{id}` is not listed: its manifest {}", write::fault(out, id, MANIFEST)),
        );
        let place = files::shown(&out.join(id).join(MANIFEST));
        Said { remark: Remark::from(&finding), hint: None, place: Some(place) }
    }

    pub(super) fn is_waived(&self) -> bool {
        self.remark.waived.is_some()
    }

    /// An error or a warning that is not waived.
    pub(super) fn counts(&self) -> bool {
        !self.is_waived() && self.remark.severity != Severity::Note
    }
}

impl Entry {
    /// The date that it is filed under.
    pub(super) fn when(&self) -> &str {
        let facts = self.facts.as_ref();
        facts.map_or("", |facts| facts.due.as_deref().unwrap_or(&facts.period_ended))
    }

    /// Its registrant, or its id if it has none.
    pub(super) fn name(&self) -> &str {
        let names = self.facts.as_ref().map(|facts| facts.registrants.as_slice());
        names.and_then(<[String]>::first).unwrap_or(&self.id)
    }

    /// The number of findings of a severity that are not waived.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|said| !said.is_waived() && said.remark.severity == severity)
            .count()
    }
}
