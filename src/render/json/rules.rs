//! `mdboard rule --format json`.

use std::io::{self, Write};

use serde::Serialize;

#[cfg(test)]
use super::parts::SEVERITIES;
use crate::lint::rule;

/// The linter's rules.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document {
    #[cfg_attr(test, schemars(extend("const" = SCHEMA)))]
    schema: &'static str,
    rules: Vec<Rule>,
}

const SCHEMA: &str = "mdboard.rules/1";

/// A rule. Its texts are for people: one line each, in lower case and without a full stop, but for
/// `more`.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Rule {
    /// The permanent code.
    code: &'static str,
    /// The rule's name, as permanent.
    rule: &'static str,
    /// All of a category's rules can be selected together.
    category: &'static str,
    /// How bad its findings are where the configuration says nothing else.
    #[cfg_attr(test, schemars(extend("enum" = SEVERITIES)))]
    severity: &'static str,
    /// Which files it looks at.
    #[cfg_attr(test, schemars(extend("enum" = SCOPES)))]
    scope: &'static str,
    /// Whether it is on where the configuration says nothing else.
    default: bool,
    /// What it finds.
    finds: &'static str,
    /// Why that matters.
    why: &'static str,
    /// What to do about it.
    how: &'static str,
    /// More, in markdown; may be empty.
    more: &'static str,
    /// What its fix does; null where it has none.
    fix: Option<Fix>,
    /// At least one.
    examples: Vec<Example>,
}

#[cfg(test)]
const SCOPES: [&str; 4] = [
    rule::Scope::Everywhere.name(),
    rule::Scope::Templates.name(),
    rule::Scope::Checklists.name(),
    rule::Scope::Lists.name(),
];

/// What the fixes of a rule do.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Fix {
    /// How far the most careless of them may be trusted: `safe` or `unsafe`.
    applicability: &'static str,
    /// What they do; completes “The fix …”.
    does: &'static str,
}

/// A file in which the rule finds something, and the same file as it should be.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Example {
    path: &'static str,
    wrong: String,
    right: String,
    /// Whether the rule's fix makes the one of the other.
    fixed: bool,
    /// The `mdboard.toml` that the board has; null where it does not matter.
    config: Option<&'static str>,
    /// What other files there are.
    beside: Vec<File>,
}

/// A file.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct File {
    path: &'static str,
    text: &'static str,
}

/// Writes rules as `mdboard.rules/1`, in the order given.
pub fn rules<'r>(
    rules: impl IntoIterator<Item = &'r rule::Rule>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules = rules.into_iter().map(Rule::from).collect();
    super::write(&Document { schema: SCHEMA, rules }, out)
}

impl From<&rule::Rule> for Rule {
    fn from(rule: &rule::Rule) -> Rule {
        Rule {
            code: rule.code.code,
            rule: rule.code.rule,
            category: rule.category.name(),
            severity: rule.severity.name(),
            scope: rule.scope.name(),
            default: rule.by_default,
            finds: rule.finds,
            why: rule.why,
            how: rule.how,
            more: rule.more,
            fix: rule
                .fixes
                .map(|fixes| Fix { applicability: fixes.applicability.name(), does: fixes.does }),
            examples: rule.examples.iter().map(|one| Example::of(rule, one)).collect(),
        }
    }
}

impl Example {
    fn of(rule: &rule::Rule, example: &rule::Example) -> Example {
        let beside = example.beside.iter();
        Example {
            path: example.path,
            wrong: rule::Example::plain(example.wrong),
            right: rule::Example::plain(example.right),
            fixed: rule.fixes.is_some() && example.is_fixed,
            config: (!example.config.is_empty()).then_some(example.config),
            beside: beside.map(|(path, text)| File { path, text }).collect(),
        }
    }
}

#[cfg(test)]
pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(Document)
}
