//! Compares the report that Part III names with the filing's own: its form, its period, and whether
//! earlier reports were filed. The text of another notice that is used again names another report.
//! Prose can be misread, so the findings are warnings at most.

use super::mentions::{Kind, Mention, mentions};
use super::prose::Sentence;
use super::subject::Subject;
use super::topics::{EXTENSION, Topic};
use crate::diagnostics::finding::Finding;
use crate::diagnostics::rule;
use crate::form12b25::model::{CivilDate, Filing, FormType, Report};

/// A report that a sentence of Part III mentions.
type Mentioned<'a> = (Sentence<'a>, Mention);

/// Part III must name the report of the notice: its form, its period and the reports before it.
pub(super) fn report(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(prose) = &subject.narrative else { return Vec::new() };
    let filing = subject.filing;
    let of = |sentence: Sentence<'_>| mentions(sentence.text, filing.report.period_ended);
    let all: Vec<Mentioned<'_>> = prose
        .sentences_on(Topic::Report)
        .flat_map(|sentence| of(sentence).into_iter().map(move |mention| (sentence, mention)))
        .filter(|(_, mention)| !mention.amended)
        .collect();
    let mut findings: Vec<Finding> = form(filing, &all).into_iter().collect();
    // Of a report on another form, the period is another, too.
    if findings.is_empty() {
        findings.extend(period(filing, &all));
    }
    findings.extend(unfiled(filing, &all));
    findings
}

/// Returns the finding on a form other than that of the notice's report.
fn form(filing: &Filing, all: &[Mentioned<'_>]) -> Option<Finding> {
    let own = filing.report.form;
    let named = all.iter().any(|(_, mention)| names(mention, own));
    let other = |(sentence, mention): &&Mentioned<'_>| {
        // A text that names both forms is about two late reports, unless one promises the other.
        !mention.fits(own)
            && (mention.is_late(sentence.text) && !named
                || is_promised(*sentence, mention) && !names_own(*sentence, all, own))
            && !mention.is_unfiled(sentence.text)
            && !is_listed(filing, mention)
    };
    let (sentence, mention) = all.iter().find(other)?;
    let said = &sentence.text[mention.at.clone()];
    let message = format!("Part III speaks of `{said}`, and this is a notice of Form {own}");
    let hint = "the text may be that of another notice; name the report that is late";
    Some(rule::NARRATIVE_FORM.at(sentence.spot(mention.at.clone()), message).hint(hint))
}

/// Whether a mention names a report on a form beyond doubt.
fn names(mention: &Mention, form: FormType) -> bool {
    mention.fits(form) && (mention.form.is_some() || mention.kind.is_some())
}

/// Whether a sentence also names the report of the notice.
fn names_own(sentence: Sentence<'_>, all: &[Mentioned<'_>], own: FormType) -> bool {
    all.iter().any(|(other, mention)| other.is_same(sentence) && names(mention, own))
}

/// Whether a sentence promises a report within the extension, which is that of the notice's report
/// alone.
fn is_promised(sentence: Sentence<'_>, mention: &Mention) -> bool {
    let text = sentence.text;
    let before = &text[..mention.at.start];
    mention.form.is_some()
        && super::promise::WILL_FILE.is_match(before)
        && EXTENSION.is_match(&text[mention.at.end..])
}

/// Returns the finding on a period other than that of the cover.
fn period(filing: &Filing, all: &[Mentioned<'_>]) -> Option<Finding> {
    let report = &filing.report;
    // The text of two late reports names both.
    let right = |(_, mention): &Mentioned<'_>| {
        mention.ended.iter().any(|(_, day)| *day == report.period_ended)
    };
    if all.iter().any(right) {
        return None;
    }
    let wrong = |(sentence, mention): &Mentioned<'_>| {
        let text = sentence.text;
        if !mention.fits(report.form) || !mention.is_late(text) || mention.is_unfiled(text) {
            return None;
        }
        if is_listed(filing, mention) {
            return None;
        }
        let ended = |day: &CivilDate| format!("the period ended {}", day.long());
        let day = mention.ended.first().map(|(at, day)| (at.clone(), ended(day)));
        let year = || {
            let (at, year) = mention.year.clone()?;
            is_other_year(report, year).then(|| (at, year.to_string()))
        };
        let (at, said) = day.or_else(year)?;
        let message = format!(
            "Part III names the report for {said}, and the cover has the period ended {}",
            report.period_ended.long()
        );
        let hint = "the text may be that of another notice; name the period of this report";
        Some(rule::NARRATIVE_PERIOD.at(sentence.spot(at), message).hint(hint))
    };
    all.iter().find_map(wrong)
}

/// Whether a report that is named by its year alone is that of another year.
fn is_other_year(report: &Report, said: i16) -> bool {
    // A fiscal year bears the number of the calendar year that most of it, or its end, is in. Of a
    // quarter, the fiscal year is not known.
    let (year, month, _) = report.period_ended.parts();
    let own = match month {
        1..=5 => [year - 1, year],
        6..=11 => [year, year + 1],
        _ => [year, year],
    };
    Kind::of(report.form) == Some(Kind::Annual) && !own.contains(&said)
}

/// The most months before the cover's period for a report that Part IV (2) asks about.
const RECENT: i32 = 18;

/// Returns the finding on an earlier report that Part III says was not filed, if Part IV (2)
/// answers that all were.
fn unfiled(filing: &Filing, all: &[Mentioned<'_>]) -> Option<Finding> {
    if !filing.prior_reports.all_filed {
        return None;
    }
    let earlier = |(sentence, mention): &&Mentioned<'_>| {
        is_earlier(mention, filing) && mention.is_unfiled(sentence.text)
    };
    let (sentence, mention) = all.iter().find(earlier)?;
    let said = &sentence.text[mention.at.clone()];
    let message = format!("Part III says that `{said}` is not filed, and Part IV (2) answers Yes");
    let hint = "answer `all_filed: false` and name the report under `prior_reports.missing`";
    Some(
        rule::PRIOR_REPORTS_CONTRADICTION.at(sentence.spot(mention.at.clone()), message).hint(hint),
    )
}

/// Whether a mention is of a report before that of the notice.
fn is_earlier(mention: &Mention, filing: &Filing) -> bool {
    let report = &filing.report;
    let (first, last) = (report.period_ended.plus_months(-RECENT), report.period_ended);
    if let Some((_, day)) = mention.ended.first() {
        return first <= *day && *day < last;
    }
    if let Some((_, year)) = mention.year {
        return year + 1 == last.parts().0 && Kind::of(report.form) == mention_kind(mention)
            || !mention.fits(report.form);
    }
    mention.form.is_some() && !mention.fits(report.form)
}

fn mention_kind(mention: &Mention) -> Option<Kind> {
    mention.form.and_then(Kind::of).or(mention.kind)
}

/// Whether Part IV (2) lists a report that a mention can be of.
fn is_listed(filing: &Filing, mention: &Mention) -> bool {
    let days: Vec<CivilDate> = mention.ended.iter().map(|(_, day)| *day).collect();
    filing.prior_reports.missing.iter().any(|missing| {
        mentions(&missing.report.folded(), filing.report.period_ended).iter().any(|listed| {
            let same_form = listed.form.is_some_and(|form| mention.fits(form));
            same_form && (listed.ended.is_empty() || days.is_empty())
                || listed.ended.iter().any(|(_, day)| days.contains(day))
        })
    })
}
