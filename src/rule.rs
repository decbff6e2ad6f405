//! The rule table: every code that a finding can carry, with its severity, its authority and one
//! sentence. A waiver names a code of this table.

use crate::finding::Rule;
use crate::finding::Severity::{Error, Note, Warning};

/// Declares the rows and collects them in [`ALL`].
macro_rules! rules {
    ($($name:ident = $code:literal, $severity:ident, $authority:expr, $waivable:literal, $summary:literal;)+) => {
        $(
            #[doc = $summary]
            pub const $name: Rule = Rule {
                code: $code, severity: $severity, authority: $authority, summary: $summary, waivable: $waivable,
            };
        )+
        /// Every row, in the order of the table.
        pub const ALL: &[&Rule] = &[$(&$name),+];
    };
}

const RULE_A: Option<&str> = Some("17 CFR 240.12b-25(a)");
const FORM: Option<&str> = Some("Form 12b-25");
const ASCII: Option<&str> = Some("EDGAR Filer Manual, Vol. II, 5.2.1, Table 5-1");

rules! {
    // Reading a file.
    ENCODING = "encoding", Error, None, false, "the file is not UTF-8";
    TOO_LARGE = "too-large", Error, None, false, "the file is larger than any filing";
    NESTING = "nesting", Error, None, false, "brackets are nested deeper than any filing needs";
    SYNTAX = "syntax", Error, None, false, "the file is not YAML, or uses YAML that no filing needs";
    EMPTY_FILE = "empty-file", Error, None, false, "the file holds no filing";
    SEVERAL_DOCUMENTS = "several-documents", Error, None, false, "a file holds one filing";
    DUPLICATE_KEY = "duplicate-key", Error, None, false, "a key stands twice, and only one of its values could count";
    UNREADABLE = "unreadable", Error, None, false, "the file cannot be opened";
    MORE_FINDINGS = "more-findings", Error, None, false, "the file has more findings than are worth listing";
    // Keys and values.
    UNKNOWN_KEY = "unknown-key", Error, None, false, "the key means nothing here";
    MISSING_KEY = "missing-key", Error, None, false, "a key that has no default is not there";
    TYPE = "type", Error, None, false, "the value is of another kind than the key takes";
    VALUE = "value", Error, None, false, "the value is not one that the key can have";
    CHARACTER = "character", Error, None, false, "a control, invisible or bidirectional character stands in a text";
    COMMENT_IN_TEXT = "comment-in-text", Warning, None, true, "YAML takes the rest of a text for a comment";
    // Files and folders.
    FILE_NAME = "file-name", Error, None, false, "the file's name cannot be a filing's id";
    FILE_SUFFIX = "file-suffix", Warning, None, false, "a file that looks like a filing is passed over";
    SYMBOLIC_LINK = "symbolic-link", Warning, None, false, "symbolic links are not followed";
    REGISTRANT_UNKNOWN = "registrant-unknown", Error, None, false, "there is no shared registrant of this id";
    REGISTRANT_BROKEN = "registrant-broken", Error, None, false, "the shared registrant has errors of its own";
    // What the model implies.
    EDITION_UNKNOWN = "edition-unknown", Error, FORM, false, "there is no wording for this edition of the form";
    FORM_NOT_IN_EDITION = "form-not-in-edition", Error, FORM, false, "the edition of the form has no box for this report";
    EDITION_EARLY = "edition-early", Note, FORM, true, "the report is taken into a later edition, whose form has its box";
    TRANSITION_BOX_MISSING = "transition-box-missing", Warning, FORM, true, "the form has no transition box for this report";
    NARRATIVE_MISSING = "narrative-missing", Error, RULE_A, true, "Part III gives no reasons";
    UNSIGNED = "unsigned", Warning, Some("17 CFR 232.302(b)"), true, "the signature line is empty";
    TABLE_SHAPE = "table-shape", Error, None, false, "a row of a table has more or fewer cells than there are columns";
    EXHIBIT_NUMBER = "exhibit-number", Error, Some("EDGAR Filer Manual, Vol. II, 5.1"), false, "two letters have the same exhibit number, or a cover letter has one";
    SEE_NOTHING = "see-nothing", Error, Some("Form 12b-25, Part IV (3)"), true, "the explanation refers to an attachment that is not there";
    // What the form represents.
    MISSING_REPORTS = "missing-reports", Error, Some("Form 12b-25, Part IV (2)"), true, "the answer to Part IV (2) and the list of reports do not agree";
    EXPLANATION_MISSING = "explanation-missing", Error, Some("Form 12b-25, Part IV (3)"), true, "a significant change in results is anticipated and not explained";
    EXPLANATION_OF_NOTHING = "explanation-of-nothing", Warning, Some("Form 12b-25, Part IV (3)"), true, "no significant change in results is anticipated, and one is explained";
    STATEMENT_MISSING = "statement-missing", Error, Some("17 CFR 240.12b-25(c)"), true, "box (c) of Part II is ticked without the statement that it speaks of";
    RELIEF_WITHOUT_PROMISE = "relief-without-promise", Note, Some("17 CFR 240.12b-25(b)(2)"), true, "Part II gives the reasons and not the promise, so there is no relief";
    AUTHORITY_MISSING = "authority-missing", Error, Some("Form 12b-25, Instruction"), true, "a representative signs without evidence of authority";
    SIGNED_BEFORE_PERIOD_END = "signed-before-period-end", Warning, None, true, "a signature is older than the end of the period";
    LETTER_AFTER_SIGNATURE = "letter-after-signature", Warning, None, true, "a letter is younger than the notice that it goes with";
    // Waivers.
    WAIVER_UNKNOWN = "waiver-unknown", Error, None, false, "a waiver names no rule, or one that cannot be waived";
    WAIVER_UNUSED = "waiver-unused", Warning, None, false, "a waiver waives nothing";
    // Characters of the outputs.
    TRANSLITERATED = "transliterated", Note, ASCII, true, "the text document spells a value in ASCII";
    NOT_IN_TEXT = "not-in-text", Error, ASCII, true, "EDGAR's text alphabet has no spelling for a character";
    NOT_IN_FONTS = "not-in-fonts", Error, None, true, "the fonts of the PDF lack a character";
    TAG_IN_TEXT = "tag-in-text", Warning, Some("EDGAR Filer Manual, Vol. II, 5.2.1.3"), true, "a `<` before a letter looks like a tag in a text document";
    EDGAR_TAG = "edgar-tag", Error, Some("EDGAR Filer Manual, Vol. II, 5.2.1.3"), false, "EDGAR would take a piece of text for one of its own tags";
    LONG_WORD = "long-word", Warning, Some("17 CFR 232.305"), true, "a word is longer than a line of a text document";
    // Templates and outputs.
    TEMPLATE = "template", Error, None, false, "a template is wrong, or names what its view lacks";
    WORDING = "wording", Error, None, false, "a wording file is wrong";
    NOT_ASCII = "not-ascii", Error, ASCII, false, "a template put a character or a line into a document that EDGAR does not take";
    TYPESETTING = "typesetting", Error, None, false, "typst could not compile the document";
    FROZEN = "frozen", Error, None, false, "a build would change a document that was filed";
    STALE = "stale", Error, None, false, "an output differs from what the sources give";
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
