//! What people would use instead, if `benches/peers/install.sh` has installed it: Python programs
//! that make equivalent documents of the same filings, in as many processes as there are
//! processors.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::process::Contender;

/// The programs.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers");

/// One of them.
pub(crate) struct Peer {
    /// What tables call it.
    pub(crate) name: &'static str,
    program: &'static str,
    /// What Python must be able to do for it.
    needs: &'static str,
}

/// A layout of its own, set by typst in process.
pub(crate) const TYPST: Peer = Peer {
    name: "jinja2 + typst's Python binding",
    program: "with_typst.py",
    needs: "import jinja2, typst, yaml",
};
/// HTML, set by WeasyPrint. Without that library it is three times as slow, which would not be
/// fair.
pub(crate) const WEASYPRINT: Peer = Peer {
    name: "jinja2 + WeasyPrint",
    program: "with_weasyprint.py",
    needs: "import jinja2, yaml; from weasyprint.text.ffi import harfbuzz_subset as library; assert library",
};
/// Markdown, which pandoc turns into all formats, with typst for the PDF.
pub(crate) const PANDOC: Peer = Peer {
    name: "pandoc + typst",
    program: "with_pandoc.py",
    needs: "import jinja2, pypandoc, yaml",
};

impl Peer {
    /// The folder of its outputs.
    pub(crate) fn out(&self) -> String {
        format!("out-{}", self.program.trim_end_matches(".py"))
    }

    /// The program with what it reads and where it writes; else why it cannot run.
    ///
    /// # Errors
    /// Its packages are not installed.
    pub(crate) fn contender(
        &self,
        from: &Path,
        out: &Path,
        typst: &Path,
    ) -> Result<Contender<'static>, String> {
        // Beside what cargo builds: `make clean` removes both.
        let target =
            Path::new(env!("CARGO_TARGET_TMPDIR")).parent().map(Path::to_owned).unwrap_or_default();
        let python: PathBuf = target.join("peers/bin/python");
        let answers = Command::new(&python)
            .args(["-c", self.needs])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !answers.is_ok_and(|status| status.success()) {
            return Err("not installed: `benches/peers/install.sh`".to_owned());
        }
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let mut command = Command::new(python);
        command.env("PYTHONPYCACHEPREFIX", target.join("peers/pycache")); // not beside the programs
        command
            .arg(Path::new(FOLDER).join(self.program))
            .args([from, out])
            .arg(processors.to_string())
            .arg(typst);
        Ok(Contender::process(command))
    }
}
