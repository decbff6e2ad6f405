//! Lays out the Markdown of the guide as text: paragraphs are wrapped, and each row of a table is an
//! entry with its text beside it. It knows the Markdown that `docs/` uses, and no more.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::diagnostics::paragraph::{COLUMNS, filled};

/// The indentation of the text beside the first cell of a row.
const BESIDE: usize = 26;

/// A document that is being laid out.
#[derive(Debug, Default)]
struct Layout {
    all: String,
    /// The mark of the open item of a list, or an empty text for a paragraph.
    mark: String,
    /// The text of the open item or paragraph.
    open: String,
    /// The rows of the open table.
    table: Vec<Vec<String>>,
    in_code: bool,
}

/// Returns a document as text. A link to a topic becomes the command that shows it.
pub(super) fn text(markdown: &str, is_topic: fn(&str) -> bool) -> String {
    let mut layout = Layout::default();
    without_marks(markdown, is_topic).lines().for_each(|line| layout.line(line));
    layout.end_paragraph();
    layout.end_table();
    layout.all.trim_end().to_owned() + "\n"
}

impl Layout {
    fn line(&mut self, line: &str) {
        let is_fence = line.trim_start().starts_with("```");
        if self.in_code && !is_fence {
            self.all += format!("    {line}").trim_end();
            self.all.push('\n');
            return;
        }
        let row = line.strip_prefix('|');
        if row.is_none() {
            self.end_table();
        }
        let item = mark(line);
        let is_block = is_fence || line.trim().is_empty() || line.starts_with(['|', '#', '<', '!']);
        if is_block || item.is_some() {
            self.end_paragraph();
        }
        match (row, item) {
            _ if is_fence => {
                self.in_code = !self.in_code;
                self.separate();
            }
            (Some(row), _) => self.table.push(cells(row)),
            (_, Some(mark)) => {
                mark.clone_into(&mut self.mark);
                line[mark.len()..].clone_into(&mut self.open);
            }
            _ if line.starts_with('#') => self.heading(line),
            // A comment or a picture.
            _ if line.starts_with(['<', '!']) => {}
            _ if line.trim().is_empty() => self.separate(),
            _ => self.open += &format!(" {}", line.trim()),
        }
    }

    /// Ends a piece with an empty line.
    fn separate(&mut self) {
        if !self.all.is_empty() && !self.all.ends_with("\n\n") {
            self.all.push('\n');
        }
    }

    fn heading(&mut self, line: &str) {
        let title = line.trim_start_matches('#').trim();
        let rule = if line.starts_with("# ") { "=" } else { "-" };
        self.separate();
        self.all += &format!("{title}\n{}\n\n", rule.repeat(title.chars().count()));
    }

    fn end_paragraph(&mut self) {
        let (mark, text) = (std::mem::take(&mut self.mark), std::mem::take(&mut self.open));
        if text.is_empty() {
            return;
        }
        let others = " ".repeat(mark.chars().count());
        self.all += &(filled(text.trim(), COLUMNS, &mark, &others).join("\n") + "\n");
        if mark.is_empty() {
            self.all.push('\n');
        }
    }

    /// Lays out the rows: the last cell beside the first one, and those between in brackets.
    fn end_table(&mut self) {
        let table = std::mem::take(&mut self.table);
        // After the heads and the rule below them.
        for row in table.iter().skip(2) {
            let [first, between @ .., last] = row.as_slice() else { continue };
            let between: Vec<&str> =
                between.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            let more = if between.is_empty() {
                String::new()
            } else {
                format!(" ({})", between.join("; "))
            };
            let width = first.chars().count();
            let head = if width + 2 < BESIDE {
                format!("{first}{}", " ".repeat(BESIDE - width))
            } else {
                self.all += &format!("{first}\n");
                " ".repeat(BESIDE)
            };
            let lines = filled(&format!("{last}{more}"), COLUMNS, &head, &" ".repeat(BESIDE));
            self.all += &(lines.join("\n") + "\n");
        }
        if !table.is_empty() {
            self.all.push('\n');
        }
    }
}

/// Returns the mark of an item of a list with the blank after it, or `None` if the line begins none.
fn mark(line: &str) -> Option<&str> {
    static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^ *(?:-|\d+\.) ").ok());
    Some(MARK.as_ref()?.find(line)?.as_str())
}

/// Returns the cells of a row. A bar after a backslash is a part of a cell.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim_end().trim_end_matches('|').replace("\\|", "\u{0}");
    row.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
}

/// Returns a document without the marks of links and of bold type.
fn without_marks(markdown: &str, is_topic: fn(&str) -> bool) -> String {
    static MARKS: LazyLock<Option<[Regex; 2]>> = LazyLock::new(|| {
        let link = Regex::new(r"\[([^\]]+)\]\(([^)]+)\)").ok()?;
        Some([link, Regex::new(r"\*\*([^*]+)\*\*").ok()?])
    });
    let Some([link, bold]) = MARKS.as_ref() else { return markdown.to_owned() };
    let without = link.replace_all(markdown, |link: &Captures<'_>| match &link[2] {
        address if address.starts_with("http") => format!("{} ({address})", &link[1]),
        // Another page of the guide.
        page if *page == link[1] => {
            let topic = page.strip_suffix(".md").filter(|name| is_topic(name));
            topic.map_or(page.to_owned(), |name| format!("`latefile guide {name}`"))
        }
        _ => link[1].to_owned(),
    });
    bold.replace_all(&without, "$1").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_markdown_is_laid_out() {
        let markdown = "\
# The `title`

A paragraph of **several** words, which are more than a line of eighty columns has space, as
[a page](page.md), [lint.md](lint.md) and [the rules](https://example.com/rules) say.

<!-- keys: x -->
| key | takes | meaning |
|---|---|---|
| `a` ● | a text or `x \\| y` | The meaning, which also needs more than the space that is left on its line. |
| `results_change.explanation.see` | | Short. |
<!-- end -->

- one, and
  its second line
- two

## Code

```yaml
a:
  # kept as it is

  - x
```
After it.
";
        let expected = "\
The `title`
===========

A paragraph of several words, which are more than a line of eighty columns has
space, as a page, `latefile guide lint` and the rules
(https://example.com/rules) say.

`a` ●                     The meaning, which also needs more than the space that
                          is left on its line. (a text or `x | y`)
`results_change.explanation.see`
                          Short.

- one, and its second line
- two

Code
----

    a:
      # kept as it is

      - x

After it.
";
        assert_eq!(text(markdown, |name| name == "lint"), expected);
    }
}
