//! The command line: the subcommands with their flags and arguments.

mod deadline_args;
mod form;
mod project;
mod value;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::diagnostics::deny::Deny;
use crate::diagnostics::report::MessageFormat;
use crate::edgar::Format;
use crate::form12b25::deadline::FiscalYearEnd;
use crate::form12b25::model::CivilDate;
use crate::pipeline::Shard;
use crate::pipeline::compile::Choice;
use crate::start::schema::Document;

pub use deadline_args::DeadlineArgs;
pub use form::FormArg;
pub use project::{NAME as PROJECT_FILE, Project};
use value::value;

/// SEC Form 12b-25 late-filing notices from YAML, as EDGAR text, EDGAR HTML and typeset PDF.
#[derive(Debug, Parser)]
#[command(name = "latefile", version, max_term_width = 80, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 clean; 1 the documents have errors, or --check found differences; \
                  2 the tool could not go on; 130 interrupted."
)]
pub struct Cli {
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
    /// The flags of all commands.
    #[command(flatten)]
    pub common: CommonArgs,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load, validate, render, compile and write filings
    Build(Build),
    /// Load and validate filings; write nothing
    Check(Check),
    /// A commented YAML source to start a notice from
    New(New),
    /// A repository to keep notices in, ready to work
    Init(Init),
    /// When reports and their notices are due, and why
    Due(Due),
    /// Check documents against EDGAR's rules: any .txt, .htm or .pdf
    Lint(Lint),
    /// Submissions for EDGAR: XML with the documents inside
    Package(Package),
    /// One page of all filings: dates, findings, documents
    Docket(Docket),
    /// The docket and the documents on this machine, while you write
    Serve(Serve),
    /// What changed between two revisions or folders: facts and a blackline
    Redline(Redline),
    /// Every rule: what it means, on whose authority, and what to do
    Rules(Rules),
    /// The JSON Schema of a filing or a shared registrant, on standard output
    Schema(Schema),
    /// The built-in templates, to change
    Templates(Eject),
    /// Shell completions, on standard output
    Completions(Completions),
}

/// The flags of all commands. The first four can also be in latefile.toml.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Common options")]
pub struct CommonArgs {
    /// The folder of sources [default: filings]
    #[arg(long, global = true, value_name = "DIR", env = "LATEFILE_FILINGS")]
    pub filings: Option<PathBuf>,
    /// The folder of outputs [default: out]
    #[arg(long, global = true, value_name = "DIR", env = "LATEFILE_OUT")]
    pub out: Option<PathBuf>,
    /// A folder of templates over the built-in ones
    #[arg(long, global = true, value_name = "DIR", env = "LATEFILE_TEMPLATES")]
    pub templates: Option<PathBuf>,
    /// More days on which EDGAR is closed: lines of date,why,mark; the mark is C (closed), U (not
    /// confirmed), O (open after all) or K (all closings are known up to this day)
    #[arg(long, global = true, value_name = "FILE", env = "LATEFILE_CLOSED_DAYS")]
    pub closed_days: Option<PathBuf>,
    /// The typst binary; left out, the first typst 0.15.1 on PATH or in the cache
    #[arg(long, global = true, value_name = "PATH", env = "LATEFILE_TYPST")]
    pub typst: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
    /// Let warnings, or the findings of a rule, count as errors; may be given again
    #[arg(
        long,
        global = true,
        value_name = "warnings|RULE",
        value_parser = Deny::parse,
        value_delimiter = ',',
        env = "LATEFILE_DENY"
    )]
    pub deny: Vec<Deny>,
    /// Print warnings and errors alone; given twice, errors alone
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub quiet: u8,
    /// Print notes, too, not only their number; json and sarif always have them
    #[arg(long, global = true)]
    pub notes: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// The most seconds that a template may take for a document
    #[arg(long, global = true, hide = true, value_name = "SECONDS", default_value_t = 60)]
    pub render_limit: u64,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The settings of all commands: of each the flag, else the variable of the environment, else
/// latefile.toml, else the default.
#[derive(Debug, Clone)]
pub struct Common {
    /// The project file.
    pub project: Project,
    /// The folder of sources.
    pub filings: PathBuf,
    /// The folder of outputs.
    pub out: PathBuf,
    /// A folder of templates over the built-in ones.
    pub templates: Option<PathBuf>,
    /// A file of further days on which EDGAR is closed.
    pub closed_days: Option<PathBuf>,
    /// The findings that count as errors.
    pub deny: Vec<Deny>,
    /// How findings are printed.
    pub message_format: MessageFormat,
    /// How often `-q` is given.
    pub quiet: u8,
    /// Whether to print notes.
    pub notes: bool,
    /// When to use colours.
    pub color: Color,
    /// The most seconds of a rendering.
    pub render_limit: u64,
    args: CommonArgs,
}

/// The folders of a repository, and its file of closed days.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The folder of sources.
    pub filings: PathBuf,
    /// The folder of outputs.
    pub out: PathBuf,
    /// A folder of templates over the built-in ones.
    pub templates: Option<PathBuf>,
    /// A file of further days on which EDGAR is closed.
    pub closed_days: Option<PathBuf>,
}

