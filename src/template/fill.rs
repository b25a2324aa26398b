//! The variables of a template: `{{ partner }}`, with filters as in `{{ partner | upper }}`. Whatever
//! else stands between double braces is prose.

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior};

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

/// A text with its variables filled in; all that could not be, if any.
pub(super) fn fill(text: &str, values: &Values) -> Result<String, Vec<Unfilled>> {
    let mut problems = Vec::new();
    let filled = walk(text, |expression, line| match evaluate(expression, values) {
        Ok(value) => Some(value),
        Err(why) => {
            problems.push(Unfilled { expression: expression.to_owned(), line, why });
            None
        }
    });
    if problems.is_empty() { Ok(filled) } else { Err(problems) }
}

/// The same, with what cannot be filled in left as it is.
pub(super) fn fill_known(text: &str, values: &Values) -> String {
    walk(text, |expression, _| evaluate(expression, values).ok())
}

/// The text with its expressions replaced, as far as `value` says by what.
fn walk(text: &str, mut value: impl FnMut(&str, usize) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut line = 1;
    while let Some(at) = rest.find("{{") {
        let (before, behind) = rest.split_at(at);
        line += before.matches('\n').count();
        out.push_str(before);
        let end = behind.find("}}").filter(|end| is_variable(&behind[2..*end]));
        // `${{ … }}` belongs to somebody else.
        let end = end.filter(|_| !before.ends_with('$'));
        match end {
            Some(end) => {
                let written = &behind[..end + 2];
                let found = value(behind[2..end].trim(), line);
                out.push_str(found.as_deref().unwrap_or(written));
                rest = &behind[end + 2..];
            }
            None => {
                out.push_str("{{");
                rest = &behind[2..];
            }
        }
    }
    out.push_str(rest);
    out
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
    compiled.eval(&values.0).map(|value| value.to_string()).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

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
