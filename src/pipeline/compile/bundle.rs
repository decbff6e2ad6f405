//! Many documents in few runs of typst: starting it costs as much as a document. The bytes are
//! those of single compiles, and so is what is said of a document that does not compile.
//!
//! The files of a run are written over those of the run before: to make and remove thousands of
//! them costs file systems more than to write them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;

use super::process::{End, Root};
use super::{Fault, Typst};

/// The most documents of one run. Beyond some hundreds typst runs out of stack, and each takes up
/// 1.7 MB; beyond this many there is nothing to gain.
pub const BUNDLE: usize = 32;

/// More than the PDF of a document takes, in bytes.
const ROOM: usize = 1024 * 1024;

/// What came of documents that were compiled together.
#[derive(Debug, Default)]
pub struct Compiled {
    /// Each one's PDF, or what is wrong with it, in the order of the sources.
    pub documents: Vec<Option<Result<Vec<u8>, Fault>>>,
    /// Why they were compiled one by one in the end, if a run broke off.
    pub note: Option<String>,
}

/// What came of one run over several documents.
enum Together {
    Done(Vec<Vec<u8>>),
    /// Documents that typst names, by their number.
    Bad(BTreeSet<usize>),
    /// There is a fault, and typst does not say whose.
    Unnamed,
    /// The run broke off.
    Broken(String),
}

/// A folder in which typst compiles documents, run after run, with one layout.
#[derive(Debug)]
pub struct Press<'t> {
    typst: &'t Typst,
    root: Root,
}

impl Typst {
    /// A folder to compile in; it goes with its owner.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn press(&self, layout: &str) -> anyhow::Result<Press<'_>> {
        Ok(Press { typst: self, root: Root::new(layout)? })
    }
}

impl Press<'_> {
    /// Compiles documents, many in a run. A bad one costs its neighbours nothing but time: what
    /// typst names is left out of the next run and compiled alone, and where it names none, the run
    /// is halved. When `stop` is set, what is not done yet is left undone.
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
                let made = self.alone(sources[only], stop)?;
                done.documents[only] = (!stop.load(Ordering::Relaxed)).then_some(made);
                continue;
            }
            match self.together(&run, sources, stop)? {
                Together::Done(pdfs) => {
                    for (number, pdf) in run.into_iter().zip(pdfs) {
                        done.documents[number] = Some(Ok(pdf));
                    }
                }
                Together::Bad(named) => {
                    runs.extend(named.iter().map(|number| vec![*number])); // what is said of it alone is what counts
                    let rest: Vec<usize> =
                        run.into_iter().filter(|number| !named.contains(number)).collect();
                    runs.extend((!rest.is_empty()).then_some(rest));
                }
                Together::Unnamed => {
                    runs.extend([run[run.len() / 2..].to_vec(), run[..run.len() / 2].to_vec()])
                }
                // Ctrl-C reaches typst too, and is no reason to go on.
                Together::Broken(_) if stop.load(Ordering::Relaxed) => break,
                Together::Broken(why) => {
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
        self.alone(source, &AtomicBool::new(false))
    }

    /// The same, of which nothing comes when `stop` is set.
    fn alone(&mut self, source: &str, stop: &AtomicBool) -> anyhow::Result<Result<Vec<u8>, Fault>> {
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
                self.root.write("room", &" ".repeat(ROOM))?; // on a full disk it could not have said it
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
    fn together(
        &mut self,
        numbers: &[usize],
        sources: &[&str],
        stop: &AtomicBool,
    ) -> anyhow::Result<Together> {
        let root = &self.root;
        root.folder("made")?;
        let made = |place: usize| format!("made/{place}.pdf");
        let mut main = String::new();
        for (place, number) in numbers.iter().enumerate() {
            root.write(&format!("{place}.typ"), sources[*number])?;
            root.write(&made(place), "")?; // what the run before wrote there
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
                    Together::Done(pdfs)
                } else {
                    Together::Broken("left something out".to_owned())
                })
            }
            End::Done { faults, said, .. } if faults.is_empty() => {
                Ok(Together::Broken(format!("failed (`{said}`)")))
            }
            End::Done { faults, .. } => {
                let places: BTreeSet<usize> =
                    faults.iter().filter_map(|line| named(line)).collect();
                let named: Option<BTreeSet<usize>> =
                    places.iter().map(|place| numbers.get(*place).copied()).collect();
                Ok(named.filter(|named| !named.is_empty()).map_or(Together::Unnamed, Together::Bad))
            }
            End::Killed => Ok(Together::Broken("was killed".to_owned())),
            End::Late => Ok(Together::Broken(format!(
                "was not done after {} seconds",
                self.typst.limit.as_secs_f32()
            ))),
        }
    }
}

/// The place in its run of the document that a line of typst's is about: 3 of `3.typ:4:1: error:
/// …`.
fn named(line: &str) -> Option<usize> {
    line.split_once(".typ:")?.0.parse().ok()
}
