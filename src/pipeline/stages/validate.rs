//! The second stage: applies the form's rules and the filing's waivers.

use crate::form12b25::deadline::Calendar;
use crate::form12b25::rules;
use crate::form12b25::wording::Edition;
use crate::pipeline::draft::Draft;
use crate::pipeline::load::Loaded;
use crate::pipeline::run::Run;
use crate::pipeline::timings::Stage;

/// Validates a filing, if its file could be read as one.
pub(crate) fn validate(run: &Run<'_>, draft: &mut Draft) {
    run.time(Stage::Validate, || {
        apply_rules(&mut draft.loaded, &run.templates.editions, &run.plan.calendar)
    });
}

/// Adds the findings of the rules, and marks those that the filing waives.
pub fn apply_rules(loaded: &mut Loaded, editions: &[Edition], calendar: &Calendar) {
    if let Some(filing) = &loaded.filing {
        loaded.findings.extend(rules::validate(filing, &loaded.sources.main, editions, calendar));
        rules::waive(filing, &mut loaded.findings);
    }
}
