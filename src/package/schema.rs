//! The schemas of the three families as data: the elements in their order (eis_CoReg.xsd,
//! eis_CoReg_SC.xsd, the single-filer schema, eis_Common.xsd, eis_Common_SC.xsd). Elements that no
//! notice uses keep their place in the order, but their contents are not checked.

use super::family::Family;
use super::shape::Shape;

/// The namespace of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// The namespace of the root.
    Own,
    /// The namespace that all families share.
    Common,
    /// The namespace of series and classes.
    Series,
}

/// The content of an element.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    /// A value.
    Value(Shape),
    /// Elements in this order.
    Sequence(&'static [Element]),
    /// Contents that no notice uses; not checked.
    Unread,
}

/// An element, and how often it may occur at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) space: Space,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) content: Content,
}

// `maxOccurs="unbounded"` in the schemas.
const MANY: usize = usize::MAX;

/// An element of the family's own namespace that occurs at most once.
const fn own(name: &'static str, least: usize, content: Content) -> Element {
    Element { name, space: Space::Own, least, most: 1, content }
}

/// An element of another namespace.
const fn of(
    space: Space,
    name: &'static str,
    least: usize,
    most: usize,
    content: Content,
) -> Element {
    Element { name, space, least, most, content }
}

const fn unread(name: &'static str) -> Element {
    own(name, 0, Content::Unread)
}

use Content::{Sequence, Value};
use Space::{Common, Own, Series};

const VERSION: Element = own("schemaVersion", 0, Value(Shape::Version));
const LIVE_OR_TEST: Element = own("liveTestFlag", 1, Value(Shape::LiveOrTest));
const TYPE: Element = own("submissionType", 1, Value(Shape::SubmissionType));
const PERIOD: Element = own("periodOfReport", 0, Value(Shape::Date));
const EFFECTIVE: Element = own("effectiveDate", 0, Value(Shape::Date));

const CONTACT: Element = own(
    "contact",
    0,
    Sequence(&[
        of(Common, "name", 0, 1, Value(Shape::ContactName)),
        of(Common, "phoneNumber", 0, 1, Value(Shape::Phone)),
    ]),
);

const SROS: Element = own("sros", 1, Sequence(&[of(Common, "sroId", 1, 13, Value(Shape::Sro))]));

const NOTIFICATIONS: Element = own(
    "notifications",
    0,
    Sequence(&[of(Common, "internetNotificationAddress", 1, MANY, Value(Shape::Address))]),
);

const DOCUMENTS: Element =
    own("documents", 1, Sequence(&[of(Common, "document", 1, MANY, Sequence(DOCUMENT))]));
const DOCUMENT: &[Element] = &[
    of(Common, "conformedName", 1, 1, Value(Shape::DocumentName)),
    of(Common, "conformedDocumentType", 1, 1, Value(Shape::DocumentType)),
    of(Common, "relatedFormType", 0, 1, Content::Unread),
    of(Common, "description", 0, 1, Value(Shape::Description)),
    of(Common, "contents", 1, 1, Value(Shape::Contents)),
];

const ID: Element = own("filerId", 1, Value(Shape::Cik));
const CCC: Element = own("filerCcc", 1, Value(Shape::Ccc));
const FILE_NUMBER: Element = own("fileNumber", 0, Value(Shape::FileNumber));
const FILE_NUMBER_OR_NEW: Element = own("fileNumber", 0, Value(Shape::FileNumberOrNew));
const IA_FILE_NUMBER: Element = unread("iaFileNumber");
const DUTY: Element = own("dutyToFileReportsRemains", 0, Value(Shape::Flag));
const FUND_FILER: &[Element] = &[ID, CCC, FILE_NUMBER];

/// An optional element with `true` or `false`.
const fn flag(space: Space, name: &'static str) -> Element {
    of(space, name, 0, 1, Value(Shape::Flag))
}

/// The list of co-registrants.
const fn coregs(filer: &'static [Element]) -> Element {
    own("coregs", 0, Sequence(filer))
}

