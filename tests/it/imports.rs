//! Which file of `src/` imports which: the paths in the code, followed through re-exports to the
//! file that defines the item. Test modules are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::support;

/// The files of `src/` and their imports.
pub(crate) struct Imports {
    /// The code of each file, without comments and tests, by its path below `src/`.
    pub(crate) code: BTreeMap<String, String>,
    /// For each file, the files whose items it names.
    pub(crate) arrows: BTreeMap<String, BTreeSet<String>>,
}

/// A `use` line: its `pub`, if any, and its tree of paths.
static USES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^\s*(pub(?:\([^)]*\))?\s+)?use\s+([\w:{][^;"]*);"#).unwrap()
});

/// A path of two segments or more.
static PATHS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z_]\w*(?:::\w+)+").unwrap());

/// A path in the code, from the root of the crate.
type ItemPath = Vec<String>;

/// Where `pub use` lines lead: the module, the name in it, the path that is meant.
type Reexports = BTreeMap<(ItemPath, String), ItemPath>;

impl Imports {
    /// Reads the imports of the crate.
    pub(crate) fn read() -> Imports {
        let code = sources();
        let modules: BTreeMap<ItemPath, String> =
            code.keys().map(|file| (module(file), file.clone())).collect();
        let mut reexports = Reexports::new();
        let mut named: BTreeMap<String, Vec<ItemPath>> = BTreeMap::new();
        for (file, text) in &code {
            named.insert(file.clone(), paths(&module(file), text, &modules, &mut reexports));
        }
        let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (file, paths) in &named {
            let targets = paths.iter().filter_map(|path| defining(path, &modules, &reexports, 0));
            let others: BTreeSet<String> = targets.filter(|target| target != file).collect();
            arrows.insert(file.clone(), others);
        }
        Imports { code, arrows }
    }

    /// Groups of files that import each other in a circle.
    pub(crate) fn circles(&self) -> Vec<Vec<String>> {
        let reach: BTreeMap<&String, BTreeSet<String>> =
            self.arrows.keys().map(|file| (file, self.reached(file))).collect();
        let mut circles: Vec<Vec<String>> = Vec::new();
        for (file, reached) in &reach {
            if reached.contains(*file) && !circles.iter().any(|circle| circle.contains(file)) {
                let back =
                    |other: &&String| reached.contains(*other) && reach[other].contains(*file);
                circles.push(reach.keys().copied().filter(back).cloned().collect());
            }
        }
        circles
    }

    /// The files that a file imports, directly or through others.
    fn reached(&self, file: &String) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&String> = self.arrows[file].iter().collect();
        while let Some(next) = open.pop() {
            if reached.insert(next.clone()) {
                open.extend(&self.arrows[next]);
            }
        }
        reached
    }

    /// The imports between layers, with the number of imports of files for each.
    pub(crate) fn between_layers(&self) -> BTreeMap<(String, String), usize> {
        let mut counts = BTreeMap::new();
        for (file, targets) in &self.arrows {
            for target in targets.iter().filter(|target| layer(target) != layer(file)) {
                *counts.entry((layer(file), layer(target))).or_default() += 1;
            }
        }
        counts
    }
}

/// The layer of a file: the folder directly in `src/`, or the file itself.
pub(crate) fn layer(file: &str) -> String {
    file.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// The code of all files of `src/`.
fn sources() -> BTreeMap<String, String> {
    let comment = Regex::new(r"//[^\n]*").unwrap();
    let ours =
        |name: &str| name.ends_with(".rs") && !name.ends_with("tests.rs") && name != "lib.rs";
    let files = support::files(&support::root().join("src"));
    let without_tests = |text: &str| {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        comment.replace_all(code, "").into_owned()
    };
    files
        .into_iter()
        .filter(|(name, _)| ours(name))
        .map(|(name, bytes)| (name, without_tests(&support::text(&bytes))))
        .collect()
}

/// The module that a file is.
fn module(file: &str) -> ItemPath {
    let mut parts: ItemPath = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// All paths that a file names in this crate; its `pub use` lines go into `reexports`.
fn paths(
    own: &ItemPath,
    code: &str,
    modules: &BTreeMap<ItemPath, String>,
    reexports: &mut Reexports,
) -> Vec<ItemPath> {
    let mut found = Vec::new();
    for line in USES.captures_iter(code) {
        for tree in leaves(&line[2]) {
            let Some(path) = absolute(own, &tree, modules) else { continue };
            if line.get(1).is_some() {
                reexports.insert((own.clone(), path.last().unwrap().clone()), path.clone());
            }
            found.push(path);
        }
    }
    let body = USES.replace_all(code, "");
    for path in PATHS.find_iter(&body) {
        let inside = body[..path.start()].ends_with("::");
        if !inside && let Some(path) = absolute(own, path.as_str(), modules) {
            found.push(path);
        }
    }
    found
}

/// The single paths of a tree of imports: `a::{b, c::{d}}` is `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((prefix, rest)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap().split_whitespace().collect()];
    };
    let inner = rest.rsplit_once('}').unwrap().0;
    let mut depth = 0;
    let split = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    let parts = inner.split(split).filter(|part| !part.trim().is_empty());
    parts.flat_map(leaves).map(|leaf| format!("{}{leaf}", prefix.trim())).collect()
}

/// A path from the root of the crate, or `None` if it leads out of the crate.
fn absolute(own: &ItemPath, path: &str, modules: &BTreeMap<ItemPath, String>) -> Option<ItemPath> {
    let mut segments: Vec<&str> = path.split("::").filter(|s| *s != "*").collect();
    let mut base = own.clone();
    match segments[0] {
        "crate" | "latefile" => base.clear(),
        "super" | "self" => {}
        child => {
            base.push(child.to_owned());
            if !modules.contains_key(&base) {
                return None;
            }
            base.pop();
        }
    }
    if matches!(segments[0], "crate" | "latefile") {
        segments.remove(0);
    }
    while segments.first().is_some_and(|s| matches!(*s, "super" | "self")) {
        if segments.remove(0) == "super" {
            base.pop();
        }
    }
    base.extend(segments.iter().filter(|s| **s != "self").map(|s| (*s).to_owned()));
    (!base.is_empty()).then_some(base)
}

/// The file that defines the item of a path.
fn defining(
    path: &[String],
    modules: &BTreeMap<ItemPath, String>,
    reexports: &Reexports,
    depth: usize,
) -> Option<String> {
    for length in (1..=path.len()).rev() {
        let Some(file) = modules.get(&path[..length]) else { continue };
        if let Some(name) = path.get(length)
            && let Some(meant) = reexports.get(&(path[..length].to_vec(), name.clone()))
            && depth < 8
        {
            let meant: ItemPath = meant.iter().chain(&path[length + 1..]).cloned().collect();
            return defining(&meant, modules, reexports, depth + 1);
        }
        return Some(file.clone());
    }
    None
}
