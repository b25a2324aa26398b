//! The pages of rules.

use super::{circumstances, default_word, finds, fix, fix_word, is_about_configuration, sentence};
use crate::lint::rule::{Category, Example, Rule};
use crate::model::Severity;
use crate::render::escape;

/// The page of a rule.
pub fn markdown(rule: &Rule) -> String {
    let mut page = format!("# {}: {}\n\n{}\n\n", rule.code.code, rule.code.rule, finds(rule));
    page.push_str("| Code | Category | Severity | Looks at | By default | Fix |\n");
    page.push_str("| --- | --- | --- | --- | --- | --- |\n");
    page.push_str(&format!(
        "| {} | {} | {} | {} | {} | {} |\n\n",
        rule.code.code,
        rule.category.name(),
        rule.severity.name(),
        rule.scope.words(),
        default_word(rule),
        fix_word(rule)
    ));
    page.push_str(&format!("## Why it matters\n\n{}\n\n", sentence(rule.why)));
    page.push_str(match rule.examples.len() {
        1 => "## Example\n\n",
        _ => "## Examples\n\n",
    });
    rule.examples.iter().for_each(|one| page.push_str(&example(one)));
    page.push_str(&format!("## How to fix it\n\n{}\n\n", sentence(rule.how)));
    if let Some(fix) = fix(rule) {
        page.push_str(&format!("{fix}\n\n"));
    }
    if !rule.more.is_empty() {
        page.push_str(&format!("## More about it\n\n{}\n\n", rule.more.trim()));
    }
    page.push_str(&switches(rule));
    page
}

fn example(example: &Example) -> String {
    let mut out = String::new();
    let path = example.path;
    if !example.config.is_empty() {
        out.push_str(&format!("With this in `mdboard.toml`:\n\n{}", fence("toml", example.config)));
    }
    for (path, text) in example.beside {
        out.push_str(&format!("Beside it, `{path}`:\n\n{}", fence("markdown", text)));
    }
    for told in circumstances(example) {
        out.push_str(&format!("{told}\n\n"));
    }
    let (wrong, right) = (Example::plain(example.wrong), Example::plain(example.right));
    if wrong == right {
        // What is wrong stands elsewhere.
        return out + &format!("`{path}`:\n\n{}", fence("markdown", &wrong));
    }
    out.push_str(&format!("Wrong, in `{path}`:\n\n{}", fence("markdown", &wrong)));
    out + &format!("Right:\n\n{}", fence("markdown", &right))
}

/// A text in a block of code, behind a fence that is longer than any in it.
fn fence(language: &str, text: &str) -> String {
    let text = escape::revealed(text);
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default().max(2) + 1);
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    format!("{fence}{language}\n{text}{end}{fence}\n\n")
}

/// How to have the rule off, on, or of another weight.
fn switches(rule: &Rule) -> String {
    let name = rule.code.rule;
    let toml = |lines: String| fence("toml", &lines);
    let mut out = String::new();
    if !rule.by_default {
        out.push_str(&format!(
            "## Switching it on\n\nIn `mdboard.toml`:\n\n{}",
            toml(format!("[lint]\nextend-select = [\"{name}\"]\n"))
        ));
    }
    out.push_str("## Switching it off\n\n");
    if !is_about_configuration(rule) {
        let comment = format!("<!-- mdboard-disable-next-line {name}: the reason -->\n");
        out.push_str(&format!(
            "For one line, with a comment on the line before it:\n\n{}",
            fence("markdown", &comment)
        ));
        out.push_str(&format!(
            "For a file, with `<!-- mdboard-disable-file {name}: the reason -->` anywhere in it. In \
             the front matter, the same words stand behind a `#`.\n\n"
        ));
    }
    out.push_str(&format!(
        "For the whole board, in `mdboard.toml`:\n\n{}",
        toml(format!("[lint]\nignore = [\"{name}\"]\n"))
    ));
    out.push_str(&format!(
        "Or give it another severity there:\n\n{}",
        toml(format!("[lint.severity]\n{name} = \"{}\"\n", other_severity(rule)))
    ));
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn other_severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => Severity::Warning.name(),
        Severity::Warning => Severity::Info.name(),
        Severity::Info => Severity::Warning.name(),
    }
}

/// The page that lists rules by category.
pub fn index<'r>(rules: impl IntoIterator<Item = &'r Rule>) -> String {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    let mut page =
        "# Rules\n\nWhat `mdboard lint` finds. Each rule is known by its code and by its \
                    name, and either may be used wherever a rule is named.\n"
            .to_owned();
    for category in Category::ALL {
        let mut those = rules.iter().filter(|rule| rule.category == category).peekable();
        if those.peek().is_none() {
            continue;
        }
        page.push_str(&format!("\n## {}\n\n", title(category)));
        page.push_str("| Code | Rule | Finds | Severity | By default | Fix |\n");
        page.push_str("| --- | --- | --- | --- | --- | --- |\n");
        for rule in those {
            page.push_str(&format!(
                "| {} | [{name}]({name}.md) | {} | {} | {} | {} |\n",
                rule.code.code,
                rule.finds.replace('|', "\\|"),
                rule.severity.name(),
                default_word(rule),
                fix_word(rule),
                name = rule.code.rule,
            ));
        }
    }
    page
}

fn title(category: Category) -> String {
    sentence(&category.name().replace('-', " ")).trim_end_matches('.').to_owned()
}
