//! The filters and functions that lay out text documents: lines, columns and tables.

use serde::Deserialize;
use tera::{Kwargs, State, Tera, TeraResult, Value};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::edgar;
use crate::form12b25::model::fold;

/// The most characters of a line.
// EDGAR accepts 80 (EDGAR Filer Manual, Vol. II, 5.2.1).
pub(crate) const WIDTH: usize = 78;

/// The number of spaces between two columns of a table.
const GAP: usize = 2;

/// Registers the filters and functions of text templates, for lines of `width` characters.
pub(super) fn register(tera: &mut Tera, width: usize) {
    tera.register_filter("wrap", move |text: &str, kwargs: Kwargs, _: &State| {
        wrap_filter(text, &kwargs, width)
    });
    tera.register_filter("center", move |text: &str, _: Kwargs, _: &State| center(text, width));
    tera.register_filter("boxes", move |value: Value, kwargs: Kwargs, _: &State| {
        boxes_filter(&value, &kwargs, width)
    });
    tera.register_filter("field", move |text: &str, kwargs: Kwargs, _: &State| {
        field_filter(text, &kwargs, width)
    });
    tera.register_filter("blocks", move |value: Value, kwargs: Kwargs, _: &State| {
        blocks_filter(&value, &kwargs, width)
    });
    tera.register_function("ruled", move |kwargs: Kwargs, _: &State| ruled(&kwargs, width));
    tera.register_function("mark", |kwargs: Kwargs, _: &State| {
        Ok::<_, tera::Error>(
            if kwargs.must_get::<bool>("checked")? { "[X]" } else { "[ ]" }.to_owned(),
        )
    });
    tera.register_function("line", move |_: Kwargs, _: &State| "-".repeat(width));
}

/// Removes trailing spaces, and all but one of several empty lines.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        } else if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    }
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    out.push('\n');
    out
}

/// Wraps a text: `{{ text | wrap(indent=4, first="(a) ") }}`. The lines after the first are
/// indented to its text, unless there is `hang=false`.
fn wrap_filter(text: &str, kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    let indent = kwargs.get::<usize>("indent")?.unwrap_or(0);
    let first = kwargs.get::<String>("first")?.unwrap_or_default();
    let hanging = kwargs.get::<bool>("hang")?.unwrap_or(true);
    if hanging {
        return Ok(hang(text, indent, &first, width).join("\n"));
    }
    let margin = " ".repeat(indent);
    Ok(fill(text, &format!("{margin}{first}"), &margin, width).join("\n"))
}

/// Wraps a text with a hanging indent.
fn hang(text: &str, indent: usize, first: &str, width: usize) -> Vec<String> {
    let lead = format!("{}{first}", " ".repeat(indent));
    let rest = " ".repeat(lead.chars().count());
    fill(text, &lead, &rest, width)
}

/// Wraps a text, with a prefix for the first line and one for the others.
fn fill(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let folded = fold(text);
    if folded.is_empty() {
        return vec![first.trim_end().to_owned()];
    }
    if let Some(lines) = filled(&folded, first, rest, width) {
        return lines;
    }
    // Not the default splitter, which breaks words at their hyphens, as in `12b-25`.
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&folded, options).into_iter().map(String::from).collect()
}

/// Wraps a text of ASCII as textwrap does. Returns `None` for other texts, and for a word that is
/// longer than a line.
fn filled(folded: &str, first: &str, rest: &str, width: usize) -> Option<Vec<String>> {
    // Fast path for nearly all texts: textwrap splits a text into words and measures each.
    if ![folded, first, rest].into_iter().all(edgar::is_spelled) {
        return None;
    }
    let (mut lines, mut left, mut margin) = (Vec::new(), folded, first);
    loop {
        let available = width.checked_sub(margin.len())?;
        if left.len() <= available {
            lines.push([margin, left].concat());
            return Some(lines);
        }
        let end = left.as_bytes()[..=available].iter().rposition(|byte| *byte == b' ')?;
        lines.push([margin, &left[..end]].concat());
        (left, margin) = (&left[end + 1..], rest);
    }
}

/// Wraps a text and centers its lines.
fn center(text: &str, width: usize) -> String {
    let lines = fill(text, "", "", width);
    lines.iter().map(|line| pad(line, width, "center")).collect::<Vec<_>>().join("\n")
}

/// Pads a text to a width.
fn pad(text: &str, width: usize, align: &str) -> String {
    match align {
        "center" => format!("{text:^width$}").trim_end().to_owned(),
        "right" => format!("{text:>width$}"),
        _ => format!("{text:<width$}"),
    }
}

#[derive(Deserialize)]
struct CheckBox {
    label: String,
    checked: bool,
}

