//! The variables of a template: `{{ partner }}`, with filters as in `{{ partner | upper }}`. Whatever
//! else stands between double braces is prose.

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior};

use super::edits::Edits;
use super::{Making, Sheet, front};
use crate::source::Span;

/// What the variables stand for.
#[derive(Clone, Debug, Default)]
pub struct Values(pub BTreeMap<String, String>);

/// A variable that nobody gave, or a filter that there is none of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfilled {
    /// What stands between the braces.
    pub expression: String,
    /// The line, from 1.
    pub line: usize,
    /// Why it cannot be filled in.
    pub why: Why,
}

/// Why something cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody said what the variable stands for.
    NoValue(String),
    /// The expression makes no sense.
    Wrong(String),
}

/// A variable as it stands in a text.
struct Expression<'t> {
    span: Span,
    inside: &'t str,
}

/// Fills in the variables of a text: in its front matter so that YAML reads what they stand for. What
/// the edits replace already is left out. Gives all that could not be filled in.
pub(super) fn fill(sheet: &Sheet, making: &Making<'_>, edits: &mut Edits) -> Vec<Unfilled> {
    let text = sheet.text();
    let mut problems = Vec::new();
    let mut known = Vec::new();
    for Expression { span, inside } in expressions(text) {
        if edits.replaces(span.start) {
            continue;
        }
        match evaluate(inside, making.values) {
            Ok(value) => known.push((span, value)),
            Err(why) => {
                let line = text[..span.start].matches('\n').count() + 1;
                problems.push(Unfilled { expression: inside.to_owned(), line, why });
            }
        }
    }
    let front = sheet.close.document.front_matter.span.map_or(0, |front| front.end);
    let body = known.partition_point(|(span, _)| span.start < front);
    front::fill(text, &known[..body], making, edits);
    for (span, value) in known.split_off(body) {
        edits.replace(span, value);
    }
    problems
}

/// A text with its variables filled in, as far as they are known.
pub(super) fn fill_known(text: &str, values: &Values) -> String {
    let mut edits = Edits::default();
    for Expression { span, inside } in expressions(text) {
        if let Ok(value) = evaluate(inside, values) {
            edits.replace(span, value);
        }
    }
    edits.apply(text)
}

/// The variables of a text.
fn expressions(text: &str) -> Vec<Expression<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|found| at + found) {
        let behind = &text[start + 2..];
        let end = behind.find("}}").filter(|end| is_variable(&behind[..*end]));
        // `${{ … }}` belongs to somebody else.
        let end = end.filter(|_| !text[..start].ends_with('$'));
        at = start + 2;
        if let Some(end) = end {
            at += end + 2;
            found.push(Expression { span: Span::new(start, at), inside: behind[..end].trim() });
        }
    }
    found
}

/// Whether what stands between double braces is a name, perhaps with filters behind it.
fn is_variable(inside: &str) -> bool {
    let is_name = |name: &str| {
        let mut chars = name.chars();
        chars.next().is_some_and(|char| char.is_ascii_alphabetic() || char == '_')
            && chars.all(|char| char.is_ascii_alphanumeric() || char == '_')
    };
    let is_filter = |filter: &str| {
        let name = filter.split('(').next().unwrap_or_default();
        is_name(name.trim())
    };
    let mut parts = inside.split('|').map(str::trim);
    parts.next().is_some_and(is_name) && parts.all(is_filter) && !inside.contains('\n')
}

fn evaluate(expression: &str, values: &Values) -> Result<String, Why> {
    let name = expression.split('|').next().unwrap_or_default().trim();
    let has_default = expression.contains("default");
    if !values.0.contains_key(name) && !has_default {
        return Err(Why::NoValue(name.to_owned()));
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if has_default {
        environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    }
    let wrong = |error: minijinja::Error| {
        Why::Wrong(error.detail().map_or_else(|| error.kind().to_string(), str::to_owned))
    };
    let compiled = environment.compile_expression(expression).map_err(wrong)?;
    // A line break in what somebody says would begin a line of its own, and perhaps a box.
    let one_line = |value: minijinja::Value| value.to_string().replace(char::is_control, " ");
    compiled.eval(&values.0).map(one_line).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RepoPath;
    use crate::parse::Options;

    /// A text with its variables filled in; all that could not be, if any.
    fn fill(text: &str, values: &Values) -> Result<String, Vec<Unfilled>> {
        let path = RepoPath::new("templates/a.md");
        let options = Options::default();
        let making = Making {
            template: &path,
            checklist: &path,
            values,
            kind: None,
            leads_to: &|_| None,
            keys: &[],
            options: &options,
        };
        let mut edits = Edits::default();
        let problems = super::fill(&Sheet::of(&path, text, &options), &making, &mut edits);
        if problems.is_empty() { Ok(edits.apply(text)) } else { Err(problems) }
    }

    fn values() -> Values {
        let values = [("partner", "Globex & Sons"), ("start_date", "2026-03-02")];
        Values(values.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }

    #[test]
    fn variables_are_filled_in_and_prose_is_not() {
        let filled = |text: &str| fill(text, &values()).expect("all are known");
        assert_eq!(
            filled("Meet {{ partner }} on {{start_date}}"),
            "Meet Globex & Sons on 2026-03-02"
        );
        assert_eq!(filled("{{ partner | upper }}"), "GLOBEX & SONS");
        assert_eq!(filled("{{ kickoff | default('soon') }}"), "soon");
        for prose in [
            "{{",
            "}}",
            "{{ }}",
            "{{ two words }}",
            "${{ github.token }}",
            "{{#if x}}",
            "{{ a.b }}",
            "{% raw %}",
            "{# note #}",
            "{{ x\n}}",
            "${{ partner }}",
            "{{{",
        ] {
            assert_eq!(filled(prose), prose);
        }
    }

    #[test]
    fn what_is_not_known_is_told_with_its_line() {
        let problems = fill("a\n{{ partner }}\n{{ partnr }} {{ partner | shout }}", &values());
        let problems = problems.expect_err("two are not known");
        assert_eq!(problems.len(), 2);
        assert_eq!((problems[0].line, &problems[0].why), (3, &Why::NoValue("partnr".to_owned())));
        assert!(matches!(problems[1].why, Why::Wrong(_)));
        assert_eq!(
            fill_known("{{ partnr }} {{ partner }}", &values()),
            "{{ partnr }} Globex & Sons"
        );
    }
}
