//! Compiles many documents in few runs of typst.
//!
//! To start typst costs as much as to compile two documents. The bytes of a PDF, and the faults of
//! a document that does not compile, are those of a run over the document alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;

use super::process::End;
use super::root::Root;
use super::typst::Typst;

/// The most documents of one run.
// With 500, typst runs out of stack; each takes 1.7 MB of memory; more than 32 are not faster.
pub const BUNDLE: usize = 32;

/// The name by which documents import the layout.
const LAYOUT: &str = "layout.typ";

/// The bytes written to find out whether the disk is full: more than a PDF has.
const DISK_PROBE_BYTES: usize = 1024 * 1024;

/// The errors of a document that does not compile: typst's lines, with file names but no paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub Vec<String>);

/// The results of many documents.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The PDF or the fault of each, in the order of the sources; `None` if the run was stopped.
    pub documents: Vec<Option<Result<Vec<u8>, Fault>>>,
    /// The reason why documents were compiled one by one, if a run broke off.
    pub note: Option<String>,
}

/// The result of one run over several documents.
enum BatchResult {
    /// The PDFs, in the order of the documents.
    Done(Vec<Vec<u8>>),
    /// The numbers of the documents in which typst found faults.
    Bad(BTreeSet<usize>),
    /// A document has a fault, but typst does not name it, as with a missing title.
    Unnamed,
    /// The run broke off, for this reason.
    Broken(String),
}

/// A folder in which typst compiles documents, run after run, with one layout.
// A run overwrites the files of the run before: to make and remove thousands of files takes longer
// than to write them.
#[derive(Debug)]
pub struct TypstSession<'t> {
    typst: &'t Typst,
    root: Root,
}

impl Typst {
    /// Makes a temporary folder to compile in.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn session(&self, layout: &str) -> anyhow::Result<TypstSession<'_>> {
        let root = Root::new()?;
        root.write(LAYOUT, layout)?;
        Ok(TypstSession { typst: self, root })
    }
}

