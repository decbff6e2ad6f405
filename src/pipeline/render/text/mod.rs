//! The filters and functions that lay out text documents: lines, columns and tables.

mod lines;
mod one_box;
mod table;

use std::collections::HashMap;

use serde::Deserialize;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use self::lines::{fill, hang, mark, pad};
use self::table::{Cell, Table};
use crate::edgar;

/// The most characters of a line.
// EDGAR accepts 80 (EDGAR Filer Manual, Vol. II, 5.2.1).
pub(crate) const WIDTH: usize = 78;

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
    tera.register_function("one_box", move |kwargs: Kwargs, _: &State| {
        one_box::one_box(&kwargs, width)
    });
    tera.register_filter("columns", move |rows: Value, kwargs: Kwargs, _: &State| {
        columns_filter(&rows, &kwargs, width)
    });
    tera.register_function("mark", |kwargs: Kwargs, _: &State| {
        Ok::<_, tera::Error>(mark(kwargs.must_get("checked")?).to_owned())
    });
    tera.register_function("line", move |_: Kwargs, _: &State| "-".repeat(width));
}

/// Removes trailing spaces, and all but one of several empty lines.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in edgar::lines(text).map(str::trim_end) {
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

/// Wraps a text and centers its lines.
fn center(text: &str, width: usize) -> String {
    let lines = fill(text, "", "", width);
    lines.iter().map(|line| pad(line, width, "center")).collect::<Vec<_>>().join("\n")
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
        let text = format!("{} {}", mark(item.checked), item.label);
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
        format!("{}  {right}", pad(left, CAPTION, "left")).trim_end().to_owned()
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

/// Prints paragraphs, lists and tables, with an empty line between two:
/// `{{ narrative | blocks(indent=4) }}`.
fn blocks_filter(value: &Value, kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    let indent = kwargs.get::<usize>("indent")?.unwrap_or(0);
    let blocks = Vec::<Block>::deserialize(value).map_err(tera::Error::message)?;
    let laid_out = |block: &Block| match block.kind.as_str() {
        "list" => block.items.iter().flat_map(|item| hang(item, indent + 2, "- ", width)).collect(),
        "table" => {
            let (columns, rows) = (&block.columns, &block.rows);
            Table { caption: block.caption.as_deref(), columns, rows }.lines(indent, width)
        }
        _ => hang(&block.text, indent, "", width),
    };
    Ok(blocks.iter().map(|b| laid_out(b).join("\n")).collect::<Vec<_>>().join("\n\n"))
}

/// Prints rows of values in columns: `{{ numbers | columns(heads=["Name"], keys=["registrant"]) }}`.
fn columns_filter(rows: &Value, kwargs: &Kwargs, width: usize) -> TeraResult<String> {
    let heads = kwargs.must_get::<Vec<String>>("heads")?;
    let keys = kwargs.must_get::<Vec<String>>("keys")?;
    let rows = Vec::<HashMap<String, String>>::deserialize(rows).map_err(tera::Error::message)?;
    let value = |row: &HashMap<String, String>, key: &String| {
        Cell::left(row.get(key).map_or("", String::as_str))
    };
    let columns: Vec<Cell> = heads.iter().map(|head| Cell::left(head)).collect();
    let rows: Vec<Vec<Cell>> =
        rows.iter().map(|row| keys.iter().map(|key| value(row, key)).collect()).collect();
    Ok(Table { caption: None, columns: &columns, rows: &rows }.lines(0, width).join("\n"))
}
