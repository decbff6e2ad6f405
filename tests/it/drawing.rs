//! The parts of docs/architecture.md that come from the code: the drawing of the layers and their
//! imports, and the table of modules.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::imports::{Imports, layer};
use crate::support;

/// Width of a box, in pixels.
const WIDTH: usize = 620;
/// Distance from the edge of the drawing to a box.
const MARGIN: usize = 20;
/// Height of a line of modules.
const LINE: usize = 17;
/// The most characters in a line of modules.
const COLUMNS: usize = 84;
/// Distance between two boxes.
const GAP: usize = 26;

/// A layer in the drawing.
struct Layer<'a> {
    name: &'a str,
    lines: Vec<String>,
    /// Its top edge.
    top: usize,
}

impl Layer<'_> {
    fn height(&self) -> usize {
        32 + self.lines.len() * LINE
    }
}

/// The drawing of `layers`, given lowest first.
pub(crate) fn svg(layers: &[&str], imports: &Imports) -> String {
    let boxes = stack(layers, imports);
    let bottom = boxes.last().map_or(0, |last| last.top + last.height());
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\">\n<title>The layers of latefile and their \
         imports</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<defs><marker id=\"a\" \
         viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#345\"/></marker></defs>\n",
        MARGIN * 2 + WIDTH + 210,
        bottom + MARGIN,
    );
    for layer in &boxes {
        draw_layer(&mut svg, layer);
    }
    for (from, to) in imports.between_layers().keys() {
        let position = |name: &String| boxes.iter().position(|layer| layer.name == name);
        let (Some(from), Some(to)) = (position(from), position(to)) else { continue };
        draw_arrow(&mut svg, &boxes, from, to);
    }
    svg.push_str("</svg>\n");
    svg
}

/// The layers from the top of the drawing: the highest first.
fn stack<'a>(layers: &[&'a str], imports: &Imports) -> Vec<Layer<'a>> {
    let mut top = MARGIN;
    let mut boxes = Vec::new();
    for name in layers.iter().rev() {
        let layer = Layer { name, lines: lines(&modules(name, imports)), top };
        top += layer.height() + GAP;
        boxes.push(layer);
    }
    boxes
}

/// The modules directly in a layer.
fn modules(name: &str, imports: &Imports) -> BTreeSet<String> {
    let own = imports.arrows.keys().filter(|file| layer(file) == name);
    let second = own.filter_map(|file| file.split('/').nth(1));
    second.map(|part| part.trim_end_matches(".rs").to_owned()).filter(|m| m != "mod").collect()
}

/// Names of modules in lines of at most `COLUMNS` characters.
fn lines(modules: &BTreeSet<String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for module in modules {
        match lines.last_mut() {
            Some(line) if line.len() + module.len() + 3 <= COLUMNS => {
                let _ = write!(line, " · {module}");
            }
            _ => lines.push(module.clone()),
        }
    }
    lines
}

fn draw_layer(svg: &mut String, layer: &Layer) {
    let _ = writeln!(
        svg,
        "<rect x=\"{MARGIN}\" y=\"{}\" width=\"{WIDTH}\" height=\"{}\" rx=\"6\" fill=\"#f3f6fa\" \
         stroke=\"#9ab\"/>\n<text x=\"{}\" y=\"{}\" font-size=\"15\" font-weight=\"600\" \
         fill=\"#123\">{}</text>",
        layer.top,
        layer.height(),
        MARGIN + 12,
        layer.top + 21,
        layer.name,
    );
    for (number, line) in layer.lines.iter().enumerate() {
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" font-size=\"12.5\" fill=\"#345\">{line}</text>",
            MARGIN + 12,
            layer.top + 38 + number * LINE,
        );
    }
}

/// An arc on the right side. It leaves from and arrives at a height of its own, so that the arrows
/// of a box stay apart.
fn draw_arrow(svg: &mut String, boxes: &[Layer], from: usize, to: usize) {
    let port = |layer: &Layer, number: usize, of: usize| {
        layer.top + 6 + (layer.height() - 12) * (number + 1) / (of + 1)
    };
    let distance = from.abs_diff(to);
    let start = port(&boxes[from], boxes.len() - distance, 2 * boxes.len());
    let end = port(&boxes[to], boxes.len() + distance, 2 * boxes.len());
    let x = MARGIN + WIDTH;
    let reach = x + 30 + 27 * distance;
    let _ = writeln!(
        svg,
        "<path d=\"M{x} {start}C{reach} {start} {reach} {end} {} {end}\" fill=\"none\" \
         stroke=\"#345\" stroke-opacity=\".6\" marker-end=\"url(#a)\"><title>{} imports {}</title></path>",
        x + 2,
        boxes[from].name,
        boxes[to].name,
    );
}

/// The table of modules of docs/architecture.md: each row is the first sentence of a file.
pub(crate) fn modules_table(layers: &[&str], imports: &Imports) -> String {
    let mut table = String::new();
    for name in layers.iter().filter(|name| imports.code.contains_key(&format!("{name}/mod.rs"))) {
        let _ = writeln!(table, "\n### {name}/\n\n{}\n", first_sentence(&format!("{name}/mod.rs")));
        table.push_str("| module | owns |\n|---|---|\n");
        for module in modules(name, imports) {
            let folder = format!("{name}/{module}/mod.rs");
            let file = format!("{name}/{module}.rs");
            let (shown, head) = match imports.code.contains_key(&folder) {
                true => (format!("{module}/"), folder),
                false => (format!("{module}.rs"), file),
            };
            let inside = inside(&format!("{name}/{module}"));
            let _ = writeln!(table, "| `{shown}` | {}{inside} |", first_sentence(&head));
        }
    }
    table
}

/// The files and folders in a folder, its data included, as a list to append to its row.
fn inside(folder: &str) -> String {
    let Ok(entries) = std::fs::read_dir(support::root().join("src").join(folder)) else {
        return String::new();
    };
    let names: BTreeSet<String> = entries
        .map(Result::unwrap)
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() { name + "/" } else { name }
        })
        .filter(|name| name != "mod.rs")
        .map(|name| format!("`{}`", name.trim_end_matches(".rs")))
        .collect();
    let names: Vec<String> = names.into_iter().collect();
    if names.is_empty() { String::new() } else { format!(" Files: {}", names.join(", ")) }
}

/// The first sentence of the comment that a file opens with.
fn first_sentence(file: &str) -> String {
    let text = support::text(&std::fs::read(support::root().join("src").join(file)).unwrap());
    let head = text.lines().map_while(|line| line.strip_prefix("//!"));
    let paragraph: Vec<&str> = head.map(str::trim).take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    assert!(!paragraph.is_empty(), "{file} does not say what it owns");
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    paragraph[..end].to_owned()
}