/// Prints check boxes: `{{ forms | boxes(first="(Check one):  ") }}`. As many as fit are in a line;
/// with `column=true` each has a line of its own.
fn boxes_filter(value: &Value, kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    let first = kwargs.get::<String>("first")?.unwrap_or_default();
    let indent = kwargs.get::<usize>("indent")?.unwrap_or(0);
    let column = kwargs.get::<bool>("column")?.unwrap_or(false);
    let boxes = Vec::<CheckBox>::deserialize(value).map_err(tera::Error::message)?;
    let margin = indent + first.chars().count();
    let mut lines = vec![format!("{}{first}", " ".repeat(indent))];
    for (i, item) in boxes.iter().enumerate() {
        let text = format!("{} {}", if item.checked { "[X]" } else { "[ ]" }, item.label);
        let last = lines.last().map_or(0, |l| l.chars().count());
        if i > 0 && (column || last + 3 + text.chars().count() > width) {
            lines.push(" ".repeat(margin));
        } else if i > 0
            && let Some(line) = lines.last_mut()
        {
            line.push_str("   ");
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&text);
        }
    }
    Ok(lines.join("\n"))
}

/// Prints a caption and its value in two columns: `{{ value | field(label="Full Name") }}`. The
/// value begins on the caption's last line.
fn field_filter(value: &str, kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    /// The width of the captions.
    const CAPTION: usize = 32;
    let label = kwargs.get::<String>("label")?.unwrap_or_default();
    let caption =
        if label.is_empty() { Vec::new() } else { fill(&format!("{label}:"), "", "  ", CAPTION) };
    let lines = fill(value, "", "", width - CAPTION - 2);
    let above = caption.len().saturating_sub(1);
    let rows = caption.len().max(above + lines.len());
    let row = |i: usize| {
        let left = caption.get(i).map_or("", String::as_str);
        let right = i.checked_sub(above).and_then(|i| lines.get(i)).map_or("", String::as_str);
        format!("{left:<CAPTION$}  {right}").trim_end().to_owned()
    };
    Ok((0..rows).map(row).collect::<Vec<_>>().join("\n"))
}

#[derive(Deserialize)]
struct Ruled {
    text: String,
    caption: String,
    width: usize,
}

