//! What late filers write: names, and reasons of the lengths that real notices have.

use super::random::Random;

/// Lengths of Part III in real notices: so many percent are at most so many characters long.
const LENGTHS: &[(usize, usize)] = &[
    (0, 90),
    (5, 194),
    (25, 345),
    (50, 529),
    (75, 824),
    (90, 1_665),
    (95, 2_363),
    (99, 3_919),
    (100, 6_000),
];

const FIRST: &[&str] =
    &["Amber", "Birch", "Cinder", "Dover", "Elm", "Flint", "Gable", "Harrow", "Iron", "Juniper"];
const SECOND: &[&str] =
    &["brook", "field", "gate", "haven", "mill", "point", "ridge", "stone", "vale", "water"];
const TRADE: &[&str] =
    &["Foods", "Holdings", "Energy", "Biosciences", "Logistics", "Media", "Minerals", "Systems"];
const LEGAL: &[&str] =
    &[", Inc.", " Corporation", ", L.P.", " plc", " Trust", " Company", " & Sons, Inc."];
const GIVEN: &[&str] =
    &["Ada", "Bruno", "Clara", "Desmond", "Edith", "Farid", "Greta", "Hugo", "Ines", "Jonas"];
const FAMILY: &[&str] =
    &["Abernathy", "Bellweather", "Castellan", "Drummond", "Eastlake", "Farrow", "Grieve"];
const ACCENTED: &[&str] =
    &["Peña", "Zoë Müller", "Łukasz Dąbrowski", "Renée Côté", "João Gonçalves"];

const CAUSES: &[&str] = &[
    "the compilation, dissemination and review of the information required to be presented in the report has imposed time constraints that have rendered timely filing impracticable",
    "the Company's independent registered public accounting firm has not completed its procedures on the valuation of inventory at 14 locations",
    "a fire on the premises of the Company's transfer agent on the third of the month destroyed a part of the records that the audit relies on",
    "management identified errors in the accounting for leases entered into since 2021, and the audit committee concluded that previously issued financial statements should be restated",
    "the Company moved its general ledger to another system during the quarter, and the reconciliation of intercompany balances took longer than was planned",
    "the departure of the Company's Chief Financial Officer and two members of its accounting staff left the Company without the personnel to close its books in time",
    "the acquisition that closed shortly before the end of the period requires an allocation of the purchase price of approximately $48.2 million, for which a third-party appraisal is still outstanding",
    "the servicer withdrew its report after it had found that payment extensions on 212 receivables had been aged incorrectly",
];
const DETAILS: &[&str] = &[
    "The Company has engaged a consultant to assist with the calculation of the provision for income taxes under Section 162(m) of the Code.",
    "As a result, the Company could not complete the preparation of its \"Management's Discussion and Analysis\" by the prescribed due date.",
    "The balances concerned amount to 3.1% of total assets and do not affect cash -- the Company's liquidity is unchanged.",
    "The review committee met on four occasions, and its counsel has interviewed 9 of the 11 persons whom it intends to interview.",
    "The contracts with two customers, of approximately $9,800,000 a year, were not renewed in the form in which they had been recorded until then.",
    "None of these matters involves fraud, and the Company's cooperation with its auditors has been complete.",
    "The registrant does not believe that the adjustments will change net cash provided by operating activities in any of the periods presented.",
    "The plan's recordkeeper has furnished corrected statements of participants' loans, which must be tested before the auditor's report can be issued.",
    "Tests of the design of controls under Section 404 are complete; tests of their operation continue at the Company's two subsidiaries.",
    "The Company received a notice from its lender regarding a covenant, and obtained a waiver through the end of the fiscal year.",
];
/// What reads as markup in one format or another, and is to be printed as it stands.
const AWKWARD: &[&str] = &[
    "The records of Quantum <Data> Systems LLC and of Bench & Field, Inc. were kept under C:\\Ledger\\#1_final and reviewed *twice*.",
    "The item {\"net\": $5} at 50% of @cost -- see http://example.com/a_b~c // note [1] -- was `estimated`, not measured.",
];
const CLOSINGS: &[&str] = &[
    "The Company expects to file the report within the extension period provided by Rule 12b-25.",
    "The registrant is working diligently to complete the report and expects to file it within the grace period.",
];

/// How a filing is written.
#[derive(Clone, Copy)]
pub(crate) struct Voice {
    /// With the characters that word processors put in the place of ASCII.
    pub(crate) awkward: bool,
    /// With a promise to file within the extension.
    pub(crate) promises: bool,
}

/// The length of the next Part III, in characters.
pub(crate) fn length(random: &mut Random) -> usize {
    let point = random.below(10_000);
    let above =
        LENGTHS.iter().position(|(percent, _)| percent * 100 > point).unwrap_or(LENGTHS.len() - 1);
    let ((from, least), (to, most)) = (LENGTHS[above - 1], LENGTHS[above]);
    least + (most - least) * (point - from * 100) / ((to - from) * 100)
}

/// A company's name.
pub(crate) fn company(random: &mut Random) -> String {
    let name = format!("{}{}", random.pick(FIRST), random.pick(SECOND));
    format!("{name} {}{}", random.pick(TRADE), random.pick(LEGAL))
}

/// A person's name, with accents where the text is to have awkward characters.
pub(crate) fn person(random: &mut Random, voice: Voice) -> String {
    let family = if voice.awkward && random.percent(30) {
        random.pick(ACCENTED)
    } else {
        random.pick(FAMILY)
    };
    format!("{} {family}", random.pick(GIVEN))
}

/// Paragraphs of about so many characters, in lines as an author breaks them.
pub(crate) fn paragraphs(random: &mut Random, length: usize, voice: Voice) -> Vec<String> {
    let mut all = vec![format!(
        "{}{}.",
        random.pick(&["The delay has one reason: ", "In short, "]),
        random.pick(CAUSES)
    )];
    let mut written = all[0].len();
    while written + 100 < length {
        let next = match () {
            () if written + 220 > length && voice.promises => random.pick(CLOSINGS),
            () if voice.awkward && random.percent(8) => random.pick(AWKWARD),
            () => random.pick(DETAILS),
        };
        written += next.len() + 1;
        match all.last_mut().filter(|last| last.len() < 600) {
            Some(last) => *last += &format!(" {next}"),
            None => all.push(next.to_owned()),
        }
    }
    if written > length + 100 {
        all[0].truncate(length);
        let end = all[0].rfind(' ').unwrap_or(length);
        all[0].truncate(end);
        all[0].push('.');
    }
    all.into_iter()
        .map(|paragraph| if voice.awkward { typographic(&paragraph) } else { paragraph })
        .collect()
}

/// The characters that word processors put in the place of ASCII.
fn typographic(text: &str) -> String {
    let mut open = false;
    text.replace(" -- ", "\u{2014}")
        .replace("Section ", "§\u{a0}")
        .chars()
        .map(|c| match c {
            '\'' => '’',
            '"' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            c => c,
        })
        .collect()
}
