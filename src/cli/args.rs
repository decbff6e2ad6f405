//! The flags and arguments of each subcommand.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};

use super::complete;
use super::deadline_args::DeadlineArgs;
use super::form::FormArg;
use super::value::{Listed, value};
use crate::edgar::Format;
use crate::form12b25::deadline::FiscalYearEnd;
use crate::form12b25::model::{CivilDate, FormType, Scalar as _};
use crate::pipeline::Shard;
use crate::start::guide::{TOPICS, Topic};
use crate::start::schema::Document;

/// `latefile build`
#[derive(Debug, Args)]
pub struct Build {
    /// Only these filings: files, folders, ids, or a shared file for the filings that use it
    #[arg(add = complete::paths())]
    pub paths: Vec<PathBuf>,
    /// Write nothing; exit 1 if any output differs from what the sources give
    #[arg(long)]
    pub check: bool,
    /// Build again whenever a source or a template changes
    #[arg(long, conflicts_with = "check")]
    pub watch: bool,
    /// Only these formats; files of the others are not touched
    #[arg(
        long,
        value_parser = format(),
        value_delimiter = ',',
        value_name = "LIST",
        default_value = FORMATS.as_str()
    )]
    pub formats: Vec<Format>,
    /// Trust no earlier output, and rewrite filings that are marked as filed
    #[arg(long)]
    pub force: bool,
    /// How many filings at a time; left out, one for each processor
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Say where the time went
    #[arg(long)]
    pub timings: bool,
    /// Only part K of N, stable by id
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
}

/// `latefile check`
#[derive(Debug, Args)]
#[command(
    after_help = "A safe fix keeps the meaning: `true` for `yes`, a misspelt key, a date in another \
                  notation. A notice with `filed:` is never changed."
)]
pub struct Check {
    /// Only these filings: files, folders, ids, or a shared file for the filings that use it;
    /// - is a filing on standard input
    #[arg(add = complete::paths())]
    pub paths: Vec<PathBuf>,
    /// Make the safe fixes that findings carry, and check the files again
    #[arg(long)]
    pub fix: bool,
    /// Show the fixes as a diff, and change no file
    #[arg(long, requires = "fix")]
    pub diff: bool,
    /// Make also the fixes that a person has to look at
    #[arg(long = "unsafe", requires = "fix")]
    pub with_unsafe: bool,
}

/// `latefile import`
#[derive(Debug, Args)]
#[command(
    after_help = "The content decides how a file is read: a full submission with its header, a \
                  document as EDGAR serves it, a bare .htm or .txt, or a Word file (.docx). What \
                  cannot be read stays out, with a comment that says why."
)]
pub struct Import {
    /// Notices that were filed, or Word drafts
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Write to this file, or of several notices to this folder; left out, the YAML goes to standard
    /// output
    #[arg(long, value_name = "PATH")]
    pub to: Option<PathBuf>,
    /// Write each registrant to a shared file in `registrants` of the folder of filings, and name it;
    /// a file that exists stays, and the filing replaces its keys
    #[arg(long, requires = "to")]
    pub registrant: bool,
}

/// `latefile lint`
#[derive(Debug, Args)]
pub struct Lint {
    /// The documents, or folders of documents; their names are checked too
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// `latefile package`
#[derive(Debug, Args)]
#[command(
    after_help = "A CCC is never an argument: it comes from --ccc-file, or of one CIK alone from \
                  the environment variable LATEFILE_CCC, and goes only to a folder that --to \
                  names. Without one, NO-CCC-0 is in its place."
)]
pub struct Package {
    /// Only these filings: files, folders, ids, or a shared file for the filings that use it
    #[arg(add = complete::paths())]
    pub paths: Vec<PathBuf>,
    /// The folder of packages, `DIR/ID/submission.xml`; left out, `packages`
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Make live packages, and none with an error or a warning; left out, test packages
    #[arg(long)]
    pub live: bool,
    /// Make a live package though this rule warns; may be given again
    #[arg(long, value_name = "RULE", requires = "live", add = complete::warnings())]
    pub accept: Vec<String>,
    /// Lines of a CIK and its CCC; a file of mode 0600
    #[arg(long, value_name = "FILE", requires = "to")]
    pub ccc_file: Option<PathBuf>,
    /// Check an existing package: list its contents and its errors
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["paths", "to", "live", "accept", "ccc_file"]
    )]
    pub check: Option<PathBuf>,
}

