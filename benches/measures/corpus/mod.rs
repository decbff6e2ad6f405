//! A repository of filings as varied as real ones: every form, letters, tables and lists, shared
//! registrants, narratives of real lengths. The same number gives the same files everywhere, and
//! `latefile check` finds no error in them.

mod prose;
mod random;
mod yaml;

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use random::Random;

/// So many filings use one shared registrant.
const SHARED_BY: usize = 20;

/// Writes `count` filings and their shared registrants into a new `folder`.
///
/// # Errors
/// A file cannot be written, or an old folder cannot be removed.
pub(crate) fn write(folder: &Path, count: usize) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    let put = |name: String, text: String| {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    let registrants = count.div_ceil(SHARED_BY);
    for number in 0..registrants {
        let mut random = Random::new(number as u64 ^ 0x5EED_0000_0000);
        put(
            format!("registrants/r{number}.yaml"),
            yaml::registrant(&mut random, number, "001", ""),
        )?;
    }
    for number in 0..count {
        let mut random = Random::new(number as u64);
        let name = match number % 3 {
            0 => format!("{number:05}.yaml"),
            _ => format!("group-{}/{number:05}.yaml", number % 97),
        };
        put(name, yaml::filing(&mut random, number, registrants))?;
    }
    Ok(())
}
