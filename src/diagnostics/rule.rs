//! The rule table: the code, severity, authority, summary and advice of every rule. A finding and a
//! waiver name a code of this table.

use crate::diagnostics::finding::Rule;
use crate::diagnostics::finding::Severity::{Error, Note, Warning};

/// Declares a constant for each row and collects the rows in [`ALL`]. The summary is a literal, so
/// that it can be the constant's documentation, too.
macro_rules! rules {
    ($($name:ident = $code:literal, $severity:ident, $authority:expr, $waivable:literal,
        $summary:literal, $advice:literal;)+) => {
        $(
            #[doc = $summary]
            pub const $name: Rule = Rule {
                code: $code,
                severity: $severity,
                authority: $authority,
                waivable: $waivable,
                summary: $summary,
                advice: $advice,
            };
        )+
        /// Every row, in the order of the table.
        pub const ALL: &[&Rule] = &[$(&$name),+];
    };
}

// The authorities that several rules share.
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
    // Reading a file. None can be waived: a file that cannot be read has no waivers.
    ENCODING = "encoding", Error, None, false,
        "the file is not UTF-8",
        "save the file as UTF-8; most editors offer the encoding when saving";
    TOO_LARGE = "too-large", Error, None, false,
        "the file is larger than any filing or template",
        "check whether a file of another kind is among the filings";
    NESTING = "nesting", Error, None, false,
        "brackets are nested deeper than any filing needs",
        "close the open brackets, or quote the text that contains them";
    SYNTAX = "syntax", Error, None, false,
        "the file is not valid YAML, or uses YAML features that filings do not support",
        "correct the YAML there; quote a text that begins with punctuation or contains `: `";
    EMPTY_FILE = "empty-file", Error, None, false,
        "the file contains no filing",
        "write the filing, or delete the file";
    SEVERAL_DOCUMENTS = "several-documents", Error, None, false,
        "the file has more than one YAML document",
        "put each filing into its own file, without `---`";
    DUPLICATE_KEY = "duplicate-key", Error, None, false,
        "a key occurs twice, and only one of its values can apply",
        "delete the one that should not apply";
    UNREADABLE = "unreadable", Error, None, false,
        "the file cannot be opened",
        "check the permissions of the file";
    MORE_FINDINGS = "more-findings", Error, None, false,
        "the file has more findings than are listed",
        "correct the listed findings, then run again for the others";
    // Keys and values.
    UNKNOWN_KEY = "unknown-key", Error, None, false,
        "the key is not valid here",
        "correct its spelling or its indentation; docs/filing.md lists every key";
    MISSING_KEY = "missing-key", Error, None, false,
        "a required key is missing",
        "add the key; values that the SEC relies on have no default";
    TYPE = "type", Error, None, false,
        "the value has the wrong type for its key",
        "write a value of the type that the message names";
    VALUE = "value", Error, None, false,
        "the value is not valid for its key",
        "write a value of the form, or from the list, that the message names";
    CHARACTER = "character", Error, None, false,
        "a file or a text has a control, invisible or bidirectional character",
        "delete the character; it often comes with pasted text";
    COMMENT_IN_TEXT = "comment-in-text", Warning, None, true,
        "YAML reads the rest of a text as a comment",
        "put the whole text in quotes, or put a space after the `#` of a comment";
    // Files and folders.
    FILE_NAME = "file-name", Error, None, false,
        "the name of the file is not a valid id",
        "rename the file to the name in the hint";
    FILE_SUFFIX = "file-suffix", Warning, None, false,
        "a file that looks like a filing is skipped",
        "rename the file so that it ends in `.yaml`, or move it away";
    SYMBOLIC_LINK = "symbolic-link", Warning, None, false,
        "symbolic links are not followed",
        "replace the link with the file itself";
    REGISTRANT_UNKNOWN = "registrant-unknown", Error, None, false,
        "there is no shared registrant with this id",
        "correct the id, or add the file to `registrants/`";
    REGISTRANT_BROKEN = "registrant-broken", Error, None, false,
        "the file of the shared registrant has errors",
        "correct the file of the shared registrant; its findings are listed too";
    LETTERHEAD_UNKNOWN = "letterhead-unknown", Error, None, false,
        "there is no shared letterhead with this id",
        "correct the id, or add the file to `letterheads/`";
    LETTERHEAD_BROKEN = "letterhead-broken", Error, None, false,
        "the file of the shared letterhead has errors",
        "correct the file of the shared letterhead; its findings are listed too";
    // The structure of the notice.
    EDITION_UNKNOWN = "edition-unknown", Error, FORM, false,
        "there is no wording for this edition of the form",
        "name an edition that has a wording file, or leave `edition` out";
    FORM_NOT_IN_EDITION = "form-not-in-edition", Error, FORM, false,
        "the edition of the form has no box for this report",
        "leave `edition` out, or name an edition of a year in which the report existed";
    OMB_DATE = "omb-date", Note, Some("Form 12b-25, OMB approval"), true,
        "the OMB box is printed without the date on which the approval expires",
        "give the date that the form on sec.gov shows as `print.omb_expires`";
    EDITION_EARLY = "edition-early", Note, FORM, true,
        "the notice uses a later edition of the form, which has a box for the report",
        "set `edition` if the later edition is not intended";
    TRANSITION_BOX_MISSING = "transition-box-missing", Warning, FORM, true,
        "the form has no transition box for this report",
        "check that this form has transition reports; the notice names the transition in words \
        only";
    NARRATIVE_MISSING = "narrative-missing", Error, RULE_A, true,
        "Part III gives no reasons",
        "state in Part III, in reasonable detail, why the report could not be filed on time";
    UNSIGNED = "unsigned", Warning, Some("17 CFR 232.302(b)"), true,
        "the signature line is empty",
        "sign the signature page first, then set `signed: true` and give the date";
    TABLE_SHAPE = "table-shape", Error, None, false,
        "a row of a table has more or fewer cells than there are columns, or a column has no head",
        "give each row one cell for each column; an empty cell is `null`";
    EXHIBIT_NUMBER = "exhibit-number", Error, Some("EDGAR Filer Manual, Vol. II, 5.1"), false,
        "two letters have the same exhibit number, or a cover letter has one",
        "leave `exhibit` out to number the letters in order, or give each letter its own number";
    LETTER_KEY = "letter-key", Error, None, false,
        "a letter has a title, or an exhibit that is not a letter has a key of letters",
        "delete the key, or change `kind`";
    SEE_NOTHING = "see-nothing", Error, FORM, true,
        "the explanation of Part IV (3) refers to a text that the notice does not have; a warning \
        if Part III does",
        "add the attachment or exhibit, or correct its title or number";
    // The representations of the form.
    MISSING_REPORTS = "missing-reports", Error, Some("Form 12b-25, Part IV (2)"), true,
        "the answer to Part IV (2) and the list of reports do not agree",
        "name each report that was not filed, or change the answer";
    EXPLANATION_MISSING = "explanation-missing", Error, Some("Form 12b-25, Part IV (3)"), true,
        "a significant change in results is anticipated but not explained",
        "explain the change in words and in figures, or say why no estimate can be made";
    EXPLANATION_OF_NOTHING = "explanation-of-nothing", Warning,
        Some("Form 12b-25, Part IV (3)"), true,
        "no significant change in results is anticipated, but one is explained",
        "change the answer to Yes, or delete the explanation";
    STATEMENT_MISSING = "statement-missing", Error, RULE_C, true,
        "box (c) of Part II is ticked, but the statement is not attached",
        "attach the signed statement of the person who is unable to furnish the opinion, report or \
        certification, or leave box (c) empty";
    RELIEF_WITHOUT_PROMISE = "relief-without-promise", Note, Some("17 CFR 240.12b-25(b)(2)"), true,
        "box (a) of Part II is ticked without box (b), so there is no relief",
        "tick box (b) too, unless the report will be filed after the extension";
    AUTHORITY_MISSING = "authority-missing", Error, Some("Form 12b-25, Instruction"), true,
        "a representative signs without evidence of authority; a warning on Form 11-K",
        "attach a letter or a power of attorney that shows the authority";
    SIGNED_BEFORE_PERIOD_END = "signed-before-period-end", Warning, None, true,
        "a signature is dated before the end of the period",
        "correct the signature's date or the period's end";
    LETTER_AFTER_SIGNATURE = "letter-after-signature", Warning, None, true,
        "a letter is dated after the signature of its notice",
        "correct the date; if the later letter of an amendment is right, waive the finding";
    IMPOSSIBLE_DATE = "impossible-date", Warning, None, true,
        "a date contradicts another date or EDGAR's calendar",
        "correct the date; due dates are computed from such dates";
    INPUT_UNUSED = "input-unused", Note, None, true,
        "an input has no effect on the due date of the report",
        "delete the key, or correct the form";
    STATEMENT_UNTICKED = "statement-unticked", Warning, RULE_C, true,
        "a statement is attached, but box (c) of Part II is empty",
        "tick the box, `statement_attached: true`, or remove the statement";
    FILING_DATES = "filing-dates", Warning, None, true,
        "the dates of signing and filing are out of order",
        "correct the filing date, or the date of the signature";
    // The report and the registrant.
    FILE_NUMBER_CLASS = "file-number-class", Warning, Some("EDGAR Filer Manual, Vol. II"), true,
        "an SEC file number is malformed, or has a prefix that does not fit the report",
        "use the number from EDGAR: 811- for funds; 001-, 000- or 333- otherwise";
    PORTION_OF_NOTHING = "portion-of-nothing", Warning, FORM, true,
        "the line for a portion of the report names no portion",
        "leave `portion` out if the whole report is late";
    PORTION_WITHOUT_ITEMS = "portion-without-items", Warning,
        Some("Form 12b-25; 17 CFR 240.12b-25(e)"), true,
        "the line for a portion of the report names no Item",
        "name the Items that are late, as the form asks";
    PORTION_LEGEND = "portion-legend", Note, Some("17 CFR 240.12b-25(e)"), true,
        "the amendment that includes the late Items must carry a legend",
        "put the legend with the list of Items on the cover of that amendment";
    AMENDED_REPORT = "amended-report", Warning, RULE_A, true,
        "the notice seems to concern an amendment of a report",
        "check whether the report itself is late; Form 12b-25 does not apply to an amendment of a \
        report";
    DUPLICATE_NOTICE = "duplicate-notice", Warning, Some("17 CFR 240.12b-25(b)(3)"), true,
        "two filings give notice of the same report, and there is no second extension",
        "make the later one an amendment, or delete it";
    // Deadlines.
    DUE_DATE_UNKNOWN = "due-date-unknown", Note, RULE_A, true,
        "the due dates are not known, and nothing is checked against them",
        "give the input that the message names, or the due date itself as `report.due`";
    NOTICE_LATE = "notice-late", Warning, RULE_A, true,
        "the notice is late: more than one business day after the due date; an error if relief is \
        sought",
        "correct the date if it is wrong; else file the notice without relief";
    NOTICE_EARLY = "notice-early", Note, RULE_A, true,
        "the notice is signed long before the report is due",
        "check the dates; file the notice once it is known that the report will be late";
    // 17 CFR 240.0-3(a): a day on which EDGAR is closed by order is no business day.
    CLOSING_POSSIBLE = "closing-possible", Note, Some("17 CFR 240.0-3(a)"), true,
        "a date falls on a day around Christmas that an executive order may still close",
        "look for an order, and add its day to `closed_days` of latefile.toml";
    DEADLINE_MISSTATED = "deadline-misstated", Warning, EXTENSION, true,
        "Part III misstates the extension",
        "compare with `latefile due`, and correct the length or the day";
    DUE_DATE_MISSTATED = "due-date-misstated", Warning, RULE_A, true,
        "Part III misstates the due date of the report",
        "compare with `latefile due`, and correct the day";
    PROMISE_PAST = "promise-past", Warning, EXTENSION, true,
        "Part III promises the report by a day that is past",
        "correct the day; the text may be that of an earlier notice";
    WEEKDAY_MISMATCH = "weekday-mismatch", Warning, None, true,
        "a date has the wrong day of the week",
        "correct the day of the week or the date";
    // The report that Part III names, against the cover and Part IV.
    NARRATIVE_PERIOD = "narrative-period", Warning, RULE_A, true,
        "Part III names a report for another period than the cover",
        "name the report that is late; the text may be that of an earlier notice";
    NARRATIVE_FORM = "narrative-form", Warning, RULE_A, true,
        "Part III names a report on another form than the cover",
        "name the report that is late; the text may be that of another notice";
    NARRATIVE_REGISTRANT = "narrative-registrant", Warning, None, true,
        "Part III calls another company the registrant",
        "correct the name, or give an earlier one as `former_name`";
    PRIOR_REPORTS_CONTRADICTION = "prior-reports-contradiction", Warning,
        Some("Form 12b-25, Part IV (2)"), true,
        "Part III says that a report is not filed, and Part IV (2) answers that all were",
        "answer `all_filed: false` and name the report, or correct Part III";
    // Rich texts as they are pasted.
    NAME_CUT = "name-cut", Warning, None, true,
        "a comma in brackets cuts a name or an address into two lines",
        "put the whole name in quotes: a comma inside `[ ]` ends an item";
    QUOTED_NAME = "quoted-name", Warning, None, true,
        "a name is between typographic quotes, which the documents show",
        "write the name without quotes, or in straight ones if YAML needs them";
    PASTED_LIST = "pasted-list", Warning, None, true,
        "lines of a text begin with bullets or numbers, and run together in the documents",
        "write the lines as a `list` block";
    PASTED_TABLE = "pasted-table", Warning, None, true,
        "lines of a text have cells or amounts in columns, and run together in the documents",
        "write the lines as a `table` block";
    // Drafts: in every text of the filing.
    PLACEHOLDER = "placeholder", Error, None, true,
        "a text has a blank or a note of its draft; a warning until the notice is signed",
        "replace it with the final text, or delete it";
    DRAFT_WORD = "draft-word", Warning, None, true,
        "a text has words of a draft",
        "replace them with the final text, or delete them; waive the finding if they are meant";
    // The text of Part III. Prose can be misread, so none is an error.
    NARRATIVE_SHORT = "narrative-short", Warning, RULE_A, true,
        "Part III is too short to give reasons in reasonable detail",
        "say what happened and when, what remains to be done, and why it could not be done in time";
    NARRATIVE_STOCK = "narrative-stock", Warning, RULE_A, true,
        "Part III has only words that any notice could use",
        "say what this registrant could not do in time, and why";
    RESULTS_CONTRADICTION = "results-contradiction", Warning,
        Some("17 CFR 240.12b-25(a); Form 12b-25, Part IV (3)"), true,
        "Part III mentions a matter that changes results, but Part IV (3) is answered No",
        "answer Yes and explain the change, or say in Part III why results do not change";
    EXPLANATION_WITHOUT_FIGURE = "explanation-without-figure", Warning,
        Some("Form 12b-25, Part IV (3)"), true,
        "the explanation of a change in results has no figure, and no reason for that",
        "give the amounts of both periods, or say why no reasonable estimate can be made";
    STATEMENT_ABSENT = "statement-absent", Warning, RULE_C, true,
        "Part III names another person as the cause, but that person's statement is not attached",
        "attach the signed statement; if that person is not the cause, name the cause";
    STATEMENT_UNEXPLAINED = "statement-unexplained", Warning, RULE_C, true,
        "a statement is attached, but Part III names no other person as the cause",
        "say in Part III what that person could not furnish in time";
    STATEMENT_EARLY = "statement-early", Warning, RULE_C, true,
        "a statement is dated on or before the end of the period",
        "attach the statement for this report";
    STATEMENT_SIGNER = "statement-signer", Warning, RULE_C, true,
        "a statement is not signed by the person who is unable",
        "have the statement signed by the person who could not furnish the opinion, report or \
        certification";
    STATEMENT_REASON = "statement-reason", Warning, RULE_C, true,
        "a statement does not say why its signer is unable",
        "ask the signer to state the specific reasons";
    ELECTRONIC_DIFFICULTY = "electronic-difficulty", Warning,
        Some("17 CFR 240.12b-25(g); General Instruction 5"), true,
        "the only reason seems to be a difficulty with electronic filing",
        "use Rule 201 or 202 of Regulation S-T, or request an adjustment of the filing date under \
        its Rule 13(b)";
    INTERACTIVE_DATA = "interactive-data", Warning, Some("17 CFR 240.12b-25(h)"), true,
        "the only reason seems to be the Interactive Data File",
        "file the report; for the Interactive Data File, see Rule 202 or Rule 13(b) of Regulation \
        S-T";
    PROMISE_WITHOUT_RELIEF = "promise-without-relief", Warning, EXTENSION, true,
        "Part III promises the report within the extension, but box (b) of Part II is empty",
        "tick the box of Part II, or remove the promise from Part III";
    PROMISE_CONTRADICTED = "promise-contradicted", Warning, EXTENSION, true,
        "Part III says that the report will not be filed within the extension, but Part II (b) \
        represents that it will",
        "leave the box of Part II empty, or correct Part III";
    PROMISE_BEYOND_EXTENSION = "promise-beyond-extension", Warning, EXTENSION, true,
        "Part III promises the report by a day after the extension ends",
        "name a day within the extension, or leave the box of Part II empty";
    // Waivers. None can be waived: a waiver cannot excuse itself.
    WAIVER_UNKNOWN = "waiver-unknown", Error, None, false,
        "a waiver names an unknown rule, or one that cannot be waived",
        "name the code of a rule that can be waived, as `latefile rules CODE` shows";
    WAIVER_UNUSED = "waiver-unused", Warning, None, false,
        "a waiver applies to no finding",
        "delete the waiver, so that it cannot hide a later finding";
    // Characters of the outputs.
    TRANSLITERATED = "transliterated", Note, ASCII, true,
        "a value is transliterated to ASCII in the text document",
        "check the spelling; write the value in ASCII to choose another";
    NOT_IN_TEXT = "not-in-text", Error, ASCII, true,
        "a character has no spelling in the ASCII characters that EDGAR accepts",
        "write the value with other characters";
    NOT_IN_FONTS = "not-in-fonts", Error, None, true,
        "the fonts of the PDF lack a character",
        "write the value with other characters";
    TAG_IN_TEXT = "tag-in-text", Warning, Some("EDGAR Filer Manual, Vol. II, 5.2.1.3"), true,
        "a `<` before a letter looks like a tag in a text document",
        "put a space after the `<`, or use words instead";
    EDGAR_TAG = "edgar-tag", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.1.3"), false,
        "EDGAR would read a piece of text as one of its own tags",
        "change the text; a space after the `<` is enough";
    LONG_WORD = "long-word", Warning, Some("17 CFR 232.305"), true,
        "a word is longer than a line of a text document",
        "break the word with a space or a hyphen where a line may end";
    // Documents for EDGAR. None can be waived: a document has no place for the reason.
    DOCUMENT_NAME = "document-name", Error, Some("EDGAR Filer Manual, Vol. II, 5.1.1"), false,
        "EDGAR does not accept the name of the file",
        "rename the file: letters, digits, `.`, `-` and `_`, at most 32 characters, ending in \
        .txt, .htm or .pdf";
    DOCUMENT_NAME_OLD = "document-name-old", Note,
        Some("EDGAR Filer Manual, Vol. II, 5.1.1"), false,
        "older editions of the manual require a simpler file name",
        "optional: use a lower-case name that begins with a letter, with at most one `.`, one `-` \
        and one `_`";
    DOCUMENT_SIZE = "document-size", Error, None, false,
        "the document is empty, or too large for a document of a notice",
        "check whether it is the right file";
    NOT_CHECKED = "not-checked", Warning, None, false,
        "a document has a format whose rules are not checked, such as Inline XBRL",
        "check it with the filing agent's program; no notice of late filing is in Inline XBRL";
    EDGAR_CHARACTER = "edgar-character", Error, ASCII, false,
        "EDGAR does not accept a character",
        "use the characters that the hint names";
    BYTE_ORDER_MARK = "byte-order-mark", Error,
        Some("the SEC staff's validator, EFM.5.02.01.01"), false,
        "the document begins with a byte order mark",
        "save it as ASCII, or as UTF-8 without a byte order mark";
    TAB = "tab", Warning, Some("EDGAR Filer Manual, Vol. II, 5.2.1"), false,
        "a text document has a tab",
        "use spaces instead, so that columns stay aligned";
    CARRIAGE_RETURN = "carriage-return", Warning, ASCII, false,
        "a carriage return is not followed by a line feed",
        "end each line with a line feed, or with a carriage return and a line feed";
    LINE_LENGTH = "line-length", Error,
        Some("EDGAR Filer Manual, Vol. II, 5.2.1; 17 CFR 232.305"), false,
        "a line of a text document is longer than EDGAR accepts",
        "break the line: 80 columns, or 132 between `<TABLE>` and `</TABLE>`";
    TEXT_TABLE = "text-table", Warning, TAGS, false,
        "a table in a text document is not tagged correctly",
        "write `<TABLE>`, `<CAPTION>`, a line of `<S>` and one `<C>` for each column, and \
        `</TABLE>`";
    PAGE_TAG = "page-tag", Warning, TAGS, false,
        "a `<PAGE>` is not alone on its line",
        "put `<PAGE>` on a line of its own, at its beginning";
    WRAPPER_TAG = "wrapper-tag", Error, TAGS, false,
        "a document contains a tag of the submission",
        "delete the tag; EDGAR adds it around the document itself";
    HTML_ELEMENT = "html-element", Error, HTML, false,
        "EDGAR does not accept an HTML element",
        "use the element in the hint, or delete the tag and keep its text";
    HTML_ATTRIBUTE = "html-attribute", Error, HTML, false,
        "EDGAR does not accept an HTML attribute",
        "delete the attribute";
    HTML_ATTRIBUTE_UNLISTED = "html-attribute-unlisted", Warning,
        Some("the SEC staff's validator, efm-htm.dtd"), false,
        "an attribute, or its value, is not in EDGAR's list for the HTML element",
        "use `style` instead, or delete the attribute";
    HTML_STRUCTURE = "html-structure", Error,
        Some("the SEC staff's validator, EFM.5.02.02.02 and .03"), false,
        "an HTML document is not one `<html>` with all its content in one `<body>`",
        "move the content outside the body into it";
    NESTED_TABLE = "nested-table", Error, Some("the SEC staff's validator, EFM.5.02.02.10"), false,
        "a table is inside another table",
        "end the first table before the second, or turn the second into rows and cells";
    HTML_NESTING = "html-nesting", Warning, Some("the SEC staff's validator, efm-htm.dtd"), false,
        "HTML elements are nested incorrectly",
        "close the open elements, the last opened first";
    HTML_SYNTAX = "html-syntax", Warning, None, false,
        "a piece of HTML is malformed, so that readers may interpret it differently",
        "correct the tag, comment or attribute there";
    HTML_ENTITY = "html-entity", Error, Some("the SEC staff's validator, EFM.5.02.02.06"), false,
        "EDGAR does not know a named entity, or the entity lacks its semicolon",
        "write the entity in the hint, or the character's number: `&#8217;`";
    HTML_REFERENCE = "html-reference", Error,
        Some("the SEC staff's validator, EFM.5.02.02.06"), false,
        "an `&` or a numeric reference names no character",
        "write `&amp;` for the ampersand itself, or the decimal number of a character";
    HTML_LINK = "html-link", Error,
        Some("17 CFR 232.105; EDGAR Filer Manual, Vol. II, 5.2.2"), false,
        "EDGAR does not accept the target of a link",
        "link to a place in the document, to a document attached to it, or to a filing on sec.gov";
    HTML_IMAGE = "html-image", Error, HTML, false,
        "EDGAR does not accept an image",
        "attach the image as a .gif or .jpg file, and name that file in `src`";
    ACTIVE_CONTENT = "active-content", Error, CODE, false,
        "an HTML document has executable code",
        "delete the code; EDGAR suspends a submission that has code in a document";
    PDF_BROKEN = "pdf-broken", Error, PDF, false,
        "a PDF cannot be read completely",
        "create the PDF again, or check that it was transferred completely";
    PDF_LIMITS = "pdf-limits", Error, None, false,
        "a PDF decompresses to more data than any document of a notice has",
        "create the PDF again; such a file can be an attack on its readers";
    PDF_ENCRYPTED = "pdf-encrypted", Error, PDF, false,
        "a PDF is encrypted",
        "save it without a password and without restrictions";
    PDF_CODE = "pdf-code", Error, CODE, false,
        "a PDF has executable code or an action",
        "print the document to a new PDF; EDGAR deletes a PDF with code in it";
    PDF_LINK = "pdf-link", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.3.2"), false,
        "a PDF has a hyperlink",
        "create the PDF without links";
    PDF_FORM = "pdf-form", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.3.2"), false,
        "a PDF has form fields",
        "flatten the form: print the document to a new PDF";
    PDF_ATTACHMENT = "pdf-attachment", Error, PDF, false,
        "a PDF has attached files",
        "create the PDF without attachments";
    PDF_MEDIA = "pdf-media", Error, Some("17 CFR 232.104(b)"), false,
        "a PDF has video or sound",
        "remove them; an unofficial copy may have still images only";
    PDF_NO_TEXT = "pdf-no-text", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.3.2"), false,
        "a PDF has no searchable text",
        "create the PDF from the document itself, not from a scan of it";
    PDF_FONT = "pdf-font", Warning, PDF, false,
        "a font of a PDF is not embedded, or has no table to Unicode",
        "embed all fonts, with their tables to Unicode";
    PDF_VERSION = "pdf-version", Note, PDF, false,
        "a PDF has a version that EDGAR may not accept",
        "save it as PDF 1.7 or older";
    // Imports. None can be waived: the original stays as it is.
    IMPORT_UNREAD = "import-unread", Warning, None, false,
        "a key of the filing could not be read from the original; a note if its caption is not there",
        "read it in the original, and write the key";
    IMPORT_LEFTOVER = "import-leftover", Warning, None, false,
        "a text of the original belongs to no key of the filing",
        "move it to a key, or delete the comment that has it";
    // The formats of a document.
    FORMATS_DIFFER = "formats-differ", Error, Some("17 CFR 232.104(b)"), false,
        "two formats of a document differ in content",
        "make the templates of both formats print the same words, boxes and amounts";
    // Templates and outputs.
    TEMPLATE = "template", Error, None, false,
        "a template has an error, or names a value that its view lacks",
        "correct the template there, or delete it to use the built-in one";
    TEMPLATES_UNUSED = "templates-unused", Warning, None, false,
        "a folder of templates is there, and nothing names it",
        "name the folder in `latefile.toml`: `templates = \"templates\"`; or move it away";
    WORDING = "wording", Error, None, false,
        "a wording file has an error",
        "compare the wording file with a built-in one, from `latefile templates --eject`";
    TYPESETTING = "typesetting", Error, None, false,
        "typst could not compile the document",
        "correct the template that typst names; if it is a built-in one, report a bug";
    FROZEN = "frozen", Error, None, false,
        "a build would change a document that was filed",
        "undo the change of the source; `--force` rewrites the filed document";
    FILED_CHANGED = "filed-changed", Error, None, false,
        "a notice that was filed changes between two revisions",
        "undo the change: what was filed stays as it is, and a correction is an amended notice";
    STALE = "stale", Error, None, false,
        "an output does not match the sources",
        "run `latefile build`, commit its outputs with the sources, and remove documents that it did \
        not write";
    // Submissions. None can be waived: they are checked when a package is made or read, after the
    // waivers of the filing.
    PACKAGE_XML = "package-xml", Error, None, false,
        "a package is not well-formed XML, or uses XML that is unsafe to read",
        "make the package again with `latefile package`; do not edit it";
    PACKAGE_SCHEMA = "package-schema", Error, LINK, false,
        "an element of a package is missing, unknown, misplaced or malformed",
        "correct the element there, or make the package again from its source";
    PACKAGE_TYPE = "package-type", Note, LINK, false,
        "it is uncertain whether EDGAR accepts a submission of this type today; an error in a live \
        package",
        "test it first; notices on Form N-SAR belong to the years before June 2018";
    PACKAGE_FILER = "package-filer", Error, LINK, false,
        "the filers of a submission are inconsistent",
        "name each registrant once; for Form N-CEN, write one filing for each registrant";
    PACKAGE_FILE_NUMBER = "package-file-number", Warning, LINK, false,
        "EDGAR does not accept the format of a file number; the package leaves it out",
        "write it as EDGAR has it, such as 001-12345, or leave it out";
    PACKAGE_CONTACT = "package-contact", Error, LINK, false,
        "the contact of a submission does not fit into the fields for it",
        "shorten the name to 30 characters, the telephone number to 20 letters, digits and hyphens";
    PACKAGE_SROS = "package-sros", Error, LINK, false,
        "the exchanges of a submission contradict each other",
        "name each exchange once, or `NONE` alone";
    PACKAGE_PERIOD = "package-period", Error, Some("EDGAR Filer Manual, Vol. II"), false,
        "the period of the report is missing from a package, or is not a date",
        "write the end of the period as MM-DD-YYYY";
    PACKAGE_NOTIFY = "package-notify", Error, LINK, false,
        "EDGAR would refuse a notification address",
        "give an address of letters, digits, `.`, `-` and `_`, whose last part has 2 to 7 letters";
    PACKAGE_FUND = "package-fund", Warning, LINK, false,
        "the submission lacks a value that EDGAR requires of funds, or has one that only funds \
        have",
        "set `edgar.investment_company_type` and the series for a fund, and for no other \
        registrant";
    PACKAGE_SERIES = "package-series", Error, Some("EDGAR Filer Manual, Vol. II"), false,
        "the notice of an open-end fund or insurance account names no series and classes",
        "list the series with their classes; EDGAR suspends such a notice without them";
    PACKAGE_DOCUMENT = "package-document", Error,
        Some("17 CFR 232.104; EDGAR Filer Manual, Vol. II"), false,
        "the documents of a package do not make one valid submission",
        "include one official document, letters with different exhibit numbers, and PDF copies \
        with the types of the official documents";
    PACKAGE_CCC = "package-ccc", Error, LINK, false,
        "a filer has no CCC, or one that is not valid",
        "put it into the file that `--ccc-file` names, never into a source";
    CCC_EXPOSED = "ccc-exposed", Error, None, false,
        "a CCC occurs in a source or a document",
        "delete it there, and have EDGAR replace it: anyone who has read it can file";
    ALREADY_FILED = "already-filed", Warning, None, false,
        "a live package is made of a notice that was already filed",
        "write an amendment, unless the package is not to be filed";
    LIVE_REFUSED = "live-refused", Error, None, false,
        "a finding prevents a live package",
        "correct the cause that the message names, waive it with its reason, or accept a warning \
        with `--accept`";
}

/// Returns the row of a code, or `None` if there is no such rule.
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
