//! MB701: git ignores files that would be on the board.

use crate::config::shortened;
use crate::lint::finding::Finding;
use crate::lint::project::Project;
use crate::lint::rule::{Category, Check, Example, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::IGNORED_PARTNERS,
    category: Category::History,
    severity: Severity::Warning,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a partner's file or folder that `.gitignore` hides from git",
    why: "it is never committed: it has no history, and nobody else ever sees it on the board",
    how: "take the line that hides it out of `.gitignore`, or add the files with `git add -f`",
    more: "A line such as `partners/` in `.gitignore` is often meant to keep partners' names out of \
           a public repository; then keep the board in a private one. `git check-ignore -v PATH` \
           says which line of which file hides a path. If the files are left out on purpose, switch \
           the rule off in mdboard.toml: `ignore = [\"ignored-partners\"]`.",
    fixes: None,
    examples: &[Example {
        path: ".gitignore",
        ignored: &["partners/brackenferry"],
        ..Example::checklist("target/\npartners/*\n", "target/\n")
    }],
    check: Check::Project(check),
};

fn check(project: &Project<'_>, found: &mut Vec<Finding>) {
    for path in &project.ignored {
        let shown = shortened(path.as_str());
        let message = format!("git ignores `{shown}`, which would be on the board");
        let help =
            format!("take the line that hides it out of `.gitignore`, or run `git add -f {shown}`");
        found.push(Finding::of_file(&RULE, path, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    #[test]
    fn each_hidden_path_is_told_once() {
        let ignored = &["partners/brackenferry", "partners/coppervane/plan.md"];
        let example = Example { ignored, ..Example::checklist("", "") };
        let (found, _) = run(&RULE, &example, "- [ ] Sign\n");
        let told: Vec<&str> = found.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(told, ignored);
        let (found, _) = run(&RULE, &Example::checklist("", ""), "- [ ] Sign\n");
        assert!(found.is_empty());
    }
}