/// Prints texts side by side, each above a rule and a caption:
/// `{{ ruled(cells=[{"text": …, "caption": …, "width": 30}], indent=4) }}`.
fn ruled(kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    let indent = " ".repeat(kwargs.get::<usize>("indent")?.unwrap_or(0));
    let cells = kwargs.must_get::<Value>("cells")?;
    let cells = Vec::<Ruled>::deserialize(&cells).map_err(tera::Error::message)?;
    if cells.iter().any(|cell| cell.text.chars().count() > cell.width) {
        return Ok(below(&cells, &indent, width));
    }
    let wrapped: Vec<Vec<String>> = cells.iter().map(|c| fill(&c.text, "", "", c.width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let row = |piece: &dyn Fn(usize) -> String| {
        let parts: Vec<String> =
            (0..cells.len()).map(|i| pad(&piece(i), cells[i].width, "left")).collect();
        format!("{indent}{}", parts.join("   ")).trim_end().to_owned()
    };
    // Texts end on the same line, that above the rule.
    let mut lines: Vec<String> = (0..height)
        .map(|n| {
            row(&|i| {
                (n + wrapped[i].len())
                    .checked_sub(height)
                    .and_then(|at| wrapped[i].get(at))
                    .cloned()
                    .unwrap_or_default()
            })
        })
        .collect();
    lines.push(row(&|i| "-".repeat(cells[i].width)));
    lines.push(row(&|i| cells[i].caption.clone()));
    Ok(lines.join("\n"))
}

/// Prints cells that do not fit side by side, one below the other.
fn below(cells: &[Ruled], indent: &str, width: usize) -> String {
    let cell = |cell: &Ruled| {
        let mut lines = fill(&cell.text, indent, indent, width);
        lines.push(format!("{indent}{}", "-".repeat(cell.width)));
        lines.push(format!("{indent}{}", cell.caption));
        lines.join("\n")
    };
    cells.iter().map(cell).collect::<Vec<_>>().join("\n\n")
}

#[derive(Deserialize)]
struct Block {
    kind: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    items: Vec<String>,
    caption: Option<String>,
    #[serde(default)]
    columns: Vec<Cell>,
    #[serde(default)]
    rows: Vec<Vec<Cell>>,
}

#[derive(Deserialize)]
struct Cell {
    text: String,
    align: String,
    #[serde(default)]
    total: bool,
}

/// Prints paragraphs, lists and tables, with an empty line between two:
/// `{{ narrative | blocks(indent=4) }}`.
fn blocks_filter(value: &Value, kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    let indent = kwargs.get::<usize>("indent")?.unwrap_or(0);
    let blocks = Vec::<Block>::deserialize(value).map_err(tera::Error::message)?;
    let laid_out = |block: &Block| match block.kind.as_str() {
        "list" => block.items.iter().flat_map(|item| hang(item, indent + 2, "- ", width)).collect(),
        "table" => table(block, indent, width),
        _ => hang(&block.text, indent, "", width),
    };
    Ok(blocks.iter().map(|b| laid_out(b).join("\n")).collect::<Vec<_>>().join("\n\n"))
}

/// Lays a table out in columns, or, if it is too wide, row by row.
fn table(block: &Block, indent: usize, width: usize) -> Vec<String> {
    let mut lines = match &block.caption {
        Some(caption) => hang(caption, indent, "", width),
        None => Vec::new(),
    };
    if !lines.is_empty() {
        lines.push(String::new());
    }
    match widths(block, width - indent) {
        Some(widths) => {
            lines.extend(grid_row(&block.columns, &widths, indent));
            let rules: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
            lines.push(format!("{}{}", " ".repeat(indent), rules.join(&" ".repeat(GAP))));
            for row in &block.rows {
                let total = row.first().is_some_and(|cell| cell.total);
                let amounts = |mark: &str| total.then(|| below_amounts(row, &widths, indent, mark));
                lines.extend(amounts("-").flatten());
                lines.extend(grid_row(row, &widths, indent));
                lines.extend(amounts("=").flatten());
            }
        }
        None => lines.extend(stacked(block, indent, width)),
    }
    lines
}

/// Returns the widths of a table's columns, or `None` if the table does not fit without breaking a
/// word. The widest columns are narrowed first.
fn widths(block: &Block, available: usize) -> Option<Vec<usize>> {
    let columns = block.columns.len();
    // A shorter rule above a total would look like a dash.
    let is_total = |row: &Vec<Cell>| row.first().is_some_and(|cell| cell.total);
    let narrowest = if block.rows.iter().any(is_total) { 3 } else { 1 };
    let cells = |i: usize| {
        std::iter::once(&block.columns)
            .chain(&block.rows)
            .filter_map(move |row| row.get(i))
            .map(|cell| cell.text.as_str())
    };
    let longest_word = |text: &str| text.split(' ').map(str::len).max().unwrap_or(0);
    let least: Vec<usize> = (0..columns)
        .map(|i| cells(i).map(longest_word).max().unwrap_or(0).max(narrowest))
        .collect();
    let mut widths: Vec<usize> =
        (0..columns).map(|i| cells(i).map(str::len).max().unwrap_or(0).max(narrowest)).collect();
    let available = available.checked_sub(GAP * columns.saturating_sub(1))?;
    while widths.iter().sum::<usize>() > available {
        let widest = (0..columns).filter(|i| widths[*i] > least[*i]).max_by_key(|i| widths[*i])?;
        widths[widest] -= 1;
    }
    Some(widths)
}

/// Returns the rule above or below the amounts of a total, or `None` if it has a label alone.
fn below_amounts(cells: &[Cell], widths: &[usize], indent: usize, mark: &str) -> Option<String> {
    let rule = |(i, (cell, width)): (usize, (&Cell, &usize))| {
        let is_amount = i > 0 && !cell.text.is_empty();
        if is_amount { mark.repeat(*width) } else { " ".repeat(*width) }
    };
    let rules: Vec<String> = cells.iter().zip(widths).enumerate().map(rule).collect();
    let line = format!("{}{}", " ".repeat(indent), rules.join(&" ".repeat(GAP)));
    Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
}

/// Lays a row out in columns.
fn grid_row(cells: &[Cell], widths: &[usize], indent: usize) -> Vec<String> {
    let wrapped: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, width)| fill(&cell.text, "", "", *width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let line = |n: usize| {
        let parts: Vec<String> = (0..cells.len())
            .map(|i| {
                let text = wrapped[i].get(n).map_or("", String::as_str);
                format!("{:<width$}", pad(text, widths[i], &cells[i].align), width = widths[i])
            })
            .collect();
        format!("{}{}", " ".repeat(indent), parts.join(&" ".repeat(GAP))).trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// Lays a table out row by row, with a line of header and value for each cell.
fn stacked(block: &Block, indent: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (n, row) in block.rows.iter().enumerate() {
        if n > 0 {
            lines.push(String::new());
        }
        for (header, cell) in
            block.columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty())
        {
            let both = match header.text.as_str() {
                "" => cell.text.clone(),
                header => format!("{header}: {}", cell.text),
            };
            lines.extend(fill(&both, &" ".repeat(indent), &" ".repeat(indent + 2), width));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: usize = "word-of-thirty-characters--long".len();

    #[test]
    fn lines_are_filled_as_textwrap_does() {
        let text = "The registrant's auditors, Roe & Doe LLP, left on May 5, \
                    and a word-of-thirty-characters--long ends it.";
        for (first, rest) in [("", ""), ("    (a) ", "        "), ("- ", "  "), ("", "          ")]
        {
            for width in 0..text.len() + 12 {
                let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
                let options = options
                    .word_separator(WordSeparator::AsciiSpace)
                    .wrap_algorithm(WrapAlgorithm::FirstFit);
                let expected =
                    textwrap::wrap(text, options.word_splitter(WordSplitter::NoHyphenation));
                match filled(text, first, rest, width) {
                    Some(lines) => assert_eq!(lines, expected, "{first:?} {rest:?} {width}"),
                    None => assert!(
                        width < LONGEST + first.len().max(rest.len()),
                        "{first:?} {rest:?} {width}"
                    ),
                }
            }
        }
    }
}
