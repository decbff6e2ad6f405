//! Runs git, as the only module that does: whether git ignores a file, which matters for a package
//! with a secret in it, and the files of a revision, which a redline compares. A repository's
//! content is untrusted: it is read as stored, without filters, converters, hooks and pagers.

use std::env;
use std::ffi::OsStr;
use std::io::{Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, anyhow, bail};

/// Makes sure that files about to be written below a folder cannot be committed: no work tree holds
/// them, or it ignores each of them. The paths are relative to the folder.
///
/// # Errors
/// A file could be committed, or git cannot answer.
pub fn keeps_out(folder: &Path, files: &[PathBuf]) -> anyhow::Result<()> {
    let (home, rest) = home(folder)?;
    if let Some(file) = files.iter().find(|file| nested(&home.join(&rest), file)) {
        bail!("a git repository of its own stands on the way to {}", folder.join(file).display());
    }
    if files.is_empty() || !home.ancestors().any(|above| above.join(".git").exists()) {
        return Ok(());
    }
    let paths: Vec<PathBuf> = files.iter().map(|file| home.join(&rest).join(file)).collect();
    let ignored = ignored(&home, &paths)?;
    match paths
        .iter()
        .zip(files)
        .find(|(path, _)| !ignored.split(|b| *b == 0).any(|own| own == bytes(path.as_os_str())))
    {
        Some((_, file)) => bail!(
            "git does not ignore {}, where it could be committed",
            folder.join(file).display()
        ),
        None => Ok(()),
    }
}

/// The nearest existing folder, without links, and the rest of the path below it.
fn home(folder: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let whole =
        std::path::absolute(folder).with_context(|| format!("cannot find {}", folder.display()))?;
    let there = whole.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("/"));
    let rest = whole.strip_prefix(there).unwrap_or(Path::new("")).to_owned();
    if rest.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!("`{}` goes through a folder that is not there", folder.display());
    }
    Ok((there.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?, rest))
}

/// Whether another repository begins between a folder and a file below it.
fn nested(folder: &Path, file: &Path) -> bool {
    file.ancestors()
        .skip(1)
        .filter(|part| !part.as_os_str().is_empty())
        .any(|part| folder.join(part).join(".git").exists())
}

/// The paths that git ignores, each with a NUL after it. A file that is committed already is not
/// ignored.
fn ignored(home: &Path, paths: &[PathBuf]) -> anyhow::Result<Vec<u8>> {
    // From a file: with pipes both ways, both processes could wait for each other.
    let mut list = tempfile::tempfile().context("cannot make a temporary file")?;
    for path in paths {
        list.write_all(bytes(path.as_os_str()))
            .and_then(|()| list.write_all(b"\0"))
            .context("cannot write a temporary file")?;
    }
    list.rewind().context("cannot read a temporary file")?;
    let output = git(home)
        .args(["check-ignore", "-z", "--stdin"])
        .stdin(Stdio::from(list))
        .output()
        .context("there is a git repository, and no git to ask whether it ignores the packages")?;
    match output.status.code() {
        // 1 says that none is ignored; git reports errors as 128.
        Some(0 | 1) => Ok(output.stdout),
        _ => {
            bail!("git cannot tell whether it ignores the packages: {}", said(&output))
        }
    }
}

fn bytes(text: &OsStr) -> &[u8] {
    text.as_encoded_bytes()
}

/// A git command in a folder, which never prompts and runs no program that the repository names.
fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    // GIT_DIR and the like would ask another repository.
    for (key, _) in env::vars_os().filter(|(key, _)| key.as_encoded_bytes().starts_with(b"GIT_")) {
        git.env_remove(key);
    }
    git.env_remove(crate::diagnostics::secret::VARIABLE).env("LC_ALL", "C");
    // A partial clone would fetch what it lacks, and the user would be asked for a password.
    git.env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1");
    git.arg("-C").arg(folder).args(["--no-pager", "--no-replace-objects"]);
    // A repository's configuration may name programs; these options override it.
    git.args([
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "protocol.allow=never",
    ]);
    git.stdin(Stdio::null());
    git
}

