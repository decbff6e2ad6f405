//! The rule table: every code that a finding can carry, with its severity, its authority, a
//! sentence on what it means and one on what to do. A waiver names a code of this table.

use crate::diagnostics::finding::Rule;
use crate::diagnostics::finding::Severity::{Error, Note, Warning};

/// Declares the rows and collects them in [`ALL`].
macro_rules! rules {
    ($($name:ident = $code:literal, $severity:ident, $authority:expr, $waivable:literal, $summary:literal,
        $advice:literal;)+) => {
        $(
            #[doc = $summary]
            pub const $name: Rule = Rule {
                code: $code, severity: $severity, authority: $authority, summary: $summary, waivable: $waivable,
                advice: $advice,
            };
        )+
        /// Every row, in the order of the table.
        pub const ALL: &[&Rule] = &[$(&$name),+];
    };
}

const RULE_A: Option<&str> = Some("17 CFR 240.12b-25(a)");
const RULE_C: Option<&str> = Some("17 CFR 240.12b-25(c)");
const EXTENSION: Option<&str> = Some("17 CFR 240.12b-25(b)(2)(ii)");
const FORM: Option<&str> = Some("Form 12b-25");
const ASCII: Option<&str> = Some("EDGAR Filer Manual, Vol. II, 5.2.1, Table 5-1");
const HTML: Option<&str> = Some("EDGAR Filer Manual, Vol. II, 5.2.2");
const PDF: Option<&str> = Some("EDGAR Filer Manual, Vol. II, 5.2.3");
const TAGS: Option<&str> = Some("EDGAR Filer Manual, Vol. II, 5.2.1.3");
const CODE: Option<&str> = Some("17 CFR 232.106(a)");
const LINK: Option<&str> = Some("EDGARLink Online schemas");