/// `latefile docket`
#[derive(Debug, Args)]
pub struct Docket {
    /// Write the page to this file, or to standard output (-); its links to the documents are
    /// relative
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Only part K of N, as `build --shard` divides the filings
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub shard: Option<Shard>,
}

/// `latefile serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// The port; left out, 1225, or a free one if that is taken
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the docket in the browser
    #[arg(long)]
    pub open: bool,
    /// Only these formats; files of the others are not touched
    #[arg(
        long,
        value_parser = format(),
        value_delimiter = ',',
        value_name = "LIST",
        default_value = FORMATS.as_str()
    )]
    pub formats: Vec<Format>,
}

/// `latefile redline`
#[derive(Debug, Args)]
#[command(
    after_help = "A folder is a repository folder with the filings in it, or the folder of filings \
                  itself; of a folder and a revision with the same name, the folder is meant. \
                  The exit code is 0 whatever changed, unless a finding is denied, as with \
                  `--deny filed-changed`."
)]
pub struct Redline {
    /// A git revision, a range such as v1..v2, or a folder
    #[arg(value_name = "OLD", value_hint = ValueHint::DirPath)]
    pub old: String,
    /// The same; left out, the work tree
    #[arg(value_name = "NEW", value_hint = ValueHint::DirPath)]
    pub new: Option<String>,
    /// The format of the output
    #[arg(long, value_enum, default_value = "terminal")]
    pub format: RedlineFormat,
    /// Write it to this file; left out or -, to standard output
    #[arg(short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print it all at once, also on a terminal
    #[arg(long)]
    pub no_pager: bool,
    /// Only this filing; may be given again
    #[arg(long = "id", value_name = "ID", add = complete::id())]
    pub ids: Vec<String>,
    /// Instead, the text of the amended notice with EDGAR's marks, <R> and </R> on each line of a
    /// paragraph that changed
    #[arg(long, conflicts_with = "format")]
    pub r_tags: bool,
    /// Of that, this document instead of the form: ex99-1
    #[arg(long, value_name = "NAME", requires = "r_tags")]
    pub document: Option<String>,
}

/// The output formats of `latefile redline`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RedlineFormat {
    /// For people, in 80 columns.
    Terminal,
    /// A comment on a pull request.
    Markdown,
    /// A page to read and to print.
    Html,
    /// For programs.
    Json,
}

/// `latefile due`
#[derive(Debug, Args)]
pub struct Due {
    /// Only these filings: files, folders, ids, or a shared file for the filings that use it
    #[arg(conflicts_with_all = ["form", "year"], add = complete::paths())]
    pub paths: Vec<PathBuf>,
    /// Ask about a report of this form instead of the filings; spelled as for `latefile new`
    #[arg(long, value_parser = form(), add = complete::forms(), requires = "time")]
    pub form: Option<FormArg>,
    /// The end of its period
    #[arg(
        long,
        value_name = "DATE",
        value_parser = value::<CivilDate>,
        requires = "form",
        group = "time"
    )]
    pub period_ended: Option<CivilDate>,
    /// All reports of one company that are due in this year: its 10-K and 10-Q, or those of --form
    #[arg(
        long,
        value_name = "YYYY",
        value_parser = clap::value_parser!(i16).range(1934..=2199),
        requires = "fiscal_year_end",
        group = "time"
    )]
    pub year: Option<i16>,
    /// The end of the company's fiscal year, such as 12-31
    #[arg(long, value_name = "MM-DD", value_parser = FiscalYearEnd::parse, requires = "year")]
    pub fiscal_year_end: Option<FiscalYearEnd>,
    /// A table of all dates in their order, without the reasoning
    #[arg(long, conflicts_with = "format")]
    pub list: bool,
    /// ics: no alarms
    #[arg(long)]
    pub no_alarms: bool,
    /// The inputs of its due date.
    #[command(flatten)]
    pub inputs: DeadlineArgs,
    /// The format of the output
    #[arg(long, value_enum, default_value = "text")]
    pub format: DueFormat,
}

