//! Any bytes as a filing's file, on the way that `latefile check` goes: they are loaded, validated
//! and waived, all findings get their places, and are printed in every format. Nothing of it may
//! panic, and nothing may take long.

#![no_main]

use std::sync::LazyLock;

use latefile::form12b25::deadline::Calendar;
use latefile::pipeline::load::files::Entry;
use latefile::pipeline::load::{self, SharedFiles};
use latefile::pipeline;
use latefile::pipeline::render::Templates;
use latefile_fuzz::printed;
use libfuzzer_sys::fuzz_target;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::built_in);
static TEMPLATES: LazyLock<Templates> =
    LazyLock::new(|| Templates::built_in().expect("they are built in"));

fuzz_target!(|bytes: &[u8]| {
    let name = "fuzzed.yaml".to_owned();
    let entry =
        Entry { path: name.clone().into(), shown: name.clone(), name, id: "fuzzed".to_owned() };
    let mut loaded = load::load_bytes(&entry, bytes.to_vec(), &SharedFiles::default());
    pipeline::apply_rules(&mut loaded, &TEMPLATES.editions, &CALENDAR);
    printed(&pipeline::place(loaded.findings, &loaded.sources), bytes);
});
