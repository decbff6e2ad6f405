//! The view of the form's body.

use super::rich::{blocks, folded, names};
use super::views::{
    AmendmentView, AttachmentView, BoxView, BoxesView, ContactView, DocumentView, FormView,
    MissingView, NumbersView, OmbView, PriorReportsView, RegistrantView, ResultsChangeView,
    SignatureView,
};
use crate::form12b25::model::{
    Attachment, CivilDate, Explanation, Filing, FormType, Instructions, MissingReport, Placement,
    Registrant, Relief, Signature,
};
use crate::form12b25::wording::Edition;

/// The name of the one box of Part II, for screen readers alone: the form shows its meaning by the
/// rule beside the box.
pub const ONE_BOX: &str = "(a), (b) and (c)";

/// The view of a filing's form, on an edition.
pub(super) fn form(filing: &Filing, edition: &Edition) -> FormView {
    let wording = &edition.wording;
    let report = &filing.report;
    let period = report.period_ended.long();
    let instructions = filing.print.instructions;
    FormView {
        document: DocumentView::new(
            format!(
                "{}: {} for {period}",
                filing.registrant.name.folded(),
                filing.submission_type()
            ),
            names(filing).join(", "),
            filing.document_date(),
        ),
        submission_type: filing.submission_type(),
        amendment: filing.amendment.as_ref().map(|amendment| AmendmentView {
            title: amendment
                .number
                .map_or("Amended Notification".to_owned(), |n| format!("Amendment No. {n}")),
            original_filed: amendment.original_filed.map(CivilDate::long),
            note: blocks(&amendment.explanatory_note),
        }),
        omb: filing.print.omb_box.then(|| OmbView {
            expires: folded(filing.print.omb_expires.as_ref()).unwrap_or_default(),
        }),
        numbers: numbers(filing),
        forms: boxes(&wording.form_label, &wording.forms, filing, false),
        transition_forms: boxes(&wording.transition_label, &wording.transition_forms, filing, true),
        period_ended: (!report.transition).then(|| period.clone()),
        transition_period_ended: report.transition.then_some(period),
        portion: folded(report.portion.as_ref()),
        registrants: filing.registrants().map(registrant).collect(),
        relief_sought: filing.relief == Relief::Sought,
        one_box: ONE_BOX,
        relief: match filing.relief {
            Relief::Each(each) => Some(BoxesView {
                a: each.reasons_not_eliminable,
                b: each.filed_within_extension,
                c: each.statement_attached,
            }),
            Relief::Sought | Relief::None => None,
        },
        narrative: filing.narrative.as_ref().map(blocks),
        contact: filing.contact.as_ref().map(|contact| {
            let (area_code, telephone) = contact.telephone();
            ContactView { name: contact.name.folded(), area_code, telephone }
        }),
        prior_reports: PriorReportsView {
            all_filed: filing.prior_reports.all_filed,
            missing: filing.prior_reports.missing.iter().map(missing).collect(),
        },
        results_change: filing.results_change.as_ref().map(|change| ResultsChangeView {
            anticipated: change.anticipated,
            explanation: match &change.explanation {
                Some(Explanation::Text(text)) => blocks(text),
                _ => Vec::new(),
            },
            see: match &change.explanation {
                Some(Explanation::See(see)) => Some(see.folded()),
                _ => None,
            },
        }),
        before_signature: attachments(filing, Placement::BeforeSignature),
        after_signature: attachments(filing, Placement::AfterSignature),
        signatures: signatures(filing),
        print_instruction: instructions != Instructions::None,
        print_general_instructions: instructions == Instructions::All,
    }
}

fn numbers(filing: &Filing) -> Vec<NumbersView> {
    let several = !filing.co_registrants.is_empty();
    let numbers = |registrant: &Registrant| NumbersView {
        registrant: several.then(|| registrant.name.folded()),
        file_number: folded(registrant.file_number.as_ref()),
        cusip: folded(registrant.cusip.as_ref()),
    };
    filing.registrants().map(numbers).collect()
}

/// A list of boxes. A historic form stands in the place of the box it used; a transition report
/// ticks only its box in the transition list.
fn boxes(label: &str, forms: &[FormType], filing: &Filing, transition: bool) -> Vec<BoxView> {
    let report = &filing.report;
    let box_of = |form: &FormType| {
        let own = *form == report.form.box_form() && report.transition == transition;
        let shown = if own { report.form } else { *form };
        BoxView { label: format!("{label} {shown}"), checked: own }
    };
    forms.iter().map(box_of).collect()
}

fn registrant(registrant: &Registrant) -> RegistrantView {
    RegistrantView {
        name: registrant.name.folded(),
        former_name: folded(registrant.former_name.as_ref()),
        street: registrant.address.street.folded(),
        city: registrant.address.city_line(),
    }
}

fn missing(missing: &MissingReport) -> MissingView {
    MissingView {
        report: missing.report.folded(),
        explanation: missing.explanation.as_ref().map(blocks).unwrap_or_default(),
    }
}

fn attachments(filing: &Filing, place: Placement) -> Vec<AttachmentView> {
    let view = |a: &Attachment| AttachmentView { title: a.title.folded(), body: blocks(&a.body) };
    filing.attachments.iter().filter(|a| a.place == place).map(view).collect()
}

/// The main signature, for the registrant and all co-registrants that have none of their own; then
/// each of those that have.
fn signatures(filing: &Filing) -> Vec<SignatureView> {
    let main =
        filing.registrants().filter(|r| r.signature.is_none()).map(|r| r.name.folded()).collect();
    let own = filing.co_registrants.iter().filter_map(|r| Some((r, r.signature.as_ref()?)));
    std::iter::once(signature(main, &filing.signature))
        .chain(own.map(|(r, s)| signature(vec![r.name.folded()], s)))
        .collect()
}

fn signature(registrants: Vec<String>, signature: &Signature) -> SignatureView {
    SignatureView {
        registrants,
        through: signature
            .through
            .iter()
            .map(|t| format!("{}, {}", t.name.folded(), t.capacity.folded()))
            .collect(),
        date: signature.date.map(CivilDate::long),
        conformed: signature.conformed(),
        name: signature.name.folded(),
        title: signature.title.folded(),
    }
}
