//! The settings of all commands, of flags, the environment and the project file.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, ValueEnum};

use super::complete;
use super::project::Project;
use crate::diagnostics::deny::Deny;
use crate::diagnostics::report::MessageFormat;
use crate::pipeline::compile::Choice;

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
    /// The typst binary; left out, the first typst 0.15.1 beside latefile, on PATH or in the cache
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
        add = complete::denied(),
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
    /// On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR and TERM have it.
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

    /// Returns the command line of a subcommand, such as `latefile build --templates mine`, with the
    /// files and folders that flags or variables of the environment name. In the current folder, that
    /// command line uses the same files and folders as this command.
    pub fn command_line(&self, subcommand: &str) -> String {
        let CommonArgs { filings, out, templates, closed_days, typst, .. } = &self.args;
        let named = [
            ("--filings", filings),
            ("--out", out),
            ("--templates", templates),
            ("--closed-days", closed_days),
            ("--typst", typst),
        ];
        let flag = |(flag, path): (&str, &Option<PathBuf>)| {
            let path = path.as_ref()?.to_string_lossy().into_owned();
            Some(format!(" {flag} {}", shlex::try_quote(&path).map_or(path.clone(), Into::into)))
        };
        let flags: String = named.into_iter().filter_map(flag).collect();
        format!("latefile {subcommand}{flags}")
    }

    /// Returns the paths by another project file; flags and variables of the environment win.
    pub fn paths_of(&self, project: &Project) -> Paths {
        self.args.paths(project)
    }

    /// Whether a flag or a variable of the environment names the sources.
    pub fn names_filings(&self) -> bool {
        self.args.filings.is_some()
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
