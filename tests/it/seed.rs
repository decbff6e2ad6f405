//! The filing that the project started from: every sentence of it is in the outputs, but for the
//! misprints and the places where the official wording differs, each named here.

use std::fs;

use crate::support;

/// What the filing of 1998 has otherwise, and why.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "FORM 12B-25 NOTIFICATION OF LATE FILING",
        "official: `FORM 12b-25`, and the notification's name on a line of its own",
    ),
    (
        "(Check One): x Form 10-K Form 20-F Form 11-K Form 10-Q Form N-SAR",
        "a typed x and no empty boxes",
    ),
    ("Transition Report on Form 10-A", "misprint of 10-Q"),
    (
        "Read Instruction (on back page) Before Preparing Form, Please Print or Type.",
        "misprint of a full stop",
    ),
    (
        "Nothing in this form shall be construed to imply that the Commissions have verified any information contained herein.",
        "misprint of `Commission has`",
    ),
    (
        "If the notification relates to a portion of the filing checked above, identify the item(s) to which the notification relates:",
        "official: `Item(s)`",
    ),
    (
        "PART I REGISTRATION INFORMATION (Official Text)",
        "misprint of `REGISTRANT`; the dash is lost; a note of the publisher of the form",
    ),
    ("PART II RULES 1b-25(b) AND (c) (Official Text)", "misprint of `12b-25`; likewise"),
    ("PART III NARRATIVE (Official Text)", "likewise"),
    ("PART IV OTHER INFORMATION (Official Text)", "likewise"),
    ("GENERAL INSTRUCTIONS (Official Text)", "likewise"),
    (
        "If the subject report could not be filed without unreasonable effort or expense and the registrant seeks relief pursuant to Rule 12b-25(b), the following should be completed. (Check box if appropriate) x",
        "the full stop is lost; a typed x after the sentence",
    ),
    (
        "(b) The subject annual report, semi-annual report, transition report on Form 10-K, Form 20-F, 11-K, form N-SAR, or portion thereof, will be filed on or before the fifteenth calendar day following the prescribed due date; or the subject quarterly report of transition report on Form 10-Q, or portion thereof will be filed on or before the fifth calendar day following the prescribed due date; and (c) The accountants statement or other exhibit required by Rule 12b-25(c) has been attached if applicable.",
        "`or` for a comma, a capital, `of` for `or`, an apostrophe lost, (c) on a line of its own",
    ),
    (
        "State below in reasonable detail the reasons why the Form 10-K, 11-K, 10-Q, N-SAR, or the transition report or portion thereof, could not be filed within the prescribed time period. (Attach Extra Sheets if Needed)",
        "`Forms`, and 20-F is lost; official: `extra`",
    ),
    ("410-997-2599", "the form has a cell for the area code and one for the number"),
    (
        "(2) Have all other periodic reports required under Section 13 or 15(d) of the Securities Exchange Act of 1934 of Section 30 of the Investment Company Act of 1940 during the preceding 12 months or for such shorter period that the registrant was required to file such report(s) been filed? If answer is no, identify report(s).",
        "misprint of `or Section 30`",
    ),
    ("YES", "the form has two boxes"),
    (
        "(3) Is it anticipated that any significant change in results of operations from the corresponding period for the last fiscal year will be reflected by the earnings statement to be included in the subject report or portion thereof?",
        "official: `statements`",
    ),
    (
        "Name of Registrant as Specified in Charter: IGENE Biotechnology, Inc. has caused this notification to be signed on its behalf by the undersigned hereunto duly authorized.",
        "official: the name over its caption, then the sentence",
    ),
    ("INSTRUCTIONS:", "official: `INSTRUCTION`"),
    (
        "If the statement is signed on behalf of the registrant by an authorized representative (other than an executive officer), evidence of the representatives authority to sign on behalf of the registrant shall be filed with the form.",
        "an apostrophe lost",
    ),
    (
        "Intentional misstatements of omissions of fact constitute Federal Criminal Violations (See 18 U.S.C. 1001).",
        "misprint of `or omissions`",
    ),
    (
        "Filers unable to submit a report within the time period prescribed due to difficulties in electronic filing should comply with either Rule 201 or Rule 202 of Regulation S-T (232.201 or 232.202 of this chapter) or apply for an adjustment in filing date pursuant to Rule 13(b) of Regulation S-T (232.13(b) of this chapter). (Amended by Sec Act Rel No. 7122, Esch Act Rel No. 35113, eff 1/30/95).",
        "section signs lost; a note of the publisher of the form, with a misprint",
    ),
    ("Certified Public Accounts and Consultants", "misprint of `Accountants`"),
    ("United States Security and Exchange Commission", "misprint of `Securities`"),
    (
        "We are unable at this point in time to express an opinion on the Companys December 31, 1997 financial statements or review the 10-KSB as Igene is awaiting the outcome of a significant subsequent event which could both impact the financial statement disclosures and the Companys ability to continue as a going concern.",
        "two apostrophes lost",
    ),
];