impl TypstSession<'_> {
    /// Compiles documents, many in a run. A faulty document costs the others only time. If `stop`
    /// is set, the documents that are not done are left out.
    ///
    /// # Errors
    /// Typst cannot be started, or breaks off over a single document, or a temporary file cannot be
    /// written.
    pub fn compile_all(&mut self, sources: &[&str], stop: &AtomicBool) -> anyhow::Result<Compiled> {
        let mut done = Compiled { documents: vec![None; sources.len()], note: None };
        let mut runs = even_runs(sources.len());
        while let Some(run) = runs.pop() {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            if let [only] = run[..] {
                let made = self.compile_one(sources[only], stop)?;
                done.documents[only] = (!stop.load(Ordering::Relaxed)).then_some(made);
                continue;
            }
            match self.compile_batch(&run, sources, stop)? {
                BatchResult::Done(pdfs) => {
                    for (number, pdf) in run.into_iter().zip(pdfs) {
                        done.documents[number] = Some(Ok(pdf));
                    }
                }
                // Ctrl-C reaches typst too, and is no reason to go on.
                BatchResult::Broken(_) if stop.load(Ordering::Relaxed) => break,
                BatchResult::Broken(why) => {
                    done.note = Some(format!(
                        "typst {why} over {} documents, which were compiled one by one",
                        run.len()
                    ));
                    runs.extend(run.into_iter().map(|number| vec![number]));
                }
                BatchResult::Bad(named) => runs.extend(runs_without(run, &named)),
                BatchResult::Unnamed => {
                    runs.extend([run[run.len() / 2..].to_vec(), run[..run.len() / 2].to_vec()])
                }
            }
        }
        Ok(done)
    }

    /// Compiles one document. The inner error has the faults of the document.
    ///
    /// # Errors
    /// Typst cannot be started or breaks off, or a temporary file cannot be written.
    pub fn compile(&mut self, source: &str) -> anyhow::Result<Result<Vec<u8>, Fault>> {
        self.compile_one(source, &AtomicBool::new(false))
    }

    /// Compiles one document. If `stop` is set meanwhile, the result has no meaning.
    fn compile_one(
        &mut self,
        source: &str,
        stop: &AtomicBool,
    ) -> anyhow::Result<Result<Vec<u8>, Fault>> {
        self.root.write("main.typ", source)?;
        // Over the PDF of the run before, so that it is never taken for this document.
        self.root.write("main.pdf", "")?;
        match self.typst.run(&self.root, &[], ("main.typ", "main.pdf"), stop)? {
            End::Done { faults, .. } if !faults.is_empty() => Ok(Err(Fault(faults))),
            End::Done { success: true, .. } => match self.root.read("main.pdf")? {
                nothing if nothing.is_empty() => {
                    bail!("typst reported no error, but wrote nothing")
                }
                pdf => Ok(Ok(pdf)),
            },
            End::Done { first_line, .. } if first_line.is_empty() => {
                // Typst cannot report a full disk, if that is why it failed; this write can.
                self.root.write("probe", &" ".repeat(DISK_PROBE_BYTES))?;
                bail!("typst failed without a message")
            }
            End::Done { first_line, .. } => bail!("typst failed: {first_line}"),
            End::Killed => bail!(
                "typst was killed, perhaps because a document needed more memory than there is"
            ),
            End::Late => {
                let seconds = self.typst.limit.as_secs_f32();
                Ok(Err(Fault(vec![format!("error: it was not done after {seconds} seconds")])))
            }
        }
    }

    /// Compiles the documents of these numbers in one run.
    fn compile_batch(
        &mut self,
        numbers: &[usize],
        sources: &[&str],
        stop: &AtomicBool,
    ) -> anyhow::Result<BatchResult> {
        self.write_batch(numbers, sources)?;
        let bundle = ["--format", "bundle"];
        Ok(match self.typst.run(&self.root, &bundle, ("main.typ", "made"), stop)? {
            End::Done { success: true, faults, .. } if faults.is_empty() => {
                self.read_batch(numbers.len())?
            }
            End::Done { faults, first_line, .. } if faults.is_empty() => {
                BatchResult::Broken(format!("failed (`{first_line}`)"))
            }
            End::Done { faults, .. } => faulty(numbers, &faults),
            End::Killed => BatchResult::Broken("was killed".to_owned()),
            End::Late => BatchResult::Broken(format!(
                "was not done after {} seconds",
                self.typst.limit.as_secs_f32()
            )),
        })
    }

    /// Writes the files of a run: the documents, each by its place in the run, and a bundle of all.
    fn write_batch(&self, numbers: &[usize], sources: &[&str]) -> anyhow::Result<()> {
        self.root.folder("made")?;
        let mut main = String::new();
        for (place, number) in numbers.iter().enumerate() {
            self.root.write(&format!("{place}.typ"), sources[*number])?;
            // Over the PDF of the run before, so that it is never taken for this document.
            self.root.write(&pdf_at(place), "")?;
            // A write to a String cannot fail.
            let _ = writeln!(main, "#document(\"{place}.pdf\", include \"{place}.typ\")");
        }
        self.root.write("main.typ", &main)
    }

    /// Reads the PDFs of a run over this many documents.
    fn read_batch(&self, documents: usize) -> anyhow::Result<BatchResult> {
        let pdfs = (0..documents).map(|place| self.root.read(&pdf_at(place)));
        let pdfs: Vec<Vec<u8>> = pdfs.collect::<anyhow::Result<_>>()?;
        Ok(if pdfs.iter().any(Vec::is_empty) {
            BatchResult::Broken("left something out".to_owned())
        } else {
            BatchResult::Done(pdfs)
        })
    }
}

/// The file of the PDF at this place in a run.
fn pdf_at(place: usize) -> String {
    format!("made/{place}.pdf")
}

/// Divides the numbers of documents into runs of about the same length, the first one last.
fn even_runs(documents: usize) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..documents).collect();
    let runs = documents.div_ceil(BUNDLE).max(1);
    let size = documents.div_ceil(runs).max(1);
    all.chunks(size).rev().map(<[usize]>::to_vec).collect()
}

/// Divides a run into the documents that typst named, each alone, and the others together.
fn runs_without(run: Vec<usize>, named: &BTreeSet<usize>) -> Vec<Vec<usize>> {
    // Alone, because the messages of a run over one document are those that users see.
    let mut runs: Vec<Vec<usize>> = named.iter().map(|number| vec![*number]).collect();
    let rest: Vec<usize> = run.into_iter().filter(|number| !named.contains(number)).collect();
    runs.extend((!rest.is_empty()).then_some(rest));
    runs
}

/// Finds the documents of a run that the lines of typst are about.
fn faulty(numbers: &[usize], faults: &[String]) -> BatchResult {
    let places: BTreeSet<usize> = faults.iter().filter_map(|line| place_in_run(line)).collect();
    let named: Option<BTreeSet<usize>> =
        places.iter().map(|place| numbers.get(*place).copied()).collect();
    named.filter(|named| !named.is_empty()).map_or(BatchResult::Unnamed, BatchResult::Bad)
}

/// Returns the place in its run of the document that a line of typst is about, 3 of
/// `3.typ:4:1: error: …`, or `None` if it is about no document.
fn place_in_run(line: &str) -> Option<usize> {
    line.split_once(".typ:")?.0.parse().ok()
}
