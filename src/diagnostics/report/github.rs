//! Prints findings as GitHub workflow commands. GitHub reads them from the log of a job and shows
//! each on its line of a pull request; it needs no permission, so that forks work, too.

use rayon::prelude::*;

use super::excerpt::end_column;
use super::short;
use crate::diagnostics::characters::{visible, visible_lines};
use crate::diagnostics::count::count;
use crate::diagnostics::finding::{Finding, Located, Severity};
use crate::diagnostics::rule;
use crate::diagnostics::workflow_commands::broken;

/// The most annotations of a kind that GitHub shows of a step.
const MOST: usize = 10;

/// A kind of annotation, the most severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Error, Kind::Warning, Kind::Notice];

    /// Returns the kind of a finding's annotation. A waived finding is a notice, and so is an empty
    /// signature line, which every draft has.
    fn of(finding: &Finding) -> Kind {
        match finding.severity {
            _ if finding.waived.is_some() || *finding.rule == rule::UNSIGNED => Kind::Notice,
            Severity::Error => Kind::Error,
            Severity::Warning => Kind::Warning,
            Severity::Note => Kind::Notice,
        }
    }

    /// Returns the name of its command.
    fn name(self) -> &'static str {
        match self {
            Kind::Error => "error",
            Kind::Warning => "warning",
            Kind::Notice => "notice",
        }
    }
}

/// A message as an annotation, and as the line that the log has instead if GitHub would not show it.
struct Message {
    kind: Kind,
    annotation: String,
    short: String,
}

/// Returns an annotation for each finding, as one line. If there are more of a kind than GitHub
/// shows, one annotation says how many more, and the rest follow as short lines.
pub(super) fn text(findings: &[&Located], errors: &[String]) -> String {
    let mut messages: Vec<Message> = errors.iter().map(|error| of_error(error)).collect();
    messages.par_extend(findings.par_iter().map(|located| of_finding(located)));
    if messages.len() > MOST {
        messages.sort_by_key(|message| message.kind);
    }
    let number = |kind| messages.iter().filter(|message| message.kind == kind).count();
    let Some(fullest) = Kind::ALL.into_iter().find(|kind| number(*kind) > MOST) else {
        return messages.into_iter().map(|message| message.annotation).collect();
    };
    // One annotation of that kind is the one about the others.
    let most = |kind| if kind == fullest { MOST - 1 } else { MOST };
    let more: Vec<(usize, Kind)> =
        Kind::ALL.map(|kind| (number(kind).saturating_sub(most(kind)), kind)).to_vec();
    let mut shown = [0; Kind::ALL.len()];
    let (annotated, short): (Vec<Message>, Vec<Message>) =
        messages.into_iter().partition(|message| {
            let shown = &mut shown[message.kind as usize];
            *shown += 1;
            *shown <= most(message.kind)
        });
    let mut all: String = annotated.into_iter().map(|message| message.annotation).collect();
    all += &others(fullest, &more);
    all.extend(short.into_iter().map(|message| message.short));
    all
}

/// Returns the annotation about those that GitHub would not show.
fn others(kind: Kind, more: &[(usize, Kind)]) -> String {
    let all = more.iter().map(|(number, _)| number).sum();
    let kinds: Vec<String> = more
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, kind)| count(*number, kind.name()))
        .collect();
    let all = count(all, "more finding");
    format!("::{} title={all}::in the log of this step: {}\n", kind.name(), kinds.join(", "))
}

/// Returns an error for which the tool could not go on.
fn of_error(error: &str) -> Message {
    let error = visible_lines(error);
    let annotation = format!("::error title=latefile::{}\n", data(&error));
    Message { kind: Kind::Error, annotation, short: broken(&format!("error: {error}\n")).into() }
}

fn of_finding(located: &Located) -> Message {
    let finding = &located.finding;
    let kind = Kind::of(finding);
    let place = &located.place;
    // GitHub's end column is inclusive; that of the other formats is not.
    let end = end_column(located).map(|end| format!(",endColumn={}", end - 1)).unwrap_or_default();
    let annotation = format!(
        "::{} file={},line={line},endLine={line},col={}{end},title={}::{}\n",
        kind.name(),
        property(&visible(&place.file)),
        place.position.column,
        property(finding.rule.code),
        data(&body(located)),
        line = place.position.line,
    );
    Message { kind, annotation, short: broken(&short::text(located)).into() }
}

/// Returns the message, then the hint, the authority and the waiver on lines of their own.
fn body(located: &Located) -> String {
    let finding = &located.finding;
    let more = [
        finding.hint.as_ref().map(|hint| format!("help: {}", visible(hint))),
        finding.rule.authority.map(|authority| format!("authority: {authority}")),
        finding.waived.as_ref().map(|because| format!("waived: {}", visible(because))),
    ];
    more.into_iter().flatten().fold(visible(&finding.message), |body, line| body + "\n" + &line)
}

/// Escapes the text after `::` as the runner unescapes it.
fn data(text: &str) -> String {
    // `%` first: the escapes themselves contain it.
    broken(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_syntax_of_workflow_commands_is_escaped() {
        assert_eq!(data("100% of a,b: c\r\n::error::"), "100%25 of a,b: c%0D%0A: :error::");
        assert_eq!(property("fi,les/a:b%.yaml\n"), "fi%2Cles/a%3Ab%25.yaml%0A");
    }
}
