//! Where CCCs come from: a file that its owner alone can read, or the environment. No message says
//! anything of a code but where it should be.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::diagnostics::secret::{Ccc, VARIABLE};
use crate::form12b25::model::{Cik, Scalar as _};

/// More than any file of CCCs, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;

/// The CCCs of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// None were given.
    None,
    /// One from the environment, for the one CIK of the run.
    One(Ccc),
    /// Those of a file, by CIK.
    File {
        /// The file, for messages.
        path: PathBuf,
        /// Its lines.
        codes: BTreeMap<Cik, Ccc>,
    },
}

impl Credentials {
    /// Reads the file of `--ccc-file`; without one, the environment's variable.
    ///
    /// # Errors
    /// The file is not for its owner's eyes alone, or it or the variable cannot be read.
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

    /// Whether there are none.
    pub fn is_none(&self) -> bool {
        *self == Credentials::None
    }

    /// The CCC of a filer: none if none were given at all.
    ///
    /// # Errors
    /// The file has others, and not this one; with a message that names the CIK.
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

/// The bytes of a file that nobody but its owner can read.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    // Of the open file: the path could lead elsewhere by now.
    let meta = file.metadata().with_context(|| format!("cannot read {}", path.display()))?;
    if !meta.is_file() {
        bail!("{} is not a file", path.display());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = meta.permissions().mode() & 0o7777;
        if mode & !0o600 != 0 {
            bail!(
                "{0} has mode {mode:04o}, and others may use it; run: chmod 600 {0}",
                path.display()
            );
        }
    }
    let mut bytes = Vec::new();
    file.by_ref()
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("{} is larger than any file of CCCs", path.display());
    }
    Ok(bytes)
}

/// The lines `CIK CCC` of a file. A wrong one is named by its number.
fn parse(bytes: &[u8]) -> anyhow::Result<BTreeMap<Cik, Ccc>> {
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
        let told: Vec<(&str, &str)> =
            codes.iter().map(|(cik, code)| (cik.as_str(), code.expose())).collect();
        assert_eq!(told, [("0000352747", "abcdef1$"), ("0009990001", "12345@67")]);
        assert!(parse(b"").unwrap().is_empty());
    }

    #[test]
    fn a_wrong_line_is_named_by_its_number_alone() {
        for (text, told) in [
            ("1 hunter2", "line 1: a CCC has 8 characters"),
            ("# x\n1 hunter2! extra", "line 2 is not a CIK, a space and a CCC"),
            ("hunter2$", "line 1 is not a CIK, a space and a CCC"),
            ("hunter2$ 352747", "line 1 does not begin with a CIK"),
            ("1 hunter2$\n0001 hunter3$", "line 2 gives CIK 0000000001 a second CCC"),
            ("1 hunter22", "line 1: a CCC has a numeral, and one of `@`, `#`, `$`, `*`"),
        ] {
            let error = format!("{:#}", parse(text.as_bytes()).unwrap_err());
            assert_eq!(error, told);
            assert!(!error.contains("hunter"), "{error}");
        }
        assert_eq!(format!("{:#}", parse(b"1 \xFFhunter2").unwrap_err()), "line 1 is not UTF-8");
    }
}
