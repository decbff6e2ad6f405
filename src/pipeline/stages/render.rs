//! The third stage: renders the documents of a filing, unless the outputs on disk are up to date.
//! The module `render` does the work.

use crate::edgar::Format;
use crate::form12b25::rules;
use crate::pipeline::draft::Draft;
use crate::pipeline::fresh;
use crate::pipeline::outputs;
use crate::pipeline::plan::Goal;
use crate::pipeline::render::{self, Document};
use crate::pipeline::run::Run;
use crate::pipeline::timings::Stage;
use crate::pipeline::write;

/// Renders the documents of a filing, if the goal needs them and the filing has no errors.
pub(crate) fn render(run: &Run<'_>, draft: &mut Draft) {
    let Some(filing) = &draft.loaded.filing else { return };
    if run.goal == Goal::Check || !rules::passes(&draft.loaded.findings) {
        return;
    }
    if run.goal.is_of_outputs() {
        let id = &draft.loaded.id;
        let file = run.time(Stage::Compare, || write::read_manifest(&run.plan.out, id));
        draft.old = file.as_deref().and_then(write::manifest_in);
        let new = draft.new.insert(outputs::manifest(run, filing, &draft.loaded));
        let old = draft.old.as_ref().zip(file.as_deref());
        if run.time(Stage::Compare, || fresh::is_fresh(run, id, filing, new, old)) {
            return;
        }
    }
    let with_pdfs = match run.goal {
        // A package attaches PDFs only to a filing that asks for copies.
        Goal::Render => filing.edgar.pdf_copies,
        _ => run.plan.formats.contains(&Format::PDF),
    };
    let mut formats = run.plan.formats.clone();
    formats.retain(|format| !format.is_compiled());
    formats.extend(with_pdfs.then_some(Format::PDF));
    match run
        .time(Stage::Render, || render::render(filing, &draft.loaded.id, &run.templates, &formats))
    {
        Ok(documents) => {
            if with_pdfs {
                run.time(Stage::Compare, || find_pdfs(run, draft, &documents));
            }
            draft.documents = Some(documents);
        }
        Err(findings) => draft.loaded.findings.extend(findings),
    }
}

/// Decides for each document whether its PDF is kept or compiled.
fn find_pdfs(run: &Run<'_>, draft: &mut Draft, documents: &[Document]) {
    for document in documents {
        let (pdf, finding) = fresh::pdf(run, &draft.loaded.id, document, draft.old.as_ref());
        draft.pdfs.push(pdf);
        draft.loaded.findings.extend(finding);
    }
}
