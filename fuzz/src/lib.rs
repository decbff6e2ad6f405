//! What the targets share: what may be asked of findings, whatever they are about.

use std::sync::LazyLock;

use latefile::diagnostics::finding::{Located, Spot};
use latefile::diagnostics::report::{self, MessageFormat};
use latefile::import::{self, Heading};
use rayon::ThreadPoolBuilder;

/// The formats, each printed for inputs whose length is a multiple of this: SARIF lists all rules,
/// and would take longer than all else that is done with an input.
const FORMATS: [(MessageFormat, usize); 5] = [
    (MessageFormat::Human, 1),
    (MessageFormat::Short, 1),
    (MessageFormat::Json, 1),
    (MessageFormat::Github, 1),
    (MessageFormat::Sarif, 16),
];

/// Has all done by the thread that reads; others would be woken thousands of times a second.
static ONE_THREAD: LazyLock<()> = LazyLock::new(|| {
    let pool = ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("there is none before");
});

/// Prints findings as the commands do, in every format, though not each for every input.
pub fn printed(findings: &[Located], bytes: &[u8]) -> String {
    LazyLock::force(&ONE_THREAD);
    let all: Vec<&Located> = findings.iter().collect();
    let print = |(format, each): (MessageFormat, usize)| {
        if bytes.len() % each != 0 {
            return String::new();
        }
        let text = report::text(&all, &[], format, bytes.len() % 2 == 0);
        assert!(all.is_empty() || !text.is_empty());
        text
    };
    FORMATS.map(print).concat()
}

/// Asks of findings that they lie inside the document, and show the line that they are on.
pub fn inside(findings: &[Located], bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<(&str, usize)> =
        text.split('\n').map(|line| (line, line.chars().count())).collect();
    for Located { finding, place, line, .. } in findings {
        assert!(!finding.message.is_empty());
        let (own, length) = lines[place.position.line - 1];
        let before = place.position.column - 1;
        assert!(before <= length, "{finding:?} stands behind its line");
        assert!(
            line.is_empty() || *line == own.trim_end_matches('\r'),
            "{finding:?} shows another line"
        );
        if let (Spot::At(_), Some(width)) = (&finding.spot, finding.width) {
            assert!(width <= 1.max(length - before), "{finding:?} is longer than its line");
        }
    }
}

/// Imports a file, and asks of the YAML that it can be read again.
pub fn imported(bytes: &[u8]) {
    let Ok(notice) = import::read(bytes) else { return };
    let yaml = import::yaml(&notice, &Heading { source: "fuzzed", schema: None }, &[]);
    let read: Result<serde_yaml::Value, _> = serde_yaml::from_str(&yaml);
    assert!(read.is_ok(), "{read:?}\n{yaml}");
}