/// The filing's sentences: a heading or a caption is one too. White space is folded.
fn sentences(text: &str) -> Vec<String> {
    // Blocks are separated by empty lines or begin with a mark; a sentence ends at a full stop and
    // a space.
    let starts = [
        "(a) ",
        "(b) ",
        "(1) ",
        "(2) ",
        "(3) ",
        "1. ",
        "2. ",
        "3. ",
        "4. ",
        "5. ",
        "Full Name",
        "Former Name",
        "Address of",
        "City, State",
        "Transition Report",
        "410-",
        "YES",
        "NO",
        "By:",
        "ATTENTION",
        "INSTRUCTIONS:",
        "The form may",
        "Intentional",
        "Nothing in",
        "Stephen F. Hiu\n",
        "SECURITIES",
        "Washington",
        "Certified",
        "135 ",
        "New York",
        "212-",
        "FAX:",
        "http:",
        "email:",
        "1912 ",
        "202-",
        "EIN:",
    ];
    let mut blocks: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let line = line.trim();
        let begins = starts.iter().any(|s| format!("{line}\n").starts_with(s));
        if line.is_empty() || begins {
            blocks.push(String::new());
        }
        let last = blocks.last_mut().unwrap();
        last.push_str(line);
        last.push('\n');
    }
    let mut all = Vec::new();
    for block in blocks {
        let folded = block.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rest = folded.as_str();
        // A full stop ends a sentence before a capital, unless the word before it is an
        // abbreviation.
        while let Some(end) = sentence_end(rest) {
            all.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
        }
        all.push(rest.to_owned());
    }
    all.retain(|s| !s.is_empty());
    all
}

fn sentence_end(text: &str) -> Option<usize> {
    text.match_indices(". ").map(|(i, _)| i + 1).find(|end| {
        let before = text[..*end].rsplit(' ').next().unwrap_or_default();
        let abbreviated =
            ["1.", "2.", "3.", "4.", "5.", "F.", "D.C.", "U.S.C.", "No.", "(b)."].contains(&before);
        let next = text[*end..].trim_start().chars().next();
        !abbreviated
            && next.is_some_and(|c| c.is_uppercase())
            && !text[*end..].starts_with(" If answer")
            && !text[*end..].starts_with(" (")
    })
}

/// A label and its value are in columns in both; what is between them is white space, and so is the
/// bar beside the box of Part II.
fn folded(text: &str) -> String {
    text.split_whitespace().filter(|word| *word != "|").collect::<Vec<_>>().join(" ")
}

#[test]
fn every_sentence_is_there_or_named() {
    let root = support::root();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let seed = read("tests/cases/seed/igene-1998-nt-10-k.txt");
    let outputs = folded(
        &(read("out/igene-1997-10-k/form12b25.txt") + &read("out/igene-1997-10-k/ex99-1.txt")),
    );
    let all = sentences(&seed);
    assert!(all.len() > 70, "{} sentences", all.len());
    let missing: Vec<&String> = all.iter().filter(|s| !outputs.contains(s.as_str())).collect();
    let named: Vec<&str> = DIFFERENCES.iter().map(|(sentence, _)| *sentence).collect();
    let unnamed: Vec<_> = missing.iter().filter(|s| !named.contains(&s.as_str())).collect();
    assert!(unnamed.is_empty(), "neither found nor named: {unnamed:#?}");
    let needless: Vec<_> = named.iter().filter(|n| !missing.iter().any(|m| m == *n)).collect();
    assert!(needless.is_empty(), "named, and found or not in the filing: {needless:#?}");
}
