//! The findings of an import: keys that were not read, and text that belongs to no key, each at its
//! place in the original.

use super::notice::{Day, Notice, Origin};
use super::yaml::{Agreement, Shared};
use crate::diagnostics::finding::{Finding, Rule, Severity, Spot};
use crate::diagnostics::rule;

/// The most characters of a text in a message.
const SHOWN: usize = 40;

/// Returns the findings of a notice. A key whose caption is not there either is a note.
pub fn findings(notice: &Notice) -> Vec<Finding> {
    let unread = notice.unread.iter().map(|(key, unread)| {
        let message = format!("`{key}` was not read: {}", unread.why);
        at(unread.at, &rule::IMPORT_UNREAD, message)
            .hint("read it in the original, and write the key")
    });
    let absent = absent(notice).map(|key| {
        let message = format!("`{key}` is not in the original");
        rule::IMPORT_UNREAD.at(Spot::File, message).severity(Severity::Note)
    });
    let leftover = notice.leftover.iter().map(|(origin, text)| {
        let shown: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = shown.char_indices().nth(SHOWN).map(|(end, _)| end);
        let shown = end.map_or(shown.clone(), |end| format!("{}…", &shown[..end]));
        let message = format!("the text `{shown}` belongs to no key");
        let hint = "move it to a key, or delete the comment at the end of the YAML that has it";
        at(Some(*origin), &rule::IMPORT_LEFTOVER, message).hint(hint)
    });
    let letters = notice.letters.iter().enumerate();
    let letters = letters.filter(|(_, letter)| letter.date == Some(Day::Either)).map(|(n, _)| {
        let message = format!("`letters[{n}].date` was not read: {}", Day::EITHER);
        rule::IMPORT_UNREAD.at(Spot::File, message).hint("read it in the original, and write it")
    });
    unread.chain(absent).chain(letters).chain(leftover).collect()
}

/// Returns the findings about the shared files of registrants that are of another company, or may be.
pub fn shared_findings(shared: &[Option<Shared>]) -> Vec<Finding> {
    let finding = |shared: &Shared| {
        let why = match shared.agreement {
            Agreement::Whole | Agreement::Company => return None,
            Agreement::Another => "has another CIK or file number",
            Agreement::Unknown => "has no CIK or file number that is in the original too",
        };
        let message = format!("`registrant` was not read as `{}`, which {why}", shared.id);
        let hint = format!(
            "its keys are in the filing; if `{}` is of the same company, name it instead",
            shared.shown
        );
        Some(rule::IMPORT_UNREAD.at(Spot::File, message).hint(hint))
    };
    shared.iter().flatten().filter_map(finding).collect()
}

/// Returns a finding at a place in the original.
fn at(origin: Option<Origin>, rule: &'static Rule, message: String) -> Finding {
    match origin {
        Some(Origin { position, is_paragraph: true }) => {
            rule.at(position, format!("{message} (paragraph {})", position.line))
        }
        Some(origin) => rule.at(origin.position, message),
        None => rule.at(Spot::File, message),
    }
}

/// Returns the required keys that have neither a value nor a reason.
fn absent(notice: &Notice) -> impl Iterator<Item = &'static str> {
    let registrant = &notice.registrant;
    let keys = [
        ("report.form", notice.form.is_none()),
        ("report.period_ended", notice.period_ended.is_none()),
        ("registrant.name", registrant.name.is_none()),
        ("registrant.cik", registrant.cik.is_none()),
        ("registrant.address.street", registrant.street.is_empty()),
        ("registrant.address.city", registrant.city.is_none()),
        ("relief", notice.relief.is_none()),
        ("narrative", notice.narrative.is_empty()),
        ("contact.name", notice.contact_name.is_none()),
        ("contact.phone", notice.contact_phone.is_none()),
        ("prior_reports.all_filed", notice.all_filed.is_none()),
        ("results_change.anticipated", notice.anticipated.is_none()),
        ("signature.name", notice.signer_name.is_none()),
        ("signature.title", notice.signer_title.is_none()),
    ];
    let absent =
        keys.into_iter().filter(|(key, absent)| *absent && !notice.unread.contains_key(key));
    absent.map(|(key, _)| key)
}