rules! {
    // Reading a file.
    ENCODING = "encoding", Error, None, false, "the file is not UTF-8",
        "save the file as UTF-8; most editors name the encoding when saving";
    TOO_LARGE = "too-large", Error, None, false, "the file is larger than any filing",
        "see whether another kind of file has got among the filings";
    NESTING = "nesting", Error, None, false, "brackets are nested deeper than any filing needs",
        "close the brackets that are open, or quote a text that contains them";
    SYNTAX = "syntax", Error, None, false, "the file is not YAML, or uses YAML that no filing needs",
        "mend the YAML at the place; quote a text that begins with a mark or contains `: `";
    EMPTY_FILE = "empty-file", Error, None, false, "the file holds no filing",
        "write the filing, or delete the file";
    SEVERAL_DOCUMENTS = "several-documents", Error, None, false, "a file holds one filing",
        "put each filing into a file of its own, without `---` between them";
    DUPLICATE_KEY = "duplicate-key", Error, None, false, "a key stands twice, and only one of its values could count",
        "delete the one that should not count";
    UNREADABLE = "unreadable", Error, None, false, "the file cannot be opened",
        "give the file the permissions that reading it needs";
    MORE_FINDINGS = "more-findings", Error, None, false, "the file has more findings than are worth listing",
        "mend the findings that are listed, and run again for the others";
    // Keys and values.
    UNKNOWN_KEY = "unknown-key", Error, None, false, "the key means nothing here",
        "correct its spelling or its indentation; docs/filing.md lists every key";
    MISSING_KEY = "missing-key", Error, None, false, "a key that has no default is not there",
        "write the key; no value is taken for granted where the SEC relies on it";
    TYPE = "type", Error, None, false, "the value is of another kind than the key takes",
        "write a value of the kind that the message names";
    VALUE = "value", Error, None, false, "the value is not one that the key can have",
        "write a value of the shape, or from the list, that the message names";
    CHARACTER = "character", Error, None, false, "a control, invisible or bidirectional character stands in a text",
        "delete the character; it often comes along when text is pasted";
    COMMENT_IN_TEXT = "comment-in-text", Warning, None, true, "YAML takes the rest of a text for a comment",
        "put the whole text in quotes, or leave a space behind the `#` of a comment";
    // Files and folders.
    FILE_NAME = "file-name", Error, None, false, "the file's name cannot be a filing's id",
        "rename the file to the name in the hint";
    FILE_SUFFIX = "file-suffix", Warning, None, false, "a file that looks like a filing is passed over",
        "rename the file so that it ends in `.yaml`, or move it away";
    SYMBOLIC_LINK = "symbolic-link", Warning, None, false, "symbolic links are not followed",
        "put the file itself in the place of the link";
    REGISTRANT_UNKNOWN = "registrant-unknown", Error, None, false, "there is no shared registrant of this id",
        "correct the id, or write the file in `registrants/`";
    REGISTRANT_BROKEN = "registrant-broken", Error, None, false, "the shared registrant has errors of its own",
        "mend the shared registrant's own file; its findings are listed with it";
    // What the model implies.
    EDITION_UNKNOWN = "edition-unknown", Error, FORM, false, "there is no wording for this edition of the form",
        "name an edition that has a wording file, or leave `edition` out";
    FORM_NOT_IN_EDITION = "form-not-in-edition", Error, FORM, false, "the edition of the form has no box for this report",
        "leave `edition` out, or name one of the years in which the report existed";
    EDITION_EARLY = "edition-early", Note, FORM, true, "the report is taken into a later edition, whose form has its box",
        "nothing, if the later form is meant; else set `edition`";
    TRANSITION_BOX_MISSING = "transition-box-missing", Warning, FORM, true, "the form has no transition box for this report",
        "make sure that a transition report on this form exists; the notice says so in words only";
    NARRATIVE_MISSING = "narrative-missing", Error, RULE_A, true, "Part III gives no reasons",
        "write in Part III why the report could not be filed on time, in reasonable detail";
    UNSIGNED = "unsigned", Warning, Some("17 CFR 232.302(b)"), true, "the signature line is empty",
        "sign the signature page first, then set `signed` to true and give the date";
    TABLE_SHAPE = "table-shape", Error, None, false, "a row of a table has more or fewer cells than there are columns",
        "give each row one cell for each column; an empty cell is `null`";
    EXHIBIT_NUMBER = "exhibit-number", Error, Some("EDGAR Filer Manual, Vol. II, 5.1"), false, "two letters have the same exhibit number, or a cover letter has one",
        "leave `exhibit` out and let letters be numbered in order, or give each its own number";
    SEE_NOTHING = "see-nothing", Error, Some("Form 12b-25, Part IV (3)"), true, "the explanation refers to an attachment that is not there",
        "add the attachment, or write its title as `see` has it";
    // What the form represents.
    MISSING_REPORTS = "missing-reports", Error, Some("Form 12b-25, Part IV (2)"), true, "the answer to Part IV (2) and the list of reports do not agree",
        "name each report that was not filed, or change the answer";
    EXPLANATION_MISSING = "explanation-missing", Error, Some("Form 12b-25, Part IV (3)"), true, "a significant change in results is anticipated and not explained",
        "explain the change in words and in figures, or say why no estimate can be made";
    EXPLANATION_OF_NOTHING = "explanation-of-nothing", Warning, Some("Form 12b-25, Part IV (3)"), true, "no significant change in results is anticipated, and one is explained",
        "change the answer to yes, or delete the explanation";
    STATEMENT_MISSING = "statement-missing", Error, RULE_C, true, "box (c) of Part II is ticked without the statement that it speaks of",
        "attach the signed statement of the person who is unable, or leave box (c) empty";
    RELIEF_WITHOUT_PROMISE = "relief-without-promise", Note, Some("17 CFR 240.12b-25(b)(2)"), true, "Part II gives the reasons and not the promise, so there is no relief",
        "nothing, if the report will be later than the extension; else tick box (b) too";
    AUTHORITY_MISSING = "authority-missing", Error, Some("Form 12b-25, Instruction"), true, "a representative signs without evidence of authority",
        "attach a letter or a power of attorney that shows the authority";
    SIGNED_BEFORE_PERIOD_END = "signed-before-period-end", Warning, None, true, "a signature is older than the end of the period",
        "correct the signature's date or the period's end";
    LETTER_AFTER_SIGNATURE = "letter-after-signature", Warning, None, true, "a letter is younger than the notice that it goes with",
        "correct the date; in an amendment a younger letter can be right, and is waived";
    IMPOSSIBLE_DATE = "impossible-date", Warning, None, true, "an input of the due date cannot be the day that it says",
        "correct the date; the due dates are counted from it";
    INPUT_UNUSED = "input-unused", Note, None, true, "an input has no effect on the due date of the report",
        "take the key out, or correct the form";
    STATEMENT_UNTICKED = "statement-unticked", Warning, RULE_C, true, "a statement is attached, and box (c) of Part II is empty",
        "tick the box, `statement_attached: true`, or take the statement out";
    FILING_DATES = "filing-dates", Warning, None, true, "a day of filing is older than what it follows",
        "correct the day of filing, or the signature's date";
    // The report and the registrant.
    FILE_NUMBER_CLASS = "file-number-class", Warning, Some("EDGAR Filer Manual, Vol. II"), true, "an SEC file number is not of the class that files this report",
        "write the number as EDGAR has it: 811- for funds; 001-, 000- or 333- otherwise";
    PORTION_OF_NOTHING = "portion-of-nothing", Warning, FORM, true, "the line for a portion of the report says that there is none",
        "leave `portion` out; an empty line says that the whole report is late";
    PORTION_WITHOUT_ITEMS = "portion-without-items", Warning, Some("Form 12b-25; 17 CFR 240.12b-25(e)"), true, "the line for a portion of the report names no Item",
        "name the Items that are late, as the form asks";
    PORTION_LEGEND = "portion-legend", Note, Some("17 CFR 240.12b-25(e)"), true, "the amendment that brings the Items of a late portion carries a legend",
        "put the legend with the list of Items on the cover of that amendment";
    AMENDED_REPORT = "amended-report", Warning, RULE_A, true, "the notice seems to be about the amendment of a report",
        "see whether the report itself is late; an amendment of a report has no notice of this kind";
    DUPLICATE_NOTICE = "duplicate-notice", Warning, Some("17 CFR 240.12b-25(b)(3)"), true, "two filings give notice of the same report, and there is no second extension",
        "make the later one an amendment, or delete it";
    // Deadlines.
    DUE_DATE_UNKNOWN = "due-date-unknown", Note, RULE_A, true, "the due dates are not known, and nothing is checked against them",
        "give the input that the message names, or the due date itself as `report.due`";
    NOTICE_LATE = "notice-late", Warning, RULE_A, true, "the notice is later than one business day after the due date; with relief sought an error",
        "file it all the same; without relief, unless the date is wrong";
    NOTICE_EARLY = "notice-early", Note, RULE_A, true, "the notice is signed long before the report is due",
        "see whether the dates are right; a notice can wait until it is known that the report will be late";
    DEADLINE_MISSTATED = "deadline-misstated", Warning, EXTENSION, true, "Part III states the extension wrongly",
        "compare with `latefile due`, and correct the length or the day";
    // What Part III says; judged from prose.
    NARRATIVE_SHORT = "narrative-short", Warning, RULE_A, true, "Part III is shorter than a reader could use",
        "say what happened, when, what is still to be done and why it could not be done in time";
    NARRATIVE_STOCK = "narrative-stock", Warning, RULE_A, true, "Part III holds nothing but words that any notice could use",
        "say what this registrant could not do in time, and what stood in the way";
    NARRATIVE_PLACEHOLDER = "narrative-placeholder", Warning, RULE_A, true, "Part III holds a placeholder",
        "write the reasons in its place";
    RESULTS_CONTRADICTION = "results-contradiction", Warning, Some("17 CFR 240.12b-25(a); Form 12b-25, Part IV (3)"), true, "Part III speaks of a matter that changes results, and Part IV (3) answers No",
        "answer Yes and explain the change, or say in Part III why results do not change";
    EXPLANATION_WITHOUT_FIGURE = "explanation-without-figure", Warning, Some("Form 12b-25, Part IV (3)"), true, "the explanation of a change in results is in words only, and does not say why",
        "give the amounts of both periods, or say why no reasonable estimate can be made";
    STATEMENT_ABSENT = "statement-absent", Warning, RULE_C, true, "Part III names another person as the cause, and that person's statement is not attached",
        "attach the signed statement; if that person is not the cause, say what is";
    STATEMENT_UNEXPLAINED = "statement-unexplained", Warning, RULE_C, true, "a statement is attached, and Part III names nobody whose it could be",
        "say in Part III what that person could not furnish in time";
    STATEMENT_EARLY = "statement-early", Warning, RULE_C, true, "a statement is older than the end of the period",
        "attach the statement for this report";
    STATEMENT_SIGNER = "statement-signer", Warning, RULE_C, true, "a statement is signed by somebody else than the person who is unable",
        "have the person sign who could not furnish the opinion, report or certification";
    STATEMENT_REASON = "statement-reason", Warning, RULE_C, true, "a statement does not say why its signer is unable",
        "have the specific reasons stated";
    ELECTRONIC_DIFFICULTY = "electronic-difficulty", Warning, Some("17 CFR 240.12b-25(g); General Instruction 5"), true, "the only reason seems to be trouble with electronic filing",
        "use Rule 201 or 202 of Regulation S-T, or ask for an adjustment under its Rule 13(b)";
    INTERACTIVE_DATA = "interactive-data", Warning, Some("17 CFR 240.12b-25(h)"), true, "the only reason seems to be the Interactive Data File",
        "file the report, and see Rule 202 or Rule 13(b) of Regulation S-T for the Interactive Data File";
    PROMISE_WITHOUT_RELIEF = "promise-without-relief", Warning, EXTENSION, true, "Part III promises what Part II (b) does not represent",
        "tick the box of Part II, or take the promise out of Part III";
    PROMISE_CONTRADICTED = "promise-contradicted", Warning, EXTENSION, true, "Part III says that the report will not be filed within the extension, which Part II (b) represents",
        "leave the box of Part II empty, or correct Part III";
    PROMISE_BEYOND_EXTENSION = "promise-beyond-extension", Warning, EXTENSION, true, "Part III promises a day after the extension has ended",
        "name a day within the extension, or leave the box of Part II empty";
    // Waivers.
    WAIVER_UNKNOWN = "waiver-unknown", Error, None, false, "a waiver names no rule, or one that cannot be waived",
        "name a code that `latefile rules` lists as one that can be waived";
    WAIVER_UNUSED = "waiver-unused", Warning, None, false, "a waiver waives nothing",
        "delete the waiver, so that it cannot hide a later finding";
    // Characters of the outputs.
    TRANSLITERATED = "transliterated", Note, ASCII, true, "the text document spells a value in ASCII",
        "read how the text document spells it; write it in ASCII to choose the spelling yourself";
    NOT_IN_TEXT = "not-in-text", Error, ASCII, true, "EDGAR's text alphabet has no spelling for a character",
        "write the value with other characters";
    NOT_IN_FONTS = "not-in-fonts", Error, None, true, "the fonts of the PDF lack a character",
        "write the value with other characters";
    TAG_IN_TEXT = "tag-in-text", Warning, Some("EDGAR Filer Manual, Vol. II, 5.2.1.3"), true, "a `<` before a letter looks like a tag in a text document",
        "put a space behind the `<`, or write the words for it";
    EDGAR_TAG = "edgar-tag", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.1.3"), false, "EDGAR would take a piece of text for one of its own tags",
        "write it in another way; a space behind the `<` is enough";
    LONG_WORD = "long-word", Warning, Some("17 CFR 232.305"), true, "a word is longer than a line of a text document",
        "break the word with a space or a hyphen where a line may end";
    // Documents as EDGAR takes them; none can be waived, for a document has nowhere to say why.
    DOCUMENT_NAME = "document-name", Error, Some("EDGAR Filer Manual, Vol. II, 5.1.1"), false, "EDGAR takes no file of this name",
        "rename the file: letters, digits, `.`, `-` and `_`, at most 32, ending in .txt, .htm or .pdf";
    DOCUMENT_NAME_OLD = "document-name-old", Note, Some("EDGAR Filer Manual, Vol. II, 5.1.1"), false, "older editions of the manual ask for a simpler file name",
        "nothing, or take a lower-case name that begins with a letter, with one `.`, `-` and `_` at most";
    DOCUMENT_SIZE = "document-size", Error, None, false, "the document is empty, or larger than any that goes with a notice",
        "see whether it is the right file";
    EDGAR_CHARACTER = "edgar-character", Error, ASCII, false, "a character is outside EDGAR's alphabet",
        "write it with the characters that the hint names";
    BYTE_ORDER_MARK = "byte-order-mark", Error, Some("the SEC staff's validator, EFM.5.02.01.01"), false, "the document begins with a byte order mark",
        "save it as ASCII, or as UTF-8 without a byte order mark";
    TAB = "tab", Warning, Some("EDGAR Filer Manual, Vol. II, 5.2.1"), false, "a text document has a tab",
        "put spaces in its place, so that columns stay where they are";
    CARRIAGE_RETURN = "carriage-return", Warning, ASCII, false, "a carriage return stands without a line feed",
        "end each line with a line feed, or with a carriage return and a line feed";
    LINE_LENGTH = "line-length", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.1; 17 CFR 232.305"), false, "a line of a text document is longer than EDGAR takes",
        "break the line: 80 columns, or 132 between `<TABLE>` and `</TABLE>`";
    TEXT_TABLE = "text-table", Warning, TAGS, false, "the tags of a table in a text document do not fit together",
        "write `<TABLE>`, `<CAPTION>`, a line of `<S>` and one `<C>` for each column, and `</TABLE>`";
    PAGE_TAG = "page-tag", Warning, TAGS, false, "a `<PAGE>` shares its line",
        "put `<PAGE>` on a line of its own, at its beginning";
    WRAPPER_TAG = "wrapper-tag", Error, TAGS, false, "a tag of the submission stands inside a document",
        "delete the tag; EDGAR puts it around the document itself";
    HTML_ELEMENT = "html-element", Error, HTML, false, "EDGAR does not take an HTML element",
        "use the element in the hint, or delete the tag and keep its text";
    HTML_ATTRIBUTE = "html-attribute", Error, HTML, false, "EDGAR does not take an HTML attribute",
        "delete the attribute";
    HTML_ATTRIBUTE_UNLISTED = "html-attribute-unlisted", Warning, Some("the SEC staff's validator, efm-htm.dtd"), false, "EDGAR's list for an HTML element lacks an attribute, or a value",
        "say it in `style`, or delete the attribute";
    HTML_STRUCTURE = "html-structure", Error, Some("the SEC staff's validator, EFM.5.02.02.02 and .03"), false, "an HTML document is not one `<html>` with all it shows inside one `<body>`",
        "move what stands outside into the body";
    NESTED_TABLE = "nested-table", Error, Some("the SEC staff's validator, EFM.5.02.02.10"), false, "a table stands inside a table",
        "end the first table before the second, or make rows and cells of it";
    HTML_NESTING = "html-nesting", Warning, Some("the SEC staff's validator, efm-htm.dtd"), false, "HTML elements are not inside one another as they should be",
        "close what is open, in the order in which it was opened";
    HTML_SYNTAX = "html-syntax", Warning, None, false, "a piece of HTML is malformed, so that readers may differ on it",
        "mend the tag, comment or attribute at the place";
    HTML_ENTITY = "html-entity", Error, Some("the SEC staff's validator, EFM.5.02.02.06"), false, "EDGAR does not know a named entity, or it lacks its semicolon",
        "write the entity in the hint, or the character's number: `&#8217;`";
    HTML_REFERENCE = "html-reference", Error, Some("the SEC staff's validator, EFM.5.02.02.06"), false, "an `&` or a numbered reference names no character",
        "write `&amp;` for the sign itself, or the decimal number of a character";
    HTML_LINK = "html-link", Error, Some("17 CFR 232.105; EDGAR Filer Manual, Vol. II, 5.2.2"), false, "a link leads where EDGAR lets no document lead",
        "link to a place in the document, to a document attached to it, or to a filing on sec.gov";
    HTML_IMAGE = "html-image", Error, HTML, false, "EDGAR does not take an image",
        "attach the image as a .gif or .jpg file, and name that file in `src`";
    ACTIVE_CONTENT = "active-content", Error, CODE, false, "an HTML document has executable code",
        "delete it; EDGAR suspends a submission that has code in a document";
    PDF_BROKEN = "pdf-broken", Error, PDF, false, "a PDF cannot be read whole",
        "make the PDF again, and compare its size with the one that was sent";
    PDF_LIMITS = "pdf-limits", Error, None, false, "a PDF unpacks to more than any document of a notice",
        "make the PDF again; such a file can be an attack on its readers";
    PDF_ENCRYPTED = "pdf-encrypted", Error, PDF, false, "a PDF is encrypted",
        "save it without a password and without restrictions";
    PDF_CODE = "pdf-code", Error, CODE, false, "a PDF has executable code or an action",
        "print the document to a new PDF; EDGAR deletes a PDF with code in it";
    PDF_LINK = "pdf-link", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.3.2"), false, "a PDF has a hyperlink",
        "make the PDF without links";
    PDF_FORM = "pdf-form", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.3.2"), false, "a PDF has form fields",
        "flatten the form: print the document to a new PDF";
    PDF_ATTACHMENT = "pdf-attachment", Error, PDF, false, "a PDF has files inside",
        "make the PDF without attachments";
    PDF_MEDIA = "pdf-media", Error, Some("17 CFR 232.104(b)"), false, "a PDF has moving pictures or sound",
        "leave them out; an unofficial copy may have still pictures only";
    PDF_NO_TEXT = "pdf-no-text", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.3.2"), false, "a PDF has no text that can be searched",
        "make the PDF from the document itself, not from a scan of it";
    PDF_FONT = "pdf-font", Warning, PDF, false, "a PDF's font is not inside, or does not say which characters it shows",
        "embed all fonts, with their tables to Unicode";
    PDF_VERSION = "pdf-version", Note, PDF, false, "a PDF is of a version that EDGAR may not know",
        "save it as PDF 1.7 or older";
    // What the formats of a document say.
    FORMATS_DIFFER = "formats-differ", Error, Some("17 CFR 232.104(b)"), false, "two formats of a document do not say the same",
        "make the templates of both formats print the same words, boxes and amounts";
    // Templates and outputs.
    TEMPLATE = "template", Error, None, false, "a template is wrong, or names what its view lacks",
        "mend the template at the place, or delete it to use the built-in one";
    WORDING = "wording", Error, None, false, "a wording file is wrong",
        "compare the wording file with a built-in one, from `latefile templates --eject`";
    TYPESETTING = "typesetting", Error, None, false, "typst could not compile the document",
        "mend the template that typst names; if it is a built-in one, report it as a defect";
    FROZEN = "frozen", Error, None, false, "a build would change a document that was filed",
        "undo the change of the source; `--force` rewrites what was filed";
    STALE = "stale", Error, None, false, "an output differs from what the sources give",
        "run `latefile build` and commit its outputs with the sources";
    // Submissions; none can be waived, for they are judged when a package is made or read.
    PACKAGE_XML = "package-xml", Error, None, false, "a package is no XML that a careful reader takes",
        "make the package again with `latefile package`; do not edit it";
    PACKAGE_SCHEMA = "package-schema", Error, LINK, false, "an element of a package is missing, unknown, misplaced or of a wrong shape",
        "correct the element at the place, or make the package again from its source";
    PACKAGE_TYPE = "package-type", Note, LINK, false, "it is not certain that EDGAR takes a submission of this type today; in a live package an error",
        "test it first; a notice of Form N-SAR belongs to the years before June 2018";
    PACKAGE_FILER = "package-filer", Error, LINK, false, "the filers of a submission do not fit together",
        "name each registrant once; of a notice on Form N-CEN write one filing for each registrant";
    PACKAGE_FILE_NUMBER = "package-file-number", Warning, LINK, false, "a file number has no shape that EDGAR takes, and is left out of the package",
        "write it as EDGAR has it, such as 001-12345, or leave it out";
    PACKAGE_CONTACT = "package-contact", Error, LINK, false, "the contact of a submission does not fit into its fields",
        "shorten the name to 30 characters, the telephone number to 20 letters, digits and hyphens";
    PACKAGE_SROS = "package-sros", Error, LINK, false, "the exchanges of a submission contradict each other",
        "name each exchange once, or `NONE` alone";
    PACKAGE_PERIOD = "package-period", Error, Some("EDGAR Filer Manual, Vol. II"), false, "a package lacks the period of the report, or has one that is no day",
        "write the end of the period as MM-DD-YYYY";
    PACKAGE_NOTIFY = "package-notify", Error, LINK, false, "EDGAR would refuse an address for its notification",
        "give an address of letters, digits, `.`, `-` and `_`, whose last part has 2 to 7 letters";
    PACKAGE_FUND = "package-fund", Warning, LINK, false, "the submission lacks what EDGAR asks of funds, or has what only funds have",
        "set `edgar.investment_company_type` and the series of a fund, and of nobody else";
    PACKAGE_SERIES = "package-series", Error, Some("EDGAR Filer Manual, Vol. II"), false, "the notice of an open-end fund or insurance account names no series and classes",
        "list the series with their classes; EDGAR suspends such a notice without them";
    PACKAGE_DOCUMENT = "package-document", Error, Some("17 CFR 232.104; EDGAR Filer Manual, Vol. II"), false, "the documents of a package do not make one submission",
        "one official document, letters of different exhibit numbers, PDF copies of their official types";
    PACKAGE_CCC = "package-ccc", Error, LINK, false, "a filer has no CCC, or one that cannot be right",
        "put it into the file that `--ccc-file` names; never into a source";
    CCC_EXPOSED = "ccc-exposed", Error, None, false, "a CCC stands in a source or a document",
        "delete it there, and have EDGAR replace it: whoever read it can file";
    ALREADY_FILED = "already-filed", Warning, None, false, "a live package is made of a notice that was filed",
        "nothing, if it is not to be filed again; else write an amendment";
    LIVE_REFUSED = "live-refused", Error, None, false, "something stands against a live package",
        "mend what the message names, waive it with its reason, or accept a warning with `--accept`";
}

/// The row of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code == code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let codes: BTreeSet<_> = ALL.iter().map(|r| r.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for code in codes {
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
        }
    }
}