const COREG: &[Element] = &[
    VERSION,
    LIVE_OR_TEST,
    own(
        "flags",
        0,
        Sequence(&[
            flag(Common, "confirmingCopyFlag"),
            flag(Common, "delayingAmendmentFlag"),
            flag(Common, "overrideInternetFlag"),
            flag(Common, "returnCopyFlag"),
            flag(Common, "serialFlag"),
        ]),
    ),
    TYPE,
    CONTACT,
    own("filer", 1, Sequence(&[ID, CCC, FILE_NUMBER, IA_FILE_NUMBER, DUTY])),
    unread("sponsorId"),
    unread("absAssetClasses"),
    unread("absSubAssetClasses"),
    coregs(&[of(
        Own,
        "filer",
        1,
        MANY,
        Sequence(&[
            ID,
            CCC,
            FILE_NUMBER_OR_NEW,
            IA_FILE_NUMBER,
            DUTY,
            flag(Own, "emergingGrowthCompanyFlag"),
            flag(Own, "exTransitionPeriodFlag"),
        ]),
    )]),
    SROS,
    unread("feeTableIncludedFlag"),
    unread("act"),
    PERIOD,
    EFFECTIVE,
    unread("accessionNumber"),
    own("invCompany", 0, Value(Shape::CompanyType)),
    unread("items"),
    unread("itemsType2"),
    unread("itemSubmissionType"),
    unread("fiscalYear"),
    unread("depositor"),
    unread("successorCompany"),
    unread("subCompanyFiler"),
    flag(Own, "shellCompanyFlag"),
    flag(Own, "voluntaryFilerFlag"),
    flag(Own, "wellKnownSeasonedIssuerFlag"),
    flag(Own, "filerNewRegistrantFlag"),
    flag(Own, "pursuantGeneralInstructionFlag"),
    flag(Own, "emergingGrowthCompanyFlag"),
    flag(Own, "exTransitionPeriodFlag"),
    unread("acceleratedFilerStatus"),
    flag(Own, "smallBusinessFlag"),
    flag(Own, "isComboSubmission"),
    unread("abseeElements"),
    unread("selectedCategory"),
    unread("references"),
    NOTIFICATIONS,
    unread("moduleSegments"),
    DOCUMENTS,
];

const REPORT_SERIES: Element = own(
    "reportSeriesClass",
    0,
    Sequence(&[
        flag(Series, "rptIncludeAllSeriesFlag"),
        of(
            Series,
            "rptSeriesClassInfo",
            0,
            MANY,
            Sequence(&[
                of(Series, "seriesId", 1, 1, Value(Shape::SeriesId)),
                flag(Series, "includeAllClassesFlag"),
                of(Series, "classId", 0, MANY, Value(Shape::ClassId)),
            ]),
        ),
    ]),
);

const COREG_SC: &[Element] = &[
    VERSION,
    LIVE_OR_TEST,
    // The flags have the family's own namespace, and an order that differs from eis_Common.xsd.
    own(
        "flags",
        0,
        Sequence(&[
            flag(Own, "confirmingCopyFlag"),
            flag(Own, "delayingAmendmentFlag"),
            flag(Own, "returnCopyFlag"),
            flag(Own, "overrideInternetFlag"),
        ]),
    ),
    TYPE,
    CONTACT,
    own("filer", 1, Sequence(FUND_FILER)),
    coregs(&[of(Own, "filer", 1, MANY, Sequence(&[ID, CCC, FILE_NUMBER_OR_NEW]))]),
    SROS,
    unread("act"),
    PERIOD,
    EFFECTIVE,
    own(
        "invCompany",
        0,
        Sequence(&[
            flag(Common, "isImCompany"),
            of(Common, "invCompanyType", 0, 1, Value(Shape::CompanyType)),
        ]),
    ),
    flag(Own, "insuranceSubstitutionFlag"),
    NOTIFICATIONS,
    unread("moduleSegments"),
    DOCUMENTS,
    own(
        "seriesClasses",
        0,
        Sequence(&[
            unread("mergeSeriesClass"),
            REPORT_SERIES,
            unread("reportClass"),
            of(Own, "newSeriesClass", 0, MANY, Content::Unread),
            of(Own, "newClass2", 0, MANY, Content::Unread),
            unread("newClass"),
        ]),
    ),
];

const SINGLE_FILER_SC: &[Element] = &[
    VERSION,
    LIVE_OR_TEST,
    // Named in the singular in this schema, although it contains three flags.
    own(
        "flag",
        0,
        Sequence(&[
            flag(Own, "confirmingCopyFlag"),
            flag(Own, "returnCopyFlag"),
            flag(Own, "overrideInternetFlag"),
        ]),
    ),
    TYPE,
    CONTACT,
    own("contactEmail", 0, Value(Shape::Address)),
    own("filer", 1, Sequence(FUND_FILER)),
    SROS,
    PERIOD,
    own("invCompany", 0, Value(Shape::CompanyType)),
    NOTIFICATIONS,
    unread("moduleSegments"),
    DOCUMENTS,
    own("seriesClasses", 0, Sequence(&[REPORT_SERIES, unread("reportClass")])),
    unread("accessionNumber"),
    unread("multiAccessionNumbers"),
];

impl Family {
    /// Returns the elements of the root.
    pub(super) fn sequence(self) -> &'static [Element] {
        match self {
            Family::Coreg => COREG,
            Family::CoregSc => COREG_SC,
            Family::SingleFilerSc => SINGLE_FILER_SC,
        }
    }
}
