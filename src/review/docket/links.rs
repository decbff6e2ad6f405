//! Makes links from a page to files, as relative references, so that the page can be moved along
//! with the files.

use std::path::{Component, Path, PathBuf};

/// The way from the folder of a page to another folder, percent-encoded, with a `/` at its end;
/// empty if they are the same.
///
/// # Errors
/// The current directory is gone.
pub fn from_to(page: &Path, folder: &Path) -> anyhow::Result<String> {
    let (page, folder) = (whole(page.parent().unwrap_or(Path::new("")))?, whole(folder)?);
    let common = page.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = page.components().skip(common).map(|_| "..".to_owned());
    let down =
        folder.components().skip(common).map(|part| encoded(&part.as_os_str().to_string_lossy()));
    Ok(up.chain(down).map(|part| part + "/").collect())
}

/// A path from the root without links and dots, as far as it is there.
fn whole(path: &Path) -> anyhow::Result<PathBuf> {
    let mut there =
        std::path::absolute(if path.as_os_str().is_empty() { Path::new(".") } else { path })?;
    let mut rest = Vec::new();
    loop {
        if let Ok(found) = there.canonicalize() {
            return Ok(rest.into_iter().rev().fold(
                found,
                |path, part: std::ffi::OsString| match part.to_str() {
                    Some("..") => path.parent().map(Path::to_owned).unwrap_or(path),
                    _ => path.join(part),
                },
            ));
        }
        let Some(last) = there.components().next_back() else { return Ok(there) };
        if last == Component::RootDir {
            return Ok(there);
        }
        rest.push(last.as_os_str().to_owned());
        there.pop();
    }
}

/// A path with `/`, its characters percent-encoded but those that mean nothing in a reference (RFC
/// 3986, 2.3).
pub(super) fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_is_relative_and_encoded() {
        let way = |page: &str, folder: &str| from_to(Path::new(page), Path::new(folder)).unwrap();
        assert_eq!(way("docket.html", "out"), "out/");
        assert_eq!(way("site/deep/docket.html", "out"), "../../out/");
        assert_eq!(way("out/docket.html", "out"), "");
        assert_eq!(way("site/../docket.html", "./out"), "out/");
        assert_eq!(
            way("docket.html", "javascript:alert(1) é"),
            "javascript%3Aalert%281%29%20%C3%A9/"
        );
    }
}
