//! Any bytes as a filing's file, on the way that `latefile check` goes: they are loaded, validated and
//! waived, all findings get their places, and are printed in every format. Nothing of it may panic,
//! and nothing may take long.

#![no_main]

use std::sync::LazyLock;

use latefile::finding::Located;
use latefile::load::files::Entry;
use latefile::load::{self, Registrants};
use latefile::pipeline;
use latefile::render::Templates;
use latefile::report::{self, MessageFormat};
use libfuzzer_sys::fuzz_target;

const FORMATS: [MessageFormat; 5] =
    [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json, MessageFormat::Github, MessageFormat::Sarif];

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::built_in().expect("they are built in"));

fuzz_target!(|bytes: &[u8]| {
    let name = "fuzzed.yaml".to_owned();
    let entry = Entry { path: name.clone().into(), shown: name.clone(), name, id: "fuzzed".to_owned() };
    let mut loaded = load::load_bytes(&entry, bytes.to_vec(), &Registrants::default());
    pipeline::judge(&mut loaded, &TEMPLATES.editions);
    let located = pipeline::place(loaded.findings, &loaded.sources);
    let all: Vec<&Located> = located.iter().collect();
    for format in FORMATS {
        let text = report::text(&all, format, bytes.len() % 2 == 0);
        assert!(all.is_empty() || !text.is_empty());
    }
});
