//! Reads the files of a revision, as git stores them.

use std::io::{Seek as _, Write as _};
use std::process::Stdio;

use anyhow::{Context as _, bail};

use super::command::{git, run};
use super::reason::reason;
use super::repository::Repository;

/// The kind of an entry of a folder in git.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A submodule, a folder whose files are in another repository.
    Submodule,
}

/// An entry of a folder in git, unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its path below the listed folder, with `/`.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// The name of its object, which is the same for the same bytes.
    pub object: String,
    /// The number of its bytes, if git knows it without the file.
    pub size: Option<usize>,
}

/// A file as a revision stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its path below the listed folder, with `/`.
    pub name: String,
    /// Its kind; only the bytes of a file are read.
    pub kind: Kind,
    /// The name of its object; of a submodule, its commit.
    pub object: String,
    /// Its content; for a file larger than the limit, more meaningless bytes than the limit.
    pub bytes: Vec<u8>,
}

impl Repository {
    /// The files of a commit below a folder, by name; none if it has no such folder.
    ///
    /// # Errors
    /// The folder is a submodule, or git cannot read it.
    pub fn list(&self, commit: &str, folder: &str) -> anyhow::Result<Vec<Object>> {
        let tree = if folder.is_empty() {
            commit.to_owned()
        } else {
            let entry = self.rows(&["ls-tree", "-z", "--full-tree", commit, "--", folder])?;
            match entry.first() {
                Some(entry) if entry.kind == Some(Kind::Submodule) => bail!(
                    "`{folder}` is a submodule, with revisions of its own: run latefile in it"
                ),
                Some(entry) if entry.kind.is_none() => entry.object.clone(),
                _ => return Ok(Vec::new()),
            }
        };
        let rows = self.rows(&["ls-tree", "-r", "-z", "-l", "--full-tree", &tree])?;
        let object = |row: Row| {
            let Row { name, kind, object, size } = row;
            Some(Object { name, kind: kind?, object, size })
        };
        Ok(rows.into_iter().filter_map(object).collect())
    }

    /// The first part of the path to a folder of a commit that is a symbolic link, with its target,
    /// or `None` if no part is one.
    ///
    /// # Errors
    /// git cannot read it.
    pub fn link(&self, commit: &str, folder: &str) -> anyhow::Result<Option<(String, String)>> {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        let parts = ends.map(|end| &folder[..end]).filter(|part| !part.is_empty());
        let args = ["ls-tree", "-z", "--full-tree", commit, "--"].into_iter().chain(parts);
        // Without a path, git would list the top.
        if folder.is_empty() {
            return Ok(None);
        }
        let rows = self.rows(&args.collect::<Vec<_>>())?;
        let Some(row) = rows.into_iter().find(|row| row.kind == Some(Kind::Link)) else {
            return Ok(None);
        };
        let Row { name, object, .. } = row;
        let link = Object { name, kind: Kind::Link, object, size: None };
        let target = self.contents(&[&link])?.pop().unwrap_or_default();
        Ok(Some((link.name, String::from_utf8_lossy(&target).into_owned())))
    }

    /// Runs `git ls-tree`.
    fn rows(&self, args: &[&str]) -> anyhow::Result<Vec<Row>> {
        let output = run(git(self.folder()).args(args))?;
        if !output.status.success() {
            bail!("git cannot list a revision: {}", reason(&output));
        }
        Ok(output.stdout.split(|b| *b == 0).filter_map(Row::read).collect())
    }