impl CommonArgs {
    /// Joins the paths that flags and variables of the environment name with those of a project
    /// file.
    fn paths(&self, project: &Project) -> Paths {
        let either = |flag: &Option<PathBuf>, own: &Option<PathBuf>| flag.clone().or(own.clone());
        let or = |path: Option<PathBuf>, default: &str| {
            path.unwrap_or_else(|| project.folder.join(default))
        };
        Paths {
            filings: or(either(&self.filings, &project.filings), "filings"),
            out: or(either(&self.out, &project.out), "out"),
            templates: either(&self.templates, &project.templates),
            closed_days: either(&self.closed_days, &project.closed_days),
        }
    }
}

impl Common {
    /// Joins the flags with the project file.
    pub fn new(args: CommonArgs, project: Project) -> Common {
        let Paths { filings, out, templates, closed_days } = args.paths(&project);
        Common {
            filings,
            out,
            templates,
            closed_days,
            deny: match &project.deny {
                Some(deny) if args.deny.is_empty() => deny.clone(),
                _ => args.deny.clone(),
            },
            message_format: args.message_format,
            quiet: args.quiet,
            notes: args.notes,
            color: args.color,
            render_limit: args.render_limit,
            project,
            args,
        }
    }

    /// Whether a flag or a variable of the environment names the sources or the outputs.
    pub fn names_folders(&self) -> bool {
        self.args.filings.is_some() || self.args.out.is_some()
    }

    /// Returns the folder `templates` of the project if no folder of templates is named.
    pub fn unnamed_templates(&self) -> Option<PathBuf> {
        self.templates.is_none().then(|| self.project.folder.join("templates"))
    }

    /// Returns the settings with the project file as it is now.
    ///
    /// # Errors
    /// As of [`Project::find`].
    pub fn again(&self) -> anyhow::Result<Common> {
        Ok(Common::new(self.args.clone(), Project::find()?))
    }

    /// Returns the paths by another project file; flags and variables of the environment win.
    pub fn paths_of(&self, project: &Project) -> Paths {
        self.args.paths(project)
    }

    /// Returns the file of closed days that a flag or a variable of the environment names.
    pub fn named_closed_days(&self) -> Option<&Path> {
        self.args.closed_days.as_deref()
    }

    /// Returns the choice of the typst binary.
    pub fn typst(&self) -> Choice {
        Choice::new(self.args.typst.clone())
    }
}

/// `latefile build`
#[derive(Debug, Args)]
pub struct Build {
    /// Only these filings: files, folders, ids, or a registrant's file for the filings that use it
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
    /// Only these filings: files, folders, ids, or a registrant's file for the filings that use it;
    /// - is a filing on standard input
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

/// `latefile lint`
#[derive(Debug, Args)]
pub struct Lint {
    /// The documents; their names are checked too
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
    /// Only these filings: files, folders, ids, or a registrant's file for the filings that use it
    pub paths: Vec<PathBuf>,
    /// The folder of packages, `DIR/ID/submission.xml`; left out, `packages`
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Make live packages, and none with an error or a warning; left out, test packages
    #[arg(long)]
    pub live: bool,
    /// Make a live package though this rule warns; may be given again
    #[arg(long, value_name = "RULE", requires = "live")]
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
}

/// `latefile serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// The port; left out, 1225, or a free one if that is taken
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
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
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The same; left out, the work tree
    #[arg(value_name = "NEW")]
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
    #[arg(long = "id", value_name = "ID")]
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
    /// Only these filings: files, folders, ids, or a registrant's file for the filings that use it
    #[arg(conflicts_with_all = ["form", "year"])]
    pub paths: Vec<PathBuf>,
    /// Ask about a report of this form instead of the filings; spelled as for `latefile new`
    #[arg(long, value_parser = FormArg::parse, requires = "time")]
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
    #[arg(value_parser = FormArg::parse)]
    pub form: FormArg,
    /// The file to write, below the filings
    pub path: PathBuf,
    /// The end of the report's period
    #[arg(long, value_name = "DATE", value_parser = value::<CivilDate>)]
    pub period_ended: Option<CivilDate>,
    /// The notice amends an earlier one
    #[arg(long)]
    pub amendment: bool,
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

/// `latefile completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// The names of all formats.
static FORMATS: LazyLock<String> =
    LazyLock::new(|| Format::all().map(Format::name).collect::<Vec<_>>().join(","));

/// Reads the name of a format.
fn format() -> impl TypedValueParser<Value = Format> {
    let names = Format::all().map(|format| PossibleValue::new(format.name()).help(format.help()));
    PossibleValuesParser::new(names)
        .try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

/// Parses a shard such as `2/8`.
fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    match parts {
        Some((number, of)) if (1..=of).contains(&number) => Ok(Shard { number, of }),
        _ => Err("write it as K/N, such as 2/8".to_owned()),
    }
}