/// `latefile new`
#[derive(Debug, Args)]
#[command(
    after_help = "Forms may be spelled as by EDGAR or by people: \"NT 10-K\", nt-10-k, 10-K; 10-KT \
                  for a transition report; 10-K/A for an amended notice."
)]
pub struct New {
    /// The form of the report, or the type of the notice
    #[arg(value_parser = form(), add = complete::forms())]
    pub form: FormArg,
    /// The file to write, below the filings
    pub path: PathBuf,
    /// The end of the report's period
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>)]
    pub period_ended: Option<CivilDate>,
    /// The notice amends an earlier one
    #[arg(long)]
    pub amendment: bool,
    /// Begin with the registrants, contact, attachments, letterheads and settings of this filing,
    /// an id or a path; the reasons, answers and signatures stay empty
    #[arg(long, value_name = "ID", add = complete::paths())]
    pub from: Option<PathBuf>,
    /// Take this shared registrant instead of a new one
    #[arg(long, value_name = "ID", add = complete::registrant())]
    pub registrant: Option<String>,
    /// The inputs of its due date.
    #[command(flatten)]
    pub inputs: DeadlineArgs,
}

/// `latefile init`
#[derive(Debug, Args)]
pub struct Init {
    /// The folder; created if it does not exist
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// A notice that was filed, or a Word draft, as the first filing; may be given again
    #[arg(long, value_name = "FILE")]
    pub import: Vec<PathBuf>,
}

/// The output formats of `latefile due`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DueFormat {
    /// For people.
    Text,
    /// An array of objects, one for each answer.
    Json,
    /// A calendar to import or subscribe to.
    Ics,
}

/// `latefile rules`
#[derive(Debug, Args)]
pub struct Rules {
    /// Only this rule, in full, with its examples
    #[arg(add = complete::rules())]
    pub code: Option<String>,
    /// The format of the output
    #[arg(long, value_enum, default_value = "text")]
    pub format: RulesFormat,
}

/// The output formats of `latefile rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// For people.
    Text,
    /// An array of objects, one for each rule.
    Json,
}

/// `latefile schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// The document that the schema is of
    #[arg(value_enum, default_value = "filing")]
    pub document: Document,
}

/// `latefile templates`
#[derive(Debug, Args)]
pub struct Eject {
    /// Write them to this folder, which must be new or empty
    #[arg(long, value_name = "DIR")]
    pub eject: Option<PathBuf>,
}

/// `latefile doctor`
#[derive(Debug, Args)]
#[command(
    after_help = "The exit code is 0 with warnings, and 1 with a problem: something without \
                        which `latefile build` cannot make all documents."
)]
pub struct Doctor {
    /// The format of the output
    #[arg(long, value_enum, default_value = "text")]
    pub format: DoctorFormat,
}

/// The output formats of `latefile doctor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DoctorFormat {
    /// For people, in 80 columns.
    Text,
    /// An array of objects, one for each check.
    Json,
}

/// `latefile manual`
#[derive(Debug, Args)]
pub struct Manual {
    /// Write each page to a file of this folder, such as ~/.local/share/man/man1; left out, all pages
    /// to standard output, for `latefile manual | man -l -`
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// `latefile guide`
#[derive(Debug, Args)]
pub struct Guide {
    /// The document to show; left out, the list of them
    #[arg(value_parser = topic())]
    pub topic: Option<&'static Topic>,
    /// Print it all at once, also on a terminal
    #[arg(long)]
    pub no_pager: bool,
}

/// `latefile completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// The names of all formats.
static FORMATS: LazyLock<String> =
    LazyLock::new(|| Format::all().map(Format::name).collect::<Vec<_>>().join(","));

/// Parses a form.
fn form() -> Listed<FormArg> {
    Listed { parse: FormArg::parse, values: FormType::VALUES }
}

/// Reads the name of a format.
fn format() -> impl TypedValueParser<Value = Format> {
    let names = Format::all().map(|format| PossibleValue::new(format.name()).help(format.help()));
    PossibleValuesParser::new(names)
        .try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

/// Reads the name of a topic.
fn topic() -> impl TypedValueParser<Value = &'static Topic> {
    let names = TOPICS.iter().map(|topic| PossibleValue::new(topic.name).help(topic.subject));
    PossibleValuesParser::new(names)
        .try_map(|name| Topic::named(&name).ok_or("there is no such topic"))
}

/// Parses a shard such as `2/8`.
fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    match parts {
        Some((number, of)) if (1..=of).contains(&number) => Ok(Shard { number, of }),
        _ => Err("write it as K/N, such as 2/8".to_owned()),
    }
}
