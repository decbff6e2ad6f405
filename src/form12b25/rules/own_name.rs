//! Compares the name that Part III defines as that of the registrant with the cover.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::pattern::pattern;
use super::subject::Subject;
use super::topics::Topic;
use super::words::GENERIC;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::model::{Filing, FormType, Registrant};

// `(the “Company”)`, `(together with its subsidiaries, the "Registrant")`.
pattern!(
    DEFINED,
    r#"(?i)\s*\((?:[^()"“‘']{0,80},\s*)?(?:hereinafter\s+|hereafter\s+)?(?:the\s+|our\s+)?"#,
    r#"["“‘'](?:the\s+)?(?:Company|Registrant|Issuer|Corporation|Partnership)[,.]?["”’']"#,
);

// The name before: capitalized words, with the small ones that names have between and after them;
// perhaps with what it is: `Acme Inc., a Nevada corporation`.
pattern!(
    NAME,
    r"(?P<name>(?:(?:[A-Z][\w.’'&/-]*,?|[0-9][\w.’'&/-]*)(?:\s+(?:(?:of|and|the|for|in|de|del|d/b/a",
    r"|f/k/a)\b|&))*\s+)*(?:[A-Z][\w.’'&/-]*|[0-9][\w.’'&/-]*|plc|llc|inc\.?|ltd\.?|corp\.?|s\.a\.))",
    r"(?:,\s+an?\s+[^,()]{3,60})?,?$",
);

// A name that is none: `the Company (the “Registrant”)`.
pattern!(NO_NAME, r"(?i)\b(?:Company|Registrant|Issuer|Corporation|Partnership|management)$");

/// Part III must not define another company's name as that of the registrant.
pub(super) fn registrant(subject: &Subject<'_>) -> Vec<Finding> {
    let filing = subject.filing;
    // Names of plans, series and depositors are not on the cover of every notice about them.
    let own_report =
        matches!(filing.report.form.box_form(), FormType::F10K | FormType::F10Q | FormType::F20F);
    let Some(prose) = subject.narrative.as_ref().filter(|_| own_report) else {
        return Vec::new();
    };
    let known = LazyCell::new(|| known(filing));
    let other = prose.sentences_on(Topic::Defined).find_map(|sentence| {
        let definition = DEFINED.find(sentence.text)?;
        let named = NAME.captures(&sentence.text[..definition.start()])?;
        let at = named.name("name")?.range();
        let name = &sentence.text[at.clone()];
        (!is_no_name(name) && is_another(name, &known)).then_some((sentence, at))
    });
    let Some((sentence, at)) = other else { return Vec::new() };
    let message = format!(
        "Part III calls `{}` the registrant, and the cover has `{}`",
        sentence.text[at.clone()].trim_end_matches(','),
        filing.registrant.name.folded()
    );
    let hint = "the text may be that of another notice; or give the earlier name as `former_name`";
    vec![rule::NARRATIVE_REGISTRANT.at(sentence.spot(at), message).hint(hint)]
}

/// Whether a name is only the word for a registrant.
fn is_no_name(name: &str) -> bool {
    // `Roe Corporation` is a name.
    NO_NAME.find(name).is_some_and(|word| {
        let before = name[..word.start()].trim_end();
        before.is_empty() || before.to_lowercase().ends_with("the")
    })
}

/// Returns the names by which Part III can call the registrant.
fn known(filing: &Filing) -> Vec<String> {
    let of = |registrant: &Registrant| {
        let former = registrant.former_name.as_ref().map(|name| name.folded());
        std::iter::once(registrant.name.folded()).chain(former).collect::<Vec<_>>()
    };
    let signers = filing.signature.through.iter().map(|through| through.name.folded());
    filing.registrants().flat_map(of).chain(signers).collect()
}

/// Whether a name is that of none of the known.
fn is_another(name: &str, known: &[String]) -> bool {
    let said = words(name);
    // Words such as `Holdings`, in the names of many companies, distinguish none.
    if said.is_empty() {
        return false;
    }
    !known.iter().any(|known| {
        let words = words(known);
        let initials: String =
            known.split_whitespace().filter_map(|word| word.chars().next()).collect();
        words.iter().any(|own| said.iter().any(|said| alike(own, said)))
            || said.iter().any(|said| initials.to_lowercase().starts_with(said.as_str()))
            || alike(&joined(known), &joined(name))
    })
}

/// Returns the words of a name that distinguish it, in lower case.
fn words(name: &str) -> HashSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.len() > 1 && !GENERIC.contains(word.as_str())).collect()
}

/// Returns the letters and digits of a name, in lower case.
fn joined(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two words are the same but for a misprint, or one begins with the other.
fn alike(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    (short.len() >= 4 && long.starts_with(short))
        || strsim::normalized_levenshtein(one, other) > 0.75
}
