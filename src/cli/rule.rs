//! `mdboard rule`: what the linter's rules mean.

use super::args::{RuleArgs, RuleFormat};
use super::output::Output;
use super::{Failure, Outcome};
use crate::lint::rule::Rule;
use crate::lint::{rules, select};
use crate::model::diagnostic::codes;
use crate::render;

pub(super) fn run(args: &RuleArgs, output: &mut Output<'_>) -> Result<Outcome, Failure> {
    let named: Vec<Vec<&Rule>> =
        args.names.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
    let named = named.concat();
    let is_list = named.is_empty() && !args.all;
    let shown = if named.is_empty() { rules::all().collect() } else { named };
    let style = output.style;
    let text = match args.format {
        RuleFormat::Json => {
            output.stream(|out| render::rules::json(shown.iter().copied(), out))?;
            return Ok(Outcome::Fine);
        }
        RuleFormat::Text if is_list => render::rules::list(shown, &style),
        RuleFormat::Markdown if is_list => render::rules::index(shown),
        RuleFormat::Text => joined(&shown, |rule| render::rules::text(rule, &style)),
        RuleFormat::Markdown => joined(&shown, render::rules::markdown),
    };
    output.data(&text)?;
    Ok(Outcome::Fine)
}

/// The docs of several rules, with a blank line between them.
fn joined(rules: &[&'static Rule], docs: impl Fn(&'static Rule) -> String) -> String {
    rules.iter().map(|rule| docs(rule)).collect::<Vec<_>>().join("\n")
}

/// The rule with a name, or those of a category.
fn find(name: &str) -> Result<Vec<&'static Rule>, Failure> {
    if let Some(rule) = rules::find(name) {
        return Ok(vec![rule]);
    }
    let word = name.to_lowercase();
    let of_category: Vec<&Rule> =
        rules::all().filter(|rule| rule.category.name() == word).collect();
    if !of_category.is_empty() {
        return Ok(of_category);
    }
    // What is wrong with the configuration stops every command, and is no rule.
    let is_of_config = codes::ALL
        .iter()
        .any(|code| [code.code, code.rule].iter().any(|known| known.eq_ignore_ascii_case(name)));
    if is_of_config {
        let help = "it is about mdboard.toml itself; docs/configuration.md tells its keys";
        return Err(Failure::NoRule { name: name.to_owned(), help: help.to_owned() });
    }
    let unknown = select::Unknown::of(name);
    Err(Failure::NoRule { name: unknown.name, help: unknown.help })
}
