//! The binary: parses the command line, runs the subcommand and returns its exit code.

use std::process::ExitCode;

use latefile::cli::{Cli, Command, Common, CommonArgs, Project};
use latefile::command::{self, Terminal};

// Short-lived allocations on every thread take half the time of loading, checking and rendering.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The commit of the build, marked if files differ from it; empty without a repository.
const COMMIT: &str = git_version::git_version!(
    args = ["--always", "--abbrev=12", "--exclude=*", "--dirty=, modified"],
    fallback = ""
);

fn main() -> ExitCode {
    if let Some(code) = command::completions::answer() {
        return ExitCode::from(code);
    }
    let Cli { command, common } = match command::usage::parse(COMMIT) {
        Ok(cli) => cli,
        Err(code) => return ExitCode::from(code),
    };
    let terminal = Terminal::with_format(common.message_format, common.color);
    let (terminal, result) = match settings(&command, common) {
        Ok(common) => {
            let terminal = Terminal::new(&common);
            let result = run(command, &common, &terminal);
            (terminal, result)
        }
        Err(error) => (terminal, Err(error)),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            terminal.stop(&error);
            ExitCode::from(command::CANNOT_GO_ON)
        }
    }
}

/// Joins the flags with the project file.
fn settings(command: &Command, args: CommonArgs) -> anyhow::Result<Common> {
    command::ensure_current_folder()?;
    // A new repository has nothing to do with a project above it.
    let is_new = matches!(command, Command::Init(_));
    Ok(Common::new(args, if is_new { Project::default() } else { Project::find()? }))
}

/// Runs a subcommand and returns its exit code.
fn run(command: Command, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    match command {
        Command::Build(args) => command::build::run(&args, common, terminal),
        Command::Check(args) => command::check::run(&args, common, terminal),
        Command::New(args) => command::new::run(&args, common, terminal),
        Command::Init(args) => command::init::run(&args, common, terminal),
        Command::Due(args) => command::due::run(&args, common, terminal),
        Command::Import(args) => command::import::run(&args, common, terminal),
        Command::Lint(args) => command::lint::run(&args, common, terminal),
        Command::Package(args) => command::package::run(&args, common, terminal),
        Command::Docket(args) => command::docket::run(&args, common, terminal),
        Command::Serve(args) => command::serve::run(&args, common, terminal),
        Command::Redline(args) => command::redline::run(&args, common, terminal),
        Command::Rules(args) => command::rules::run(&args, terminal),
        Command::Schema(args) => command::schema::run(&args, terminal),
        Command::Templates(args) => command::templates::run(&args, common, terminal),
        Command::Doctor(args) => command::doctor::run(&args, common, terminal),
        Command::Manual(args) => command::manual::run(&args, terminal),
        Command::Guide(args) => command::guide::run(&args, terminal),
        Command::Completions(args) => command::completions::run(&args, terminal),
    }
}
