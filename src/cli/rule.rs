//! `mdboard rule`: what the linter's rules mean.

use super::args::{RuleArgs, RuleFormat};
use super::output::Output;
use super::{Failure, Outcome};
use crate::lint::rule::Rule;
use crate::lint::{rules, select};
use crate::render;

pub(super) fn run(args: &RuleArgs, output: &mut Output<'_>) -> Result<Outcome, Failure> {
    let named: Vec<&Rule> = args.names.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
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

fn find(name: &str) -> Result<&'static Rule, Failure> {
    rules::find(name).ok_or_else(|| {
        let unknown = select::Unknown::of(name);
        Failure::NoRule { name: unknown.name, help: unknown.help }
    })
}
