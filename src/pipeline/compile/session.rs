//! Many documents in few runs of typst: starting it costs as much as a document. The bytes are
//! those of single compiles, and so are the faults of a document that does not compile.
//!
//! The files of a run are written over those of the run before: to make and remove thousands of
//! them costs file systems more than to write them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;

use super::process::{End, Root};
use super::typst::Typst;

/// The most documents of one run. With some hundreds typst runs out of stack, each takes 1.7 MB of
/// memory, and more than this many are not faster.
pub const BUNDLE: usize = 32;

/// More than the PDF of a document takes, in bytes: writing as much shows whether the disk is full.
const DISK_PROBE_BYTES: usize = 1024 * 1024;

/// Why a document could not be compiled: typst's own lines, without paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub Vec<String>);

/// The result of many documents.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The PDF or the fault of each, in the order of the sources; `None` if the run was stopped.
    pub documents: Vec<Option<Result<Vec<u8>, Fault>>>,
    /// Why they were compiled one by one in the end, if a run broke off.
    pub note: Option<String>,
}

/// The result of one run over several documents.
enum BatchResult {
    Done(Vec<Vec<u8>>),
    /// Documents that typst names, by their number.
    Bad(BTreeSet<usize>),
    /// There is a fault, and typst does not name the document.
    Unnamed,
    /// The run broke off.
    Broken(String),
}

/// A folder in which typst compiles documents, run after run, with one layout.
#[derive(Debug)]
pub struct TypstSession<'t> {
    typst: &'t Typst,
    root: Root,
}

impl Typst {
    /// A folder to compile in; it goes with its owner.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn session(&self, layout: &str) -> anyhow::Result<TypstSession<'_>> {
        Ok(TypstSession { typst: self, root: Root::new(layout)? })
    }
}

impl TypstSession<'_> {
    /// Compiles documents, many in a run. A faulty one costs the others only time: a document that
    /// typst names is left out of the next run and compiled alone, and if it names none, the run
    /// is halved. When `stop` is set, the documents that are not done are left out.
    ///
    /// # Errors
    /// Typst cannot be started, or breaks off over a single document, or a temporary file cannot be
    /// written.
    pub fn compile_all(&mut self, sources: &[&str], stop: &AtomicBool) -> anyhow::Result<Compiled> {
        let mut done = Compiled { documents: vec![None; sources.len()], note: None };
        let all: Vec<usize> = (0..sources.len()).collect();
        let size = all.len().div_ceil(all.len().div_ceil(BUNDLE).max(1)).max(1); // runs of the same length
        let mut runs: Vec<Vec<usize>> = all.chunks(size).rev().map(<[usize]>::to_vec).collect();
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
                BatchResult::Bad(named) => {
                    runs.extend(named.iter().map(|number| vec![*number])); // its own run has the messages that users see
                    let rest: Vec<usize> =
                        run.into_iter().filter(|number| !named.contains(number)).collect();
                    runs.extend((!rest.is_empty()).then_some(rest));
                }
                BatchResult::Unnamed => {
                    runs.extend([run[run.len() / 2..].to_vec(), run[..run.len() / 2].to_vec()])
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
            }
        }
        Ok(done)
    }

    /// Compiles one document. The inner error is the document's fault, the outer one the tool's.
    ///
    /// # Errors
    /// Typst cannot be started or breaks off, or a temporary file cannot be written.
    pub fn compile(&mut self, source: &str) -> anyhow::Result<Result<Vec<u8>, Fault>> {
        self.compile_one(source, &AtomicBool::new(false))
    }

    /// The same; `stop` ends it early, and then the result means nothing.
    fn compile_one(
        &mut self,
        source: &str,
        stop: &AtomicBool,
    ) -> anyhow::Result<Result<Vec<u8>, Fault>> {
        self.root.write("main.typ", source)?;
        self.root.write("main.pdf", "")?;
        match self.typst.run(&self.root, &[], ("main.typ", "main.pdf"), stop)? {
            End::Done { faults, .. } if !faults.is_empty() => Ok(Err(Fault(faults))),
            End::Done { success: true, .. } => match self.root.read("main.pdf")? {
                nothing if nothing.is_empty() => {
                    bail!("typst says that all is well, and wrote nothing")
                }
                pdf => Ok(Ok(pdf)),
            },
            End::Done { said, .. } if said.is_empty() => {
                self.root.write("probe", &" ".repeat(DISK_PROBE_BYTES))?; // typst cannot report a full disk
                bail!("typst failed, and did not say why")
            }
            End::Done { said, .. } => bail!("typst failed: {said}"),
            End::Killed => bail!("typst was killed"),
            End::Late => {
                let seconds = self.typst.limit.as_secs_f32();
                Ok(Err(Fault(vec![format!("error: it was not done after {seconds} seconds")])))
            }
        }
    }

    /// One run over the documents of these numbers.
    fn compile_batch(
        &mut self,
        numbers: &[usize],
        sources: &[&str],
        stop: &AtomicBool,
    ) -> anyhow::Result<BatchResult> {
        let root = &self.root;
        root.folder("made")?;
        let made = |place: usize| format!("made/{place}.pdf");
        let mut main = String::new();
        for (place, number) in numbers.iter().enumerate() {
            root.write(&format!("{place}.typ"), sources[*number])?;
            root.write(&made(place), "")?; // in place of the PDF of the run before
            let _ = writeln!(main, "#document(\"{place}.pdf\", include \"{place}.typ\")"); // a String takes it
        }
        root.write("main.typ", &main)?;
        match self.typst.run(
            root,
            &["--features", "bundle", "--format", "bundle"],
            ("main.typ", "made"),
            stop,
        )? {
            End::Done { success: true, faults, .. } if faults.is_empty() => {
                let pdfs = (0..numbers.len()).map(|place| root.read(&made(place)));
                let pdfs: Vec<Vec<u8>> = pdfs.collect::<anyhow::Result<_>>()?;
                let whole = pdfs.iter().all(|pdf| !pdf.is_empty());
                Ok(if whole {
                    BatchResult::Done(pdfs)
                } else {
                    BatchResult::Broken("left something out".to_owned())
                })
            }
            End::Done { faults, said, .. } if faults.is_empty() => {
                Ok(BatchResult::Broken(format!("failed (`{said}`)")))
            }
            End::Done { faults, .. } => {
                let places: BTreeSet<usize> =
                    faults.iter().filter_map(|line| named(line)).collect();
                let named: Option<BTreeSet<usize>> =
                    places.iter().map(|place| numbers.get(*place).copied()).collect();
                Ok(named
                    .filter(|named| !named.is_empty())
                    .map_or(BatchResult::Unnamed, BatchResult::Bad))
            }
            End::Killed => Ok(BatchResult::Broken("was killed".to_owned())),
            End::Late => Ok(BatchResult::Broken(format!(
                "was not done after {} seconds",
                self.typst.limit.as_secs_f32()
            ))),
        }
    }
}

/// The number in its run of the document that a line of typst is about: 3 of `3.typ:4:1: error:
/// …`.
fn named(line: &str) -> Option<usize> {
    line.split_once(".typ:")?.0.parse().ok()
}