/// The first line of git's error output.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr)
        .lines()
        .next()
        .unwrap_or("it does not say why")
        .to_owned()
}

/// A file as a revision holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its path below the listed folder, with `/`.
    pub name: String,
    /// Whether it is a symbolic link; its bytes are left out then.
    pub link: bool,
    /// Its content; for a file larger than the limit, more meaningless bytes than the limit.
    pub bytes: Vec<u8>,
}

/// The work tree around a folder.
#[derive(Debug)]
pub struct Repository {
    top: PathBuf,
}

impl Repository {
    /// The repository that a folder is in.
    ///
    /// # Errors
    /// The folder is not in a repository, or git is not installed.
    pub fn around(folder: &Path) -> anyhow::Result<Repository> {
        let output = git(folder)
            .args(["rev-parse", "--show-toplevel"])
            .output()
            .context("cannot start git")?;
        let top = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
        if !output.status.success() || top.is_empty() {
            bail!("there is no work tree of git here: {}", said(&output));
        }
        Ok(Repository { top: PathBuf::from(top) })
    }

    /// The path of a folder below the top, with `/`; the folder need not be there.
    ///
    /// # Errors
    /// The folder is outside the repository.
    pub fn inside(&self, folder: &Path) -> anyhow::Result<String> {
        let whole = std::path::absolute(folder)
            .with_context(|| format!("cannot find {}", folder.display()))?;
        // By hand, since `canonicalize` fails for a folder that does not exist.
        let mut plain = PathBuf::new();
        for part in whole.components() {
            if part == Component::ParentDir {
                plain.pop();
            } else {
                plain.push(part);
            }
        }
        let there = plain.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("/"));
        let rest = plain.strip_prefix(there).unwrap_or(Path::new(""));
        let whole = there
            .canonicalize()
            .with_context(|| format!("cannot find {}", folder.display()))?
            .join(rest);
        let below = whole.strip_prefix(&self.top);
        let below =
            below.map_err(|_| anyhow!("{} is not in {}", folder.display(), self.top.display()))?;
        below
            .to_str()
            .map(str::to_owned)
            .with_context(|| format!("{} is not UTF-8", folder.display()))
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// There is no such revision.
    pub fn commit(&self, revision: &str) -> anyhow::Result<String> {
        // git would read a leading `-` as an option.
        if revision.is_empty()
            || revision.starts_with('-')
            || revision.chars().any(char::is_control)
        {
            bail!("`{}` is no revision", revision.escape_debug());
        }
        let mut git = git(&self.top);
        git.args(["rev-parse", "--verify", "--quiet", "--end-of-options"])
            .arg(format!("{revision}^{{commit}}"));
        let output = git.output().context("cannot start git")?;
        object(&output).with_context(|| {
            format!("there is no revision `{revision}`, and no such directory{}", self.shallow())
        })
    }

