//! Prints findings as GitHub workflow commands. GitHub reads them from the log of a job and shows
//! each on its line of a pull request; it needs no permission, so that forks work, too.

use super::excerpt::end_column;
use crate::diagnostics::characters::visible;
use crate::diagnostics::finding::{Located, Severity};

/// Returns one finding as one line. A waived finding is a notice, whatever its severity.
pub(super) fn text(located: &Located) -> String {
    let finding = &located.finding;
    let command = match finding.severity {
        _ if finding.waived.is_some() => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = &located.place;
    // GitHub's end column is inclusive; that of the other formats is not.
    let end = end_column(located).map(|end| format!(",endColumn={}", end - 1)).unwrap_or_default();
    format!(
        "::{command} file={},line={line},endLine={line},col={}{end},title={}::{}\n",
        property(&visible(&place.file)),
        place.position.column,
        property(finding.rule.code),
        data(&body(located)),
        line = place.position.line,
    )
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
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
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
        assert_eq!(data("100% of a,b: c\r\n::error::"), "100%25 of a,b: c%0D%0A::error::");
        assert_eq!(property("fi,les/a:b%.yaml\n"), "fi%2Cles/a%3Ab%25.yaml%0A");
    }
}
