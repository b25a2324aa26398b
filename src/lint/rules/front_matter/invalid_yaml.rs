//! MB203: the front matter is no YAML mapping.

use super::values;
use crate::lint::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::page::Page;
use crate::lint::rule::{Category, Check, Example, Fixes, Rule, Scope};
use crate::model::Severity;
use crate::model::diagnostic::codes;
use crate::parse;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    code: codes::INVALID_YAML,
    category: Category::FrontMatter,
    severity: Severity::Error,
    scope: Scope::Everywhere,
    by_default: true,
    finds: "a line of the front matter that is no YAML",
    why: "most programs then read none of it: neither the start date nor the owner",
    how: "put a value that begins with a sign, or has a colon in it, in quotes",
    more: "YAML gives some signs a meaning. A value that begins with one of ``@ ` % * & ! [ {``, or \
           has a colon and a space in it, must stand in quotes. mdboard reads every other line all \
           the same, and a line like `owner: @ana` as what it must mean; the quotes make all other \
           programs do so, too.",
    fixes: Some(Fixes {
        applicability: Applicability::Safe,
        does: "puts the value in quotes; it then reads as mdboard already read it",
        // What it says is what was understood anyway.
        changes: &[],
    }),
    examples: &[
        Example::checklist(
            "---\ntitle: ⟦Brackenferry: onboarding⟧\nowner: ⟦@ana⟧\nstart_date: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: \"Brackenferry: onboarding\"\nowner: \"@ana\"\nstart_date: 2026-03-02\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::template(
            "---\ntitle: ⟦[Partner] onboarding⟧\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: \"[Partner] onboarding\"\n---\n\n- [ ] Sign the contract\n",
        ),
        Example::checklist(
            "---\ntitle: Onboarding\ntags: ⟦[gold, eu⟧\n---\n\n- [ ] Sign the contract\n",
            "---\ntitle: Onboarding\ntags: [gold, eu]\n---\n\n- [ ] Sign the contract\n",
        )
        .by_hand(),
    ],
    check: Check::Reading(Some(mend)),
};

/// Puts the value in quotes, where what stands there is one text without a doubt.
fn mend(page: &Page<'_>, finding: &Finding) -> Option<Fix> {
    let entry = values::entry_at(page, finding.span)?;
    let text = values::text(&entry.value).filter(|text| !text.is_empty())?;
    let written = page.slice(finding.span);
    if text.chars().any(char::is_control) {
        return None;
    }
    let end = match written.chars().next()? {
        // An alias, an anchor or a tag may lead elsewhere.
        '*' | '&' | '!' => return None,
        // A quote that is closed on another line, or a text with a comment behind it, is not whole.
        quote @ ('"' | '\'') if written != text => {
            let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
            (inner == text).then_some(written.len())?
        }
        _ => written.starts_with(text).then_some(text.len())?,
    };
    let place = Span::new(finding.span.start, finding.span.start + end);
    Some(Fix::safe([Edit::replace(place, parse::quote(text))]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rule::Example;
    use crate::lint::tests::examples::run;

    #[test]
    fn only_what_is_certain_is_quoted() {
        let mended = |line: &str| {
            let text = format!("---\ntitle: Onboarding\n{line}\n---\n\n- [ ] Sign\n");
            let (found, mended) = run(&RULE, &Example::checklist("", ""), &text);
            assert!(!found.is_empty(), "{line}");
            let line = mended.lines().nth(2).expect("there is a third line").to_owned();
            (mended != text).then_some(line)
        };
        for (line, wanted) in [
            ("owner: @ana # until May", "owner: \"@ana\" # until May"),
            ("partner: \"Coppervane\" and sons", "partner: '\"Coppervane\" and sons'"),
            ("partner: Coppervane's: it's", "partner: \"Coppervane's: it's\""),
            ("partner: {{ name }}: plan", "partner: \"{{ name }}: plan\""),
            ("partner: 100%: ça", "partner: \"100%: ça\""),
        ] {
            assert_eq!(mended(line).as_deref(), Some(wanted), "{line}");
        }
        for line in
            ["partner: *coppervane vale*", "partner: \"Coppervane", "tags: [a, b", "\towner: x"]
        {
            assert_eq!(mended(line), None, "{line}");
        }
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        let text = "\u{feff}---\r\nowner: @ana\r\n---\r\n\r\n- [ ] Sign\r\n";
        let (_, mended) = run(&RULE, &Example::checklist("", ""), text);
        assert_eq!(mended, text.replace("@ana", "\"@ana\""));
    }
}