    /// The hint for a message that a revision is missing, if the clone is shallow.
    fn shallow(&self) -> &'static str {
        let output = git(&self.top).args(["rev-parse", "--is-shallow-repository"]).output();
        let shallow = output.is_ok_and(|output| output.stdout.trim_ascii() == b"true");
        if shallow {
            " (this clone is shallow: `git fetch --unshallow` brings the rest)"
        } else {
            ""
        }
    }

    /// The last commit that the histories of two commits have in common.
    ///
    /// # Errors
    /// They have no commit in common.
    pub fn merge_base(&self, one: &str, other: &str) -> anyhow::Result<String> {
        let output =
            git(&self.top).args(["merge-base", one, other]).output().context("cannot start git")?;
        object(&output).with_context(|| {
            format!("the two revisions have no commit in common{}", self.shallow())
        })
    }

    /// The files of a commit below a folder, by name; empty if it has no such folder. Files larger
    /// than `most` bytes are not read.
    ///
    /// # Errors
    /// git cannot read them.
    pub fn files(&self, commit: &str, folder: &str, most: usize) -> anyhow::Result<Vec<Stored>> {
        let tree = if folder.is_empty() {
            format!("{commit}^{{tree}}")
        } else {
            format!("{commit}:{folder}")
        };
        let known = git(&self.top)
            .args(["rev-parse", "--verify", "--quiet", "--end-of-options"])
            .arg(&tree)
            .output()
            .context("cannot start git")?;
        let Some(tree) = object(&known) else { return Ok(Vec::new()) };
        let listed = git(&self.top)
            .args(["ls-tree", "-r", "-z", "-l", "--full-tree", &tree])
            .output()
            .context("cannot start git")?;
        if !listed.status.success() {
            bail!("git cannot list `{folder}`: {}", said(&listed));
        }
        let entries: Vec<Row> = listed.stdout.split(|b| *b == 0).filter_map(Row::read).collect();
        let wanted: Vec<&Row> =
            entries.iter().filter(|row| !row.link && row.size <= most).collect();
        let mut contents = self.contents(&wanted)?.into_iter();
        let stored = |row: &Row| Stored {
            name: row.name.clone(),
            link: row.link,
            bytes: match row.size <= most {
                _ if row.link => Vec::new(),
                true => contents.next().unwrap_or_default(),
                // As large as the reader needs to reject it; the object's name serves as filler.
                false => row.object.bytes().cycle().take(most + row.object.len()).collect(),
            },
        };
        Ok(entries.iter().map(stored).collect())
    }

    /// The bytes of some files, in their order.
    fn contents(&self, rows: &[&Row]) -> anyhow::Result<Vec<Vec<u8>>> {
        // From a file: with pipes both ways, each side could wait for the other.
        let mut list = tempfile::tempfile().context("cannot make a temporary file")?;
        for row in rows {
            writeln!(list, "{}", row.object).context("cannot write a temporary file")?;
        }
        list.rewind().context("cannot read a temporary file")?;
        let output = git(&self.top)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::from(list))
            .output()
            .context("cannot start git")?;
        let mut rest = output.stdout.as_slice();
        // For each object git writes `OBJECT blob SIZE`, a line feed, the bytes and a line feed.
        let mut next = |row: &Row| {
            let head = rest.iter().position(|b| *b == b'\n')?;
            let expected = format!("{} blob {}", row.object, row.size);
            let whole = rest.get(head + 1..)?;
            let bytes = whole.get(..row.size).filter(|_| rest[..head] == *expected.as_bytes())?;
            rest = whole.get(row.size + 1..)?;
            Some(bytes.to_vec())
        };
        let all: Option<Vec<Vec<u8>>> = rows.iter().map(|row| next(row)).collect();
        all.with_context(|| format!("git cannot read a file: {}", said(&output)))
    }
}

/// A line of `git ls-tree -l`: mode, kind, object and size, then a tabulator and the path.
struct Row {
    object: String,
    size: usize,
    link: bool,
    name: String,
}

impl Row {
    /// Reads a line, or returns `None` if the entry is not a file but a submodule.
    fn read(line: &[u8]) -> Option<Row> {
        let tab = line.iter().position(|b| *b == b'\t')?;
        let head = std::str::from_utf8(&line[..tab]).ok()?;
        let mut words = head.split_whitespace();
        let (mode, kind, object, size) =
            (words.next()?, words.next()?, words.next()?, words.next()?);
        (kind == "blob").then(|| Row {
            object: object.to_owned(),
            size: size.parse().unwrap_or(usize::MAX),
            link: mode == "120000", // git's mode of a symbolic link
            name: String::from_utf8_lossy(&line[tab + 1..]).into_owned(),
        })
    }
}

/// The name of the object that git printed, or `None` if it printed none.
fn object(output: &Output) -> Option<String> {
    let name = std::str::from_utf8(&output.stdout).ok()?.trim();
    (output.status.success() && !name.is_empty() && name.bytes().all(|b| b.is_ascii_hexdigit()))
        .then(|| name.to_owned())
}
