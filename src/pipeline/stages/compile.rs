//! The fourth stage: compiles PDFs and checks them. The module `compile` runs typst.

use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::source::Position;
use crate::edgar::Format;
use crate::pipeline::compile::{Fault, TypstSession};
use crate::pipeline::draft::{Draft, Pdf};
use crate::pipeline::render::{Document, Templates};
use crate::pipeline::run::Run;
use crate::pipeline::timings::Stage;

/// Compiles the pending PDFs of several filings, in the session of one thread. Returns these
/// filings, or none of them if the run was stopped meanwhile.
///
/// # Errors
/// Typst does not start, or breaks off over a single document.
pub(crate) fn compile<'r>(
    run: &'r Run<'_>,
    session: &mut Option<TypstSession<'r>>,
    mut drafts: Vec<Draft>,
) -> anyhow::Result<Vec<Draft>> {
    let sources: Vec<&str> = drafts.iter().flat_map(pending_sources).collect();
    if sources.is_empty() {
        return Ok(drafts);
    }
    // Without typst the filings go on: their texts and HTML are written, and the run ends with
    // the error that there is no typst.
    let Some(typst) = run.typst() else {
        fill_in(run, &mut drafts, std::iter::empty());
        return Ok(drafts);
    };
    let session = match session {
        Some(session) => session,
        none => none.insert(typst.session(run.templates.layout())?),
    };
    let compiled = run.time(Stage::Compile, || session.compile_all(&sources, &run.plan.stop));
    // Before the error: Ctrl-C reaches typst too, which then fails.
    if run.plan.stopped() {
        return Ok(Vec::new());
    }
    let compiled = compiled?;
    if let Some(note) = compiled.note {
        run.note.get_or_init(|| note);
    }
    fill_in(run, &mut drafts, compiled.documents.into_iter());
    Ok(drafts)
}

/// The Typst sources of a filing's pending PDFs.
fn pending_sources(draft: &Draft) -> impl Iterator<Item = &str> {
    let documents = draft.documents.iter().flatten().zip(&draft.pdfs);
    documents
        .filter(|(_, pdf)| matches!(pdf, Pdf::Pending { .. }))
        .map(|(document, _)| document.text(Format::PDF))
}

/// Replaces pending PDFs by the results, which are in the same order. A PDF without a result is
/// missing.
fn fill_in(
    run: &Run<'_>,
    drafts: &mut [Draft],
    mut results: impl Iterator<Item = Option<Result<Vec<u8>, Fault>>>,
) {
    for draft in drafts {
        for (document, pdf) in draft.documents.iter().flatten().zip(&mut draft.pdfs) {
            if let Pdf::Pending { key } = pdf {
                let key = std::mem::take(key);
                *pdf = match results.next().flatten() {
                    None => Pdf::Missing, // there is no typst, or the run was stopped
                    Some(result) => check(run, document, key, result, &mut draft.loaded.findings),
                };
            }
        }
    }
}

/// Turns typst's result into a PDF, if EDGAR accepts it and it has the text of the HTML. Otherwise
/// adds the findings.
fn check(
    run: &Run<'_>,
    document: &Document,
    key: String,
    result: Result<Vec<u8>, Fault>,
    findings: &mut Vec<Finding>,
) -> Pdf {
    let bytes = match result {
        Ok(bytes) => bytes,
        Err(fault) => {
            findings.push(typst_finding(&run.templates, &document.name(Format::PDF), &fault));
            return Pdf::Missing;
        }
    };
    let refused = run.time(Stage::Compare, || run.templates.refuse_pdf(document, &bytes));
    if refused.is_empty() {
        return Pdf::Compiled { bytes, key };
    }
    findings.extend(refused.into_iter().map(|finding| match finding.hint {
        Some(_) => finding,
        None => finding.hint("nothing was written; the layout makes the PDF"),
    }));
    Pdf::Missing
}

/// Turns an error of typst into a finding, at a line of the layout if typst names one.
fn typst_finding(templates: &Templates, name: &str, fault: &Fault) -> Finding {
    let first = fault.0.first().map(String::as_str).unwrap_or_default();
    if is_package(first) {
        let message = format!("typst on `{name}`: packages cannot be imported");
        let position = in_layout(first).map_or(Position::START, |(position, _)| position);
        return rule::TYPESETTING
            .at(templates.in_layout(position), message)
            .hint("copy the needed definitions into `layout.typ`");
    }
    let message = |said: &str| format!("typst on `{name}`: {said}");
    match in_layout(first) {
        Some((position, said)) => {
            rule::TYPESETTING.at(templates.in_layout(position), message(said))
        }
        None => rule::TYPESETTING
            .at(Spot::File, message(first))
            .hint("if the built-in templates cause this, it is a bug in this tool"),
    }
}

/// Whether an error of typst is about a package, which is not available.
fn is_package(line: &str) -> bool {
    ["failed to download package", "package not found"].iter().any(|error| line.contains(error))
}

/// Returns the position and the message of `layout.typ:3:5: error: …`, or `None` for other lines.
fn in_layout(line: &str) -> Option<(Position, &str)> {
    let mut parts = line.strip_prefix("layout.typ:")?.splitn(3, ':');
    let (line, column): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    // Typst counts columns from 0.
    Some((Position { line, column: column + 1 }, parts.next()?.trim()))
}
