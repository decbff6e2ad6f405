//! The command line: the subcommands with their flags and arguments.

mod args;
mod common;
mod complete;
mod deadline_args;
mod form;
mod project;
mod value;

use clap::{Parser, Subcommand};

pub use args::{
    Build, Check, Completions, Docket, Doctor, DoctorFormat, Due, DueFormat, Eject, Guide, Import,
    Init, Lint, Manual, New, Package, Redline, RedlineFormat, Rules, RulesFormat, Schema, Serve,
};
pub use common::{Color, Common, CommonArgs, Paths};
pub use complete::BEFORE_WORDS;
pub use deadline_args::DeadlineArgs;
pub use form::FormArg;
pub use project::{NAME as PROJECT_FILE, Project};

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
    /// Read a filed notice or a Word draft, and write its YAML
    Import(Import),
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
    /// Check programs, settings and repository files, with a remedy for each fault
    Doctor(Doctor),
    /// The manual pages of all commands
    Manual(Manual),
    /// The guide: how to write filings, with examples
    Guide(Guide),
    /// Shell completions, on standard output
    Completions(Completions),
}
