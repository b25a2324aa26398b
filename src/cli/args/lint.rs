//! The arguments of `lint` and `rule`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::model::Severity;

#[derive(Debug, Args)]
#[command(after_help = "\
Without a PATH, the templates and the partners' files are linted.

Examples:
  mdboard lint                              everything, for people
  mdboard lint --fix templates              mend what is safe to mend
  mdboard lint --diff --unsafe-fixes        show what could be mended, change nothing
  mdboard lint --since origin/main          only files that this branch changes
  mdboard lint --format github              annotations on a pull request
  mdboard lint --baseline lint.json --add-baseline
                                            start on a repository that has findings
  mdboard lint - --stdin-filename partners/acme/onboarding.md < draft.md
  mdboard rule malformed-checkbox           what a rule means

Exit codes: 0 fine, 1 a finding as bad as --fail-on says, 2 could not be done; the same in every
format. `[lint]` in mdboard.toml chooses rules for good; a comment
`<!-- mdboard-disable-next-line RULE: why -->` switches one off where it stands.")]
pub(in crate::cli) struct LintArgs {
    /// Files and folders to lint; `-` reads standard input
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "full")]
    pub(in crate::cli) format: LintFormat,
    /// Mend what is safe to mend, and tell what is left
    #[arg(long)]
    pub(in crate::cli) fix: bool,
    /// Make those fixes, too, that may say something else than the author meant; implies --fix,
    /// unless --diff is given
    #[arg(long)]
    pub(in crate::cli) unsafe_fixes: bool,
    /// Show as a patch what --fix would change, and change nothing, also beside --fix
    #[arg(long, conflicts_with = "format")]
    pub(in crate::cli) diff: bool,
    /// Use these rules only: codes, names, categories, `default` or `all` (comma separated)
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(in crate::cli) select: Vec<String>,
    /// Use these rules as well (comma separated)
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(in crate::cli) extend_select: Vec<String>,
    /// Leave these rules out (comma separated)
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub(in crate::cli) ignore: Vec<String>,
    /// Exit with 1 from findings of this severity up
    #[arg(long, value_name = "SEVERITY", default_value = "warning", value_parser = severity)]
    pub(in crate::cli) fail_on: Severity,
    /// Exit with 0 whatever is found
    #[arg(long)]
    pub(in crate::cli) exit_zero: bool,
    /// Keep quiet about the findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// Write today's findings into the --baseline file
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    pub(in crate::cli) add_baseline: bool,
    /// Only files that differ from where this revision and the version looked at have parted
    #[arg(long, value_name = "REV")]
    pub(in crate::cli) since: Option<String>,
    /// Which file standard input stands for
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
}

/// How to write findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LintFormat {
    /// For people: the source, why it matters, what to do
    #[value(alias = "table")]
    Full,
    /// One line each
    Concise,
    /// For programs; see docs/schema
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, for annotations on GitHub
    Github,
    /// Code quality, for merge requests on GitLab
    Gitlab,
    /// JUnit XML, for what shows test results
    Junit,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mdboard rule                         the rules, one per line
  mdboard rule MB105                   what a rule finds, why, and examples
  mdboard rule --all --format markdown everything on one page")]
pub(in crate::cli) struct RuleArgs {
    /// Rules by code or name, or a category; none for a list of all
    #[arg(value_name = "RULE")]
    pub(in crate::cli) names: Vec<String>,
    /// The docs of every rule
    #[arg(long, conflicts_with = "names")]
    pub(in crate::cli) all: bool,
    /// How to write them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: RuleFormat,
}

/// How to write the docs of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RuleFormat {
    /// For people
    #[value(alias = "table")]
    Text,
    /// For wikis
    Markdown,
    /// For programs; see docs/schema
    Json,
}

fn severity(text: &str) -> Result<Severity, String> {
    super::named(text, &Severity::ALL, Severity::name)
}
