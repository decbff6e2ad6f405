//! Measures on one core how fast documents are linted and their formats compared, as the best of
//! many rounds over the documents of this repository; and how long files take that are made to slow
//! a reader down. `cargo bench --bench lint` prints all figures, with `-- hostile` only the latter.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops at what is wrong"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use latefile::edgar::{self, Format, PerFormat, blocks::blocks, pdf_words};
use latefile::form12b25::documents::{self, DocumentKind};
use latefile::form12b25::model::LetterKind;
use latefile::package;
use latefile::pipeline::render::consistency::{DocumentText, text_words};
use latefile::pipeline::render::{Document, Templates};

#[path = "../../tests/it/hostile.rs"]
mod hostile;
#[path = "../../tests/it/pdfs.rs"]
mod pdfs;

/// Rounds, of which the best counts.
const ROUNDS: usize = 300;

/// The documents of this repository that end in a suffix.
fn documents(suffix: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("out");
    let entries = walkdir::WalkDir::new(out).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = entries
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|e| e == suffix));
    paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Prints what a piece of work costs for each of some documents.
fn measure(what: &str, bytes: usize, count: usize, work: impl Fn()) {
    let round = || {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    let best = (0..ROUNDS).map(|_| round()).fold(f64::MAX, f64::min);
    let (rate, each) = (bytes as f64 / best / 1e6, best * 1e6 / count as f64);
    println!("{what:<22} {rate:6.0} MB/s {each:8.1} µs a document of {} bytes", bytes / count);
}

fn main() {
    if !std::env::args().any(|arg| arg == "hostile") {
        samples();
        formats();
    }
    slowest();
}

/// The documents of this repository.
fn samples() {
    for suffix in ["txt", "htm", "pdf"] {
        let documents = documents(suffix);
        let bytes = documents.iter().map(|(_, bytes)| bytes.len()).sum();
        measure(&format!("lint .{suffix}"), bytes, documents.len(), || {
            for (path, bytes) in &documents {
                black_box(edgar::lint(&path.file_name().unwrap().to_string_lossy(), bytes));
            }
        });
        measure(&format!("words of .{suffix}"), bytes, documents.len(), || {
            for (_, bytes) in &documents {
                let text = || std::str::from_utf8(bytes).unwrap();
                match suffix {
                    "txt" => drop(black_box(text_words(text()))),
                    "htm" => drop(black_box(DocumentText::of(&blocks(text())))),
                    _ => drop(black_box(pdf_words(bytes))),
                }
            }
        });
    }
}

/// The files that are made to slow a reader down, each read once.
fn slowest() {
    for (name, bytes) in hostile::documents().into_iter().chain(pdfs::documents()) {
        let suffix = name.rsplit('.').next();
        time(name, &bytes, || {
            black_box(edgar::lint(name, &bytes));
            match suffix {
                Some("txt") => drop(black_box(text_words(&String::from_utf8_lossy(&bytes)))),
                Some("htm") => {
                    drop(black_box(DocumentText::of(&blocks(&String::from_utf8_lossy(&bytes)))))
                }
                _ => drop(black_box(pdf_words(&bytes))),
            }
        });
    }
    for xml in hostile::packages() {
        time("p.xml", xml.as_bytes(), || drop(black_box(package::check("p.xml", xml.as_bytes()))));
    }
}

/// Prints the time that one reading of a file takes.
fn time(name: &str, bytes: &[u8], work: impl Fn()) {
    let start = Instant::now();
    work();
    let took = start.elapsed().as_secs_f64();
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(12)]);
    println!("{name:<26} {took:6.2} s for {:>9} bytes, {start:?}", bytes.len());
}

/// The formats of each document held against each other, as a build does: the words of the HTML are
/// read with the text, and kept for the PDF.
fn formats() {
    let templates = Templates::built_in().unwrap();
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let all: Vec<(Document, Vec<u8>)> = documents("pdf")
        .into_iter()
        .map(|(path, pdf)| {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let (text, html) =
                (read(&path.with_extension("txt")), read(&path.with_extension("htm")));
            let html_text = DocumentText::of(&blocks(&html));
            let kind = if stem == documents::FORM {
                DocumentKind::Form
            } else {
                DocumentKind::Letter(LetterKind::AccountantStatement)
            };
            let rendered = PerFormat::of(|format| match format {
                Format::TEXT => Some(text.clone()),
                Format::HTML => Some(html.clone()),
                _ => None,
            });
            (Document { kind, stem, rendered, html_text }, pdf)
        })
        .collect();
    let bytes = all
        .iter()
        .map(|(document, _)| document.text(Format::TEXT).len() + document.text(Format::HTML).len())
        .sum();
    measure("text against HTML", bytes, all.len(), || {
        for (document, _) in &all {
            black_box(DocumentText::of(&blocks(document.text(Format::HTML))));
            assert_eq!(black_box(templates.text_differs(document)), None);
        }
    });
    let bytes = all.iter().map(|(_, pdf)| pdf.len()).sum();
    measure("PDF against HTML", bytes, all.len(), || {
        for (document, pdf) in &all {
            assert_eq!(black_box(templates.pdf_differs(document, pdf)), None);
        }
    });
    measure("PDF judged and held", bytes, all.len(), || {
        for (document, pdf) in &all {
            assert_eq!(black_box(templates.refuse_pdf(document, pdf)), []);
        }
    });
}
