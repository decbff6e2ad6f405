//! Reads CCCs from a file that only its owner can read, or from the environment. No message repeats
//! any part of a code.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::diagnostics::secret::{Ccc, VARIABLE};
use crate::form12b25::model::{Cik, Scalar as _};

/// The largest file of CCCs, in bytes; about 50,000 filers.
const MOST_BYTES: u64 = 1024 * 1024;

/// The CCCs of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// None were given.
    None,
    /// One from the environment variable, for the only CIK of the run.
    One(Ccc),
    /// Several, from a file.
    File {
        /// The path of the file, for messages.
        path: PathBuf,
        /// The codes by CIK.
        codes: BTreeMap<Cik, Ccc>,
    },
}

impl Credentials {
    /// Reads the file of `--ccc-file`, or the environment variable if no file is given.
    ///
    /// # Errors
    /// Others can use or replace the file, or the file or the variable cannot be read.
    pub fn new(file: Option<&Path>, variable: Option<OsString>) -> anyhow::Result<Credentials> {
        match (file, variable.filter(|value| !value.is_empty())) {
            (Some(path), _) => {
                let codes = parse(&read(path)?)
                    .with_context(|| format!("cannot use {}", path.display()))?;
                Ok(Credentials::File { path: path.to_owned(), codes })
            }
            (None, Some(value)) => match value.to_str().map(Ccc::parse) {
                Some(Ok(code)) => Ok(Credentials::One(code)),
                Some(Err(why)) => bail!("{VARIABLE} is not a CCC: {why}"),
                None => bail!("{VARIABLE} is not a CCC: it is not UTF-8"),
            },
            (None, None) => Ok(Credentials::None),
        }
    }

    /// Whether no CCCs were given.
    pub fn is_none(&self) -> bool {
        *self == Credentials::None
    }

    /// Returns the CCC of a filer, or `None` if no CCCs were given.
    ///
    /// # Errors
    /// The file lacks the CIK; a message that names it.
    pub(super) fn of(&self, cik: &Cik) -> Result<Option<&Ccc>, String> {
        match self {
            Credentials::None => Ok(None),
            Credentials::One(code) => Ok(Some(code)),
            Credentials::File { path, codes } => match codes.get(cik) {
                Some(code) => Ok(Some(code)),
                None => Err(format!("{} has no CCC for CIK {cik}", path.display())),
            },
        }
    }
}

/// Reads a file that only its owner can use, and that nobody else can replace.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(cannot)?;
    // Metadata of the open file: the path could be another file by now.
    ensure_private(path, &file.metadata().with_context(cannot)?)?;
    // Of a link, the folder of its target: those of Kubernetes are in folders that anybody can
    // write, and their targets are not.
    let target = path.canonicalize().with_context(cannot)?;
    let folder = target.parent().unwrap_or(Path::new("/"));
    ensure_own_folder(path, folder, &folder.metadata().with_context(cannot)?)?;
    let mut bytes = Vec::new();
    file.by_ref().take(MOST_BYTES + 1).read_to_end(&mut bytes).with_context(cannot)?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("{} is larger than any file of CCCs", path.display());
    }
    Ok(bytes)
}

/// Checks that nobody but its owner can use a file, and that this is the user or root.
fn ensure_private(path: &Path, file: &Metadata) -> anyhow::Result<()> {
    if !file.is_file() {
        bail!("{} is not a file", path.display());
    }
    if !is_trusted(file) {
        bail!("{} belongs to another user (uid {})", path.display(), file.uid());
    }
    let mode = file.mode() & 0o7777;
    // Also refuses the owner's execute bit and setuid: a file of codes has no use for them.
    if mode & !0o600 != 0 {
        bail!("{0} has mode {mode:04o}, and others may use it; run: chmod 600 {0}", path.display());
    }
    Ok(())
}

/// Checks that nobody but the user and root can replace a file in its folder.
fn ensure_own_folder(path: &Path, folder: &Path, meta: &Metadata) -> anyhow::Result<()> {
    let (file, shown) = (path.display(), folder.display());
    if !is_trusted(meta) {
        bail!("{file} is in {shown}, which belongs to another user (uid {})", meta.uid());
    }
    // In a sticky folder, such as `/tmp`, others can make files but replace none.
    let (others_write, sticky) = (meta.mode() & 0o022 != 0, meta.mode() & 0o1000 != 0);
    if others_write && !sticky {
        bail!("{file} is in {shown}, where others can replace it; run: chmod go-w {shown}");
    }
    Ok(())
}

/// Whether a file or a folder belongs to this user or to root.
fn is_trusted(meta: &Metadata) -> bool {
    [0, rustix::process::geteuid().as_raw()].contains(&meta.uid())
}

/// Parses lines of a CIK and a CCC. Errors name a line by its number, never by its text.
fn parse(bytes: &[u8]) -> anyhow::Result<BTreeMap<Cik, Ccc>> {
    // Windows editors write a byte order mark.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut codes = BTreeMap::new();
    for (number, line) in (1..).zip(bytes.split(|b| *b == b'\n')) {
        let Ok(line) = std::str::from_utf8(line) else { bail!("line {number} is not UTF-8") };
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let parts: Vec<&str> = line.split_ascii_whitespace().collect();
        let [cik, code] = parts.as_slice() else {
            bail!("line {number} is not a CIK, a space and a CCC")
        };
        let Ok(cik) = Cik::parse(cik) else { bail!("line {number} does not begin with a CIK") };
        let code = match Ccc::parse(code) {
            Ok(code) => code,
            Err(why) => bail!("line {number}: {why}"),
        };
        if codes.insert(cik.clone(), code).is_some() {
            bail!("line {number} gives CIK {cik} a second CCC");
        }
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_ciks_and_codes() {
        let codes =
            parse(b"\xEF\xBB\xBF# ours\r\n352747 abcdef1$\r\n\r\n  0009990001\t12345@67\n#1 x")
                .unwrap();
        let pairs: Vec<(&str, &str)> =
            codes.iter().map(|(cik, code)| (cik.as_str(), code.expose())).collect();
        assert_eq!(pairs, [("0000352747", "abcdef1$"), ("0009990001", "12345@67")]);
        assert!(parse(b"").unwrap().is_empty());
    }

    #[test]
    fn errors_name_a_line_by_its_number_only() {
        for (text, message) in [
            ("1 hunter2", "line 1: a CCC has 8 characters"),
            ("# x\n1 hunter2! extra", "line 2 is not a CIK, a space and a CCC"),
            ("hunter2$", "line 1 is not a CIK, a space and a CCC"),
            ("hunter2$ 352747", "line 1 does not begin with a CIK"),
            ("1 hunter2$\n0001 hunter3$", "line 2 gives CIK 0000000001 a second CCC"),
            ("1 hunter22", "line 1: a CCC has a numeral, and one of `@`, `#`, `$`, `*`"),
        ] {
            let error = format!("{:#}", parse(text.as_bytes()).unwrap_err());
            assert_eq!(error, message);
            assert!(!error.contains("hunter"), "{error}");
        }
        assert_eq!(format!("{:#}", parse(b"1 \xFFhunter2").unwrap_err()), "line 1 is not UTF-8");
    }
}