    /// The files of a commit below a folder with their bytes, by name; none if it has no such
    /// folder. Files larger than `most` bytes are not read.
    ///
    /// # Errors
    /// The folder is a submodule, or git cannot read it, or the repository lacks a file.
    pub fn files(&self, commit: &str, folder: &str, most: usize) -> anyhow::Result<Vec<Stored>> {
        let all = self.list(commit, folder)?;
        // git knows no size of a file that a partial clone left out.
        let absent = |entry: &&Object| entry.kind == Kind::File && entry.size.is_none();
        if let Some(entry) = all.iter().find(absent) {
            bail!("{}", lacks(&entry.name));
        }
        let is_read = |entry: &&Object| {
            entry.kind == Kind::File && entry.size.is_some_and(|size| size <= most)
        };
        let read: Vec<&Object> = all.iter().filter(is_read).collect();
        let mut contents = self.contents(&read)?.into_iter();
        let stored = |entry: &Object| Stored {
            name: entry.name.clone(),
            kind: entry.kind,
            object: entry.object.clone(),
            bytes: match entry {
                entry if is_read(&entry) => contents.next().unwrap_or_default(),
                // As large as the reader needs to reject it; the object's name serves as filler.
                entry if entry.kind == Kind::File => {
                    entry.object.bytes().cycle().take(most + entry.object.len()).collect()
                }
                _ => Vec::new(),
            },
        };
        Ok(all.iter().map(stored).collect())
    }

    /// The bytes of a file of a commit, or `None` if it has no such file.
    ///
    /// # Errors
    /// git cannot read it, or it has more than `most` bytes.
    pub fn file(&self, commit: &str, path: &str, most: usize) -> anyhow::Result<Option<Vec<u8>>> {
        let row = self.rows(&["ls-tree", "-z", "--full-tree", commit, "--", path])?.pop();
        let Some(Row { name, kind: Some(Kind::File), object, size }) = row else {
            return Ok(None);
        };
        if size.is_some_and(|size| size > most) {
            bail!("`{path}` has more than {most} bytes");
        }
        let file = Object { name, kind: Kind::File, object, size };
        Ok(self.contents(&[&file])?.pop())
    }

    /// The bytes of some files, in their order.
    ///
    /// # Errors
    /// The repository lacks one of them.
    pub fn contents(&self, files: &[&Object]) -> anyhow::Result<Vec<Vec<u8>>> {
        // From a file: with pipes both ways, each side could wait for the other.
        let mut list = tempfile::tempfile().context("cannot make a temporary file")?;
        for file in files {
            writeln!(list, "{}", file.object).context("cannot write a temporary file")?;
        }
        list.rewind().context("cannot read a temporary file")?;
        let mut git = git(self.folder());
        git.args(["cat-file", "--batch"]).stdin(Stdio::from(list));
        let output = run(&mut git)?;
        let mut rest = output.stdout.as_slice();
        let mut all = Vec::with_capacity(files.len());
        for file in files {
            let Some(bytes) = next(&mut rest, file) else { bail!("{}", lacks(&file.name)) };
            all.push(bytes);
        }
        Ok(all)
    }
}

/// The error that the repository does not have a file.
fn lacks(name: &str) -> String {
    format!(
        "this repository lacks `{name}`: in a partial clone, `git fetch --refetch` brings all files"
    )
}

/// Takes the next object from the output of `git cat-file --batch`, or `None` if it is missing.
fn next(rest: &mut &[u8], file: &Object) -> Option<Vec<u8>> {
    // For each object git writes `OBJECT blob SIZE`, a line feed, the bytes and a line feed.
    let end = rest.iter().position(|b| *b == b'\n')?;
    let head = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = head.strip_prefix(&format!("{} blob ", file.object))?.parse().ok()?;
    let bytes = rest.get(end + 1..)?.get(..size)?.to_vec();
    *rest = rest.get(end + 1 + size + 1..)?;
    Some(bytes)
}

/// A line of `git ls-tree`: mode, kind, object and with `-l` size, then a tabulator and the path.
struct Row {
    name: String,
    /// `None` for a folder.
    kind: Option<Kind>,
    object: String,
    size: Option<usize>,
}

impl Row {
    fn read(line: &[u8]) -> Option<Row> {
        let tab = line.iter().position(|b| *b == b'\t')?;
        let head = std::str::from_utf8(&line[..tab]).ok()?;
        let mut words = head.split_whitespace();
        let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
        Some(Row {
            name: String::from_utf8_lossy(&line[tab + 1..]).into_owned(),
            kind: match (kind, mode) {
                ("tree", _) => None,
                ("commit", _) => Some(Kind::Submodule),
                (_, "120000") => Some(Kind::Link), // git's mode of a symbolic link
                _ => Some(Kind::File),
            },
            object: object.to_owned(),
            size: words.next().and_then(|size| size.parse().ok()),
        })
    }
}
